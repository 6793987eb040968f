import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { CertificateAuthority, IssuedCertificate } from '../lab/certificates.ts';

/** A request as its bytes stood on the wire. */
export interface RawRequest {
  readonly requestLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The name of the TLS handshake (SNI). */
  readonly serverName: string | false;
  header(name: string): string | undefined;
}

type RawAnswer = string | Buffer | undefined;

export interface RawServer {
  readonly port: number;
  readonly requests: RawRequest[];
  /** Connections that were opened, also those that asked for nothing. */
  connections(): number;
  stop(): Promise<void>;
}

export interface RawServerOptions {
  readonly authority: CertificateAuthority;
  readonly hostNames: readonly string[];
  readonly certificate?: IssuedCertificate;
  /** What goes over the wire in return; undefined: nothing, ever. */
  readonly answer: (request: RawRequest, socket: Socket) => RawAnswer | Promise<RawAnswer>;
}

/** A TLS server without an HTTP library: neither its reading nor its answers are tidied up. */
export async function startRawServer(options: RawServerOptions): Promise<RawServer> {
  const { certificatePem, keyPem } = options.certificate ?? (await options.authority.issue(options.hostNames));
  const requests: RawRequest[] = [];
  const serve = async (socket: TLSSocket): Promise<void> => {
    let pending: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      pending = Buffer.concat([pending, chunk]);
      for (let taken = takeRequest(pending, socket); taken !== undefined; taken = takeRequest(pending, socket)) {
        pending = taken.rest;
        requests.push(taken.request);
        const answer = await options.answer(taken.request, socket);
        if (answer !== undefined) {
          socket.write(answer);
        }
      }
    }
  };
  const server = createServer({ cert: certificatePem, key: keyPem }, (socket) => {
    serve(socket).catch(() => socket.destroy());
  });
  server.on('tlsClientError', () => undefined);
  return { ...(await listen(server)), requests };
}

/** A proxy that knows CONNECT alone and leads every host to one port of loopback. */
export interface ConnectProxy {
  readonly port: number;
  /** The heads of the requests that were sent to it. */
  readonly asked: string[];
  stop(): Promise<void>;
}

export async function startConnectProxy(targetPort: () => number, refusal?: string): Promise<ConnectProxy> {
  const asked: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      asked.push(head.toString('latin1'));
      if (refusal === 'silence') {
        return;
      }
      if (refusal !== undefined) {
        socket.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      const onward = connect(targetPort(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
    });
  });
  return { ...(await listen(server)), asked };
}

/** The bytes of an answer; `content-length` is added, the connection stays open. */
export function answerOf(
  status: number,
  headers: readonly (readonly [string, string])[] | Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Buffer {
  const bytes = Buffer.from(body as string);
  const entries = Array.isArray(headers) ? (headers as [string, string][]) : Object.entries(headers);
  const lines = [...entries, ['content-length', String(bytes.length)]].map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** The first whole request of what came so far, and what follows it. */
export function takeRequest(bytes: Buffer, socket: TLSSocket): { request: RawRequest; rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) {
    return undefined;
  }
  const [requestLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const header = (name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];
  if (header('transfer-encoding') === 'chunked') {
    throw new Error('the client sent chunks');
  }
  const start = end + 4;
  const length = Number(header('content-length') ?? 0);
  if (bytes.length < start + length) {
    return undefined;
  }
  const body = bytes.subarray(start, start + length);
  const rest = bytes.subarray(start + length);
  // @types/node leaves out what a server's socket knows of the handshake.
  const serverName = (socket as TLSSocket & { servername?: string | false }).servername ?? false;
  return { request: { requestLine, headers, body, serverName, header }, rest };
}

async function listen(server: Server) {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: () => connections,
    stop: async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      });
    },
  };
}
