/*
 * npm run faults [-- --share=0.2 --seed=1 --only=TEXT --results=FILE --write]: plays faults of the network, of servers, of
 * the runner and of GitHub to the built action, each in a process of its own, and holds how it ends against what is documented.
 * With --share only so much of each kind is played, chosen by the seed; --only plays those whose name holds the text. With
 * --results it writes the counts as JSON, with --write what docs/reliability.md says of a whole run. Exits with 1 where
 * anything is otherwise.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mapSome } from '../../src/transport/map-some.ts';
import { ALL_CASES, choose, nameOf } from './cases.ts';
import type { FaultCase } from './fault-case.ts';
import { type FaultLab, startFaultLab } from './fault-lab.ts';
import { MOST_MEGABYTES } from './judge.ts';
import { fillReliabilityPage, kindsTable } from './page.ts';
import { comparePeers, peersTable } from './peers.ts';
import { play } from './play.ts';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const PAGE = path.join(ROOT, 'docs/reliability.md');
/** Most cases wait for something. */
const AT_ONCE = 2 * os.availableParallelism();

const { share, seed, only, resultsFile, isWriting } = readArguments();
const cases = choose(ALL_CASES, share, seed).filter((one) => nameOf(one).includes(only));
if (cases.length === 0) {
  console.error(`No fault has "${only}" in its name.`);
  process.exit(2);
}
const isWhole = share === 1 && only === '';
console.log(`${cases.length} of ${ALL_CASES.length} faults${share < 1 ? `, chosen by the seed ${seed}` : ''}`);

const start = performance.now();
const labs: FaultLab[] = [];
const failures: string[] = [];
let peakMb = 0;
let playedCases = 0;
const playing = playAll();
if (isWhole) {
  // What is written down is measured by itself.
  await playing;
}
const peers =
  only === '' ? await comparePeers(await startFaultLab(), await startFaultLab()) : { rows: [], failures: [] };
await playing;
for (const failure of peers.failures) {
  failures.push(failure);
  console.log(`FAIL ${failure}`);
}

const total = cases.length + peers.rows.length;
console.log(`\n${kindsTable(cases)}`);
if (peers.rows.length > 0) {
  console.log(`\n${peersTable(peers.rows)}`);
}
console.log(`\nAt most ${peakMb.toFixed(0)} MB of ${MOST_MEGABYTES} MB. ${minutesSince(start)} minutes.`);
console.log(`${total - failures.length} passed, ${failures.length} failed, 0 skipped`);
if (resultsFile !== undefined) {
  writeFileSync(resultsFile, JSON.stringify({ passed: total - failures.length, failed: failures.length, skipped: 0 }));
}
if (isWriting && isWhole && failures.length === 0) {
  fillReliabilityPage(PAGE, { cases, peers: peers.rows, peakMb });
}
process.exit(failures.length === 0 ? 0 : 1);

function minutesSince(then: number): string {
  return ((performance.now() - then) / 60_000).toFixed(1);
}

async function playAll(): Promise<void> {
  await mapSome(cases, AT_ONCE, async (one) => {
    const lab = labs.pop() ?? (await startFaultLab());
    const played = await playSafely(one, lab);
    labs.push(lab);
    peakMb = Math.max(peakMb, played.peakMb);
    playedCases += 1;
    if (played.failures.length > 0) {
      failures.push(nameOf(one));
      console.log(`FAIL ${nameOf(one)}\n${played.failures.map((failure) => `     ${failure}`).join('\n')}`);
    }
    if (playedCases % 100 === 0) {
      console.log(`${playedCases} played after ${minutesSince(start)} minutes`);
    }
  });
}

/** A fault of the suite itself is one of its case. */
async function playSafely(one: FaultCase, lab: FaultLab): Promise<{ failures: readonly string[]; peakMb: number }> {
  try {
    return await play(one, lab);
  } catch (error) {
    return { failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)], peakMb: 0 };
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        share: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string', default: '' },
        results: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    });
    const share = Number(values.share);
    if (!(share > 0 && share <= 1)) {
      throw new Error('--share is a number above 0 and up to 1.');
    }
    return { share, seed: values.seed, only: values.only, resultsFile: values.results, isWriting: values.write };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
