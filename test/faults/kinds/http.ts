import { createServer } from 'node:net';
import type { FindingCode } from '../../../src/catalogue.ts';
import { answerOf } from '../../transport/raw-server.ts';
import { type Arranged, type FaultCase, RETRIES } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import { type Exchange, type Fault, startFaultServer } from '../fault-server.ts';
import {
  ALL_STEPS,
  type Ending,
  endingOf,
  fails,
  PINNED_DISCOVERY,
  passes,
  STEPS,
  type Step,
  warns,
} from '../steps.ts';

/** The same answer to every request, each on a connection of its own. */
export function answers(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Fault {
  return { answer: (exchange) => exchange.end(answerOf(status, { ...headers, connection: 'close' }, body)) };
}

const CURED_BY_WAITING = new Set([429, 502, 503, 504]);

/** How a run ends where a step is answered with a status, and words that nobody knows. */
export function endingOfStatus(step: Step, status: number): Ending {
  switch (step.name) {
    case 'discovery':
      return fails(discoveryCode(status));
    case 'provider-metadata':
      return passes(`${status}  GET ${step.host}/`);
    case 'token':
      return fails(tokenCode(status));
    case 'key-set':
      return warns('key-set/unavailable');
    case 'identity':
      return identityEnding(status);
    default:
      return endingOf(step, gitHubCode(status));
  }
}

function discoveryCode(status: number): FindingCode {
  if (status < 400) {
    return 'discovery/redirect';
  }
  if (status === 401 || status === 403) {
    return 'discovery/refused';
  }
  if (status === 501) {
    return 'discovery/auth-not-configured';
  }
  return status >= 500 || status === 429 ? 'discovery/server-error' : 'discovery/not-a-control-plane';
}

function tokenCode(status: number): FindingCode {
  if (status < 400) {
    return 'idp/redirect';
  }
  if (status === 429) {
    return 'idp/rate-limited';
  }
  if (status >= 500) {
    return 'idp/server-error';
  }
  if (status === 401) {
    return 'idp/wrong-secret';
  }
  return [404, 405, 415].includes(status) ? 'idp/not-a-token-endpoint' : 'idp/refused';
}

function identityEnding(status: number): Ending {
  if ([404, 405, 415, 501].includes(status)) {
    return warns('plane/no-identity-route');
  }
  if (status < 400) {
    return fails('plane/login-redirect');
  }
  if (status === 401 || status === 403) {
    return fails('plane/ingress-refused');
  }
  if (status === 431) {
    return fails('plane/headers-too-large');
  }
  return fails(status >= 500 || status === 429 ? 'plane/unavailable' : 'plane/unreadable-answer');
}

function gitHubCode(status: number): FindingCode {
  const known: Readonly<Record<number, FindingCode>> = {
    401: 'github/token-refused',
    403: 'github/no-permission',
    404: 'github/not-found',
    410: 'github/issues-disabled',
    429: 'github/secondary-limit',
  };
  if (status < 400) {
    return 'github/moved';
  }
  return known[status] ?? (status >= 500 ? 'github/unavailable' : 'github/refused');
}

/** How many requests a step sends where each is answered with this status. */
function requestsOf({ name, isRepeated }: Step, status: number): number {
  const each = CURED_BY_WAITING.has(status) && isRepeated ? RETRIES + 1 : 1;
  const isOtherWayTried =
    (name === 'token' && status === 401) || (name === 'identity' && [404, 405, 415, 501].includes(status));
  switch (name) {
    case 'discovery':
      return 6 * each;
    case 'provider-metadata':
      return 2 * each;
    default:
      return isOtherWayTried ? 2 : each;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Of RFC 9110 and its registry, and those that proxies and clouds made up. */
const EVERY_STATUS = [
  ...range(400, 418),
  ...range(420, 426),
  ...[428, 429, 430, 431, 440, 444, 449, 450, 451, 460, 463],
  ...range(494, 499),
  ...range(500, 511),
  ...range(520, 530),
  ...[540, 561, 598, 599, 600, 999],
];

const COMMON_STATUSES = [
  ...[400, 401, 403, 404, 405, 407, 408, 410, 412, 415, 418, 421, 422, 425, 429, 431, 451],
  ...[500, 501, 502, 503, 504, 507, 511, 520, 530, 599],
];

const STATUS_CASES: readonly FaultCase[] = ALL_STEPS.flatMap((step) =>
  (step.name === 'token' ? EVERY_STATUS : COMMON_STATUSES).map((status): FaultCase => {
    return {
      kind: 'status',
      step,
      title: String(status),
      fault: answers(status, { 'content-type': 'text/plain' }, 'a fault'),
      ending: endingOfStatus(step, status),
      requests: requestsOf(step, status),
    };
  }),
);

/** Success that holds nothing. */
const ODD_SUCCESS: readonly FaultCase[] = [201, 202, 203, 204, 205, 206, 226].flatMap((status): FaultCase[] => {
  const fault = answers(status, { 'content-type': 'text/plain' }, status === 204 ? '' : 'a fault');
  const at = (step: Step, ending: Ending): FaultCase => ({
    kind: 'status',
    step,
    title: String(status),
    fault,
    ending,
  });
  return [at(STEPS.token, fails('idp/not-json')), at(STEPS['key-set'], warns('key-set/unavailable'))];
});

const REDIRECTS = [300, 301, 302, 303, 304, 305, 306, 307, 308];
const FEW_REDIRECTS = [302, 307];
const OTHER_HOST = 'other.example.test';

/** The value of Location; `path` is that of the request. */
const TARGETS: Readonly<Record<string, (host: string, path: string) => string | undefined>> = {
  'the same origin': () => '/elsewhere',
  'another port': (host, path) => `https://${host}:8443${path}`,
  'another host': (_, path) => `https://${OTHER_HOST}${path}`,
  'http:': (host, path) => `http://${host}:8080${path}`,
  'file:': () => 'file:///etc/hostname',
  nowhere: () => undefined,
  itself: (host, path) => `https://${host}${path}`,
};

function redirect(status: number, target: (host: string, path: string) => string | undefined): Fault {
  return {
    answer(exchange: Exchange) {
      const path = exchange.request.requestLine.split(' ')[1] ?? '/';
      const location = target(exchange.hostName, path);
      const headers = { connection: 'close', ...(location !== undefined && { location }) };
      exchange.end(answerOf(status, headers));
    },
  };
}

/** Servers at the targets. Each would answer, and none may be asked. */
async function otherServers({ deployment: { authority } }: FaultLab, host: string): Promise<Arranged> {
  const fault: Fault = answers(200, { 'content-type': 'application/json' }, '{}');
  const secure = await Promise.all(
    [host, OTHER_HOST].map(async (hostName) => {
      const server = await startFaultServer({ authority, hostName, fault, times: Infinity, onwardPort: 0 });
      server.arm();
      return server;
    }),
  );
  let plainConnections = 0;
  const plain = createServer((socket) => {
    plainConnections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const { port: plainPort } = plain.address() as { port: number };
  const [samePort = 0, otherPort = 0] = secure.map(({ port }) => port);
  return {
    connectTo: [
      `${host}:8443:127.0.0.1:${samePort}`,
      `${OTHER_HOST}:443:127.0.0.1:${otherPort}`,
      `${host}:8080:127.0.0.1:${plainPort}`,
    ],
    strayed: () => secure.reduce((sum, server) => sum + server.connections(), plainConnections),
    async stop() {
      await Promise.all(secure.map((server) => server.stop()));
      await new Promise((resolve) => plain.close(resolve));
    },
  };
}

const REDIRECT_CASES: readonly FaultCase[] = ALL_STEPS.flatMap((step) =>
  (step.name === 'token' || step.name === 'key-set' ? REDIRECTS : FEW_REDIRECTS).flatMap((status) =>
    Object.entries(TARGETS).map(([name, target]): FaultCase => {
      return {
        kind: 'redirect',
        step,
        title: `${status} to ${name}`,
        fault: redirect(status, target),
        arrange: (lab) => otherServers(lab, step.host),
        ending: endingOfStatus(step, status),
        requests: requestsOf(step, status),
      };
    }),
  ),
);

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

const RETRY_AFTER_CASES: readonly FaultCase[] = [
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

/** What is said by the status, the headers that belong to it, and nothing else. */
export const HTTP_CASES: readonly FaultCase[] = [
  ...STATUS_CASES,
  ...ODD_SUCCESS,
  ...REDIRECT_CASES,
  ...RETRY_AFTER_CASES,
];
