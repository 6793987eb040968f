import type { Finding, Severity } from '../findings/finding.ts';
import { isJsonObject, type Json, type JsonObject, member, stringMember } from '../transport/json.ts';
import { type ReadableToken, readToken } from './access-token.ts';
import { type TokenFindingCode, tokenFinding } from './findings.ts';
import { keysOf, verifySignature } from './signature.ts';

/** A setting of the control plane that can't be discovered: a rule that rests on a value nobody stated only warns. */
interface Setting<Value> {
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

/** The key set as it was fetched, or why there is none. */
export type FetchedKeySet = { readonly document: JsonObject } | { readonly missing: Finding };

export interface TokenJudgement {
  readonly findings: readonly Finding[];
  readonly facts: TokenFacts;
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

/** The best clock at hand for judging the times in a token. */
export interface Clock {
  /** Seconds since 1970, whole: what a Date header tells. */
  readonly nowSeconds: number;
  /** False where the clocks at hand contradict each other: then times only give warnings. */
  readonly isSure: boolean;
}

/** A Date header drops the fraction of its second. */
const CLOCK_GRAIN_SECONDS = 1;
/** As far as clocks of servers that are kept in step drift apart. Beyond it a token from the future is no accident. */
const CLOCK_DRIFT_SECONDS = 5;

/** The claims that the identity providers of the public guides put into tokens of apps. */
export const ASSUMED_APP_CLAIMS = [
  ['identitytype', 'app'],
  ['idtyp', 'app'],
  ['gty', 'client-credentials'],
] as const;

/**
 * Judges an access token by the rules of flyteadmin with an external authorization server, in their order: signature,
 * time, audience, subject, identity type, scope.
 * Source: flyteorg/flyte flyteadmin/auth/authzserver/resource_server.go and claims_verifier.go, auth/interceptor.go;
 * `subjectClaimNames` and `identityTypeClaimsForApps` as in the branch mike/prefer-access-token.
 * @param advertisedIssuer empty where none is known.
 */
export async function judgeToken(
  token: string,
  keySet: FetchedKeySet,
  settings: ControlPlaneSettings,
  clock: Clock,
  advertisedIssuer: string,
): Promise<TokenJudgement> {
  const readable = readToken(token);
  if (readable === 'opaque') {
    return {
      findings: [tokenFinding('token/opaque', 'The token has not the three parts of a JWT.')],
      facts: { format: 'opaque' },
    };
  }
  if (readable === 'unreadable') {
    return {
      findings: [tokenFinding('token/unreadable', 'A part of the token is not base64url of a JSON object.')],
      facts: { format: 'opaque' },
    };
  }
  const { claims } = readable;
  const { subject, finding: subjectFinding } = judgeSubject(claims, settings.subjectClaims);
  const { identityType, finding: typeFinding } = judgeIdentityType(claims, settings.appClaims);
  const rules = [
    await judgeSignature(token, readable, keySet),
    ...judgeTime(claims, clock),
    judgeAudience(claims, settings.allowedAudience),
    subjectFinding,
    judgeTypes(claims),
    judgeScope(claims),
    typeFinding,
    judgeIssuer(claims, advertisedIssuer),
  ].filter((finding) => finding !== undefined);
  const accepted = rules.every((finding) => finding.severity === 'pass' || finding.severity === 'note');
  return {
    findings: accepted
      ? [...rules, tokenFinding('token/accepted', 'Time, audience, subject and scope were checked.')]
      : rules,
    facts: factsOf(claims, subject, identityType),
  };
}

async function judgeSignature(token: string, readable: ReadableToken, keySet: FetchedKeySet): Promise<Finding> {
  if ('missing' in keySet) {
    return keySet.missing;
  }
  const keys = keysOf(keySet.document);
  if (keys === undefined) {
    return tokenFinding('key-set/unreadable', 'The document of the key set has no list of keys.');
  }
  switch (await verifySignature(token, readable, keys)) {
    case 'valid':
      return tokenFinding('token/signature-valid', 'One of the advertised keys made it.');
    case 'weak-key':
      return tokenFinding('key-set/weak-key', 'The key that made the signature has fewer than 2048 bits.');
    case 'no-matching-key':
      return tokenFinding(
        'token/signature-invalid',
        `None of the ${keys.length} advertised keys is the one that the token names.`,
      );
    case 'invalid':
      return tokenFinding('token/signature-invalid', `None of the ${keys.length} advertised keys made the signature.`);
  }
}

/**
 * golang-jwt v4.5.2 map_claims.go, Valid: `exp`, `iat` and `nbf`, each only where present, no leeway. The clock of the
 * control plane is not known here, so what a clock a little ahead would accept only gives a warning.
 */
function judgeTime(claims: JsonObject, { nowSeconds, isSure }: Clock): Finding<TokenFindingCode>[] {
  const now = Math.floor(nowSeconds);
  const findings: Finding<TokenFindingCode>[] = [];
  for (const name of ['exp', 'iat', 'nbf'] as const) {
    const value = member(claims, name);
    if (value === undefined) {
      if (name === 'exp') {
        findings.push(tokenFinding('token/never-expires', 'The token has no claim exp.'));
      }
    } else if (typeof value !== 'number') {
      findings.push(tokenFinding('token/claim-of-wrong-type', `The claim ${name} is not a number.`));
    } else if (name === 'exp' && now >= value) {
      findings.push(
        tokenFinding('token/expired', `The token expired ${Math.ceil(now - value)} s ago.`, severity(isSure)),
      );
    } else if (name !== 'exp' && value - now > CLOCK_GRAIN_SECONDS) {
      const early = Math.ceil(value - now);
      const detail = `The claim ${name} lies ${early} s in the future.`;
      findings.push(tokenFinding('token/not-yet-valid', detail, severity(isSure && early > CLOCK_DRIFT_SECONDS)));
    }
  }
  return findings;
}

/** An array that holds anything but strings counts as no audience at all (golang-jwt v4.5.2, ClaimStrings). */
function judgeAudience(
  claims: JsonObject,
  { value: allowed, stated }: Setting<readonly string[]>,
): Finding | undefined {
  const audience = audienceOf(claims);
  if (audience.length === 0) {
    return tokenFinding('token/audience-missing', 'The claim aud is missing, empty, or not made of texts.');
  }
  if (audience.some((entry) => allowed.includes(entry))) {
    return undefined;
  }
  const basis = stated ? 'allowed-audience names' : 'It was assumed that the control plane accepts';
  return tokenFinding(
    'token/audience-mismatch',
    `The token is for ${list(audience)}. ${basis} ${list(allowed)}.`,
    severity(stated),
  );
}

function judgeSubject(
  claims: JsonObject,
  { value: names, stated }: Setting<readonly string[]>,
): { subject?: string; finding: Finding | undefined } {
  for (const name of [...names, 'sub']) {
    const subject = stringMember(claims, name);
    if (subject !== undefined && subject !== '') {
      return { subject, finding: undefined };
    }
  }
  // Without a stated setting the control plane may look into other claims than `sub`.
  return {
    finding: tokenFinding(
      'token/subject-missing',
      `None of the claims ${list([...new Set([...names, 'sub'])])} holds a text.`,
      severity(stated),
    ),
  };
}

function judgeIdentityType(
  claims: JsonObject,
  { value: pairs, stated }: ControlPlaneSettings['appClaims'],
): { identityType: string; finding: Finding | undefined } {
  if (pairs.some(([claim, value]) => stringMember(claims, claim) === value)) {
    return { identityType: 'app', finding: undefined };
  }
  const raw = stringMember(claims, 'identitytype') ?? '';
  const wanted = list(pairs.map(([claim, value]) => `${claim}=${value}`));
  const basis = stated ? 'app-claims names' : 'Assumed were';
  return {
    identityType: stated ? 'user' : raw,
    finding: tokenFinding(
      'token/identity-type-not-app',
      `${basis} ${wanted}; the token holds none of them.`,
      severity(stated),
    ),
  };
}

/** Claims that flyteadmin reads with a type assertion: any other type makes it fail with an internal error. */
function judgeTypes(claims: JsonObject): Finding | undefined {
  for (const [name, isRight, type] of [
    ['client_id', (value: Json) => typeof value === 'string', 'a text'],
    ['email', (value: Json) => typeof value === 'string', 'a text'],
    ['user_info', isJsonObject, 'an object'],
    ['scp', isScopeClaim, 'a text or a list of texts'],
  ] as const) {
    const value = member(claims, name);
    if (value !== undefined && !isRight(value)) {
      return tokenFinding('token/claim-of-wrong-type', `The claim ${name} is not ${type}.`);
    }
  }
  return undefined;
}

function isScopeClaim(value: Json): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

/** Scopes come from `scp` alone; a text is one scope, however many words it holds. */
function judgeScope(claims: JsonObject): Finding | undefined {
  const scopes = scopesOf(claims);
  const clientId = stringMember(claims, 'client_id') ?? '';
  if (scopes.includes('all') || (scopes.length === 0 && clientId === '')) {
    return typeof member(claims, 'scp') === 'string' && clientId !== ''
      ? tokenFinding(
          'token/scope-all-missing',
          'The claim scp is a text beside client_id: some releases of the control plane drop it.',
          severity(false),
        )
      : undefined;
  }
  return tokenFinding(
    'token/scope-all-missing',
    scopes.length === 0 ? 'The token has a claim client_id and no claim scp.' : `The claim scp holds ${list(scopes)}.`,
  );
}

function judgeIssuer(claims: JsonObject, advertised: string): Finding | undefined {
  const issuer = stringMember(claims, 'iss');
  return issuer === undefined || advertised === '' || issuer === advertised
    ? undefined
    : tokenFinding('token/issuer-differs', `The token says ${issuer}, the deployment ${advertised}.`);
}

function factsOf(claims: JsonObject, subject: string | undefined, identityType: string): TokenFacts {
  const issuer = stringMember(claims, 'iss');
  const expiresAt = member(claims, 'exp');
  return {
    format: 'jwt',
    audience: audienceOf(claims),
    scopes: scopesOf(claims),
    identityType,
    ...(issuer !== undefined && { issuer }),
    ...(subject !== undefined && { subject }),
    ...(typeof expiresAt === 'number' && { expiresAt }),
  };
}

function audienceOf(claims: JsonObject): string[] {
  const audience = member(claims, 'aud');
  if (typeof audience === 'string') {
    return audience === '' ? [] : [audience];
  }
  return Array.isArray(audience) && audience.every((entry) => typeof entry === 'string') ? audience : [];
}

function scopesOf(claims: JsonObject): string[] {
  const scopes = member(claims, 'scp');
  if (typeof scopes === 'string') {
    return scopes === '' ? [] : [scopes];
  }
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

function severity(stated: boolean): { severity: Severity } {
  return { severity: stated ? 'error' : 'warning' };
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'nothing' : items.map((item) => `"${item}"`).join(', ');
}
