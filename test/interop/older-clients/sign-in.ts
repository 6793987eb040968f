import assert from 'node:assert/strict';
import path from 'node:path';
import { flyteTokenRequest } from '../../../src/identity-provider/token-request.ts';
import { quotePlus } from '../../../src/secrecy/encodings.ts';
import { runProgram } from '../flyte-clients/flyte-command.ts';
import { signIn } from '../flyte-clients/job.ts';
import { runInPrivateNetwork } from '../private-network.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteAdmin, withFlyteAdmin } from './flyte-admin.ts';

/** flytekit by what the action wrote for it, and by the environment variables that the older instructions name. */
export async function proveFlytekit(row: Counterpart, python: string, folder: string): Promise<void> {
  await row.case(
    'signs in by the config file and the environment that the action wrote, and does not print the secret',
    async () => {
      const { log, printsSecret } = await listProjects(python, folder, (admin) => jobOf(admin, 'flytekit'));
      assert.ok(!printsSecret, 'it prints the secret');
      assert.ok(!log.includes('client_credentials_secret='), 'it prints its configuration');
    },
  );
  await row.case('signs in by its environment and lists the projects', async () => {
    const { printsSecret } = await listProjects(
      python,
      folder,
      async ({ lab, endpoint, authorityFile, environment }) => ({
        environment: {
          ...environment,
          FLYTE_PLATFORM_URL: endpoint,
          FLYTE_PLATFORM_CA_CERT_FILE_PATH: authorityFile,
          FLYTE_CREDENTIALS_CLIENT_ID: lab.clientId,
          FLYTE_CREDENTIALS_CLIENT_SECRET: lab.clientSecret,
          FLYTE_CREDENTIALS_AUTH_MODE: 'ClientSecret',
        },
        end: async () => undefined,
      }),
    );
    if (printsSecret) {
      row.note('configured by its environment alone it prints its whole configuration with the secret');
    }
  });
}

/** The environment of a next step of the job, in which the name of the deployment leads to the control plane of Flyte 1. */
interface NextStep {
  readonly environment: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

/** Runs the built action for a client; what the client needs is what it wrote and nothing else. */
async function jobOf(
  { lab, proxy, clientProxy }: FlyteAdmin,
  clients: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<NextStep> {
  const job = await signIn(lab, proxy, { clients, ...inputs });
  lab.requests.length = 0;
  // gRPC in C reads the name in small letters, the other programs either.
  const environment = { ...job.environment, HTTPS_PROXY: clientProxy.url, https_proxy: clientProxy.url };
  return { environment, end: job.end };
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
  configure: (admin: FlyteAdmin) => Promise<NextStep>,
): Promise<Listed> {
  let listed: Listed = { log: '', printsSecret: false };
  await withFlyteAdmin(python, folder, async (admin, assertSignedIn) => {
    const { environment, end } = await configure(admin);
    const program = path.join(import.meta.dirname, 'list_projects.py');
    const ended = await runProgram(python, [program], { environment, cwd: folder }).finally(end);
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

/** What flyte reads in the same file, and the others do not know. */
const SECTIONS_OF_FLYTE = {
  'config-project': 'flytesnacks',
  'config-domain': 'development',
  'image-builder': 'remote',
};

/** flytectl by what the action wrote for it; the secret stays in the environment. */
export async function proveFlytectl(row: Counterpart, python: string, flytectl: string, folder: string): Promise<void> {
  await row.case('signs in by the config file and the environment that the action wrote', () =>
    withFlyteAdmin(python, folder, async (admin, assertSignedIn) => {
      const { environment, end } = await jobOf(admin, 'flytectl flyte', SECTIONS_OF_FLYTE);
      const { HTTPS_PROXY: _proxy, https_proxy: _same, ...job } = environment;
      // Its gRPC resolves names itself, whatever proxy there is.
      const network = { connectTo: admin.connectTo, replaced: {}, folder, python };
      const ended = await runInPrivateNetwork(network, [flytectl, 'get', 'project'], {
        environment: job,
        cwd: folder,
      }).finally(end);
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
