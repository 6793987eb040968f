import { createPublicKey, X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import { type JsonObject, member, stringMember } from '../../transport/json.ts';
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
  try {
    return chain.map((entry) => readCertificate(Buffer.from(strictBase64(entry), 'base64')));
  } catch {
    return 'its x5c holds something that is not a certificate';
  }
}

function readCertificate(bytes: Buffer): X509Certificate {
  const certificate = new X509Certificate(bytes);
  if (certificate.raw.length !== bytes.length) {
    throw new TypeError('something follows the certificate');
  }
  return certificate;
}

function strictBase64(entry: unknown): string {
  const text = typeof entry === 'string' ? entry.replace(/[\r\n]+/g, '') : '';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new TypeError('no base64');
  }
  return text;
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

function isKeyOf(certificate: X509Certificate, material: JWK): boolean {
  const own = certificate.publicKey.export({ format: 'jwk' });
  const canonical = createPublicKey({ key: { ...material }, format: 'jwk' }).export({ format: 'jwk' });
  return (['kty', 'n', 'e', 'crv', 'x', 'y'] as const).every((name) => own[name] === canonical[name]);
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
