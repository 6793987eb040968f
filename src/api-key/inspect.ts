import type { Finding } from '../findings/finding.ts';
import { isError } from '../findings/finding.ts';
import { type Decoded, isStrictBase64, KEY_DECODERS, type KeyClient } from './decoders.ts';
import { areFour, checkFields, INVISIBLE, isHostName, type KeyFields } from './fields.ts';
import { type KeyFindingCode, keyFinding } from './findings.ts';

/** A longer text is no key: the four fields within their own limits need less. */
const LONGEST_KEY_CHARACTERS = 16_384;

export interface Inspected {
  /** The four fields, where nothing is wrong with the key's shape. */
  readonly fields: KeyFields | undefined;
  /** What is wrong, the most likely cause first; none holds any of the secret. */
  readonly findings: readonly Finding<KeyFindingCode>[];
  /** How each real client reads the same text. Holds the secret: print only what `describeDecoded` gives. */
  readonly clients: Readonly<Record<KeyClient, Decoded>>;
}

/** Judges the shape of any text that is meant to be an API key, exactly as it stands. */
export function inspectApiKey(key: string): Inspected {
  const short = key.length > LONGEST_KEY_CHARACTERS ? '' : key;
  const clients = {
    'flyte-sdk': KEY_DECODERS['flyte-sdk'](short),
    'rust-controller': KEY_DECODERS['rust-controller'](short),
    terraform: KEY_DECODERS.terraform(short),
    'union-sdk': KEY_DECODERS['union-sdk'](short),
  };
  const findings =
    key.length > LONGEST_KEY_CHARACTERS
      ? [keyFinding('key/too-long', `The text has more than ${LONGEST_KEY_CHARACTERS} characters.`)]
      : checkKey(key);
  const strict = clients['rust-controller'];
  return { fields: strict.accepts && !findings.some(isError) ? fieldsOnly(strict) : undefined, findings, clients };
}

/** What may be shown of a decoded key: where fields have shifted, any of them may hold the secret. */
export type ShownDecoded =
  | { readonly accepts: true; readonly domain: string; readonly clientId: string; readonly org: string }
  | { readonly accepts: false; readonly error: string };

/** Hides every field of a key whose fields are not all where they belong. */
export function describeDecoded(decoded: Decoded): ShownDecoded {
  if (!decoded.accepts) {
    return decoded;
  }
  const { domain, clientId, org } = decoded;
  const trusted = checkFields(decoded).every((finding) => !isError(finding)) && !org.includes(':');
  return trusted
    ? { accepts: true, domain, clientId, org }
    : { accepts: true, domain: '***', clientId: '***', org: '***' };
}

function checkKey(key: string): Finding<KeyFindingCode>[] {
  if (key.trim() === '') {
    return [keyFinding('key/empty', 'There is no key.')];
  }
  const pasted = checkPasted(key);
  if (pasted !== undefined) {
    return [pasted];
  }
  const transport = checkAlphabet(key);
  const text = utf8Text(key);
  if (text === undefined) {
    return [...transport, keyFinding('key/not-utf8', 'The decoded bytes are not UTF-8 text.')].slice(
      0,
      Math.max(1, transport.length),
    );
  }
  return [...transport, ...checkText(text, transport.length > 0)];
}

