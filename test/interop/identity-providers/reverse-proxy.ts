import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CertificateAuthority } from '../../lab/certificates.ts';
import { type LabServer, startHttpsServer } from '../../lab/https-server.ts';

/** What a proxy that ends TLS must not pass on as it came (RFC 9110 section 7.6.1). */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** A server of loopback behind a proxy. */
export interface Upstream {
  readonly port: number;
  /** Its certificate is not checked. */
  readonly isTls?: boolean;
}

/** Ends TLS for a host name in front of servers on loopback, and changes no path: what an ingress does. */
export async function startReverseProxy(
  authority: CertificateAuthority,
  hostName: string,
  upstreamOf: (path: string) => Upstream,
): Promise<LabServer> {
  return await startHttpsServer({
    authority,
    requests: [],
    hostNames: [hostName],
    async handler(_request, response, { headers: received, body, method, path }) {
      const headers: Record<string, string> = {
        'x-forwarded-proto': 'https',
        'x-forwarded-host': hostName,
        'x-forwarded-port': '443',
        ...received,
        'content-length': String(body.length),
      };
      const { port, isTls = false } = upstreamOf(path);
      const options = { host: '127.0.0.1', port, method, path, headers, agent: false, rejectUnauthorized: false };
      await new Promise<void>((resolve, reject) => {
        (isTls ? httpsRequest : httpRequest)(options, (answer) => {
          const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
          response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
          answer.pipe(response);
          answer.on('end', resolve).on('error', reject);
        })
          .on('error', reject)
          .end(body);
      });
    },
  });
}
