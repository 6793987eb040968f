import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { type Finding, findingsOf } from '../findings/finding.ts';

export const CONFIG_FILE_FINDINGS = {
  'runner/config-not-written': {
    title: 'The config file of the clients could not be written',
    cause: 'A file of this name exists already and is not overwritten, or its folder does not exist.',
    fix: 'Give another path as config-file, or leave it out: then a file of its own is written outside of the workspace.',
    severity: 'error',
  },
} as const;

const configFileFinding = findingsOf(CONFIG_FILE_FINDINGS);

const FILE_PREFIX = 'union-auth-config-';

/** Whether a step of this action wrote the file outside of the workspace: it is gone when the job ends. */
export function isOwnConfig(path: string): boolean {
  return basename(path).startsWith(FILE_PREFIX);
}

/**
 * Where the config file will stand.
 * @param given as the user wrote it, below the workspace unless it is absolute; empty for a file of our own.
 */
export function placeOfConfig(given: string, environment: NodeJS.ProcessEnv): string {
  if (given === '') {
    return join(environment['RUNNER_TEMP'] ?? '', `${FILE_PREFIX}${randomBytes(8).toString('hex')}.yaml`);
  }
  return isAbsolute(given) ? given : join(environment['GITHUB_WORKSPACE'] ?? '', given);
}

/** A new file that nobody else can read; none that exists is followed or overwritten. */
export function writeConfig(path: string, text: string): Finding | undefined {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return undefined;
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return configFileFinding('runner/config-not-written', exists ? 'It exists already.' : 'It can not be created.');
  }
}

/** By which the post step knows the file again. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Removes a config file, where it still is what was written. */
export function removeConfig(path: string, digest: string): void {
  try {
    if (digestOf(readFileSync(path, 'utf8')) === digest) {
      rmSync(path);
    }
  } catch {
    // It is gone already.
  }
}
