import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { startDeployment } from '../../lab/deployment.ts';
import type { Counterpart } from '../suite.ts';
import { run } from '../tools.ts';
import type { FlyteProgram } from './flyte-command.ts';
import { plainEnvironment, signIn, withLab, writeAuthority } from './job.ts';
import { runInPrivateNetwork } from './private-network.ts';

/** Where the common systems keep the certificate authorities that everybody trusts. */
const SYSTEM_AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/**
 * FLYTE_API_KEY and nothing else: no address, no proxy, no certificate. The names resolve, port 443 answers and its
 * certificates are publicly trusted, all of it only in a network and with files that the client alone sees.
 */
export async function proveKeyAlone(row: Counterpart, flyte: FlyteProgram, folder: string): Promise<void> {
  await row.case('flyte whoami with FLYTE_API_KEY and nothing else', async () => {
    await withLab(await startDeployment(), async (lab, proxy) => {
      await using started = new AsyncDisposableStack();
      const job = await signIn(lab, proxy);
      started.defer(() => job.end());
      lab.requests.length = 0;
      const ended = await runInPrivateNetwork([flyte.program, 'whoami'], {
        python: flyte.python,
        connectTo: lab.connectTo,
        replaced: await replacedFiles(flyte, await writeAuthority(lab, folder)),
        folder,
        environment: { ...plainEnvironment(folder), FLYTE_API_KEY: job.exported['FLYTE_API_KEY'] },
        cwd: job.workspace,
      });
      assert.equal(ended.exitCode, 0, ended.text.slice(-400));
      assert.match(ended.text, new RegExp(`"subject": "${lab.clientId}"`));
      const servers = new Set(lab.requests.map(({ server }) => server));
      assert.deepEqual(servers, new Set(['control-plane', 'provider']));
    });
  });
}

/** The lists of authorities that the client reads: that of the system, and that of its Python. */
async function replacedFiles({ python }: FlyteProgram, authority: string): Promise<Record<string, string>> {
  const certifi = (await run(python, ['-c', 'import certifi; print(certifi.where())'])).stdout.trim();
  const lists = [certifi, ...SYSTEM_AUTHORITIES.filter((file) => existsSync(file))];
  return Object.fromEntries(lists.map((file) => [file, authority]));
}
