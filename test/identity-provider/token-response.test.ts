import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { GENERIC } from '../../src/identity-provider/providers/generic.ts';
import { explainRefusal } from '../../src/identity-provider/refusal.ts';
import { credentialsIn, readTokenResponse } from '../../src/identity-provider/token-response.ts';
import type { HttpResponse } from '../../src/transport/http-client.ts';
import { readSuite } from '../transport/suites.ts';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, body: Buffer.from(text), milliseconds: 1 };
}

const NOW = 1_795_000_000_000;

/** The one finding of an answer that gives no token. */
function findingOf(response: HttpResponse): Finding | undefined {
  const outcome = readTokenResponse(response, NOW);
  return 'refusal' in outcome
    ? explainRefusal(outcome.refusal, GENERIC)
    : 'unusable' in outcome
      ? outcome.unusable
      : undefined;
}

const good = { access_token: 'abc.def.ghi', token_type: 'Bearer', expires_in: 3600 };
const without = (name: keyof typeof good): Record<string, unknown> =>
  Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));

describe('an answer that the flyte client can use', () => {
  it.each([
    ['the usual one', good, 3600],
    ['with a scope', { ...good, scope: 'all' }, 3600],
    ['token_type in lower case', { ...good, token_type: 'bearer' }, 3600],
    ['expires_in as a text, as some write it', { ...good, expires_in: '3599' }, 3599],
    ['expires_in with a fraction', { ...good, expires_in: 3599.9 }, 3599],
    ['an opaque token', { ...good, access_token: 'ya29.A0ARrdaM-_~+/=' }, 3600],
    ['members that nobody knows', { ...good, ext_expires_in: 3600, not_before_policy: 0 }, 3600],
  ])('%s', (_name, body, expiresInSeconds) => {
    const granted = { accessToken: body.access_token, expiresInSeconds };
    expect(readTokenResponse(answer(200, body), NOW)).toMatchObject({ granted });
  });
});

