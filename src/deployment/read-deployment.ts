import { isHostName } from '../api-key/fields.ts';
import { FindingError } from '../findings/finding.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import { type KnownProvider, PROVIDERS, recogniseProvider } from '../identity-provider/providers.ts';
import { isJsonObject, type Json, type JsonObject, member } from '../transport/json.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { APP_NAMES, type AppName, type DeploymentDescription, type OAuthApp } from './deployment.ts';
import { deploymentFileFinding } from './findings.ts';

const FIELDS = [
  'domain',
  'provider',
  'issuer',
  'metadata-url',
  'token-url',
  'allowed-audience',
  'audience',
  'scopes',
  'login-scopes',
  'subject-claims',
  'app-claims',
  'control-plane',
  'control-plane-namespace',
  'data-plane-namespace',
  'apps',
] as const;

const APP_FIELDS = ['client-id', 'client-secret-env', 'subject', 'org'] as const;

/** What people write where the secret itself would stand. */
const SECRET_FIELDS = ['client-secret', 'client_secret', 'clientSecret', 'secret', 'api-key', 'password'];

/** Of Union's charts for the control plane: the guides leave the namespaces to the reader. */
const DEFAULT_NAMESPACES = { controlPlane: 'union-cp', dataPlane: 'union' };

/** The guides' scopes for the login in the browser. */
const DEFAULT_LOGIN_SCOPES = ['profile', 'openid', 'offline_access'];

/**
 * Reads what somebody wrote of a deployment. Every scalar is a text.
 * @param file the value of the YAML document.
 * @throws FindingError for the first thing that can't be used. It repeats no value that could be a secret.
 */
export function readDeployment(file: Json): DeploymentDescription {
  const fields = readFields(file, FIELDS, 'The file');
  const domain = text(fields, 'domain', isHostName, 'a bare host name').toLowerCase();
  const issuer = text(fields, 'issuer', isAddress, 'an https address');
  const tokenUrl = optional(fields, 'token-url', isAddress, 'an https address');
  const provider = readProvider(fields, issuer, domain);
  const audience = optional(fields, 'audience', isWord, 'one word') ?? '';
  const scopes = list(fields, 'scopes') ?? provider.defaultScopes ?? ['all'];
  return {
    domain,
    provider: provider.name,
    issuer,
    metadataUrl:
      optional(fields, 'metadata-url', isRelativePath, 'a path below the issuer') ?? defaultMetadata(provider),
    tokenUrl,
    allowedAudience: list(fields, 'allowed-audience') ?? [`https://${domain}`],
    audience,
    scopes,
    loginScopes: list(fields, 'login-scopes') ?? DEFAULT_LOGIN_SCOPES,
    subjectClaims: list(fields, 'subject-claims') ?? [],
    appClaims: readAppClaims(list(fields, 'app-claims') ?? []),
    controlPlane: readControlPlane(fields),
    controlPlaneNamespace:
      optional(fields, 'control-plane-namespace', isLabel, 'a namespace') ?? DEFAULT_NAMESPACES.controlPlane,
    dataPlaneNamespace:
      optional(fields, 'data-plane-namespace', isLabel, 'a namespace') ?? DEFAULT_NAMESPACES.dataPlane,
    apps: readApps(member(fields, 'apps')),
  };
}

function readApps(apps: Json | undefined): DeploymentDescription['apps'] {
  const fields = readFields(apps ?? {}, APP_NAMES, 'apps');
  const named = APP_NAMES.filter((name) => member(fields, name) !== undefined);
  if (named.length === 0) {
    throw fault('deployment/field-missing', `apps names none of ${APP_NAMES.join(', ')}.`);
  }
  return Object.fromEntries(named.map((name) => [name, readApp(name, member(fields, name) ?? {})]));
}

function readApp(name: AppName, app: Json): OAuthApp {
  const place = `apps.${name}`;
  const fields = readFields(app, APP_FIELDS, place);
  const clientSecretVariable = optional(fields, 'client-secret-env', isVariable, 'the name of a variable', place);
  if (name === 'cli' && clientSecretVariable !== undefined) {
    throw fault(
      'deployment/field-not-usable',
      `${place}.client-secret-env: the app of the CLI is public and has no secret.`,
    );
  }
  return {
    clientId: text(fields, 'client-id', isWord, 'one word', place),
    clientSecretVariable,
    subject: optional(fields, 'subject', isWord, 'one word', place),
    org: optional(fields, 'org', isLabel, 'the name of an organization', place) ?? '',
  };
}

/** @throws FindingError where it has a field of another name; a field that would hold a secret has a finding of its own. */
function readFields(value: Json, known: readonly string[], place: string): JsonObject {
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

function readProvider(fields: JsonObject, issuer: string, domain: string): KnownProvider {
  const name = optional(fields, 'provider', isWord, 'the name of a provider');
  if (name === undefined) {
    return recogniseProvider({ issuer: new URL(issuer), tokenEndpoint: undefined, jwksUri: undefined, domain });
  }
  const provider = PROVIDERS.find((candidate) => candidate.name === name);
  if (provider === undefined) {
    const known = PROVIDERS.map((candidate) => candidate.name).join(', ');
    throw fault('deployment/field-not-usable', `provider is none of ${known}.`);
  }
  return provider;
}

function readControlPlane(fields: JsonObject): DeploymentDescription['controlPlane'] {
  const kind = optional(fields, 'control-plane', isWord, 'union or flyte1') ?? 'union';
  if (kind !== 'union' && kind !== 'flyte1') {
    throw fault('deployment/field-not-usable', 'control-plane is neither union nor flyte1.');
  }
  return kind;
}

function readAppClaims(lines: readonly string[]): (readonly [string, string])[] {
  return lines.map((line) => {
    const [, claim, value] = /^([^=\s]+)=(\S+)$/.exec(line) ?? [];
    if (claim === undefined || value === undefined) {
      throw fault('deployment/field-not-usable', 'app-claims holds a line that is not claim=value.');
    }
    return [claim, value] as const;
  });
}

/** The document that the provider serves first; the control plane's own default is the other one. */
function defaultMetadata({ metadataNames }: IdentityProvider): string {
  return `.well-known/${metadataNames[0] ?? 'openid-configuration'}`;
}

function text(
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

function optional(
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
function list(fields: JsonObject, name: string): string[] | undefined {
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

function isAddress(value: string): boolean {
  return readHttpsUrl(value) instanceof URL;
}

/** Below the issuer, as flyteadmin joins it: no scheme, no host, no leading slash, no way up. */
function isRelativePath(value: string): boolean {
  return /^[A-Za-z0-9._-][A-Za-z0-9._/-]{0,200}$/.test(value) && !value.split('/').includes('..');
}

function isWord(value: string): boolean {
  return /^[!-~]{1,512}$/.test(value);
}

function isVariable(value: string): boolean {
  return /^[A-Za-z_]\w{0,99}$/.test(value);
}

/** RFC 1123, as Kubernetes demands it of a namespace. */
function isLabel(value: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value);
}

function fault(code: Parameters<typeof deploymentFileFinding>[0], detail: string): FindingError {
  return new FindingError(deploymentFileFinding(code, detail));
}
