import { describe, expect, it } from 'vitest';
import { judgeKeys, readKey, readKeySet, type SetKey } from '../../../src/control-plane/verdict/key-set.ts';
import { EC_KEY, ED25519_KEY, RSA_KEY } from './key-certificates.ts';

/*
 * By the rules of go-oidc v3.6.0, oidc/jwks.go, and go-jose v3.0.5, jwk.go. Most cases were also held against that release
 * of go-jose, built with Go 1.26; where we differ is said.
 */

const SECRET = { kty: 'oct', k: 'AA', kid: 'k1' };
const secret = JSON.stringify(SECRET);

describe('a key set', () => {
  it.each<[string, string, keyIds: string[], isKeySet: boolean]>([
    ['null', 'null', [], false],
    ['null among white space', ' \t\r\nnull\n', [], false],
    ['no member keys', '{}', [], false],
    ['names that only hold the word', `{"keyset":7,"mykeys":[${secret}]}`, [], false],
    ['an empty list', '{"keys":[]}', [], true],
    ['null for the list', '{"keys":null}', [], true],
    ['keys', `{"keys":[${secret},{"kty":"oct","k":""}]}`, ['k1', ''], true],
    ['another case', `{"KEYS":[${secret}]}`, ['k1'], true],
    ['letters that Go folds', `{"\u212aey\u017f":[${secret}]}`, ['k1'], true],
    ['two lists: the last counts', `{"keys":[${secret}],"Keys":[]}`, [], true],
    ['a list, then null', `{"keys":[${secret}],"keys":null}`, [], true],
  ])('%s', (_name, text, keyIds, isKeySet) => {
    const set = readKeySet(Buffer.from(text));
    expect(set).toMatchObject({ keys: keyIds.map((keyId) => ({ keyId })), isKeySet });
    expect(set).toHaveProperty('keys.length', keyIds.length);
  });

  it.each([
    ['nothing', '', 'It is not a JSON object.'],
    ['a list', '[]', 'It is not a JSON object.'],
    ['null behind a byte order mark', '\ufeffnull', 'It is not a JSON object.'],
    ['null behind a no-break space', '\u00a0null', 'It is not a JSON object.'],
    ['an object for the list', '{"keys":{}}', 'Its member keys is not a list.'],
    ['a text for the list', '{"keys":"null"}', 'Its member keys is not a list.'],
    ['a key without a type', `{"keys":[${secret},{}]}`, 'Key 2 of 2: it has no kty.'],
    ['the first of two', '{"keys":[{"kid":"a"},{"kid":"b"}]}', 'Key 1 of 2 ("a"): it has no kty.'],
    ['a bad list before a good one', `{"keys":[{}],"keys":[${secret}]}`, 'Key 1 of 1: it has no kty.'],
  ])('is unreadable: %s', (_name, text, unreadable) => {
    expect(readKeySet(Buffer.from(text))).toEqual({ unreadable });
  });
});

const PLACED_ONCE = 'it is not a JSON object whose members stand there once';