describe('any other answer is told by a code', () => {
  const html = '<!DOCTYPE html><html><title>Sign in</title></html>';

  it.each<[string, HttpResponse, string]>([
    ['302', answer(302, '', { location: 'https://evil.example/x' }), 'idp/redirect'],
    ['307 without a target', answer(307, ''), 'idp/redirect'],
    ['200 with a page', answer(200, html), 'idp/html'],
    ['200 with a page and its type', answer(200, 'x', { 'content-type': 'text/html; charset=utf-8' }), 'idp/html'],
    ['200 with text', answer(200, 'access_token=abc&expires_in=1'), 'idp/not-json'],
    ['200 with a list', answer(200, []), 'idp/not-json'],
    ['200 with nothing', answer(200, ''), 'idp/not-json'],
    ['200 with an error', answer(200, { error: 'invalid_client' }), 'idp/error-in-success'],
    ['200 with an empty token', answer(200, { ...good, access_token: '' }), 'idp/no-access-token'],
    ['200 without a token', answer(200, without('access_token')), 'idp/no-access-token'],
    ['200 with a token that is a number', answer(200, { ...good, access_token: 7 }), 'idp/no-access-token'],
    ['200 with an ID token alone', answer(200, { id_token: 'a.b.c', expires_in: 1 }), 'idp/no-access-token'],
    ['a token with a line break', answer(200, { ...good, access_token: 'abc\r\nx: y' }), 'idp/token-not-sendable'],
    ['a token with a space', answer(200, { ...good, access_token: 'abc ' }), 'idp/token-not-sendable'],
    ['a token outside ASCII', answer(200, { ...good, access_token: 'ab\u00e9' }), 'idp/token-not-sendable'],
    ['no expires_in', answer(200, without('expires_in')), 'idp/no-expires-in'],
    ['expires_in null', answer(200, { ...good, expires_in: null }), 'idp/expires-in-not-usable'],
    ['expires_in 0', answer(200, { ...good, expires_in: 0 }), 'idp/expires-in-not-usable'],
    ['expires_in negative', answer(200, { ...good, expires_in: -1 }), 'idp/expires-in-not-usable'],
    ['expires_in a word', answer(200, { ...good, expires_in: '1h' }), 'idp/expires-in-not-usable'],
    ['DPoP', answer(200, { ...good, token_type: 'DPoP' }), 'idp/token-type-not-bearer'],
    ['no token_type', answer(200, without('token_type')), 'idp/token-type-not-bearer'],
    ['401 invalid_client', answer(401, { error: 'invalid_client' }), 'idp/wrong-secret'],
    ['400 invalid_client', answer(400, { error: 'invalid_client' }), 'idp/wrong-secret'],
    ['401 without a word', answer(401, ''), 'idp/wrong-secret'],
    ['401 by another name (Okta)', answer(401, { errorCode: 'E0000011', errorSummary: 'x' }), 'idp/wrong-secret'],
    ['invalid_grant', answer(400, { error: 'invalid_grant' }), 'idp/invalid-grant'],
    ['unauthorized_client', answer(400, { error: 'unauthorized_client' }), 'idp/client-not-allowed'],
    ['unsupported_grant_type', answer(400, { error: 'unsupported_grant_type' }), 'idp/grant-not-supported'],
    ['invalid_scope', answer(400, { error: 'invalid_scope' }), 'idp/invalid-scope'],
    ['invalid_target', answer(400, { error: 'invalid_target' }), 'idp/invalid-audience'],
    ['access_denied', answer(403, { error: 'access_denied' }), 'idp/access-denied'],
    ['invalid_request', answer(400, { error: 'invalid_request' }), 'idp/invalid-request'],
    ['use_dpop_nonce', answer(400, { error: 'use_dpop_nonce' }), 'idp/proof-of-possession'],
    ['invalid_dpop_proof (Okta)', answer(400, { error: 'invalid_dpop_proof' }), 'idp/proof-of-possession'],
    ['429', answer(429, 'slow down'), 'idp/rate-limited'],
    ['429 with another error', answer(429, { error: 'invalid_client' }), 'idp/rate-limited'],
    ['too_many_requests', answer(400, { error: 'too_many_requests' }), 'idp/rate-limited'],
    ['500', answer(500, { error: 'x' }), 'idp/server-error'],
    ['503 with a page', answer(503, html), 'idp/server-error'],
    ['temporarily_unavailable', answer(400, { error: 'temporarily_unavailable' }), 'idp/server-error'],
    ['404', answer(404, 'not found'), 'idp/not-a-token-endpoint'],
    ['404 with a page', answer(404, html), 'idp/not-a-token-endpoint'],
    ['405', answer(405, ''), 'idp/not-a-token-endpoint'],
    ['403 of a firewall', answer(403, html), 'idp/html'],
    ['400 without a word', answer(400, ''), 'idp/refused'],
    ['an error that nobody knows', answer(400, { error: 'strange' }), 'idp/refused'],
  ])('%s', (_name, response, code) => {
    expect(findingOf(response)).toMatchObject({ code, severity: 'error' });
  });

  it.each(['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'])('the error %s', (error) => {
    expect(findingOf(answer(400, { error }))).toMatchObject({ code: 'idp/refused' });
  });

  it('names what the support of a provider asks for', () => {
    const body = {
      error: 'invalid_client',
      error_description: 'AADSTS7000215',
      trace_id: 't-1',
      correlation_id: 'c-1',
      claims: '{}',
    };
    expect(findingOf(answer(401, body))).toMatchObject({
      detail: expect.stringContaining('AADSTS7000215'),
      evidence: { status: '401', error: 'invalid_client', trace_id: 't-1', correlation_id: 'c-1' },
    });
  });

  it('says how long a provider asks to wait', () => {
    expect(findingOf(answer(429, '', { 'retry-after': '90' }))?.detail).toContain('90 s');
  });

  it('names no host but that of a redirect, and none of its path', () => {
    const refused = findingOf(answer(302, '', { location: 'https://elsewhere.example/p?code=1' }));
    expect(refused?.detail).toContain('elsewhere.example');
    expect(refused?.detail).not.toContain('code=1');
  });

  it('never throws, and gives a token only in a good answer', () => {
    // What objects inherit stands in a test of its own.
    const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));
    const member = fc.oneof(
      fc.string().filter((each) => !inherited.has(each)),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.string()),
      fc.object(),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.oneof(
          fc.string(),
          fc
            .record(
              { access_token: member, expires_in: member, token_type: member, error: member },
              { requiredKeys: [] },
            )
            .map((body) => JSON.stringify(body)),
        ),
        (status, body) => {
          const outcome = readTokenResponse(answer(status, body), NOW);
          if ('granted' in outcome) {
            expect(status).toBeGreaterThanOrEqual(200);
            expect(status).toBeLessThan(300);
            expect(outcome.granted.accessToken).toMatch(/^[!-~]+$/);
            expect(Number.isInteger(outcome.granted.expiresInSeconds)).toBe(true);
          } else {
            expect(findingOf(answer(status, body))?.code).toMatch(/^idp\//);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  const naughty = readSuite<string[]>('naughty-strings.json');

  it.skipIf(naughty === undefined)('the naughty strings as error and description', () => {
    for (const text of naughty ?? []) {
      expect(findingOf(answer(400, { error: text, error_description: text }))).toHaveProperty('severity', 'error');
    }
  });
});

describe('the credentials in an answer', () => {
  it('are all texts but the harmless ones, as deep as they stand', () => {
    const body = {
      access_token: 'the-token',
      refresh_token: 'the-refresh-token',
      id_token: 'the-id-token',
      token_type: 'Bearer',
      scope: 'all',
      expires_in: 1,
      nested: { list: [{ deep: 'deep-credential-Kd82mWq' }] },
    };
    expect(credentialsIn(Buffer.from(JSON.stringify(body)))).toEqual([
      'the-token',
      'the-refresh-token',
      'the-id-token',
      'deep-credential-Kd82mWq',
    ]);
  });

  it.each(['', '[]', '<html>', '"token"'])('are none in %j', (body) => {
    expect(credentialsIn(Buffer.from(body))).toEqual([]);
  });

  it('are found in a refusal also one level deeper', () => {
    const body = '{"error":"x","data":{"access_token":"surprise-token"}}';
    expect(credentialsIn(Buffer.from(body))).toEqual(['surprise-token']);
  });

  it('are none of the words of a refusal, nor the ids that a support asks for', () => {
    const body = { error: 'invalid_client', error_description: 'a long description', trace_id: '6f6b7c1e-trace-id-00' };
    expect(credentialsIn(Buffer.from(JSON.stringify(body)))).toEqual([]);
  });

  it('are found also in a refusal', () => {
    expect(credentialsIn(Buffer.from('{"error":"x","access_token":"surprise-token"}'))).toEqual(['surprise-token']);
  });
});
