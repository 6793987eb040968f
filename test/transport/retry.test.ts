import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { NETWORK_FINDINGS, type NetworkFindingCode, networkFinding } from '../../src/transport/findings.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../src/transport/http-client.ts';
import { askedWait, sendWithRetries } from '../../src/transport/retry.ts';
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
  played.outcome = await sendWithRetries(transport, REQUEST, effects).catch((error: unknown) => error);
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
  ] as [string, Record<string, string>][])('not at all where the server asks for %s', async (_name, headers) => {
    const { sent, waits, outcome } = await play([response(429, headers), response(200)]);
    expect({ sent, waits }).toEqual({ sent: 1, waits: [] });
    expect(outcome).toMatchObject({ status: 429 });
  });

  it('is told also where it is too long, so that the report can say it', () => {
    expect(askedWait(response(429, { 'retry-after': '3600' }), NOW)).toBe(3_600_000);
    expect(askedWait(response(429), NOW)).toBeUndefined();
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
