import { createServer, type Socket } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import nock from 'nock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import {
  createTransport,
  type HttpRequest,
  type Transport,
  type TransportOptions,
} from '../../src/transport/http-client.ts';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
  issueSelfSigned,
} from '../lab/certificates.ts';
import { codeOf, transportTo } from './effects.ts';
import { answerOf, type RawServer, type RawServerOptions, startRawServer } from './raw-server.ts';

const HOST = 'union.example.test';
const DAY = 24 * 60 * 60 * 1000;

let authority: CertificateAuthority;
const toStop: { stop(): unknown }[] = [];

beforeAll(async () => {
  // It is active from its import on.
  nock.restore();
  authority = await createCertificateAuthority();
});

afterEach(async () => {
  for (const each of toStop.splice(0)) {
    await each.stop();
  }
  nock.cleanAll();
  nock.restore();
});

function request(overrides: Partial<HttpRequest> = {}): HttpRequest {
  return {
    purpose: 'a test',
    method: 'GET',
    url: new URL(`https://${HOST}/path`),
    headers: { accept: 'application/json' },
    maximumBytes: 1_000,
    ...overrides,
  };
}

async function serverWith(options: Partial<RawServerOptions> & Pick<RawServerOptions, 'answer'>): Promise<RawServer> {
  const server = await startRawServer({ authority, hostNames: [HOST], ...options });
  toStop.push(server);
  return server;
}

function transportOf(server: { port: number }, options: Partial<TransportOptions> = {}): Transport {
  const transport = transportTo({ [HOST]: server.port }, authority.certificatePem, options);
  toStop.push({ stop: () => transport.close() });
  return transport;
}

async function send(
  answer: RawServerOptions['answer'],
  overrides: Partial<HttpRequest> = {},
  options: Partial<TransportOptions> = {},
) {
  return await transportOf(await serverWith({ answer }), options).send(request(overrides));
}

describe('a redirect is an answer, and is never followed', () => {
  it.each([300, 301, 302, 303, 304, 305, 306, 307, 308])('status %i', async (status) => {
    nock.activate();
    nock.disableNetConnect();
    const elsewhere = nock('https://elsewhere.example.test').persist().get('/').reply(200, 'the secret came here');
    nock(`https://${HOST}`).post('/path').reply(status, '', { location: 'https://elsewhere.example.test/' });
    const transport = createTransport({
      timeoutSeconds: 5,
      deadlineSeconds: 5,
      connectTo: [],
      certificateAuthorities: '',
    });
    const response = await transport.send(request({ method: 'POST', body: 'a=b' }));
    transport.close();
    expect(response.status).toBe(status);
    expect(response.headers['location']).toBe('https://elsewhere.example.test/');
    expect(elsewhere.isDone()).toBe(false);
  });

  it.each([301, 307])('status %i on a real connection, on the same host neither', async (status) => {
    const server = await serverWith({ answer: () => answerOf(status, { location: '/other' }) });
    const { status: seen } = await transportOf(server).send(request());
    expect(seen).toBe(status);
    expect(server.requests.map(({ requestLine }) => requestLine)).toEqual(['GET /path HTTP/1.1']);
  });
});

