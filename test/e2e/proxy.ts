import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { AnyLab } from './scenario.ts';

export interface Proxy {
  url: string;
  stop(): Promise<void>;
}

/** A proxy that tunnels to the servers of the lab by their names, and notes every tunnel among their requests. */
export async function startProxy(
  lab: Pick<AnyLab, 'connectTo' | 'requests'>,
  { refuses = false, fails = false } = {},
): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket) => {
    const path = request.url ?? '';
    const noted = { server: 'proxy', method: 'CONNECT', path, httpVersion: '1.1', rawHeaders: [], headers: {} };
    lab.requests.push({ ...noted, body: Buffer.alloc(0) });
    const port = lab.connectTo.find((line) => line.startsWith(`${path}:`))?.split(':')[3];
    if (refuses || port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    if (fails) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const target = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target);
    for (const socket of [target, client]) {
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
