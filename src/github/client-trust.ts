import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Finding, findingsOf } from '../findings/finding.ts';
import { readCertificates, trustedAuthorities } from '../transport/certificates.ts';

export const TRUST_FINDINGS = {
  'runner/certificates-not-exported': {
    title: 'The clients will not trust what ca-certificates names',
    cause: 'SSL_CERT_FILE is set already and lacks these certificates, or no file could be written in RUNNER_TEMP.',
    fix: 'Add the certificates to the file that SSL_CERT_FILE names, or do not set it, so that this action can.',
    severity: 'warning',
  },
} as const;

const trustFinding = findingsOf(TRUST_FINDINGS);

const FILE_PREFIX = 'union-auth-certificates-';

export interface ClientTrust {
  /** SSL_CERT_FILE where later steps need it, else nothing. */
  readonly variables: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  /** The file that was written, to be removed at the end of the job. */
  readonly file?: string;
}

/**
 * Lets the clients of later steps trust a private authority. SSL_CERT_FILE replaces their trust store, so what this
 * step trusts itself must be in the file too. A file that the user set is left alone; one that an earlier step of this
 * action wrote is used again, or added to.
 * @param authorities certificates in PEM as `readCertificates` writes them, or empty.
 */
export function prepareClientTrust(authorities: string, environment: NodeJS.ProcessEnv): ClientTrust {
  if (authorities === '') {
    return { variables: {}, findings: [] };
  }
  const present = environment['SSL_CERT_FILE'] ?? '';
  const trusted = present === '' ? '' : (readCertificates(textOf(present)) ?? '');
  if (authorities.split(/(?<=-----END CERTIFICATE-----\n)/).every((certificate) => trusted.includes(certificate))) {
    return { variables: { SSL_CERT_FILE: present }, findings: [] };
  }
  if (present !== '' && !isOwnTrustFile(present)) {
    return notExported('SSL_CERT_FILE names a file that lacks them.');
  }
  const path = join(environment['RUNNER_TEMP'] ?? '', `${FILE_PREFIX}${randomBytes(8).toString('hex')}.pem`);
  try {
    writeFileSync(path, `${trusted === '' ? ownAuthorities() : trusted}${authorities}`, {
      mode: 0o644,
      flag: 'wx',
    });
  } catch {
    return notExported('RUNNER_TEMP names no folder that can be written.');
  }
  return { variables: { SSL_CERT_FILE: path }, findings: [], file: path };
}

/** Whether a step of this action wrote the file: it is gone when the job ends. */
export function isOwnTrustFile(path: string): boolean {
  return basename(path).startsWith(FILE_PREFIX);
}

function notExported(detail: string): ClientTrust {
  return { variables: {}, findings: [trustFinding('runner/certificates-not-exported', detail)] };
}

/** What this step trusts by itself. */
function ownAuthorities(): string {
  return trustedAuthorities()
    .map((pem) => `${pem.trim()}\n`)
    .join('');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
