import type { Advice, Finding, FindingDefinition } from '../findings/finding.ts';
import type { Json, JsonObject } from '../transport/json.ts';
import type { TokenGrant } from './token-request.ts';

/** Everything that is known about one kind of identity provider. One file of providers/ each. */
export interface IdentityProvider {
  /** As the output `provider` names it, and the middle of the codes of its findings. */
  readonly name: string;
  /** As its makers write it. */
  readonly title: string;
  /** Told from its addresses alone. */
  recognises(addresses: ProviderAddresses): boolean;
  /** Told from its metadata document, for a domain that is the customer's own. */
  recognisesMetadata?(metadata: JsonObject): boolean;
  /** Whether a host name belongs to the provider, and so to no deployment. */
  ownsHost?(host: string): boolean;
  /** Issuer and token endpoint on different hosts that belong together all the same. */
  readonly knownPairs?: readonly (readonly [issuer: RegExp, tokenEndpoint: RegExp])[];
  /** The metadata documents that it serves below its issuer, the one to configure first. */
  readonly metadataNames: readonly MetadataName[];
  /** What an app for CI asks for, where it is the same for everybody. */
  readonly defaultScopes?: readonly string[];
  /** Its apps may ask for `openid` and the like. */
  readonly givesOpenIdScopes?: true;
  /** The claims by which the tokens of its apps can be told, as identityTypeClaimsForApps names them. */
  readonly appClaims: readonly (readonly [claim: string, value: string])[];
  /** Its findings, in the order in which they are tried on an answer. */
  readonly findings: Readonly<Record<string, ProviderFinding>>;
  /** What is bound to fail, known before anything is sent. Never repeats the secret. */
  traps?(trial: PlannedTrial): Finding[];
  /** The fix in its console for findings that every provider can cause, by their codes. */
  readonly advice: Readonly<Record<string, Advice>>;
  /** Where the claims of a token say more than `advice` can. */
  adviceOnToken?(code: string, claims: JsonObject): Advice | undefined;
  /** What must be true of a token for the advice of a code to fit it; any token where there is nothing. */
  readonly adviceFits?: Readonly<Record<string, (token: ReadableToken) => boolean>>;
  /** How to make an app for CI, step by step, in Markdown, for docs/providers.md. */
  readonly setUp: readonly string[];
  /** What to know about it, in Markdown, for docs/providers.md. */
  readonly notes: readonly string[];
  /** How a client secret is replaced by hand. */
  readonly rotation: SecretRotation;
  /** Where its own record of the secrets of an app is read, if it has one that can be. */
  readonly secretRecords?: SecretRecordSource;
}

/** Lines of Markdown, in which `{client-id}` stands for the client id, always in a code span. */
export interface SecretRotation {
  /** Whether two secrets of an app can be valid at once. */
  readonly overlap: 'always' | 'with-setting' | 'never';
  readonly newSecret: readonly string[];
  readonly oldSecret: readonly string[];
  readonly notes: readonly string[];
}

/** One client secret of an app, as its provider knows it. Times are milliseconds since 1970. */
export interface SecretRecord {
  readonly id: string;
  readonly created?: number;
  readonly expires?: number;
  readonly isActive: boolean;
  /** Whether it is the one that is asked about; absent where that can't be told. */
  readonly isThis?: boolean;
}

/** Whose record is asked for. */
export interface RecordPlace {
  readonly issuer: URL;
  readonly clientId: string;
  /** The secret in the key, to find the record that is its own; it is never sent. */
  readonly clientSecret?: string;
}

/** How a provider's record of the secrets of an app is asked for and read. */
export interface SecretRecordSource {
  /** Undefined where the issuer is none whose record can be found. */
  address(place: RecordPlace): URL | undefined;
  /** The header Authorization for a token of an administrator. */
  authorization(token: string): string;
  /** Where an app gets such a token, and with which scope; absent where none can. */
  tokenEndpoint?(issuer: URL): { readonly address: URL; readonly scope: string } | undefined;
  /** Undefined where the answer is none of this provider; without records where it does not know the app. */
  read(answer: Json, place: RecordPlace): readonly SecretRecord[] | 'app-not-found' | undefined;
}

/** A token as far as it can be read without a key. */
export interface ReadableToken {
  readonly algorithm: string;
  readonly claims: JsonObject;
}

export type MetadataName = 'oauth-authorization-server' | 'openid-configuration';

/** What a deployment says of its provider, each empty or undefined where it does not. */
export interface ProviderAddresses {
  readonly issuer: URL | undefined;
  readonly tokenEndpoint: URL | undefined;
  readonly jwksUri: URL | undefined;
  /** The host name of the deployment, in lower case. */
  readonly domain: string;
}

/** What is about to be sent. */
export interface PlannedTrial extends ProviderAddresses {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly grant: TokenGrant;
  /** False where the deployment did not say what to ask for: then the step itself decides that. */
  readonly isAdvertised: boolean;
  /** Undefined where the user did not state it. */
  readonly allowedAudience: readonly string[] | undefined;
}

/** A finding of one provider. */
export interface ProviderFinding extends FindingDefinition {
  /** How the token endpoint says it; absent where only a trap finds it. */
  readonly answer?: RefusalPattern;
}

/**
 * What tells an answer. All parts that are given must fit. A pattern of numbers or of a description is tried before
 * one that names nothing but the error: providers use the same `error` for different faults.
 */
export interface RefusalPattern {
  /** Values of `error`, or of `errorCode` in an answer of Okta's API. */
  readonly errors?: readonly string[];
  /** Numbers of Microsoft's codes, without AADSTS: in `error_codes`, else in the description. */
  readonly numbers?: readonly number[];
  /** In the description; without nested repetition, so that it takes linear time. `absent`: there must be none. */
  readonly description?: RegExp | 'absent';
  /** The same words may mean that the app takes its secret only in the body. */
  readonly mayBeTheMethod?: true;
  /** Where the rule comes from: repository and file, or the page of the documentation. */
  readonly source: string;
}

type WithoutSeverity<Row> = Omit<Row, 'severity'> & { readonly severity?: never };

/** Rows that all are errors, as the answers of a token endpoint are. */
export function errors<const Rows extends Readonly<Record<string, WithoutSeverity<ProviderFinding>>>>(
  rows: Rows,
): { readonly [Code in keyof Rows]: Rows[Code] & { readonly severity: 'error' } } {
  const entries = Object.entries(rows).map(([code, row]) => [code, { ...row, severity: 'error' }]);
  return Object.fromEntries(entries) as { [Code in keyof Rows]: Rows[Code] & { severity: 'error' } };
}
