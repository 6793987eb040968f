import { FindingError } from '../findings/finding.ts';
import { isJsonObject, type Json, member } from '../transport/json.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { type RotationFindingCode, rotationFinding } from './findings.ts';
import { isInTheFuture, readInstant } from './instants.ts';
import { areInOrder, DEFAULT_MAX_AGE_DAYS, type Thresholds } from './stage.ts';
import { STAMP_VARIABLE } from './stamp.ts';
import type { SecretPlace, WatchedKey } from './watched-key.ts';

/** What can be said of a key, by the names of the inputs. */
export const KEY_FIELDS = [
  'name',
  'secret-name',
  'secret-scope',
  'environment',
  'meta',
  'meta-variable',
  'rotated-at',
  'max-age-days',
  'api-key',
  'domain',
  'client-id',
  'client-secret',
  'org',
  'issuer',
  'provider',
] as const;

export type KeyField = (typeof KEY_FIELDS)[number];

/** A key as its user wrote it: texts, but for the stamp, which YAML may have read already. */
export type WrittenKey = Readonly<Partial<Record<KeyField, Json>>>;

/** The longest list that one run can watch in its time. */
const MOST_KEYS = 1_000;
const LONGEST_NAME_CHARACTERS = 100;
/** A hundred years. */
const LARGEST_AGE_DAYS = 36_500;

/**
 * The list that a user wrote in YAML or JSON. A value of $NAME is that of a variable, so that a file can name secrets.
 * @throws FindingError where it is no list of keys, or names a variable that is not there.
 */
export function readWrittenKeys(list: Json, variables: Readonly<Record<string, string | undefined>>): WrittenKey[] {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_KEYS) {
    throw fault('rotation/keys-unreadable', `keys is no list of 1 to ${MOST_KEYS} keys.`);
  }
  return list.map((item, index) => {
    if (!isJsonObject(item)) {
      throw fault('rotation/keys-unreadable', `The key at place ${index + 1} has no fields.`);
    }
    const unknown = Object.keys(item).find((name) => !(KEY_FIELDS as readonly string[]).includes(name));
    if (unknown !== undefined) {
      throw fault(
        'rotation/keys-unreadable',
        `The key at place ${index + 1} has the unknown field ${shownField(unknown)}.`,
      );
    }
    return Object.fromEntries(
      Object.entries(item).map(([name, value]) => [name, readValue(name, value, variables, index + 1)]),
    );
  });
}

/** A secret that stands where a name should is not repeated. */
function shownField(name: string): string {
  return /^[a-z][a-z-]{0,29}$/.test(name) ? name : '(which is no name)';
}

function readValue(
  name: string,
  value: Json | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  place: number,
): Json {
  const [, variable] = (typeof value === 'string' && /^\$([A-Za-z_]\w{0,99})$/.exec(value)) || [];
  if (variable === undefined) {
    return value ?? '';
  }
  const text = variables[variable];
  // A stamp that nobody has written yet is no fault; a secret that is not there would go untested unseen.
  if (text === undefined && name !== 'meta') {
    throw fault('rotation/keys-unreadable', `${name} of the key at place ${place} names a variable that is not set.`);
  }
  return text ?? '';
}

/** What must be masked before anything of a key is judged. */
export function credentialsOf(written: WrittenKey): NonNullable<WatchedKey['credentials']>[] {
  const text = (name: KeyField): string => textIn(written, name, 0);
  const apiKey = text('api-key');
  const clientSecret = text('client-secret');
  return [
    ...(apiKey === '' ? [] : [{ apiKey }]),
    ...(clientSecret === ''
      ? []
      : [{ domain: text('domain').toLowerCase(), clientId: text('client-id'), clientSecret, org: text('org') }]),
  ];
}

/**
 * Judges what was written, for every key in the same way.
 * @param now milliseconds since 1970.
 * @throws FindingError for the first thing that can't be used.
 */
export function readKeys(written: readonly WrittenKey[], thresholds: Thresholds, now: number): WatchedKey[] {
  const keys = written.map((one, index) => readKey(one, index + 1, thresholds, now));
  const names = keys.map(({ name }) => name.toLowerCase());
  const twice = keys.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice !== undefined) {
    throw fault('rotation/keys-unreadable', `Two keys are named ${twice.name}.`);
  }
  return keys;
}

