import { X509Certificate } from 'node:crypto';

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
