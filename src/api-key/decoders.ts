import { areFour, type KeyFields } from './fields.ts';

/*
 * How each real client takes a key apart. Copied in behaviour, quirks included; the tests hold every one of them
 * against recordings of the real thing (test/recordings/).
 */

export type Decoded = ({ readonly accepts: true } & KeyFields) | { readonly accepts: false; readonly error: string };

export type KeyClient = 'flyte-sdk' | 'rust-controller' | 'terraform' | 'union-sdk';

/** The decoders by the names that `key inspect --json` gives them. */
export const KEY_DECODERS: Readonly<Record<KeyClient, (key: string) => Decoded>> = {
  'flyte-sdk': decodeLikeFlyteSdk,
  'rust-controller': decodeLikeRustController,
  terraform: decodeLikeTerraform,
  'union-sdk': decodeLikeUnionSdk,
};

/**
 * Source: flyteorg/flyte-sdk src/flyte/remote/_client/auth/_auth_utils.py, decode_api_key. Unlike there, an
 * empty org stays empty: "None" is how that client writes it.
 */
function decodeLikeFlyteSdk(key: string): Decoded {
  const text = lenientText(key);
  if (typeof text !== 'string') {
    return refuse(text.error);
  }
  const parts = splitAtMost(text, 4);
  return (
    fieldsOf(parts) ??
    refuse(`ValueError: Invalid API key format. Expected 4 parts separated by ':', got ${parts.length}`)
  );
}

/** Source: flyteorg/flyte-sdk rs_controller/src/auth/config.rs, with the crate base64's STANDARD engine. */
function decodeLikeRustController(key: string): Decoded {
  if (!isStrictBase64(key)) {
    return refuse('Failed to decode base64');
  }
  const text = utf8(Buffer.from(key, 'base64'));
  if (text === undefined) {
    return refuse('Invalid UTF-8 in decoded API key');
  }
  const parts = text.split(':');
  return fieldsOf(parts) ?? refuse(`Invalid API key format: expected 4 colon-separated parts, got ${parts.length}`);
}

/** Source: unionai/terraform-provider-unionai internal/provider/oauth.go; Go's StdEncoding skips CR and LF anywhere. */
function decodeLikeTerraform(key: string): Decoded {
  const joined = key.replace(/[\r\n]/g, '');
  if (!isPaddedBase64(joined)) {
    return refuse('failed to decode API key: illegal base64 data');
  }
  // Go strings hold any bytes: text that is no UTF-8 is not refused there, and read as replacement characters here.
  const parts = splitAtMost(Buffer.from(joined, 'base64').toString('utf8'), 4);
  return fieldsOf(parts) ?? refuse('invalid API key format');
}

/** Source: union (PyPI) union/_config.py, _decode_app_client_credentials: the org of a key is not used there. */
function decodeLikeUnionSdk(key: string): Decoded {
  const text = lenientText(key);
  const fields = typeof text === 'string' ? fieldsOf(text.split(':')) : undefined;
  return fields ?? refuse('ValueError: Unable to read UNION_API_KEY');
}

function refuse(error: string): Decoded {
  return { accepts: false, error };
}

function fieldsOf(parts: readonly string[]): Decoded | undefined {
  if (!areFour(parts)) {
    return undefined;
  }
  const [domain, clientId, clientSecret, org] = parts;
  return { accepts: true, domain, clientId, clientSecret, org };
}

/** `text.split(':', most - 1)` of Python and `strings.SplitN` of Go: the last part keeps its colons. */
function splitAtMost(text: string, most: number): string[] {
  const parts = text.split(':');
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(':')];
}

function lenientText(key: string): string | { error: string } {
  const bytes = lenientBase64(key);
  if (!(bytes instanceof Uint8Array)) {
    return bytes;
  }
  return utf8(bytes) ?? { error: "UnicodeDecodeError: 'utf-8' codec can't decode the decoded bytes" };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Python's `base64.b64decode(key)` without validation: what is not in the alphabet is dropped, what follows a
 * complete padding is ignored, padding is required. Errors carry no figure, since those would tell the length.
 * Source: python/cpython Modules/binascii.c, binascii_a2b_base64_impl with strict_mode off.
 */
function lenientBase64(key: string): Uint8Array | { error: string } {
  const bytes: number[] = [];
  let quadPosition = 0;
  let left = 0;
  let pads = 0;
  for (const character of key) {
    if (character === '=') {
      if (quadPosition >= 2 && quadPosition + ++pads >= 4) {
        return Uint8Array.from(bytes);
      }
      continue;
    }
    const value = ALPHABET.indexOf(character);
    if (value < 0) {
      continue;
    }
    pads = 0;
    if (quadPosition > 0) {
      bytes.push(((left << (2 * quadPosition)) | (value >> (6 - 2 * quadPosition))) & 0xff);
    }
    left = value;
    quadPosition = (quadPosition + 1) % 4;
  }
  if (quadPosition === 0) {
    return Uint8Array.from(bytes);
  }
  return quadPosition === 1
    ? {
        error:
          'binascii.Error: Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4',
      }
    : { error: 'binascii.Error: Incorrect padding' };
}

/** Standard alphabet, padded to a multiple of four, nothing else. */
function isPaddedBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** As above, and the unused bits before the padding are zero. */
export function isStrictBase64(text: string): boolean {
  return isPaddedBase64(text) && Buffer.from(text, 'base64').toString('base64') === text;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
