import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { type Agent, type RequestOptions, Agent as TlsAgent } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { createGunzip, createInflate } from 'node:zlib';
import { getProxyUrl, HttpClient } from '@actions/http-client';
import { FindingError } from '../findings/finding.ts';
import { isRefusedAddress, isRefusedHostName } from './addresses.ts';
import { trustedAuthorities } from './certificates.ts';
import type { ConnectTo } from './connect-to.ts';
import { AddressRefused, BodyTooLarge, describeFailure, failureOf, UnknownEncoding } from './failures.ts';
import { type NetworkFindingCode, networkFinding } from './findings.ts';
import { placeOf } from './urls.ts';

const DEFAULT_HTTPS_PORT = 443;
const USER_AGENT = 'union-auth-action';

export interface HttpRequest {
  /** What the request is for, as the log names it. */
  readonly purpose: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The largest body, in decoded bytes, that can be a real answer. */
  readonly maximumBytes: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly milliseconds: number;
}

/** One request as it went, for the log. Holds nothing that was sent or received but the status. */
export interface Attempt {
  readonly purpose: string;
  readonly method: string;
  readonly place: string;
  readonly milliseconds: number;
  readonly status?: number;
  /** The code of a finding. */
  readonly failure?: string;
}

export interface Transport {
  /** Sends once. Any status is an answer; whatever else happens is thrown as a FindingError of this room. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Aborted when the time for the whole run is over. */
  readonly deadline: AbortSignal;
  readonly attempts: readonly Attempt[];
  close(): void;
}

export interface TransportOptions {
  /** For one request, from name resolution to the last byte. */
  readonly timeoutSeconds: number;
  readonly deadlineSeconds: number;
  readonly connectTo: readonly ConnectTo[];
  /** PEM text that is trusted beside the runner's own authorities. */
  readonly certificateAuthorities: string;
}

/**
 * The one HTTP client, with every guard: https alone, certificates always checked, no redirect followed, no retry
 * of its own, one time-out for a whole request, a cap on the decoded body, no address of this machine or of a
 * metadata service. @actions/http-client brings the proxies of the environment.
 */
export function createTransport(options: TransportOptions): Transport {
  const deadline = AbortSignal.timeout(options.deadlineSeconds * 1000);
  const attempts: Attempt[] = [];
  const secureContext = secureContextWith(options.certificateAuthorities);
  const direct = new TlsAgent({ keepAlive: true, secureContext });
  const clients: HttpClient[] = [];

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const start = process.hrtime.bigint();
    const record = (result: { status: number } | { failure: NetworkFindingCode }): number => {
      const milliseconds = Number((process.hrtime.bigint() - start) / 1_000_000n);
      attempts.push({
        purpose: request.purpose,
        method: request.method,
        place: placeOf(request.url),
        milliseconds,
        ...result,
      });
      return milliseconds;
    };
    const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
    // The signals keep no process alive, and Node forgets a request whose answer is 101: a run must not end with it.
    const alive = setTimeout(() => undefined, options.timeoutSeconds * 1000);
    try {
      const { message, body } = await exchange(request, AbortSignal.any([timeout, deadline]));
      const status = message.statusCode ?? 0;
      return { status, headers: singleHeaders(message.headers), body, milliseconds: record({ status }) };
    } catch (error) {
      const code = failureOf(error, deadline.aborted, timeout.aborted);
      record({ failure: code });
      const what = `${request.purpose}: ${placeOf(request.url)}`;
      throw new FindingError(networkFinding(code, describeFailure(code, what, error, options)));
    } finally {
      clearTimeout(alive);
    }
  }

  async function exchange(request: HttpRequest, signal: AbortSignal) {
    const { url } = request;
    const target = options.connectTo.find(
      ({ host, port }) => host === url.hostname && port === Number(url.port || DEFAULT_HTTPS_PORT),
    );
    if (
      url.protocol !== 'https:' ||
      isRefusedHostName(url.hostname) ||
      (target === undefined && isRefusedLiteral(url))
    ) {
      throw new AddressRefused();
    }
    const client = new HttpClient(
      USER_AGENT,
      [{ prepareRequest, canHandleAuthentication: () => false, handleAuthentication: neverAuthenticate }],
      { allowRedirects: false, allowRetries: false, keepAlive: true },
    );
    clients.push(client);

    function prepareRequest(requestOptions: RequestOptions): void {
      requestOptions.signal = signal;
      requestOptions.rejectUnauthorized = true;
      requestOptions.headers = { ...requestOptions.headers, host: url.host };
      if (target !== undefined) {
        requestOptions.agent = direct;
        requestOptions.host = target.address;
        requestOptions.port = target.addressPort;
        requestOptions.servername = url.hostname;
      } else if (!goesThroughProxy(url)) {
        requestOptions.agent = direct;
        requestOptions.lookup = checkedLookup;
      } else {
        // Behind a proxy the tunnel agent opens the TLS connection from its own options alone.
        (requestOptions.agent as Agent).options.secureContext = secureContext;
      }
    }

    const body =
      request.body === undefined || typeof request.body === 'string'
        ? (request.body ?? null)
        : Readable.from([request.body]);
    const headers = {
      ...request.headers,
      ...(request.body instanceof Uint8Array && { 'content-length': String(request.body.length) }),
    };
    // A request that waits for the tunnel of a proxy does not hear of its signal.
    const { message } = await orAborted(client.request(request.method, url.href, body, headers), signal);
    return { message, body: await readBody(message, request.maximumBytes, signal) };
  }

  return {
    send,
    deadline,
    attempts,
    close() {
      direct.destroy();
      for (const client of clients) {
        client.dispose();
      }
    },
  };
}

