import { connect } from 'node:net';
import { type DebianProgram, startServer } from '../tools.ts';

export interface RunningServer {
  readonly port: number;
  log(): string;
  stop(): Promise<void>;
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
