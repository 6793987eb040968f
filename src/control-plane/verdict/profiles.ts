import type { Finding } from '../../findings/finding.ts';
import type { DiscoveryRoute } from '../discovery.ts';
import { planeFinding } from '../plane-findings.ts';
import { AUDIENCE_RULE } from './audience-rule.ts';
import { CLIENT_ID_RULE, EMAIL_RULE, SCP_TYPE_RULE, USER_INFO_RULE } from './claim-type-rules.ts';
import { IDENTITY_TYPE_RULE, SUBJECT_RULE, UNION_SUBJECT_RULE } from './identity-rules.ts';
import type { Rule } from './rule.ts';
import { SCOPE_RULE, UNION_SCOPE_RULE } from './scope-rules.ts';
import { TIME_RULE } from './time-rule.ts';

/** `flyte1-own` is Flyte 1 with its own authorization server. */
export type ControlPlaneKind = 'flyte1' | 'flyte1-own' | 'union' | 'flyte2';

/** How one kind of control plane judges a token whose signature it has checked. */
export interface ControlPlaneProfile {
  readonly kind: ControlPlaneKind;
  /** As the log names it. */
  readonly title: string;
  /** False where a proxy in front of it has to judge: then nothing here can refuse. */
  readonly verifies: boolean;
  /** crypto/rsa of the release of Go that it is built with refuses shorter ones; 0 where it takes any. */
  readonly shortestRsaBits: number;
  /** False where it issues its tokens itself: then it takes the first key, and RSASSA-PKCS1-v1_5 alone. */
  readonly usesExternalServer: boolean;
  /** In the order of the real code. */
  readonly rules: readonly Rule[];
  /** What a client reads where the token was refused before its scopes were looked at. */
  refusalText(error: string): string;
}

/** A bearer token is also tried as an ID token, under a scheme that no client sends it with; so this is always added. */
const AS_ID_TOKEN =
  '[JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, caused by: rpc error: code = Unauthenticated desc = Request unauthenticated with IDToken';

const CLAIM_TYPES = [USER_INFO_RULE, CLIENT_ID_RULE, SCP_TYPE_RULE, EMAIL_RULE];

/** flyteorg/flyte v1.16.8 flyteadmin/auth: authzserver/resource_server.go, handlers.go, interceptor.go. */
const FLYTE1: ControlPlaneProfile = {
  kind: 'flyte1',
  title: 'flyteadmin of Flyte 1',
  verifies: true,
  shortestRsaBits: 1024,
  usesExternalServer: true,
  rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
  refusalText: (error) =>
    `token parse error id token err: access token err: ${error}, access token err: ${AS_ID_TOKEN}`,
};

export const PROFILES: Readonly<Record<ControlPlaneKind, ControlPlaneProfile>> = {
  flyte1: FLYTE1,
  /** The same, authzserver/provider.go. */
  'flyte1-own': {
    ...FLYTE1,
    kind: 'flyte1-own',
    title: 'flyteadmin of Flyte 1 with its own authorization server',
    usesExternalServer: false,
    // Parsed and judged in one step, without a word of its own.
    refusalText: (error) => FLYTE1.refusalText(error.replace('failed to validate token: ', '')),
  },
  /**
   * The public branch of flyteadmin that has the settings subjectClaimNames and identityTypeClaimsForApps
   * (flyteorg/flyte mike/prefer-access-token). Union's own services are closed source and may differ.
   */
  union: {
    kind: 'union',
    title: 'the control plane of Union',
    verifies: true,
    shortestRsaBits: 0,
    usesExternalServer: true,
    rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, UNION_SCOPE_RULE, UNION_SUBJECT_RULE, IDENTITY_TYPE_RULE],
    refusalText: (error) => `token parse error [id token err: ${AS_ID_TOKEN}] | [access token err: ${error}]`,
  },
  /** flyteorg/flyte 6fadb90 runs/service/identity.go: "Auth is enforced upstream", the payload is only decoded. */
  flyte2: {
    kind: 'flyte2',
    title: 'the backend of Flyte 2',
    verifies: false,
    shortestRsaBits: 0,
    usesExternalServer: true,
    rules: [TIME_RULE, AUDIENCE_RULE, ...CLAIM_TYPES, SCOPE_RULE, SUBJECT_RULE],
    refusalText: (error) => error,
  },
};

/** What the input control-plane can say. */
export type ControlPlaneChoice = 'auto' | 'union' | 'flyte1' | 'flyte2';

/**
 * Whose rules to judge by, and why. Flyte 1 knows no Connect at all; Union and Flyte 2 both speak it and can not be
 * told apart from outside, so what answers there is taken for Union, whose rules can refuse.
 * @param route by which the deployment was found.
 * @param issuesTokens whether the token endpoint is the deployment's own.
 */
export function chooseControlPlane(
  choice: ControlPlaneChoice,
  route: DiscoveryRoute | 'none',
  issuesTokens: boolean,
): { readonly kind: ControlPlaneKind; readonly findings: readonly Finding[] } {
  if (choice !== 'auto') {
    return { kind: choice === 'flyte1' && issuesTokens ? 'flyte1-own' : choice, findings: [] };
  }
  const [kind, why] = AUTOMATIC[issuesTokens && route === 'http-gateway' ? 'own' : route];
  return { kind, findings: [planeFinding('plane/judged-as', `Judged as ${PROFILES[kind].title}: ${why}.`)] };
}

const AUTOMATIC: Readonly<Record<DiscoveryRoute | 'none' | 'own', readonly [ControlPlaneKind, string]>> = {
  'connect-binary': ['union', 'the route of the flyte client answered'],
  'connect-json': ['union', 'Connect with JSON answered'],
  'http-gateway': ['flyte1', 'only the HTTP gateway answered'],
  none: ['union', 'no route answered'],
  own: ['flyte1-own', 'only the HTTP gateway answered, and its token endpoint is the deployment itself'],
};
