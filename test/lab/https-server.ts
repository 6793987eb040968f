import { IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { CertificateAuthority, CertificateDates, IssuedCertificate } from './certificates.ts';

export interface RecordedRequest {
  server: string;
  method: string;
  path: string;
  httpVersion: string;
  rawHeaders: [string, string][];
  headers: Record<string, string>;
  body: Buffer;
}

export interface LabServer {
  port: number;
  stop(): Promise<void>;
}

/** What every server of the lab can be told. */
export interface ServerOptions {
  authority: CertificateAuthority;
  /** Every request of every server goes in here in order of arrival. */
  requests: RecordedRequest[];
  /** The name that the recorded requests carry. */
  name?: string | undefined;
  /** Validity of the issued certificate, to play an expired one. */
  certificateDates?: CertificateDates | undefined;
  /** A ready certificate instead of an issued one, to play a wrong host name or an unknown authority. */
  certificate?: IssuedCertificate | undefined;
}

export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  recorded: RecordedRequest,
) => void | Promise<void>;

const rawSockets = new WeakMap<Socket, Socket>();

/** Ends the connection with a TCP reset: TLS sockets can't do this themselves. */
export function resetConnection(socket: Socket): void {
  rawSockets.get(socket)?.resetAndDestroy();
  socket.destroy();
}

function record(server: string, request: IncomingMessage): RecordedRequest {
  const rawHeaders: [string, string][] = [];
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    const value = request.rawHeaders[index + 1] ?? '';
    const key = name.toLowerCase();
    rawHeaders.push([name, value]);
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return {
    server,
    method: request.method ?? '',
    path: request.url ?? '',
    httpVersion: request.httpVersion,
    rawHeaders,
    headers,
    body: Buffer.alloc(0),
  };
}

/** A request whose body was read once already, made readable again (or with another body in its place). */
export function replayRequest(request: IncomingMessage, body: Buffer): IncomingMessage {
  const replay = new IncomingMessage(request.socket);
  replay.method = request.method ?? 'GET';
  replay.url = request.url ?? '/';
  replay.httpVersion = request.httpVersion;
  replay.httpVersionMajor = request.httpVersionMajor;
  replay.httpVersionMinor = request.httpVersionMinor;
  replay.headers = { ...request.headers };
  if (request.headers['content-length'] !== undefined) {
    replay.headers['content-length'] = String(body.length);
  }
  replay.rawHeaders = [...request.rawHeaders];
  replay.complete = true;
  replay.push(body);
  replay.push(null);
  return replay;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function startHttpsServer(
  options: ServerOptions & { hostNames: readonly string[]; handler: RequestHandler },
): Promise<LabServer> {
  const { authority, hostNames, requests, handler, name = hostNames[0] ?? 'server' } = options;
  const certificate = options.certificate ?? (await authority.issue(hostNames, options.certificateDates));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = record(name, request);
    requests.push(recorded);
    try {
      recorded.body = await readBody(request);
    } catch {
      return; // The client went away in the middle of its request.
    }
    try {
      await handler(replayRequest(request, recorded.body), response, recorded);
    } catch (error) {
      if (!response.headersSent) {
        response.writeHead(500, { 'content-type': 'text/plain' });
      }
      response.end(`the lab failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  const server = createServer({ cert: certificate.certificatePem, key: certificate.keyPem }, (request, response) => {
    void answer(request, response);
  });
  const byRemotePort = new Map<number, Socket>();
  server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    byRemotePort.set(port, socket);
    socket.once('close', () => byRemotePort.delete(port));
  });
  server.on('secureConnection', (socket) => {
    const raw = byRemotePort.get(socket.remotePort ?? 0);
    if (raw !== undefined) {
      rawSockets.set(socket, raw);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    stop() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // A connection that never finished its handshake is unknown to HTTP and would keep the server open.
        for (const socket of byRemotePort.values()) {
          socket.destroy();
        }
      });
    },
  };
}
