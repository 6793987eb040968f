import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSignedToken } from '../../../src/control-plane/verdict/access-token.ts';
import { readKeySet, type SetKey } from '../../../src/control-plane/verdict/key-set.ts';
import { verifySignature } from '../../../src/control-plane/verdict/signature.ts';

/*
 * Which signatures the control plane takes, by go-jose v3.0.5: verifyPayload of asymmetric.go and symmetric.go,
 * DetachedVerify of signing.go. What it knows and what it does not is told there by a switch over whole names.
 */

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');
const SECRET = Buffer.from('a secret of the set');

const RSA = publicHalf(rsa);
const SHORT_RSA = publicHalf(shortRsa);
const P256 = publicHalf(p256);
const P521 = publicHalf(p521);
const ED25519 = publicHalf(ed25519);
const OCT = { kty: 'oct', k: SECRET.toString('base64url') };

function publicHalf({ publicKey }: { publicKey: KeyObject }): JsonWebKey {
  return publicKey.export({ format: 'jwk' });
}

type Signer = (input: Buffer) => Buffer;

const mac =
  (hash: string, secret = SECRET): Signer =>
  (input) =>
    createHmac(hash, secret).update(input).digest();
const rs =
  (hash: string, { privateKey } = rsa): Signer =>
  (input) =>
    signBytes(hash, input, privateKey);
