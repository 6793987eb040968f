import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startDeployment } from '../../lab/deployment.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteProgram, OLDEST, runProgram } from './flyte-command.ts';
import { signIn, withLab, writeAuthority } from './job.ts';

/** What a config file changes beside the exported environment, as far as the docs say something of it. */
export async function proveConfigFile(row: Counterpart, { program }: FlyteProgram, folder: string): Promise<void> {
  await withLab(await startDeployment(), async (lab, proxy) => {
    const job = await signIn(lab, proxy);
    const file = path.join(folder, 'config.yaml');
    const whoami = async (admin: string, environment: NodeJS.ProcessEnv) => {
      await writeFile(file, `admin:\n  ${admin}\n`);
      return await runProgram(program, ['--config', file, 'whoami'], { environment, cwd: job.workspace });
    };
    try {
      await row.case('caCertFilePath without SSL_CERT_FILE: not for the request for the token', async () => {
        const { SSL_CERT_FILE: _, ...environment } = job.environment;
        const ended = await whoami(`caCertFilePath: ${await writeAuthority(lab, folder)}`, environment);
        assert.equal(ended.exitCode, 1);
        assert.match(ended.text, /CERTIFICATE_VERIFY_FAILED\] certificate verify failed: unable to get local issuer/);
        assert.ok(lab.requests.some(({ server, headers }) => server === 'control-plane' && headers['x-request-id']));
      });
      await row.case('scopes', async () => {
        lab.requests.length = 0;
        const ended = await whoami('scopes: [all, of-the-config]', job.environment);
        assert.equal(ended.exitCode, 0, ended.text.slice(-300));
        const asked = lab.requests.find(({ server, method }) => server === 'provider' && method === 'POST');
        const scope = new URLSearchParams(asked?.body.toString('latin1')).get('scope');
        if (row.version === OLDEST.version) {
          assert.equal(scope, 'all');
          row.note('it asks for the scopes that the control plane advertises, whatever a config file says');
        } else {
          assert.equal(scope, 'all of-the-config');
          row.note('it asks for the scopes of a config file in place of those that the control plane advertises');
        }
      });
    } finally {
      await job.end();
    }
  });
}
