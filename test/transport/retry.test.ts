import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { NETWORK_FINDINGS, type NetworkFindingCode, networkFinding } from '../../src/transport/findings.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../src/transport/http-client.ts';
import {
  askedWait,
  sendOnce,
  sendWhileLimited,
  sendWithRetries,
  systemRetryEffects,
} from '../../src/transport/retry.ts';
import { runs } from '../runs.ts';

const REQUEST: HttpRequest = {
  purpose: 'a test',
  method: 'POST',
  url: new URL('https://login.example.test/token'),
  headers: {},
  maximumBytes: 1_000,
};

/** 2026-11-22T17:00:00Z */
const NOW = Date.UTC(2026, 10, 22, 17);

function response(status: number, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: new Uint8Array(0), milliseconds: 1 };
}

function failure(code: NetworkFindingCode): FindingError {
  return new FindingError(networkFinding(code, 'as the test wants it'));
}

interface Played {
  outcome: unknown;
  sent: number;
  waits: number[];
}

async function play(
  script: readonly (HttpResponse | Error)[],
  { retries = 2, random = 0.5, deadlineOver = false } = {},
): Promise<Played> {
  const played: Played = { outcome: undefined, sent: 0, waits: [] };
  const transport: Transport = {
    async send() {
      const next = script[Math.min(played.sent, script.length - 1)];
      played.sent += 1;
      if (next instanceof Error) {
        throw next;
      }
      return next ?? response(200);
    },
    deadline: deadlineOver ? AbortSignal.abort() : new AbortController().signal,
    attempts: [],
    close: () => undefined,
  };
  const effects = {
    retries,
    random: () => random,
    now: () => NOW,
    async sleep(milliseconds: number, signal: AbortSignal) {
      played.waits.push(milliseconds);
      signal.throwIfAborted();
    },
  };
  const sent = sendWithRetries(transport, REQUEST, effects);
  played.outcome = await sent.catch((error: unknown) => error);
  // An error is thrown, and an answer is returned.
  await expect(sent.then(() => 'returned').catch(() => 'thrown')).resolves.toBe(
    played.outcome instanceof Error ? 'thrown' : 'returned',
  );
  return played;
}

describe('what is sent again', () => {
  it.each([429, 502, 503, 504])('status %i', async (status) => {
    const { sent, outcome } = await play([response(status), response(status), response(200)]);
    expect(sent).toBe(3);
    expect(outcome).toMatchObject({ status: 200 });
  });

  it.each([200, 201, 204, 301, 302, 307, 400, 401, 403, 404, 405, 408, 409, 415, 418, 422, 500, 501, 505, 511])(
    'not status %i',
    async (status) => {
      const { sent, outcome, waits } = await play([response(status, { 'retry-after': '1' }), response(200)]);
      expect(sent).toBe(1);
      expect(waits).toEqual([]);
      expect(outcome).toMatchObject({ status });
    },
  );

  it.each([
    ['network/name-service-failed', true],
    ['network/refused', true],
    ['network/unreachable', true],
    ['network/timeout', true],
    ['network/connection-lost', true],
    ['network/failed', true],
    ['network/deadline', false],
    ['network/name-not-found', false],
    ['network/tls-untrusted', false],
    ['network/tls-incomplete-chain', false],
    ['network/tls-expired', false],
    ['network/tls-not-yet-valid', false],
    ['network/tls-wrong-host', false],
    ['network/tls-failed', false],
    ['network/proxy-failed', true],
    ['network/proxy-unreachable', true],
    ['network/proxy-refused', false],
    ['network/address-refused', false],
    ['network/answer-too-large', false],
    ['network/answer-unreadable', false],
  ] as const)('%s: %s', async (code, isSentAgain) => {
    const { sent, outcome } = await play([failure(code), response(200)]);
    expect(sent).toBe(isSentAgain ? 2 : 1);
    if (!isSentAgain) {
      expect(outcome).toMatchObject({ finding: { code } });
    }
  });

  it('no other error is taken for one of the network', async () => {
    const { sent, outcome } = await play([new TypeError('a mistake'), response(200)]);
    expect(sent).toBe(1);
    expect(outcome).toBeInstanceOf(TypeError);
  });

  it('nor is a finding of another room', async () => {
    const error = new FindingError({ code: 'idp/wrong-secret', severity: 'error', detail: 'x' });
    expect(await play([error, response(200)])).toMatchObject({ sent: 1, outcome: error });
  });

  it.each([0, 1, 2, 5])('at most %i times', async (retries) => {
    const { sent, outcome } = await play([response(503)], { retries });
    expect(sent).toBe(retries + 1);
    expect(outcome).toMatchObject({ status: 503 });
    const failing = await play([failure('network/refused')], { retries });
    expect(failing.sent).toBe(retries + 1);
    expect(failing.outcome).toMatchObject({ finding: { code: 'network/refused' } });
  });

  it('nothing more when the time of the run is over', async () => {
    const { sent, outcome } = await play([response(503), response(200)], { deadlineOver: true });
    expect(sent).toBe(1);
    expect(outcome).toMatchObject({ status: 503 });
    const failing = await play([failure('network/timeout')], { deadlineOver: true });
    expect(failing).toMatchObject({ sent: 1, outcome: { finding: { code: 'network/timeout' } } });
  });

  it('no code of the network is forgotten here', () => {
    const codes = Object.entries(NETWORK_FINDINGS as Record<string, { waitingHelps?: boolean }>);
    expect(codes.filter(([, { waitingHelps }]) => waitingHelps === true).map(([code]) => code)).toEqual([
      'network/name-service-failed',
      'network/refused',
      'network/unreachable',
      'network/timeout',
      'network/deadline',
      'network/connection-lost',
      'network/proxy-failed',
      'network/proxy-unreachable',
      'network/failed',
      'network/slow',
    ]);
  });
});

