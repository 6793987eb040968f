import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startDeployment } from '../../lab/deployment.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteProgram, runProgram } from './flyte-command.ts';
import { signIn, withLab, writeProject } from './job.ts';
import { answerDeployTask, assertTokenAt, DEPLOY_TASK } from './sign-in.ts';

const VALUES = { 'config-project': 'flytesnacks', 'config-domain': 'development', 'image-builder': 'local' };

/** The config file that the action writes, for flyte alone and for every client at once. */
export async function proveWrittenConfig(row: Counterpart, { program }: FlyteProgram): Promise<void> {
  for (const clients of ['flyte', 'flyte flytekit flytectl union']) {
    const lab = await startDeployment({ controlPlane: { routes: { override: answerDeployTask } } });
    await withLab(lab, async (_lab, proxy) => {
      const job = await signIn(lab, proxy, { ...VALUES, clients, 'config-file': 'clients.yaml' });
      const project = path.join(job.workspace, 'project');
      await writeProject(project);
      // Its own config would win over that of FLYTECTL_CONFIG.
      await rm(path.join(project, 'config.yaml'));
      const call = async (args: readonly string[], environment: NodeJS.ProcessEnv = job.environment) => {
        lab.requests.length = 0;
        return await runProgram(program, args, { environment, cwd: project });
      };
      // Where the other clients are set up too, flyte finds the file by their variable.
      const config = clients === 'flyte' ? ['--config', job.configFile] : [];
      try {
        await row.case(`the config file for ${clients}: whoami`, async () => {
          const ended = await call([...config, 'whoami']);
          assert.equal(ended.exitCode, 0, ended.text.slice(-400));
          assert.match(ended.text, new RegExp(`"subject": "${lab.clientId}"`));
          await assertTokenAt(lab, '/flyteidl2.auth.IdentityService/UserInfo');
        });
        await row.case(`the config file for ${clients}: deploy to its project`, async () => {
          const deploy = ['deploy', '--copy-style', 'none', '--version', 'v1', 'hello.py', 'environment'];
          const ended = await call([...config, ...deploy]);
          assert.equal(ended.exitCode, 0, ended.text.slice(-400));
          await assertTokenAt(lab, DEPLOY_TASK);
          const sent = textOf(lab.requests.findLast(({ path: at }) => at === DEPLOY_TASK));
          assert.ok(sent.includes('flytesnacks') && sent.includes('development'), 'it deploys elsewhere');
        });
        await row.case(`the config file for ${clients}: an empty key ends at once, without a browser`, async () => {
          const { FLYTE_CLIENT_SECRET: _, ...environment } = job.environment;
          const ended = await call([...config, 'whoami'], { ...environment, FLYTE_API_KEY: '' });
          assert.ok(!ended.timedOut && ended.exitCode === 1, `it ended with ${ended.exitCode}`);
          assert.match(ended.text, /both client_id and client_credentials_secret are required/);
        });
      } finally {
        await job.end();
      }
    });
  }
}

/** A message in Protobuf, in which texts stand as they are. */
function textOf(request: RecordedRequest | undefined): string {
  const isPacked = request?.headers['content-encoding'] === 'gzip';
  const body = request?.body ?? Buffer.alloc(0);
  return (isPacked ? gunzipSync(body) : body).toString('latin1');
}
