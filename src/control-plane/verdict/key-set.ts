import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { Finding } from '../../findings/finding.ts';
import { type JsonObject, member, stringMember } from '../../transport/json.ts';
import { checkCertificates, readCertificates } from './certificates.ts';
import { goBase64Url, goJson, goString, goText, itemsOf, membersOf, withoutPadding } from './go-json.ts';
import { shortened } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/** One key of a set, as far as the control plane reads it. */
export interface SetKey {
  /** Empty where it has none. */
  readonly keyId: string;
  readonly type: 'RSA' | 'EC' | 'OKP' | 'oct';
  /** What makes the key and nothing else: `use`, `alg` and `key_ops` do not count for the control plane. */
  readonly material: JWK;
  readonly use: string;
  readonly algorithm: string;
  /** The set gives the private half away. */
  readonly isPrivate: boolean;
  /** It is not a secret, and its numbers can be those of a key. */
  readonly isUsable: boolean;
  /** crypto/rsa checks none where the exponent is too small or too large: by that of 1 everybody could sign. */
  readonly checksSignatures: boolean;
  /** Of an RSA key. */
  readonly modulusBits: number | undefined;
}

export type KeySet =
  /** `isKeySet` is false where the document is readable and has no list of keys: to the control plane that is an empty one. */
  { readonly keys: readonly SetKey[]; readonly isKeySet: boolean } | { readonly unreadable: string };

/**
 * Reads a key set (RFC 7517 section 5) as the control plane does: one key that its library does not know makes the
 * whole set unreadable, and with it every token refused.
 * Source: coreos/go-oidc v3.6.0 oidc/jwks.go updateKeys; go-jose/go-jose v3.0.5 jwk.go, UnmarshalJSON.
 */
export function readKeySet(body: Uint8Array): KeySet {
  const text = goText(body);
  const members = membersOf(text);
  if (members === undefined) {
    return goJson(text) === null ? { keys: [], isKeySet: false } : { unreadable: 'It is not a JSON object.' };
  }
  let keys: SetKey[] = [];
  let isKeySet = false;
  // The names of a struct's fields are found in any case, and the last of several counts.
  for (const { value } of members.filter(({ name }) => /^keys$/iu.test(name))) {
    const items = value === 'null' ? [] : itemsOf(value);
    if (items === undefined) {
      return { unreadable: 'Its member keys is not a list.' };
    }
    keys = [];
    for (const item of items) {
      const key = readKey(item);
      if (typeof key === 'string') {
        return { unreadable: `Key ${keys.length + 1} of ${items.length}${nameOf(item)}: ${key}.` };
      }
      keys.push(key);
    }
    isKeySet = true;
  }
  return { keys, isKeySet };
}

/** By which somebody finds the key again. */
function nameOf(item: string): string {
  const object = keyObject(item);
  const keyId = object && stringMember(object, 'kid');
  return keyId === undefined ? '' : ` ("${keyId}")`;
}

