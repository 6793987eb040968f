import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SECRET } from '../e2e/keys.ts';
import { preload } from '../e2e/preload.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import { call } from './command-line.ts';

const PROGRAM = path.join(import.meta.dirname, '../../dist/cli/index.js');
const ENCODE = ['key', 'encode', '--domain', 'union.example.com', '--client-id', 'ci-app', '--output', 'key.txt'];
const folder = temporaryFolder();

/** Standard input whose next chunk is what the code makes of it. */
function readingFrom(next: string): Record<string, string> {
  return preload(
    `Object.defineProperty(process, 'stdin', { value: { [Symbol.asyncIterator]: () => ({ next: ${next} }) } });`,
  );
}

describe('a command that breaks off', () => {
  it.each([
    ['with an error', `async () => { throw new Error('${SECRET}'); }`],
    ['with what is no error', `() => Promise.reject('${SECRET}')`],
    ['since there is nothing left to wait for', '() => new Promise(() => undefined)'],
  ])('%s says so in one line, and exits with 1', async (_name, next) => {
    const { status, stdout, stderr } = await call(ENCODE, '', readingFrom(next), folder);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^union-auth failed in a way that it does not know\. [^\n]+\n$/);
    expect(stderr).not.toContain(SECRET);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it.skipIf(process.platform === 'win32')(
  'a command leaves no report of Node, which would hold its variables',
  async () => {
    const env = { NODE_OPTIONS: '--report-on-signal --report-signal=SIGUSR2', FLYTE_API_KEY: SECRET };
    const child = spawn(process.execPath, [PROGRAM, ...ENCODE], { env, cwd: folder });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    // It waits for standard input. Before it runs, Node itself would write the report.
    await wait(1_000);
    child.kill('SIGUSR2');
    await wait(500);
    child.stdin.end();
    await ended;
    expect(readdirSync(folder)).toEqual([]);
  },
);
