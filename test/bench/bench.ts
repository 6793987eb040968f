/*
 * npm run bench: what a step costs, beside a bare node and a script that does the same with Node alone, and whether the
 * targets are met. docs/performance.md says how it is measured and what the numbers mean.
 *   --json         the medians as one object, and nothing else
 *   --profile      where the CPU goes, by the profiler of V8
 *   --peer=<file>  also the built program of another action, from its start to its first complaint; may be repeated
 *   --reminder     instead, what the reminder costs for 1, 10, 100 and 1,000 keys
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readActionMetadata } from '../runner/action-metadata.ts';
import { makeJobFolders, removeJobFolders } from '../runner/step-folders.ts';
import type { LabFacts, LabTraffic } from './lab-process.ts';
import { profileOf } from './profile.ts';
import { type Measured, mediansOf, type Program, runProgram } from './programs.ts';
import { measureReminder } from './reminder.ts';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 20;

const TARGET_CPU_RATIO = 1.5;
const TARGET_WALL_RATIO = 1.3;
const TARGET_FIRST_ERROR_MILLISECONDS = 25;

const ROOT = path.dirname(path.dirname(import.meta.dirname));

type ProgramName = 'bareNode' | 'floor' | 'firstError' | 'fullRun' | `peer ${string}`;
type Programs = ReadonlyMap<ProgramName, Program>;

async function programsFor(lab: LabFacts, main: string, peers: readonly string[]): Promise<Programs> {
  const { inputs: declared } = await readActionMetadata(ROOT);
  const inputs = {
    ...Object.fromEntries([...declared].map(([name, text]) => [name, text ?? ''])),
    domain: lab.domain,
    'client-id': lab.clientId,
    'client-secret': lab.clientSecret,
    'ca-certificates': lab.certificateAuthorityPem,
    'connect-to': lab.connectTo.join('\n'),
  };
  const floor = path.join(import.meta.dirname, 'floor.mjs');
  const wrongInputs = { ...inputs, 'client-secret': 'a-secret:with-a-colon' };
  return new Map<ProgramName, Program>([
    ['bareNode', { title: 'bare node', arguments: ['-e', '0'], inputs, exitCode: 0, proof: '' }],
    ['floor', { title: 'floor script', arguments: [floor], inputs, exitCode: 0, proof: '::add-mask::' }],
    [
      'firstError',
      {
        title: 'start to first error',
        arguments: [main],
        inputs: wrongInputs,
        exitCode: 1,
        proof: 'key/colon-in-secret',
      },
    ],
    ['fullRun', { title: 'full run', arguments: [main], inputs, exitCode: 0, proof: 'Ready' }],
    ...peers.map((file): [ProgramName, Program] => [
      `peer ${file}`,
      { title: nameOf(file), arguments: [path.resolve(file)], inputs: {}, proof: '' },
    ]),
  ]);
}

/** The last folders of a path: what tells one action's dist/index.js from another's. */
function nameOf(file: string): string {
  return path.resolve(file).split(path.sep).slice(-3).join('/');
}

/** Runs the programs in turn, each round beginning with another one, and counts what reached the lab. */
async function measure(programs: Programs, traffic: () => Promise<LabTraffic>) {
  const names = [...programs.keys()];
  const samples = new Map(names.map((name) => [name, [] as Measured[]]));
  const seen = new Map(names.map((name) => [name, [] as LabTraffic[]]));
  const folders = await makeJobFolders();
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
        const sample = await runProgram(programs.get(name) as Program, folders);
        seen.get(name)?.push(await traffic());
        if (round >= WARM_UP_ROUNDS) {
          samples.get(name)?.push(sample);
        }
      }
    }
  } finally {
    await removeJobFolders(folders);
  }
  return { samples, seen };
}

