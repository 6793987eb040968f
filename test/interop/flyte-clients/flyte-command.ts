import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { pythonEnvironment, type RunOptions, run } from '../tools.ts';

/** A version of `flyte` and what else has to be of its time: its own bounds on other packages have let too much in. */
export interface FlyteRelease {
  readonly version: string;
  readonly packages: readonly string[];
  readonly note?: string;
}

export const NEWEST: FlyteRelease = { version: '2.12.1', packages: ['flyte==2.12.1'] };
export const OLDEST: FlyteRelease = {
  version: '2.3.9',
  packages: ['flyte==2.3.9', 'connectrpc==0.9.0', 'pyqwest==0.5.1'],
  note: 'installed with connectrpc 0.9.0 and pyqwest 0.5.1: it sets no bound, with connectrpc 0.11 every call fails, and with pyqwest 0.7 its calls of the control plane do not trust SSL_CERT_FILE',
};

export interface FlyteProgram {
  readonly program: string;
  readonly python: string;
}

export async function installFlyte(cache: string, packages: readonly string[]): Promise<FlyteProgram> {
  const programs = await pythonEnvironment(cache, 'flyte', packages);
  return { program: path.join(programs, 'flyte'), python: path.join(programs, 'python') };
}

export interface Ended {
  readonly exitCode: number;
  readonly timedOut: boolean;
  /** Both streams as they were printed, colours and frames included: what stands in the log of a job. */
  readonly log: string;
  /** The same without colours and frames, with one space between words. */
  readonly text: string;
}

/** Runs a program, and makes of what it printed what a reader of a log sees. */
export async function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { exitCode, stdout, stderr, timedOut } = await run(file, args, { timeoutMilliseconds: 60_000, ...options });
  const log = `${stdout}\n${stderr}`;
  return {
    exitCode,
    timedOut,
    log,
    text: stripVTControlCharacters(log)
      .replace(/[\s\u2500-\u257f]+/g, ' ')
      .trim(),
  };
}
