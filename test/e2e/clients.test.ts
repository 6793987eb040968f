import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startDeployment } from '../lab/deployment.ts';
import { runStep } from '../runner/action-runner.ts';
import { ACTION_DIRECTORY, authority, type Run, runMain, scenario } from './scenario.ts';
import { temporaryFolder } from './temporary.ts';

const folder = temporaryFolder();

/** A workspace with files, for scenarios that look at one. */
function workspaceWith(name: string, files: Readonly<Record<string, string>>): string {
  const workspace = path.join(folder, name);
  mkdirSync(workspace, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(path.join(workspace, file), text);
  }
  return workspace;
}

function configOf({ result }: Run): string {
  return readFileSync(result.outputs['config-file'] ?? '', 'utf8');
}

scenario('flyte with a config file of its own', {
  inputs: { 'config-project': 'flytesnacks', 'config-domain': 'development', 'image-builder': 'remote' },
  expect: { exit: 0 },
  also: (run, check) => {
    check(configOf(run)).toBe(
      [
        'admin:',
        '  endpoint: "dns:///union.example.test"',
        `  caCertFilePath: "${run.result.exportedEnvironment['SSL_CERT_FILE']}"`,
        '  disableKeyring: true',
        'task:',
        '  project: "flytesnacks"',
        '  domain: "development"',
        'image:',
        '  builder: "remote"',
        '',
      ].join('\n'),
    );
    check(run.result.exportedEnvironment['FLYTECTL_CONFIG']).toBe(run.result.outputs['config-file']);
  },
});

scenario('flytekit and flytectl', {
  inputs: { clients: 'flytekit, flytectl', 'ca-certificates': undefined, verify: 'offline' },
  expect: { exit: 0 },
  also: (run, check) => {
    const { FLYTE_CLIENT_SECRET: secret, ...others } = run.result.exportedEnvironment;
    const file = run.result.outputs['config-file'];
    check(others).toEqual({ FLYTECTL_CONFIG: file, UCTL_CONFIG: file });
    check(secret).toBe(run.secrets[0]);
    check(statSync(file ?? '').mode & 0o777).toBe(0o600);
    check(configOf(run)).toBe(
      'admin:\n  endpoint: "dns:///union.example.test"\n  authType: "ClientSecret"\n  clientId: "ci-client"\n  clientSecretEnvVar: "FLYTE_CLIENT_SECRET"\n',
    );
  },
});

scenario('flytekit is told the scopes and the audience that were tested', {
  lab: { controlPlane: { publicClientConfig: { audience: 'https://union.example.test' } } },
  inputs: { clients: 'flytekit' },
  expect: { exit: 0 },
  also: (run, check) => {
    check(configOf(run)).toContain('  scopes: ["all"]\n  audience: "https://union.example.test"\n');
  },
});

scenario('union gets the key under its own name', {
  inputs: { clients: 'union' },
  expect: { exit: 0 },
  also: ({ result }, check) => {
    check(new Set(Object.keys(result.exportedEnvironment))).toEqual(new Set(['SSL_CERT_FILE', 'UNION_API_KEY']));
    check(result.outputs['config-file']).toBe('');
  },
});

scenario('all clients at once', {
  inputs: { clients: 'flyte\nflytekit\nflytectl\nunion' },
  expect: { exit: 0 },
  also: (run, check) => {
    check(configOf(run)).toMatch(/authType[\s\S]*disableKeyring/);
  },
});

scenario('a config file at a path of the user is new and is nobody else', {
  inputs: () => ({ 'config-file': path.join(folder, 'given.yaml') }),
  expect: { exit: 0 },
  also: ({ result }, check) => {
    check(result.outputs['config-file']).toBe(path.join(folder, 'given.yaml'));
    check(statSync(path.join(folder, 'given.yaml')).mode & 0o777).toBe(0o600);
  },
});

scenario('a config file that exists is left alone, and nothing is exported', {
  arrange: () => writeFileSync(path.join(folder, 'existing.yaml'), 'mine\n'),
  inputs: { 'config-file': path.join(folder, 'existing.yaml') },
  expect: { exit: 1, code: 'runner/config-not-written' },
  also: (_run, check) => {
    check(readFileSync(path.join(folder, 'existing.yaml'), 'utf8')).toBe('mine\n');
  },
});

