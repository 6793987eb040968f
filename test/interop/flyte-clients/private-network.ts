import { writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { Skipped } from '../suite.ts';
import { run } from '../tools.ts';
import { type Ended, runProgram } from './flyte-command.ts';

const PRIVATE = ['unshare', '--map-root-user', '--net', '--mount'] as const;

export interface PrivateRun {
  /** A Python that starts the program there. */
  readonly python: string;
  /** As the input `connect-to` has them: the names that resolve, and where each leads. */
  readonly connectTo: readonly string[];
  /** Files that the program sees in the place of others. */
  readonly replaced?: Readonly<Record<string, string>>;
  /** For sockets and settings. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** Runs a program where names resolve and their port 443 answers, without a proxy, in a network that it alone sees. */
export async function runInPrivateNetwork(command: readonly string[], options: PrivateRun): Promise<Ended> {
  const { python, connectTo, replaced = {}, folder, environment, cwd } = options;
  const [file, ...namespaces] = PRIVATE;
  const mount = ['mount', '--bind', '/etc/hosts', '/etc/hosts'];
  if ((await run(file, [...namespaces, ...mount])).exitCode !== 0) {
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
  return await runProgram(file, [...namespaces, python, program, settings, ...command], { environment, cwd });
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
