import { type Json, type JsonObject, member } from '../../transport/json.ts';
import { goString } from './go-json.ts';

/*
 * Values as Go prints them with %v and %T: the control plane's errors hold them, and its log is searched for them.
 */

/** fmt's %T for what encoding/json makes of a value. */
export function goType(value: Json): string {
  if (value === null) {
    return '<nil>';
  }
  if (Array.isArray(value)) {
    return '[]interface {}';
  }
  return { string: 'string', number: 'float64', boolean: 'bool', object: 'map[string]interface {}' }[
    typeof value as 'string' | 'number' | 'boolean' | 'object'
  ];
}

/** Deeper values are cut: they say nothing to a reader. */
const DEEPEST_PRINTED = 20;

/** fmt's %v: lists and maps without quotes, the names of a map in the order of their bytes. */
export function goValue(value: Json, depth = 0): string {
  if (value === null) {
    return '<nil>';
  }
  if (typeof value === 'number') {
    return goNumber(value);
  }
  if (typeof value !== 'object') {
    return typeof value === 'string' ? goString(value) : String(value);
  }
  if (depth > DEEPEST_PRINTED) {
    return '...';
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => goValue(item, depth + 1)).join(' ')}]`;
  }
  const members = Object.entries(value).toSorted(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  return `map[${members.map(([name, inner]) => `${name}:${goValue(inner, depth + 1)}`).join(' ')}]`;
}

const LARGEST_PLAIN_POWER = 6;

/** %v of a float64: the shortest digits, with an exponent below 1e-4 and from 1e+06 on (strconv ftoa.go, %g). */
function goNumber(value: number): string {
  const exponential = value.toExponential();
  const power = Number(exponential.split('e')[1]);
  if (power >= -4 && power < LARGEST_PLAIN_POWER) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  // The exponent has two digits at least.
  return exponential.replace(/(?<=[+-])\d$/, '0$&');
}

/** time.Time's String, in UTC as servers run; the zero time where there is none. */
function goTime(value: Json | undefined): string {
  if (typeof value !== 'number') {
    return '0001-01-01 00:00:00 +0000 UTC';
  }
  if (Math.abs(value) >= 2 ** 63) {
    return '292277026596-12-04 15:30:08 +0000 UTC';
  }
  const date = new Date(Math.trunc(value) * 1000);
  const iso = Number.isNaN(date.getTime()) ? '...' : date.toISOString().slice(0, -5);
  // Where four digits are not enough JavaScript has six and a sign, and Go as many as are needed.
  return `${iso.replace('T', ' ').replace(/^\+0?|(?<=^-)0{1,2}/, '')} +0000 UTC`;
}

/** jwtx.Claims of ory/x v0.0.214, printed as a pointer to a struct. */
export function goClaims(claims: JsonObject, audience: readonly string[]): string {
  const text = (name: string): string => goString(member(claims, name));
  const times = ['exp', 'iat', 'nbf'].map((name) => goTime(member(claims, name)));
  return `&{[${audience.map(goString).join(' ')}] ${text('iss')} ${text('sub')} ${times.join(' ')} ${text('jti')}}`;
}

/** A set of texts (sets.String of k8s.io/apimachinery). */
export function goSet(items: readonly string[]): string {
  const sorted = [...new Set(items)].toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `map[${sorted.map((item) => `${item}:{}`).join(' ')}]`;
}
