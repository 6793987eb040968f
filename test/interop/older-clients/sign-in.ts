import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { flyteTokenRequest } from '../../../src/identity-provider/token-request.ts';
import { quotePlus } from '../../../src/secrecy/encodings.ts';
import { type Ended, runProgram } from '../flyte-clients/flyte-command.ts';
import { plainEnvironment } from '../flyte-clients/job.ts';
import { runInPrivateNetwork } from '../flyte-clients/private-network.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteAdmin, type FlyteAdminOptions, withFlyteAdmin } from './flyte-admin.ts';

/** One file and one environment for all of them. */
const ALL: FlyteAdminOptions = {
  inputs: {
    clients: 'flyte flytekit flytectl union',
    'config-file': 'clients.yaml',
    'config-project': 'flytesnacks',
    'config-domain': 'development',
    'image-builder': 'remote',
    org: 'acme',
  },
};
const AUDIENCE = 'https://union.example.test';
const STATED: FlyteAdminOptions = { inputs: { ...ALL.inputs, scopes: 'all', audience: AUDIENCE }, audience: AUDIENCE };

/** flytekit with what the action wrote, and without it. */
export async function proveFlytekit(row: Counterpart, python: string, folder: string): Promise<void> {
  const cases: [string, FlyteAdminOptions][] = [
    ['its own config file', { inputs: { clients: 'flytekit' } }],
    ['the config file of all clients', ALL],
    ['the config file of all clients, with scopes and audience', STATED],
  ];
  for (const [name, options] of cases) {
    await row.case(`signs in with ${name}, and does not print the secret`, () =>
      withFlyteAdmin(python, folder, options, async (admin) => {
        const { log, text } = await listProjects(python, 'list_projects.py', admin, options.audience);
        assert.ok(!printsSecret(log, admin), 'it prints the secret');
        assert.ok(!text.includes('client_credentials_secret='), 'it prints its configuration');
      }),
    );
  }
  await proveTrust(row, python, folder);
  await row.case('without a config file it signs in by its environment', () =>
    withFlyteAdmin(python, folder, { inputs: {} }, async (admin) => {
      const { lab, environment } = admin;
      const { log } = await listProjects(python, 'list_projects.py', {
        ...admin,
        environment: {
          ...environment,
          FLYTE_PLATFORM_URL: lab.domain,
          FLYTE_PLATFORM_CA_CERT_FILE_PATH: environment['SSL_CERT_FILE'],
          FLYTE_CREDENTIALS_CLIENT_ID: lab.clientId,
          FLYTE_CREDENTIALS_CLIENT_SECRET: lab.clientSecret,
          FLYTE_CREDENTIALS_AUTH_MODE: 'ClientSecret',
        },
      });
      assert.ok(printsSecret(log, admin), 'it prints no secret any more: the reason for a config file is gone');
      row.note('configured by its environment alone it prints its whole configuration with the secret');
    }),
  );
}

/** What docs/clients.md says of a private authority. */
async function proveTrust(row: Counterpart, python: string, folder: string): Promise<void> {
  await row.case('SSL_CERT_FILE without caCertFilePath: not for the control plane', () =>
    withFlyteAdmin(python, folder, { inputs: { clients: 'flytekit' } }, async ({ job, environment }) => {
      const config = readFileSync(job.configFile, 'utf8').replace(/^ {2}caCertFilePath: .*\n/m, '');
      writeFileSync(job.configFile, config);
      const program = path.join(import.meta.dirname, 'list_projects.py');
      const ended = await runProgram(python, [program], { environment, cwd: job.workspace });
      assert.notEqual(ended.exitCode, 0);
      assert.match(ended.text, /CERTIFICATE_VERIFY_FAILED/);
    }),
  );
}