/** Every run of a program must have asked the same, and the floor what the full run asked: else the ratio says nothing. */
function checkTraffic(seen: ReadonlyMap<ProgramName, readonly LabTraffic[]>): Map<ProgramName, LabTraffic> {
  const first = (name: ProgramName): LabTraffic => seen.get(name)?.[0] ?? { requests: [], connections: 0 };
  for (const [name, runs] of seen) {
    const expected = name === 'floor' ? first('fullRun') : first(name);
    for (const { requests } of runs) {
      if (requests.join('\n') !== expected.requests.join('\n')) {
        throw new Error(
          `${name} sent other requests than expected:\n${requests.join('\n')}\ninstead of\n${expected.requests.join('\n')}`,
        );
      }
    }
  }
  return new Map([...seen.keys()].map((name) => [name, first(name)]));
}

function printTables(
  programs: Programs,
  medians: ReadonlyMap<ProgramName, Measured>,
  traffic: ReadonlyMap<ProgramName, LabTraffic>,
  main: string,
): void {
  const of = (name: ProgramName): Measured => medians.get(name) as Measured;
  const row = (...cells: string[]): void =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(40) : cell.padStart(13))).join(''));
  console.log(
    `Medians of ${ROUNDS} interleaved runs after ${WARM_UP_ROUNDS} for warm-up. Node ${process.versions.node}, ` +
      `${process.platform} ${process.arch}, ${os.availableParallelism()} cores. main: ${statSync(main).size} bytes.\n`,
  );
  row('', 'CPU ms', 'over bare', 'wall ms', 'peak MB', 'requests', 'connections');
  for (const [name, { title }] of programs) {
    const { cpuMs, wallMs, rssMb } = of(name);
    const { requests, connections } = traffic.get(name) as LabTraffic;
    const over = (cpuMs - of('bareNode').cpuMs).toFixed(1);
    row(title, cpuMs.toFixed(1), over, wallMs.toFixed(1), rssMb.toFixed(1), `${requests.length}`, `${connections}`);
  }
  console.log('');
  const [bare, floor, full] = [of('bareNode'), of('floor'), of('fullRun')];
  const cpu = (full.cpuMs - bare.cpuMs) / (floor.cpuMs - bare.cpuMs);
  const firstError = of('firstError').cpuMs - bare.cpuMs;
  target('full run / floor script, CPU over bare node', cpu, TARGET_CPU_RATIO, ' times');
  target('full run / floor script, wall', full.wallMs / floor.wallMs, TARGET_WALL_RATIO, ' times');
  target('start to first error, CPU over bare node', firstError, TARGET_FIRST_ERROR_MILLISECONDS, ' ms');
}

function target(title: string, seen: number, most: number, unit: string): void {
  const outcome = seen <= most ? 'met' : `missed by ${(seen - most).toFixed(2)}${unit}`;
  console.log(`${title}: ${seen.toFixed(2)}${unit}, at most ${most}${unit}: ${outcome}`);
}

async function printProfiles(programs: Programs): Promise<void> {
  for (const name of ['floor', 'fullRun'] as const) {
    const program = programs.get(name) as Program;
    console.log(`\nWhere the time of the ${program.title} goes, by the profiler:\n`);
    console.log(await profileOf(program));
  }
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    reminder: { type: 'boolean', default: false },
    peer: { type: 'string', multiple: true, default: [] },
  },
});
const main = path.join(ROOT, (await readActionMetadata(ROOT)).main);
const server = fork(path.join(import.meta.dirname, 'lab-process.ts'), {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
try {
  const [lab] = (await once(server, 'message')) as [LabFacts];
  const traffic = async (): Promise<LabTraffic> => {
    const answer = once(server, 'message') as Promise<[LabTraffic]>;
    server.send('traffic');
    return (await answer)[0];
  };
  if (options.reminder) {
    await measureReminder(ROOT, lab, traffic);
  } else {
    const programs = await programsFor(lab, main, options.peer);
    const { samples, seen } = await measure(programs, traffic);
    const counted = checkTraffic(seen);
    const medians = new Map([...samples].map(([name, of]) => [name, mediansOf(of)]));
    if (options.json) {
      console.log(JSON.stringify(Object.fromEntries(medians)));
    } else {
      printTables(programs, medians, counted, main);
    }
    if (options.profile && !options.json) {
      await printProfiles(programs);
    }
  }
} finally {
  server.disconnect();
}
