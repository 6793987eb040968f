import type { Finding } from '../findings/finding.ts';
import { whyUnmaskable } from '../secrecy/maskability.ts';
import { type KeyFindingCode, keyFinding } from './findings.ts';

/** The four fields of an API key, in the order in which they stand in it. */
export interface KeyFields {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly org: string;
}

/** Whether a text was split into as many parts as a key has fields. */
export function areFour(parts: readonly string[]): parts is readonly [string, string, string, string] {
  return parts.length === 4;
}

/** RFC 1035 section 2.3.4. */
const LONGEST_HOST_NAME_CHARACTERS = 253;
/** Far above any provider's ids and names; a longer field is a paste of something else. */
const LONGEST_ID_CHARACTERS = 512;

const HOST_LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const TOP_LABEL = '[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOST_NAME = new RegExp(`^(?:${HOST_LABEL}\\.)*${TOP_LABEL}$`);
/** With two colons at least: one alone stands before a port. */
const IP_ADDRESS = /^\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\]?$|^[0-9]+(?:\.[0-9]+){0,3}(?::[0-9]*)?$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Characters that nobody sees: BOM, zero-width, soft hyphen, direction marks, variation selectors, no-break space. */
export const INVISIBLE =
  /\u034f|[\ufe00-\ufe0f]|[\u00a0\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffc]/;
