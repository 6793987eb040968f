import type { Finding } from '../findings/finding.ts';
import type { HttpResponse } from '../transport/http-client.ts';
import { type Json, type JsonObject, jsonObject, member, stringMember } from '../transport/json.ts';
import { askedWait } from '../transport/retry.ts';
import { type IdpFindingCode, idpFinding } from './findings.ts';

/** More in one answer are no credentials but an attempt to blank the log of the job. */
const MOST_CREDENTIALS = 20;

export interface GrantedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** As the provider reports it; undefined where it does not. */
  readonly scope: string | undefined;
}

/**
 * Reads the answer of a token endpoint by what the flyte client needs of it: JSON, `access_token`, `expires_in`
 * (RFC 6749 section 5.1 only recommends it, the client stops with a KeyError without it), a bearer token.
 */
export function readTokenResponse(
  response: HttpResponse,
): GrantedToken | { readonly refused: Finding<IdpFindingCode> } {
  const refuse = (code: IdpFindingCode, detail: string, evidence?: Record<string, string>) => ({
    refused: idpFinding(code, detail, evidence ? { evidence } : {}),
  });
  const { status, headers, body } = response;
  if (status >= 300 && status < 400) {
    const location = headers['location'] ?? '';
    const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
    return refuse('idp/redirect', `The token endpoint answered ${status}${target}.`);
  }
  const document = jsonObject(body);
  if (status < 200 || status >= 300) {
    return { refused: readRefusal(response, document) };
  }
  if (document === undefined) {
    return isHtml(response)
      ? refuse('idp/html', `The token endpoint answered ${status} with a web page.`)
      : refuse('idp/not-json', `The token endpoint answered ${status} with something that is not a JSON object.`);
  }
  const error = stringMember(document, 'error');
  const accessToken = stringMember(document, 'access_token') ?? '';
  if (accessToken === '') {
    return error === undefined
      ? refuse('idp/no-access-token', `The answer (${status}) holds no access_token.`)
      : refuse(
          'idp/error-in-success',
          `The answer (${status}) holds the error ${describeError(document)}`,
          evidenceOf(document),
        );
  }
  if (!/^[!-~]+$/.test(accessToken)) {
    return refuse(
      'idp/token-not-sendable',
      'The access_token holds white space or characters that no header can carry.',
    );
  }
  const expiresIn = member(document, 'expires_in');
  if (expiresIn === undefined) {
    return refuse('idp/no-expires-in', 'The answer holds no expires_in.');
  }
  const expiresInSeconds = secondsOf(expiresIn);
  if (expiresInSeconds === undefined) {
    return refuse('idp/expires-in-not-usable', 'The expires_in of the answer is not a number of seconds.');
  }
  const type = stringMember(document, 'token_type') ?? '';
  if (type.toLowerCase() !== 'bearer') {
    return refuse('idp/token-type-not-bearer', `The token_type of the answer is "${type}".`);
  }
  return { accessToken, expiresInSeconds, scope: stringMember(document, 'scope') };
}

/** Members that call themselves a credential. */
const CREDENTIAL_NAME = /token$|secret|assertion|password/i;
/** What a credential of any name looks like: long, and neither an address nor prose. */
const CREDENTIAL_SHAPE = /^[\w.~+/=-]{16,}$/;
/** Members that look like one and are none (RFC 6749 section 5.1, RFC 8693 section 2.2.1, RFC 9068). */
const HARMLESS_NAME = /^(token_type|issued_token_type|scope|resource|audience|iss|issuer|client_id|.*_uri)$/i;

/**
 * Every text of a token response that may be a credential, so that it can be masked. In an answer that reports an
 * error only what calls itself one: the ids that a provider's support asks for must stay readable.
 */
export function credentialsIn(body: Uint8Array): string[] {
  const document = jsonObject(body);
  if (document === undefined) {
    return [];
  }
  const isError = stringMember(document, 'error', 'errorCode') !== undefined;
  const isCredential = (name: string, text: string): boolean =>
    CREDENTIAL_NAME.test(name) || (!isError && !HARMLESS_NAME.test(name) && CREDENTIAL_SHAPE.test(text));
  return credentialsBelow(document, isCredential, 0).slice(0, MOST_CREDENTIALS);
}