const ps =
  (hash: string, saltLength: number, { privateKey } = rsa): Signer =>
  (input) =>
    signBytes(hash, input, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
const es =
  (hash: string, { privateKey } = p256): Signer =>
  (input) =>
    signBytes(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
const ed: Signer = (input) => signBytes(null, input, ed25519.privateKey);

/** Both halves of an ECDSA signature in another length, as somebody writes them who goes by the algorithm. */
const inHalves =
  (size: number, signer: Signer): Signer =>
  (input) => {
    const signature = signer(input);
    const half = signature.length / 2;
    return Buffer.concat(
      [signature.subarray(0, half), signature.subarray(half)].map((number) =>
        Buffer.concat([Buffer.alloc(Math.max(0, size - half)), number.subarray(Math.max(0, half - size))]),
      ),
    );
  };

/** A signature that fits: one of 256 begins with a zero byte. */
const untilSignature =
  (fits: (signature: Buffer) => boolean, signer: Signer): Signer =>
  (input) => {
    for (;;) {
      const signature = signer(input);
      if (fits(signature)) {
        return signature;
      }
    }
  };

const changed =
  (change: (signature: Buffer) => Buffer, signer: Signer): Signer =>
  (input) =>
    change(signer(input));

const PAYLOAD = Buffer.from('{"sub":"ci"}');

function tokenOf(header: object, signer: Signer, signed: 'encoded' | 'raw' = 'encoded'): string {
  const encodedHeader = Buffer.from(JSON.stringify(header)).toString('base64url');
  const encodedPayload = PAYLOAD.toString('base64url');
  const input = Buffer.concat([
    Buffer.from(`${encodedHeader}.`),
    signed === 'raw' ? PAYLOAD : Buffer.from(encodedPayload),
  ]);
  return `${encodedHeader}.${encodedPayload}.${signer(input).toString('base64url')}`;
}

/** The kid of the key that made it, or why none did. */
async function verify(token: string, keys: readonly object[], shortestRsaBits = 0): Promise<string> {
  const signed = readSignedToken(token);
  const set = readKeySet(Buffer.from(JSON.stringify({ keys })));
  if ('kind' in signed || 'unreadable' in set) {
    throw new TypeError('The token or the key set can not be read.');
  }
  const result = await verifySignature(signed, set.keys, shortestRsaBits);
  return typeof result === 'string' ? result : `by ${result.signedBy.keyId}`;
}

async function verifyWith(jwk: object, algorithm: string, signer: Signer): Promise<string> {
  return await verify(tokenOf({ alg: algorithm }, signer), [{ ...jwk, kid: 'k1' }]);
}

describe('the name of the algorithm', () => {
  const algorithms: [name: string, key: JsonWebKey, signer: Signer][] = [
    ['RS256', RSA, rs('sha256')],
    ['RS384', RSA, rs('sha384')],
    ['RS512', RSA, rs('sha512')],
    ['PS256', RSA, ps('sha256', 32)],
    ['PS384', RSA, ps('sha384', 48)],
    ['PS512', RSA, ps('sha512', 64)],
    ['ES256', P256, es('sha256')],
    ['ES512', P521, es('sha512', p521)],
    ['HS256', OCT, mac('sha256')],
    ['HS384', OCT, mac('sha384')],
    ['HS512', OCT, mac('sha512')],
    ['EdDSA', ED25519, ed],
  ];

  it.each(algorithms)('%s, and nothing before or behind it', async (name, key, signer) => {
    expect(await verifyWith(key, name, signer)).toBe('by k1');
    for (const other of [`x${name}`, `${name}0`, ` ${name}`, `${name}\n`, name.toLowerCase(), '']) {
      expect(await verifyWith(key, other, signer), JSON.stringify(other)).toBe('invalid');
    }
  });

  it.each(algorithms)('%s is for keys of its type alone', async (name, key, signer) => {
    for (const other of [RSA, P256, ED25519, OCT].filter(({ kty }) => kty !== key.kty)) {
      expect(await verifyWith(other, name, signer)).toBe('invalid');
    }
  });
});

describe('a MAC', () => {
  const empty = Buffer.alloc(0);

  it.each<[string, k: Buffer, signer: Signer, expected: string]>([
    ['by the secret', SECRET, mac('sha256'), 'by k1'],
    ['by a short secret', Buffer.from('s'), mac('sha256', Buffer.from('s')), 'by k1'],
    ['by an empty secret', empty, mac('sha256', empty), 'by k1'],
    ['by an empty secret, where there is one', SECRET, mac('sha256', empty), 'invalid'],
    ['of another hash', SECRET, mac('sha512'), 'invalid'],
    ['cut', SECRET, changed((whole) => whole.subarray(0, 16), mac('sha256')), 'invalid'],
    [
      'with a byte behind it',
      SECRET,
      changed((whole) => Buffer.concat([whole, Buffer.alloc(1)]), mac('sha256')),
      'invalid',
    ],
    ['of no length', SECRET, () => empty, 'invalid'],
    ['of its length', SECRET, () => Buffer.alloc(32), 'invalid'],
  ])('%s', async (_name, secret, signer, expected) => {
    expect(await verifyWith({ kty: 'oct', k: secret.toString('base64url') }, 'HS256', signer)).toBe(expected);
  });
});

describe('an RSA key', () => {
  it.each<[string, key: JsonWebKey, algorithm: string, signer: Signer, expected: string]>([
    ['with no salt', RSA, 'PS256', ps('sha256', 0), 'by k1'],
    ['with an odd salt', RSA, 'PS256', ps('sha256', 7), 'by k1'],
    ['of few bits', SHORT_RSA, 'RS256', rs('sha256', shortRsa), 'by k1'],
    ['of few bits, with a salt', SHORT_RSA, 'PS256', ps('sha256', 32, shortRsa), 'by k1'],
    ['of few bits, with an odd salt', SHORT_RSA, 'PS256', ps('sha256', 5, shortRsa), 'by k1'],
    ['of few bits, with the other padding', SHORT_RSA, 'PS256', rs('sha256', shortRsa), 'invalid'],
    ['of few bits, with the other padding', SHORT_RSA, 'RS256', ps('sha256', 32, shortRsa), 'invalid'],
    ['of few bits, of another hash', SHORT_RSA, 'RS256', rs('sha512', shortRsa), 'invalid'],
  ])('%s', async (_name, key, algorithm, signer, expected) => {
    expect(await verifyWith(key, algorithm, signer)).toBe(expected);
  });

  it.each([
    [0, 'by k1'],
    [1024, 'by k1'],
    [1025, 'invalid'],
  ])('of 1024 bits, where the control plane asks for %i', async (shortest, expected) => {
    const token = tokenOf({ alg: 'RS256' }, rs('sha256', shortRsa));
    expect(await verify(token, [{ ...SHORT_RSA, kid: 'k1' }], shortest)).toBe(expected);
  });
});

describe('an ECDSA signature is two numbers of the length that the algorithm says', () => {
  // A key that was computed from a token and from the numbers 10 and 7, so that they are its signature: numbers of this
  // curve are never so short by chance.
  const P384_OF_SHORT_NUMBERS = {
    kty: 'EC',
    crv: 'P-384',
    x: 'dqRHn_gnkJugEGjKoIuoa1643XrhPbDQahz7Ut2x1U__VkYNVMKp-liJhnyEwMDv',
    y: 'JAZ-R5YG_YhRuznK2CmZtq8cbDuYnUHJEokU23fDEPmUOcOTcd3jXXRJWVU3F-jr',
  };
  const shortNumbers = Buffer.concat([Buffer.alloc(31), Buffer.of(10), Buffer.alloc(31), Buffer.of(7)]);
  const zeros = (count: number): Buffer => Buffer.alloc(count);
  const short = untilSignature((signature) => signature[0] === 0 && signature[32] !== 0, es('sha256'));
  const shortSecond = untilSignature((signature) => signature[32] === 0, es('sha256'));

  it.each<[string, key: JsonWebKey, algorithm: string, signer: Signer, expected: string]>([
    ['as it is', P256, 'ES256', es('sha256'), 'by k1'],
    ['the first begins with a zero byte', P256, 'ES256', short, 'by k1'],
    ['the second begins with a zero byte', P256, 'ES256', shortSecond, 'by k1'],
    [
      'the zero byte before the first is left out',
      P256,
      'ES256',
      changed((signature) => signature.subarray(1), short),
      'invalid',
    ],
    [
      'the zero byte before the second is left out',
      P256,
      'ES256',
      changed((signature) => Buffer.concat([signature.subarray(0, 32), signature.subarray(33)]), shortSecond),
      'invalid',
    ],
    [
      'a zero byte more before the first',
      P256,
      'ES256',
      changed((signature) => Buffer.concat([zeros(1), signature]), es('sha256')),
      'invalid',
    ],
    [
      'a zero byte more before the second',
      P256,
      'ES256',
      changed(
        (signature) => Buffer.concat([signature.subarray(0, 32), zeros(1), signature.subarray(32)]),
        es('sha256'),
      ),
      'invalid',
    ],
    ['none', P256, 'ES256', () => zeros(0), 'invalid'],
    ['zeros', P256, 'ES256', () => zeros(64), 'invalid'],
    ['of a smaller curve', P256, 'ES384', inHalves(48, es('sha384')), 'by k1'],
    [
      'of a smaller curve, the first short there too',
      P256,
      'ES384',
      inHalves(
        48,
        untilSignature((signature) => signature[0] === 0, es('sha384')),
      ),
      'by k1',
    ],
    ['of a smaller curve, in its own length', P256, 'ES384', es('sha384'), 'invalid'],
    ['of a smaller curve, zeros', P256, 'ES384', () => zeros(96), 'invalid'],
    [
      'of a smaller curve, the first too large for it',
      P256,
      'ES384',
      changed((signature) => Buffer.concat([Buffer.of(1), signature.subarray(1)]), inHalves(48, es('sha384'))),
      'invalid',
    ],
    [
      'of a smaller curve, the second too large for it',
      P256,
      'ES384',
      changed(
        (signature) => Buffer.concat([signature.subarray(0, 48), Buffer.of(1), signature.subarray(49)]),
        inHalves(48, es('sha384')),
      ),
      'invalid',
    ],
    ['of a smaller curve, both too large for it', P256, 'ES384', () => Buffer.alloc(96, 1), 'invalid'],
    ['of a larger curve, short enough', P384_OF_SHORT_NUMBERS, 'ES256', () => shortNumbers, 'by k1'],
    ['of a larger curve, other numbers', P384_OF_SHORT_NUMBERS, 'ES256', () => Buffer.alloc(64, 7), 'invalid'],
    ['of a larger curve, cut', P521, 'ES256', inHalves(32, es('sha256', p521)), 'invalid'],
    ['of a larger curve, in its own length', P521, 'ES256', es('sha256', p521), 'invalid'],
  ])('%s', async (_name, key, algorithm, signer, expected) => {
    expect(await verifyWith(key, algorithm, signer)).toBe(expected);
  });
});

describe('a payload that is not encoded (RFC 7797)', () => {
  it.each<[algorithm: string, key: JsonWebKey, signer: Signer]>([
    ['RS256', RSA, rs('sha256')],
    ['PS256', RSA, ps('sha256', 32)],
    ['ES256', P256, es('sha256')],
    ['HS256', OCT, mac('sha256')],
    ['EdDSA', ED25519, ed],
  ])('%s: it is signed as it is', async (algorithm, key, signer) => {
    const header = { alg: algorithm, b64: false, crit: ['b64'] };
    const keys = [{ ...key, kid: 'k1' }];
    expect(await verify(tokenOf(header, signer, 'raw'), keys)).toBe('by k1');
    expect(await verify(tokenOf({ alg: algorithm, b64: false }, signer, 'raw'), keys)).toBe('by k1');
    expect(await verify(tokenOf(header, signer), keys)).toBe('invalid');
    expect(await verify(tokenOf({ ...header, b64: true }, signer, 'raw'), keys)).toBe('invalid');
  });

  it('any other critical parameter is not known', async () => {
    const keys = [{ ...RSA, kid: 'k1' }];
    expect(await verify(tokenOf({ alg: 'RS256', crit: ['b64'] }, rs('sha256')), keys)).toBe('by k1');
    expect(await verify(tokenOf({ alg: 'RS256', crit: ['b64', 'exp'], exp: 1 }, rs('sha256')), keys)).toBe('invalid');
  });
});

describe('several keys', () => {
  const keys = [
    { ...P256, kid: 'k1' },
    { ...SHORT_RSA, kid: 'k2' },
    { ...RSA, kid: 'k3' },
    { ...RSA, kid: 'k4' },
  ];

  it.each<[string, header: object, expected: string]>([
    ['the token names the one that made it', { kid: 'k4' }, 'by k4'],
    ['the token names none: the first that fits', {}, 'by k3'],
    ['the token names another', { kid: 'k2' }, 'invalid'],
    ['the token names one that is not there', { kid: 'k5' }, 'no-matching-key'],
  ])('%s', async (_name, header, expected) => {
    expect(await verify(tokenOf({ alg: 'RS256', ...header }, rs('sha256')), keys)).toBe(expected);
  });

  it('a private key checks nothing', async () => {
    const privateHalf = { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'k1' };
    expect(await verify(tokenOf({ alg: 'RS256' }, rs('sha256')), [privateHalf])).toBe('invalid');
  });

  it('one that can not be made a key of made no signature, and the next is looked at', async () => {
    const token = readSignedToken(tokenOf({ alg: 'ES256' }, es('sha256')));
    const keyOf = (keyId: string, material: JsonWebKey): SetKey => ({
      keyId,
      type: 'EC',
      material: material as SetKey['material'],
      use: '',
      algorithm: '',
      isPrivate: false,
      isUsable: true,
      checksSignatures: true,
      modulusBits: undefined,
    });
    const offCurve = keyOf('off the curve', { ...P256, y: P256.x as string });
    if ('kind' in token) {
      throw new TypeError('The token can not be read.');
    }
    expect(await verifySignature(token, [offCurve], 0)).toBe('invalid');
    const good = keyOf('good', P256);
    expect(await verifySignature(token, [offCurve, good], 0)).toEqual({ signedBy: good });
  });
});

// crypto/rsa, checkPub: ErrPublicExponentSmall below 2, ErrPublicExponentLarge above 2^31 - 1.
describe('the exponent of an RSA key', () => {
  /** With the exponent 1 the signature is the padded hash itself (RFC 8017 section 9.2). */
  const forged: Signer = (input) => {
    const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');
    const hash = createHash('sha256').update(input).digest();
    const padding = Buffer.alloc(256 - 3 - digestInfo.length - hash.length, 0xff);
    return Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), digestInfo, hash]);
  };

  it('of 1 lets nobody in, though everybody can make a signature by it', async () => {
    expect(await verifyWith({ ...RSA, e: 'AQ' }, 'RS256', forged)).toBe('invalid');
  });

  it.each([
    [3, 'by k1'],
    [2 ** 31 - 1, 'by k1'],
    [2 ** 31 + 11, 'invalid'],
  ])('of %i', async (publicExponent, expected) => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent });
    expect(await verifyWith(publicHalf(pair), 'RS256', rs('sha256', pair))).toBe(expected);
  });
});
