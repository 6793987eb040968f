import { encodeApiKey } from '../../api-key/encode.ts';
import type { KeyFields } from '../../api-key/fields.ts';
import type { KeyFindingCode } from '../../api-key/findings.ts';
import type { Finding } from '../../findings/finding.ts';
import { type RenderFindingCode, renderFinding } from './render-findings.ts';

export interface EagerKey {
  /**
   * One line without an end: whoever writes it to a file must not add one, since a line break behind the key is an
   * error to the pod. Undefined where a field breaks a rule.
   */
  readonly key: string | undefined;
  readonly findings: readonly Finding<KeyFindingCode | RenderFindingCode>[];
}

/**
 * Builds the key of the pods of tasks (EAGER_API_KEY). Its reader is the strictest of all: standard base64 and nothing
 * around it, exactly four fields, and the last one taken as it stands, where other clients read `None` as nothing.
 * Source: flyteorg/flyte-sdk rs_controller/src/auth/config.rs.
 */
export function encodeEagerKey(fields: KeyFields): EagerKey {
  const { key, findings } = encodeApiKey(fields);
  return /^none$/i.test(fields.org)
    ? {
        key: undefined,
        findings: [...findings, renderFinding('deployment/eager-org-none', `The org is ${fields.org}.`)],
      }
    : { key, findings };
}
