import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import { type Json, type JsonObject, member, stringMember } from '../../transport/json.ts';
import { goBase64Url, withoutPadding } from './go-json.ts';

/*
 * The certificates that a key or a header can carry (RFC 7517 sections 4.6 to 4.9), as go-jose v3.0.5 reads them
 * (jwk.go, UnmarshalJSON).
 */

const SHA1_BYTES = 20;
const SHA256_BYTES = 32;

/** The certificates of a key or of a header (RFC 7517 section 4.7), or why they can not be read. */
export function readCertificates(object: JsonObject): X509Certificate[] | string {
  const chain = member(object, 'x5c') ?? [];
  if (!Array.isArray(chain)) {
    return 'its x5c is not a list';
  }
  const certificates = chain.map(readCertificate);
  return certificates.every((certificate) => certificate !== undefined)
    ? certificates
    : 'its x5c holds something that is not a certificate';
}

function readCertificate(entry: Json): X509Certificate | undefined {
  if (typeof entry !== 'string') {
    return undefined;
  }
  const text = entry.replace(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    return undefined;
  }
  const bytes = Buffer.from(text, 'base64');
  try {
    const certificate = new X509Certificate(bytes);
    return certificate.raw.length === bytes.length ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the certificates and their thumbprints are those of the key (RFC 7517 sections 4.7 to 4.9). */
export function checkCertificates(object: JsonObject, material: JWK, [leaf]: X509Certificate[]): string | undefined {
  if (leaf !== undefined && material.kty === 'oct') {
    return 'a secret key has a certificate';
  }
  if (leaf !== undefined && !isKeyOf(leaf, material)) {
    return 'its certificate is that of another key';
  }
  for (const [name, size, fingerprint] of [
    ['x5t', SHA1_BYTES, leaf?.fingerprint],
    ['x5t#S256', SHA256_BYTES, leaf?.fingerprint256],
  ] as const) {
    const thumbprint = thumbprintOf(stringMember(object, name) ?? '', size);
    if (thumbprint === undefined) {
      return `its ${name} is not a thumbprint`;
    }
    const expected = fingerprint?.replaceAll(':', '').toLowerCase();
    if (thumbprint !== '' && expected !== undefined && thumbprint !== expected) {
      return `its ${name} is that of another certificate`;
    }
  }
  return undefined;
}

/** A certificate with any other type of key is read by crypto/x509 without its key, and nothing is compared then. */
const KEY_TYPES_OF_GO: readonly unknown[] = ['rsa', 'ec', 'ed25519', 'dsa'];

function isKeyOf(certificate: X509Certificate, material: JWK): boolean {
  const own = publicKeyOf(certificate);
  return (
    own === undefined ||
    !KEY_TYPES_OF_GO.includes(own.asymmetricKeyType) ||
    own.equals(createPublicKey({ key: { ...material }, format: 'jwk' }))
  );
}

/** Undefined where even OpenSSL does not know its type. */
function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

/** In hex; some encode the digest itself, some its hex form. Empty where there is none, undefined where it is neither. */
function thumbprintOf(text: string, size: number): string | undefined {
  const bytes = goBase64Url(withoutPadding(text));
  if (bytes === undefined) {
    return undefined;
  }
  const hex = bytes.length === 2 * size ? bytes.toString('latin1').toLowerCase() : bytes.toString('hex');
  return hex === '' || (hex.length === 2 * size && /^[0-9a-f]+$/.test(hex)) ? hex : undefined;
}
