import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { FindingError, findingsOf } from '../findings/finding.ts';
import { jsonObject, stringMember } from '../transport/json.ts';

export const CONFIG_FILE_FINDINGS = {
  'runner/config-file-exists': {
    title: 'The config file is there already',
    cause: 'config-file names a file or a link that something else made, or a step before this one. It was left alone.',
    fix: 'Name another file in config-file, or leave it empty: a file of its own is then written under RUNNER_TEMP.',
    severity: 'error',
  },
  'runner/config-file-not-written': {
    title: 'The config file could not be written',
    cause: 'Its folder does not exist, or may not be written by this job.',
    fix: 'Name a file in a folder that exists. A path that is not absolute is one below RUNNER_TEMP.',
    severity: 'error',
  },
} as const;

const configFileFinding = findingsOf(CONFIG_FILE_FINDINGS);

const FILE_PREFIX = 'union-auth-config-';

/** Where a config file goes that nobody named, or named by a path below RUNNER_TEMP. */
export function placeOfConfig(named: string, environment: NodeJS.ProcessEnv): string {
  const name = named === '' ? `${FILE_PREFIX}${randomBytes(8).toString('hex')}.yaml` : named;
  return isAbsolute(name) ? name : join(environment['RUNNER_TEMP'] ?? '', name);
}

/** Whether a step of this action chose the name: the file is gone when the job ends. */
export function isOwnConfigFile(path: string): boolean {
  return basename(path).startsWith(FILE_PREFIX);
}

/**
 * Writes a file that only this user can read, and none that exists: not over a file, nor through a link.
 * @returns what the post step needs to know it again.
 * @throws FindingError
 */
export function writeConfig(path: string, text: string): string {
  if (!isAbsolute(path)) {
    throw new FindingError(configFileFinding('runner/config-file-not-written', 'RUNNER_TEMP names no folder.'));
  }
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw new FindingError(
      code === 'EEXIST'
        ? configFileFinding('runner/config-file-exists', 'Something of that name exists.')
        : configFileFinding('runner/config-file-not-written', `Writing it ended with ${code}.`),
    );
  }
  return JSON.stringify({ path, sha256: digestOf(text) });
}

/**
 * Removes the file that `writeConfig` wrote, wherever that is, and no other: what stands there must still be it.
 * @param written what `writeConfig` returned, or any text.
 * @returns false where something else stands there now.
 */
export function removeConfig(written: string): boolean {
  const record = jsonObject(Buffer.from(written)) ?? {};
  const path = stringMember(record, 'path') ?? '';
  if (!isAbsolute(path)) {
    return true;
  }
  try {
    if (!lstatSync(path).isFile() || digestOf(readFileSync(path)) !== stringMember(record, 'sha256')) {
      return false;
    }
    rmSync(path);
  } catch {
    // It is gone already, or may not be removed.
  }
  return true;
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
