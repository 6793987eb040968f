import assert from 'node:assert/strict';
import path from 'node:path';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteProgram, runProgram } from './flyte-command.ts';
import { type SignedInJob, signIn, withLab, writeProject } from './job.ts';

export const DEPLOY_TASK = '/flyteidl2.task.TaskService/DeployTask';

/** The environment that the action exports is all that the client needs to sign in and to reach the control plane. */
export async function proveSignIn(row: Counterpart, { program }: FlyteProgram): Promise<void> {
  const lab = await startDeployment({ controlPlane: { routes: { override: answerDeployTask } } });
  await withLab(lab, async (_lab, proxy) => {
    const job = await signIn(lab, proxy);
    try {
      const call = async (args: readonly string[], cwd = job.workspace) => {
        lab.requests.length = 0;
        const ended = await runProgram(program, args, { environment: job.environment, cwd });
        assert.equal(ended.exitCode, 0, ended.text.slice(-400));
        return ended;
      };
      await proveCommands(row, lab, job, call);
    } finally {
      await job.end();
    }
  });
}

async function proveCommands(
  row: Counterpart,
  lab: Deployment,
  job: SignedInJob,
  call: (args: readonly string[], cwd?: string) => Promise<{ text: string }>,
): Promise<void> {
  await row.case('the action exports the key, the certificates and nothing that it should not', () => {
    const wanted = ['FLYTE_API_KEY', 'FLYTE_DISABLE_SENTRY', 'SSL_CERT_FILE'];
    assert.deepEqual(new Set(Object.keys(job.exported)), new Set(wanted));
  });
  await row.case('flyte whoami', async () => {
    const { text } = await call(['whoami']);
    assert.match(text, new RegExp(`"subject": "${lab.clientId}"`));
    await assertTokenAt(lab, '/flyteidl2.auth.IdentityService/UserInfo');
  });
  await row.case('flyte get project', async () => {
    const { text } = await call(['get', 'project', 'flytesnacks']);
    assert.match(text, /flytesnacks/);
    await assertTokenAt(lab, '/flyteidl2.project.ProjectService/GetProject');
  });
  const deploy = ['--config', 'config.yaml', 'deploy', '--copy-style', 'none', '--version', 'v1'];
  const task = ['hello.py', 'environment'];
  const project = path.join(job.workspace, 'project');
  await writeProject(project);
  await row.case('flyte deploy --dry-run', async () => {
    const { text } = await call([...deploy, '--dry-run', ...task], project);
    assert.match(text, /hello\.greet/);
  });
  await row.case('flyte deploy, as far as a control plane without a cluster takes it', async () => {
    await call([...deploy, ...task], project);
    await assertTokenAt(lab, DEPLOY_TASK);
  });
}

/** The client got a token of our provider, and the control plane got that token. */
export async function assertTokenAt(lab: Deployment, method: string): Promise<void> {
  const tokenPath = new URL(lab.tokenEndpoint).pathname;
  const asked = lab.requests.filter(({ server, path: at }) => server === 'provider' && at === tokenPath);
  assert.equal(asked.length, 1, `${asked.length} token requests`);
  const tokens = lab.requests.filter(({ path: at }) => at === method).map(tokenOf);
  const token = tokens.at(-1);
  assert.ok(token !== undefined && (await lab.provider.isActive(token)), `${path.basename(method)} got no good token`);
}

function tokenOf({ headers }: RecordedRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers['flyte-authorization'] ?? '')?.[1];
}

/** A task is registered for whoever has a token: the empty message is the whole good answer. */
export function answerDeployTask(request: RecordedRequest) {
  if (request.path !== DEPLOY_TASK) {
    return undefined;
  }
  return tokenOf(request) === undefined
    ? { status: 401, body: { code: 'unauthenticated', message: 'Request unauthenticated with Bearer' } }
    : { headers: { 'content-type': 'application/proto' }, body: Buffer.alloc(0) };
}
