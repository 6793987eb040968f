import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import { isJsonObject, type JsonObject, member, stringMember } from '../transport/json.ts';
import type { ReadableToken } from './access-token.ts';

export type SignatureResult = 'valid' | 'no-matching-key' | 'invalid' | 'weak-key';

/** jose refuses RSA keys with fewer (RFC 7518 section 3.3); go-jose, and so the control plane, takes them. */
const SHORTEST_RSA_MODULUS_BYTES = 256;

/** The keys of a key set document (RFC 7517 section 5), or undefined where it is no such document. */
export function keysOf(document: JsonObject): JsonObject[] | undefined {
  const keys = member(document, 'keys');
  return Array.isArray(keys) ? keys.filter(isJsonObject) : undefined;
}

/**
 * Whether one of the keys made the signature. As go-oidc does for the control plane, a token that names its key is
 * held against that key, one that names none against every key (coreos/go-oidc v3.6.0 oidc/jwks.go,
 * RemoteKeySet.verify). Symmetric keys are left out: a published key set proves nothing with them.
 */
export async function verifySignature(
  token: string,
  { header }: ReadableToken,
  keys: readonly JsonObject[],
): Promise<SignatureResult> {
  // go-jose v3 knows no critical header, and refuses a token that has one (RFC 7515 section 4.1.11).
  if (member(header, 'crit') !== undefined) {
    return 'invalid';
  }
  const keyId = stringMember(header, 'kid');
  const algorithm = stringMember(header, 'alg') ?? '';
  const candidates = keys.filter(
    (key) => stringMember(key, 'kty') !== 'oct' && (keyId === undefined || stringMember(key, 'kid') === keyId),
  );
  for (const key of candidates) {
    try {
      await compactVerify(token, await importJWK(key as JWK, algorithm));
      return 'valid';
    } catch {
      // The next key may fit.
    }
  }
  if (candidates.some((key) => isWeak(key) && verifyWithWeakKey(token, key, algorithm))) {
    return 'weak-key';
  }
  return candidates.length === 0 ? 'no-matching-key' : 'invalid';
}

/** RSASSA-PKCS1-v1_5 alone (RFC 7518 section 3.3): nobody pairs a key of that age with a younger algorithm. */
function verifyWithWeakKey(token: string, key: JsonObject, algorithm: string): boolean {
  const bits = /^RS(256|384|512)$/.exec(algorithm)?.[1];
  const end = token.lastIndexOf('.');
  try {
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    const signature = Buffer.from(token.slice(end + 1), 'base64url');
    return bits !== undefined && verify(`sha${bits}`, Buffer.from(token.slice(0, end)), publicKey, signature);
  } catch {
    return false;
  }
}

function isWeak(key: JsonObject): boolean {
  const modulus = stringMember(key, 'kty') === 'RSA' ? stringMember(key, 'n') : undefined;
  return modulus !== undefined && Buffer.from(modulus, 'base64url').length < SHORTEST_RSA_MODULUS_BYTES;
}
