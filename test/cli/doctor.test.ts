import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { FIVE_APPS, type FiveApps, startFiveApps } from '../lab/five-apps.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { type Called, call, reachOf } from './command-line.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const EXAMPLE = path.join(ROOT, 'docs/examples/deployment.yaml');
const folder = temporaryFolder();
let lab: FiveApps;
let reach: string[];
beforeAll(async () => {
  lab = await startFiveApps({ authority: await authority() });
  reach = reachOf(lab, writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem));
});
afterAll(() => lab.stop());

const SECRET_APPS = ['browser-login', 'service-to-service', 'operator', 'eager', 'ci-cd'] as const;

/** The file of the lab's deployment, with fields laid over it. */
function fileOf(name: string, over: Readonly<Record<string, unknown>> = {}): string {
  const variables = lab.description.apps;
  const apps = Object.entries(FIVE_APPS).map(([app, { clientId }]) => {
    const variable = variables[app as keyof typeof FIVE_APPS]?.clientSecretVariable;
    return [app, { 'client-id': clientId, ...(variable !== undefined && { 'client-secret-env': variable }) }];
  });
  const file = {
    domain: lab.domain,
    provider: 'generic',
    issuer: lab.issuer,
    'metadata-url': '.well-known/openid-configuration',
  };
  return writtenFile(folder, name, stringify({ ...file, apps: Object.fromEntries(apps), ...over }));
}

async function doctor(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = lab.environment,
): Promise<Called> {
  const called = await call(['doctor', ...args], '', environment, folder);
  for (const app of SECRET_APPS) {
    expect(findLeak(FIVE_APPS[app].clientSecret, called.stderr)).toBeUndefined();
  }
  return called;
}

function isLeaking(text: string): boolean {
  return SECRET_APPS.some((app) => findLeak(FIVE_APPS[app].clientSecret, text) !== undefined);
}

describe('doctor', () => {
  it('passes a deployment with all five apps', async () => {
    const { status, stdout, stderr } = await doctor([fileOf('right.yaml'), ...reach]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^union\.example\.test, identity provider generic\nReady: \d+ passed$/m);
    expect(isLeaking(stdout)).toBe(false);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('has one failing row for one fault, and exits with 1', async () => {
    const environment = { ...lab.environment, OPERATOR_SECRET: 'another-secret_4Kd9LmQz' };
    const { status, stdout, stderr } = await doctor([fileOf('fault.yaml'), ...reach], environment);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([
      expect.stringContaining('Trial sign-in'),
    ]);
    expect(stdout).toContain('(idp/wrong-secret)');
    expect(stdout).not.toContain('another-secret');
  });

  it('asks the control plane too where it is told to', async () => {
    const { status, stdout } = await doctor([fileOf('deep.yaml'), '--verify', 'deployment', ...reach]);
    expect(status).toBe(0);
    expect(stdout.match(/^ok +Control plane takes it/gm)).toHaveLength(5);
  });

  it('prints JSON and nothing else', async () => {
    const { status, stdout, stderr } = await doctor([fileOf('json.yaml'), '--json', ...reach]);
    const report = JSON.parse(stdout) as { verdict: string; rows: { app: string; outcome: string }[] };
    expect({ status, stderr, verdict: report.verdict }).toEqual({ status: 0, stderr: '', verdict: 'ready' });
    expect(new Set(report.rows.map(({ app }) => app))).toEqual(
      new Set(['deployment', 'provider', ...Object.keys(FIVE_APPS)]),
    );
  });

  it('writes a page for a ticket, which loads nothing and holds no secret', async () => {
    const page = path.join(folder, 'report.html');
    expect((await doctor([fileOf('page.yaml'), '--html', page, ...reach])).status).toBe(0);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
    expect(isLeaking(html)).toBe(false);
  });

  it.each([
    ['error', 1],
    ['never', 0],
  ] as const)('with --fail-on %s decides the exit status', async (failOn, status) => {
    const environment = { ...lab.environment, CI_SECRET: 'another-secret_4Kd9LmQz' };
    expect((await doctor([fileOf('fail-on.yaml'), '--fail-on', failOn, ...reach], environment)).status).toBe(status);
  });
});

describe('doctor --render', () => {
  it('gives the values of the charts of the example, and sends nothing', async () => {
    const { status, stdout, stderr } = await doctor([EXAMPLE, '--render', 'helm'], {});
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
    const [controlPlane] = parseAllDocuments(stdout).map((document) => document.toJS() as Record<string, unknown>);
    expect(controlPlane).toMatchObject({ global: { INTERNAL_CLIENT_ID: '0oa3services' } });
  });

  it('gives the secrets of the example by reference, with no value', async () => {
    const environment = { OPERATOR_SECRET: FIVE_APPS.operator.clientSecret };
    const { status, stdout, stderr } = await doctor([EXAMPLE, '--render', 'secrets'], environment);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
    expect(isLeaking(stdout)).toBe(false);
  });

  it('gives the values only where it is told to, into a file of yours alone', async () => {
    const file = path.join(folder, 'secrets.yaml');
    const names = ['BROWSER_LOGIN_SECRET', 'SERVICES_SECRET', 'OPERATOR_SECRET', 'EAGER_SECRET', 'CI_SECRET'];
    const environment = Object.fromEntries(names.map((name) => [name, `${name.toLowerCase()}-U2e6Xa8J`]));
    const { status, stdout } = await doctor(
      [EXAMPLE, '--render', 'secrets', '--with-values', '--output', file],
      environment,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kinds = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as { kind: string });
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['Secret']));
    expect(readFileSync(file, 'utf8')).toContain('operator_secret-U2e6Xa8J');
  });

  it('gives nothing where a value is missing', async () => {
    const file = path.join(folder, 'half.yaml');
    const called = await doctor([EXAMPLE, '--render', 'secrets', '--with-values', '--output', file], {});
    expect(called.status).toBe(1);
    expect(called.stdout).toBe('');
    expect(called.stderr).toContain('(deployment/secret-value-missing)');
    expect(existsSync(file)).toBe(false);
  });
});

