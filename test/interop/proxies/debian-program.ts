import { globSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { Skipped } from '../suite.ts';
import { debianPackages, run, startServer } from '../tools.ts';

/** A program of Debian that is unpacked and not installed, so that its own paths are below `root`. */
export interface DebianProgram {
  readonly root: string;
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
}

export interface RunningServer {
  readonly port: number;
  log(): string;
  stop(): Promise<void>;
}

/** @param program its path below the root. The first package is the one that holds it. */
export async function debianProgram(
  cache: string,
  packages: readonly string[],
  program: string,
): Promise<DebianProgram> {
  const root = await debianPackages(cache, packages);
  const libraries = globSync(['usr/lib/*-linux-gnu*', 'lib/*-linux-gnu*'], { cwd: root });
  const folders = [...libraries.map((folder) => path.join(root, folder)), process.env['LD_LIBRARY_PATH'] ?? ''];
  const environment = {
    PATH: process.env['PATH'],
    LD_LIBRARY_PATH: folders.filter((folder) => folder !== '').join(':'),
  };
  const file = path.join(root, program);
  const { stdout, stderr } = await run(file, ['-v'], { environment });
  const [version] = /\d+(\.\d+)+/.exec(stdout + stderr) ?? [];
  if (version === undefined) {
    throw new Skipped(`it does not start here: ${stderr.trim().slice(0, 200)}`);
  }
  return { root, file, environment, version };
}

/** Starts a server of Debian and waits until its port of loopback answers. */
export async function startAtPort(
  { file, environment }: DebianProgram,
  args: readonly string[],
  port: number,
): Promise<RunningServer> {
  const server = await startServer(file, args, () => isListening(port), { environment, timeoutMilliseconds: 20_000 });
  return { port, ...server };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Whether programs are to be told not to give up the user that started them: its folders are closed to others. */
export const isRoot = process.getuid?.() === 0;