describe('how long is waited', () => {
  it('up to twice as long each time, by chance, and never more than 8 s', async () => {
    const most = await play([response(503)], { retries: 7, random: 1 });
    expect(most.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    const least = await play([response(503)], { retries: 7, random: 0 });
    expect(least.waits).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (random) => {
        const { waits } = await play([failure('network/refused')], { retries: 4, random });
        expect(waits).toHaveLength(4);
        waits.forEach((wait, retry) => {
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(500 * 2 ** retry);
        });
      }),
    );
  });

  const inSeconds = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();
  const epoch = (seconds: number): string => String(NOW / 1000 + seconds);

  it.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, 7_000],
    ['Retry-After: 0', { 'retry-after': '0' }, 0],
    ['Retry-After as a date', { 'retry-after': inSeconds(12) }, 12_000],
    ['Retry-After as a date of RFC 850', { 'retry-after': 'Sunday, 22-Nov-26 17:00:12 GMT' }, 12_000],
    ['Retry-After as a date of C', { 'retry-after': 'Sun Nov 22 17:00:12 2026 GMT' }, 12_000],
    ['Retry-After as a date that is over', { 'retry-after': inSeconds(-12) }, 0],
    ['Retry-After of exactly 20 s', { 'retry-after': '20' }, 20_000],
    ['RateLimit-Reset in seconds', { 'ratelimit-reset': '5' }, 5_000],
    ['X-Rate-Limit-Reset (Okta), seconds since 1970', { 'x-rate-limit-reset': epoch(9) }, 9_000],
    ['X-RateLimit-Reset (Auth0), seconds since 1970', { 'x-ratelimit-reset': epoch(9) }, 9_000],
    ['X-Rate-Limit-Reset that is over', { 'x-rate-limit-reset': epoch(-9) }, 0],
    [
      'Retry-After before all others',
      { 'retry-after': '3', 'ratelimit-reset': '9', 'x-rate-limit-reset': epoch(11) },
      3_000,
    ],
    ['nonsense in Retry-After: by chance', { 'retry-after': 'soon' }, 250],
    ['a negative number, which is no day of 2001: by chance', { 'retry-after': '-1' }, 250],
    ['a fraction, which is no day of January: by chance', { 'retry-after': '1.5' }, 250],
    ['two numbers: by chance', { 'retry-after': '1, 2' }, 250],
    ["nonsense in Okta's header: by chance", { 'x-rate-limit-reset': '12' }, 250],
    ['nothing: by chance', {}, 250],
  ] as [string, Record<string, string>, number][])('%s', async (_name, headers, expected) => {
    const { waits, sent } = await play([response(429, headers), response(200)]);
    expect(waits).toEqual([expected]);
    expect(sent).toBe(2);
  });

  it.each([
    ['21 s', { 'retry-after': '21' }],
    ['an hour', { 'retry-after': '3600' }],
    ['a date of next year', { 'retry-after': new Date(NOW + 3e10).toUTCString() }],
    ['a minute by Okta', { 'x-rate-limit-reset': epoch(60) }],
    ['9,999,999 s', { 'retry-after': '9999999' }],
    ['a number of 12 digits', { 'retry-after': '999999999999' }],
    ['a number beyond any', { 'retry-after': '9'.repeat(400) }],
  ] as [string, Record<string, string>][])('not at all where the server asks for %s', async (_name, headers) => {
    const { sent, waits, outcome } = await play([response(429, headers), response(200)]);
    expect({ sent, waits }).toEqual({ sent: 1, waits: [] });
    expect(outcome).toMatchObject({ status: 429 });
  });

  it('is told also where it is too long, so that the report can say it', () => {
    expect(askedWait(response(429, { 'retry-after': '3600' }), NOW)).toBe(3_600_000);
    expect(askedWait(response(429), NOW)).toBeUndefined();
  });

  it.each<[string, string]>([
    ['retry-after', '7 s'],
    ['retry-after', 'in 7'],
    ['retry-after', '7.5'],
    ['retry-after', '7.5 Sun'],
    ['retry-after', '27 Nov 2026 12:00:00 GMT (Fri)'],
    ['retry-after', '-7'],
    ['ratelimit-reset', '5 s'],
    ['ratelimit-reset', 'in 5'],
    ['ratelimit-reset', '12345678'],
    ['ratelimit-reset', ''],
    ['x-rate-limit-reset', '12345678'],
    ['x-rate-limit-reset', '123456789012'],
    ['x-ratelimit-reset', `${epoch(9)} s`],
    ['x-ratelimit-reset', `at ${epoch(9)}`],
  ])('%s: %j says nothing', (name, value) => {
    expect(askedWait(response(429, { [name]: value }), NOW)).toBeUndefined();
  });

  it.each<[string, string, number]>([
    ['x-rate-limit-reset', '999999999', 0],
    ['x-rate-limit-reset', '99999999999', 99_999_999_999_000 - NOW],
    ['ratelimit-reset', '1234567', 1_234_567_000],
  ])('%s: %s is %i ms', (name, value, expected) => {
    expect(askedWait(response(429, { [name]: value }), NOW)).toBe(expected);
  });

  it("nonsense in one header leaves the server's other word", () => {
    expect(askedWait(response(429, { 'ratelimit-reset': 'soon', 'x-ratelimit-reset': epoch(9) }), NOW)).toBe(9_000);
  });

  it('is never negative or no number, whatever the headers hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('retry-after', 'ratelimit-reset', 'x-rate-limit-reset', 'x-ratelimit-reset'),
        fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)),
        (name, value) => {
          const wait = askedWait(response(429, { [name]: value }), NOW);
          expect(wait).toSatisfy((each: typeof wait) => each === undefined || (Number.isFinite(each) && each >= 0));
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});

