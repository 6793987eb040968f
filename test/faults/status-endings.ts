import type { FindingCode } from '../../src/catalogue.ts';
import { RETRIES } from './fault-case.ts';
import { type Ending, endingOf, fails, passes, type Step, warns } from './steps.ts';

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
export function requestsOf({ name, isRepeated }: Step, status: number): number {
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
