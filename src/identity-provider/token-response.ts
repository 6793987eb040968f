import type { Finding } from '../findings/finding.ts';
import type { HttpResponse } from '../transport/http-client.ts';
import { type Json, jsonObject, member, stringMember } from '../transport/json.ts';
import { isHtml, titleOf } from '../transport/web-page.ts';
import { type IdpFindingCode, idpFinding } from './findings.ts';
import { readRefusal, type TokenRefusal } from './refusal.ts';

/** More in one answer are no credentials but an attempt to blank the log of the job. */
const MOST_CREDENTIALS = 20;

export interface GrantedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  /** As the provider reports it; undefined where it does not. */
  readonly scope: string | undefined;
}

/** A token; or what the provider said in place of one; or why the client could not use what it gave. */
export type TokenOutcome =
  | { readonly granted: GrantedToken }
  | { readonly refusal: TokenRefusal }
  | { readonly unusable: Finding<IdpFindingCode> };

/**
 * Reads the answer of a token endpoint by what the flyte client needs of it: JSON, `access_token`, `expires_in`
 * (RFC 6749 section 5.1 only recommends it, the client stops with a KeyError without it), a bearer token.
 */
export function readTokenResponse(response: HttpResponse, now: number): TokenOutcome {
  const unusable = (code: IdpFindingCode, detail: string) => ({ unusable: idpFinding(code, detail) });
  const { status, headers, body } = response;
  if (status >= 300 && status < 400) {
    const location = headers['location'] ?? '';
    const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
    return unusable('idp/redirect', `The token endpoint answered ${status}${target}.`);
  }
  const document = jsonObject(body);
  if (status < 200 || status >= 300) {
    return { refusal: readRefusal(response, now) };
  }
  if (document === undefined) {
    return isHtml(response)
      ? unusable('idp/html', `The token endpoint answered ${status} with a web page${titled(body)}.`)
      : unusable('idp/not-json', `The token endpoint answered ${status} with something that is not a JSON object.`);
  }
  const accessToken = stringMember(document, 'access_token') ?? '';
  if (accessToken === '') {
    return stringMember(document, 'error', 'errorCode') === undefined
      ? unusable('idp/no-access-token', `The answer (${status}) holds no access_token.`)
      : { refusal: readRefusal(response, now) };
  }
  if (!/^[!-~]+$/.test(accessToken)) {
    return unusable(
      'idp/token-not-sendable',
      'The access_token holds white space or characters that no header can carry.',
    );
  }
  const expiresIn = member(document, 'expires_in');
  if (expiresIn === undefined) {
    return unusable('idp/no-expires-in', 'The answer holds no expires_in.');
  }
  const expiresInSeconds = secondsOf(expiresIn);
  if (expiresInSeconds === undefined) {
    return unusable('idp/expires-in-not-usable', 'The expires_in of the answer is not a number of seconds.');
  }
  const type = stringMember(document, 'token_type') ?? '';
  if (type.toLowerCase() !== 'bearer') {
    return unusable('idp/token-type-not-bearer', `The token_type of the answer is "${type}".`);
  }
  return { granted: { accessToken, expiresInSeconds, scope: stringMember(document, 'scope') } };
}

function titled(body: Uint8Array): string {
  const title = titleOf(body);
  return title === undefined ? '' : ` titled "${title}"`;
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

/** A whole number of seconds, as a number or, as some providers write it, in a text. */
function secondsOf(value: Json): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,8}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER
    ? Math.floor(seconds)
    : undefined;
}
