import { isJsonObject, type Json, type JsonObject, member } from '../../transport/json.ts';
import { readCertificates } from './certificates.ts';
import {
  firstValue,
  goBase64Url,
  goJson,
  goString,
  goText,
  hasDuplicates,
  membersOf,
  withoutPadding,
} from './go-json.ts';
import { readKey } from './key-set.ts';

/** A signed token as the control plane's first library reads it, before it looks at any claim. */
export interface SignedToken {
  readonly algorithm: string;
  /** Empty where the token names no key. */
  readonly keyId: string;
  /** Names of header parameters that must be understood (RFC 7515 section 4.1.11). */
  readonly critical: readonly string[];
  /** The token with every part encoded anew: that is what the signature is checked over. */
  readonly canonical: string;
  /** The payload, where the signature is checked over it as it is (RFC 7797). */
  readonly rawPayload: Buffer | undefined;
}

/** Why a token can not be read, and the library's own words for it where they are known. */
export interface UnreadableToken {
  readonly kind: 'opaque' | 'encrypted' | 'unreadable';
  readonly serverError: string;
}

/**
 * Reads a JWS in compact serialisation (RFC 7515 section 7.1) as go-jose does: white space is dropped, padding and
 * left-over bits are let pass, the header has no member twice and its known members have their types.
 * Source: go-jose/go-jose v3.0.5 jws.go parseSignedCompact, shared.go sanitized.
 */
export function readSignedToken(token: string): SignedToken | UnreadableToken {
  const parts = token.replace(WHITE_SPACE, '').split('.');
  const [headerPart = '', payloadPart = '', signaturePart = ''] = parts;
  if (parts.length !== 3) {
    return {
      kind: parts.length === 5 ? 'encrypted' : 'opaque',
      serverError: 'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
    };
  }
  const [header, payload, signature] = [headerPart, payloadPart, signaturePart].map((part) =>
    goBase64Url(withoutPadding(part)),
  );
  const unreadable = { kind: 'unreadable', serverError: 'oidc: malformed jwt' } as const;
  if (header === undefined || payload === undefined || signature === undefined) {
    return unreadable;
  }
  const parameters = header.length === 0 ? {} : readHeader(goText(header));
  if (parameters === undefined) {
    return unreadable;
  }
  const critical = member(parameters, 'crit') ?? [];
  const isTextList = Array.isArray(critical) && critical.every((name) => typeof name === 'string');
  return {
    algorithm: goString(member(parameters, 'alg')),
    keyId: goString(member(parameters, 'kid')),
    critical: isTextList ? critical : ['crit'],
    canonical: [header, payload, signature].map((part) => part.toString('base64url')).join('.'),
    rawPayload: member(parameters, 'b64') === false ? payload : undefined,
  };
}

/** unicode.IsSpace of Go, which is not quite that of JavaScript. */
const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

/** go-jose v3.0.5 shared.go, sanitized: no name twice, known members of their types, an embedded key public. */
function readHeader(text: string): JsonObject | undefined {
  const header = goMap(goJson(text));
  if (header === undefined || hasDuplicates(text)) {
    return undefined;
  }
  const isTyped = ['kid', 'alg', 'nonce'].every((name) => {
    const value = member(header, name) ?? null;
    return value === null || typeof value === 'string';
  });
  const embedded = membersOf(text)?.find(({ name }) => name === 'jwk')?.value ?? 'null';
  const key = embedded === 'null' ? undefined : readKey(embedded);
  const isPublic = key === undefined || (typeof key !== 'string' && !key.isPrivate && key.isUsable);
  return isTyped && isPublic && typeof readCertificates(header) !== 'string' ? header : undefined;
}

/** To encoding/json `null` leaves a map as it is: empty. */
function goMap(value: Json | undefined): JsonObject | undefined {
  return value === null ? {} : isJsonObject(value) ? value : undefined;
}

/** The algorithms that golang-jwt v4 has registered: it refuses to parse a token of any other. */
const PARSED_ALGORITHMS = new Set([
  ...['HS', 'RS', 'ES', 'PS'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits)),
  'EdDSA',
  'none',
]);

/** A token as the control plane's second library reads it. */
export interface ParsedToken {
  readonly claims: JsonObject;
  readonly algorithm: string;
  /** `key_id`, by which Flyte's own authorization server names its keys. */
  readonly ownKeyId: Json | undefined;
}

/**
 * Reads the claims as golang-jwt does: from the token as it came, without a look at the signature.
 * Source: golang-jwt/jwt v4.5.2 parser.go, ParseUnverified.
 * @returns the claims, or the server's words for why there are none.
 */
export function readClaims(token: string): ParsedToken | { readonly serverError: string } {
  const [headerPart = '', payloadPart = '', ...rest] = token.split('.');
  const header = goBase64Url(headerPart);
  const payload = goBase64Url(payloadPart);
  const failed = (why: string) => ({ serverError: `failed to parse token: ${why}` });
  if (rest.length !== 1) {
    return failed('token contains an invalid number of segments');
  }
  if (header === undefined || payload === undefined) {
    return failed('illegal base64 data');
  }
  const parameters = goMap(goJson(goText(header)));
  if (parameters === undefined) {
    return failed('invalid header');
  }
  const claims = goMap(goJson(firstValue(goText(payload))));
  if (claims === undefined) {
    return failed('invalid claims');
  }
  const algorithm = member(parameters, 'alg');
  if (typeof algorithm !== 'string') {
    return failed('signing method (alg) is unspecified.');
  }
  return PARSED_ALGORITHMS.has(algorithm)
    ? { claims, algorithm, ownKeyId: member(parameters, 'key_id') }
    : failed('signing method (alg) is unavailable.');
}
