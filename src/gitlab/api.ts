import { FindingError } from '../findings/finding.ts';
import type { HttpRequest, HttpResponse, Transport } from '../transport/http-client.ts';
import { isJsonObject, type Json, type JsonObject, jsonObject, member, stringMember } from '../transport/json.ts';
import { type RetryEffects, sendOnce, sendWhileLimited, sendWithRetries } from '../transport/retry.ts';
import { placeOf, readHttpsUrl } from '../transport/urls.ts';
import { type GitLabFindingCode, gitlabFinding } from './findings.ts';

/** A page of 100 issues, long ones too: docs.gitlab.com, a description has at most 1,048,576 characters. */
const LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;
const PAGE_SIZE = 100;
/** A list that is longer is not read to its end. */
const MOST_ITEMS = 10_000;

type Parameters = Readonly<Record<string, string | number | readonly number[]>>;

/** GitLab's REST API v4, as far as it is spoken here. */
export interface GitLabApi {
  /** @param path below the address of the API. @throws FindingError for every answer that is no success. */
  request(method: HttpRequest['method'], path: string, content?: Parameters): Promise<Json>;
  /** All pages of a list. @throws FindingError */
  list(path: string, query: Readonly<Record<string, string>>): Promise<Json[]>;
}

/** The status of an answer that is no success, with what it means. */
export class GitLabRefusal extends FindingError {
  readonly status: number;

  constructor(code: GitLabFindingCode, detail: string, status: number) {
    super(gitlabFinding(code, detail));
    this.status = status;
  }
}

/**
 * What creates something is sent once: after a lost answer it may have been done (POST in RFC 9110 section 9.2.2).
 * @param apiUrl as CI_API_V4_URL has it.
 * @param token of a project or a person, with the scope api (docs.gitlab.com, "REST API authentication"). The token of
 * a job can't read or write issues ("CI/CD job token", job token access).
 * @throws FindingError
 */
export function connectToGitLab(
  { apiUrl, token }: { apiUrl: string; token: string },
  transport: Transport,
  retry: RetryEffects,
): GitLabApi {
  const base = readHttpsUrl(apiUrl);
  if (!(base instanceof URL)) {
    throw new GitLabRefusal('gitlab/unreadable-answer', `CI_API_V4_URL can not be used as an address (${base}).`, 0);
  }
  if (token === '') {
    throw new GitLabRefusal('gitlab/no-token', 'The token is empty.', 0);
  }
  const address = (path: string): URL => new URL(`${base.href.replace(/\/$/, '')}${path}`);
  const send = async (method: HttpRequest['method'], url: URL, content?: Parameters): Promise<HttpResponse> => {
    const request: HttpRequest = {
      purpose: 'GitLab',
      method,
      url,
      headers: {
        accept: 'application/json',
        'private-token': token,
        ...(content && { 'content-type': 'application/json' }),
      },
      ...(content && { body: JSON.stringify(content) }),
      maximumBytes: LARGEST_ANSWER_BYTES,
    };
    const response =
      method === 'POST' ? await create(request, transport, retry) : await sendWithRetries(transport, request, retry);
    if (response.status >= 300) {
      throw refusalOf(response, request);
    }
    return response;
  };
  return {
    async request(method, path, content) {
      const response = await send(method, address(path), content);
      return response.status === 204 ? null : jsonIn(response);
    },
    async list(path, query) {
      const items: Json[] = [];
      let next: URL | undefined = address(`${path}?${new URLSearchParams({ ...query, per_page: String(PAGE_SIZE) })}`);
      while (next !== undefined) {
        const response = await send('GET', next);
        const page = jsonIn(response);
        if (!Array.isArray(page)) {
          throw new GitLabRefusal('gitlab/unreadable-answer', 'A list was answered with something else.', 200);
        }
        items.push(...page);
        if (items.length >= MOST_ITEMS) {
          throw new GitLabRefusal('gitlab/too-many-issues', `There are ${MOST_ITEMS} or more.`, 200);
        }
        next = nextPage(response, base);
      }
      return items;
    },
  };
}

/** docs.gitlab.com, "REST API", pagination: the address of the next page stands in Link. */
function nextPage({ headers }: HttpResponse, base: URL): URL | undefined {
  const [, target] = /<([^>]+)>\s*;\s*rel="next"/.exec(headers['link'] ?? '') ?? [];
  if (target === undefined) {
    return undefined;
  }
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.origin !== base.origin) {
    throw new GitLabRefusal('gitlab/unreadable-answer', 'A page leads to another host.', 200);
  }
  return url;
}

/** What was refused before it was begun is repeated: docs.gitlab.com, "Rate limits", 429 and Retry-After. */
async function create(request: HttpRequest, transport: Transport, retry: RetryEffects): Promise<HttpResponse> {
  const lost = (why: string): GitLabRefusal =>
    new GitLabRefusal('gitlab/answer-lost', `POST ${placeOf(request.url)} ended with ${why}.`, 0);
  return await sendWhileLimited(
    () => sendOnce(transport, request, lost),
    ({ status }) => status === 429,
    transport,
    retry,
  );
}

function refusalOf({ status, body }: HttpResponse, { method, url }: HttpRequest): GitLabRefusal {
  const message = messageIn(body);
  const detail = `${method} ${placeOf(url)} was answered with ${status}${message === '' ? '' : `: ${message}`}`;
  return new GitLabRefusal(codeOf(status, message), detail, status);
}

function codeOf(status: number, message: string): GitLabFindingCode {
  switch (true) {
    case status >= 500:
      return 'gitlab/unavailable';
    // A project that has moved answers GET with its new address, and everything else with 405.
    case status < 400 || /moved projects/i.test(message):
      return 'gitlab/moved';
    case status === 401:
      return 'gitlab/token-refused';
    case status === 403:
      return 'gitlab/no-permission';
    case status === 404:
      return 'gitlab/not-found';
    case status === 429:
      return 'gitlab/rate-limited';
    default:
      return 'gitlab/refused';
  }
}

/** docs.gitlab.com, "REST API troubleshooting": a text, what is wrong with each field, or an error of OAuth. */
function messageIn(body: Uint8Array): string {
  const document = jsonObject(body) ?? {};
  const message = member(document, 'message');
  return isJsonObject(message)
    ? JSON.stringify(message)
    : (stringMember(document, 'message', 'error_description', 'error') ?? '');
}

function jsonIn({ body, status }: HttpResponse): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    throw new GitLabRefusal('gitlab/unreadable-answer', 'An answer is no JSON.', status);
  }
}

/** An answer that must be an object. @throws FindingError */
export function objectOf(answer: Json): JsonObject {
  if (!isJsonObject(answer)) {
    throw new GitLabRefusal('gitlab/unreadable-answer', 'An answer is no JSON object.', 200);
  }
  return answer;
}
