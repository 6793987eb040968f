import { rmSync, writeFileSync } from 'node:fs';
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
