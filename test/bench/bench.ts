/*
 * npm run bench [-- --json]: what a step costs, beside a bare node and a script that does the same with Node alone.
 * docs/performance.md says how it is measured and what the numbers mean.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readActionMetadata } from '../runner/action-metadata.ts';
import { inputEnvironment, jobEnvironment } from '../runner/step-environment.ts';
import { makeCommandFiles, makeJobFolders, removeJobFolders, writeEventPayload } from '../runner/step-folders.ts';
import { runProcess } from '../runner/step-process.ts';
import type { LabFacts, LabTraffic } from './lab-process.ts';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 20;

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const HOOK = path.join(import.meta.dirname, 'usage.mjs');

interface Measured {
  cpuMs: number;
  wallMs: number;
  rssMb: number;
}

interface Program {
  title: string;
  arguments: string[];
  inputs: Record<string, string>;
  exitCode: number;
  /** What its output has to hold, so that a program that did something else is never measured. */
  proof: string;
}

type ProgramName = 'bareNode' | 'floor' | 'firstError' | 'fullRun';

async function programsFor(lab: LabFacts, main: string): Promise<Record<ProgramName, Program>> {
  const { inputs: declared } = await readActionMetadata(ROOT);
  const inputs = {
    ...Object.fromEntries([...declared].map(([name, text]) => [name, text ?? ''])),
    domain: lab.domain,
    'client-id': lab.clientId,
    'client-secret': lab.clientSecret,
    'ca-certificates': lab.certificateAuthorityPem,
    'connect-to': lab.connectTo.join('\n'),
  };
  return {
    bareNode: { title: 'bare node', arguments: ['-e', '0'], inputs, exitCode: 0, proof: '' },
    floor: {
      title: 'floor script',
      arguments: [path.join(import.meta.dirname, 'floor.mjs')],
      inputs,
      exitCode: 0,
      proof: '::add-mask::',
    },
    firstError: {
      title: 'start to first error',
      arguments: [main],
      inputs: { ...inputs, 'client-secret': 'a-secret:with-a-colon' },
      exitCode: 1,
      proof: 'key/colon-in-secret',
    },
    fullRun: { title: 'full run', arguments: [main], inputs, exitCode: 0, proof: 'Ready' },
  };
}

/** Runs the programs in turn, each round beginning with another one, and counts what reached the lab. */
async function measure(programs: Record<ProgramName, Program>, traffic: () => Promise<LabTraffic>) {
  const names = Object.keys(programs) as ProgramName[];
  const samples = emptyLists<Measured>();
  const seen = emptyLists<LabTraffic>();
  const folders = await makeJobFolders();
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(round + turn) % names.length] ?? 'bareNode';
        const sample = await run(programs[name], folders);
        seen[name].push(await traffic());
        if (round >= WARM_UP_ROUNDS) {
          samples[name].push(sample);
        }
      }
    }
  } finally {
    await removeJobFolders(folders);
  }
  return { samples, seen };
}

async function run(program: Program, folders: Awaited<ReturnType<typeof makeJobFolders>>): Promise<Measured> {
  const usageFile = path.join(folders.root, 'usage.json');
  const eventPath = await writeEventPayload(folders.runnerTemp, {});
  const { exitCode, stdout, stderr, durationMs } = await runProcess({
    file: process.execPath,
    arguments: ['--require', HOOK, ...program.arguments],
    cwd: folders.workspace,
    environment: {
      ...jobEnvironment(folders, { eventName: 'push', eventPath, actor: 'octocat' }),
      ...(await makeCommandFiles(folders.runnerTemp)),
      ...inputEnvironment(program.inputs),
      BENCH_USAGE_FILE: usageFile,
    },
    timeoutMs: 60_000,
  });
  if (exitCode !== program.exitCode || stderr !== '' || !stdout.includes(program.proof)) {
    throw new Error(`${program.title} ended with ${exitCode} instead of ${program.exitCode}:\n${stderr}${stdout}`);
  }
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Omit<Measured, 'wallMs'>;
  return { ...usage, wallMs: durationMs };
}

