import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLIENT_NAMES, type ClientName, type ClientRequest } from '../../src/clients/client.ts';
import { CLIENTS, needsConfig, readsConfig, SECRET_VARIABLES, setUpClients } from '../../src/clients/clients.ts';
import { configText } from '../../src/clients/config-text.ts';
import { checkFlytekitNames } from '../../src/clients/flytekit.ts';
import { checkKeyring } from '../../src/clients/keyring.ts';
import { checkUnionNames } from '../../src/clients/union.ts';

const REQUEST: ClientRequest = {
  apiKey: 'the-key',
  domain: 'union.example.com',
  clientId: 'ci-app',
  clientSecret: 'Zq7~made_8Kd2Lm5',
  org: '',
  scopes: [],
  audience: '',
  configFile: '/temp/config.yaml',
  certificateFile: '',
  project: '',
  flyteDomain: '',
  imageBuilder: '',
};

const FULL: ClientRequest = {
  ...REQUEST,
  org: 'acme',
  scopes: ['all', 'api://flyte/.default'],
  audience: 'https://union.example.com',
  certificateFile: '/temp/certificates.pem',
  project: 'demo',
  flyteDomain: 'development',
  imageBuilder: 'remote',
};

const ENDPOINT = 'dns:///union.example.com';
const CREDENTIALS = {
  endpoint: ENDPOINT,
  authType: 'ClientSecret',
  clientId: 'ci-app',
  clientSecretEnvVar: 'FLYTE_CLIENT_SECRET',
};
const STATED = {
  scopes: ['all', 'api://flyte/.default'],
  audience: 'https://union.example.com',
  caCertFilePath: '/temp/certificates.pem',
};
const TASK = { project: 'demo', domain: 'development', org: 'acme' };

describe('a client by itself', () => {
  it.each<[ClientName, Record<string, string>, unknown, unknown]>([
    [
      'flyte',
      { FLYTE_API_KEY: 'the-key', FLYTE_DISABLE_SENTRY: 'true' },
      { admin: { endpoint: ENDPOINT, authType: 'ClientSecret', disableKeyring: true } },
      {
        admin: { endpoint: ENDPOINT, authType: 'ClientSecret', disableKeyring: true },
        task: TASK,
        image: { builder: 'remote' },
      },
    ],
    [
      'flytekit',
      { FLYTECTL_CONFIG: '/temp/config.yaml', FLYTE_CLIENT_SECRET: 'Zq7~made_8Kd2Lm5' },
      { admin: CREDENTIALS },
      { admin: { ...CREDENTIALS, ...STATED }, task: TASK },
    ],
    [
      'flytectl',
      { FLYTECTL_CONFIG: '/temp/config.yaml', FLYTE_CLIENT_SECRET: 'Zq7~made_8Kd2Lm5' },
      { admin: { ...CREDENTIALS, useAudienceFromAdmin: true } },
      { admin: { ...CREDENTIALS, ...STATED }, task: TASK },
    ],
    ['union', { UNION_API_KEY: 'the-key' }, undefined, undefined],
  ])('%s', (name, environment, config, fullConfig) => {
    const plain = setUpClients([name], REQUEST);
    expect(plain.environment).toEqual(environment);
    expect(plain.configFile && parse(plain.configFile)).toEqual(config);
    const full = setUpClients([name], FULL);
    expect(full.configFile && parse(full.configFile)).toEqual(fullConfig);
  });

  it.each(CLIENT_NAMES)('%s is given the names of its table and no other', (name) => {
    expect(Object.keys(CLIENTS[name].setUp(FULL).environment)).toEqual(Object.keys(CLIENTS[name].variables));
    expect(CLIENTS[name].name).toBe(name);
  });
});

describe('clients side by side', () => {
  it('are given the names of all, and one file', () => {
    const { environment, configFile } = setUpClients(['flyte', 'flytekit', 'flytectl', 'union'], FULL);
    expect(Object.keys(environment)).toEqual([
      'FLYTE_API_KEY',
      'FLYTE_DISABLE_SENTRY',
      'FLYTECTL_CONFIG',
      'FLYTE_CLIENT_SECRET',
      'UNION_API_KEY',
    ]);
    expect(parse(configFile ?? '')).toEqual({
      admin: { ...CREDENTIALS, ...STATED, disableKeyring: true },
      task: TASK,
      image: { builder: 'remote' },
    });
  });

  it('have no secret in their file, and every secret variable in the list', () => {
    const { environment, configFile } = setUpClients(CLIENT_NAMES, FULL);
    expect(configFile).not.toContain(FULL.clientSecret);
    expect(configFile).not.toContain(FULL.apiKey);
    const secrets = [FULL.clientSecret, FULL.apiKey];
    const holders = Object.entries(environment).filter(([, value]) => secrets.includes(value));
    expect(new Set(holders.map(([name]) => name))).toEqual(new Set(SECRET_VARIABLES));
  });

  it.each<[readonly ClientName[], boolean, boolean]>([
    [['flyte'], false, true],
    [['union'], false, false],
    [['flyte', 'union'], false, true],
    [['flytekit'], true, true],
    [['flytectl', 'union'], true, true],
  ])('%s: whether a file is needed, and read', (names, needed, read) => {
    expect([needsConfig(names), readsConfig(names)]).toEqual([needed, read]);
  });
});

