import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type TLSSocketOptions } from 'node:tls';
import type { CertificateAuthority, IssuedCertificate } from '../lab/certificates.ts';
import { type RawRequest, takeRequest } from '../transport/raw-server.ts';

/** What a fault can do with one request that came through TLS. */
export interface Exchange {
  readonly request: RawRequest;
  readonly hostName: string;
  write(bytes: string | Buffer): void;
  /** Ends the connection in order, after what was written. */
  end(bytes?: string | Buffer): void;
  /** Ends it with a TCP reset. */
  reset(): void;
  /** Called when the connection is over, however it ended. */
  onClose(listener: () => void): void;
}

interface TlsSettings extends Pick<TLSSocketOptions, 'requestCert' | 'rejectUnauthorized'> {
  readonly certificate?: IssuedCertificate;
  readonly minVersion?: 'TLSv1';
  readonly maxVersion?: 'TLSv1.1';
  readonly ciphers?: string;
  readonly ecdhCurve?: string;
}

/** What goes wrong with a connection. The first that is given is what happens to it. */
export interface Fault {
  /** Nothing listens. */
  readonly isRefused?: true;
  /** Instead of TLS. */
  readonly connection?: (socket: Socket) => void;
  /** A server that is set up wrongly. */
  readonly tls?: (authority: CertificateAuthority, hostName: string) => TlsSettings | Promise<TlsSettings>;
  /** To each request; without it none is answered. */
  readonly answer?: (exchange: Exchange) => void;
}

export interface FaultServerOptions {
  readonly authority: CertificateAuthority;
  readonly hostName: string;
  readonly fault: Fault;
  /** How many connections meet the fault before the others are led on. */
  readonly times: number;
  /** Where the real server listens. */
  readonly onwardPort: number;
}

export interface FaultServer {
  readonly port: number;
  /** What met the fault and came so far that it could be read. */
  readonly requests: RawRequest[];
  /** How many connections met the fault. */
  connections(): number;
  /** From now on the fault is played; what was led on before is cut off. */
  arm(): void;
  stop(): Promise<void>;
}

/** Stands before a server of the lab and plays one fault to the connections that it is told to, below TLS and above. */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  const { authority, hostName, fault, times, onwardPort } = options;
  const settings = await fault.tls?.(authority, hostName);
  const { certificatePem, keyPem } = settings?.certificate ?? (await authority.issue([hostName]));
  const { certificate: _, minVersion, maxVersion, ciphers, ecdhCurve, ...handshake } = settings ?? {};
  const secureContext = createSecureContext({
    cert: certificatePem,
    key: keyPem,
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
    ...(ciphers !== undefined && { ciphers }),
    ...(ecdhCurve !== undefined && { ecdhCurve }),
  });
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let isArmed = false;
  let met = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (!isArmed || met >= times) {
      leadOn(socket, onwardPort, sockets);
      return;
    }
    met += 1;
    if (fault.connection !== undefined) {
      fault.connection(socket);
      return;
    }
    const secure = new TLSSocket(socket, { isServer: true, secureContext, ...handshake });
    secure.on('error', () => socket.destroy());
    serve(secure, socket, requests, hostName, fault.answer ?? (() => undefined)).catch(() => socket.destroy());
  });
  await listen(server);
  const { port } = server.address() as { port: number };
  return {
    port,
    requests,
    connections: () => met,
    arm() {
      isArmed = true;
      if (fault.isRefused) {
        server.close();
      }
      for (const socket of sockets) {
        socket.destroy();
      }
    },
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function leadOn(socket: Socket, port: number, sockets: Set<Socket>): void {
  const onward = connect(port, '127.0.0.1');
  sockets.add(onward);
  onward.once('close', () => {
    sockets.delete(onward);
    socket.destroy();
  });
  onward.on('error', () => onward.destroy());
  socket.once('close', () => onward.destroy());
  socket.pipe(onward).pipe(socket);
}

async function serve(
  secure: TLSSocket,
  socket: Socket,
  requests: RawRequest[],
  hostName: string,
  answer: NonNullable<Fault['answer']>,
): Promise<void> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of secure as AsyncIterable<Buffer>) {
    pending = Buffer.concat([pending, chunk]);
    for (let taken = takeRequest(pending, secure); taken !== undefined; taken = takeRequest(pending, secure)) {
      pending = taken.rest;
      requests.push(taken.request);
      answer({
        request: taken.request,
        hostName,
        write: (bytes) => void secure.write(bytes),
        end: (bytes = '') => void secure.end(bytes),
        reset() {
          // What was written is sent first; a reset would drop it.
          setTimeout(() => socket.resetAndDestroy(), 30);
        },
        onClose: (listener) => void secure.once('close', listener),
      });
    }
  }
}