/** Every run of a program must have asked the same, and the floor what the full run asked: else the ratio says nothing. */
function checkTraffic(seen: Record<ProgramName, LabTraffic[]>): Record<ProgramName, LabTraffic> {
  const first = (name: ProgramName): LabTraffic => seen[name][0] ?? { requests: [], connections: 0 };
  for (const [name, runs] of Object.entries(seen) as [ProgramName, LabTraffic[]][]) {
    const expected = name === 'floor' ? first('fullRun') : first(name);
    for (const { requests } of runs) {
      if (requests.join('\n') !== expected.requests.join('\n')) {
        throw new Error(
          `${name} sent other requests than expected:\n${requests.join('\n')}\ninstead of\n${expected.requests.join('\n')}`,
        );
      }
    }
  }
  return {
    bareNode: first('bareNode'),
    floor: first('floor'),
    firstError: first('firstError'),
    fullRun: first('fullRun'),
  };
}

function emptyLists<Item>(): Record<ProgramName, Item[]> {
  return { bareNode: [], floor: [], firstError: [], fullRun: [] };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

function mediansOf(samples: readonly Measured[]): Measured {
  const of = (read: (sample: Measured) => number): number => Math.round(median(samples.map(read)) * 10) / 10;
  return { cpuMs: of(({ cpuMs }) => cpuMs), wallMs: of(({ wallMs }) => wallMs), rssMb: of(({ rssMb }) => rssMb) };
}

function printTable(
  programs: Record<ProgramName, Program>,
  medians: Record<ProgramName, Measured>,
  traffic: Record<ProgramName, LabTraffic>,
  main: string,
): void {
  const row = (...cells: string[]): void =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(13))).join(''));
  console.log(
    `Medians of ${ROUNDS} interleaved runs after ${WARM_UP_ROUNDS} for warm-up. Node ${process.versions.node}, ` +
      `${process.platform} ${process.arch}, ${os.availableParallelism()} cores. main: ${statSync(main).size} bytes.\n`,
  );
  row('', 'CPU ms', 'wall ms', 'peak MB', 'requests', 'connections');
  for (const [name, { title }] of Object.entries(programs) as [ProgramName, Program][]) {
    const { cpuMs, wallMs, rssMb } = medians[name];
    const { requests, connections } = traffic[name];
    row(title, cpuMs.toFixed(1), wallMs.toFixed(1), rssMb.toFixed(1), `${requests.length}`, `${connections}`);
  }
  console.log('');
  row('ratio', 'CPU', 'wall', 'peak');
  for (const [title, above, below] of [
    ['full run / floor', medians.fullRun, medians.floor],
    ['full run / bare node', medians.fullRun, medians.bareNode],
    ['first error / bare node', medians.firstError, medians.bareNode],
  ] as const) {
    const ratio = (key: keyof Measured): string => (above[key] / below[key]).toFixed(2);
    row(title, ratio('cpuMs'), ratio('wallMs'), ratio('rssMb'));
  }
}

const isJson = process.argv.includes('--json');
const main = path.join(ROOT, (await readActionMetadata(ROOT)).main);
const server = fork(path.join(import.meta.dirname, 'lab-process.ts'), {
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
});
try {
  const [lab] = (await once(server, 'message')) as [LabFacts];
  const programs = await programsFor(lab, main);
  const { samples, seen } = await measure(programs, async () => {
    const answer = once(server, 'message') as Promise<[LabTraffic]>;
    server.send('traffic');
    return (await answer)[0];
  });
  const traffic = checkTraffic(seen);
  const medians = {
    bareNode: mediansOf(samples.bareNode),
    floor: mediansOf(samples.floor),
    firstError: mediansOf(samples.firstError),
    fullRun: mediansOf(samples.fullRun),
  };
  if (isJson) {
    console.log(JSON.stringify(medians));
  } else {
    printTable(programs, medians, traffic, main);
  }
} finally {
  server.disconnect();
}
