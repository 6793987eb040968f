import { isHostName } from '../api-key/fields.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import { type KnownProvider, PROVIDERS, recogniseProvider } from '../identity-provider/providers.ts';
import { type Json, type JsonObject, member } from '../transport/json.ts';
import {
  APP_NAMES,
  type AppName,
  type DeploymentDescription,
  type EagerSecret,
  FLYTE1_CHARTS,
  type Flyte1Chart,
  type OAuthApp,
  type SecretStore,
  type StoredSecret,
} from './deployment.ts';
import {
  fault,
  isAddress,
  isLabel,
  isObjectName,
  isRelativePath,
  isSecretKey,
  isVariable,
  isWord,
  list,
  optional,
  readFields,
  text,
} from './file-fields.ts';

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
  'chart',
  'control-plane-secret',
  'eager-secret',
  'secret-store',
  'apps',
] as const;

const APP_FIELDS = [
  'client-id',
  'client-secret-env',
  'subject',
  'org',
  'secret-store-key',
  'secret-store-property',
] as const;

/** Of the examples of Union's charts, whose guides leave the namespaces to the reader, and of the guide of Flyte 1. */
const DEFAULT_NAMESPACES = {
  union: { controlPlane: 'union-cp', dataPlane: 'union' },
  flyte1: { controlPlane: 'flyte', dataPlane: 'flyte' },
};

/** The guides' scopes for the login in the browser. */
const DEFAULT_LOGIN_SCOPES = ['profile', 'openid', 'offline_access'];
const ENTRA_DEFAULT = '/.default';

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
  const controlPlane = readControlPlane(fields);
  const namespaces = DEFAULT_NAMESPACES[controlPlane];
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
    loginScopes: list(fields, 'login-scopes') ?? defaultLoginScopes(provider, scopes),
    subjectClaims: list(fields, 'subject-claims') ?? [],
    appClaims: readAppClaims(list(fields, 'app-claims') ?? []),
    controlPlane,
    controlPlaneNamespace:
      optional(fields, 'control-plane-namespace', isLabel, 'a namespace') ?? namespaces.controlPlane,
    dataPlaneNamespace: optional(fields, 'data-plane-namespace', isLabel, 'a namespace') ?? namespaces.dataPlane,
    chart: readChart(fields, controlPlane),
    controlPlaneSecret: optional(fields, 'control-plane-secret', isObjectName, 'the name of a secret'),
    eagerSecret: readEagerSecret(member(fields, 'eager-secret')),
    secretStore: readSecretStore(member(fields, 'secret-store')),
    apps: readApps(member(fields, 'apps')),
  };
}

function readChart(fields: JsonObject, controlPlane: DeploymentDescription['controlPlane']): Flyte1Chart | undefined {
  const name = optional(fields, 'chart', isWord, 'the name of a chart');
  if (name === undefined) {
    return undefined;
  }
  const chart = FLYTE1_CHARTS.find((candidate) => candidate === name);
  if (chart === undefined || controlPlane !== 'flyte1') {
    throw fault(
      'deployment/field-not-usable',
      `chart is for control-plane: flyte1, and one of ${FLYTE1_CHARTS.join(', ')}.`,
    );
  }
  return chart;
}

function readEagerSecret(value: Json | undefined): EagerSecret | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const place = 'eager-secret';
  const fields = readFields(value, ['name', 'key'], place);
  return {
    name: text(fields, 'name', isObjectName, 'the name of a secret', place),
    key: text(fields, 'key', isSecretKey, 'the key of an entry of a secret', place),
  };
}

function readSecretStore(value: Json | undefined): SecretStore | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const place = 'secret-store';
  const fields = readFields(value, ['name', 'kind'], place);
  const kind = optional(fields, 'kind', isWord, 'SecretStore or ClusterSecretStore', place) ?? 'SecretStore';
  if (kind !== 'SecretStore' && kind !== 'ClusterSecretStore') {
    throw fault('deployment/field-not-usable', `${place}.kind is neither SecretStore nor ClusterSecretStore.`);
  }
  return { name: text(fields, 'name', isObjectName, 'the name of a store', place), kind };
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
    storedSecret: readStoredSecret(fields, place),
  };
}

function readStoredSecret(fields: JsonObject, place: string): StoredSecret | undefined {
  const key = optional(fields, 'secret-store-key', isWord, 'one word', place);
  const property = optional(fields, 'secret-store-property', isWord, 'one word', place);
  if (key === undefined && property !== undefined) {
    throw fault('deployment/field-missing', `${place}.secret-store-key is missing beside secret-store-property.`);
  }
  return key === undefined ? undefined : { key, property };
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

/**
 * The guides' scopes, and at Entra ID the named scope of the API's app: `/.default`, which everything else asks for
 * there, is refused to the login of the same app (AADSTS90009).
 */
function defaultLoginScopes({ name }: IdentityProvider, scopes: readonly string[]): readonly string[] {
  const named = name === 'entra' ? scopes.filter((scope) => scope.endsWith(ENTRA_DEFAULT)) : [];
  return [...DEFAULT_LOGIN_SCOPES, ...named.map((scope) => `${scope.slice(0, -ENTRA_DEFAULT.length)}/all`)];
}
