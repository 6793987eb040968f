import { type Finding, isError } from '../../findings/finding.ts';
import { type JsonObject, member, stringMember } from '../../transport/json.ts';
import {
  type ParsedToken,
  readClaims,
  readSignedToken,
  type SignedToken,
  type UnreadableToken,
} from './access-token.ts';
import { audienceOf, identityTypeOf, scopesOf, subjectOf } from './claims.ts';
import { goBase64Url } from './go-json.ts';
import { judgeKeys, type KeySet, readKeySet, type SetKey } from './key-set.ts';
import { type ControlPlaneKind, type ControlPlaneProfile, PROFILES } from './profiles.ts';
import { type Clock, type ControlPlaneSettings, type Outcome, PANIC } from './rule.ts';
import { verifySignature } from './signature.ts';
import { judgeSize, noteStrictness } from './strict-client.ts';
import { tokenFinding } from './token-findings.ts';

/** The bytes of the key set as they were fetched, or why there are none. */
export type FetchedKeySet = { readonly body: Uint8Array } | { readonly missing: Finding };

/** The claims that the identity providers of the public guides put into tokens of apps. */
export const ASSUMED_APP_CLAIMS = [
  ['identitytype', 'app'],
  ['idtyp', 'app'],
  ['gty', 'client-credentials'],
] as const;

export interface TokenToJudge {
  readonly token: string;
  readonly keySet: FetchedKeySet;
  readonly settings: ControlPlaneSettings;
  readonly clock: Clock;
  readonly controlPlane: ControlPlaneKind;
  /** Empty where none is known. */
  readonly advertisedIssuer: string;
}

export interface TokenJudgement {
  /** What the control plane does with the token, as far as its public code tells. */
  readonly decision: 'accept' | 'refuse';
  readonly controlPlane: ControlPlaneKind;
  /** The first rule that refuses, or `every-rule`. */
  readonly decidedBy: string;
  /** What its clients would read, where it refuses. */
  readonly serverError?: string;
  readonly findings: readonly Finding[];
  /** The findings that rest on a setting which nobody stated. */
  readonly assumed: readonly Finding[];
  readonly facts: TokenFacts;
  /** For what a provider knows of its own tokens; never printed. */
  readonly readable?: { readonly algorithm: string; readonly claims: JsonObject };
}

/** What may be shown of a token: an allow-list, since claims can hold anything. */
export interface TokenFacts {
  readonly format: 'jwt' | 'opaque';
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly subject?: string;
  readonly identityType?: string;
  readonly scopes?: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt?: number;
}

/** An outcome and the rule that it comes from. */
type Ruled = Outcome & { readonly rule: string };
type Refusal = Ruled & { readonly serverError: string };

/**
 * Judges an access token as a control plane does, rule by rule in the order of its code. Rules that follow the one
 * that refuses are looked at too, as far as they can be: two faults in one token need two fixes.
 */
export async function judgeToken(request: TokenToJudge): Promise<TokenJudgement> {
  const profile = PROFILES[request.controlPlane];
  if (!profile.usesExternalServer) {
    return await judgeOwnToken(request, profile);
  }
  const signed = readSignedToken(request.token);
  if ('kind' in signed) {
    return conclude(profile, [refusedForm(signed)], { format: 'opaque' });
  }
  const keys = await judgeSignature(signed, request.keySet, profile);
  const parsed = readClaims(request.token);
  if ('serverError' in parsed) {
    const finding = tokenFinding(
      'token/unreadable',
      'Its parts are not base64url of JSON objects, or its alg is unknown.',
    );
    const unreadable = { rule: 'claims', finding, serverError: parsed.serverError };
    // What was made of its signature says nothing to somebody whose token is no token.
    return { ...conclude(profile, [...keys.outcomes, unreadable], { format: 'opaque' }), findings: [finding] };
  }
  const { claims } = parsed;
  const outcomes = [...keys.outcomes, ...judgeClaims(claims, request, profile)];
  const remarks = [
    ...judgeSize(request.token),
    ...judgeIssuer(claims, request.advertisedIssuer),
    ...noteStrictness(request.token, signed, keys),
  ];
  const facts = factsOf(claims, request);
  return { ...conclude(profile, outcomes, facts, remarks), readable: { algorithm: signed.algorithm, claims } };
}

function judgeClaims(claims: JsonObject, { settings, clock }: TokenToJudge, { rules }: ControlPlaneProfile): Ruled[] {
  return rules.flatMap(({ name, judge }) =>
    judge({ claims, settings, clock }).map((outcome) => ({ ...outcome, rule: name })),
  );
}

