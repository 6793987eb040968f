import { writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { type Ended, runProgram } from './flyte-clients/flyte-command.ts';
import { Skipped } from './suite.ts';
import { run } from './tools.ts';

const [UNSHARE, ...NAMESPACES] = ['unshare', '--map-root-user', '--net', '--mount'] as const;

/** Where names at port 443 lead, and the files that are seen in the place of others. */
export interface PrivateNetwork {
  /** host:443:address:port, as curl has it. */
  readonly connectTo: readonly string[];
  readonly replaced: Readonly<Record<string, string>>;
  /** For sockets and settings. */
  readonly folder: string;
  /** Any Python 3. */
  readonly python: string;
}

/**
 * Runs a program in a network of its own, in which names resolve and port 443 answers.
 * @throws Skipped where this machine allows none.
 */
export async function runInPrivateNetwork(
  { connectTo, replaced, folder, python }: PrivateNetwork,
  command: readonly string[],
  options: { readonly environment: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Ended> {
  if ((await run(UNSHARE, [...NAMESPACES, 'mount', '--bind', '/etc/hosts', '/etc/hosts'])).exitCode !== 0) {
    throw new Skipped('a private network is not allowed here');
  }
  await using started = new AsyncDisposableStack();
  const sockets: Record<string, string> = {};
  for (const line of connectTo) {
    const { name, socket, server } = await startRelay(line, folder);
    started.defer(() => void server.close());
    sockets[name] = socket;
  }
  const settings = path.join(folder, 'network.json');
  await writeFile(settings, JSON.stringify({ sockets, replaced }));
  const program = path.join(import.meta.dirname, 'private_network.py');
  return await runProgram(UNSHARE, [...NAMESPACES, python, program, settings, ...command], options);
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
