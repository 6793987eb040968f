import type { Json } from '../../transport/json.ts';

/*
 * JSON as the control plane reads it: encoding/json of Go, and its fork in go-jose. They take duplicates, depth and
 * numbers in their own ways, and a token or a key set stands or falls with that.
 */

/** encoding/json decode.go, maxNestingDepth. */
const DEEPEST_NESTING = 10_000;

/** UTF-8 as Go takes it into a string: what is no UTF-8 becomes U+FFFD, and a byte order mark is no white space. */
export function goText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** One whole JSON text; undefined where Go would refuse it as an `interface{}`. */
export function goJson(text: string): Json | undefined {
  if (isTooDeep(text)) {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Json;
    return holdsInfinity(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** The first JSON value of a text that may go on: a json.Decoder stops reading behind it. */
export function firstValue(text: string): string {
  const start = skipSpace(text, 0);
  const first = text.charAt(start);
  if (first === '{' || first === '[' || first === '"') {
    return text.slice(start, endOfValue(text, start));
  }
  return /^(?:null|true|false|[\d.eE+-]*)/.exec(text.slice(start))?.[0] ?? '';
}

/** A member of an object as it stands in the text; a name can stand there twice. */
export interface Member {
  readonly name: string;
  readonly value: string;
}

/** The members of the text of an object in their order; undefined where the text is no object that Go takes. */
export function membersOf(text: string): Member[] | undefined {
  const parts = partsOf(text, '{');
  return parts?.map((part) => {
    const start = skipSpace(part, 0);
    const end = endOfValue(part, start);
    return { name: String(JSON.parse(part.slice(start, end))), value: part.slice(part.indexOf(':', end) + 1).trim() };
  });
}

/** The items of the text of an array; undefined where the text is no array that Go takes. */
export function itemsOf(text: string): string[] | undefined {
  return partsOf(text, '[')?.map((part) => part.trim());
}

function partsOf(text: string, opening: '{' | '['): string[] | undefined {
  const start = skipSpace(text, 0);
  if (text.charAt(start) !== opening || !isValid(text)) {
    return undefined;
  }
  const parts: string[] = [];
  let from = start + 1;
  let position = from;
  for (;;) {
    const character = text.charAt(position);
    if (character === ',' || character === '}' || character === ']') {
      const part = text.slice(from, position);
      // Of an empty object or array.
      if (part.trim() !== '') {
        parts.push(part);
      }
      if (character !== ',') {
        return parts;
      }
      from = position + 1;
      position = from;
    } else {
      position = endOfValue(text, position);
    }
  }
}

function isValid(text: string): boolean {
  try {
    JSON.parse(text);
    return !isTooDeep(text);
  } catch {
    return false;
  }
}

const WHITE_SPACE = new Set(' \t\r\n');

function skipSpace(text: string, from: number): number {
  let position = from;
  while (WHITE_SPACE.has(text.charAt(position))) {
    position++;
  }
  return position;
}

/** The position behind the string, object or array that begins at `start`, or behind the character where none does. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '"') {
      position = endOfString(text, position);
    } else {
      position++;
    }
    if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
    }
    if (depth === 0) {
      return position;
    }
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length && text.charAt(position) !== '"') {
    position += text.charAt(position) === '\\' ? 2 : 1;
  }
  return position + 1;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let position = 0; position < text.length; position++) {
    switch (text.charAt(position)) {
      case '"':
        position = endOfString(text, position) - 1;
        break;
      case '{':
      case '[':
        depth++;
        if (depth > DEEPEST_NESTING) {
          return true;
        }
        break;
      case '}':
      case ']':
        depth--;
        break;
    }
  }
  return false;
}

/** A number beyond float64 is an error to Go. */
function holdsInfinity(value: Json): boolean {
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'number' && !Number.isFinite(next)) {
      return true;
    }
    if (typeof next === 'object' && next !== null) {
      for (const inner of Object.values(next)) {
        open.push(inner);
      }
    }
  }
  return false;
}

/** Whether a name stands twice in one object, at any depth, of a text that is valid JSON. */
export function hasDuplicates(text: string): boolean {
  /** The names of each object or array that is open: an array has none, since no colon follows its texts. */
  const open: Set<string>[] = [];
  for (let position = 0; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '{' || character === '[') {
      open.push(new Set());
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, position);
      const names = open.at(-1);
      if (names !== undefined && text.charAt(skipSpace(text, end)) === ':') {
        const name = goString(JSON.parse(text.slice(position, end)) as Json);
        if (names.has(name)) {
          return true;
        }
        names.add(name);
      }
      position = end - 1;
    }
  }
  return false;
}

/** Of a string of JSON: half a surrogate pair becomes U+FFFD. */
export function goString(value: Json | undefined): string {
  return typeof value === 'string' ? value.toWellFormed() : '';
}

/** Padding at the end is let pass by go-jose (encoding.go, base64URLDecode). A loop: a pattern would go back and forth. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '=') {
    end--;
  }
  return text.slice(0, end);
}

/** base64url as Go's RawURLEncoding reads it: line breaks are skipped, bits that are left over are not looked at. */
export function goBase64Url(text: string): Buffer | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  return /^[A-Za-z0-9_-]*$/.test(plain) && plain.length % 4 !== 1 ? Buffer.from(plain, 'base64url') : undefined;
}
