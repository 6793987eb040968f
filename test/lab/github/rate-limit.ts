import type { Answer } from '../answers.ts';
import { message } from './route.ts';

const HOUR = 3_600_000;

/** The primary limit: so many requests in an hour, of all tokens together. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Milliseconds since 1970: when `remaining` is full again. */
  resetAt: number;
  /** What a request above it is answered with: GitHub has both. */
  status: 403 | 429;
}

/** As much as a job of GitHub Enterprise Cloud has. */
export function fullRateLimit(now: number): RateLimit {
  return { limit: 15_000, remaining: 15_000, resetAt: now + HOUR, status: 403 };
}

/** Counts a request. @returns the refusal where there were too many. */
export function countRequest(limit: RateLimit, now: number): Answer | undefined {
  renew(limit, now);
  if (limit.remaining > 0) {
    limit.remaining -= 1;
    return undefined;
  }
  return message(limit.status, 'API rate limit exceeded for installation ID 1.');
}

function renew(limit: RateLimit, now: number): void {
  if (now >= limit.resetAt) {
    limit.remaining = limit.limit;
    limit.resetAt = now + HOUR;
  }
}

export function limitHeaders({ limit, remaining, resetAt }: RateLimit): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(Math.max(0, limit - remaining)),
    'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
    'x-ratelimit-resource': 'core',
  };
}

/** What GET /rate_limit answers, which does not count itself. */
export function limitDocument(of: RateLimit, now: number) {
  renew(of, now);
  const { limit, remaining, resetAt } = of;
  const rate = { limit, remaining, used: Math.max(0, limit - remaining), reset: Math.floor(resetAt / 1000) };
  return { resources: { core: rate, search: { ...rate, limit: 30, remaining: 30, used: 0 } }, rate };
}
