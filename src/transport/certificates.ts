import { X509Certificate } from 'node:crypto';
import { getCACertificates, rootCertificates } from 'node:tls';

const BLOCK = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]*?(?:-----END \1-----|$)/g;

/**
 * The certificates of a PEM text (RFC 7468 section 5), written anew and without anything that stood between them.
 * @returns undefined where there is none, or one that can't be read.
 */
export function readCertificates(text: string): string | undefined {
  try {
    const certificates = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block).toString());
    return certificates.length === 0 ? undefined : certificates.join('');
  } catch {
    return undefined;
  }
}

/** What this runner trusts, as PEM texts: the public authorities, and those of NODE_EXTRA_CA_CERTS. */
export function trustedAuthorities(): readonly string[] {
  // Node 22.12 has only its own.
  return typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
}
