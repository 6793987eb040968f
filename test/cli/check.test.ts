import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { type Called, call, reachOf } from './command-line.ts';

const folder = temporaryFolder();
let lab: Deployment;
let reach: string[];
beforeAll(async () => {
  lab = await startDeployment({ authority: await authority() });
  reach = reachOf(lab, writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem));
});
afterAll(() => lab.stop());

/** Calls `union-auth check`, and looks that no secret is shown. */
async function check(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
  workplace = folder,
): Promise<Called> {
  const called = await call(['check', ...reach, ...args], input, environment, workplace);
  for (const secret of [lab.clientSecret, labKey()]) {
    expect(findLeak(secret, called.stdout + called.stderr)).toBeUndefined();
  }
  return called;
}

function labKey(clientSecret = lab.clientSecret): string {
  return keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret });
}

function pageOf({ status, stdout, stderr }: Called): string {
  const times = stdout
    .replaceAll(/\b\d+ ms\b/g, '<n> ms')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '<time>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>');
  // What is asked at the same time is answered in any order.
  const [checked = '', requests = ''] = times.split('Requests\n');
  const asked = requests.split(/^(?! )/m);
  const sorted = (asked[0] ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .sort();
  return [`exit ${status}`, checked.trimEnd(), 'Requests', ...sorted, ...asked.slice(1)].join('\n') + stderr;
}

describe('check', () => {
  it('signs in with the key of the environment, and says so', async () => {
    expect(pageOf(await check([], { FLYTE_API_KEY: labKey() }))).toMatchSnapshot();
  });

  it('asks the deployment too, with what its owner states', async () => {
    const stated = ['--allowed-audience', lab.audience, '--app-claims', 'identitytype=app', '--subject-claims', 'sub'];
    const called = await check(['--verify', 'deployment', '--project', 'flytesnacks', ...stated], {
      FLYTE_API_KEY: labKey(),
    });
    expect(called.status).toBe(0);
    expect(called.stdout).toContain('IdentityService names the subject ci-client');
  });

  it.each(['the environment', 'standard input'])(
    'builds the key of its fields, with the secret from %s',
    async (place) => {
      const isInput = place === 'standard input';
      const called = await check(
        ['--domain', lab.domain, '--client-id', lab.clientId],
        // A key that stands there too is not meant.
        { FLYTE_API_KEY: 'x', ...(!isInput && { CLIENT_SECRET: lab.clientSecret }) },
        isInput ? `${lab.clientSecret}\n` : '',
      );
      expect({ status: called.status, stderr: called.stderr }).toEqual({ status: 0, stderr: '' });
      expect(called.stdout).toMatch(/^Ready, with warnings: client ci-client at union\.example\.test/m);
    },
  );

  it('names the one cause and the fix where the provider refuses', async () => {
    expect(pageOf(await check([], { FLYTE_API_KEY: labKey('another-secret_4Kd9') }))).toMatchSnapshot();
  });

  it('prints the report as JSON and nothing else', async () => {
    const { status, stdout, stderr } = await check(['--json'], {}, `${labKey()}\n`);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(report).toMatchObject({
      verdict: 'ready-with-warnings',
      key: { domain: lab.domain, clientId: lab.clientId, org: '' },
      deployment: { route: 'connect-binary' },
      provider: { name: 'generic', tokenEndpoint: lab.tokenEndpoint },
      token: { subject: lab.clientId, identityType: 'app' },
    });
    expect(Object.keys(report)).toEqual(['verdict', 'findings', 'key', 'deployment', 'provider', 'token', 'attempts']);
  });

  it.each([
    ['warning', labKey, 1],
    ['error', labKey, 0],
    ['never', () => labKey('another-secret_4Kd9'), 0],
  ] as const)('with --fail-on %s decides the exit status', async (failOn, key, status) => {
    expect((await check(['--fail-on', failOn], { FLYTE_API_KEY: key() })).status).toBe(status);
  });

  it('sends nothing with --verify offline', async () => {
    const before = lab.requests.length;
    const called = await check(['--verify', 'offline'], { FLYTE_API_KEY: labKey() });
    expect(called.status).toBe(0);
    expect(lab.requests.length).toBe(before);
  });

  it('warns of the config file that flyte would find here', async () => {
    const workplace = path.join(folder, 'workplace');
    mkdirSync(workplace);
    writtenFile(workplace, 'config.yaml', 'admin:\n  insecure: true\n');
    const called = await check(['--verify', 'offline'], { FLYTE_API_KEY: labKey() }, '', workplace);
    expect(called.stdout).toContain('(client/config-turns-auth-off)');
  });

  it('says how old the key is', async () => {
    const called = await check(['--verify', 'offline', '--rotated-at', '2020-01-01'], { FLYTE_API_KEY: labKey() });
    expect(called.stdout).toContain('(rotation/overdue)');
  });

  it.each([
    ['a word that is none', ['--verify', 'perhaps'], {}, 'verify is none of'],
    ['an address that is none', ['--issuer', 'example'], {}, 'issuer can not be used as an address'],
    ['a mapping that is none', ['--connect-to', 'here:there'], {}, 'connect-to holds a line'],
    ['a file that is not there', ['--ca-certificates', '/no/such/file'], {}, 'No certificate was found'],
    ['an unknown option', ['--verfy', 'token'], {}, 'Unknown option --verfy. Did you mean --verify?'],
    ['a secret as an option', ['--client-secret', 'Zq7~kWm-4Vx_9Tb'], {}, '--client-secret is refused'],
    ['a secret as an argument', ['Zq7~kWm-4Vx_9Tb'], {}, 'There is an argument too many'],
    ['certificate checks that are off', [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, '(runner/tls-checks-off)'],
    ['a debugging aid', [], { NODE_DEBUG: 'http' }, '(runner/debugging-would-leak)'],
  ])('%s is a wrong call, in one line', async (_name, args, environment, complaint) => {
    const before = lab.requests.length;
    const { status, stdout, stderr } = await call(['check', ...args], '', { FLYTE_API_KEY: labKey(), ...environment });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const lines = stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('union-auth: '));
    expect(lines).toEqual([expect.stringContaining(complaint)]);
    expect(stderr).not.toContain('kWm-4Vx');
    expect(lab.requests.length).toBe(before);
  });

  it('an empty key is not waited for', async () => {
    const called = await call(['check'], '', { FLYTE_API_KEY: '' });
    expect(called.status).toBe(1);
    expect(called.stdout).toContain('(key/empty)');
  });
});
