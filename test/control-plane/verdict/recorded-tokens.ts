import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the control plane's own libraries made of a token: test/recordings/README.md tells how it was recorded. */
interface Recorded {
  readonly decision: 'accept' | 'refuse' | 'panic';
  readonly stage?: string;
  readonly error?: string;
  readonly serverError?: string;
  readonly subject?: string;
  readonly identityType?: string;
}

/** A token, what it was judged by, and each profile's verdict. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly token: string;
  readonly keySet: string;
  readonly keySetStatus?: number;
  readonly allowedAudience: readonly string[];
  readonly subjectClaims?: readonly string[];
  readonly appClaims?: Readonly<Record<string, readonly string[]>>;
  readonly flyte1: Recorded;
  readonly union: Recorded;
  readonly 'flyte1-self'?: Recorded;
}

export const recordings = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../recordings/token-verdicts.json'), 'utf8'),
) as {
  readonly at: string;
  readonly publicUrl: string;
  readonly vectors: readonly Vector[];
};

/** Our rules by the stage at which the recorded libraries refuse. */
export const RULES_OF_STAGE: Readonly<Record<string, RegExp>> = {
  token: /^form$/,
  signature: /^(form|key-set|signature)$/,
  parse: /^(claims|form)$/,
  time: /^time$/,
  audience: /^audience$/,
  claims: /^type-of-/,
  scope: /^scope$/,
};