describe('a wrong call of doctor', () => {
  it.each<[string, string | undefined, string[], string]>([
    ['no file', undefined, [], 'doctor needs the file'],
    ['a file that is not there', '/no/such/file.yaml', [], 'A file that is named can not be read'],
    ['no YAML', 'domain: [', [], '(deployment/file-unreadable)'],
    ['an alias', 'a: &x 1\nb: *x\n', [], '(deployment/file-unreadable)'],
    ['a list', '- 1\n', [], '(deployment/file-unreadable)'],
    ['an unknown field', 'domian: union.example.com\n', [], '(deployment/unknown-field)'],
    ['a missing field', 'issuer: https://login.example.com\n', [], '(deployment/field-missing)'],
    ['a domain that is none', 'domain: https://union.example.com\n', [], '(deployment/field-not-usable)'],
    [
      'a secret in the file',
      'domain: a.example.com\nissuer: https://b.example.com\napps:\n  operator:\n    client-id: a\n    client-secret: Zq7~kWm-4Vx_9Tb\n',
      [],
      '(deployment/secret-in-file)',
    ],
    ['an unknown rendering', 'FILE', ['--render', 'yaml'], '--render must be one of helm, secrets'],
    ['values of charts', 'FILE', ['--render', 'helm', '--with-values'], '--with-values belongs to --render secrets'],
    ['an output without a rendering', 'FILE', ['--output', 'x'], '--with-values and --output belong to --render'],
    ['an unknown depth', 'FILE', ['--verify', 'offline'], '--verify must be one of token, deployment'],
    [
      'an output that exists',
      'FILE',
      ['--render', 'helm', '--output', 'authority.pem'],
      'The file of --output exists already',
    ],
  ])('%s: one line, and nothing is sent', async (name, text, args, complaint) => {
    const before = lab.requests.length;
    const file =
      text === undefined
        ? []
        : [text === 'FILE' ? EXAMPLE : text.startsWith('/') ? text : writtenFile(folder, `${name}.yaml`, text)];
    const { status, stdout, stderr } = await doctor([...file, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('kWm-4Vx');
    expect(lab.requests.length).toBe(before);
  });
});

describe('key encode --for eager', () => {
  const ENCODE = ['key', 'encode', '--domain', 'union.example.com', '--client-id', 'eager-app', '--for', 'eager'];
  const SECRET = 'Zq7~kWm-4Vx_9Tb.Lp3';

  it('writes the key without a line end, which the pods would not take', async () => {
    const file = path.join(folder, 'eager.txt');
    const { status } = await call([...ENCODE, '--output', file], `${SECRET}\n`);
    expect(status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(Buffer.from(`union.example.com:eager-app:${SECRET}:`).toString('base64'));
    expect((await call(ENCODE, SECRET)).stdout).not.toMatch(/\n/);
  });

  it('refuses an org that the pods would take by its letters', async () => {
    const { status, stdout, stderr } = await call([...ENCODE, '--org', 'None'], SECRET);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('(deployment/eager-org-none)');
  });

  it('knows no other reader', async () => {
    const args = ENCODE.map((word) => (word === 'eager' ? 'pods' : word));
    expect(await call(args, SECRET)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--for must be one of'),
    });
  });
});

describe('key hash', () => {
  it.each([
    ['', 'It is empty'],
    ['x'.repeat(73), 'It has more than 72 bytes'],
  ])('refuses what bcrypt would not read whole', async (secret, complaint) => {
    const { status, stdout, stderr } = await call(['key', 'hash'], secret);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('makes a secret where it is asked to, another one each time', async () => {
    const [first, second] = [
      await call(['key', 'hash', '--generate']),
      await call(['key', 'hash', '--generate', '--json']),
    ];
    expect(first.stdout).toMatch(/^clientSecret: [0-9a-f]{32}\nclientSecretHash: [A-Za-z0-9+/=]+\n$/);
    const made = JSON.parse(second.stdout) as { clientSecret: string };
    expect(first.stdout).not.toContain(made.clientSecret);
  });
});

/** What can be wrong with what is to be rendered: the file, changed, and what is asked for. */
describe('what can not be rendered', () => {
  const withoutLines = (...patterns: RegExp[]): string =>
    readFileSync(EXAMPLE, 'utf8')
      .split('\n')
      .filter((line) => !patterns.some((pattern) => pattern.test(line)))
      .join('\n');
  const VALUES = {
    BROWSER_LOGIN_SECRET: 'a-U2e6Xa8J1',
    SERVICES_SECRET: 'b-U2e6Xa8J1',
    OPERATOR_SECRET: 'c-U2e6Xa8J1',
  };

  it.each<[string, string, string[], Record<string, string>, number]>([
    ['deployment/app-not-described', withoutLines(/^ {2}cli:/, /0oa2cli/), ['--render', 'helm'], {}, 1],
    ['deployment/token-url-not-described', withoutLines(/^token-url/), ['--render', 'helm'], {}, 1],
    [
      'deployment/subject-not-described',
      withoutLines().replace('provider: okta', 'provider: entra'),
      ['--render', 'helm'],
      {},
      0,
    ],
    [
      'deployment/own-server-not-rendered',
      withoutLines().replace('provider: okta', 'provider: flyte\ncontrol-plane: flyte1'),
      ['--render', 'helm'],
      {},
      1,
    ],
    [
      'deployment/setting-not-in-flyte1',
      withoutLines().replace('provider: okta', 'provider: okta\ncontrol-plane: flyte1'),
      ['--render', 'helm'],
      {},
      0,
    ],
    [
      'deployment/secret-store-not-described',
      withoutLines(/^secret-store:/, /^ {2}name: vault/, /^ {2}kind:/),
      ['--render', 'secrets'],
      {},
      1,
    ],
    ['deployment/secret-value-missing', withoutLines(), ['--render', 'secrets', '--with-values'], VALUES, 1],
    [
      'deployment/secret-value-not-usable',
      withoutLines(),
      ['--render', 'secrets', '--with-values'],
      { ...VALUES, EAGER_SECRET: 'd-U2e6Xa8J1', OPERATOR_SECRET: 'c\n-U2e6Xa8J1' },
      1,
    ],
    [
      'deployment/eager-secret-unnamed',
      withoutLines(/^eager-secret:/, /^ {2}name: eager-key/, /^ {2}key: eager-api-key/),
      ['--render', 'secrets'],
      {},
      0,
    ],
  ])('%s', async (code, text, args, environment, exit) => {
    const file = writtenFile(folder, `${code.replace('/', '-')}.yaml`, text);
    const { status, stdout, stderr } = await doctor([file, ...args], environment);
    expect(stderr).toContain(`(${code})`);
    expect(status).toBe(exit);
    expect(stdout === '').toBe(exit === 1);
    expect(`exit ${status}\n${stderr}`).toMatchSnapshot();
  });

  it.each([
    [
      'deployment/eager-org-none',
      ['key', 'encode', '--domain', 'a.example.com', '--client-id', 'a', '--for', 'eager', '--org', 'none'],
      'Zq7~kWm-4Vx_9Tb',
    ],
    ['deployment/internal-secret-not-usable', ['key', 'hash'], ''],
    ['deployment/internal-secret-too-long', ['key', 'hash'], 'x'.repeat(73)],
  ] as const)('%s', async (code, args, input) => {
    const { status, stdout, stderr } = await call(args, input);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`(${code})`);
    expect(`exit ${status}\n${stderr}`).toMatchSnapshot();
  });
});