async function neverAuthenticate(): Promise<never> {
  throw new Error('no handler authenticates');
}

/** As @actions/http-client decides it: an address of a proxy that has no host name counts as none. */
function goesThroughProxy(url: URL): boolean {
  const proxy = getProxyUrl(url.href);
  return proxy !== '' && new URL(proxy).hostname !== '';
}

/** Settles as the promise does, or rejects when the signal is aborted first. */
async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    // Whatever becomes of it later concerns nobody.
    promise.catch(() => undefined);
  }
}

/** An address in place of a name is not looked up, so it is checked here. */
function isRefusedLiteral({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) !== 0 && isRefusedAddress(address);
}

let lastContext: { readonly pem: string; readonly context: SecureContext } | undefined;

/**
 * One for all connections of all transports: each would else read the whole list of authorities again, for 8 ms of CPU
 * and 600 kB, and a reminder opens a transport for each of a thousand keys.
 */
function secureContextWith(pem: string): SecureContext {
  if (lastContext?.pem !== pem) {
    lastContext = { pem, context: createSecureContext(trustWith(pem)) };
  }
  return lastContext.context;
}

/** The runner's own authorities and the given ones. `ca` replaces the defaults, so they must be in it. */
function trustWith(pem: string): SecureContextOptions {
  if (pem === '') {
    return {};
  }
  return { ca: [...trustedAuthorities(), pem] };
}

/** Resolves and checks in one step: the address that is checked is the one that is connected to. */
function checkedLookup(
  host: string,
  options: LookupOptions,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  dnsLookup(host, { ...options, all: true }, (error, addresses) => {
    // Undefined where there is an error, whatever its type says.
    const first = addresses?.[0];
    if (first === undefined) {
      callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
    } else if (addresses.some(({ address }) => isRefusedAddress(address))) {
      callback(new AddressRefused(), '');
    } else if (options.all === true) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
}

async function readBody(
  message: Readable & { headers: NodeJS.Dict<string | string[]> },
  maximumBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const encoding = String(message.headers['content-encoding'] ?? 'identity').toLowerCase();
  const decoder = decoderOf(encoding);
  const stream = decoder === undefined ? message : message.pipe(decoder);
  message.on('error', (error) => stream.destroy(error));
  const abort = (): unknown => stream.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maximumBytes) {
        throw new BodyTooLarge();
      }
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener('abort', abort);
    if (size > maximumBytes) {
      message.destroy();
    }
  }
  return Buffer.concat(chunks);
}

function decoderOf(encoding: string) {
  switch (encoding) {
    case 'identity':
    case '':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    default:
      throw new UnknownEncoding();
  }
}

function singleHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