describe('a key', () => {
  it.each([
    ['null', PLACED_ONCE],
    ['{"kty":"oct","k":"AA","kty":"oct"}', PLACED_ONCE],
    // Half surrogate pairs become U+FFFD: to Go these names are the same.
    ['{"kty":"oct","k":"AA","\\ud800":1,"\\udfff":2}', PLACED_ONCE],
    ['{"kty":"RSA","n":"AQ"}', 'its n or e is missing'],
    ['{"kty":"RSA","e":"AQ"}', 'its n or e is missing'],
    ['{"kty":"oct"}', 'its k is missing'],
    ['{"kty":"OKP","crv":"Ed25519"}', 'its curve Ed25519 is not known to the library'],
    ['{"kty":"OKP","crv":"X25519","x":"AA"}', 'its curve X25519 is not known to the library'],
  ])('%s', (text, expected) => {
    expect(readKey(text)).toBe(expected);
  });

  it.each<[string, object, Partial<SetKey>]>([
    ['RSA', RSA_KEY, { isUsable: true, isPrivate: false, modulusBits: 1024 }],
    // JSONWebKey.Valid: an exponent of 0 makes none.
    ['RSA with an exponent of zeros', { ...RSA_KEY, e: 'AAAA' }, { isUsable: false }],
    ['RSA with an empty exponent', { ...RSA_KEY, e: '' }, { isUsable: false }],
    ['EC', EC_KEY, { isUsable: true, isPrivate: false, modulusBits: undefined }],
    // Members of another type of key do not count.
    ['EC with an exponent of zeros', { ...EC_KEY, n: 'AQ', e: 'AA' }, { isUsable: true, modulusBits: undefined }],
    ['EC, private', { ...EC_KEY, d: Buffer.alloc(32, 1).toString('base64url') }, { isPrivate: true }],
    ['Ed25519', ED25519_KEY, { isUsable: true, isPrivate: false, modulusBits: undefined }],
    // It is no public key: IsPublic.
    [
      'a secret',
      SECRET,
      { isUsable: false, isPrivate: false, modulusBits: undefined, material: { kty: 'oct', k: 'AA' } },
    ],
    ['a secret with a member d', { ...SECRET, d: 'AA' }, { isPrivate: false }],
  ])('%s', (_name, key, expected) => {
    expect(readKey(JSON.stringify(key))).toMatchObject(expected);
  });

  it.each([
    ['', 0],
    ['00', 0],
    ['01', 1],
    ['0f', 4],
    ['10', 5],
    ['80', 8],
    ['ff01', 16],
    // As big.Int counts: zeros in front are none of it.
    ['000000ff01', 16],
    ['0001', 1],
  ])('the modulus %s has %i bits', (hex, bits) => {
    const n = Buffer.from(hex, 'hex').toString('base64url');
    expect(readKey(JSON.stringify({ kty: 'RSA', n, e: 'AQAB' }))).toHaveProperty('modulusBits', bits);
  });
});

function encoded(number: bigint, bytes = 0): string {
  const hex = number.toString(16);
  const even = hex.padStart(Math.max(2 * bytes, hex.length + (hex.length % 2)), '0');
  return Buffer.from(even, 'hex').toString('base64url');
}

/** 413 * 17 = 1 modulo 60 and modulo 52. */
const NUMBERS = { n: 61n * 53n, e: 17n, d: 413n, p: 61n, q: 53n } as const;
const CHINESE = { dp: 413n % 60n, dq: 413n % 52n, qi: 38n } as const;

function privateKey(numbers: Readonly<Record<string, bigint | undefined>>): Record<string, string | undefined> {
  const members = Object.entries({ ...NUMBERS, ...numbers }).map(([name, number]) => [
    name,
    number === undefined ? undefined : encoded(number),
  ]);
  return { kty: 'RSA', ...(Object.fromEntries(members) as Record<string, string | undefined>) };
}

/** crypto/rsa, PrivateKey.Validate. The numbers are small: it looks at no length. */
describe('a private RSA key', () => {
  it.each<[string, Record<string, bigint | undefined>]>([
    ['with its primes', {}],
    ['the other way round', { p: 53n, q: 61n }],
    ['another exponent that fits', { d: 2753n }],
    ['all that is worked out beforehand', CHINESE],
    ['part of it', { dp: CHINESE.dp }],
    // precompute of crypto/rsa takes these only where all three are there.
    ['part of it, wrong: no dp', { dq: 1n, qi: 1n }],
    ['part of it, wrong: no dq', { dp: 1n, qi: 1n }],
    ['part of it, wrong: no qi', { dp: 1n, dq: 1n }],
    ['the largest exponent', { e: 2n ** 31n - 1n, d: 823n }],
  ])('%s', (_name, numbers) => {
    const key = readKey(JSON.stringify(privateKey(numbers)));
    expect(key).toMatchObject({ type: 'RSA', isPrivate: true, material: { kty: 'RSA', n: encoded(NUMBERS.n) } });
    expect(key).not.toHaveProperty('material.d');
  });

  it.each<[string, Record<string, bigint | undefined>]>([
    ['no p', { p: undefined }],
    ['no q', { q: undefined }],
    ['the primes of another modulus', { n: 61n * 59n }],
    ['a prime of 1', { p: 1n, q: NUMBERS.n }],
    ['the other prime of 1', { p: NUMBERS.n, q: 1n, d: 1521n }],
    ['a prime of 0', { n: 0n, p: 0n }],
    ['the other prime of 0', { n: 0n, q: 0n }],
    ['a prime of 2', { n: 2n * 53n, p: 2n, d: 49n }],
    ['the other prime of 2', { n: 2n * 53n, p: 53n, q: 2n, d: 49n }],
    ['an exponent that fits the second prime alone', { d: 413n + 52n }],
    ['an exponent that fits the first prime alone', { d: 413n + 60n }],
    ['an exponent of 1', { e: 1n, d: 1n }],
    ['an exponent beyond 31 bits', { n: 85n, p: 5n, q: 17n, e: 2n ** 31n + 1n, d: 1n }],
    ['an exponent that is negative to int64', { n: 85n, p: 5n, q: 17n, e: 2n ** 64n - 1n, d: 15n }],
    ['another dp', { ...CHINESE, dp: CHINESE.dp + 1n }],
    ['another dq', { ...CHINESE, dq: CHINESE.dq + 1n }],
    ['another qi', { ...CHINESE, qi: CHINESE.qi + 1n }],
  ])('is refused: %s', (_name, numbers) => {
    expect(readKey(JSON.stringify(privateKey(numbers)))).toBe('its private half does not fit');
  });

  it('is let pass with zeros in front, and not looked at beyond 2048 bytes, where go-jose still does', () => {
    expect(readKey(JSON.stringify({ ...privateKey({}), d: encoded(NUMBERS.d, 2048) }))).toMatchObject({
      isPrivate: true,
    });
    expect(readKey(JSON.stringify({ ...privateKey({}), d: encoded(NUMBERS.d, 2049) }))).toBe(
      'its private half does not fit',
    );
  });
});

