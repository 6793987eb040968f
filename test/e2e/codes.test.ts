import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import type { ProviderCases } from '../identity-provider/provider-cases.ts';
import { UNREACHED } from './codes.ts';

const snapshots = [
  '__snapshots__',
  'reminder/__snapshots__',
  '../cli/__snapshots__',
  '../deployment/__snapshots__',
].map((folder) => path.join(import.meta.dirname, folder));
const providers = path.join(import.meta.dirname, '../identity-provider/providers');
const all: ProviderCases[] = await Promise.all(
  readdirSync(providers).map(
    async (file) => ((await import(path.join(providers, file))) as { cases: ProviderCases }).cases,
  ),
);

/** Every finding that stands in a snapshot, as a line of the output `findings` or of the annotations. */
function reachedCodes(): Set<string> {
  const pages = snapshots.flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')),
  );
  const lines = pages.flatMap((page) => [
    ...page.matchAll(/^ {2}(?:pass|note|warning|error) ([a-z-]+\/[a-z0-9/-]+)$/gm),
    ...page.matchAll(/^(?:warning|error) ".*" ([a-z-]+\/[a-z0-9/-]+)$/gm),
    // The command line has no outputs: its log ends a finding with the code.
    ...page.matchAll(/^(?: {2}(?:ok|note|WARN|FAIL)|union-auth:) .* \(([a-z-]+\/[a-z0-9/-]+)\)/gm),
  ]);
  return new Set(lines.map(([, code]) => code ?? ''));
}

/**
 * The findings in the tables of the providers that have a recorded answer. A step for each would only go the same way
 * again: providers.test.ts and the command `explain` go through all of them.
 */
const recorded = new Set(all.flatMap(({ answers }) => answers.map(({ code }) => code)));
const trapped = new Set(all.flatMap(({ traps = [] }) => traps.flatMap(({ codes }) => codes)));

test('every finding of the catalogue is reached by a scenario, or said to be out of reach', () => {
  const reached = reachedCodes();
  const isOfProvider = (code: string): boolean => PROVIDERS.some(({ findings }) => Object.hasOwn(findings, code));
  const missing = Object.keys(CATALOGUE).filter(
    (code) => !reached.has(code) && !(isOfProvider(code) && recorded.has(code)),
  );
  expect(new Set(missing)).toEqual(new Set(Object.keys(UNREACHED)));
});

test('every provider that has findings of its own has one in a scenario, and so has every trap', () => {
  const reached = reachedCodes();
  const withFindings = PROVIDERS.filter(({ findings }) => Object.keys(findings).length > 0);
  const silent = withFindings.filter(({ findings }) => !Object.keys(findings).some((code) => reached.has(code)));
  expect(silent.map(({ name }) => name)).toEqual([]);
  expect([...trapped].filter((code) => !reached.has(code))).toEqual([]);
});