/** Texts that are something else than a key, told from their start or their whole. */
function checkPasted(key: string): Finding<KeyFindingCode> | undefined {
  const trimmed = key.trim();
  if (/^\*+$/.test(trimmed)) {
    return keyFinding('key/masked-value-pasted', 'The key is a row of asterisks.');
  }
  if (/^(export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=./s.test(trimmed)) {
    return keyFinding('key/assignment-pasted', 'The text is an assignment to a variable, not its value.');
  }
  if (/^(Bearer|Basic)\s/i.test(trimmed)) {
    return keyFinding('key/authorization-pasted', 'The text starts as an Authorization header does.');
  }
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(trimmed) && trimmed.startsWith('eyJ')) {
    return keyFinding('key/token-pasted', 'The text is a JSON Web Token.');
  }
  if (trimmed.includes(':') && !/^["'`]/.test(trimmed)) {
    return keyFinding('key/not-encoded', 'The text holds a colon, so it is not base64.');
  }
  return /^(<.*>|\$?\{\{.*\}\}|undefined|null|your[-_ ].*)$/i.test(trimmed)
    ? keyFinding('key/placeholder', 'The key is a word out of an example.')
    : undefined;
}

/** What is wrong with the base64 itself, each fault on its own. */
function checkAlphabet(key: string): Finding<KeyFindingCode>[] {
  const findings: Finding<KeyFindingCode>[] = [];
  let rest = key;
  const strip = (pattern: RegExp, code: KeyFindingCode, detail: string): void => {
    const stripped = rest.replace(pattern, '');
    if (stripped !== rest) {
      findings.push(keyFinding(code, detail));
      rest = stripped;
    }
  };
  strip(new RegExp(INVISIBLE, 'gu'), 'key/invisible-character', 'The key holds a character that can not be seen.');
  strip(/^\s*(["'`“”‘’])|(["'`“”‘’])\s*$/g, 'key/quoted', 'The key stands in quotes.');
  strip(/(?<=[^\s])[\r\n]+(?=[^\s])/g, 'key/wrapped', 'The key is broken over several lines.');
  strip(/\s/g, 'key/whitespace', 'There is white space in or around the key.');
  if (/%3D|%2B|%2F/i.test(rest)) {
    findings.push(keyFinding('key/percent-encoded', 'The key holds percent-encoded characters.'));
    return findings;
  }
  if (/^[A-Za-z0-9_-]+={0,2}$/.test(rest) && /[-_]/.test(rest)) {
    findings.push(keyFinding('key/url-safe-alphabet', 'The key holds - or _, the URL-safe alphabet.'));
    return findings;
  }
  if (/[^A-Za-z0-9+/=]/.test(rest) || /=[^=]/.test(rest)) {
    findings.push(
      keyFinding('key/not-base64', 'The key holds characters that base64 has not, or goes on after its end.'),
    );
    return findings;
  }
  const length = rest.search(/=*$/);
  if (length % 4 === 1) {
    findings.push(keyFinding('key/cut', 'A base64 text can not have this length: some of it is missing.'));
  } else if (rest.length % 4 !== 0 || rest.length - length > 2) {
    findings.push(keyFinding('key/padding-lost', 'The = signs at the end are missing or too many.'));
  } else if (!isStrictBase64(rest)) {
    findings.push(keyFinding('key/not-canonical', 'The last character carries bits that belong to no byte.'));
  }
  return findings;
}

/** The text inside, read as generously as can be, so that a fault of the encoding does not hide one of the fields. */
function utf8Text(key: string): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(Buffer.from(decodeURIComponentSafely(key).replace(/[^A-Za-z0-9+/_=-]/g, ''), 'base64'));
  } catch {
    return undefined;
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkText(text: string, encodingIsFaulty: boolean): Finding<KeyFindingCode>[] {
  const parts = text.split(':');
  if (text.trimStart().startsWith('{')) {
    return [keyFinding('key/json', 'The text inside the key is JSON.')];
  }
  if (areFour(parts)) {
    const [domain, clientId, clientSecret, org] = parts;
    return checkFields({ domain, clientId, clientSecret, org });
  }
  if (encodingIsFaulty && parts.length < 4) {
    return [];
  }
  if (parts.length === 1) {
    return [checkWhole(text.trim())];
  }
  return parts.length < 4 ? [tooFewFields(parts)] : [tooManyFields(text, parts)];
}

/** A text without any colon. */
function checkWhole(text: string): Finding<KeyFindingCode> {
  const again = isStrictBase64(text) ? utf8Text(text) : undefined;
  return again !== undefined && again.split(':').length >= 3
    ? keyFinding('key/encoded-twice', 'The text inside the key is base64 once more.')
    : keyFinding('key/not-a-key', 'The text inside the key holds no colon, so it has no four fields.');
}

function tooFewFields(parts: readonly string[]): Finding<KeyFindingCode> {
  return parts.length === 3 && isHostName(parts[0] ?? '')
    ? keyFinding(
        'key/final-colon-missing',
        'The text inside the key has three fields; the colon after the secret is missing.',
      )
    : keyFinding('key/too-few-fields', `The text inside the key has ${parts.length} fields instead of four.`);
}

/** Told from the start of the text: a port and a scheme are the common causes, and both shift every field. */
function tooManyFields(text: string, parts: readonly string[]): Finding<KeyFindingCode> {
  if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return keyFinding(
      'key/domain-has-scheme',
      'The domain inside the key starts with a scheme, as in https:// or dns:///.',
    );
  }
  if (/^\s*\[[0-9a-f:.]*\]/i.test(text)) {
    return keyFinding('key/domain-is-address', 'The domain inside the key is an IP address.');
  }
  if (parts.length === 5 && /^[0-9]{1,5}(\/.*)?$/.test(parts[1] ?? '')) {
    return keyFinding('key/domain-has-port', 'The domain inside the key is followed by a port.');
  }
  return keyFinding(
    'key/too-many-fields',
    `The text inside the key has ${parts.length} fields instead of four: the client id, the secret or the org holds a colon.`,
  );
}

function fieldsOnly({ domain, clientId, clientSecret, org }: KeyFields): KeyFields {
  return { domain, clientId, clientSecret, org };
}
