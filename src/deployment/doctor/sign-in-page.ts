import { type Finding, FindingError } from '../../findings/finding.ts';
import type { HttpResponse, Transport } from '../../transport/http-client.ts';
import { type RetryEffects, sendWithRetries } from '../../transport/retry.ts';
import { placeOf, readHttpsUrl } from '../../transport/urls.ts';
import { isHtml, titleOf } from '../../transport/web-page.ts';
import type { AppName } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed } from './doctor-report.ts';

/** Sign-in pages that bring their programs along are large. */
const LARGEST_PAGE_BYTES = 2 * 1024 * 1024;

/** A sign-in that is begun as a browser would, and not gone on with. */
export interface SignIn {
  readonly app: AppName;
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Random. Nobody redeems a code, so it stands for the state and for the challenge alike. */
  readonly nonce: string;
}

/**
 * Whether the provider takes the app and its redirect address, by what it answers to an authorization request
 * (RFC 6749 section 4.1.1, RFC 7636 section 4.3). No redirect is followed, and nobody is signed in.
 */
export async function askSignInPage(signIn: SignIn, transport: Transport, retry: RetryEffects): Promise<DoctorRow> {
  const url = addressOf(signIn);
  const request = {
    purpose: 'whether the sign-in page takes the app',
    method: 'GET',
    url,
    headers: { accept: 'text/html' },
    maximumBytes: LARGEST_PAGE_BYTES,
  } as const;
  try {
    const response = await sendWithRetries(transport, request, retry);
    const finding = judgeSignInPage(response, signIn.redirectUri, placeOf(url));
    return finding === undefined
      ? passed(signIn.app, CHECKS.signInPage, `For ${signIn.redirectUri}. Nobody was signed in.`)
      : found(signIn.app, CHECKS.signInPage, finding);
  } catch (error) {
    if (error instanceof FindingError) {
      return found(signIn.app, CHECKS.signInPage, notRead(error.finding));
    }
    throw error;
  }
}

/** A page that is too large to be read may well be a sign-in page. */
function notRead(finding: Finding): Finding {
  return finding.code === 'network/answer-too-large'
    ? doctorFinding('deployment/sign-in-unclear', finding.detail)
    : finding;
}

function addressOf({ authorizationEndpoint, clientId, redirectUri, scopes, nonce }: SignIn): URL {
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state: nonce,
    code_challenge: nonce,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url;
}

/**
 * An app or a redirect address that is not known is told on a page of the provider's own, anything else by sending the
 * browser back to the app (RFC 6749 section 4.1.2.1). What leads on to a sign-in page was taken.
 * @returns undefined where it was taken.
 */
export function judgeSignInPage(response: HttpResponse, redirectUri: string, place: string): Finding | undefined {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    const error = errorIn(headers['location'] ?? '', place);
    return error === undefined ? undefined : judgeError(error, `${place} sends back the error ${error}.`);
  }
  const words = wordsOf(response);
  const title = isHtml(response) ? titleOf(response.body) : undefined;
  const page = `${place} answered ${status}${title === undefined ? '' : ` with the page "${title}"`}.`;
  if (status === 200) {
    const code = SPOKEN.find(({ anywhere }) => anywhere.test(words))?.code;
    return code === undefined ? undefined : doctorFinding(code, `${page}${about(code, redirectUri)}`);
  }
  if (status >= 400 && status < 500) {
    const code = SPOKEN.find(({ onErrorPage }) => onErrorPage.test(words))?.code;
    return code === undefined
      ? doctorFinding('deployment/sign-in-unclear', page)
      : doctorFinding(code, `${page}${about(code, redirectUri)}`);
  }
  return doctorFinding('deployment/sign-in-unclear', page);
}

/** The `error` that a redirect carries, wherever it leads: some providers have a page of their own for it. */
function errorIn(location: string, place: string): string | undefined {
  const base = `https://${place}`;
  const error = URL.canParse(location, base) ? new URL(location, base).searchParams.get('error') : null;
  return error ?? undefined;
}

/** OpenID Connect Core section 3.1.2.6: the app was taken, and somebody has to do something now. */
const ASKS_SOMEBODY = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

const ERRORS: ReadonlyMap<string, DoctorFindingCode> = new Map([
  ['unauthorized_client', 'deployment/code-grant-not-enabled'],
  ['unsupported_response_type', 'deployment/code-grant-not-enabled'],
  ['invalid_scope', 'deployment/sign-in-scope-refused'],
  ['invalid_client', 'deployment/client-unknown'],
]);

function judgeError(error: string, detail: string): Finding | undefined {
  return ASKS_SOMEBODY.has(error)
    ? undefined
    : doctorFinding(ERRORS.get(error) ?? 'deployment/sign-in-unclear', detail);
}

interface Spoken {
  readonly code: DoctorFindingCode;
  /** Words that mean it on a page that says that something is wrong. */
  readonly onErrorPage: RegExp;
  /** Words that mean it on any page: a sign-in page may repeat the parameters of its request. */
  readonly anywhere: RegExp;
}

/** In this order: a page on the redirect address names the client too. */
const SPOKEN: readonly Spoken[] = [
  {
    code: 'deployment/redirect-refused',
    onErrorPage: /redirect[ _]?ur[il]|reply (?:url|address)|callback ur[il]|AADSTS50011\b/i,
    anywhere: /AADSTS50011\b/,
  },
  {
    code: 'deployment/sign-in-scope-refused',
    onErrorPage: /invalid_scope|AADSTS(?:70011|650053|90009)\b/i,
    anywhere: /AADSTS(?:70011|650053|90009)\b/,
  },
  {
    code: 'deployment/code-grant-not-enabled',
    onErrorPage: /unauthorized_client|unsupported_response_type/i,
    anywhere: /$^/,
  },
  {
    code: 'deployment/client-unknown',
    onErrorPage:
      /invalid_client|client[ _]?id|client (?:is )?(?:not found|invalid|unknown)|unknown client|AADSTS700016\b/i,
    anywhere: /AADSTS700016\b/,
  },
];

function about(code: DoctorFindingCode, redirectUri: string): string {
  return code === 'deployment/redirect-refused' ? ` Asked for was ${redirectUri}.` : '';
}

/** Enough to hold an error; pages of any size are read in a time that nobody notices. */
const LONGEST_READ_BYTES = 256 * 1024;

function wordsOf({ body }: HttpResponse): string {
  return Buffer.from(body.subarray(0, LONGEST_READ_BYTES)).toString('utf8');
}

/** Whether the CLI can listen at an address: RFC 8252 section 7.3, on loopback without TLS. */
export function isLoopback(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** Whether a sign-in can be begun at all. */
export function isEndpoint(address: string): boolean {
  return readHttpsUrl(address, { allowQuery: true }) instanceof URL;
}