describe('the text of a config file', () => {
  it.each([
    'true',
    'null',
    '0x10',
    '1.10',
    '*alias',
    '- item',
    'a: b # c',
    'a "quoted" \\ text',
    "it's",
    '/temp/пользователь/été 😀',
    'a\u0085b\u2028c\ufeffd\u007fe\u00a0f',
    ' space ',
  ])('keeps %j as it is, in YAML 1.1 and 1.2', (text) => {
    const written = configText({ section: { value: text, list: [text, 'x'], flag: true } });
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(written, { version })).toEqual({ section: { value: text, list: [text, 'x'], flag: true } });
    }
    expect(written).not.toMatch(/[\u007f-\u00a0\u2028\ufeff]/);
  });

  it('leaves out what is empty', () => {
    expect(configText({ a: { b: '', c: [] }, d: { e: 'x', f: '' } })).toMatch(/^# .*\nd:\n {2}e: "x"\n$/);
  });
});

describe('the names of flytekit', () => {
  const NOT_READ = 'client/flytekit-name-not-read';
  const WINS = 'client/flytekit-variable-wins';

  it.each<[string, string, string[]]>([
    ['FLYTE_CREDENTIALS_OAUTH_SCOPES', 'all', [NOT_READ]],
    ['FLYTE_CREDENTIALS_AUTHORIZATION_METADATA_KEY', 'x', [NOT_READ]],
    ['FLYTE_PLATFORM_AUTH', 'true', [NOT_READ]],
    ['FLYTE_PLATFORM_AUTH', '', []],
    ['FLYTE_PLATFORM_URL', 'union.example.com', [WINS]],
    ['FLYTE_PLATFORM_URL', '', [WINS]],
    ['FLYTE_CREDENTIALS_SCOPES', 'all', [WINS]],
    ['FLYTE_CREDENTIALS_CLIENT_ID', 'x', [WINS]],
    // The file leads to the secret, and with it to the mode, whatever these say.
    ['FLYTE_CREDENTIALS_CLIENT_SECRET', 'x', []],
    ['FLYTE_CREDENTIALS_AUTH_MODE', 'Pkce', []],
    ['FLYTE_DEFAULT_PROJECT', 'x', []],
  ])('%s=%s', (name, value, expected) => {
    expect(checkFlytekitNames({ [name]: value }).map(({ code }) => code)).toEqual(expected);
  });
});

describe('the names of union', () => {
  it.each<[Record<string, string>, boolean, string[]]>([
    [{}, false, []],
    [{ UNION_API_KEY: 'k' }, false, []],
    [{ UNION_API_KEY: '' }, false, ['client/union-key-empty']],
    [{ UNION_API_KEY: '' }, true, []],
    [{ UNION_SERVERLESS_ENDPOINT: 'x' }, false, []],
    [{ UNION_SERVERLESS_ENDPOINT: 'x' }, true, ['client/union-endpoint-wins']],
    // Present is enough for it, even if empty.
    [{ UNION_SERVERLESS_ENDPOINT: '' }, true, ['client/union-endpoint-wins']],
  ])('%j, set by this step: %s', (environment, isSet, codes) => {
    expect(checkUnionNames(environment, isSet).map(({ code }) => code)).toEqual(codes);
  });
});

describe('the keyring', () => {
  const LINUX = { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_OS: 'Linux', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' };
  const MAC = { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_OS: 'macOS' };
  const NULL = { PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring' };
  const NO_CONFIG = { hasConfig: false, writesConfig: false };

  it.each<[string, ClientName[], Record<string, string>, { hasConfig: boolean; writesConfig: boolean }, string]>([
    ['a self-hosted Linux with a session', ['flyte'], LINUX, NO_CONFIG, 'flyte'],
    ['a self-hosted Linux without one', ['flyte'], { ...LINUX, DBUS_SESSION_BUS_ADDRESS: '' }, NO_CONFIG, ''],
    ['a Mac', ['flyte'], MAC, NO_CONFIG, 'flyte'],
    ['Windows', ['flyte'], { ...MAC, RUNNER_OS: 'Windows' }, NO_CONFIG, 'flyte'],
    ['a runner of GitHub', ['flyte'], { ...MAC, RUNNER_ENVIRONMENT: 'github-hosted' }, NO_CONFIG, ''],
    ['outside of a runner', ['flyte'], {}, NO_CONFIG, ''],
    ['a backend that keeps nothing', ['flyte'], { ...LINUX, ...NULL }, NO_CONFIG, ''],
    ['the same on a Mac, where it is not asked', ['flyte'], { ...MAC, ...NULL }, NO_CONFIG, 'flyte'],
    ['a config file that is written', ['flyte'], MAC, { hasConfig: false, writesConfig: true }, ''],
    ['a config file of another', ['flyte'], MAC, { hasConfig: true, writesConfig: false }, 'flyte'],
    [
      'the variable beside a config file',
      ['flyte'],
      { ...MAC, FLYTE_ADMIN_DISABLEKEYRING: 'true' },
      { hasConfig: true, writesConfig: false },
      '',
    ],
    ['the variable without one', ['flyte'], { ...MAC, FLYTE_ADMIN_DISABLEKEYRING: 'true' }, NO_CONFIG, 'flyte'],
    [
      'flytectl, which nothing turns off',
      ['flytectl'],
      { ...MAC, ...NULL },
      { hasConfig: true, writesConfig: true },
      'flytectl',
    ],
    ['flytekit and union, which keep nothing', ['flytekit', 'union'], MAC, NO_CONFIG, ''],
    ['two of them', ['flyte', 'flytectl'], MAC, NO_CONFIG, 'flyte and flytectl'],
  ])('%s', (_name, clients, environment, surroundings, keeping) => {
    const findings = checkKeyring(clients, environment, surroundings);
    expect(findings.map(({ detail }) => detail.replace(/.*used by (.*)\.$/, '$1')).join()).toBe(keeping);
  });
});
