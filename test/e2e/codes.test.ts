import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { UNREACHED } from './codes.ts';

const folder = path.join(import.meta.dirname, '__snapshots__');

/** Every finding that stands in a snapshot, as a line of the output `findings` or of the annotations. */
function reachedCodes(): Set<string> {
  const pages = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const lines = pages.flatMap((page) => [
    ...page.matchAll(/^ {2}(?:pass|note|warning|error) ([a-z-]+\/[a-z0-9/-]+)$/gm),
    ...page.matchAll(/^(?:warning|error) ".*" ([a-z-]+\/[a-z0-9/-]+)$/gm),
  ]);
  return new Set(lines.map(([, code]) => code ?? ''));
}

test('every finding of the catalogue is reached by a scenario, or said to be out of reach', () => {
  const reached = reachedCodes();
  const missing = Object.keys(CATALOGUE).filter((code) => !reached.has(code));
  expect(new Set(missing)).toEqual(new Set(Object.keys(UNREACHED)));
});