describe('the effects of the system', () => {
  it('are the clock, the chance and a pause that the end of the run ends', async () => {
    const { retries, random, now, sleep } = systemRetryEffects(4);
    expect(retries).toBe(4);
    expect(random()).toBeGreaterThanOrEqual(0);
    expect(random()).toBeLessThan(1);
    expect(Math.abs(now() - Date.now())).toBeLessThan(60_000);
    await expect(sleep(0, new AbortController().signal)).resolves.toBeUndefined();
    await expect(sleep(600_000, AbortSignal.abort())).rejects.toThrow();
  });
});

/** A transport that gives one outcome. */
function transportThatGives(outcome: HttpResponse | Error): Transport {
  return {
    async send() {
      if (outcome instanceof Error) {
        throw outcome;
      }
      return outcome;
    },
    deadline: new AbortController().signal,
    attempts: [],
    close: () => undefined,
  };
}

describe('what creates something', () => {
  const lost = (why: string): FindingError => new FindingError(networkFinding('network/failed', `lost: ${why}`));
  const create = async (outcome: HttpResponse | Error): Promise<unknown> =>
    await sendOnce(transportThatGives(outcome), REQUEST, lost).catch((error: unknown) => error);

  it.each([
    'network/timeout',
    'network/deadline',
    'network/connection-lost',
    'network/answer-too-large',
    'network/answer-unreadable',
    'network/failed',
  ] as const)('may be there after %s', async (code) => {
    expect(await create(failure(code))).toMatchObject({ finding: { detail: `lost: ${code}` } });
  });

  it.each(['network/refused', 'network/name-not-found', 'network/tls-untrusted', 'network/proxy-refused'] as const)(
    'is not there after %s, which is told as it is',
    async (code) => {
      expect(await create(failure(code))).toMatchObject({ finding: { code, detail: 'as the test wants it' } });
    },
  );

  it('no other error is taken for one of the network', async () => {
    expect(await create(new TypeError('a mistake'))).toBeInstanceOf(TypeError);
  });

  it.each([200, 201, 409, 429, 499])('the status %i is an answer', async (status) => {
    expect(await create(response(status))).toMatchObject({ status });
  });

  it.each([500, 502, 503, 504])('may be there after the status %i', async (status) => {
    expect(await create(response(status))).toMatchObject({ finding: { detail: `lost: the status ${status}` } });
  });
});

