import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './terminal.ts';

/**
 * Writes a new file that nobody else can read. An existing one would keep its mode, and may be a link to elsewhere.
 * @throws UsageError where it exists already or can not be written.
 */
export function writeNewFile(path: string, text: string, option: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch {
    throw new UsageError(`The file of ${option} exists already or can not be written.`);
  }
}

/** Takes back a file that was just written, where what belongs to it could not be. */
export function removeFile(path: string | undefined): void {
  if (path !== undefined) {
    rmSync(path, { force: true });
  }
}

/** Writes a report, in the place of an older one. @throws UsageError where it can not be written. */
export function writeReport(path: string, text: string, option: string): void {
  try {
    writeFileSync(path, text);
  } catch {
    throw new UsageError(`The file of ${option} can not be written.`);
  }
}

/** @throws UsageError before anything is done, where a file that is to be new exists. */
export function refuseExisting(path: string | undefined, option: string): void {
  if (path !== undefined && existsSync(path)) {
    throw new UsageError(`The file of ${option} exists already.`);
  }
}