/**
 * A token of Flyte's own authorization server: parsed and verified in one step, times before the signature.
 * Source: flyteorg/flyte v1.16.8 flyteadmin/auth/authzserver/provider.go, ValidateAccessToken.
 */
async function judgeOwnToken(request: TokenToJudge, profile: ControlPlaneProfile): Promise<TokenJudgement> {
  const parsed = readClaims(request.token);
  if ('serverError' in parsed) {
    const serverError = parsed.serverError.replace('failed to parse token: ', '');
    const kind = request.token.split('.').length === 3 ? 'unreadable' : 'opaque';
    return conclude(profile, [refusedForm({ kind, serverError })], { format: 'opaque' });
  }
  const { claims } = parsed;
  const outcomes = [await judgeOwnSignature(parsed, request, profile), ...judgeClaims(claims, request, profile)];
  return { ...conclude(profile, outcomes, factsOf(claims, request), judgeSize(request.token)), readable: parsed };
}

async function judgeOwnSignature(
  { algorithm, ownKeyId }: ParsedToken,
  { token, keySet }: TokenToJudge,
  { shortestRsaBits }: ControlPlaneProfile,
): Promise<Ruled> {
  if ('missing' in keySet) {
    return { rule: 'key-set', finding: keySet.missing };
  }
  if (!/^RS(256|384|512)$/.test(algorithm)) {
    const finding = tokenFinding('token/signature-invalid', `Its algorithm is ${algorithm}.`);
    return { rule: 'signature', finding, serverError: `unexpected signing method: ${algorithm}` };
  }
  const set = readKeySet(keySet.body);
  const keys = 'keys' in set ? set.keys : [];
  const isReadable = goBase64Url(token.split('.')[2] ?? '') !== undefined;
  const isRightId = isReadable && (ownKeyId === undefined || typeof ownKeyId === 'string');
  const key =
    keys[0]?.type === 'RSA' && isRightId ? (keys.find(({ keyId }) => keyId === ownKeyId) ?? keys[0]) : undefined;
  // Its parser looks at no other parameter of the header, and checks the signature over the text as it came.
  const signed = { algorithm, keyId: '', critical: [], canonical: token, rawPayload: undefined };
  const result = key === undefined ? 'no-matching-key' : await verifySignature(signed, [key], shortestRsaBits);
  return typeof result === 'string'
    ? {
        rule: 'signature',
        finding: tokenFinding('token/signature-invalid', 'The key of the deployment did not make it.'),
        serverError: 'crypto/rsa: verification error',
      }
    : { rule: 'signature', finding: tokenFinding('token/signature-valid', 'The key of the deployment made it.') };
}

function refusedForm({ kind, serverError }: UnreadableToken): Ruled {
  const finding =
    kind === 'unreadable'
      ? tokenFinding('token/unreadable', 'A part of the token is not base64url, or its header is not what it must be.')
      : tokenFinding(
          'token/opaque',
          kind === 'encrypted'
            ? 'The token has five parts: it is encrypted.'
            : 'The token has not the three parts of a JWT.',
        );
  return { rule: 'form', finding, serverError };
}

function conclude(
  profile: ControlPlaneProfile,
  outcomes: readonly Ruled[],
  facts: TokenFacts,
  remarks: readonly Finding[] = [],
): TokenJudgement {
  const refused = profile.verifies ? outcomes.find(isRefusal) : undefined;
  const weigh = (finding: Finding): Finding =>
    profile.verifies || finding.severity === 'pass' ? finding : { ...finding, severity: 'note' };
  // What refuses stands first, in the order of the rules: the first error is the cause.
  const ordered = [...outcomes.filter(isRefusal), ...outcomes.filter((outcome) => !isRefusal(outcome))];
  const findings = [...ordered.map(({ finding }) => finding), ...remarks].map(weigh);
  const isClean = findings.every(({ severity }) => severity === 'pass' || severity === 'note');
  return {
    decision: refused === undefined ? 'accept' : 'refuse',
    controlPlane: profile.kind,
    decidedBy: refused?.rule ?? 'every-rule',
    ...(refused !== undefined && {
      serverError: isBare(refused) ? refused.serverError : profile.refusalText(refused.serverError),
    }),
    findings: [...findings, ...closing(profile, refused !== undefined, isClean)],
    assumed: ordered.filter(({ assumed }) => assumed === true).map(({ finding }) => weigh(finding)),
    facts,
  };
}

