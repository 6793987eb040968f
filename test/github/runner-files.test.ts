import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRunner } from '../../src/github/runner-files.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-files-'));
  for (const name of ['env', 'output', 'state']) {
    writeFileSync(join(folder, name), '');
  }
  symlinkSync(join(folder, 'env'), join(folder, 'link'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function environment(changes: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'state'),
    ...changes,
  };
}

describe('the environment of the step', () => {
  it('is safe as the runner makes it', () => {
    expect(checkRunner(environment())).toBeUndefined();
    expect(checkRunner(environment({ NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_DEBUG: '' }))).toBeUndefined();
  });

  it.each(['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'])('%s has to name a regular file', (name) => {
    for (const path of [
      undefined,
      '',
      join(folder, 'missing'),
      folder,
      'env',
      join(folder, 'link'),
      '/dev/stdout',
      'a\0b',
    ]) {
      expect(checkRunner(environment({ [name]: path }))).toMatchObject({
        code: 'runner/file-missing',
        severity: 'error',
        detail: expect.stringContaining(name),
      });
    }
  });

  it.each([
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'runner/tls-checks-off'],
    ['NODE_DEBUG', 'http', 'runner/debugging-would-leak'],
    ['NODE_DEBUG_NATIVE', 'tls', 'runner/debugging-would-leak'],
  ])('%s=%s is refused', (name, value, code) => {
    expect(checkRunner(environment({ [name]: value }))).toMatchObject({ code, severity: 'error' });
  });
});