/** Lists the projects, with the token request of flyte. */
async function listProjects(python: string, program: string, admin: FlyteAdmin, audience = ''): Promise<Ended> {
  const { lab, job, environment } = admin;
  const ended = await runProgram(python, [path.join(import.meta.dirname, program)], {
    environment,
    cwd: job.workspace,
  });
  assert.equal(ended.exitCode, 0, ended.text.slice(-400));
  assert.match(ended.text, /flytesnacks/);
  const request = await admin.assertSignedIn();
  const { headers, body } = flyteTokenRequest(lab, { scopes: ['all'], audience });
  assert.equal(request.body.toString('latin1'), body);
  for (const [name, value] of Object.entries(headers)) {
    assert.equal(request.headers[name], value);
  }
  return ended;
}

/** It breaks its lines at a width, and the secret has a space. */
function printsSecret(log: string, { lab }: FlyteAdmin): boolean {
  return withoutSpace(log).includes(withoutSpace(lab.clientSecret));
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** flytectl with what the action wrote. */
export async function proveFlytectl(row: Counterpart, python: string, flytectl: string, folder: string): Promise<void> {
  const own: FlyteAdminOptions = { inputs: { clients: 'flytectl' } };
  const cases: [string, FlyteAdminOptions][] = [
    ['its own config file', own],
    ['its own config file, and asks for the audience that is advertised', { ...own, audience: AUDIENCE }],
    ['the config file of all clients', ALL],
    ['the config file of all clients, with scopes and audience', STATED],
  ];
  for (const [name, options] of cases) {
    await row.case(`signs in with ${name}`, () =>
      withFlyteAdmin(python, folder, options, async (admin) => {
        const { lab, assertSignedIn } = admin;
        assert.match(await call(flytectl, ['get', 'project'], admin, python, folder), /flytesnacks/);
        const request = await assertSignedIn();
        assert.deepEqual(Object.fromEntries(new URLSearchParams(request.body.toString('latin1'))), {
          grant_type: 'client_credentials',
          scope: 'all',
          ...(options.audience !== undefined && { audience: options.audience }),
        });
        const pair = `${quotePlus(lab.clientId)}:${quotePlus(lab.clientSecret)}`;
        assert.equal(request.headers['authorization'], `Basic ${Buffer.from(pair).toString('base64')}`);
      }),
    );
  }
  await row.case('works in the project and the domain of the config file', () =>
    withFlyteAdmin(python, folder, ALL, async (admin) => {
      await call(flytectl, ['get', 'workflow'], admin, python, folder);
      const { project, domain } = admin.lastCall();
      assert.deepEqual({ project, domain }, { project: 'flytesnacks', domain: 'development' });
    }),
  );
}

/** Behind a proxy flytectl still asks its own machine for the address of the control plane. */
async function call(
  flytectl: string,
  args: readonly string[],
  { job, connectTo }: FlyteAdmin,
  python: string,
  folder: string,
): Promise<string> {
  const environment = { ...plainEnvironment(folder), ...job.exported };
  const options = { python, connectTo, folder, environment, cwd: job.workspace };
  const ended = await runInPrivateNetwork([flytectl, ...args], options);
  assert.equal(ended.exitCode, 0, ended.text.slice(-400));
  return ended.text;
}

/** The SDK of Union for Flyte 1 with the key that the action exports. It reads no certificates from elsewhere. */
export async function proveUnion(row: Counterpart, python: string, union: string, folder: string): Promise<void> {
  row.note('the private authority of the lab is given to it by variables of gRPC and requests');
  for (const options of [{ inputs: { clients: 'union' } }, ALL]) {
    await row.case(`signs in with the key, with the clients ${options.inputs['clients']}`, () =>
      withFlyteAdmin(python, folder, options, async (admin) => {
        const authority = admin.environment['SSL_CERT_FILE'];
        const trust = { GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: authority, REQUESTS_CA_BUNDLE: authority };
        const environment = { ...admin.environment, ...trust, UNION_USAGE_STATS_ENABLED: '0' };
        const { log } = await listProjects(union, 'list_projects_with_union.py', { ...admin, environment });
        assert.ok(!printsSecret(log, admin), 'it prints the secret');
      }),
    );
  }
}
