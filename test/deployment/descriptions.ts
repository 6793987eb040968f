import { parse } from 'yaml';
import type { DeploymentDescription } from '../../src/deployment/deployment.ts';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import type { Json } from '../../src/transport/json.ts';

export const OKTA_ISSUER = 'https://dev-123456.okta.com/oauth2/default';
export const ENTRA_TENANT = '8b1c0d7e-2f34-4a56-9b78-0c1d2e3f4a5b';
export const ENTRA_ISSUER = `https://login.microsoftonline.com/${ENTRA_TENANT}/v2.0`;
export const GENERIC_ISSUER = 'https://login.example.org/realms/union';

const APPS = `
apps:
  browser-login: {client-id: browser-app, client-secret-env: LOGIN_SECRET, secret-store-key: union/login}
  cli: {client-id: cli-app}
  service-to-service: {client-id: service-app, client-secret-env: SERVICE_SECRET, secret-store-key: union/service}
  operator: {client-id: operator-app, client-secret-env: OPERATOR_SECRET, secret-store-key: union/operator}
  eager: {client-id: eager-app, client-secret-env: EAGER_SECRET, secret-store-key: union/eager}
`;

const STORE = `
secret-store: {name: vault, kind: ClusterSecretStore}
eager-secret: {name: 0cc175b9c0f1b6a8, key: eager-api-key}
`;

export const OKTA = `
domain: union.example.com
provider: okta
issuer: ${OKTA_ISSUER}
token-url: ${OKTA_ISSUER}/v1/token
${STORE}${APPS}`;

export const ENTRA = `
domain: union.example.com
provider: entra
issuer: ${ENTRA_ISSUER}
token-url: https://login.microsoftonline.com/${ENTRA_TENANT}/oauth2/v2.0/token
allowed-audience: api://union-app
audience: api://union-app
scopes: api://union-app/.default
subject-claims: [sub, client_id]
app-claims: idtyp=app
${STORE}${APPS.replace('client-id: service-app', 'client-id: service-app, subject: service-object-id')}`;

export const GENERIC = `
domain: union.example.com
provider: generic
issuer: ${GENERIC_ISSUER}
metadata-url: .well-known/openid-configuration
token-url: ${GENERIC_ISSUER}/token
allowed-audience: union-api
subject-claims: [sub, client_id, azp]
${STORE}${APPS}`;

export function read(yaml: string): DeploymentDescription {
  return readDeployment(parse(yaml, { schema: 'failsafe' }) as Json);
}

export function flyte1(yaml: string, chart?: string): DeploymentDescription {
  return read(`control-plane: flyte1\n${chart === undefined ? '' : `chart: ${chart}\n`}${yaml}`);
}

/** The leaves of a value, by the path to each with dots between; lists are leaves. */
export function leaves(value: unknown, path = ''): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.assign(
        {},
        ...Object.entries(value).map(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`)),
      )
    : { [path]: value };
}
