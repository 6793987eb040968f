import { FindingError } from '../findings/finding.ts';
import { isJsonObject, type Json, type JsonObject, member } from '../transport/json.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { deploymentFileFinding } from './findings.ts';

/** What people write where the secret itself would stand. */
const SECRET_FIELDS = ['client-secret', 'client_secret', 'clientSecret', 'secret', 'api-key', 'password'];

/** @throws FindingError where it has a field of another name; a field that would hold a secret has a finding of its own. */
export function readFields(value: Json, known: readonly string[], place: string): JsonObject {
  if (!isJsonObject(value)) {
    throw fault('deployment/file-unreadable', `${place} has no fields.`);
  }
  const names = Object.keys(value);
  const secret = names.find((name) => SECRET_FIELDS.includes(name));
  if (secret !== undefined) {
    throw fault('deployment/secret-in-file', `${place} has the field ${secret}.`);
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const shown = /^[A-Za-z][\w-]{0,29}$/.test(unknown) ? ` ${unknown}` : '';
    throw fault('deployment/unknown-field', `${place} has an unknown field${shown}. Known are ${known.join(', ')}.`);
  }
  return value;
}

/** A field that must be there. @param place the field that it stands in; absent for the file itself. @throws FindingError */
export function text(
  fields: JsonObject,
  name: string,
  isUsable: (text: string) => boolean,
  form: string,
  place?: string,
): string {
  const value = optional(fields, name, isUsable, form, place);
  if (value === undefined) {
    throw fault('deployment/field-missing', `${pathOf(name, place)} is missing.`);
  }
  return value;
}

/** A field that may be absent, null or empty. @throws FindingError */
export function optional(
  fields: JsonObject,
  name: string,
  isUsable: (text: string) => boolean,
  form: string,
  place?: string,
): string | undefined {
  const value = member(fields, name);
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value !== 'string' || !isUsable(value)) {
    throw fault('deployment/field-not-usable', `${pathOf(name, place)} is not ${form}.`);
  }
  return value;
}

/** A list, or one text for a list of one. */
export function list(fields: JsonObject, name: string): string[] | undefined {
  const value = member(fields, name);
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  const items = Array.isArray(value) ? value : [value];
  const texts = items.filter((item) => typeof item === 'string' && isWord(item));
  if (texts.length !== items.length) {
    throw fault('deployment/field-not-usable', `${name} is not a list of words.`);
  }
  return texts as string[];
}

function pathOf(name: string, place: string | undefined): string {
  return place === undefined ? name : `${place}.${name}`;
}

export function isAddress(value: string): boolean {
  return readHttpsUrl(value) instanceof URL;
}

/** Below the issuer, as flyteadmin joins it: no scheme, no host, no leading slash, no way up. */
export function isRelativePath(value: string): boolean {
  return /^[A-Za-z0-9._-][A-Za-z0-9._/-]{0,200}$/.test(value) && !value.split('/').includes('..');
}

export function isWord(value: string): boolean {
  return /^[!-~]{1,512}$/.test(value);
}

export function isVariable(value: string): boolean {
  return /^[A-Za-z_]\w{0,99}$/.test(value);
}

/** RFC 1123, as Kubernetes demands it of a namespace. */
export function isLabel(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value);
}

/** RFC 1123, as Kubernetes demands it of the name of a secret. */
export function isObjectName(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(value);
}

/** As Kubernetes demands it of the keys of a secret. */
export function isSecretKey(value: string): boolean {
  return /^[A-Za-z0-9._-]{1,253}$/.test(value);
}

export function fault(code: Parameters<typeof deploymentFileFinding>[0], detail: string): FindingError {
  return new FindingError(deploymentFileFinding(code, detail));
}
