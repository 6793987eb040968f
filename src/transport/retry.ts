import { setTimeout as sleep } from 'node:timers/promises';
import { FindingError } from '../findings/finding.ts';
import { NETWORK_FINDINGS, type NetworkFindingCode } from './findings.ts';
import type { HttpRequest, HttpResponse, Transport } from './http-client.ts';

/** Where nobody says otherwise. */
export const DEFAULT_RETRIES = 2;
const FIRST_BACKOFF_MILLISECONDS = 500;
const LONGEST_BACKOFF_MILLISECONDS = 8_000;
/** A server that asks for more is not waited for: the run ends and says how long it asked for. */
const LONGEST_RETRY_AFTER_MILLISECONDS = 20_000;

/** Statuses that say that the same request may succeed later. */
const CURED_BY_WAITING = new Set([429, 502, 503, 504]);

export interface RetryEffects {
  readonly retries: number;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The clock and the chance of the system. */
export function systemRetryEffects(retries: number): RetryEffects {
  return {
    retries,
    random: Math.random,
    now: Date.now,
    sleep: async (milliseconds, signal) => await sleep(milliseconds, undefined, { signal }),
  };
}

/**
 * Sends, and sends again what waiting can cure: connection errors, 429, 502, 503 and 504. Waits as long as the
 * server asks, else with full jitter (a matrix of jobs must not come back in step). Everything else, a refusal
 * above all, is returned or thrown after one request.
 */
export async function sendWithRetries(
  transport: Transport,
  request: HttpRequest,
  effects: RetryEffects,
): Promise<HttpResponse> {
  for (let retry = 0; ; retry++) {
    const outcome = await transport.send(request).catch((error: unknown) => error);
    const wait = waitBeforeRetry(outcome, retry, effects);
    if (retry >= effects.retries || wait === undefined) {
      return unwrap(outcome);
    }
    try {
      await effects.sleep(wait, transport.deadline);
    } catch {
      return unwrap(outcome);
    }
  }
}

function unwrap(outcome: unknown): HttpResponse {
  if (outcome instanceof Error) {
    throw outcome;
  }
  return outcome as HttpResponse;
}

function waitBeforeRetry(outcome: unknown, retry: number, { random, now }: RetryEffects): number | undefined {
  const backoff = random() * Math.min(LONGEST_BACKOFF_MILLISECONDS, FIRST_BACKOFF_MILLISECONDS * 2 ** retry);
  if (outcome instanceof FindingError) {
    return isCuredByWaiting(outcome.finding.code) ? backoff : undefined;
  }
  if (outcome instanceof Error) {
    return undefined;
  }
  const response = outcome as HttpResponse;
  if (!CURED_BY_WAITING.has(response.status)) {
    return undefined;
  }
  const asked = askedWait(response, now());
  return asked === undefined ? backoff : asked <= LONGEST_RETRY_AFTER_MILLISECONDS ? asked : undefined;
}

function isCuredByWaiting(code: string): boolean {
  const definition = NETWORK_FINDINGS[code as NetworkFindingCode] as { waitingHelps?: boolean } | undefined;
  return definition?.waitingHelps === true && code !== 'network/deadline';
}

/**
 * How long a server asks to be left alone, in milliseconds: Retry-After in seconds or as a date (RFC 9110 section
 * 10.2.3), RateLimit-Reset in seconds, X-Rate-Limit-Reset (Okta) and X-RateLimit-Reset (Auth0) in seconds since 1970.
 */
export function askedWait({ headers }: HttpResponse, now: number): number | undefined {
  const after = headers['retry-after'];
  if (after !== undefined) {
    const until = /^\d{1,7}$/.test(after) ? now + Number(after) * 1000 : dateIn(after);
    return Number.isNaN(until) ? undefined : Math.max(0, until - now);
  }
  const delta = headers['ratelimit-reset'];
  if (delta !== undefined && /^\d{1,7}$/.test(delta)) {
    return Number(delta) * 1000;
  }
  const epoch = headers['x-rate-limit-reset'] ?? headers['x-ratelimit-reset'];
  return epoch !== undefined && /^\d{9,11}$/.test(epoch) ? Math.max(0, Number(epoch) * 1000 - now) : undefined;
}

/** Every form of an HTTP date begins with a day; Date.parse alone would take `7.5` for a day in July 2001. */
function dateIn(text: string): number {
  return /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
}

/** Faults of the network that come after a request may have been read: one that creates must not be sent again then. */
const MAY_HAVE_ARRIVED = new Set<NetworkFindingCode>([
  'network/timeout',
  'network/deadline',
  'network/connection-lost',
  'network/answer-too-large',
  'network/answer-unreadable',
  'network/failed',
]);

/**
 * Sends what creates something: once, since after a lost answer it may have been done (POST in RFC 9110 section 9.2.2).
 * @param lost makes what is thrown where nobody knows whether it was done.
 */
export async function sendOnce(
  transport: Transport,
  request: HttpRequest,
  lost: (why: string) => FindingError,
): Promise<HttpResponse> {
  let response: HttpResponse;
  try {
    response = await transport.send(request);
  } catch (error) {
    const isLost = error instanceof FindingError && MAY_HAVE_ARRIVED.has(error.finding.code as NetworkFindingCode);
    throw isLost ? lost(error.finding.code) : error;
  }
  if (response.status >= 500) {
    throw lost(`the status ${response.status}`);
  }
  return response;
}

/** Sends again what a server has not begun since it asks for a pause, where the pause is one that a run can make. */
export async function sendWhileLimited(
  send: () => Promise<HttpResponse>,
  isLimited: (response: HttpResponse) => boolean,
  transport: Transport,
  effects: RetryEffects,
): Promise<HttpResponse> {
  for (let repeated = 0; ; repeated++) {
    const response = await send();
    const wait = isLimited(response) ? askedWait(response, effects.now()) : undefined;
    if (wait === undefined || wait > LONGEST_RETRY_AFTER_MILLISECONDS || repeated >= effects.retries) {
      return response;
    }
    try {
      await effects.sleep(wait, transport.deadline);
    } catch {
      return response;
    }
  }
}
