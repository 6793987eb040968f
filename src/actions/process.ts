import type { Runner } from '../github/runner.ts';
import { runnerFinding } from '../github/runner-files.ts';
import { annotationOf } from '../report/log.ts';

/**
 * Before the first secret is read: nothing of ours reaches standard error (the runner reads it before standard
 * output, so it overtakes masks), and a crash prints no stack, no message and no report file.
 */
export function guardProcess(runner: Runner): void {
  process.removeAllListeners('warning');
  process.on('warning', () => undefined);
  if (process.report !== undefined) {
    process.report.reportOnUncaughtException = false;
    process.report.reportOnFatalError = false;
    process.report.reportOnSignal = false;
  }
  const crash = (error: unknown): void => {
    const kind =
      error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.constructor.name) ? error.constructor.name : 'unknown';
    const { title, message } = annotationOf(runnerFinding('runner/unexpected', `The fault is of the kind ${kind}.`));
    runner.annotate('error', title, message);
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
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
