import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf, SECRET } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { call, callOnTerminal, HAS_TERMINAL, reachOf } from './command-line.ts';

const folder = temporaryFolder();
const ENCODE = ['key', 'encode', '--domain', 'union.example.com', '--client-id', 'ci-app'];
const ESCAPE = '\u001b[';
let lab: Deployment;
let reach: string[];
beforeAll(async () => {
  lab = await startDeployment({ authority: await authority() });
  reach = reachOf(lab, writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem));
});
afterAll(() => lab.stop());

function labKey(): string {
  return keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret: lab.clientSecret });
}

describe.skipIf(!HAS_TERMINAL)('on a terminal', () => {
  it('key encode asks for the secret without showing it, and writes the key into a file of yours alone', async () => {
    const file = path.join(folder, 'typed.txt');
    const typing = { after: 'Client secret: ', text: `${SECRET}x\u007f\r` };
    const { status, shown } = await callOnTerminal([...ENCODE, '--output', file], typing);
    expect(status).toBe(0);
    expect(findLeak(SECRET, shown)).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe(`${keyOf({ domain: 'union.example.com', clientId: 'ci-app' })}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('key encode shows the key only where it is told to', async () => {
    const environment = { CLIENT_SECRET: SECRET };
    const refused = await callOnTerminal(ENCODE, undefined, environment);
    expect(refused.status).toBe(2);
    expect(refused.shown).toContain('name a file with --output, or show it here with --print');
    const shown = await callOnTerminal([...ENCODE, '--print'], undefined, environment);
    expect(shown.shown.trim()).toBe(keyOf({ domain: 'union.example.com', clientId: 'ci-app' }));
  });

  it('key encode ends with Ctrl-C and leaves nothing behind', async () => {
    const file = path.join(folder, 'never.txt');
    const typing = { after: 'Client secret: ', text: 'half-a-sec\u0003' };
    const { status, shown } = await callOnTerminal([...ENCODE, '--output', file], typing);
    expect(status).toBe(2);
    expect(shown).not.toContain('half-a');
    expect(existsSync(file)).toBe(false);
  });

  it('key inspect asks for a key of many lines, up to Ctrl-D', async () => {
    const typing = { after: 'end it with Ctrl-D', text: `${keyOf()}\r\u0004` };
    const { status, shown } = await callOnTerminal(['key', 'inspect'], typing);
    expect(status).toBe(0);
    expect(shown).toContain('every client reads it alike');
    expect(findLeak(SECRET, shown)).toBeUndefined();
  });

  it('explain asks for the text', async () => {
    const text = 'Status Code (401) received from IDP: {"error":"invalid_client"}\r\u0004';
    const { status, shown } = await callOnTerminal(['explain'], { after: 'end it with Ctrl-D', text });
    expect(status).toBe(0);
    expect(shown).toContain('(idp/wrong-secret)');
  });

  it('token judge asks for the token, and does not show it', async () => {
    const text = 'not-a-token-Zq7kWm4Vx\r\u0004';
    const { status, shown } = await callOnTerminal(['token', 'judge', '--allowed-audience', 'https://a.example'], {
      after: 'end it with Ctrl-D',
      text,
    });
    expect(status).toBe(1);
    expect(shown).toContain('would refuse');
    expect(shown).not.toContain('Zq7kWm4Vx');
  });

  it('rotation stamp asks for the key', async () => {
    const typing = { after: 'stored: ', text: `${keyOf()}\r` };
    const { status, shown } = await callOnTerminal(['rotation', 'stamp'], typing);
    expect(status).toBe(0);
    expect(shown).toContain('gh variable set FLYTE_API_KEY_META');
    expect(findLeak(SECRET, shown)).toBeUndefined();
  });

  it.each(['status', 'remind'])('rotation %s has colours, and none with NO_COLOR', async (word) => {
    const args = ['rotation', word, '--rotated-at', '2020-01-01', '--name', 'ci'];
    const plain = await callOnTerminal(args, undefined, { NO_COLOR: '1' });
    const coloured = await callOnTerminal(args, undefined);
    expect(plain.shown).toContain('WARN');
    expect(plain.shown.replaceAll(`\r${ESCAPE}K`, '')).not.toContain(ESCAPE);
    expect(coloured.shown).toContain(`${ESCAPE}33mWARN`);
    expect(stripVTControlCharacters(coloured.shown)).toBe(stripVTControlCharacters(plain.shown));
  });

  it('check asks for the key, says what it does meanwhile, and takes that away again', async () => {
    const typing = { after: 'Key: ', text: `${labKey()}\r` };
    const { status, shown } = await callOnTerminal(['check', ...reach], typing);
    expect(status).toBe(0);
    expect(shown).toContain(`\r${ESCAPE}KTesting the key ...`);
    expect(shown.indexOf('Testing the key')).toBeLessThan(shown.lastIndexOf(`\r${ESCAPE}K`));
    expect(shown).toContain(`${ESCAPE}32mok`);
    expect(findLeak(lab.clientSecret, shown)).toBeUndefined();
    expect(findLeak(labKey(), shown)).toBeUndefined();
  });

  it('config asks for the key, and shows the file without it', async () => {
    const { status, shown } = await callOnTerminal(['config', 'flytekit'], { after: 'Key: ', text: `${keyOf()}\r` });
    expect(status).toBe(0);
    expect(shown).toContain('clientSecretEnvVar');
    expect(findLeak(SECRET, shown)).toBeUndefined();
  });

  it('key hash asks for the secret, and makes none on a screen', async () => {
    const { status, shown } = await callOnTerminal(['key', 'hash'], { after: 'Secret: ', text: `${SECRET}\r` });
    expect(status).toBe(0);
    expect(shown).toMatch(/clientSecretHash: [A-Za-z0-9+/=]+/);
    expect(findLeak(SECRET, shown)).toBeUndefined();
    expect((await callOnTerminal(['key', 'hash', '--generate'], undefined)).status).toBe(2);
  });

  it('doctor says what it does meanwhile, and shows no secret on a screen', async () => {
    const file = writtenFile(
      folder,
      'deployment.yaml',
      `domain: ${lab.domain}\nissuer: ${lab.issuer}\napps:\n  ci-cd:\n    client-id: ${lab.clientId}\n    client-secret-env: CI_SECRET\n`,
    );
    const environment = { CI_SECRET: lab.clientSecret };
    const examined = await callOnTerminal(['doctor', file, ...reach], undefined, environment);
    expect(examined.shown).toContain(`\r${ESCAPE}KExamining union.example.test ...`);
    expect(examined.shown).toContain('CI/CD');
    expect(findLeak(lab.clientSecret, examined.shown)).toBeUndefined();
    const rendered = await callOnTerminal(
      ['doctor', file, '--render', 'secrets', '--with-values'],
      undefined,
      environment,
    );
    expect(rendered.status).toBe(2);
    expect(rendered.shown).toContain('name a file with --output');
  });

  it('a help has colours, and none with NO_COLOR', async () => {
    expect((await callOnTerminal(['check', '--help'], undefined)).shown).toContain(`${ESCAPE}1m`);
    expect((await callOnTerminal(['check', '--help'], undefined, { NO_COLOR: '1' })).shown).not.toContain(ESCAPE);
  });
});

describe('without a terminal', () => {
  it('nothing has colours, and nothing is said of what goes on', async () => {
    const called = await call(['check', ...reach], '', { FLYTE_API_KEY: labKey(), TERM: 'xterm-256color' });
    expect({ status: called.status, stderr: called.stderr }).toEqual({ status: 0, stderr: '' });
    expect(called.stdout).not.toContain(ESCAPE);
    expect((await call(['check', '--help'])).stdout).not.toContain(ESCAPE);
  });
});
