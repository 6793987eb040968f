import type { Finding } from '../findings/finding.ts';
import type { HttpResponse } from '../transport/http-client.ts';
import { isJsonObject, type JsonObject, jsonObject, member, stringMember } from '../transport/json.ts';
import { askedWait } from '../transport/retry.ts';
import { isHtml, titleOf } from '../transport/web-page.ts';
import { withAdvice } from './advise.ts';
import { type IdpFindingCode, idpFinding } from './findings.ts';
import type { IdentityProvider, RefusalPattern } from './identity-provider.ts';
import { providerFinding } from './provider-finding.ts';

/** A description that is longer is no description but an attempt to keep the patterns busy. */
const LONGEST_MATCHED_CHARACTERS = 4_000;
const MOST_NUMBERS = 10;

/** Of an answer that somebody pasted without it. */
export const UNKNOWN_STATUS = 0;

/** What a token endpoint said in place of a token, whatever shape its answer has. */
export interface TokenRefusal {
  readonly status: number;
  readonly shape: 'oauth' | 'okta-api' | 'message' | 'other-json' | 'web-page' | 'text' | 'empty';
  /** `error` of RFC 6749 section 5.2, or what stands for it. */
  readonly error: string | undefined;
  readonly description: string | undefined;
  /** The numbers of Microsoft's codes. */
  readonly numbers: readonly number[];
  /** How long it asks to wait, in milliseconds. */
  readonly wait: number | undefined;
  /** What the support of a provider asks for, and what tells one web page from another. */
  readonly evidence: Readonly<Record<string, string>>;
}

/**
 * Reads a refusal. Seven shapes are known: RFC 6749 section 5.2, the same with Microsoft's members, Okta's API
 * (`errorCode`, `errorSummary`), Keycloak's bare `error`, a web page, nothing at all, and each of them with a status
 * of success; `message` stands in for the gateways in front of some.
 */
export function readRefusal(response: HttpResponse, now: number): TokenRefusal {
  const { status, headers, body } = response;
  const wait = askedWait(response, Date.parse(headers['date'] ?? '') || now);
  const common = { status, wait, numbers: [] };
  const document = jsonObject(body);
  if (document === undefined) {
    const shape = isHtml(response) ? 'web-page' : body.every(isWhiteSpace) ? 'empty' : 'text';
    return { ...common, shape, error: undefined, description: undefined, evidence: evidenceOfPage(response, shape) };
  }
  const { shape, error, description } = wordsOf(document);
  const numbers = numbersOf(document, description ?? '');
  return { ...common, shape, error, description, numbers, evidence: evidenceOf(document, headers) };
}

function wordsOf(document: JsonObject): Pick<TokenRefusal, 'shape' | 'error' | 'description'> {
  const error = stringMember(document, 'error');
  const inner = member(document, 'error');
  if (error !== undefined) {
    return { shape: 'oauth', error, description: textOf(document, 'error_description') };
  }
  const errorCode = stringMember(document, 'errorCode');
  if (errorCode !== undefined) {
    return { shape: 'okta-api', error: errorCode, description: textOf(document, 'errorSummary') };
  }
  const carrier = isJsonObject(inner) ? inner : document;
  const message = textOf(carrier, 'message');
  return message === undefined
    ? { shape: 'other-json', error: undefined, description: undefined }
    : { shape: 'message', error: stringMember(carrier, 'status', 'code'), description: message };
}

/** An empty description describes nothing. */
function textOf(document: JsonObject, name: string): string | undefined {
  const text = stringMember(document, name);
  return text === '' ? undefined : text;
}

/** `error_codes` where it is there, else the number behind AADSTS in the description. */
function numbersOf(document: JsonObject, description: string): number[] {
  const listed = member(document, 'error_codes');
  const numbers = Array.isArray(listed)
    ? listed.slice(0, MOST_NUMBERS).filter((item) => typeof item === 'number' && Number.isSafeInteger(item))
    : [];
  const named = /\bAADSTS(\d{4,8})\b/.exec(description.slice(0, LONGEST_MATCHED_CHARACTERS))?.[1];
  return numbers.length > 0 || named === undefined ? (numbers as number[]) : [Number(named)];
}

/** Headers by which a provider finds the request in its log. */
const REQUEST_ID_HEADERS = ['x-okta-request-id', 'x-ms-request-id', 'x-correlation-id', 'x-request-id'];

function evidenceOf(document: JsonObject, headers: HttpResponse['headers']): Record<string, string> {
  const members = ['error', 'errorCode', 'trace_id', 'correlation_id', 'errorId'].map(
    (name) => [name, stringMember(document, name)] as const,
  );
  const ids = REQUEST_ID_HEADERS.map((name) => [name, headers[name]] as const);
  return present([...members, ...ids]);
}

