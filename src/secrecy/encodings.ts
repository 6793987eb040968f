/*
 * The ways in which other software writes a secret down. Each is used to derive a mask; quotePlus is also
 * what the real clients put into the Basic header, so it must equal theirs byte for byte.
 */

const LATIN1_RESERVED_BY_RFC_3986 = /[!'()*]/g;

/**
 * Python's `urllib.parse.quote_plus`: UTF-8, everything but `[A-Za-z0-9_.~-]` percent-encoded, space as `+`.
 * Source: flyteorg/flyte-sdk src/flyte/remote/_client/auth/_token_client.py, get_basic_authorization_header.
 */
export function quotePlus(text: string): string {
  return percentEncode(text).replaceAll('%20', '+');
}

/** RFC 3986 percent-encoding of everything but the unreserved characters. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    LATIN1_RESERVED_BY_RFC_3986,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** application/x-www-form-urlencoded as WHATWG's URLSearchParams writes it: `*` stays, `~` is encoded. */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** As encodeURIComponent writes it: `!'()*` stay. */
export function uriComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Percent-encoding with lower-case digits, as Java and nginx log it. */
export function lowerCasePercent(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
}

/** A JSON string inside a JSON string, as loggers of loggers write it. */
export function jsonInJson(text: string): string {
  return inJson(inJson(text));
}

/** JSON as Go's encoding/json writes it, safe to embed in HTML. */
export function goJson(text: string): string {
  return inJson(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Inside single quotes of a POSIX shell. */
export function shellQuoted(text: string): string {
  return text.replaceAll("'", "'\\''");
}

/** Inside double quotes of a POSIX shell. */
export function doubleQuoted(text: string): string {
  return text.replace(/["\\$`]/g, '\\$&');
}

/** Between the quotes of Python's `repr`. */
export function pythonRepr(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\');
  return text.includes('"') ? escaped.replaceAll("'", "\\'") : escaped;
}

/** HTML or XML: Python, Go and .NET choose different references for the apostrophe. */
export function htmlEscaped(
  text: string,
  apostrophe: '&#x27;' | '&#39;' | '&apos;',
  quote: '&quot;' | '&#34;',
): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe);
}

/** XML with all five of its named references, as the runner and .NET write it. */
export function xmlEscaped(text: string): string {
  return htmlEscaped(text, '&apos;', '&quot;');
}

export function base64(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('base64');
}

/** Between the quotes of a JSON string (RFC 8259 section 7). */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
