import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkMetadata, discover } from '../../src/control-plane/discovery.ts';
import { FindingError } from '../../src/findings/finding.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../lab/certificates.ts';
import { ONCE, transportTo } from '../transport/effects.ts';
import { answerOf, type RawRequest, type RawServer, startRawServer } from '../transport/raw-server.ts';
import { readRecording } from '../transport/suites.ts';

interface RecordedRequest {
  requestLine: string;
  headers: [string, string][];
  bodyHex: string;
}

interface RecordedAnswers {
  name: string;
  responses: Record<string, { status: number; headers: [string, string][]; bodyHex: string }>;
  fields?: { token_endpoint: string; scopes: string[]; header_key: string; audience: string };
  error?: { class: string; message: string };
  redirectedRequests?: unknown[];
}

const recording = readRecording<{ requests: Record<string, RecordedRequest>; responses: RecordedAnswers[] }>(
  'auth-metadata-requests.json',
);

const DOMAIN = 'union.example.test';
const HALVES = ['GetOAuth2Metadata', 'GetPublicClientConfig'];

let authority: CertificateAuthority;
let server: RawServer;

beforeAll(async () => {
  authority = await createCertificateAuthority();
});

afterEach(async () => {
  await server.stop();
});

async function discoverWith(answer: (request: RawRequest) => Buffer | Promise<Buffer>) {
  server = await startRawServer({ authority, hostNames: [DOMAIN], answer });
  const transport = transportTo({ [DOMAIN]: server.port }, authority.certificatePem);
  try {
    return await discover(DOMAIN, transport, ONCE);
  } finally {
    transport.close();
  }
}

function halfOf({ requestLine }: RawRequest): string {
  return HALVES.find((half) => requestLine.includes(`/${half} `)) ?? '';
}

function replay({ responses }: RecordedAnswers): (request: RawRequest) => Buffer {
  return (request) => {
    // The routes that the client does not know lead nowhere: only what it would have been told counts here.
    const recorded = request.header('content-type') === 'application/proto' ? responses[halfOf(request)] : undefined;
    return recorded === undefined
      ? answerOf(404)
      : answerOf(recorded.status, recorded.headers, Buffer.from(recorded.bodyHex, 'hex'));
  };
}

/** The gzip body without its time. */
function withoutTime(body: Buffer): string {
  return Buffer.concat([body.subarray(0, 4), body.subarray(8)]).toString('hex');
}

describe('the two discovery requests', () => {
  const good = recording.responses.find(({ name }) => name === 'binary, identity');

  async function requestsOnTheWire(): Promise<RawRequest[]> {
    if (good === undefined) {
      throw new Error('the recording has no good answer');
    }
    await discoverWith(replay(good));
    return server.requests;
  }

  it.each(HALVES)('%s: request line and headers are those of the flyte client', async (half) => {
    const requests = await requestsOnTheWire();
    const received = requests.filter((request) => halfOf(request) === half);
    const recorded = recording.requests[half];
    expect(received).toHaveLength(1);
    expect(received[0]?.requestLine).toBe(recorded?.requestLine);
    for (const name of [
      'content-type',
      'content-encoding',
      'connect-protocol-version',
      'accept-encoding',
      'accept',
      'content-length',
    ]) {
      expect([name, received[0]?.header(name)]).toEqual([name, recorded?.headers.find(([each]) => each === name)?.[1]]);
    }
    expect(received[0]?.header('authorization')).toBeUndefined();
    expect(received[0]?.header('transfer-encoding')).toBeUndefined();
  });

  it.each(HALVES)('%s: the body is that of the flyte client but for the time in it', async (half) => {
    const requests = await requestsOnTheWire();
    const received = requests.find((request) => halfOf(request) === half);
    expect(withoutTime(received?.body ?? Buffer.alloc(0))).toBe(
      withoutTime(Buffer.from(recording.requests[half]?.bodyHex ?? '', 'hex')),
    );
  });

  it('go out at the same time', async () => {
    // Neither is answered before both are there: one after the other would never be done.
    const both = Promise.withResolvers<void>();
    const seen = new Set<string>();
    const discovery = await discoverWith(async (request) => {
      seen.add(halfOf(request));
      if (seen.size === 2) {
        both.resolve();
      }
      await both.promise;
      return good === undefined ? answerOf(404) : replay(good)(request);
    });
    expect(discovery.route).toBe('connect-binary');
  });
});

