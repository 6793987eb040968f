/**
 * `union-auth`: builds and checks a FLYTE_API_KEY, judges access tokens as a Union or Flyte control plane does, and
 * explains why a sign-in failed. Keeps no state: whatever it needs comes in as an argument.
 *
 * @packageDocumentation
 */
import { encodeApiKey as encode } from './api-key/encode.ts';
import { describeDecoded, inspectApiKey as inspect, type ShownDecoded } from './api-key/inspect.ts';
import { authenticate as run } from './authenticate.ts';
import { CATALOGUE } from './catalogue.ts';
import { type Explanation, explainCode, explainText, type Unexplained } from './explain.ts';
import { definitionOf, type Finding, FindingError, linkOf, type Severity } from './findings/finding.ts';
import { PROVIDERS, type ProviderName } from './identity-provider/providers.ts';
import { UNKNOWN_STATUS } from './identity-provider/refusal.ts';
import { type JudgedToken, judgeAccessToken } from './judge-access-token.ts';
import { type Report, verdictOf } from './run-report.ts';
import { SecretStore } from './secrecy/secret-store.ts';
import { readConnectTo } from './transport/connect-to.ts';
import type { Attempt, HttpRequest, HttpResponse, Transport } from './transport/http-client.ts';
import { DEFAULT_DEADLINE_SECONDS, DEFAULT_RETRIES, DEFAULT_TIMEOUT_SECONDS } from './transport/limits.ts';
import { systemRetryEffects } from './transport/retry.ts';
import { readHttpsUrl } from './transport/urls.ts';

export type {
  Attempt,
  Explanation,
  Finding,
  HttpRequest,
  HttpResponse,
  JudgedToken,
  ProviderName,
  Report,
  Severity,
  ShownDecoded,
  Transport,
  Unexplained,
};
export { FindingError };

/** The four fields of an API key. */
export interface KeyFields {
  /** The host name of the deployment, without a scheme, a port or a path. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty or absent for a self-hosted deployment. */
  readonly org?: string;
}

/** How a control plane judges: what can not be asked for from outside. */
export interface ControlPlaneSettings {
  /** Its `allowedAudience`; assumed to be `https://<domain>` and the advertised audience where it is absent. */
  readonly allowedAudience?: readonly string[];
  /** Its `subjectClaimNames`. */
  readonly subjectClaims?: readonly string[];
  /** Its `identityTypeClaimsForApps`. */
  readonly appClaims?: readonly (readonly [claim: string, value: string])[];
}

/** What to test, and how far to go. */
export interface AuthenticateOptions extends ControlPlaneSettings {
  /** An existing key, or the fields of one. */
  readonly credentials: { readonly apiKey: string } | KeyFields;
  /** `offline`: the shape alone; `token`, the default: also a sign-in; `deployment`: also ask it who is calling. */
  readonly verify?: 'offline' | 'token' | 'deployment';
  /** With `verify: 'deployment'`: also read this project. */
  readonly project?: string;
  /** Pin the identity provider: an https address each, which the deployment must advertise too. */
  readonly issuer?: string;
  readonly tokenUrl?: string;
  /** What to ask for; what the deployment advertises where they are absent. */
  readonly scopes?: readonly string[];
  readonly audience?: string;
  /** Whose rules judge the token; told from what answered where it is absent. */
  readonly controlPlane?: 'auto' | 'union' | 'flyte1' | 'flyte2';
  /** PEM text that is trusted beside the public authorities. */
  readonly certificateAuthorities?: string;
  /** `host:port:address:port`, as curl has it: for tests and port-forwards. */
  readonly connectTo?: readonly string[];
  /** Of one request; 10 where it is absent. */
  readonly timeoutSeconds?: number;
  /** Of all requests; 30 where it is absent. */
  readonly deadlineSeconds?: number;
  /** Of what waiting can cure; 2 where it is absent. */
  readonly retries?: number;
}