/** What is said after the token was taken, or by nobody. */
function isBare({ rule, serverError }: Refusal): boolean {
  return rule === 'scope' || serverError === PANIC;
}

function isRefusal(outcome: Ruled): outcome is Refusal {
  return outcome.serverError !== undefined;
}

/** flyteorg/flyte v1.16.8 flyteadmin/auth/handlers.go, GetAuthenticationInterceptor: "the default case is to let things through". */
function closing({ verifies, title }: ControlPlaneProfile, isRefused: boolean, isClean: boolean): Finding[] {
  if (isRefused) {
    return [tokenFinding('token/refusal-may-not-be-final', 'That depends on settings which can not be asked for.')];
  }
  if (!verifies) {
    return [tokenFinding('token/not-verified', `Judged as ${title}.`)];
  }
  return isClean ? [tokenFinding('token/accepted', `Judged by the rules of ${title}.`)] : [];
}

/** The key set and the signature: what the control plane looks at before any claim. */
interface JudgedKeys {
  readonly outcomes: readonly Ruled[];
  readonly keys: readonly SetKey[];
  readonly signedBy?: SetKey;
}

const NOT_SIGNED = 'failed to verify id token signature';

async function judgeSignature(
  token: SignedToken,
  keySet: FetchedKeySet,
  { shortestRsaBits }: ControlPlaneProfile,
): Promise<JudgedKeys> {
  if ('missing' in keySet) {
    const { missing } = keySet;
    const refuses = isError(missing) && { serverError: 'fetching keys oidc: get keys failed' };
    return { outcomes: [{ rule: 'key-set', finding: missing, ...refuses }], keys: [] };
  }
  const set: KeySet = readKeySet(keySet.body);
  if ('unreadable' in set) {
    const finding = tokenFinding('key-set/unreadable-key', set.unreadable);
    const serverError = 'fetching keys oidc: failed to decode keys';
    return { outcomes: [{ rule: 'key-set', finding, serverError }], keys: [] };
  }
  const { keys } = set;
  if (!set.isKeySet) {
    const finding = tokenFinding('key-set/unreadable', 'The document of the key set has no list of keys.');
    return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }], keys: [] };
  }
  const remarks = judgeKeys(keys).map((finding) => ({ rule: 'key-set', finding }));
  const result = await verifySignature(token, keys, shortestRsaBits);
  if (typeof result !== 'string') {
    const finding = tokenFinding('token/signature-valid', 'One of the advertised keys made it.');
    return { outcomes: [{ rule: 'signature', finding }, ...remarks], keys, signedBy: result.signedBy };
  }
  const finding = tokenFinding('token/signature-invalid', describeInvalid(token, keys, result));
  return { outcomes: [{ rule: 'signature', finding, serverError: NOT_SIGNED }, ...remarks], keys };
}

function describeInvalid({ algorithm, keyId }: SignedToken, keys: readonly SetKey[], result: string): string {
  const signed = algorithm === 'none' ? 'The token is not signed.' : `Its algorithm is ${algorithm}.`;
  if (keys.length === 0) {
    return `The key set is empty. ${signed}`;
  }
  const none = keys.length === 1 ? 'The one advertised key is not' : `None of the ${keys.length} advertised keys is`;
  return result === 'no-matching-key'
    ? `${none} the one that the token names ("${keyId}"). ${signed}`
    : `${none} the one that made the signature. ${signed}`;
}

function judgeIssuer(claims: JsonObject, advertised: string): Finding[] {
  const issuer = stringMember(claims, 'iss');
  return issuer === undefined || advertised === '' || issuer === advertised
    ? []
    : [tokenFinding('token/issuer-differs', `The token says ${issuer}, the deployment ${advertised}.`)];
}

function factsOf(claims: JsonObject, { settings, controlPlane }: TokenToJudge): TokenFacts {
  const issuer = stringMember(claims, 'iss');
  const expiresAt = member(claims, 'exp');
  const isUnion = controlPlane === 'union';
  const subject = subjectOf(claims, isUnion ? settings.subjectClaims.value : []);
  const identityType = isUnion ? identityTypeOf(claims, settings) : (stringMember(claims, 'identitytype') ?? '');
  return {
    format: 'jwt',
    audience: audienceOf(claims),
    scopes: scopesOf(claims).filter((scope) => scope !== ''),
    identityType,
    ...(issuer !== undefined && { issuer }),
    ...(subject !== '' && { subject }),
    ...(typeof expiresAt === 'number' && { expiresAt }),
  };
}
