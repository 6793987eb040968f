import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { helpOf } from '../../src/cli/program.ts';
import { systemTerminal } from '../../src/cli/terminal.ts';
import { VERSION } from '../../src/cli/version.ts';
import { writeStamp } from '../../src/rotation/stamp.ts';
import { SECRET } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { FIVE_APPS, type FiveApps, startFiveApps } from '../lab/five-apps.ts';
import { type GitLab, startGitLab } from '../lab/gitlab.ts';
import { callShell } from './command-line.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const PROGRAM = path.join(ROOT, 'dist/cli/index.js');
/** What a help of one command may need: a screen. */
const SCREEN = { lines: 50, columns: 100 };
const folder = temporaryFolder();
let lab: Deployment;
let gitlab: GitLab;
let fiveApps: FiveApps;
let environment: Record<string, string>;

/** The domain of the examples is that of the lab, and the command reaches the lab whatever the example says. */
beforeAll(async () => {
  lab = await startDeployment({
    authority: await authority(),
    domain: 'union.example.com',
    clientId: 'ci-app',
    openIdProvider: { clients: [{ clientId: 'ci-app', clientSecret: SECRET }], audience: 'https://union.example.com' },
  });
  gitlab = await startGitLab({ authority: await authority(), requests: [], now: Date.now });
  gitlab.addToken('glpat-0123456789abcdefghij', gitlab.addUser('bot', 'reporter'));
  // A deployment of its own, at other names, all of whose apps the example of a file describes.
  fiveApps = await startFiveApps({ authority: await authority() });
  const certificates = writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem);
  const mappings = [...lab.connectTo, `gitlab.test:443:127.0.0.1:${gitlab.port}`];
  const doctorReach = [
    `--ca-certificates '${certificates}'`,
    ...fiveApps.connectTo.map((line) => `--connect-to '${line}'`),
  ];
  const reach = [`--ca-certificates '${certificates}'`, ...mappings.map((mapping) => `--connect-to '${mapping}'`)].join(
    ' ',
  );
  const bin = writtenFile(
    folder,
    'bin/union-auth',
    [
      '#!/bin/sh',
      'case "$1 $2" in',
      // What is only rendered reaches nobody.
      `  doctor*) case "$*" in *--render*) ;; *) set -- "$@" ${doctorReach.join(' ')} ;; esac; exec '${process.execPath}' '${PROGRAM}' "$@" ;;`,
      `  check*|"rotation remind"|"rotation status") exec '${process.execPath}' '${PROGRAM}' "$@" ${reach} ;;`,
      `  *) exec '${process.execPath}' '${PROGRAM}' "$@" ;;`,
      'esac',
      '',
    ].join('\n'),
  );
  chmodSync(bin, 0o755);
  const key = Buffer.from(`union.example.com:ci-app:${SECRET}:`).toString('base64');
  const stamp = writeStamp({ created: Date.now() }, key, Buffer.alloc(16, 7));
  environment = {
    PATH: `${path.dirname(bin)}:${process.env['PATH'] ?? ''}`,
    FLYTE_API_KEY: key,
    FLYTE_API_KEY_META: stamp,
    GITLAB_CI: 'true',
    ...fiveApps.environment,
    GITLAB_TOKEN: 'glpat-0123456789abcdefghij',
    CI_API_V4_URL: gitlab.apiUrl,
    CI_PROJECT_PATH: gitlab.project.path,
  };
});
afterAll(() => Promise.all([lab.stop(), gitlab.stop(), fiveApps.stop()]));

/** What the files hold that the examples name. */
function writeFiles(place: string): void {
  writtenFile(place, 'deployment.yaml', descriptionOf(fiveApps));
  writtenFile(place, 'secret.txt', `${SECRET}\n`);
  writtenFile(place, 'answer.json', JSON.stringify({ error: 'invalid_client' }));
  writtenFile(place, 'deploy.log', 'Status Code (401) received from IDP: {"error":"invalid_client"}\n');
  writtenFile(place, 'keys.json', JSON.stringify({ keys: [] }));
  writtenFile(place, 'token.txt', 'no-token');
  writtenFile(place, 'keys.yaml', '- name: production\n  api-key: $FLYTE_API_KEY\n  meta: $FLYTE_API_KEY_META\n');
}

