import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { flyteTokenRequest } from '../../../src/identity-provider/token-request.ts';
import { quotePlus } from '../../../src/secrecy/encodings.ts';
import { runProgram } from '../flyte-clients/flyte-command.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteAdmin, withFlyteAdmin } from './flyte-admin.ts';

const BY_HAND = 'the action does not write a configuration for it yet: this one stands in the test';

/** flytekit by the environment variables of the client credentials flow, and by a config file. */
export async function proveFlytekit(row: Counterpart, python: string, folder: string): Promise<void> {
  row.note(BY_HAND);
  await row.case('signs in by its environment and lists the projects', async () => {
    const { printsSecret } = await listProjects(python, folder, ({ lab, endpoint, authorityFile }) => ({
      FLYTE_PLATFORM_URL: endpoint,
      FLYTE_PLATFORM_CA_CERT_FILE_PATH: authorityFile,
      FLYTE_CREDENTIALS_CLIENT_ID: lab.clientId,
      FLYTE_CREDENTIALS_CLIENT_SECRET: lab.clientSecret,
      FLYTE_CREDENTIALS_AUTH_MODE: 'ClientSecret',
    }));
    if (printsSecret) {
      row.note('configured by its environment alone it prints its whole configuration with the secret');
    }
  });
  await row.case('signs in by a config file, and does not print the secret', async () => {
    const { log, printsSecret } = await listProjects(python, folder, async (admin) => ({
      FLYTECTL_CONFIG: await writeConfig(admin, folder, [`  caCertFilePath: ${admin.authorityFile}`]),
      FLYTE_CLIENT_SECRET: admin.lab.clientSecret,
    }));
    assert.ok(!printsSecret, 'it prints the secret');
    assert.ok(!log.includes('client_credentials_secret='), 'it prints its configuration');
  });
}

interface Listed {
  /** What was printed. */
  readonly log: string;
  readonly printsSecret: boolean;
}

/** Lists the projects, with the token request of flyte. */
async function listProjects(
  python: string,
  folder: string,
  configure: (admin: FlyteAdmin) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv>,
): Promise<Listed> {
  let listed: Listed = { log: '', printsSecret: false };
  await withFlyteAdmin(python, folder, async (admin, assertSignedIn) => {
    const environment = { ...admin.environment, ...(await configure(admin)) };
    const program = path.join(import.meta.dirname, 'list_projects.py');
    const ended = await runProgram(python, [program], { environment, cwd: folder });
    assert.equal(ended.exitCode, 0, ended.text.slice(-400));
    assert.match(ended.text, /flytesnacks/);
    const request = await assertSignedIn();
    const { headers, body } = flyteTokenRequest(admin.lab, { scopes: ['all'], audience: '' });
    assert.equal(request.body.toString('latin1'), body);
    for (const [name, value] of Object.entries(headers)) {
      assert.equal(request.headers[name], value);
    }
    // It breaks its lines at a width, and the secret has a space.
    const printsSecret = withoutSpace(ended.log).includes(withoutSpace(admin.lab.clientSecret));
    listed = { log: ended.text, printsSecret };
  });
  return listed;
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** flytectl by its config file; the secret stays in the environment. */
export async function proveFlytectl(row: Counterpart, python: string, flytectl: string, folder: string): Promise<void> {
  row.note(BY_HAND);
  await row.case('signs in by its config file and lists the projects', () =>
    withFlyteAdmin(python, folder, async (admin, assertSignedIn) => {
      const config = await writeConfig(admin, folder);
      const environment = {
        ...admin.environment,
        SSL_CERT_FILE: admin.authorityFile,
        FLYTE_CLIENT_SECRET: admin.lab.clientSecret,
      };
      const ended = await runProgram(flytectl, ['--config', config, 'get', 'project'], { environment, cwd: folder });
      assert.equal(ended.exitCode, 0, ended.text.slice(-400));
      assert.match(ended.text, /flytesnacks/);
      const request = await assertSignedIn();
      assert.deepEqual(Object.fromEntries(new URLSearchParams(request.body.toString('latin1'))), {
        grant_type: 'client_credentials',
        scope: 'all',
      });
      const { clientId, clientSecret } = admin.lab;
      const pair = Buffer.from(`${quotePlus(clientId)}:${quotePlus(clientSecret)}`).toString('base64');
      assert.equal(request.headers['authorization'], `Basic ${pair}`);
    }),
  );
}

/** The config file of flytectl, which flytekit reads too. */
async function writeConfig(
  { endpoint, lab }: FlyteAdmin,
  folder: string,
  more: readonly string[] = [],
): Promise<string> {
  const lines = [
    'admin:',
    `  endpoint: dns:///${endpoint}`,
    '  authType: ClientSecret',
    `  clientId: ${lab.clientId}`,
    '  clientSecretEnvVar: FLYTE_CLIENT_SECRET',
    ...more,
  ];
  const file = path.join(folder, 'flytectl.yaml');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