scenario('a link in the place of the config file is not followed', {
  arrange: () => symlinkSync(path.join(folder, 'target.yaml'), path.join(folder, 'link.yaml')),
  inputs: { 'config-file': path.join(folder, 'link.yaml') },
  expect: { exit: 1, code: 'runner/config-not-written' },
  also: (_run, check) => {
    check(existsSync(path.join(folder, 'target.yaml'))).toBe(false);
  },
});

scenario('a key that fails leaves no config file behind', {
  inputs: {
    clients: 'flytekit',
    'client-secret': 'another-secret_4Kd9',
    'config-file': path.join(folder, 'never.yaml'),
  },
  expect: { exit: 1, code: 'idp/wrong-secret' },
  also: (_run, check) => {
    check(existsSync(path.join(folder, 'never.yaml'))).toBe(false);
  },
});

scenario('export-env false writes no config file', {
  inputs: { clients: 'flytekit', 'export-env': 'false' },
  expect: { exit: 0 },
});

for (const [name, inputs, code] of [
  ['a client that does not exist', { clients: 'flyte, flytecli' }, 'input/unknown-word'],
  ['a project for a client that has none', { clients: 'flytekit', 'config-project': 'p' }, 'input/conflict'],
  ['a project that is no id', { 'config-project': 'a: b' }, 'input/not-usable'],
  ['a builder that does not exist', { 'image-builder': 'docker' }, 'input/unknown-word'],
] as const) {
  scenario(name, { inputs, expect: { exit: 1, code } });
}

for (const [name, files, environment, warnings] of [
  [
    'a lock file pins flyte to a version that ignores the key',
    { 'uv.lock': lockOf('2.0.5') },
    {},
    ['client/version-ignores-key'],
  ],
  [
    'a requirements file pins flyte to a version that can hang',
    { 'requirements.txt': 'flyte==2.2.0\n' },
    {},
    ['client/version-can-hang'],
  ],
  [
    'a switch that is off by its words',
    { 'config.yaml': 'admin: {}\n' },
    { FLYTE_ADMIN_INSECURESKIPVERIFY: 'false' },
    ['client/environment-is-always-true'],
  ],
] as const) {
  scenario(name, {
    inputs: { verify: 'offline', 'connect-to': undefined },
    environment: () => ({ GITHUB_WORKSPACE: workspaceWith(name, files), ...environment }),
    expect: { exit: 0, warnings: [...warnings] },
  });
}

scenario('a keyring that jobs share, and variables that nobody reads, are notes', {
  inputs: { verify: 'offline', 'connect-to': undefined, 'ca-certificates': undefined, clients: 'flyte union' },
  environment: { RUNNER_ENVIRONMENT: 'self-hosted' },
  expect: { exit: 0 },
});

scenario('variables that flytekit no longer reads are a note', {
  inputs: { verify: 'offline', 'connect-to': undefined, 'ca-certificates': undefined, clients: 'flytekit' },
  environment: { FLYTE_CREDENTIALS_OAUTH_SCOPES: 'all', FLYTE_PLATFORM_AUTH: 'True' },
  expect: { exit: 0 },
});

function lockOf(version: string): string {
  return `version = 1\n\n[[package]]\nname = "flyte"\nversion = "${version}"\nsource = { registry = "https://pypi.org/simple" }\n`;
}

test('the post step removes the config file that it wrote, and no other', async () => {
  const lab = await startDeployment({ authority: await authority() });
  try {
    for (const isChanged of [false, true]) {
      const main = await runMain(lab, { inputs: { clients: 'flytekit' } });
      const file = main.outputs['config-file'] ?? '';
      expect(existsSync(file)).toBe(true);
      if (isChanged) {
        writeFileSync(file, 'of somebody else\n');
      }
      const post = await runStep({ actionDirectory: ACTION_DIRECTORY, step: 'post', inputs: {}, previous: main });
      expect({ exitCode: post.exitCode, stderr: post.stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(existsSync(file)).toBe(isChanged);
      expect(post.exportedEnvironment).toMatchObject({ FLYTE_CLIENT_SECRET: '', FLYTECTL_CONFIG: '' });
      await post.cleanUp();
      await main.cleanUp();
    }
  } finally {
    await lab.stop();
  }
});
