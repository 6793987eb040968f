import { constants, createHmac, createPublicKey, type JsonWebKey, timingSafeEqual, verify } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import type { SignedToken } from './access-token.ts';
import { COORDINATE_BYTES, type SetKey } from './key-set.ts';

export type SignatureResult = { readonly signedBy: SetKey } | 'no-matching-key' | 'invalid';

/**
 * The key of the set that made the signature. As go-oidc does for the control plane, a token that names its key is
 * held against the keys of that name, one that names none against every key; the key alone decides which algorithms
 * fit, whatever its `use` and `alg` say.
 * Source: coreos/go-oidc v3.6.0 oidc/jwks.go, RemoteKeySet.verify; go-jose/go-jose v3.0.5 signing.go, DetachedVerify.
 * @param shortestRsaBits of the release of Go that the control plane is built with; 0 where it takes any.
 */
export async function verifySignature(
  token: SignedToken,
  keys: readonly SetKey[],
  shortestRsaBits: number,
): Promise<SignatureResult> {
  const candidates = keys.filter(({ keyId }) => token.keyId === '' || keyId === token.keyId);
  // The one critical parameter that it knows (RFC 7797).
  if (token.critical.every((name) => name === 'b64')) {
    for (const key of candidates) {
      const isLongEnough = key.modulusBits === undefined || key.modulusBits >= shortestRsaBits;
      if (!key.isPrivate && key.checksSignatures && isLongEnough && (await isSignedBy(key, token))) {
        return { signedBy: key };
      }
    }
  }
  return candidates.length === 0 ? 'no-matching-key' : 'invalid';
}

/** Which algorithms a key can check, by its type alone, and the number that names their hash. */
const ALGORITHMS: Readonly<Record<SetKey['type'], RegExp>> = {
  RSA: /^[RP]S(256|384|512)$/,
  EC: /^ES(256|384|512)$/,
  // jose also knows the younger name Ed25519 (RFC 9864).
  OKP: /^EdDSA$/,
  oct: /^HS(256|384|512)$/,
};

async function isSignedBy(key: SetKey, token: SignedToken): Promise<boolean> {
  const algorithm = ALGORITHMS[key.type].exec(token.algorithm);
  if (algorithm === null) {
    return false;
  }
  if (token.rawPayload === undefined) {
    try {
      await compactVerify(token.canonical, await importJWK(key.material, token.algorithm));
      return true;
    } catch {
      // jose is stricter than go-jose: what it refuses is looked at once more.
    }
  }
  try {
    return isSignedLeniently(key, token, `sha${algorithm[1]}`);
  } catch {
    return false;
  }
}

/** Bytes of one half of an ECDSA signature, by the hash of the algorithm (RFC 7518 section 3.4). */
const HALF_BYTES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 66 };

/**
 * What go-jose takes and jose does not: short RSA keys, a salt of any length, a curve that is not that of the
 * algorithm, secrets of any length, a payload that is not encoded.
 * Source: go-jose/go-jose v3.0.5 asymmetric.go and symmetric.go, verifyPayload.
 * @param hash of the algorithm, which is one that the key can check.
 */
function isSignedLeniently({ type, material }: SetKey, token: SignedToken, hash: string): boolean {
  const [header = '', payload = '', encodedSignature = ''] = token.canonical.split('.');
  const input = Buffer.concat([Buffer.from(`${header}.`), token.rawPayload ?? Buffer.from(payload)]);
  const signature = Buffer.from(encodedSignature, 'base64url');
  if (type === 'oct') {
    const secret = Buffer.from(material.k ?? '', 'base64url');
    const expected = createHmac(hash, secret).update(input).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  }
  const key = createPublicKey({ key: { ...material } as JsonWebKey, format: 'jwk' });
  switch (type) {
    case 'RSA': {
      const padding = token.algorithm.startsWith('PS')
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
        : { padding: constants.RSA_PKCS1_PADDING };
      return verify(hash, input, { key, ...padding }, signature);
    }
    case 'EC': {
      const half = HALF_BYTES[hash] ?? 0;
      const size = COORDINATE_BYTES[material.crv ?? ''] ?? 0;
      const halves = [signature.subarray(0, half), signature.subarray(half)].map((part) => resized(part, size));
      // A half that does not fit makes the whole longer than that of this curve, and Node refuses any other length.
      return (
        signature.length === 2 * half && verify(hash, input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(halves))
      );
    }
    case 'OKP':
      return verify(null, input, key, signature);
  }
}

/** The same number in another length; a longer one where it does not fit. */
function resized(number: Buffer, size: number): Buffer {
  const significant = number.subarray(number.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.alloc(Math.max(0, size - significant.length)), significant]);
}
