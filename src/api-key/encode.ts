import type { Finding } from '../findings/finding.ts';
import { isError } from '../findings/finding.ts';
import { checkFields, type KeyFields } from './fields.ts';
import type { KeyFindingCode } from './findings.ts';

export interface Encoded {
  /** The key, or undefined where a field breaks a rule: there is no half-built key. */
  readonly key: string | undefined;
  readonly findings: readonly Finding<KeyFindingCode>[];
}

/**
 * Builds a key that the strictest of the real decoders accepts and all of them read alike: base64 in the standard
 * alphabet (RFC 4648 section 4), padded, on one line, of UTF-8 text with exactly three colons.
 */
export function encodeApiKey(fields: KeyFields): Encoded {
  const findings = checkFields(fields);
  return { key: findings.some(isError) ? undefined : encodeUnchecked(fields), findings };
}

/** The encoding alone, for deriving masks before any rule has been judged. */
export function encodeUnchecked({ domain, clientId, clientSecret, org }: KeyFields): string {
  return Buffer.from(`${domain}:${clientId}:${clientSecret}:${org}`).toString('base64');
}