const DEEPEST_CREDENTIAL = 8;

function credentialsBelow(value: Json, isCredential: (name: string, text: string) => boolean, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_CREDENTIAL) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') {
      return isCredential(name, inner) ? [inner] : [];
    }
    return credentialsBelow(inner, CREDENTIAL_NAME.test(name) ? () => true : isCredential, depth + 1);
  });
}

/** The error codes of RFC 6749 section 5.2 and RFC 8707 section 2, and the few that providers add to them. */
const ERROR_CODES: ReadonlyMap<string, IdpFindingCode> = new Map([
  ['invalid_client', 'idp/wrong-secret'],
  ['invalid_grant', 'idp/invalid-grant'],
  ['unauthorized_client', 'idp/client-not-allowed'],
  ['unsupported_grant_type', 'idp/grant-not-supported'],
  ['invalid_scope', 'idp/invalid-scope'],
  ['invalid_target', 'idp/invalid-audience'],
  ['access_denied', 'idp/access-denied'],
  ['invalid_request', 'idp/invalid-request'],
  ['server_error', 'idp/server-error'],
  ['temporarily_unavailable', 'idp/server-error'],
  ['too_many_requests', 'idp/rate-limited'],
  ['invalid_dpop_proof', 'idp/proof-of-possession'],
  ['use_dpop_nonce', 'idp/proof-of-possession'],
]);

function readRefusal(response: HttpResponse, document: JsonObject | undefined): Finding<IdpFindingCode> {
  const { status } = response;
  const error = document === undefined ? undefined : stringMember(document, 'error', 'errorCode');
  const described = error === undefined ? ' without an error code.' : ` with ${describeError(document ?? {})}`;
  const seen = `The token endpoint answered ${status}${described}`;
  const evidence = document === undefined ? {} : { evidence: evidenceOf(document) };
  if (status === 429) {
    const wait = askedWait(response, Date.parse(response.headers['date'] ?? '') || Date.now());
    const asked = wait === undefined ? '' : ` It asks to wait ${Math.ceil(wait / 1000)} s.`;
    return idpFinding('idp/rate-limited', `${seen}${asked}`, evidence);
  }
  // Auth0 and others answer so to a wrong secret.
  const isUnauthorized = status === 401 && error === 'access_denied';
  const known = error === undefined || isUnauthorized ? undefined : ERROR_CODES.get(error);
  if (known !== undefined) {
    return idpFinding(known, seen, evidence);
  }
  if (status >= 500) {
    return idpFinding('idp/server-error', seen, evidence);
  }
  if (status === 401) {
    return idpFinding('idp/wrong-secret', seen, evidence);
  }
  if (error === undefined && (status === 404 || status === 405 || status === 415)) {
    return idpFinding('idp/not-a-token-endpoint', seen);
  }
  return idpFinding(document === undefined && isHtml(response) ? 'idp/html' : 'idp/refused', seen, evidence);
}

function describeError(document: JsonObject): string {
  const error = stringMember(document, 'error', 'errorCode') ?? 'no error code';
  const description = stringMember(document, 'error_description', 'errorSummary');
  return sentence(description === undefined ? error : `${error}: ${description}`);
}

/** Ends with a full stop, so that another sentence can follow. */
function sentence(text: string): string {
  return /[.!?]\s*$/.test(text) ? text : `${text}.`;
}

/** What the support of a provider asks for. */
function evidenceOf(document: JsonObject): Record<string, string> {
  return Object.fromEntries(
    ['error', 'errorCode', 'trace_id', 'correlation_id', 'errorId'].flatMap((name) => {
      const value = stringMember(document, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A whole number of seconds, as a number or, as some providers write it, in a text. */
function secondsOf(value: Json): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER
    ? Math.floor(seconds)
    : undefined;
}

function isHtml({ headers, body }: HttpResponse): boolean {
  return (
    /^text\/html/i.test(headers['content-type'] ?? '') ||
    /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))
  );
}
