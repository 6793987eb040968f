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

/**
 * What this runner trusts, as PEM texts. Where nothing is added to the authorities that Node brings they are at hand;
 * else each has to be written anew, for 5 ms of CPU (nodejs/node doc/api/cli.md: NODE_EXTRA_CA_CERTS,
 * NODE_USE_SYSTEM_CA, --use-system-ca, --use-openssl-ca).
 */
export function trustedAuthorities(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  const isAddedTo =
    ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'NODE_OPTIONS'].some(isSet) ||
    process.execArgv.some((option) => /-ca\b/.test(option));
  // Node 22.12 has only its own.
  return isAddedTo && typeof getCACertificates === 'function' ? getCACertificates('default') : rootCertificates;
}
