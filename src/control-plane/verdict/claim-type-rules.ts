import { isJsonObject, type Json, member } from '../../transport/json.ts';
import { goType, goValue } from './go-text.ts';
import { PANIC, type Rule, type TokenContext, VERIFY_CLAIMS } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/** Claims that are read with a type assertion: any other type ends the call with an internal error. */
function assertedType(name: string, type: string, isRight: (value: Json) => boolean): Rule {
  return {
    name: `type-of-${name.replace('_', '-')}`,
    source: VERIFY_CLAIMS,
    judge({ claims }) {
      const value = member(claims, name);
      const detail = `The claim ${name} is not ${type}. The control plane fails with an internal error at that.`;
      return value === undefined || isRight(value)
        ? []
        : [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError: PANIC }];
    },
  };
}

const isText = (value: Json): boolean => typeof value === 'string';
const isTextList = (value: Json): boolean => Array.isArray(value) && value.every(isText);

/** `user_info` may be null; what it holds must fit the message that it is read into. */
export const USER_INFO_RULE: Rule = {
  name: 'type-of-user-info',
  source: VERIFY_CLAIMS,
  judge({ claims }) {
    const value = member(claims, 'user_info') ?? null;
    if (value === null) {
      return [];
    }
    if (!isJsonObject(value)) {
      return assertedType('user_info', 'an object', isJsonObject).judge({ claims } as TokenContext);
    }
    const names = Object.keys(value).toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    const wrong = names.find((name) => wrongUserInfo(folded(name), value[name] ?? null) !== undefined);
    if (wrong === undefined) {
      return [];
    }
    const why = wrongUserInfo(folded(wrong), value[wrong] ?? null);
    const serverError = `failed to unmarshal user info claim into UserInfo type. Error: ${why}`;
    const detail = `The member ${wrong} of user_info is of another type than the control plane reads.`;
    return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
  },
};

/** Why a member can not be read into the message, in the words of the library; undefined where it can. */
function wrongUserInfo(field: string, value: Json): string | undefined {
  if (value === null) {
    return undefined;
  }
  if (field === 'additional_claims') {
    const token = Array.isArray(value) ? '[' : JSON.stringify(value);
    return isJsonObject(value) ? undefined : `proto: syntax error (line 1:1): unexpected token ${token}`;
  }
  return USER_INFO_TEXTS.has(field) && typeof value !== 'string'
    ? `json: cannot unmarshal ${kindOf(value)} into Go struct field UserInfoResponse.${field} of type string`
    : undefined;
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
}

/** encoding/json finds the fields of a struct in any case, with two letters that fold to ASCII (fold.go). */
function folded(name: string): string {
  return name.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
}

/** The texts of flyteidl.service.UserInfoResponse. */
const USER_INFO_TEXTS = new Set([
  'subject',
  'name',
  'preferred_username',
  'given_name',
  'family_name',
  'email',
  'picture',
]);

export const CLIENT_ID_RULE = assertedType('client_id', 'a text', isText);
export const EMAIL_RULE = assertedType('email', 'a text', isText);

export const SCP_TYPE_RULE: Rule = {
  name: 'type-of-scp',
  source: VERIFY_CLAIMS,
  judge({ claims }) {
    const value = member(claims, 'scp');
    if (value === undefined || isText(value) || isTextList(value)) {
      return [];
    }
    const unknown = `failed getting scope claims due to  unknown type ${goType(value)} with value ${goValue(value)}`;
    const serverError = Array.isArray(value) ? PANIC : unknown;
    const detail = 'The claim scp is not a text or a list of texts.';
    return [{ finding: tokenFinding('token/claim-of-wrong-type', detail), serverError }];
  },
};
