/*
 * npm run mutation [-- --folder=NAME ...] [--file=PATH ...] [--incremental] [--report]: changes the code of a folder in every small way
 * that Stryker knows, and counts the changes that its tests notice. Fails where fewer than 90 of 100 are noticed, where
 * a survivor has no reason in reasons.json, or a reason no survivor. A run of all folders that does not fail writes
 * docs/mutation.md. With --file only that file is mutated, and what survives is printed; with --report nothing is run,
 * and the reports of the last runs are judged. With --incremental what was found of a mutant stays where neither it nor
 * the test that killed it has changed since the last run with --incremental.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { fill, scoreTable, survivorTables } from './page.ts';
import { contradictions } from './reasons.ts';
import { REPORTS, type RoomResult, readResult, reportFile, roomsNamed, scoreOf } from './results.ts';
import { LOWEST_SCORE, ROOMS, type Room } from './rooms.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const PAGE = path.join(ROOT, 'docs/mutation.md');

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true, default: [] },
    file: { type: 'string', multiple: true, default: [] },
    incremental: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});
process.chdir(ROOT);
const rooms = roomsNamed(options.folder);

if (!options.report) {
  for (const room of rooms) {
    await mutate(room);
  }
}
if (options.file.length === 0) {
  process.exitCode = judge(rooms.map(readResult)) ? 0 : 1;
}

/** Stryker with the settings of stryker.config.json, for one folder and its tests. */
async function mutate(room: Room): Promise<void> {
  console.log(`\n${room.source}`);
  const prose = room.prose === undefined ? [] : [`!${room.source}/${room.prose}`];
  const files = options.file.length === 0 ? [`${room.source}/**/*.ts`, ...prose] : options.file;
  const isWhole = options.file.length === 0;
  if (isWhole) {
    rmSync(reportFile(room), { force: true });
  }
  const start = performance.now();
  await new Stryker({
    mutate: files,
    vitest: { configFile: 'test/mutation/vitest.config.ts', dir: room.tests },
    reporters: ['progress-append-only', ...(isWhole ? ['json', 'html'] : ['clear-text'])],
    tempDirName: path.join(REPORTS, `sandbox-${room.name}`),
    jsonReporter: { fileName: reportFile(room) },
    incremental: options.incremental && isWhole,
    incrementalFile: path.join(REPORTS, `${room.name}-incremental.json`),
    htmlReporter: { fileName: path.join(REPORTS, `${room.name}.html`) },
  }).runMutationTest();
  console.log(`${Math.round((performance.now() - start) / 1000)} s`);
}

/** Prints the scores and what contradicts reasons.json; whether all is as it should be. */
function judge(results: readonly RoomResult[]): boolean {
  const low = results.filter((result) => scoreOf(result) < LOWEST_SCORE);
  const wrong = results.flatMap((result) => contradictions(result).map((line) => `${result.room.source}: ${line}`));
  console.log(`\n${scoreTable(results)}\n`);
  for (const line of [...wrong, ...low.map(({ room }) => `${room.source}: the score is below ${LOWEST_SCORE}`)]) {
    console.log(line);
  }
  if (wrong.length + low.length > 0) {
    return false;
  }
  if (results.length === ROOMS.length && existsSync(PAGE)) {
    const page = fill(readFileSync(PAGE, 'utf8'), 'scores', scoreTable(results));
    writeFileSync(PAGE, fill(page, 'survivors', survivorTables(results)));
  }
  return true;
}