/** net/url, Parse. */
describe('the member x5u', () => {
  const withAddress = (x5u: string): SetKey | string => readKey(JSON.stringify({ ...SECRET, x5u }));

  it.each([
    '',
    'https://idp.example.com/certificates?of=k1#first',
    'HTTPS://IDP.EXAMPLE.COM',
    'http:a b',
    'mailto:http://a b',
    'a b',
    '/a:b',
    'a/b:c',
    '?a:b',
    '#a:b',
    'x/http://a[b',
    '/http://a b',
    'x?http://a b',
    '%41',
    '?ab%zz',
    'a?ab%zz#c',
    '//a',
    'http://a:',
    'http://a:1/b:c',
    'http://[::1]:1',
    'http://\u00e9',
    'http://@a',
    'http://user@a',
    'http://user:word@a:1',
    'http://user@more@a',
    "http://Az09-._:~!$&'()*+,;=%41@a",
  ])('%j', (x5u) => {
    expect(withAddress(x5u)).toMatchObject({ keyId: 'k1' });
  });

  it.each([
    '\u0000',
    '\u001f',
    'http://a/\u001f',
    'a\u007f',
    '%',
    '%4',
    '%4g',
    '%g4',
    'a%?x#41',
    'a%?x',
    'a?b#%zz',
    ':a',
    '1a:b',
    'a b:c',
    'http://a b',
    'http://a\\b',
    'http://a^b',
    'http://a`b',
    'http://a{b',
    'http://a|b',
    'http://a}b',
    'http://a:b',
    'http://a:1b',
    'http://[::1',
    'http://a[::1]',
    'http://[::1]a',
    'http://u ser@a',
    'http://u[ser@a',
    'http://[::1]@a',
    'http://[@]',
    'http://us\u00e9r@a',
    'http://us\u2028er:word@a:1',
    '//a b',
  ])('is refused: %j', (x5u) => {
    expect(withAddress(x5u)).toBe('its x5u is not an address');
  });
});

describe('what a user is told of the keys', () => {
  const read = (key: object): SetKey => readKey(JSON.stringify(key)) as SetKey;

  it.each<[string, object[], string[]]>([
    ['public keys', [RSA_KEY, EC_KEY], []],
    ['a secret', [SECRET], ['The set publishes the secret half of "k1".']],
    [
      'secrets and private keys, those without a name once',
      [
        RSA_KEY,
        { ...SECRET, kid: 'a' },
        { kty: 'oct', k: 'AA' },
        { kty: 'oct', k: 'AQ' },
        { ...privateKey({}), kid: 'b' },
      ],
      ['The set publishes the secret half of "a", an oct key without kid, "b".'],
    ],
  ])('%s', (_name, keys, details) => {
    expect(judgeKeys(keys.map(read)).map(({ code, detail }) => `${code}: ${detail}`)).toEqual(
      details.map((detail) => `key-set/secret-published: ${detail}`),
    );
  });
});