describe('a request', () => {
  it('goes out once, with its own headers, the host of the address and nothing that was not given', async () => {
    const server = await serverWith({ answer: () => answerOf(200, {}, '{}') });
    await transportOf(server).send(
      request({
        method: 'POST',
        headers: { accept: 'application/json', authorization: 'Basic YTpi' },
        body: 'a=\u00e4',
      }),
    );
    expect(server.requests).toHaveLength(1);
    const [received] = server.requests;
    expect(received?.requestLine).toBe('POST /path HTTP/1.1');
    expect(received?.header('host')).toBe(HOST);
    expect(received?.serverName).toBe(HOST);
    expect(received?.header('authorization')).toBe('Basic YTpi');
    expect(received?.body.toString()).toBe('a=\u00e4');
    expect(received?.header('content-length')).toBe('4');
    expect(received?.header('user-agent')).toBe('union-auth-action');
    expect(received?.headers.map(([name]) => name.toLowerCase()).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'accept',
      'authorization',
      'connection',
      'content-length',
      'host',
      'user-agent',
    ]);
  });

  it('has a body of bytes as they are, with their number', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const body = Uint8Array.of(0, 1, 0xff, 0x0a);
    await transportOf(server).send(request({ method: 'POST', body }));
    expect(server.requests[0]?.body.equals(body)).toBe(true);
    expect(server.requests[0]?.header('content-length')).toBe('4');
    expect(server.requests[0]?.header('transfer-encoding')).toBeUndefined();
  });

  it('without a body has none', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    await transportOf(server).send(request());
    expect(server.requests[0]?.body).toHaveLength(0);
    expect(server.requests[0]?.header('content-length')).toBeUndefined();
  });

  it('goes where connect-to leads for its port alone', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const transport = transportOf(server, { timeoutSeconds: 3 });
    for (const elsewhere of [`https://${HOST}:8443/path`, 'https://other.example.test/path']) {
      expect(await codeOf(transport.send(request({ url: new URL(elsewhere) })))).not.toBe('no failure');
    }
    expect(server.connections()).toBe(0);
  });

  it('that fails is noted with its failure', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    await server.stop();
    const transport = transportOf(server);
    await codeOf(transport.send(request()));
    const [attempt] = transport.attempts;
    expect(attempt).toMatchObject({ purpose: 'a test', method: 'GET', place: `${HOST}/path` });
    expect(attempt).toMatchObject({ failure: 'network/refused' });
    expect(attempt).not.toHaveProperty('status');
  });

  it('keeps the port of the address in the host header', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const transport = createTransport({
      timeoutSeconds: 10,
      deadlineSeconds: 10,
      connectTo: [{ host: HOST, port: 8443, address: '127.0.0.1', addressPort: server.port }],
      certificateAuthorities: authority.certificatePem,
    });
    await transport.send(request({ url: new URL(`https://${HOST}:8443/path?a=b`) }));
    transport.close();
    expect(server.requests[0]?.header('host')).toBe(`${HOST}:8443`);
    expect(server.requests[0]?.requestLine).toBe('GET /path?a=b HTTP/1.1');
  });

  it('is noted with the time that it took', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const transport = transportOf(server);
    const start = performance.now();
    const { milliseconds } = await transport.send(request());
    // As long as it is seen from here, at most.
    expect(milliseconds).toBeLessThanOrEqual(Math.ceil(performance.now() - start));
    expect(transport.attempts[0]?.milliseconds).toBe(milliseconds);
  });

  it('is noted with its place, without its query', async () => {
    const server = await serverWith({ answer: () => answerOf(404) });
    const transport = transportOf(server);
    await transport.send(request({ url: new URL(`https://${HOST}/path?code=secret`), purpose: 'the purpose' }));
    expect(transport.attempts).toMatchObject([
      { purpose: 'the purpose', method: 'GET', place: `${HOST}/path`, status: 404 },
    ]);
    expect(JSON.stringify(transport.attempts)).not.toContain('secret');
  });

  it.each([
    'http://union.example.test/',
    'http://localhost/',
    'https://localhost/',
    'https://metadata.google.internal/',
  ])('is not sent to %s', async (address) => {
    const transport = createTransport({
      timeoutSeconds: 5,
      deadlineSeconds: 5,
      connectTo: [],
      certificateAuthorities: '',
    });
    expect(await codeOf(transport.send(request({ url: new URL(address) })))).toBe('network/address-refused');
    expect(transport.attempts).toMatchObject([{ failure: 'network/address-refused' }]);
    transport.close();
  });

  // Node looks nothing up where the host is an address already, so the check of the look-up alone would not see it.
  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]'])('is not sent to %s', async (address) => {
    const transport = createTransport({
      timeoutSeconds: 5,
      deadlineSeconds: 5,
      connectTo: [],
      certificateAuthorities: '',
    });
    const code = await codeOf(transport.send(request({ url: new URL(`https://${address}:9/`) })));
    transport.close();
    expect(code).toBe('network/address-refused');
  });

  it('is sent to such an address where connect-to leads elsewhere, as to a name', async () => {
    const server = await serverWith({ answer: () => answerOf(200), hostNames: ['127.0.0.1'] });
    const transport = transportTo({ '127.0.0.1': server.port }, authority.certificatePem);
    toStop.push({ stop: () => transport.close() });
    expect((await transport.send(request({ url: new URL('https://127.0.0.1/') }))).status).toBe(200);
  });

  it.each([502, 503, 504])('goes out once, also where %i is answered', async (status) => {
    const server = await serverWith({ answer: () => answerOf(status) });
    expect((await transportOf(server).send(request())).status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it('leaves nothing behind that would keep a run from ending', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const transport = transportOf(server);
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    // Those of former tests may end in between.
    const before = timers();
    await transport.send(request());
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe('the body of an answer', () => {
  it('may have just as many bytes as are allowed', async () => {
    const { body } = await send(() => answerOf(200, {}, 'x'.repeat(1_000)));
    expect(body).toHaveLength(1_000);
  });

  it('is refused with one byte more, announced or not', async () => {
    expect(await codeOf(send(() => answerOf(200, {}, 'x'.repeat(1_001))))).toBe('network/answer-too-large');
    const chunked = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'200\r\n'}${'x'.repeat(512)}\r\n200\r\n${'x'.repeat(512)}\r\n0\r\n\r\n`;
    expect(await codeOf(send(() => chunked))).toBe('network/answer-too-large');
  });

  it('is refused while it still comes, so that an endless one ends', async () => {
    const answer: RawServerOptions['answer'] = (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('x'.repeat(10_000)), 1);
      socket.once('close', () => clearInterval(timer));
      return undefined;
    };
    expect(await codeOf(send(answer))).toBe('network/answer-too-large');
  });

  it('is not read on after it was refused: the connection is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const answer: RawServerOptions['answer'] = (_request, socket) => {
      socket.once('close', () => closed.resolve());
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n');
      socket.write(gzipSync(Buffer.alloc(1_000_000)));
      return undefined;
    };
    const outcome = send(answer, {}, { timeoutSeconds: 600, deadlineSeconds: 600 });
    expect(await codeOf(outcome)).toBe('network/answer-too-large');
    await closed.promise;
  });

  it('is counted after gunzip: a bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const outcome = send(() => answerOf(200, { 'content-encoding': 'gzip' }, bomb), { maximumBytes: 262_144 });
    expect(await codeOf(outcome)).toBe('network/answer-too-large');
  });

  it.each([
    ['gzip', gzipSync('{"a":1}')],
    ['x-gzip', gzipSync('{"a":1}')],
    ['GZIP', gzipSync('{"a":1}')],
    ['deflate', deflateSync('{"a":1}')],
    ['identity', Buffer.from('{"a":1}')],
    ['', Buffer.from('{"a":1}')],
  ])('is decoded: %s', async (encoding, bytes) => {
    const { body } = await send(() => answerOf(200, { 'content-encoding': encoding }, bytes));
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
  });

  it.each([
    ['not what it says', 'gzip', Buffer.from('plain')],
    ['damaged', 'gzip', Buffer.concat([gzipSync('x'.repeat(100)).subarray(0, 15), Buffer.alloc(8, 7)])],
    ['cut', 'gzip', gzipSync('x'.repeat(500)).subarray(0, 20)],
    ['an encoding that was not asked for', 'br', Buffer.from([0x0b, 0x02, 0x80])],
    ['two encodings', 'gzip, gzip', gzipSync(gzipSync('a'))],
  ])('is unreadable: %s', async (_name, encoding, bytes) => {
    expect(await codeOf(send(() => answerOf(200, { 'content-encoding': encoding }, bytes)))).toBe(
      'network/answer-unreadable',
    );
  });
});

describe('an answer that is not complete', () => {
  it.each([
    ['a body shorter than announced', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['chunks without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['nothing at all', ''],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ])('%s', async (_name, bytes) => {
    const outcome = send((_request, socket: Socket) => {
      socket.end(bytes);
      return undefined;
    });
    expect(await codeOf(outcome)).toBe('network/connection-lost');
  });

  it('a connection that is reset', async () => {
    const outcome = send((_request, socket: Socket) => {
      socket.destroy();
      return undefined;
    });
    expect(await codeOf(outcome)).toBe('network/connection-lost');
  });

  it('headers without end', async () => {
    expect(await codeOf(send(() => `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}\r\n\r\n`))).toBe(
      'network/answer-too-large',
    );
  });
});

describe('time', () => {
  const silent: RawServerOptions['answer'] = () => undefined;
  const drip: RawServerOptions['answer'] = (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 20);
    socket.once('close', () => clearInterval(timer));
    return undefined;
  };

  it.each([
    ['no answer', silent],
    ['a body that never ends', drip],
  ])('of one attempt: %s', async (_name, answer) => {
    await expect(send(answer, {}, { timeoutSeconds: 0.3 })).rejects.toMatchObject({
      finding: { code: 'network/timeout', detail: `a test: ${HOST}/path did not answer within 0.3 s.` },
    });
  });

  it.each([
    ['no answer', silent],
    ['a body that never ends', drip],
  ])('of the whole run: %s', async (_name, answer) => {
    const detail = `a test: ${HOST}/path was not done when the 0.3 s for the whole run were over.`;
    await expect(send(answer, {}, { deadlineSeconds: 0.3 })).rejects.toMatchObject({
      finding: { code: 'network/deadline', detail },
    });
  });

  it('of a handshake that never ends', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const transport = transportOf({ port }, { timeoutSeconds: 0.3 });
    expect(await codeOf(transport.send(request()))).toBe('network/timeout');
    transport.close();
    server.close();
  });

  it('is over for later requests too', async () => {
    const server = await serverWith({ answer: silent });
    const transport = transportOf(server, { deadlineSeconds: 0.2 });
    expect(await codeOf(transport.send(request()))).toBe('network/deadline');
    expect(transport.deadline.aborted).toBe(true);
    expect(await codeOf(transport.send(request()))).toBe('network/deadline');
    expect(server.requests).toHaveLength(1);
  });
});

describe('certificates', () => {
  const answer: RawServerOptions['answer'] = () => answerOf(200, {}, 'the answer');

  it.each<[string, () => Promise<IssuedCertificate>, string]>([
    [
      'expired',
      () =>
        authority.issue([HOST], { notBefore: new Date(Date.now() - 3 * DAY), notAfter: new Date(Date.now() - DAY) }),
      'network/tls-expired',
    ],
    [
      'not valid yet',
      () => authority.issue([HOST], { notBefore: new Date(Date.now() + DAY) }),
      'network/tls-not-yet-valid',
    ],
    ['of another host', () => authority.issue(['other.example.test']), 'network/tls-wrong-host'],
    ['of the parent domain alone', () => authority.issue(['example.test']), 'network/tls-wrong-host'],
    ['self-signed', () => issueSelfSigned([HOST]), 'network/tls-untrusted'],
    [
      'of an unknown authority',
      async () => (await createCertificateAuthority('Another Authority')).issue([HOST]),
      'network/tls-incomplete-chain',
    ],
    [
      'of an unknown authority that is sent along',
      async () => {
        const other = await createCertificateAuthority('Another Authority');
        const { certificatePem, keyPem } = await other.issue([HOST]);
        return { certificatePem: certificatePem + other.certificatePem, keyPem };
      },
      'network/tls-untrusted',
    ],
  ])('are refused: %s', async (_name, issue, code) => {
    const server = await serverWith({ answer, certificate: await issue() });
    const transport = transportOf(server);
    expect(await codeOf(transport.send(request({ headers: { authorization: 'Basic c2VjcmV0' } })))).toBe(code);
    // Nothing was sent before it was refused.
    expect(server.requests).toEqual([]);
  });

  it('of a private authority are refused without it, and taken with it beside the others', async () => {
    const server = await serverWith({ answer });
    const without = transportTo({ [HOST]: server.port }, '');
    toStop.push({ stop: () => without.close() });
    expect(await codeOf(without.send(request()))).toBe('network/tls-incomplete-chain');
    const unrelated = await createCertificateAuthority('Unrelated');
    const both = transportTo({ [HOST]: server.port }, unrelated.certificatePem + authority.certificatePem);
    toStop.push({ stop: () => both.close() });
    expect((await both.send(request())).status).toBe(200);
  });

  it('for a wildcard are taken', async () => {
    const server = await serverWith({ answer, hostNames: ['*.example.test'] });
    expect((await transportOf(server).send(request())).status).toBe(200);
  });

  it('are missing where there is no TLS at all', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await codeOf(transportOf({ port }).send(request()))).toBe('network/tls-failed');
    server.close();
  });

  it('a name in SNI is that of the address, whatever connect-to says', async () => {
    const server = await serverWith({ answer, hostNames: ['127.0.0.1'] });
    expect(await codeOf(transportOf(server).send(request()))).toBe('network/tls-wrong-host');
  });
});

describe('connections', () => {
  it('that are refused', async () => {
    const server = await serverWith({ answer: () => undefined });
    await server.stop();
    expect(await codeOf(transportOf(server).send(request()))).toBe('network/refused');
  });

  it('say where, never what was sent or what the server said', async () => {
    const server = await serverWith({
      answer: (_request, socket: Socket) => {
        socket.end('HTTP/1.1 200 ::add-mask::x\r\nbroken\u0000header\r\n\r\n');
        return undefined;
      },
    });
    const outcome = await transportOf(server)
      .send(
        request({ url: new URL(`https://${HOST}/path?secret=abcdefgh`), headers: { authorization: 'Basic abcdefgh' } }),
      )
      .catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(FindingError);
    const { detail } = (outcome as FindingError).finding;
    expect(detail).toMatch(/^a test: union\.example\.test\/path failed with [A-Z_]+\.$/);
  });

  it('are kept for the next request to the same host', async () => {
    const server = await serverWith({ answer: () => answerOf(200) });
    const transport = transportOf(server);
    await transport.send(request());
    await transport.send(request());
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });
});