/** What reaches outside. Each has a default that is the system's own. */
export interface AuthenticateEffects {
  /** Called with every form of every secret before anything is sent or returned, so that logs can be masked. */
  readonly mask?: (form: string) => void;
  /** Sends requests in place of the guarded HTTP client. It is closed at the end. */
  readonly transport?: Transport;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Between 0 and 1, for the waits between retries. */
  readonly random?: () => number;
  /** Rejects when the signal is aborted. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** How a test of credentials ended. */
export interface Authentication {
  /** Everything that was found out. Holds no secret, and every text in it may be printed. */
  readonly report: Report;
  /** The key, where the verdict is `ready` or `ready-with-warnings`. */
  readonly apiKey?: string;
}

/**
 * Builds or takes a key, checks its shape, finds the identity provider as the real client does, makes a trial token
 * exchange as the real client would, and judges the token by the rules of the control plane.
 *
 * @returns the report, whatever the verdict; a refusal is no exception.
 * @throws TypeError where an option has a value that it can't have.
 */
export async function authenticate(
  options: AuthenticateOptions,
  effects: AuthenticateEffects = {},
): Promise<Authentication> {
  const { verify = 'token', project = '', controlPlane = 'auto' } = options;
  const connectTo = readConnectTo(options.connectTo ?? []);
  if (connectTo === undefined) {
    throw new TypeError('connectTo holds a text that is not host:port:address:port');
  }
  const { issuer, tokenUrl, scopes, audience, allowedAudience, subjectClaims, appClaims } = options;
  for (const [name, address] of Object.entries({ issuer, tokenUrl })) {
    if (address !== undefined && !(readHttpsUrl(address, { allowQuery: name === 'tokenUrl' }) instanceof URL)) {
      throw new TypeError(`${name} is not an https address`);
    }
  }
  const { mask = () => undefined, transport, ...clock } = effects;
  const retry = { ...systemRetryEffects(options.retries ?? DEFAULT_RETRIES), ...clock };
  return await run(
    {
      credentials: withOrg(options.credentials),
      pins: {
        ...(issuer !== undefined && { issuer }),
        ...(tokenUrl !== undefined && { tokenUrl }),
        ...(scopes && { scopes: [...scopes] }),
        ...(audience !== undefined && { audience }),
      },
      ...(allowedAudience && { allowedAudience }),
      ...(subjectClaims && { subjectClaims }),
      ...(appClaims && { appClaims }),
      controlPlane,
      verify,
      project,
      allowUntrustedEvents: false,
      onMissingSecret: 'fail',
      workspace: {},
    },
    {
      secrets: new SecretStore(mask),
      retry,
      openTransport: (create) =>
        transport ??
        create({
          timeoutSeconds: options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
          deadlineSeconds: options.deadlineSeconds ?? DEFAULT_DEADLINE_SECONDS,
          connectTo,
          certificateAuthorities: options.certificateAuthorities ?? '',
        }),
    },
  );
}

function withOrg(credentials: AuthenticateOptions['credentials']) {
  return 'apiKey' in credentials
    ? credentials
    : { ...credentials, domain: credentials.domain.toLowerCase(), org: credentials.org ?? '' };
}

/** The shape of a key. Nothing in it holds the secret. */
export interface KeyInspection {
  readonly verdict: 'ready' | 'ready-with-warnings' | 'not-ready';
  readonly findings: readonly Finding[];
  /** How each real client reads the key. */
  readonly clients: Readonly<Record<string, ShownDecoded>>;
}

/** Judges the shape of any text that is meant to be an API key, exactly as it stands, offline. */
export function inspectApiKey(apiKey: string): KeyInspection {
  const { findings, clients } = inspect(apiKey);
  return {
    verdict: verdictOf(findings),
    findings,
    clients: Object.fromEntries(Object.entries(clients).map(([name, decoded]) => [name, describeDecoded(decoded)])),
  };
}

/** Builds a key that every client reads alike; without `key` where a field breaks a rule. */
export function encodeApiKey(fields: KeyFields): { readonly key?: string; readonly findings: readonly Finding[] } {
  const { key, findings } = encode({ ...fields, org: fields.org ?? '' });
  return key === undefined ? { findings } : { key, findings };
}

/** A token to be judged offline. */
export interface JudgeTokenOptions extends ControlPlaneSettings {
  readonly token: string;
  readonly allowedAudience: readonly string[];
  /** What the jwks_uri of the provider serves; without it the signature is not checked. */
  readonly keySet?: Uint8Array | string | object;
  /** Whose rules judge; `union` where it is absent. `flyte1-own`: flyteadmin's own authorization server. */
  readonly controlPlane?: 'union' | 'flyte1' | 'flyte1-own' | 'flyte2';
  /** Told from the issuer in the token where it is absent. */
  readonly provider?: ProviderName;
  /** What the deployment advertises. */
  readonly issuer?: string;
  /** When to judge; now where it is absent. */
  readonly at?: Date;
}

/** Judges an access token by the rules of the control plane, in its order, offline. */
export async function judgeToken(options: JudgeTokenOptions): Promise<JudgedToken> {
  const { token, keySet, allowedAudience, subjectClaims, appClaims, at = new Date() } = options;
  return await judgeAccessToken({
    token,
    keySet: keySet === undefined ? undefined : bytesOf(keySet),
    allowedAudience,
    subjectClaims,
    appClaims,
    controlPlane: options.controlPlane ?? 'union',
    provider: PROVIDERS.find(({ name }) => name === options.provider),
    advertisedIssuer: options.issuer ?? '',
    nowSeconds: at.getTime() / 1000,
  });
}

function bytesOf(keySet: Uint8Array | string | object): Uint8Array {
  return keySet instanceof Uint8Array
    ? keySet
    : Buffer.from(typeof keySet === 'string' ? keySet : JSON.stringify(keySet));
}

/** What is known of the text that is to be explained. */
export interface ExplainOptions {
  /** The HTTP status of the answer. */
  readonly status?: number;
  /** Whose answer it is. */
  readonly provider?: ProviderName;
}

/**
 * An identity provider's answer, a log, or an error text of a client or of the control plane, to cause and fix; or
 * the code of a finding. Offline.
 *
 * @returns a word where there is nothing to explain.
 */
export function explain(text: string, { status, provider }: ExplainOptions = {}): Explanation | Unexplained {
  const code = explainCode(text.trim());
  return (
    code ??
    explainText(
      text,
      status ?? UNKNOWN_STATUS,
      PROVIDERS.find(({ name }) => name === provider),
    )
  );
}

/** A finding in words. */
export interface FindingDescription {
  readonly code: string;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  /** Where it is documented. */
  readonly docs: string;
}

/** What there is to say of a finding of a report. */
export function describeFinding(finding: Finding): FindingDescription {
  const { title, cause, fix } = definitionOf(finding);
  return { code: finding.code, title, cause, fix, docs: linkOf(finding) };
}

/** The codes of all findings that a report can hold. */
export const FINDING_CODES: readonly string[] = Object.keys(CATALOGUE);
