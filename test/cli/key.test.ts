import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../dist/cli/index.js');
const SECRET = 'Zq7-kWm_4Vx~9Tb.Rn2';
const folder = mkdtempSync(join(tmpdir(), 'union-auth-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: string[], input = '', environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return { status, stdout, stderr };
}

function keyOf(text: string): string {
  return Buffer.from(text).toString('base64');
}

const ENCODE = ['key', 'encode', '--domain', 'union.example.com', '--client-id', 'ci-app'];
const KEY = keyOf(`union.example.com:ci-app:${SECRET}:`);

describe('key inspect', () => {
  it.each(['', '\n', '\r\n'])('takes a key with the line end %j behind it', (end) => {
    const { status, stdout, stderr } = run(['key', 'inspect', '--json'], `${KEY}${end}`);
    const reading = { accepts: true, domain: 'union.example.com', clientId: 'ci-app', org: '' };
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'ready',
      findings: [],
      clients: { 'flyte-sdk': reading, 'rust-controller': reading, terraform: reading, 'union-sdk': reading },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('shows no field of a key whose fields have shifted', () => {
    const { status, stdout } = run(['key', 'inspect', '--json'], keyOf(`union.example.com:8443:ci-app:${SECRET}:`));
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'not-ready',
      findings: [{ code: 'key/domain-has-port', severity: 'error' }],
      clients: {
        'flyte-sdk': { accepts: true, domain: '***', clientId: '***', org: '***' },
        'rust-controller': { accepts: false, error: expect.stringContaining('got 5') },
      },
    });
    expect(stdout).not.toContain(SECRET.slice(0, 8));
  });

  it('says in words what is wrong and what to do', () => {
    const { status, stdout } = run(['key', 'inspect'], `"${KEY}"`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^error: .*\(key\/quoted\)\n {2}Fix: /);
    expect(stdout).not.toContain(SECRET);
  });
});

describe('key encode', () => {
  it.each([
    ['standard input', SECRET, {}],
    ['standard input with a line end', `${SECRET}\n`, {}],
    ['the environment', '', { CLIENT_SECRET: SECRET }],
  ])('reads the secret from %s', (_name, input, environment) => {
    expect(run(ENCODE, input, environment)).toEqual({ status: 0, stdout: `${KEY}\n`, stderr: '' });
  });

  it('writes a new file that nobody else can read, and overwrites none', () => {
    const file = join(folder, 'key.txt');
    expect(run([...ENCODE, '--output', file], SECRET)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe(`${KEY}\n`);
    expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect(run([...ENCODE, '--output', file], 'another-secret-Kd82').status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(`${KEY}\n`);
  });

  it('writes nothing where a field is wrong', () => {
    const { status, stdout, stderr } = run(ENCODE, 'Zq7:kWm_4Vx~9Tb');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('key/colon-in-secret');
    expect(stderr).not.toContain('kWm_4Vx');
  });

  it('gives JSON without the key, unless it is asked for', () => {
    const file = join(folder, 'json.txt');
    const { stdout } = run([...ENCODE, '--json', '--output', file], SECRET);
    expect(JSON.parse(stdout)).toEqual({ verdict: 'ready', findings: [] });
    expect(JSON.parse(run([...ENCODE, '--json', '--print'], SECRET).stdout)).toMatchObject({ key: KEY });
    expect(run([...ENCODE, '--json'], SECRET).status).toBe(2);
  });

  it('never takes the secret as an argument, and does not repeat it', () => {
    const { status, stdout, stderr } = run([...ENCODE, '--client-secret', SECRET]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toContain(SECRET);
  });
});

describe('the command line', () => {
  it.each([[[]], [['key']], [['unknown', SECRET]], [['key', 'encode']]])('%j is a wrong call', (args) => {
    const { status, stderr, stdout } = run(args);
    expect(status).toBe(2);
    expect(stderr + stdout).not.toContain(SECRET);
  });
});