const TEXT_MEMBERS = ['use', 'kty', 'kid', 'crv', 'alg', 'x5u', 'x5t', 'x5t#S256'] as const;
const BYTES_MEMBERS = ['k', 'x', 'y', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;
/** Bytes of a coordinate, by the name of the curve (RFC 7518 section 6.2.1). */
export const COORDINATE_BYTES: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

type Bytes = Partial<Record<(typeof BYTES_MEMBERS)[number], Buffer>>;

/** go-jose's fork of encoding/json takes no name twice; what stands in members that it does not know is not looked at. */
function keyObject(text: string): JsonObject | undefined {
  const names = membersOf(text)?.map(({ name }) => goString(name));
  return names === undefined || new Set(names).size !== names.length ? undefined : (JSON.parse(text) as JsonObject);
}

/** @returns the key, or why go-jose can not read it. */
export function readKey(text: string): SetKey | string {
  const object = keyObject(text);
  if (object === undefined) {
    return 'it is not a JSON object whose members stand there once';
  }
  const wrong = TEXT_MEMBERS.find((name) => !isTextOrNull(object, name));
  if (wrong !== undefined) {
    return `its ${wrong} is not a text`;
  }
  const bytes: Bytes = {};
  for (const name of BYTES_MEMBERS) {
    const value = member(object, name) ?? null;
    const decoded = typeof value === 'string' ? goBase64Url(withoutPadding(value)) : undefined;
    if (value !== null && decoded === undefined) {
      return `its ${name} is not base64url`;
    }
    if (decoded !== undefined) {
      bytes[name] = decoded;
    }
  }
  if (!isGoUrl(goString(member(object, 'x5u')))) {
    return 'its x5u is not an address';
  }
  const certificates = readCertificates(object);
  if (typeof certificates === 'string') {
    return certificates;
  }
  const material = readMaterial(object, bytes);
  if (typeof material === 'string') {
    return material;
  }
  return checkCertificates(object, material, certificates) ?? describeKey(object, material, bytes);
}

function describeKey(object: JsonObject, material: JWK, bytes: Bytes): SetKey {
  const type = material.kty as SetKey['type'];
  const exponent = numberOf(bytes.e) ?? 0n;
  return {
    keyId: goString(member(object, 'kid')),
    type,
    material,
    use: stringMember(object, 'use') ?? '',
    algorithm: stringMember(object, 'alg') ?? '',
    isPrivate: type !== 'oct' && bytes.d !== undefined,
    isUsable: isPublicKey(material) && !(type === 'RSA' && exponent === 0n),
    checksSignatures: type !== 'RSA' || isRsaExponent(exponent),
    modulusBits: type === 'RSA' && bytes.n !== undefined ? bitLength(bytes.n) : undefined,
  };
}

function bitLength(bytes: Buffer): number {
  const hex = bytes.toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}

function isTextOrNull(object: JsonObject, name: string): boolean {
  const value = member(object, name) ?? null;
  return value === null || typeof value === 'string';
}

function readMaterial(object: JsonObject, bytes: Bytes): JWK | string {
  const type = stringMember(object, 'kty') ?? '';
  const { n, d, x, k } = bytes;
  switch (type) {
    case 'RSA':
      if (n === undefined || bytes.e === undefined) {
        return 'its n or e is missing';
      }
      // An exponent is read into an int64: what goes beyond that is cut off.
      bytes.e = bytes.e.subarray(-8);
      return d !== undefined && !isRsaPrivateKey(bytes)
        ? 'its private half does not fit'
        : { kty: 'RSA', n: n.toString('base64url'), e: bytes.e.toString('base64url') };
    case 'EC':
      return readCurve(object, bytes);
    case 'OKP':
      // Copied into 32 bytes, whatever its length is.
      return stringMember(object, 'crv') === 'Ed25519' && x !== undefined
        ? { kty: 'OKP', crv: 'Ed25519', x: Buffer.concat([x], ED25519_BYTES).toString('base64url') }
        : `its curve ${stringMember(object, 'crv') ?? ''} is not known to the library`;
    case 'oct':
      return k === undefined ? 'its k is missing' : { kty: 'oct', k: k.toString('base64url') };
    default:
      return type === '' ? 'it has no kty' : `its type ${type} is not known to the library`;
  }
}

function readCurve(object: JsonObject, bytes: Bytes): JWK | string {
  const curve = stringMember(object, 'crv') ?? '';
  const size = Object.hasOwn(COORDINATE_BYTES, curve) ? COORDINATE_BYTES[curve] : undefined;
  if (size === undefined) {
    return `its curve ${curve} is not known to the library`;
  }
  const { x, y, d } = bytes;
  if (x?.length !== size || y?.length !== size || (d !== undefined && d.length !== size)) {
    return 'a coordinate has the wrong length';
  }
  const material = { kty: 'EC', crv: curve, x: x.toString('base64url'), y: y.toString('base64url') };
  return isPublicKey(material) ? material : 'its point is not on its curve';
}

function isPublicKey(material: JWK): boolean {
  try {
    createPublicKey({ key: { ...material }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/** Larger numbers are no keys, and take long to multiply. */
const LONGEST_RSA_BYTES = 2048;

const LARGEST_RSA_EXPONENT = 2n ** 31n - 1n;

/** crypto/rsa, checkPub. */
function isRsaExponent(exponent: bigint): boolean {
  return exponent > 1n && exponent <= LARGEST_RSA_EXPONENT;
}

function numberOf(bytes: Buffer | undefined): bigint | undefined {
  return bytes && BigInt(`0x0${bytes.toString('hex')}`);
}

/** crypto/rsa, PrivateKey.Validate: the primes are those of the modulus, the exponents belong together. */
function isRsaPrivateKey(bytes: Bytes): boolean {
  if (Object.values(bytes).some(({ length }) => length > LONGEST_RSA_BYTES)) {
    return false;
  }
  const [n, e = 0n, d = 0n, p = 0n, q = 0n] = [bytes.n, bytes.e, bytes.d, bytes.p, bytes.q].map(numberOf);
  const [dp, dq, coefficient] = [bytes.dp, bytes.dq, bytes.qi].map(numberOf);
  return (
    isRsaExponent(e) &&
    p > 1n &&
    q > 1n &&
    p * q === n &&
    (d * e) % (p - 1n) === 1n &&
    (d * e) % (q - 1n) === 1n &&
    // What is worked out beforehand counts only where all three are there.
    (dp === undefined ||
      dq === undefined ||
      coefficient === undefined ||
      (dp === d % (p - 1n) && dq === d % (q - 1n) && (coefficient * q) % p === 1n))
  );
}

/** net/url Parse, as far as it refuses anything. */
function isGoUrl(text: string): boolean {
  const authority = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1];
  return (
    [...text].every((character) => character > '\u001f' && character !== '\u007f') &&
    !/%(?![0-9A-Fa-f]{2})/.test(text.replace(/\?[^#]*/, '')) &&
    !text.startsWith(':') &&
    (authority === undefined
      ? /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || !/^[^/?#]*:/.test(text)
      : /^[^ <>"\\^`{}|]*$/.test(authority) &&
        /^([\w.~:!$&'()*+,;=%@-]*@)?([^[\]:@]*|\[[^[\]@]*\])(:[0-9]*)?$/.test(authority))
  );
}

const ED25519_BYTES = 32;
/** What is wrong with a set that the control plane takes all the same. */
export function judgeKeys(keys: readonly SetKey[]): Finding[] {
  const gaveAway = keys.filter(({ isPrivate, type }) => isPrivate || type === 'oct');
  const names = new Set(
    gaveAway.map(({ keyId, type }) => (keyId === '' ? `an ${type} key without kid` : `"${keyId}"`)),
  );
  return names.size === 0
    ? []
    : [tokenFinding('key-set/secret-published', `The set publishes the secret half of ${shortened([...names])}.`)];
}
