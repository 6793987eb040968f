/*
 * npm run leaks [-- --share=0.1 --seed=1 --results=FILE]: looks for secrets, foreign commands and foreign characters in all
 * that the built programs leave behind, over random and naughty secrets, hostile answers, debugging and crashes. With
 * --share only so much is played, from the seed on. With --results it writes the counts as JSON. Exits with 1 where
 * anything was found; what is printed holds made-up secrets alone.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createCertificateAuthority } from '../lab/certificates.ts';
import { CALLS } from './calls.ts';
import { playCommandCrashes } from './command-crashes.ts';
import { type IsChosen, withCopy } from './crash-sites.ts';
import { playCrashes } from './crashes.ts';
import { PLACES_OF_THE_COMMAND } from './hostile-places.ts';
import { COMMANDS, ENCODINGS } from './hostile-text.ts';
import { KINDS_OF_FIELDS, playInProcess } from './in-process.ts';
import { type LeakLab, startLeakLab } from './leak-lab.ts';
import { playSpawned } from './spawned.ts';

const IN_PROCESS_RUNS = 50_000;
const SPAWNED_RUNS = 2_600;
const AT_ONCE = 1 + os.availableParallelism();
const MOST_SHOWN = 20;

interface Range {
  readonly from: number;
  readonly to: number;
}

if (isMainThread) {
  await main();
} else {
  const { from, to } = workerData as Range;
  const faults: string[] = [];
  for (let seed = from; seed < to; seed++) {
    faults.push(...(await playInProcess(seed)));
  }
  parentPort?.postMessage(faults);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '0' },
      results: { type: 'string' },
    },
  });
  const [share, first] = [Number(values.share), Number(values.seed)];
  if (!(share > 0 && share <= 1 && Number.isSafeInteger(first) && first >= 0)) {
    console.error('--share is a number up to 1, --seed a whole number from 0.');
    process.exit(2);
  }
  const inProcess = Math.ceil(IN_PROCESS_RUNS * share);
  const faults = await inWorkers({ from: first, to: first + inProcess });
  console.log(`${inProcess} runs in a process: ${KINDS_OF_FIELDS} places for hostile text, ${faults.length} faults`);

  const authority = await createCertificateAuthority();
  const labs = await Promise.all(Array.from({ length: AT_ONCE }, () => startLeakLab(authority)));
  try {
    const spawned = await inLabs(labs, { from: first, to: first + Math.ceil(SPAWNED_RUNS * share) });
    console.log(
      `${spawned.processes} processes: ${PLACES_OF_THE_COMMAND.length} places for hostile text, ${CALLS.length} calls of the command, ${spawned.faults.length} faults`,
    );
    const every = Math.max(1, Math.round(1 / share));
    const isChosen: IsChosen = (_site, index) => (index + first) % every === 0;
    const [steps, commands] = await withCopy((copy) =>
      Promise.all([
        playCrashes(copy, labs[0] as LeakLab, isChosen),
        playCommandCrashes(copy, labs[1] as LeakLab, isChosen),
      ]),
    );
    const crashes = {
      processes: steps.processes + commands.processes,
      faults: [...steps.faults, ...commands.faults],
    };
    console.log(
      `${crashes.processes} processes that crash at an await, ${commands.processes} of them of the command: ${crashes.faults.length} faults`,
    );
    faults.push(...spawned.faults, ...crashes.faults);
    const runs = inProcess + spawned.processes + crashes.processes;
    console.log(`${COMMANDS.length} commands in ${ENCODINGS.length} encodings`);
    const failed = Math.min(runs, faults.length);
    if (values.results !== undefined) {
      writeFileSync(values.results, JSON.stringify({ passed: runs - failed, failed, skipped: 0 }));
    }
    for (const fault of faults.slice(0, MOST_SHOWN)) {
      console.log(fault);
    }
    console.log(`${runs} runs, ${spawned.processes + crashes.processes} of them processes: ${faults.length} faults`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await Promise.all(labs.map((lab) => lab.stop()));
  }
}

async function inWorkers({ from, to }: Range): Promise<string[]> {
  const workers = os.availableParallelism();
  const bounds = Array.from({ length: workers + 1 }, (_, index) => from + Math.floor(((to - from) * index) / workers));
  const parts = bounds.slice(0, -1).map(
    (start, index) =>
      new Promise<string[]>((resolve, reject) => {
        const range: Range = { from: start, to: bounds[index + 1] ?? to };
        const worker = new Worker(new URL(import.meta.url), { workerData: range });
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
  );
  return (await Promise.all(parts)).flat();
}

async function inLabs(labs: readonly LeakLab[], { from, to }: Range) {
  let next = from;
  let processes = 0;
  const faults: string[] = [];
  await Promise.all(
    labs.map(async (lab) => {
      while (next < to) {
        const played = await playSpawned(next++, lab);
        processes += played.processes;
        faults.push(...played.faults);
      }
    }),
  );
  return { processes, faults };
}
