import { lstatSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { type Finding, findingsOf } from '../findings/finding.ts';
import { readCertificates } from '../transport/certificates.ts';

export const RUNNER_FINDINGS = {
  'runner/file-missing': {
    title: 'A file of the runner is missing',
    cause: 'This step does not run under a GitHub Actions runner, or another step changed its environment.',
    fix: 'Run it as a step of a workflow, or with a runner stand-in that provides GITHUB_ENV, GITHUB_OUTPUT and GITHUB_STATE.',
    severity: 'error',
  },
  'runner/tls-checks-off': {
    title: 'The checks of certificates are turned off',
    cause: 'NODE_TLS_REJECT_UNAUTHORIZED is set to 0 in the environment of this step.',
    fix: 'Remove it. For a private certificate authority give ca-certificates.',
    severity: 'error',
  },
  'runner/debugging-would-leak': {
    title: 'A debugging aid of Node would print the secret',
    cause:
      'NODE_DEBUG or NODE_DEBUG_NATIVE is set: Node then writes what is read, sent and received to the log before it can be masked.',
    fix: 'Remove it from the environment of this step.',
    severity: 'error',
  },
  'runner/extra-certificates-unreadable': {
    title: 'The certificates of NODE_EXTRA_CA_CERTS can not be read',
    cause: 'The variable names a file that does not exist, holds no certificate, or one that is damaged.',
    fix: 'Correct or remove NODE_EXTRA_CA_CERTS on this runner. To add an authority for this step alone give ca-certificates.',
    severity: 'error',
  },
  'runner/file-not-written': {
    title: 'A file of the runner could not be written',
    cause: 'The disk of the runner is full, or its file system can only be read.',
    fix: 'Free space on the disk of the runner, or mend its file system, and run the job again. Nothing was exported.',
    severity: 'error',
  },
  'runner/unexpected': {
    title: 'The action failed in a way that it does not know',
    cause: 'A fault of this action.',
    fix: 'Run the job again, and report it with the code above if it stays.',
    severity: 'error',
  },
} as const;

export type RunnerFindingCode = keyof typeof RUNNER_FINDINGS;

export const runnerFinding = findingsOf(RUNNER_FINDINGS);

/** Without one of these @actions/core prints the value, and so the key, to the log. */
const NEEDED_FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'] as const;

/**
 * What in the environment of the step would make it unsafe to go on: checked before any secret is read.
 */
export function checkRunner(environment: NodeJS.ProcessEnv): Finding<RunnerFindingCode> | undefined {
  for (const name of NEEDED_FILES) {
    if (!isRegularFile(environment[name] ?? '')) {
      return runnerFinding('runner/file-missing', `${name} does not name a regular file.`);
    }
  }
  return checkProcess(environment);
}

/** What in the environment of any process would send or print its secrets in a way that nobody expects. */
export function checkProcess(
  environment: Readonly<Record<string, string | undefined>>,
): Finding<RunnerFindingCode> | undefined {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    return runnerFinding('runner/tls-checks-off', 'NODE_TLS_REJECT_UNAUTHORIZED is 0.');
  }
  const debugging = checkDebugging(environment);
  if (debugging !== undefined) {
    return debugging;
  }
  const extra = environment['NODE_EXTRA_CA_CERTS'] ?? '';
  // Node complains about such a file on standard error, from below JavaScript.
  return extra === '' || readCertificates(textOf(extra)) !== undefined
    ? undefined
    : runnerFinding(
        'runner/extra-certificates-unreadable',
        'NODE_EXTRA_CA_CERTS names no file of certificates that can all be read.',
      );
}

/** What in the environment of a process would have Node print what is read, sent and received. */
export function checkDebugging(
  environment: Readonly<Record<string, string | undefined>>,
): Finding<RunnerFindingCode> | undefined {
  const debug = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((name) => (environment[name] ?? '') !== '');
  return debug === undefined ? undefined : runnerFinding('runner/debugging-would-leak', `${debug} is set.`);
}

/** A report of Node is a file that holds the whole environment of the process, and so its secrets. */
export function turnOffReports(): void {
  if (process.report !== undefined) {
    process.report.reportOnUncaughtException = false;
    process.report.reportOnFatalError = false;
    process.report.reportOnSignal = false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isRegularFile(path: string): boolean {
  try {
    return isAbsolute(path) && lstatSync(path).isFile();
  } catch {
    return false;
  }
}
