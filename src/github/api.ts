import { FindingError } from '../findings/finding.ts';
import type { HttpRequest, HttpResponse, Transport } from '../transport/http-client.ts';
import { isJsonObject, type Json, jsonObject, stringMember } from '../transport/json.ts';
import { type RetryEffects, sendOnce, sendWhileLimited, sendWithRetries } from '../transport/retry.ts';
import { placeOf, readHttpsUrl } from '../transport/urls.ts';
import { type GitHubFindingCode, githubFinding } from './api-findings.ts';
import { inputFinding } from './inputs.ts';

/** Of github.com and of every GitHub Enterprise Server that is still supported. */
const API_VERSION = '2022-11-28';
/** A page of 100 issues of the longest kind. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
const PAGE_SIZE = 100;
/** A list that is longer is not read to its end. */
const MOST_ITEMS = 10_000;
/** Nor one whose pages are empty and never end. */
const MOST_PAGES = MOST_ITEMS / PAGE_SIZE;
const NO_RESPONSE_BODY = new Set([204, 205, 304]);

/** GitHub's REST API, as far as it is spoken here: a route as its documentation writes it, and its parameters. */
export interface GitHubApi {
  /** @throws FindingError for every answer that is no success. */
  request(route: string, parameters: Readonly<Record<string, unknown>>): Promise<Json>;
  /** All pages of a list. @throws FindingError */
  list(route: string, parameters: Readonly<Record<string, unknown>>): Promise<Json[]>;
}

/** The status of an answer that is no success, with what it means. */
export class GitHubRefusal extends FindingError {
  readonly status: number;

  constructor(code: GitHubFindingCode, detail: string, status: number) {
    super(githubFinding(code, detail));
    this.status = status;
  }
}

/**
 * @actions/github makes the requests and follows the pages; our transport sends them, with its guards. A request that
 * creates something is sent once: after a lost answer it may have been done (POST in RFC 9110 section 9.2.2).
 * @param apiUrl as GITHUB_API_URL has it, https://api.github.com or https://HOST/api/v3.
 */
export async function connectToGitHub(
  { apiUrl, token }: { apiUrl: string; token: string },
  transport: Transport,
  retry: RetryEffects,
): Promise<GitHubApi> {
  const base = readHttpsUrl(apiUrl);
  if (!(base instanceof URL)) {
    throw new FindingError(
      inputFinding('input/not-an-address', `The address of GitHub's API can not be used (${base}).`),
    );
  }
  if (token === '') {
    throw new FindingError(githubFinding('github/no-token', 'The token is empty.'));
  }
  // Only now: while it is loaded it reads the environment and would fail on what it can't read.
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, {
    baseUrl: base.href.replace(/\/$/, ''),
    // It would write to standard error.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    request: { fetch: fetchOver(transport, retry, base) },
    headers: { 'x-github-api-version': API_VERSION },
  });
  return {
    async request(route, parameters) {
      const { data } = await octokit.request(route, parameters).catch(unwrap);
      return data as Json;
    },
    async list(route, parameters) {
      const items: Json[] = [];
      let pages = 0;
      try {
        for await (const { data } of octokit.paginate.iterator(route, { ...parameters, per_page: PAGE_SIZE })) {
          if (!Array.isArray(data)) {
            throw new GitHubRefusal('github/unreadable-answer', 'A list was answered with something else.', 200);
          }
          items.push(...(data as Json[]));
          pages += 1;
          if (items.length >= MOST_ITEMS || pages >= MOST_PAGES) {
            const what = items.length >= MOST_ITEMS ? `There are ${MOST_ITEMS}` : `They fill ${MOST_PAGES} pages`;
            throw new GitHubRefusal('github/too-many-issues', `${what} or more.`, 200);
          }
        }
      } catch (error) {
        unwrap(error);
      }
      return items;
    },
  };
}

function ignore(): void {}

/** Octokit wraps what its fetch throws. */
function unwrap(error: unknown): never {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  throw inner;
}

interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What Octokit needs of fetch. Throws a FindingError for whatever is no success, so that Octokit reads no error. */
function fetchOver(transport: Transport, retry: RetryEffects, base: URL) {
  return async (address: string, { method, headers, body }: FetchOptions) => {
    const url = new URL(address);
    if (url.origin !== base.origin) {
      // The address of a next page comes from an answer.
      throw new GitHubRefusal('github/unreadable-answer', 'A page leads to another host.', 200);
    }
    const request: HttpRequest = {
      purpose: 'GitHub',
      method: method as HttpRequest['method'],
      url,
      headers,
      ...(body !== undefined && { body }),
      maximumBytes: LARGEST_ANSWER_BYTES,
    };
    const response = await send(request, transport, retry);
    if (response.status >= 300) {
      throw refusalOf(response, request);
    }
    return asFetchResponse(response, address);
  };
}

async function send(request: HttpRequest, transport: Transport, retry: RetryEffects): Promise<HttpResponse> {
  const isCreation = request.method === 'POST';
  const lost = (why: string): GitHubRefusal =>
    new GitHubRefusal('github/answer-lost', `POST ${placeOf(request.url)} ended with ${why}.`, 0);
  return await sendWhileLimited(
    () => (isCreation ? sendOnce(transport, request, lost) : sendWithRetries(transport, request, retry)),
    // What `sendWithRetries` has repeated is not repeated again.
    (response) => isLimited(response) && (isCreation || response.status === 403),
    transport,
    retry,
  );
}

/** docs.github.com, "Rate limits for the REST API": 403 or 429, told by the headers, else by the text. */
function isLimited({ status, headers, body }: HttpResponse): boolean {
  return (
    (status === 403 || status === 429) &&
    (status === 429 ||
      headers['retry-after'] !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      /secondary rate limit/i.test(messageIn(body)))
  );
}

function refusalOf(response: HttpResponse, { method, url }: HttpRequest): GitHubRefusal {
  const { status, headers, body } = response;
  const message = messageIn(body);
  const said = message === '' ? '' : `: ${message}`;
  const detail = `${method} ${placeOf(url)} was answered with ${status}${said}`;
  const refuse = (code: GitHubFindingCode): GitHubRefusal => new GitHubRefusal(code, detail, status);
  if (isLimited(response)) {
    return refuse(headers['x-ratelimit-remaining'] === '0' ? 'github/rate-limited' : 'github/secondary-limit');
  }
  switch (true) {
    case status >= 500:
      return refuse('github/unavailable');
    case status < 400:
      return refuse('github/moved');
    case status === 401:
      return refuse('github/token-refused');
    case status === 410:
      return refuse('github/issues-disabled');
    case /archived/i.test(message):
      return refuse('github/repository-archived');
    case status === 403:
      return refuse('github/no-permission');
    case status === 404:
      return refuse('github/not-found');
    default:
      return refuse('github/refused');
  }
}

function messageIn(body: Uint8Array): string {
  const document = jsonObject(body);
  return (document && stringMember(document, 'message')) ?? '';
}

function asFetchResponse({ status, headers, body }: HttpResponse, url: string) {
  if (!NO_RESPONSE_BODY.has(status) && !/^application\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '')) {
    throw new GitHubRefusal('github/unreadable-answer', `${placeOf(new URL(url))} did not answer with JSON.`, status);
  }
  const text = new TextDecoder().decode(body);
  // Octokit takes a text that is no JSON for the answer, and looks for members in it.
  if (!NO_RESPONSE_BODY.has(status) && !isObjectOrList(text)) {
    throw new GitHubRefusal('github/unreadable-answer', `${placeOf(new URL(url))} answered with broken JSON.`, status);
  }
  return {
    status,
    url,
    ok: true,
    headers: new Map(Object.entries(headers)),
    text: async () => text,
  };
}

/** Every answer of GitHub that has a body is one of them. */
function isObjectOrList(text: string): boolean {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** A member of an answer that must be an object. @throws FindingError */
export function objectOf(answer: Json): { [name: string]: Json } {
  if (!isJsonObject(answer)) {
    throw new GitHubRefusal('github/unreadable-answer', 'An answer is no JSON object.', 200);
  }
  return answer;
}