describe('what a server asks to be sent later', () => {
  async function playLimited(
    answers: readonly HttpResponse[],
    { retries = 2, deadlineOver = false } = {},
  ): Promise<{ status: number; waits: number[]; sent: number }> {
    const waits: number[] = [];
    let sent = 0;
    const { status } = await sendWhileLimited(
      async () => {
        const answer = answers[Math.min(sent, answers.length - 1)] ?? response(200);
        sent += 1;
        return answer;
      },
      (answer) => answer.status === 429,
      { ...transportThatGives(response(200)), ...(deadlineOver && { deadline: AbortSignal.abort() }) },
      {
        retries,
        random: () => 0.5,
        now: () => NOW,
        async sleep(milliseconds, signal) {
          waits.push(milliseconds);
          signal.throwIfAborted();
        },
      },
    );
    return { status, waits, sent };
  }

  const limited = response(429, { 'retry-after': '7' });

  it('is sent when the pause is over', async () => {
    expect(await playLimited([limited, limited, response(201)])).toEqual({
      status: 201,
      waits: [7_000, 7_000],
      sent: 3,
    });
  });

  it('is sent again as often as is allowed, no more', async () => {
    expect(await playLimited([limited])).toEqual({ status: 429, waits: [7_000, 7_000], sent: 3 });
    expect(await playLimited([limited], { retries: 0 })).toEqual({ status: 429, waits: [], sent: 1 });
  });

  it.each([
    ['does not say how long', response(429)],
    ['asks for more than 20 s', response(429, { 'retry-after': '21' })],
    ['does not ask for a pause', response(503, { 'retry-after': '7' })],
  ])('is not sent again where it %s', async (_name, answer) => {
    expect(await playLimited([answer, response(201)])).toEqual({ status: answer.status, waits: [], sent: 1 });
  });

  it('is sent again after 20 s', async () => {
    const answers = [response(429, { 'retry-after': '20' }), response(201)];
    expect(await playLimited(answers)).toMatchObject({ status: 201, waits: [20_000] });
  });

  it('is not sent again when the time of the run is over', async () => {
    expect(await playLimited([limited, response(201)], { deadlineOver: true })).toMatchObject({ status: 429, sent: 1 });
  });
});