describe('the recorded answers: where the flyte client reads them, so do we', () => {
  /** Where we part from the client on purpose. */
  const differences: Record<string, { code: string; because: string }> = Object.fromEntries(
    [302, 303, 307, 308].map((status) => [
      `${status} to a path that answers in protobuf`,
      {
        code: 'discovery/redirect',
        because:
          'No redirect is followed: the document decides where the secret goes, and other clients (Rust, Go) stop here.',
      },
    ]),
  );

  const read = recording.responses.filter(({ fields }) => fields !== undefined);

  it('has cases of both kinds', () => {
    expect(recording.responses).toHaveLength(37);
    expect(read.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(differences).every((name) => read.some((each) => each.name === name))).toBe(true);
  });

  it.each(read)('$name', async (answers) => {
    const difference = differences[answers.name];
    const outcome = await discoverWith(replay(answers)).catch((error: unknown) => error);
    if (difference !== undefined) {
      expect(outcome).toBeInstanceOf(FindingError);
      expect((outcome as FindingError).finding).toMatchObject({ code: difference.code, severity: 'error' });
      expect(server.requests.some(({ requestLine }) => requestLine.includes('/moved/'))).toBe(false);
      return;
    }
    expect(outcome).toMatchObject({
      route: 'connect-binary',
      metadata: {
        tokenEndpoint: answers.fields?.token_endpoint,
        scopes: answers.fields?.scopes,
        authorizationMetadataKey: answers.fields?.header_key,
        audience: answers.fields?.audience,
      },
    });
  });

  it('names what the client reads and then stumbles over', async () => {
    const named = async (name: string): Promise<string[]> => {
      const answers = read.find((each) => each.name === name);
      const { metadata } = await discoverWith(answers ? replay(answers) : () => answerOf(404));
      const findings = checkMetadata(metadata);
      expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
      return findings.map(({ code }) => code);
    };
    expect(await named('authorization_metadata_key empty')).toEqual(['discovery/metadata-key-empty']);
    await server.stop();
    expect(await named('binary, both messages empty')).toEqual([
      'discovery/token-endpoint-empty',
      'discovery/metadata-key-empty',
    ]);
    await server.stop();
    expect(await named('binary, identity')).toEqual([]);
  });
});

describe('the recorded answers: where the flyte client fails, we say why', () => {
  const expected: Record<string, string> = {
    '200 with an HTML page': 'discovery/html',
    '302 to a login page': 'discovery/redirect',
    '302 to a missing page': 'discovery/redirect',
    '302 to itself for ever': 'discovery/redirect',
    '302 without a Location': 'discovery/redirect',
    '401 with an HTML page': 'discovery/refused',
    '404 with an HTML page': 'discovery/not-a-control-plane',
    '404 without a body': 'discovery/not-a-control-plane',
    '403 with an HTML page': 'discovery/refused',
    '415 without a body': 'discovery/not-a-control-plane',
    '429 with plain text': 'discovery/server-error',
    '500 with plain text': 'discovery/server-error',
    '502 with an HTML page': 'discovery/server-error',
    '503 with an HTML page': 'discovery/server-error',
    '401 Connect error': 'discovery/refused',
    '501 Connect error': 'discovery/auth-not-configured',
    '401 grpc-gateway error': 'discovery/refused',
    '200 with Connect JSON': 'discovery/unreadable-answer',
    '200 grpc content type': 'discovery/unreadable-answer',
    '200 without a content type': 'discovery/unreadable-answer',
    'metadata cut short': 'discovery/unreadable-answer',
    'metadata not protobuf': 'discovery/unreadable-answer',
    // The transport stops before there is an answer to judge, so the code is one of the network.
    'metadata claims gzip, is not': 'network/answer-unreadable',
    'metadata is gzip, does not say so': 'discovery/unreadable-answer',
    'metadata with an unknown content-encoding': 'network/answer-unreadable',
    'only the metadata is HTML': 'discovery/html',
    'only the public client config is 404': 'discovery/not-a-control-plane',
  };
  const failed = recording.responses.filter(({ error }) => error !== undefined);

  it('leaves out no recorded failure', () => {
    expect(new Set(failed.map(({ name }) => name))).toEqual(new Set(Object.keys(expected)));
  });

  it.each(failed)('$name', async (answers) => {
    const outcome = await discoverWith(replay(answers)).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(FindingError);
    expect((outcome as FindingError).finding).toMatchObject({ code: expected[answers.name], severity: 'error' });
    // Nothing of the page reaches the log.
    expect((outcome as FindingError).finding.detail).not.toMatch(/Sign in|slow down|oops|token parse error/);
    expect(server.requests.every(({ requestLine }) => !requestLine.includes('/login'))).toBe(true);
  });
});

describe('the routes that the client does not know', () => {
  const jsonProvider = JSON.stringify({
    issuer: 'https://idp.example.com',
    tokenEndpoint: 'https://idp.example.com/t',
  });
  const jsonClient = JSON.stringify({ scopes: ['all'], authorizationMetadataKey: 'flyte-authorization' });
  const type = { 'content-type': 'application/json' };

  it('find what only Connect with JSON tells, with a warning', async () => {
    const discovery = await discoverWith((request) =>
      request.header('content-type') === 'application/json'
        ? answerOf(200, type, halfOf(request) === 'GetOAuth2Metadata' ? jsonProvider : jsonClient)
        : answerOf(415),
    );
    expect(discovery).toMatchObject({
      route: 'connect-json',
      metadata: { tokenEndpoint: 'https://idp.example.com/t', scopes: ['all'] },
      findings: [{ code: 'discovery/client-route-fails', severity: 'warning' }],
    });
  });

  it('find what only the HTTP gateway tells, with a warning', async () => {
    const discovery = await discoverWith(({ requestLine }) => {
      if (requestLine === 'GET /.well-known/oauth-authorization-server HTTP/1.1') {
        return answerOf(200, type, '{"issuer":"https://idp.example.com","token_endpoint":"https://idp.example.com/t"}');
      }
      return requestLine === 'GET /config/v1/flyte_client HTTP/1.1'
        ? answerOf(200, type, '{"scopes":["all"],"authorization_metadata_key":"flyte-authorization"}')
        : answerOf(404);
    });
    expect(discovery).toMatchObject({
      route: 'http-gateway',
      metadata: {
        issuer: 'https://idp.example.com',
        tokenEndpoint: 'https://idp.example.com/t',
        authorizationMetadataKey: 'flyte-authorization',
      },
      findings: [{ code: 'discovery/client-route-fails', severity: 'warning' }],
    });
  });
});
