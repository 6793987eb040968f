import { type JsonObject, member, stringMember } from '../../transport/json.ts';
import type { ControlPlaneSettings } from './rule.ts';

/** Empty where there is no audience: an array that holds anything but texts counts as none (ory/x v0.0.214 jwtx/claims.go). */
export function audienceOf(claims: JsonObject): string[] {
  const audience = member(claims, 'aud');
  if (typeof audience === 'string') {
    return [audience];
  }
  return Array.isArray(audience) && audience.every((entry) => typeof entry === 'string') ? audience : [];
}

/** A set: what stands there twice counts once. */
export function scopesOf(claims: JsonObject): string[] {
  const scopes = member(claims, 'scp');
  if (typeof scopes === 'string') {
    return [scopes];
  }
  return Array.isArray(scopes) ? [...new Set(scopes.filter((scope) => typeof scope === 'string'))] : [];
}

/** The first of the names that holds a text, else `sub`; empty where none does. */
export function subjectOf(claims: JsonObject, names: readonly string[]): string {
  for (const name of [...names, 'sub']) {
    const subject = stringMember(claims, name) ?? '';
    if (subject !== '') {
      return subject.toWellFormed();
    }
  }
  return '';
}

/**
 * `app` where a pair of the mapping fits, else what stands in the claim `identitytype`; a mapping that is stated makes
 * users of all who fit none of it. The subject has taken the place of `sub` by then.
 */
export function identityTypeOf(
  claims: JsonObject,
  { appClaims, subjectClaims }: Pick<ControlPlaneSettings, 'appClaims' | 'subjectClaims'>,
): string {
  const subject = subjectOf(claims, subjectClaims.value);
  const textOf = (name: string): string | undefined =>
    name === 'sub' && subject !== '' ? subject : stringMember(claims, name);
  if (appClaims.value.some(([claim, value]) => textOf(claim) === value)) {
    return 'app';
  }
  return appClaims.stated && appClaims.value.length > 0 ? 'user' : (stringMember(claims, 'identitytype') ?? '');
}
