import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { ExpectStatic } from 'vitest';
import type { FindingCode } from '../../src/catalogue.ts';
import { type Inputs, type Run, scenario } from './scenario.ts';
import { temporaryFolder, writtenFile } from './temporary.ts';

/** The text of the config file, which only this user can read. */
function configOf({ result }: Run, expect: ExpectStatic): string {
  const file = result.outputs['config-file'] ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  return readFileSync(file, 'utf8');
}

function expectNoConfig({ result }: Run, expect: ExpectStatic): void {
  expect(readdirSync(result.runnerTemp).filter((name) => name.includes('config'))).toEqual([]);
}

const OPENING = '# Written by union-auth-action. It holds no secret: the clients read that from their environment.\n';

scenario('flytekit', {
  inputs: { clients: 'flytekit' },
  expect: { exit: 0 },
  also(run, expect) {
    const { exportedEnvironment } = run.result;
    expect(configOf(run, expect)).toBe(
      `${OPENING}admin:
  endpoint: "dns:///union.example.test"
  authType: "ClientSecret"
  clientId: "ci-client"
  clientSecretEnvVar: "FLYTE_CLIENT_SECRET"
  caCertFilePath: "${exportedEnvironment['SSL_CERT_FILE']}"
`,
    );
    expect(path.dirname(run.result.outputs['config-file'] ?? '')).toBe(run.result.runnerTemp);
    expect(exportedEnvironment['FLYTECTL_CONFIG']).toBe(run.result.outputs['config-file']);
    expect(run.secrets).toContain(exportedEnvironment['FLYTE_CLIENT_SECRET']);
    expect(run.result.masks).toContain(exportedEnvironment['FLYTE_CLIENT_SECRET']);
  },
});

scenario('flytectl, and a project to work in', {
  inputs: { clients: 'flytectl', 'config-project': 'demo', 'config-domain': 'development', org: 'acme' },
  expect: { exit: 0 },
  also: (run, expect) =>
    expect(configOf(run, expect)).toContain(
      '\n  useAudienceFromAdmin: true\ntask:\n  project: "demo"\n  domain: "development"\n  org: "acme"\n',
    ),
});

scenario('every client, with scopes and an audience that are stated', {
  lab: { controlPlane: { publicClientConfig: { audience: 'https://union.example.test' } } },
  inputs: (lab) => ({
    clients: 'union, flytectl\nflytekit flyte',
    scopes: 'all',
    audience: lab.audience,
    'config-file': 'clients.yaml',
    'config-project': 'demo',
    'config-domain': 'development',
    'image-builder': 'remote',
  }),
  expect: { exit: 0 },
  also(run, expect) {
    const { exportedEnvironment, outputs, runnerTemp } = run.result;
    expect(outputs['config-file']).toBe(path.join(runnerTemp, 'clients.yaml'));
    expect(exportedEnvironment['UNION_API_KEY']).toBe(exportedEnvironment['FLYTE_API_KEY']);
    expect(configOf(run, expect)).toBe(
      `${OPENING}admin:
  endpoint: "dns:///union.example.test"
  authType: "ClientSecret"
  disableKeyring: true
  clientId: "ci-client"
  clientSecretEnvVar: "FLYTE_CLIENT_SECRET"
  scopes: ["all"]
  audience: "https://union.example.test"
  caCertFilePath: "${exportedEnvironment['SSL_CERT_FILE']}"
task:
  project: "demo"
  domain: "development"
image:
  builder: "remote"
`,
    );
  },
});

scenario('flyte, with a config file in the workspace', {
  inputs: { 'config-file': path.join(temporaryFolder(), 'config.yaml'), 'image-builder': 'remote' },
  expect: { exit: 0 },
  also(run, expect) {
    expect(run.result.exportedEnvironment).not.toHaveProperty('FLYTECTL_CONFIG');
    expect(configOf(run, expect)).toContain('  disableKeyring: true\nimage:\n  builder: "remote"\n');
  },
});

scenario('union alone', { inputs: { clients: 'union' }, expect: { exit: 0 }, also: expectNoConfig });

scenario('flytekit with export-env false', {
  inputs: { clients: 'flytekit', 'export-env': 'false' },
  expect: { exit: 0 },
  also: (run, expect) => expect(configOf(run, expect)).not.toContain('caCertFilePath'),
});

scenario('flytekit with a key that is not ready', {
  inputs: { clients: 'flytekit', 'client-secret': 'Zq7:made_8Kd2Lm5' },
  expect: { exit: 1, code: 'key/colon-in-secret' },
  also: expectNoConfig,
});

scenario('flytekit with fail-on warning', {
  inputs: { clients: 'flytekit', 'fail-on': 'warning' },
  expect: { exit: 1, code: 'input/connect-to-in-use' },
  also: expectNoConfig,
});

const folder = temporaryFolder();
const foreign = writtenFile(folder, 'foreign.yaml', 'somebody: else\n');
const link = path.join(folder, 'link.yaml');
const target = path.join(folder, 'not-there.yaml');
symlinkSync(target, link);

for (const [name, file, code] of [
  ['that exists', foreign, 'runner/config-file-exists'],
  ['that is a link', link, 'runner/config-file-exists'],
  ['in no folder', path.join(folder, 'nowhere/config.yaml'), 'runner/config-file-not-written'],
] as const) {
  scenario(`a config file ${name}`, {
    inputs: { 'config-file': file, verify: 'offline' },
    expect: { exit: 1, code },
    also({ result }, expect) {
      expect(readFileSync(foreign, 'utf8')).toBe('somebody: else\n');
      expect(existsSync(target)).toBe(false);
      expect(result.state).toEqual({});
    },
  });
}

