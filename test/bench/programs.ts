import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inputEnvironment, jobEnvironment } from '../runner/step-environment.ts';
import { type JobFolders, makeCommandFiles, writeEventPayload } from '../runner/step-folders.ts';
import { runProcess } from '../runner/step-process.ts';

const HOOK = path.join(import.meta.dirname, 'usage.mjs');
/** What hangs is no figure. */
const LONGEST_RUN_MILLISECONDS = 300_000;

/** What one process used, up to its end. */
export interface Measured {
  cpuMs: number;
  wallMs: number;
  rssMb: number;
}

export interface Program {
  readonly title: string;
  readonly arguments: readonly string[];
  readonly inputs: Readonly<Record<string, string>>;
  /** Undefined where any will do, as for programs of others. */
  readonly exitCode?: number;
  /** What its output has to hold, so that a program that did something else is never measured. */
  readonly proof: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program as the runner starts a step, and says what it used. @throws where it ended otherwise than it must. */
export async function runProgram(program: Program, folders: JobFolders): Promise<Measured> {
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
      ...program.environment,
      BENCH_USAGE_FILE: usageFile,
    },
    timeoutMs: LONGEST_RUN_MILLISECONDS,
  });
  const isOurs = program.exitCode !== undefined;
  if (isOurs && (exitCode !== program.exitCode || stderr !== '' || !stdout.includes(program.proof))) {
    throw new Error(`${program.title} ended with ${exitCode} instead of ${program.exitCode}:\n${stderr}${stdout}`);
  }
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Omit<Measured, 'wallMs'>;
  return { ...usage, wallMs: durationMs };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

export function mediansOf(samples: readonly Measured[]): Measured {
  const of = (read: (sample: Measured) => number): number => Math.round(median(samples.map(read)) * 10) / 10;
  return { cpuMs: of(({ cpuMs }) => cpuMs), wallMs: of(({ wallMs }) => wallMs), rssMb: of(({ rssMb }) => rssMb) };
}