function evidenceOfPage({ headers, body }: HttpResponse, shape: TokenRefusal['shape']): Record<string, string> {
  const page = shape === 'web-page' ? titleOf(body) : undefined;
  return present([
    ['content-type', headers['content-type']],
    ['server', headers['server']],
    ['title', page],
  ]);
}

function present(entries: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''));
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** The code and the row of the provider's catalogue that fits, or undefined. Patterns go before bare errors. */
export function matchRefusal(
  refusal: TokenRefusal,
  { findings }: IdentityProvider,
): { readonly code: string; readonly pattern: RefusalPattern } | undefined {
  const rows = Object.entries(findings).flatMap(([code, { answer }]) => (answer ? [{ code, pattern: answer }] : []));
  const isSharp = ({ pattern }: { pattern: RefusalPattern }): boolean => hasWordsOfItsOwn(pattern);
  return (
    rows.find((row) => isSharp(row) && fits(refusal, row.pattern)) ??
    rows.find((row) => !isSharp(row) && fits(refusal, row.pattern))
  );
}

/** Words or numbers that name a provider by themselves; a bare error names none. */
export function hasWordsOfItsOwn({ numbers, description }: RefusalPattern): boolean {
  return numbers !== undefined || description instanceof RegExp;
}

function fits(refusal: TokenRefusal, { errors, numbers, description }: RefusalPattern): boolean {
  const text = refusal.description?.slice(0, LONGEST_MATCHED_CHARACTERS);
  return (
    (errors === undefined || (refusal.error !== undefined && errors.includes(refusal.error))) &&
    (numbers === undefined || numbers.some((number) => refusal.numbers.includes(number))) &&
    (description === undefined ||
      (description === 'absent' ? text === undefined : text !== undefined && description.test(text)))
  );
}

/** The one finding for a refusal: the provider's own where its catalogue has it, else by the error, with its advice. */
export function explainRefusal(refusal: TokenRefusal, provider: IdentityProvider): Finding {
  const detail = describeRefusal(refusal, provider);
  const seen = refusal.status === UNKNOWN_STATUS ? {} : { status: String(refusal.status) };
  const evidence = { ...seen, ...refusal.evidence };
  const match = matchRefusal(refusal, provider);
  if (match !== undefined) {
    return providerFinding(match.code, detail, { evidence });
  }
  const code = generalCode(refusal);
  return withAdvice(idpFinding(code, detail, { evidence }), provider);
}

/** What was seen, as a sentence or two. */
export function describeRefusal(
  { status, shape, error, description, wait }: TokenRefusal,
  { name, title }: IdentityProvider,
): string {
  const words = [error, description].filter((word) => word !== undefined);
  const said =
    words.length > 0
      ? ` with ${sentence(words.join(': '))}`
      : shape === 'web-page'
        ? ' with a web page.'
        : shape === 'empty'
          ? ' without a body.'
          : ' without an error code.';
  const isAsked = status === 429 && wait !== undefined && wait > 0;
  const asked = isAsked ? ` It asks to wait ${Math.ceil(wait / 1000)} s.` : '';
  const answered = status === UNKNOWN_STATUS ? 'answered' : `answered ${status}`;
  return `The token endpoint${name === 'generic' ? '' : ` of ${title}`} ${answered}${said}${asked}`;
}

/** Ends with a full stop, so that another sentence can follow. */
function sentence(text: string): string {
  return /[.!?]\s*$/.test(text.slice(-10)) ? text : `${text}.`;
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
  // glewlwyd 2.7.5.
  ['authorization_type_invalid', 'idp/client-not-allowed'],
  ['scope_invalid', 'idp/invalid-scope'],
]);

/** By the error first; the status only where nothing else is left to tell by. */
function generalCode({ status, shape, error }: TokenRefusal): IdpFindingCode {
  if (status >= 200 && status < 300) {
    return 'idp/error-in-success';
  }
  if (status === 429) {
    return 'idp/rate-limited';
  }
  // Some answer so to a wrong secret, with a status that RFC 6749 section 5.2 reserves for it.
  const isUnauthorized = status === 401 && error === 'access_denied';
  const known = error === undefined || isUnauthorized ? undefined : ERROR_CODES.get(error);
  if (known !== undefined) {
    return known;
  }
  if (status >= 500) {
    return 'idp/server-error';
  }
  if (status === 401) {
    return 'idp/wrong-secret';
  }
  if (error === undefined && (status === 404 || status === 405 || status === 415)) {
    return 'idp/not-a-token-endpoint';
  }
  return shape === 'web-page' ? 'idp/html' : 'idp/refused';
}

/** Refused for who the client is, and not for what it asks: a second way of saying who it is may tell why. */
export function mayBeTheMethod(refusal: TokenRefusal, provider: IdentityProvider): boolean {
  const match = matchRefusal(refusal, provider);
  if (match !== undefined) {
    return match.pattern.mayBeTheMethod === true;
  }
  const code = generalCode(refusal);
  return code === 'idp/wrong-secret' || (refusal.status === 401 && code !== 'idp/html');
}
