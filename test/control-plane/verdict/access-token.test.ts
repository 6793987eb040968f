import { describe, expect, it } from 'vitest';
import { readClaims, readSignedToken } from '../../../src/control-plane/verdict/access-token.ts';

/*
 * How the control plane's two libraries read a token, before any key or claim is looked at. What they do with whole
 * tokens is held against recordings in token-verdicts.test.ts.
 */

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('a token as go-jose reads it', () => {
  const threeParts = 'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts';

  it.each([
    ['a word', 'opaque-token', 'opaque'],
    ['two parts', 'e30.e30', 'opaque'],
    ['four parts', 'e30.e30.AA.AA', 'opaque'],
    ['five parts', 'e30.AA.AA.AA.AA', 'encrypted'],
  ])('%s', (_name, token, kind) => {
    expect(readSignedToken(token)).toEqual({ kind, serverError: threeParts });
  });

  it.each([
    ['a header that is no base64url', '!.e30.AA'],
    ['a payload that is none', 'e30.!.AA'],
    ['a signature that is none', 'e30.e30.!'],
    ['a header that is no JSON', `${encoded('x')}.e30.AA`],
    ['a header that is a list', `${encoded('[]')}.e30.AA`],
    ['a name twice', `${encoded('{"alg":"RS256","alg":"RS256"}')}.e30.AA`],
    ['an alg of another type', `${encoded('{"alg":1}')}.e30.AA`],
    ['an embedded key that nobody can read', `${encoded('{"jwk":{"kty":"x"}}')}.e30.AA`],
    ['an embedded secret', `${encoded('{"jwk":{"kty":"oct","k":"AAAA"}}')}.e30.AA`],
  ])('%s', (_name, token) => {
    expect(readSignedToken(token)).toEqual({ kind: 'unreadable', serverError: 'oidc: malformed jwt' });
  });

  // encoding/json leaves a map as it is where it reads null.
  it.each([
    ['nothing', ''],
    ['null', encoded('null')],
    ['an empty object', 'e30'],
    ['null for each', encoded('{"alg":null,"kid":null,"crit":null,"jwk":null}')],
  ])('%s is a header without parameters', (_name, header) => {
    expect(readSignedToken(`${header}.e30.AA`)).toEqual({
      algorithm: '',
      keyId: '',
      critical: [],
      canonical: `${Buffer.from(header, 'base64url').toString('base64url')}.e30.AA`,
      rawPayload: undefined,
    });
  });

  it('encodes anew what the signature is checked over, and drops white space', () => {
    const token = ` ${encoded('{"alg":"RS256","kid":"k1"}')}\u2003\u2003.e31\n=.AB==\t`;
    expect(readSignedToken(token)).toMatchObject({
      algorithm: 'RS256',
      keyId: 'k1',
      canonical: `${encoded('{"alg":"RS256","kid":"k1"}')}.e30.AA`,
    });
  });

  it.each<[crit: string, critical: string[]]>([
    ['["b64","exp"]', ['b64', 'exp']],
    ['[]', []],
  ])('crit %s', (crit, critical) => {
    expect(readSignedToken(`${encoded(`{"crit":${crit}}`)}.e30.AA`)).toMatchObject({ critical });
  });

  // Read into a list of texts: where that fails the token is refused, whatever the names are.
  it.each(['"b64"', '["b64",1]', '[["b64"]]', '["b64",null]', '{}', 'true'])('crit %s is not understood', (crit) => {
    const read = readSignedToken(`${encoded(`{"crit":${crit}}`)}.e30.AA`);
    expect('critical' in read && read.critical.every((name) => name === 'b64')).toBe(false);
  });
});

describe('a token as golang-jwt reads it', () => {
  const good = encoded('{"alg":"RS256"}');

  it.each([
    ['a word', 'x', 'token contains an invalid number of segments'],
    ['two parts', `${good}.e30`, 'token contains an invalid number of segments'],
    ['four parts', `${good}.e30.AA.AA`, 'token contains an invalid number of segments'],
    ['a header that is no base64url', '!.e30.AA', 'illegal base64 data'],
    ['a payload that is none', `${good}.!.AA`, 'illegal base64 data'],
    ['a header with padding', `${encoded('{}')}=.e30.AA`, 'illegal base64 data'],
    ['a header that is no JSON', `${encoded('x')}.e30.AA`, 'invalid header'],
    ['a header that is a list', `${encoded('[]')}.e30.AA`, 'invalid header'],
    ['claims that are no JSON', `${good}.${encoded('x')}.AA`, 'invalid claims'],
    ['claims that are a text', `${good}.${encoded('"x"')}.AA`, 'invalid claims'],
    ['no alg', 'e30.e30.AA', 'signing method (alg) is unspecified.'],
    ['no header', `${encoded('null')}.e30.AA`, 'signing method (alg) is unspecified.'],
    ['an alg that is a number', `${encoded('{"alg":256}')}.e30.AA`, 'signing method (alg) is unspecified.'],
    ['an alg that nobody knows', `${encoded('{"alg":"ES256K"}')}.e30.AA`, 'signing method (alg) is unavailable.'],
  ])('%s', (_name, token, why) => {
    expect(readClaims(token)).toEqual({ serverError: `failed to parse token: ${why}` });
  });

  it.each([
    ['an object', '{"sub":"s"}', { sub: 's' }],
    ['null', 'null', {}],
    ['an object that goes on', '{"sub":"s"}x', { sub: 's' }],
  ])('claims that are %s', (_name, payload, claims) => {
    expect(readClaims(`${good}.${encoded(payload)}.AA`)).toEqual({ claims, algorithm: 'RS256', ownKeyId: undefined });
  });

  it('the key by which the own server of Flyte names itself', () => {
    const header = encoded('{"alg":"RS256","key_id":"k","kid":"other"}');
    expect(readClaims(`${header}.e30.AA`)).toMatchObject({ ownKeyId: 'k' });
  });
});
