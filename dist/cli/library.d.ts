/** How much a finding weighs. Only `error` makes a run fail; `pass` is kept so that the log can say what was checked. */
export type Severity = "pass" | "note" | "warning" | "error";
/** One thing that was seen. `detail` says what was seen here, without any secret; the rest stands in its definition. */
export interface Finding<Code extends string = string> {
	code: Code;
	severity: Severity;
	detail: string;
	evidence?: Readonly<Record<string, string>>;
	/** Where more is known than its definition can say, as at which provider it was seen. */
	advice?: Advice;
}
interface Advice {
	readonly cause?: string;
	readonly fix: string;
}
/** Carries the finding that ends a run up to the place that reports it. Its message holds no secret. */
export declare class FindingError extends Error {
	readonly name = "FindingError";
	readonly finding: Finding;
	constructor(finding: Finding);
}
/** What may be shown of a decoded key: where fields have shifted, any of them may hold the secret. */
export type ShownDecoded = {
	readonly accepts: true;
	readonly domain: string;
	readonly clientId: string;
	readonly org: string;
} | {
	readonly accepts: false;
	readonly error: string;
};
/** Cause and fix of what somebody read elsewhere. All text in it may be printed. */
export interface Explanation {
	readonly provider: string;
	readonly finding: {
		readonly code: string;
		readonly title: string;
		readonly cause: string;
		readonly fix: string;
		readonly docs: string;
	};
	readonly detail: string;
	/** What the support of the provider asks for: its error code, the ids of the request. */
	readonly evidence: Readonly<Record<string, string>>;
	/** Codes that the same text could also mean: of other providers, or of other parts of a log. */
	readonly others: readonly string[];
}
/** Why there is no explanation: the text is something else than an error, or nothing in it is known. */
export type Unexplained = "empty" | "access-token" | "api-key" | "unknown";
/** Written out, so that the declarations of the library need not hold every provider to name them. */
export type ProviderName = "flyte" | "okta" | "entra" | "keycloak" | "auth0" | "authentik" | "google" | "pingone" | "pingfederate" | "zitadel" | "cognito" | "dex" | "hydra" | "generic";
export interface HttpRequest {
	/** What the request is for, as the log names it. */
	readonly purpose: string;
	readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
	/** The largest body, in decoded bytes, that can be a real answer. */
	readonly maximumBytes: number;
}
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	readonly milliseconds: number;
}
/** One request as it went, for the log. Holds nothing that was sent or received but the status. */
export interface Attempt {
	readonly purpose: string;
	readonly method: string;
	readonly place: string;
	readonly milliseconds: number;
	readonly status?: number;
	/** The code of a finding. */
	readonly failure?: string;
}
export interface Transport {
	/** Sends once. Any status is an answer; whatever else happens is thrown as a FindingError of this room. */
	send(request: HttpRequest): Promise<HttpResponse>;
	/** Aborted when the time for the whole run is over. */
	readonly deadline: AbortSignal;
	readonly attempts: readonly Attempt[];
	close(): void;
}
type DiscoveryRoute = "connect-binary" | "connect-json" | "http-gateway";
type ControlPlaneKind = "flyte1" | "flyte1-own" | "union" | "flyte2";
/** All text in it may be printed. */
export interface JudgedToken {
	readonly decision: "accept" | "refuse";
	readonly controlPlane: ControlPlaneKind;
	/** The rule that decided, or `every-rule`. */
	readonly decidedBy: string;
	/** What a client reads where the token is refused; else empty. */
	readonly serverError: string;
	readonly subject: string;
	readonly identityType: string;
	readonly findings: readonly Finding[];
}
interface TokenFacts {
	readonly format: "jwt" | "opaque";
	readonly issuer?: string;
	readonly audience?: readonly string[];
	readonly subject?: string;
	readonly identityType?: string;
	readonly scopes?: readonly string[];
	/** Seconds since 1970. */
	readonly expiresAt?: number;
}
type Verdict = "ready" | "ready-with-warnings" | "not-ready" | "skipped";
/** Everything a run found out. Holds no secret, and every text in it has passed the sanitiser. */
export interface Report {
	readonly verdict: Verdict;
	/** The first deciding error of a run that is not ready: the only one that is annotated. */
	readonly cause?: Finding;
	readonly findings: readonly Finding[];
	readonly key?: KeyFacts;
	readonly deployment?: DeploymentFacts;
	readonly provider?: ProviderFacts;
	readonly token?: TokenFacts;
	readonly attempts: readonly Attempt[];
}
interface KeyFacts {
	readonly domain: string;
	readonly clientId: string;
	readonly org: string;
}
interface DeploymentFacts {
	readonly route: DiscoveryRoute | "none";
}
interface ProviderFacts {
	readonly name: ProviderName;
	readonly issuer: string;
	readonly tokenEndpoint: string;
	readonly scopes: readonly string[];
	readonly audience: string;
}
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
	readonly appClaims?: readonly (readonly [
		claim: string,
		value: string
	])[];
}
/** What to test, and how far to go. */
export interface AuthenticateOptions extends ControlPlaneSettings {
	/** An existing key, or the fields of one. */
	readonly credentials: {
		readonly apiKey: string;
	} | KeyFields;
	/** `offline`: the shape alone; `token`, the default: also a sign-in; `deployment`: also ask it who is calling. */
	readonly verify?: "offline" | "token" | "deployment";
	/** With `verify: 'deployment'`: also read this project. */
	readonly project?: string;
	/** Pin the identity provider: an https address each, which the deployment must advertise too. */
	readonly issuer?: string;
	readonly tokenUrl?: string;
	/** What to ask for; what the deployment advertises where they are absent. */
	readonly scopes?: readonly string[];
	readonly audience?: string;
	/** Whose rules judge the token; told from what answered where it is absent. */
	readonly controlPlane?: "auto" | "union" | "flyte1" | "flyte2";
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
export declare function authenticate(options: AuthenticateOptions, effects?: AuthenticateEffects): Promise<Authentication>;
/** The shape of a key. Nothing in it holds the secret. */
export interface KeyInspection {
	readonly verdict: "ready" | "ready-with-warnings" | "not-ready";
	readonly findings: readonly Finding[];
	/** How each real client reads the key. */
	readonly clients: Readonly<Record<string, ShownDecoded>>;
}
/** Judges the shape of any text that is meant to be an API key, exactly as it stands, offline. */
export declare function inspectApiKey(apiKey: string): KeyInspection;
/** Builds a key that every client reads alike; without `key` where a field breaks a rule. */
export declare function encodeApiKey(fields: KeyFields): {
	readonly key?: string;
	readonly findings: readonly Finding[];
};
/** A token to be judged offline. */
export interface JudgeTokenOptions extends ControlPlaneSettings {
	readonly token: string;
	readonly allowedAudience: readonly string[];
	/** What the jwks_uri of the provider serves; without it the signature is not checked. */
	readonly keySet?: Uint8Array | string | object;
	/** Whose rules judge; `union` where it is absent. `flyte1-own`: flyteadmin's own authorization server. */
	readonly controlPlane?: "union" | "flyte1" | "flyte1-own" | "flyte2";
	/** Told from the issuer in the token where it is absent. */
	readonly provider?: ProviderName;
	/** What the deployment advertises. */
	readonly issuer?: string;
	/** When to judge; now where it is absent. */
	readonly at?: Date;
}
/** Judges an access token by the rules of the control plane, in its order, offline. */
export declare function judgeToken(options: JudgeTokenOptions): Promise<JudgedToken>;
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
export declare function explain(text: string, { status, provider }?: ExplainOptions): Explanation | Unexplained;
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
export declare function describeFinding(finding: Finding): FindingDescription;
/** The codes of all findings that a report can hold. */
export declare const FINDING_CODES: readonly string[];

export {};
