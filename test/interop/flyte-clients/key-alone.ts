import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { startDeployment } from '../../lab/deployment.ts';
import { type Counterpart, Skipped } from '../suite.ts';
import { run } from '../tools.ts';
import { type FlyteProgram, runProgram } from './flyte-command.ts';
import { plainEnvironment, signIn, withLab, writeAuthority } from './job.ts';

const PRIVATE = ['unshare', '--map-root-user', '--net', '--mount'] as const;
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
    const [file, ...namespaces] = PRIVATE;
    const mount = ['mount', '--bind', '/etc/hosts', '/etc/hosts'];
    if ((await run(file, [...namespaces, ...mount])).exitCode !== 0) {
      throw new Skipped('a private network is not allowed here');
    }
    const lab = await startDeployment();
    await withLab(lab, async (_lab, proxy) => {
      await using started = new AsyncDisposableStack();
      const job = await signIn(lab, proxy);
      started.defer(() => job.end());
      const sockets: Record<string, string> = {};
      for (const line of lab.connectTo) {
        const { name, socket, server } = await startRelay(line, folder);
        started.defer(() => void server.close());
        sockets[name] = socket;
      }
      lab.requests.length = 0;
      const settings = path.join(folder, 'network.json');
      const replaced = await replacedFiles(flyte, await writeAuthority(lab, folder));
      await writeFile(settings, JSON.stringify({ sockets, replaced }));
      const program = path.join(import.meta.dirname, 'private_network.py');
      const ended = await runProgram(file, [...namespaces, flyte.python, program, settings, flyte.program, 'whoami'], {
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

/** A Unix socket, which a private network still sees, that leads to a server of the lab. */
async function startRelay(
  connectTo: string,
  folder: string,
): Promise<{ name: string; socket: string; server: Server }> {
  const [name = '', , address, port] = connectTo.split(':');
  const socket = path.join(folder, `${name}.socket`);
  const server = createServer((client) => {
    const target = connect(Number(port), address);
    client.pipe(target).pipe(client);
    for (const each of [client, target]) {
      each.on('error', () => each.destroy());
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(socket, resolve);
  });
  return { name, socket, server };
}