function readKey(written: WrittenKey, place: number, thresholds: Thresholds, now: number): WatchedKey {
  const text = (name: KeyField): string => textIn(written, name, place);
  const [credentials, another] = credentialsOf(written);
  if (another !== undefined) {
    throw fault('rotation/keys-unreadable', `The key at place ${place} has both api-key and client-secret.`);
  }
  const secret = readPlace(text, place, credentials !== undefined && 'clientSecret' in credentials);
  const name = line(text('name') || secret.environment || secret.name, 'name', place);
  const maxAgeDays = readMaxAge(text('max-age-days'), name);
  if (!areInOrder(thresholds, maxAgeDays)) {
    const { dueSoonDays, dueDays, urgentDays } = thresholds;
    throw fault(
      'rotation/thresholds-out-of-order',
      `max-age-days of ${name} is ${maxAgeDays}, due-soon-days ${dueSoonDays}, due-days ${dueDays}, urgent-days ${urgentDays}.`,
    );
  }
  const rotatedAt = readRotatedAt(text('rotated-at'), `rotated-at of ${name}`, now);
  const stamp = member(written as { [name: string]: Json }, 'meta');
  const issuer = text('issuer');
  if (issuer !== '' && !(readHttpsUrl(issuer) instanceof URL)) {
    throw fault('rotation/keys-unreadable', `issuer of ${name} can not be used as an address.`);
  }
  return {
    name,
    place: secret,
    maxAgeDays,
    ...(rotatedAt !== undefined && { rotatedAt }),
    ...(stamp !== undefined && { stamp }),
    variable: variableName(text('meta-variable') || STAMP_VARIABLE, place),
    ...(credentials && { credentials }),
    domain: line(text('domain').toLowerCase(), 'domain', place),
    clientId: line(text('client-id'), 'client-id', place),
    org: line(text('org'), 'org', place),
    issuer,
    provider: line(text('provider').toLowerCase(), 'provider', place),
  };
}

function readPlace(text: (name: KeyField) => string, place: number, holdsClientSecret: boolean): SecretPlace {
  const environment = line(text('environment'), 'environment', place);
  const scope = text('secret-scope') || (environment === '' ? 'repository' : 'environment');
  if (scope !== 'repository' && scope !== 'environment' && scope !== 'organization') {
    throw fault(
      'rotation/keys-unreadable',
      `secret-scope of the key at place ${place} is none of repository, environment, organization.`,
    );
  }
  if (scope === 'environment' && environment === '') {
    throw fault(
      'rotation/keys-unreadable',
      `secret-scope of the key at place ${place} is environment, and environment is empty.`,
    );
  }
  return {
    name: variableName(text('secret-name') || (holdsClientSecret ? 'UNION_CLIENT_SECRET' : 'FLYTE_API_KEY'), place),
    scope,
    ...(environment !== '' && { environment }),
    holds: holdsClientSecret ? 'client-secret' : 'key',
  };
}

/** docs.github.com, "Secrets reference", naming. GitLab's and Jenkins' names fit too. */
function variableName(name: string, place: number): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) {
    throw fault(
      'rotation/keys-unreadable',
      `The key at place ${place} names a secret or variable that can not be one.`,
    );
  }
  return name.toUpperCase();
}

export function readMaxAge(text: string, name: string): number {
  const days = text === '' ? DEFAULT_MAX_AGE_DAYS : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days >= 1 && days <= LARGEST_AGE_DAYS)) {
    throw fault(
      'rotation/keys-unreadable',
      `max-age-days of ${name} is no whole number from 1 to ${LARGEST_AGE_DAYS}.`,
    );
  }
  return days;
}

/** @returns undefined where it is not given. @throws FindingError */
export function readRotatedAt(text: string, what: string, now: number): number | undefined {
  if (text === '') {
    return undefined;
  }
  const instant = readTime(text, what);
  if (isInTheFuture(instant, now)) {
    throw fault('rotation/date-in-the-future', `${what} is after today.`);
  }
  return instant;
}

/** @param what it is called in a finding. @throws FindingError */
export function readTime(text: string, what: string): number {
  const instant = readInstant(text);
  if (instant === 'not-a-date') {
    throw fault('rotation/not-a-date', `${what} can not be read as a date.`);
  }
  if (instant === 'without-zone') {
    throw fault('rotation/date-without-zone', `${what} is a time without a zone.`);
  }
  return instant;
}

function textIn(written: WrittenKey, name: KeyField, place: number): string {
  const value = written[name] ?? '';
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).trim();
  }
  if (name === 'meta' || place === 0) {
    return '';
  }
  throw fault('rotation/keys-unreadable', `${name} of the key at place ${place} is no text.`);
}

function line(text: string, name: string, place: number): string {
  if (!/^[ -~]*$/.test(text) || text.length > LONGEST_NAME_CHARACTERS * 3) {
    throw fault(
      'rotation/keys-unreadable',
      `${name} of the key at place ${place} is no short line of printable ASCII.`,
    );
  }
  return text;
}

function fault(code: RotationFindingCode, detail: string): FindingError {
  return new FindingError(rotationFinding(code, detail));
}