/** The example of the documentation, with the names of the lab. */
function descriptionOf({ domain, issuer }: FiveApps): string {
  const ids = Object.entries({
    '0oa1browser': FIVE_APPS['browser-login'],
    '0oa2cli': FIVE_APPS.cli,
    '0oa3services': FIVE_APPS['service-to-service'],
    '0oa4operator': FIVE_APPS.operator,
    '0oa5eager': FIVE_APPS.eager,
    '0oa6ci': FIVE_APPS['ci-cd'],
  });
  const text = readFileSync(path.join(ROOT, 'docs/examples/deployment.yaml'), 'utf8')
    .replaceAll('union.example.com', domain)
    .replace('https://acme.okta.com/oauth2/default/v1/token', `${issuer}/token`)
    .replace('https://acme.okta.com/oauth2/default', issuer)
    .replace('provider: okta', 'provider: generic')
    .replace('BROWSER_LOGIN_SECRET', 'BROWSER_SECRET')
    .replace('SERVICES_SECRET', 'INTERNAL_SECRET');
  return ids.reduce((filled, [id, { clientId }]) => filled.replace(id, clientId), text);
}

const examples = COMMANDS.flatMap(({ name, examples: of }) => of.map((example) => ({ name, ...example })));

describe('every example', () => {
  it.each(examples)('$name: $says', async ({ name, call }) => {
    const place = path.join(folder, `${name}-${examples.findIndex((example) => example.call === call)}`);
    writeFiles(place);
    const called = await callShell(call, place, {
      ...environment,
      // The same example works with the secret in the environment, where nobody can be asked.
      ...(call.includes('key encode') && call.includes('--output') && { CLIENT_SECRET: SECRET }),
    });
    expect(called.stderr.replaceAll(/^union-auth: (?:note|warning).*\n.*\n/gm, '')).toBe('');
    // A token that is none is refused: that example shows a verdict.
    expect({ call, status: called.status }).toEqual({ call, status: name === 'token judge' ? 1 : 0 });
    // What a call makes goes to standard output or into a file that it names.
    expect(called.stdout !== '' || /--output|>/.test(call)).toBe(true);
  });
});

/** The calls in the pages, without the words behind them. */
function callsIn(page: string): { page: string; call: string }[] {
  const blocks = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)];
  return blocks
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => /^union-auth /.test(line))
    .map((line) => ({ page, call: line.replace(/ +#.*$/, '') }));
}

const PAGES = ['README.md', 'docs/deployment.md', 'docs/other-ci.md', 'docs/package.md', 'docs/library.md'];
const documented = PAGES.flatMap(callsIn);

describe('every call in the pages', () => {
  it('is found', () => {
    expect(documented.length).toBeGreaterThan(15);
  });

  it.each(documented)('$page: $call', async ({ page, call }) => {
    const place = path.join(folder, `${page.replace(/\W/g, '-')}-${documented.findIndex((one) => one.call === call)}`);
    writeFiles(place);
    const { status, stderr } = await callShell(call, place, {
      ...environment,
      exports: path.join(place, 'exports.env'),
      ...(call.includes('key encode') && { CLIENT_SECRET: SECRET }),
    });
    expect({ status, stderr }).toEqual({ status: call.includes('token judge') ? 1 : 0, stderr: '' });
  });
});

describe('every help', () => {
  it.each([...COMMANDS.map(({ name }) => name), ''])('of "%s" fits a screen', (name) => {
    const lines = helpOf(name, COMMANDS, { ...systemTerminal, hasColors: false, columns: undefined }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(SCREEN.lines);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(SCREEN.columns);
  });

  it.each(COMMANDS.map(({ name }) => name))('of "%s" is what the program prints', (name) => {
    const { stdout, status, stderr } = spawnSync(process.execPath, [PROGRAM, ...name.split(' '), '--help'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(helpOf(name, COMMANDS, { ...systemTerminal, hasColors: false, columns: undefined }));
    expect(stdout).toMatch(/Examples:\n {2}# .+\n {2}(?:printf .* \| )?union-auth /);
  });
});

it('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
});
