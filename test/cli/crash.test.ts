import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECRET } from '../e2e/keys.ts';
import { preload } from '../e2e/preload.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import { call } from './command-line.ts';

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
    // It sends itself the signal once it reads, and Node writes a report in a thread of its own.
    const { NODE_OPTIONS } = readingFrom(
      "() => { process.kill(process.pid, 'SIGUSR2'); return new Promise((resolve) => setTimeout(resolve, 500, { done: true })); }",
    );
    const environment = {
      NODE_OPTIONS: `${NODE_OPTIONS} --report-on-signal --report-signal=SIGUSR2`,
      FLYTE_API_KEY: SECRET,
    };
    await call(ENCODE, '', environment, folder);
    expect(readdirSync(folder)).toEqual([]);
  },
);
