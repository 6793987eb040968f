import { statSync, truncateSync } from 'node:fs';
import type { Finding } from '../findings/finding.ts';
import type { Runner } from '../github/runner.ts';
import { runnerFinding, turnOffReports } from '../github/runner-files.ts';
import { annotationOf } from '../report/log.ts';

/**
 * Before the first secret is read: nothing of ours reaches standard error (the runner reads it before standard
 * output, so it overtakes masks), and a crash prints no stack, no message and no report file.
 */
export function guardProcess(runner: Runner): void {
  process.removeAllListeners('warning');
  process.on('warning', () => undefined);
  turnOffReports();
  const sizes = FILES_FOR_LATER_STEPS.map(
    (name) => [process.env[name] ?? '', sizeOf(process.env[name] ?? '')] as const,
  );
  const crash = (error: unknown): void => {
    for (const [path, size] of sizes) {
      takeBack(path, size);
    }
    const { title, message } = annotationOf(faultOf(error));
    runner.annotate('error', title, message);
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  // Every step ends by `endProcess`. One that only has nothing left to wait for has not ended, and would exit with 0.
  process.on('beforeExit', () => crash(new Error('nothing is left to wait for')));
}

/** The runner reads them after a step that failed, too. */
const FILES_FOR_LATER_STEPS = ['GITHUB_ENV', 'GITHUB_OUTPUT'] as const;

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** A step that breaks off has exported nothing. */
function takeBack(path: string, size: number): void {
  try {
    if (statSync(path).size > size) {
      truncateSync(path, size);
    }
  } catch {
    // A file that can't be written can't hold anything either.
  }
}

/** Errors of the system that say of a file that nothing goes into it. */
const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);

/** What broke the step off, in our own words alone. */
function faultOf(error: unknown): Finding {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (UNWRITABLE.has(code)) {
    return runnerFinding('runner/file-not-written', `Writing it ended with ${code}.`);
  }
  const kind =
    error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.constructor.name) ? error.constructor.name : 'unknown';
  return runnerFinding('runner/unexpected', `The fault is of the kind ${kind}.`);
}

/** Ends the process when the log is written out: a connection that a proxy holds open must not keep it alive. */
export async function endProcess(exitCode: 0 | 1): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stdout.write('', () => resolve());
  });
  process.exit(exitCode);
}

/** A summary that can't be written (a full disk) is no reason to stop a deploy. */
export function writeSummary(markdown: string, runner: Runner): void {
  try {
    runner.summary(markdown);
  } catch {
    runner.log('The job summary could not be written.');
  }
}
