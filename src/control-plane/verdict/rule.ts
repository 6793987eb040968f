import type { Finding, Severity } from '../../findings/finding.ts';
import type { JsonObject } from '../../transport/json.ts';

/** A setting of the control plane that can't be discovered: a rule that rests on a value nobody stated only warns. */
export interface Setting<Value> {
  readonly value: Value;
  readonly stated: boolean;
}

export interface ControlPlaneSettings {
  readonly allowedAudience: Setting<readonly string[]>;
  /** `subjectClaimNames`: the first that holds a text names the subject. */
  readonly subjectClaims: Setting<readonly string[]>;
  /** `identityTypeClaimsForApps`, as claim and value. */
  readonly appClaims: Setting<readonly (readonly [claim: string, value: string])[]>;
}

/** The best clock at hand for judging the times in a token. */
export interface Clock {
  /** Seconds since 1970. */
  readonly nowSeconds: number;
  /** False where the clocks at hand contradict each other: then times only give warnings. */
  readonly isSure: boolean;
  /** How much later it may be than it shows: a Date header drops the fraction of its second. */
  readonly grainSeconds: number;
}

export interface TokenContext {
  readonly claims: JsonObject;
  readonly settings: ControlPlaneSettings;
  readonly clock: Clock;
}

/** What one rule makes of a token. */
export interface Outcome {
  readonly finding: Finding;
  /** The server's error, where the rule refuses the token. */
  readonly serverError?: string;
  /** The rule rests on a setting that nobody stated, so its finding is a warning where it could be an error. */
  readonly assumed?: boolean;
}

/** One rule of the control plane. */
export interface Rule {
  readonly name: string;
  /** Repository, release and file. */
  readonly source: string;
  judge(context: TokenContext): Outcome[];
}

/** Where the rules on claims stand in the open source, and in the branch that Union's settings are known from. */
export const VERIFY_CLAIMS = 'flyteorg/flyte v1.16.8 flyteadmin/auth/authzserver/claims_verifier.go, verifyClaims';
export const UNION_CLAIMS = 'flyteorg/flyte branch mike/prefer-access-token, the same file';
/** A failed type assertion ends the call; gRPC's recovery makes an error without a text of it. */
export const PANIC = 'rpc error: code = Internal desc = ';

/** An error where the fault is certain, else a warning. */
export function severity(certain: boolean): { severity: Severity } {
  return { severity: certain ? 'error' : 'warning' };
}

/** Few enough to be read. */
const MOST_LISTED = 10;

/** The first of them, and how many more there are. */
export function shortened(items: readonly string[]): string {
  const more = items.length > MOST_LISTED ? ` and ${items.length - MOST_LISTED} more` : '';
  return `${items.slice(0, MOST_LISTED).join(', ')}${more}`;
}

/** As above, in quotes. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? 'nothing' : shortened(items.map((item) => `"${item}"`));
}
