import { connect, createServer, type Socket } from 'node:net';

/** What a proxy does with a request for the tunnel to one host. */
export type ProxyFault = (socket: Socket) => void;

export interface FaultProxy {
  readonly url: string;
  /** Tunnels that were asked for and met the fault. */
  asked(): number;
  /** From now on the fault is played. */
  arm(): void;
  stop(): Promise<void>;
}

/** A proxy that leads to the lab, but for one host. It never answers by itself for that one. */
export async function startFaultProxy(
  ports: ReadonlyMap<string, number>,
  faultyHost: string,
  fault: ProxyFault,
  times = Infinity,
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let isArmed = false;
  let asked = 0;
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket.on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    track(socket).once('data', (head) => {
      const host = /^CONNECT ([^:\s]+):\d+ /.exec(head.toString('latin1'))?.[1] ?? '';
      if (isArmed && host === faultyHost && asked < times) {
        asked += 1;
        fault(socket);
        return;
      }
      const onward = track(connect(ports.get(host) ?? 0, '127.0.0.1'));
      socket.once('close', () => onward.destroy());
      onward.once('close', () => socket.destroy());
      onward.once('connect', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    arm() {
      isArmed = true;
    },
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
