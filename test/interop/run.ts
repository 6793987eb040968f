/*
 * npm run interop [-- SUITE ...]: holds the project against software that nobody here wrote. Each suite installs its
 * counterparts from the package registries into .interop/, which git ignores and later runs find again. What can't be
 * had is skipped, said in one line and counted. A run of all suites in which nothing failed and every counterpart could be
 * had writes docs/compatibility.md; with --results=FILE it writes only the counts, as JSON.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Row, type Suite, Workbench } from './suite.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const CACHE = process.env['INTEROP_CACHE'] ?? path.join(ROOT, '.interop');
const SUITES = path.join(import.meta.dirname, 'suites');

const { wanted, resultsFile } = readArguments();
const files = readdirSync(SUITES).filter((file) => file.endsWith('.ts'));
const suites = await Promise.all(
  files.map(async (file) => ((await import(path.join(SUITES, file))) as { suite: Suite }).suite),
);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n${suite.title}`);
  rows.push(...(await runSuite(suite)));
}
const failed = rows.flatMap(({ failures }) => failures).length;
const absent = rows.filter((row) => row.skipped !== undefined).length;
const skipped = rows.reduce((sum, row) => sum + row.skippedCases, absent);
const passed = rows.reduce((sum, row) => sum + row.passed, 0);
console.log(`\n${tableOf(rows)}\n\n${passed} passed, ${failed} failed, ${skipped} skipped`);
if (resultsFile !== undefined) {
  writeFileSync(resultsFile, JSON.stringify({ passed, failed, skipped }));
} else if (wanted.length === 0 && failed + absent === 0) {
  writeFileSync(path.join(ROOT, 'docs/compatibility.md'), pageOf(rows));
}
process.exit(failed === 0 ? 0 : 1);

function readArguments(): { wanted: readonly string[]; resultsFile: string | undefined } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { results: { type: 'string' } } });
    return { wanted: positionals, resultsFile: values.results };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

async function runSuite(suite: Suite): Promise<Row[]> {
  const cache = path.join(CACHE, suite.name);
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(path.join(os.tmpdir(), `interop-${suite.name}-`));
  const bench = new Workbench(suite.name, { cache, temporary });
  try {
    await bench.attempt(suite.title, () => suite.run(bench));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return bench.rows;
}

function tableOf(all: readonly Row[]): string {
  const cells = all.map(({ suite, counterpart, version, passed: ok, failures, skippedCases, skipped: why }) => [
    suite,
    counterpart,
    version,
    why === undefined ? String(ok + failures.length + skippedCases) : 'skipped',
    String(ok),
    String(failures.length),
    String(skippedCases),
  ]);
  return table(['Suite', 'Counterpart', 'Version', 'Cases', 'Passed', 'Failed', 'Skipped'], cells);
}

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  return [line(heads), line(heads.map(() => '---')), ...lines.map(line)].join('\n');
}

function pageOf(all: readonly Row[]): string {
  const remarks = all.flatMap(({ counterpart, version, notes, skipped: why }) =>
    [...(why === undefined ? [] : [`skipped: ${why}`]), ...notes].map(
      (note) => `- ${`${counterpart} ${version}`.trim()}: ${note}`,
    ),
  );
  return `${[
    '# Compatibility',
    '<!-- Written by `npm run interop`. Do not edit. -->',
    'Every row was run against software that nobody here wrote, installed from its package registry and started on loopback.',
    `Run on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${process.platform} ${process.arch}.`,
    tableOf(all),
    ...(remarks.length > 0 ? ['## Remarks', remarks.join('\n')] : []),
  ].join('\n\n')}\n`;
}
