import { request } from 'node:https';

export interface LabResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  text: string;
  json(): unknown;
}

export interface LabRequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  timeoutMs?: number;
}

export interface Reachable {
  certificateAuthorityPem: string;
  connectTo: readonly string[];
}

/** The connection settings that lead an address to the lab, while TLS still checks the name in the address. */
export function connectionFor(target: Reachable, url: string) {
  const { hostname, port } = new URL(url);
  const wanted = `${hostname}:${port || '443'}:`;
  const mapping = target.connectTo.find((line) => line.startsWith(wanted));
  if (mapping === undefined) {
    throw new Error(`the lab has no ${wanted}`);
  }
  const [host = '', mappedPort] = mapping.slice(wanted.length).split(':');
  return { host, port: Number(mappedPort), servername: hostname, ca: target.certificateAuthorityPem };
}

/** A request by plain node:https, to look at the lab without the code that is under test. */
export function send(target: Reachable, url: string, options: LabRequestOptions = {}): Promise<LabResponse> {
  const { hostname, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...connectionFor(target, url),
        path: pathname + search,
        method: options.method ?? 'GET',
        headers: { host: hostname, ...options.headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          const text = body.toString('utf8');
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, body, text, json: () => JSON.parse(text) });
        });
      },
    );
    if (options.timeoutMs !== undefined) {
      outgoing.setTimeout(options.timeoutMs, () => outgoing.destroy(new Error('timeout')));
    }
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}
