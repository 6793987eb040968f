import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeApiKey } from '../../src/api-key/encode.ts';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { runs } from '../runs.ts';
import { masksOf, runnerWith } from './masks.ts';
import { providerSecret, seededRandom } from './random-secrets.ts';

function storeWithMasks(): { store: SecretStore; masks: string[] } {
  const masks: string[] = [];
  return { store: new SecretStore((value) => masks.push(value)), masks };
}

describe('what is registered', () => {
  it('is a value of one line as it is, once', () => {
    const { store, masks } = storeWithMasks();
    store.protect('one-line-1');
    store.protect('one-line-1');
    store.protect('');
    store.protect('  ');
    expect(masks).toEqual(['one-line-1']);
  });

  it('is each line of a longer value and the lines joined, never a short or a blank one', () => {
    const { store, masks } = storeWithMasks();
    store.protect('{\r\n\r\n  first-line-1\r\nab\nsecond-line-2\n}\n');
    store.protect(' \n\t\n');
    const runner = runnerWith(masks);
    // The runner splits and trims what it is given, so this is what counts.
    expect(runner.mask('{ a: first-line-1, b: ab, c: second-line-2 }')).toBe('{ a: ***, b: ab, c: *** }');
    expect(masks.filter((mask) => /[\r\n]/.test(mask))).toEqual([]);
  });

  it('is the lines joined and each line of 8 characters, white space around it not counted', () => {
    const { store, masks } = storeWithMasks();
    store.protect('12345678\n1234567\n  123456  \n\nlast-line');
    expect(masks).toEqual(['123456781234567  123456  last-line', '12345678', 'last-line']);
  });

  it('is never blank, whatever is protected', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\n', '\r\n', '\r', ' ', '\t', 'abcdefgh', '\u00a0'), { maxLength: 8 }),
        (parts) => {
          const { store, masks } = storeWithMasks();
          store.protect(parts.join(''));
          store.protectToken(parts.join(''));
          expect(masks.filter((mask) => mask.trim() === '')).toEqual([]);
        },
      ),
    );
  });

  it.each([
    ['an opaque token', 'opaque-token-0123456789', ['opaque-token-0123456789']],
    ['a word that is no credential', 'Bearer', []],
    ['15 characters', 'a23456789012345', []],
    ['16 characters', 'a234567890123456', ['a234567890123456']],
    [
      'a JWT: the whole and the signature, not the header that all JWTs share',
      'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      [
        'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
        'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      ],
    ],
    [
      'a signature of 16 characters',
      'eyJhbGciOiJSUzI1NiJ9.e30.a234567890123456',
      ['eyJhbGciOiJSUzI1NiJ9.e30.a234567890123456', 'a234567890123456'],
    ],
    ['one of 15', 'eyJhbGciOiJSUzI1NiJ9.e30.a23456789012345', ['eyJhbGciOiJSUzI1NiJ9.e30.a23456789012345']],
    ['an unsigned JWT', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.']],
  ])('of a token: %s', (_name, token, expected) => {
    const { store, masks } = storeWithMasks();
    store.protectToken(token);
    expect(masks).toEqual(expected);
  });

  it('keeps the signature of a token hidden where the rest is printed', () => {
    const { store, masks } = storeWithMasks();
    const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    store.protectToken(`eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.${signature}`);
    expect(runnerWith(masks).mask(`x.${signature}`)).toBe('x.***');
  });
});

describe('redaction', () => {
  it('replaces every form, also of secrets that contain each other, in any order', () => {
    const secrets = ['abcdefgh-1234', 'abcdefgh-1234-longer', 'prefix-abcdefgh-1234', 'abcdefgh-1234-longer-still'];
    for (const order of [secrets, secrets.toReversed(), [...secrets.slice(2), ...secrets.slice(0, 2)]]) {
      const { store } = storeWithMasks();
      for (const secret of order) {
        store.protect(secret);
      }
      for (const secret of secrets) {
        expect(store.redact(`a ${secret} b ${secret}`)).toBe('a *** b ***');
      }
    }
  });

  it('knows a secret the moment it is protected, also after it has redacted before', () => {
    const { store } = storeWithMasks();
    expect(store.redact('token-of-a-later-time')).toBe('token-of-a-later-time');
    store.protect('token-of-a-later-time');
    expect(store.redact('token-of-a-later-time')).toBe('***');
  });

  it('takes a secret as text, never as a pattern', () => {
    const { store } = storeWithMasks();
    store.protect('a.*b$&(c[d');
    expect(store.redact('x a.*b$&(c[d y axxb')).toBe('x *** y axxb');
  });

  it('leaves nothing of a secret that a server echoes', () => {
    const random = seededRandom(11);
    for (let index = 0; index < runs(300); index += 1) {
      const secret = providerSecret(random);
      const { store } = storeWithMasks();
      const key = Buffer.from(`union.example.com:0oa1ci:${secret}:`).toString('base64');
      store.protectClientSecret(secret, { key, clientId: '0oa1ci' });
      const basic = Buffer.from(`0oa1ci:${encodeURIComponent(secret)}`).toString('base64');
      const echo = `bad secret ${secret} in ${key}, header Basic ${basic}, ${encodeURIComponent(secret)}`;
      expect(findLeak(secret, store.redact(echo))).toBeUndefined();
    }
  });
});

describe('over-masking', () => {
  /** Lines of an ordinary job: words, paths, versions, hashes, JSON. */
  function ordinaryLines(): string[] {
    const root = new URL('../../', import.meta.url);
    const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
    const folder = new URL('node_modules/typescript/lib/', root);
    const paths = existsSync(folder) ? readdirSync(folder).map((name) => `node_modules/typescript/lib/${name}`) : [];
    const words = `${read('action.yml')} ${read('test/recordings/README.md')}`.split(/[^A-Za-z0-9_.\-/]+/);
    const json = read('package-lock.json').split('\n').slice(0, 400);
    return [...new Set([...words, ...paths, ...json].map((line) => line.trim()))].filter((line) => line.length > 2);
  }

  it('leaves 500 ordinary words, paths and lines of JSON as they are', () => {
    const lines = ordinaryLines();
    expect(lines.length).toBeGreaterThanOrEqual(500);
    const random = seededRandom(12);
    for (let index = 0; index < runs(150); index += 1) {
      const clientSecret = providerSecret(random);
      const context = { domain: 'union.example.com', clientId: '0oa1ci', org: '' };
      const { key } = encodeApiKey({ ...context, clientSecret });
      if (key !== undefined) {
        const masker = runnerWith(masksOf(clientSecret, context));
        expect(lines.filter((line) => masker.mask(line) !== line)).toEqual([]);
      }
    }
  });

  it('leaves domain, client id and org as they are', () => {
    const random = seededRandom(13);
    const context = { domain: 'union.example.com', clientId: '9c1f6a5e-7d2b-4c83-a0e4-5b3f8d6e2a17', org: 'acme' };
    for (let index = 0; index < runs(300); index += 1) {
      const masker = runnerWith(masksOf(providerSecret(random, 12), context));
      const line = `client ${context.clientId} at ${context.domain} of ${context.org}`;
      expect(masker.mask(line)).toBe(line);
    }
  });
});
