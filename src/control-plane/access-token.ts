import { type JsonObject, jsonObject } from '../transport/json.ts';

/** The parts of a JWT that can be read without any key. */
export interface ReadableToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

const BASE64_URL = /^[A-Za-z0-9_-]+$/;

/**
 * Reads a JWS in compact serialisation (RFC 7515 section 7.1) without judging it.
 * @returns `opaque` where it has not three parts, `unreadable` where a part is not what it must be.
 */
export function readToken(token: string): ReadableToken | 'opaque' | 'unreadable' {
  const parts = token.split('.');
  const [header, payload] = parts.map(decodePart);
  if (parts.length !== 3) {
    return 'opaque';
  }
  const isSigned = /^[A-Za-z0-9_-]*$/.test(parts[2] ?? '');
  return header !== undefined && payload !== undefined && isSigned ? { header, claims: payload } : 'unreadable';
}

/** White space and padding are faults here, though many decoders let them pass (RFC 7515 section 2). */
function decodePart(part: string): JsonObject | undefined {
  return BASE64_URL.test(part) ? jsonObject(Buffer.from(part, 'base64url')) : undefined;
}
