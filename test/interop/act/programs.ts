import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Workplace } from './workplace.ts';

/** What the program in place of flyte got from a step. */
export interface FlyteCall {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Lets a job install and call what stands in for flyte: `uv venv` puts it where the workflow calls it, and nothing is
 * downloaded. It records what it was given, then runs `instead`, a command of a shell.
 */
export function installStandIns({ programs, records }: Workplace, instead = 'true'): void {
  const flyte = path.join(programs, 'flyte-stand-in');
  write(
    flyte,
    `env -0 > '${records}/environment'
for argument in "$@"; do printf '%s\\0' "$argument"; done > '${records}/arguments'
${instead}`,
  );
  write(path.join(programs, 'pipx'), 'exit 0');
  write(path.join(programs, 'uv'), `if [ "$1" = venv ]; then mkdir -p .venv/bin && cp '${flyte}' .venv/bin/flyte; fi`);
}

/** @returns undefined where no step called it. */
export function flyteCall({ records }: Workplace): FlyteCall | undefined {
  const file = path.join(records, 'environment');
  if (!existsSync(file)) {
    return undefined;
  }
  const variables = partsOf(file).map((text): [string, string] => {
    const at = text.indexOf('=');
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return { args: partsOf(path.join(records, 'arguments')), environment: Object.fromEntries(variables) };
}

function partsOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\0').slice(0, -1);
}

function write(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