for (const [name, inputs, code] of [
  ['an unknown client', { clients: 'flyte uctl' }, 'input/unknown-word'],
  ['commas alone', { clients: ', ,' }, 'input/unknown-word'],
  ['a config file that leads elsewhere', { 'config-file': '../config.yaml' }, 'input/not-usable'],
  ['a config file of two lines', { 'config-file': 'a\nb' }, 'input/not-usable'],
  ['a config file for union', { clients: 'union', 'config-file': 'c.yaml' }, 'input/conflict'],
  ['a project without a config file', { 'config-project': 'demo' }, 'input/conflict'],
  ['a builder for flytekit', { clients: 'flytekit', 'image-builder': 'remote' }, 'input/conflict'],
  ['a project that is none', { 'config-file': 'c.yaml', 'config-project': 'a: b' }, 'input/not-usable'],
  ['a domain that is none', { 'config-file': 'c.yaml', 'config-domain': '"x' }, 'input/not-usable'],
  ['a builder that is none', { 'config-file': 'c.yaml', 'image-builder': 'a b' }, 'input/not-usable'],
] satisfies [string, Inputs, FindingCode][]) {
  scenario(`bad input: ${name}`, {
    inputs: { verify: 'offline', ...inputs },
    expect: { exit: 1, code },
    also(run, expect) {
      expect(run.result.state).toEqual({});
      expectNoConfig(run, expect);
    },
  });
}

/** A run that sends nothing, in surroundings with a trap. */
function trap(
  name: string,
  surroundings: { inputs?: Inputs; environment?: Record<string, string>; files?: Record<string, string> },
  warnings: FindingCode[],
): void {
  const { inputs, environment, files = {} } = surroundings;
  const workspace = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    writtenFile(workspace, file, text);
  }
  scenario(`trap: ${name}`, {
    inputs: { verify: 'offline', 'connect-to': undefined, 'ca-certificates': undefined, ...inputs },
    environment: { GITHUB_WORKSPACE: workspace, ...environment },
    expect: { exit: 0, ...(warnings.length > 0 && { warnings }) },
  });
}

trap('requirements.txt pins a version that ignores the key', { files: { 'requirements.txt': 'flyte==2.0.5\n' } }, [
  'client/version-ignores-key',
]);
trap(
  'uv.lock pins a version that can hang',
  { files: { 'uv.lock': '[[package]]\nname = "flyte"\nversion = "2.1.9"\n' } },
  ['client/version-can-hang'],
);
trap('a good version', { files: { 'requirements.txt': 'flyte==2.3.9\n' } }, []);
trap(
  'a version that only another client reads',
  { inputs: { clients: 'union' }, files: { 'requirements.txt': 'flyte==2.0.5\n' } },
  [],
);
trap('variables of flyte without a config file', { environment: { FLYTE_TASK_PROJECT: 'demo' } }, [
  'client/environment-ignored',
]);
trap(
  'variables of flyte with a config file',
  { inputs: { 'config-file': 'c.yaml' }, environment: { FLYTE_TASK_PROJECT: 'demo' } },
  [],
);
trap(
  'FLYTE_ADMIN_INSECURE beside the config file that is written',
  { inputs: { 'config-file': 'c.yaml' }, environment: { FLYTE_ADMIN_INSECURE: 'false' } },
  ['client/environment-turns-auth-off'],
);
trap(
  'FLYTE_ADMIN_INSECURESKIPVERIFY beside a config',
  { files: { 'config.yaml': 'admin:\n  endpoint: x\n' }, environment: { FLYTE_ADMIN_INSECURESKIPVERIFY: 'false' } },
  ['client/environment-skips-certificates'],
);
trap(
  'a config of another program, which flytekit does not read',
  { inputs: { clients: 'flytekit' }, files: { 'config.yaml': 'server:\n  port: 80\n' } },
  [],
);
trap(
  'a name that flytekit no longer reads',
  { inputs: { clients: 'flytekit' }, environment: { FLYTE_PLATFORM_AUTH: 'true' } },
  ['client/flytekit-name-not-read'],
);
trap(
  'a variable that wins over the file of flytekit',
  { inputs: { clients: 'flytekit' }, environment: { FLYTE_PLATFORM_URL: '' } },
  ['client/flytekit-variable-wins'],
);
trap('an empty UNION_API_KEY', { environment: { UNION_API_KEY: '' } }, ['client/union-key-empty']);
trap(
  'an empty UNION_API_KEY that this step fills',
  { inputs: { clients: 'union' }, environment: { UNION_API_KEY: '' } },
  [],
);
trap(
  'UNION_SERVERLESS_ENDPOINT',
  { inputs: { clients: 'union' }, environment: { UNION_SERVERLESS_ENDPOINT: 'x.example.test' } },
  ['client/union-endpoint-wins'],
);

const SELF_HOSTED = { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_OS: 'Linux', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' };
trap('the keyring of a self-hosted runner', { environment: SELF_HOSTED }, ['client/keyring-reused']);
trap(
  'the keyring of a self-hosted runner, with a config file',
  { inputs: { 'config-file': 'c.yaml' }, environment: SELF_HOSTED },
  [],
);
trap(
  'the keyring of a self-hosted runner, turned off',
  { environment: { ...SELF_HOSTED, PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring' } },
  [],
);
