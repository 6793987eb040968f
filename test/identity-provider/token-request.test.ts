import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeToken } from '../../src/identity-provider/client.ts';
import { GENERIC } from '../../src/identity-provider/providers/generic.ts';
import { flyteTokenRequest, postTokenRequest } from '../../src/identity-provider/token-request.ts';
import { createCertificateAuthority } from '../lab/certificates.ts';
import { ONCE, transportTo } from '../transport/effects.ts';
import { answerOf, type RawServer, startRawServer } from '../transport/raw-server.ts';
import { readRecording } from '../transport/suites.ts';

interface RecordedCase {
  name: string;
  clientId: string;
  clientSecret: string;
  scopes: string[] | null;
  audience: string;
  request: { requestLine: string; headers: [string, string][]; body: string };
}

const { cases } = readRecording<{ cases: RecordedCase[] }>('token-requests.json');

/** A deployment's message has a list of scopes, which may be empty; only a direct call of get_token can leave it out. */
const comparable = cases.filter((each): each is RecordedCase & { scopes: string[] } => each.scopes !== null);

/** The headers that a provider may judge a request by; the others tell the library that sent it. */
const JUDGED = ['authorization', 'accept', 'cache-control', 'content-type'];

function judgedHeaders(headers: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => JUDGED.includes(name ?? '')),
  );
}

describe('the token request equals the recorded one of the flyte client', () => {
  it('leaves out no recorded case but the one without any list of scopes', () => {
    expect(cases).toHaveLength(56);
    expect(cases.filter(({ scopes }) => scopes === null).map(({ name }) => name)).toEqual(['scopes not given']);
  });

  it.each(comparable)('$name', ({ request, scopes, audience, ...credentials }) => {
    const ours = flyteTokenRequest(credentials, { scopes, audience });
    expect(ours.body).toBe(request.body);
    expect(judgedHeaders(Object.entries(ours.headers))).toEqual(judgedHeaders(request.headers));
  });
});

describe('on the wire', () => {
  let server: RawServer;
  let authorityPem: string;

  beforeAll(async () => {
    const authority = await createCertificateAuthority();
    authorityPem = authority.certificatePem;
    server = await startRawServer({
      authority,
      hostNames: ['login.example.test'],
      answer: () =>
        answerOf(
          200,
          { 'content-type': 'application/json' },
          JSON.stringify({ access_token: 'opaque-token-of-the-lab', token_type: 'Bearer', expires_in: 3600 }),
        ),
    });
  });

  afterAll(async () => {
    await server.stop();
  });

  it.each(comparable)('$name', async ({ request, scopes, audience, ...credentials }) => {
    const transport = transportTo({ 'login.example.test': server.port }, authorityPem);
    const before = server.requests.length;
    const { outcome } = await exchangeToken(
      new URL('https://login.example.test/oauth2/token'),
      GENERIC,
      credentials,
      { scopes, audience },
      transport,
      ONCE,
      () => undefined,
    );
    transport.close();
    expect(outcome).toMatchObject({ granted: { accessToken: 'opaque-token-of-the-lab' } });
    expect(server.requests.length - before).toBe(1);
    const received = server.requests.at(-1);
    expect(received?.requestLine).toBe(request.requestLine);
    expect(received?.body.toString('latin1')).toBe(request.body);
    expect(judgedHeaders(received?.headers ?? [])).toEqual(judgedHeaders(request.headers));
    expect(received?.header('content-length')).toBe(request.headers.find(([name]) => name === 'Content-Length')?.[1]);
    expect(received?.header('origin')).toBeUndefined();
    expect(received?.header('cookie')).toBeUndefined();
  });
});

describe('the diagnosis with the credentials in the body', () => {
  // application/x-www-form-urlencoded is read back by the platform's own reader.
  it.each(comparable.slice(0, 34))('$name', ({ clientId, clientSecret, scopes, audience }) => {
    const { headers, body } = postTokenRequest({ clientId, clientSecret }, { scopes: scopes ?? [], audience });
    const form = new URLSearchParams(body);
    expect(form.get('client_id')).toBe(clientId);
    expect(form.get('client_secret')).toBe(clientSecret);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('authorization');
  });
});
