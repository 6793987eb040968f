import { answerOf } from '../../transport/raw-server.ts';
import { type FaultCase, RETRIES } from '../fault-case.ts';
import type { Fault } from '../fault-server.ts';
import { endingOfStatus } from '../status-endings.ts';
import { PINNED_DISCOVERY, passes, STEPS, type Step } from '../steps.ts';

const fromNow = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
const epochFromNow = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);

/** Made when it is sent: some are a time. */
type Wait = () => Record<string, string>;

/** How a server asks to be left alone for a time that can be waited for, or that can't be read. */
const SHORT_WAITS: Readonly<Record<string, Wait>> = {
  'no header': () => ({}),
  'Retry-After: 0': () => ({ 'retry-after': '0' }),
  'Retry-After: 1': () => ({ 'retry-after': '1' }),
  'a date one second ahead': () => ({ 'retry-after': fromNow(1) }),
  'a date that is over': () => ({ 'retry-after': fromNow(-3_600) }),
  'a negative number': () => ({ 'retry-after': '-1' }),
  'a fraction': () => ({ 'retry-after': '1.5' }),
  'an exponent': () => ({ 'retry-after': '1e9' }),
  'a number with a sign': () => ({ 'retry-after': '+1' }),
  'two numbers': () => ({ 'retry-after': '1, 3600' }),
  'a word': () => ({ 'retry-after': 'soon' }),
  'nothing at all': () => ({ 'retry-after': '' }),
  'a long word': () => ({ 'retry-after': 'x'.repeat(4_000) }),
  'RateLimit-Reset': () => ({ 'ratelimit-reset': '1' }),
  'X-Rate-Limit-Reset': () => ({ 'x-rate-limit-reset': epochFromNow(1) }),
};

/** A time that no job waits for: the run ends at once, and says how long it was asked for. */
const LONG_WAITS: Readonly<Record<string, Wait>> = {
  'Retry-After: 3600': () => ({ 'retry-after': '3600' }),
  'a date of tomorrow': () => ({ 'retry-after': fromNow(86_400) }),
  'a huge number': () => ({ 'retry-after': '99999999999' }),
  'a number of 400 digits': () => ({ 'retry-after': '9'.repeat(400) }),
  'X-Rate-Limit-Reset in an hour': () => ({ 'x-rate-limit-reset': epochFromNow(3_600) }),
};

function limited(wait: Wait): Fault {
  return { answer: (exchange) => exchange.end(answerOf(429, { ...wait(), connection: 'close' })) };
}

/** At the steps that are repeated, and that have one answer. */
const WAITING_STEPS = [STEPS.token, STEPS['key-set'], STEPS.reminder];

function retryAfter(step: Step, title: string, wait: Wait, requests: number): FaultCase {
  return {
    kind: 'retry-after',
    step,
    title,
    fault: limited(wait),
    ending: endingOfStatus(step, 429),
    requests,
  };
}

/** For ever, and once. */
export const RETRY_AFTER_CASES: readonly FaultCase[] = [
  ...WAITING_STEPS.flatMap((step) => [
    ...Object.entries(SHORT_WAITS).map(([title, wait]) => retryAfter(step, title, wait, RETRIES + 1)),
    ...Object.entries(LONG_WAITS).map(([title, wait]) => retryAfter(step, title, wait, 1)),
  ]),
  ...[STEPS.token, STEPS['key-set'], PINNED_DISCOVERY].flatMap((step) =>
    Object.entries(SHORT_WAITS).map(([title, wait]): FaultCase => {
      return {
        kind: 'transient',
        step,
        title: `429 once, with ${title}`,
        fault: limited(wait),
        times: 1,
        ending: passes(`429  ${step.name === 'key-set' ? 'GET' : 'POST'} ${step.host}/`),
        requests: 1,
      };
    }),
  ),
];