/** Not `\p{ASCII}`: this must match a lone surrogate too. */
const NON_ASCII = /[^\u0000-\u007f]/;
const QUOTED = /^(["'`]).*\1$|^[“”‘’].*[“”‘’]$/s;

/** Whether a text is a bare host name in letters, digits and hyphens: no scheme, port, path, address or other script. */
export function isHostName(text: string): boolean {
  return text.length <= LONGEST_HOST_NAME_CHARACTERS && HOST_NAME.test(text);
}

/**
 * The rules for the four fields, used when a key is built and when one is taken apart. A field that breaks
 * a rule would be read differently by at least one real client, refused by one, or sent in a form that
 * the provider reads differently.
 * @returns one finding a broken rule, in the order of the fields; none holds any of the secret.
 */
export function checkFields(fields: KeyFields): Finding<KeyFindingCode>[] {
  return [
    ...checkDomain(fields.domain),
    ...checkClientId(fields.clientId),
    ...checkClientSecret(fields),
    ...checkOrg(fields.org),
  ];
}

function checkDomain(domain: string): Finding<KeyFindingCode>[] {
  if (domain === '') {
    return [keyFinding('key/domain-empty', 'The domain is empty.')];
  }
  if (INVISIBLE.test(domain)) {
    return [keyFinding('key/invisible-character', 'The domain holds a character that can not be seen.')];
  }
  if (CONTROL.test(domain)) {
    return [keyFinding('key/control-character', 'The domain holds a line break or another control character.')];
  }
  if (QUOTED.test(domain)) {
    return [keyFinding('key/quoted', 'The domain stands in quotes.')];
  }
  if (domain !== domain.trim()) {
    return [keyFinding('key/surrounding-space', 'There is a space before or after the domain.')];
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(domain)) {
    return [keyFinding('key/domain-has-scheme', 'The domain starts with a scheme, as in https:// or dns:///.')];
  }
  if (domain.includes('@')) {
    return [keyFinding('key/domain-not-a-host-name', 'The domain holds an @ sign.')];
  }
  if (IP_ADDRESS.test(domain)) {
    return [keyFinding('key/domain-is-address', 'The domain is an IP address.')];
  }
  if (domain.endsWith('/') && isHostName(domain.slice(0, -1))) {
    return [keyFinding('key/domain-has-trailing-slash', 'The domain ends with a slash.')];
  }
  if (/^[^:/?#]+:[0-9]*(?:[/?#]|$)/.test(domain)) {
    return [keyFinding('key/domain-has-port', 'The domain ends with a port.')];
  }
  if (/[/?#]/.test(domain)) {
    return [keyFinding('key/domain-has-path', 'The domain is followed by a path.')];
  }
  if (NON_ASCII.test(domain)) {
    return [keyFinding('key/domain-not-ascii', 'The domain holds a letter outside ASCII.')];
  }
  if (!isHostName(domain) || /^localhost$|\.localhost$/i.test(domain)) {
    return [keyFinding('key/domain-not-a-host-name', 'The domain is not a host name.')];
  }
  return domain.includes('.') ? [] : [keyFinding('key/domain-has-no-dot', 'The domain is a single word.')];
}

function checkClientId(clientId: string): Finding<KeyFindingCode>[] {
  if (clientId === '') {
    return [keyFinding('key/client-id-empty', 'The client id is empty.')];
  }
  if (clientId.includes(':')) {
    return [keyFinding('key/colon-in-client-id', 'The client id holds a colon.')];
  }
  const common = checkText('client id', clientId);
  if (common !== undefined) {
    return [common];
  }
  if (NON_ASCII.test(clientId)) {
    return [keyFinding('key/client-id-not-ascii', 'The client id holds a character outside ASCII.')];
  }
  if (clientId.length > LONGEST_ID_CHARACTERS) {
    return [keyFinding('key/field-too-long', `The client id has more than ${LONGEST_ID_CHARACTERS} characters.`)];
  }
  // The clients put the id into the Basic header as it is, while servers form-decode it (RFC 6749 section 2.3.1).
  return /[+%]/.test(clientId)
    ? [keyFinding('key/client-id-altered-by-decoding', 'The client id holds a + or a % sign.')]
    : [];
}

function checkClientSecret({ domain, clientId, clientSecret, org }: KeyFields): Finding<KeyFindingCode>[] {
  if (clientSecret === '') {
    return [keyFinding('key/client-secret-empty', 'The client secret is empty.')];
  }
  const unmaskable = whyUnmaskable(clientSecret, [domain, clientId, org]);
  switch (unmaskable) {
    case 'masked-value':
      return [keyFinding('key/masked-value-pasted', 'The client secret is a row of asterisks.')];
    case 'placeholder':
      return [keyFinding('key/placeholder', 'The client secret is a word out of an example.')];
    case 'equals-field':
      return [
        keyFinding('key/secret-equals-field', 'The client secret equals another field, or a part of the domain.'),
      ];
    case 'too-long':
      return [keyFinding('key/secret-too-long', 'The client secret is longer than any that can be masked.')];
    default:
  }
  if (clientSecret.includes(':')) {
    return [keyFinding('key/colon-in-secret', 'The client secret holds a colon.')];
  }
  const common = checkText('client secret', clientSecret);
  if (common !== undefined) {
    return [common];
  }
  if (unmaskable === 'too-short') {
    return [keyFinding('key/secret-too-short', 'The client secret is too short to be masked.')];
  }
  return NON_ASCII.test(clientSecret)
    ? [keyFinding('key/non-ascii-secret', 'The client secret holds a character outside ASCII.')]
    : [];
}

function checkOrg(org: string): Finding<KeyFindingCode>[] {
  if (/[\r\n]$/.test(org)) {
    return [keyFinding('key/newline-inside', 'The text inside the key ends with a line break.')];
  }
  if (org.includes(':')) {
    return [keyFinding('key/colon-in-org', 'The org holds a colon.')];
  }
  const common = checkText('org', org);
  if (common !== undefined) {
    return [common];
  }
  if (NON_ASCII.test(org) || org.includes(' ')) {
    return [keyFinding('key/org-not-a-name', 'The org holds a space or a character outside ASCII.')];
  }
  return org.length > LONGEST_ID_CHARACTERS
    ? [keyFinding('key/field-too-long', `The org has more than ${LONGEST_ID_CHARACTERS} characters.`)]
    : [];
}

/** What no field may hold, whatever it means. */
function checkText(name: 'client id' | 'client secret' | 'org', text: string): Finding<KeyFindingCode> | undefined {
  if (INVISIBLE.test(text)) {
    return keyFinding('key/invisible-character', `The ${name} holds a character that can not be seen.`);
  }
  if (CONTROL.test(text)) {
    return keyFinding('key/control-character', `The ${name} holds a line break or another control character.`);
  }
  if (text !== text.trim()) {
    return keyFinding('key/surrounding-space', `There is a space before or after the ${name}.`);
  }
  if (!text.isWellFormed()) {
    return keyFinding('key/not-utf8', `The ${name} holds half a character.`);
  }
  if (name !== 'client secret' && /^(\*{3,}|<.*>|\$?\{\{.*\}\}|undefined|null)$/.test(text)) {
    return keyFinding('key/placeholder', `The ${name} is a word out of an example.`);
  }
  return QUOTED.test(text) ? keyFinding('key/quoted', `The ${name} stands in quotes.`) : undefined;
}
