import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createTransport,
  type HttpRequest,
  type Transport,
  type TransportOptions,
} from '../../src/transport/http-client.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../lab/certificates.ts';
import { codeOf } from './effects.ts';
import { answerOf, type ConnectProxy, type RawServer, startConnectProxy, startRawServer } from './raw-server.ts';

const HOST = 'union.example.test';

let authority: CertificateAuthority;
let server: RawServer;
const toStop: { stop(): unknown }[] = [];

beforeAll(async () => {
  authority = await createCertificateAuthority();
});

beforeEach(async () => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
  }
  server = await startRawServer({ authority, hostNames: [HOST], answer: () => answerOf(200, {}, 'the answer') });
  toStop.push(server);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of toStop.splice(0)) {
    await each.stop();
  }
});

async function proxyWith(refusal?: string): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(() => server.port, refusal);
  toStop.push(proxy);
  return proxy;
}

function transportWith(options: Partial<TransportOptions> = {}): Transport {
  const transport = createTransport({
    timeoutSeconds: 20,
    deadlineSeconds: 60,
    connectTo: [],
    certificateAuthorities: authority.certificatePem,
    ...options,
  });
  toStop.push({ stop: () => transport.close() });
  return transport;
}

const request: HttpRequest = {
  purpose: 'a test',
  method: 'POST',
  url: new URL(`https://${HOST}/path`),
  headers: { authorization: 'Basic c2VjcmV0' },
  body: 'a=b',
  maximumBytes: 1_000,
};

describe('through a proxy', () => {
  it.each(['https_proxy', 'HTTPS_PROXY'])('of %s, with a private authority', async (name) => {
    const proxy = await proxyWith();
    vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    const response = await transportWith().send(request);
    expect(response.status).toBe(200);
    expect(proxy.asked.map((head) => head.split('\r\n', 1)[0])).toEqual([`CONNECT ${HOST}:443 HTTP/1.1`]);
    // What the proxy saw is the name alone.
    expect(proxy.asked.join()).not.toMatch(/authorization|c2VjcmV0|\/path/i);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.header('host')).toBe(HOST);
    expect(server.requests[0]?.serverName).toBe(HOST);
    expect(server.requests[0]?.body.toString()).toBe('a=b');
  });

  it('the certificate is still checked', async () => {
    const proxy = await proxyWith();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await codeOf(transportWith({ certificateAuthorities: '' }).send(request))).toBe(
      'network/tls-incomplete-chain',
    );
    const other = { ...request, url: new URL('https://other.example.test/') };
    expect(await codeOf(transportWith().send(other))).toBe('network/tls-wrong-host');
    expect(server.requests).toEqual([]);
  });

  it('the user of the proxy is told to the proxy alone', async () => {
    const proxy = await proxyWith();
    vi.stubEnv('https_proxy', `http://user:p%40ss@127.0.0.1:${proxy.port}`);
    await transportWith().send(request);
    expect(proxy.asked[0]).toMatch(/^proxy-authorization: Basic dXNlcjpwQHNz\r$/im);
    expect(server.requests[0]?.header('proxy-authorization')).toBeUndefined();
  });

  it.each([
    ['407 Proxy Authentication Required', 'network/proxy-refused'],
    ['403 Forbidden', 'network/proxy-refused'],
    ['502 Bad Gateway', 'network/proxy-failed'],
  ])('that says %s', async (refusal, code) => {
    const proxy = await proxyWith(refusal);
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    const outcome = transportWith().send(request);
    expect(await codeOf(outcome)).toBe(code);
    await expect(outcome).rejects.toMatchObject({
      finding: { detail: expect.stringContaining(refusal.slice(0, 3)) },
    });
    expect(server.connections()).toBe(0);
  });

  // A request that still waits for its tunnel never hears of an aborted signal: Node reports it when a socket is there.
  it.each([
    ['one attempt', { timeoutSeconds: 0.3 }, 'network/timeout'],
    ['the whole run', { deadlineSeconds: 0.3 }, 'network/deadline'],
  ])('that never answers: the time of %s ends it all the same', async (_name, options, code) => {
    const proxy = await proxyWith('silence');
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    const outcome = codeOf(transportWith(options).send(request));
    expect(await Promise.race([outcome, sleep(3_000, 'still waiting')])).toBe(code);
  });

  it('that is not there', async () => {
    const proxy = await proxyWith();
    await proxy.stop();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    const outcome = transportWith().send(request);
    expect(await codeOf(outcome)).toBe('network/proxy-unreachable');
    await expect(outcome).rejects.toMatchObject({ finding: { detail: expect.stringContaining('ECONNREFUSED') } });
    expect(server.connections()).toBe(0);
  });

  it.each(['http://localhost/', 'https://metadata.google.internal/', 'https://instance-data/'])(
    'names of this machine and of metadata services are refused, as no address can be checked: %s',
    async (address) => {
      const proxy = await proxyWith();
      vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
      expect(await codeOf(transportWith().send({ ...request, url: new URL(address) }))).toBe('network/address-refused');
      expect(proxy.asked).toEqual([]);
    },
  );
});

describe('past a proxy', () => {
  it.each([
    ['no_proxy', HOST],
    ['NO_PROXY', HOST],
    ['NO_PROXY', 'other.example.com, example.test'],
    ['NO_PROXY', '.example.test'],
    ['NO_PROXY', `${HOST}:443`],
    ['NO_PROXY', '*'],
  ])('%s=%s', async (name, value) => {
    const proxy = await proxyWith();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv(name, value);
    // The name exists nowhere: without the proxy it can not be reached.
    expect(await codeOf(transportWith({ timeoutSeconds: 3 }).send(request))).not.toBe('no failure');
    expect(proxy.asked).toEqual([]);
  });

  it('connect-to leads past it too', async () => {
    const proxy = await proxyWith();
    vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`);
    const connectTo = [{ host: HOST, port: 443, address: '127.0.0.1', addressPort: server.port }];
    expect((await transportWith({ connectTo }).send(request)).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it('HTTP_PROXY is none for https', async () => {
    const proxy = await proxyWith();
    vi.stubEnv('http_proxy', `http://127.0.0.1:${proxy.port}`);
    expect(await codeOf(transportWith({ timeoutSeconds: 3 }).send(request))).not.toBe('no failure');
    expect(proxy.asked).toEqual([]);
  });
});
