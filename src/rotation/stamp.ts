import { scryptSync, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject, stringMember } from '../transport/json.ts';
import { readInstant, timeOf } from './instants.ts';

/** The variable beside the secret: everybody who can run a workflow can read it, so it holds no secret. */
export const STAMP_VARIABLE = 'FLYTE_API_KEY_META';

const VERSION = 1;
export const SALT_BYTES = 16;
const FINGERPRINT_BYTES = 32;
/** Longer ones were not written by us. */
const LONGEST_STAMP_CHARACTERS = 4_096;

/** What a stamp says of a key. Times are milliseconds since 1970. */
export interface Stamp {
  readonly created: number;
  readonly expires?: number;
  /** The id of the client secret at the provider, as Entra's keyId. */
  readonly keyId?: string;
  readonly fingerprint?: { readonly salt: Uint8Array; readonly hash: Uint8Array };
}

/**
 * The value of the variable. The fingerprint is of 256 bits, salted, and made by scrypt, so that it tells two keys
 * apart and yet nobody can try out short secrets against it (RFC 7914, with the parameters that Node has by default).
 */
export function writeStamp(
  { created, expires, keyId }: Omit<Stamp, 'fingerprint'>,
  apiKey: string,
  salt: Uint8Array,
): string {
  return JSON.stringify({
    v: VERSION,
    created: timeOf(created),
    ...(expires !== undefined && { expires: timeOf(expires) }),
    ...(keyId !== undefined && { keyId }),
    salt: Buffer.from(salt).toString('base64url'),
    fp: Buffer.from(fingerprintOf(apiKey, salt)).toString('base64url'),
  });
}

/** @param value the text of the variable, or the same as YAML has read it. @returns undefined where it is no stamp. */
export function readStamp(value: Json): Stamp | undefined {
  const stamp = typeof value === 'string' ? objectIn(value) : isJsonObject(value) ? value : undefined;
  const created = stamp && instantIn(stamp, 'created');
  if (stamp === undefined || String(stamp['v']) !== String(VERSION) || typeof created !== 'number') {
    return undefined;
  }
  const expires = instantIn(stamp, 'expires');
  const keyId = stringMember(stamp, 'keyId');
  const fingerprint = fingerprintIn(stamp);
  if (expires === 'unreadable' || fingerprint === 'unreadable') {
    return undefined;
  }
  return {
    created,
    ...(expires !== undefined && { expires }),
    ...(keyId !== undefined && keyId !== '' && { keyId }),
    ...(fingerprint && { fingerprint }),
  };
}

/** Whether a stamp was made for this key; undefined where it has no fingerprint. */
export function isStampOf({ fingerprint }: Stamp, apiKey: string): boolean | undefined {
  return fingerprint && timingSafeEqual(fingerprintOf(apiKey, fingerprint.salt), fingerprint.hash);
}

function fingerprintOf(apiKey: string, salt: Uint8Array): Uint8Array {
  return scryptSync(apiKey, salt, FINGERPRINT_BYTES);
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = text.length > LONGEST_STAMP_CHARACTERS ? null : (JSON.parse(text) as Json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function instantIn(stamp: JsonObject, name: string): number | 'unreadable' | undefined {
  const text = stringMember(stamp, name);
  const instant = text === undefined ? undefined : readInstant(text);
  return typeof instant === 'string' || (text === undefined && stamp[name] !== undefined) ? 'unreadable' : instant;
}

function fingerprintIn(stamp: JsonObject): Stamp['fingerprint'] | 'unreadable' {
  const salt = stringMember(stamp, 'salt');
  const hash = stringMember(stamp, 'fp');
  if (salt === undefined && hash === undefined) {
    return undefined;
  }
  const read = { salt: Buffer.from(salt ?? '', 'base64url'), hash: Buffer.from(hash ?? '', 'base64url') };
  return read.salt.length >= SALT_BYTES && read.hash.length === FINGERPRINT_BYTES ? read : 'unreadable';
}
