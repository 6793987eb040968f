import { cases } from '../../identity-provider/providers/keycloak.ts';
import type { Workbench } from '../suite.ts';
import { startFront } from './front.ts';
import { KEYCLOAK_VERSION, type KeycloakServer, startKeycloak } from './keycloak-server.ts';
import { AUDIENCE, ProviderTrial, withoutAuthorization } from './provider-trial.ts';

const HOST = 'keycloak.example.test';
const REALM = 'acme';
/** Long enough for one request on a busy machine. */
const SECRET_LIFETIME_SECONDS = 15;
const SECRET = 'Kc7_made-up.9fQ2xV4~Lp8Zt';

export async function proveKeycloak(bench: Workbench): Promise<void> {
  await using servers = new AsyncDisposableStack();
  const server = await startKeycloak(bench);
  servers.defer(() => server.stop());
  const front = await startFront({ [HOST]: server.port });
  servers.defer(() => front.stop());
  await setUp(server);
  const running = {
    ...front,
    provider: 'keycloak',
    issuer: `https://${HOST}/realms/${REALM}`,
    cases,
  } as const;
  const trial = await ProviderTrial.open(running, bench.counterpart('Keycloak', KEYCLOAK_VERSION));
  await trial.recognised();
  await proveRefusals(trial);
  await proveRotation(trial, server);
  await proveTokens(trial);
  await proveAction(trial);
}

const client = (clientId: string) => ({ clientId, clientSecret: SECRET });
const tokenEndpoint = (realm: string): string => `https://${HOST}/realms/${realm}/protocol/openid-connect/token`;

async function proveRefusals(trial: ProviderTrial): Promise<void> {
  await trial.refused('a wrong secret', {
    ...client('ci'),
    clientSecret: `${SECRET}x`,
    code: 'idp/keycloak/wrong-secret',
  });
  await trial.refused('an unknown client', { ...client('no-such-client'), code: 'idp/keycloak/unknown-client' });
  await trial.refused('a client that is disabled', { ...client('disabled'), code: 'idp/keycloak/unknown-client' });
  await trial.refused('a client of the kind Signed JWT', {
    ...client('signed-jwt'),
    code: 'idp/keycloak/wrong-authenticator',
  });
  await trial.refused('a client of the kind Signed JWT with Client Secret', {
    ...client('secret-jwt'),
    code: 'idp/keycloak/wrong-authenticator',
  });
  await trial.refused('a client of the kind X509 Certificate', {
    ...client('certificate'),
    code: 'idp/keycloak/wrong-authenticator',
  });
  await trial.refused('a header that a proxy removed', {
    ...client('ci'),
    change: withoutAuthorization,
    // In the words for an unknown client.
    code: 'idp/keycloak/unknown-client',
  });
  await trial.refused('no service account', { ...client('no-account'), code: 'idp/keycloak/service-account-off' });
  await trial.refused('a public client', { ...client('public'), code: 'idp/keycloak/public-client' });
  await trial.refused('a bearer-only client', { ...client('bearer'), code: 'idp/keycloak/bearer-only-client' });
  await trial.refused('a service account whose user is gone', {
    ...client('orphan'),
    code: 'idp/keycloak/service-account-missing',
  });
  await trial.refused('a service account whose user is disabled', {
    ...client('ci'),
    tokenEndpoint: tokenEndpoint('asleep'),
    code: 'idp/keycloak/service-account-disabled',
  });
  await trial.refused('the default scopes of a control plane', {
    ...client('ci'),
    scopes: ['all', 'offline'],
    code: 'idp/keycloak/unknown-scope',
  });
  await trial.refused('a scope that is not assigned', {
    ...client('plain'),
    scopes: ['all', 'offline'],
    code: 'idp/keycloak/unknown-scope',
  });
  await trial.refused('a deployment that names no scope', {
    ...client('ci'),
    scopes: [],
    code: 'idp/keycloak/no-scope',
  });
  await trial.refused('a realm that does not exist', {
    ...client('ci'),
    tokenEndpoint: tokenEndpoint('acmee'),
    code: 'idp/keycloak/realm-not-found',
  });
  await trial.refused('a realm that is disabled', {
    ...client('ci'),
    tokenEndpoint: tokenEndpoint('closed'),
    code: 'idp/keycloak/realm-disabled',
  });
  await trial.refused('a proxy that does not tell of TLS', {
    ...client('ci'),
    tokenEndpoint: tokenEndpoint('strict'),
    change: ({ headers, body }) => ({ headers: { ...headers, 'x-forwarded-proto': 'http' }, body }),
    code: 'idp/keycloak/https-required',
  });
  await trial.refused('a client that demands DPoP', { ...client('dpop'), code: 'idp/keycloak/dpop-required' });
  await trial.refused('a client whose tokens are bound to a certificate', {
    ...client('bound'),
    code: 'idp/keycloak/certificate-required',
  });
}

/** A secret that was made anew, and one that a policy let expire. */
async function proveRotation(trial: ProviderTrial, { administer }: KeycloakServer): Promise<void> {
  const { id } = await makeClient(administer, { clientId: 'rotated' });
  await administer('POST', `/${REALM}/clients/${id}/client-secret`);
  await trial.refused('a secret that was regenerated', { ...client('rotated'), code: 'idp/keycloak/wrong-secret' });

  await administer('PUT', `/${REALM}/client-policies/profiles`, {
    profiles: [
      {
        name: 'short-lived',
        executors: [
          {
            executor: 'secret-rotation',
            configuration: {
              'expiration-period': SECRET_LIFETIME_SECONDS,
              'rotated-expiration-period': 1,
              'remaining-rotation-period': 1,
            },
          },
        ],
      },
    ],
  });
  await administer('PUT', `/${REALM}/client-policies/policies`, {
    policies: [
      {
        name: 'short-lived secrets',
        enabled: true,
        conditions: [{ condition: 'client-access-type', configuration: { type: ['confidential'] } }],
        profiles: ['short-lived'],
      },
    ],
  });
  const expiring = await makeClient(administer, { clientId: 'expiring' });
  const secret = await administer('POST', `/${REALM}/clients/${expiring.id}/client-secret`);
  const { value } = secret.document as { value: string };
  await trial.granted('a secret that a policy will let expire', {
    clientId: 'expiring',
    clientSecret: value,
    scopes: ['email'],
    decision: 'refuse',
    codes: ['token/audience-mismatch', 'token/scope-all-missing', 'token/identity-type-not-app'],
  });
  await new Promise((resolve) => setTimeout(resolve, (SECRET_LIFETIME_SECONDS + 1) * 1_000));
  await trial.refused('a secret that a policy let expire', {
    clientId: 'expiring',
    clientSecret: value,
    code: 'idp/keycloak/wrong-secret',
  });
  await administer('PUT', `/${REALM}/client-policies/policies`, { policies: [] });
}

async function proveTokens(trial: ProviderTrial): Promise<void> {
  await trial.granted('a token as Keycloak makes it', {
    ...client('plain'),
    scopes: ['offline_access'],
    decision: 'refuse',
    codes: ['token/audience-mismatch', 'token/scope-all-missing', 'token/identity-type-not-app'],
  });
  await trial.granted('a token with an audience', {
    ...client('audience'),
    decision: 'refuse',
    codes: ['token/scope-all-missing', 'token/identity-type-not-app'],
  });
  await trial.granted('a token with every mapper of the guide', { ...client('ci'), decision: 'accept', codes: [] });
  await trial.granted('a token without the client scope basic', {
    ...client('no-basic'),
    decision: 'accept',
    codes: [],
  });
  await trial.granted('a lightweight token', {
    ...client('lightweight'),
    decision: 'refuse',
    codes: ['token/audience-missing', 'token/identity-type-not-app'],
  });
}

async function proveAction(trial: ProviderTrial): Promise<void> {
  await trial.action('a client as the guide makes it', client('ci'));
  await trial.action('a wrong secret', {
    ...client('ci'),
    clientSecret: `${SECRET}x`,
    code: 'idp/keycloak/wrong-secret',
  });
  await trial.action('no hardcoded scp', { ...client('audience'), code: 'token/scope-all-missing' });
}

type Administer = KeycloakServer['administer'];

async function setUp({ administer }: KeycloakServer): Promise<void> {
  await administer('POST', '', { realm: REALM, enabled: true });
  await administer('POST', '', { realm: 'asleep', enabled: true });
  await administer('POST', '', { realm: 'closed', enabled: false });
  await administer('POST', '', { realm: 'strict', enabled: true, sslRequired: 'all' });
  await administer('POST', `/${REALM}/client-scopes`, { name: 'all', protocol: 'openid-connect' });

  const withAll = { optionalClientScopes: ['all'] };
  const guided = { ...withAll, protocolMappers: [AUDIENCE_MAPPER, SCP_MAPPER, IDENTITY_MAPPER] };
  await makeClient(administer, { clientId: 'ci', ...guided });
  await makeClient(administer, { clientId: 'plain', optionalClientScopes: ['offline_access'] });
  await makeClient(administer, { clientId: 'audience', ...withAll, protocolMappers: [AUDIENCE_MAPPER] });
  const withoutBasic = DEFAULT_SCOPES.filter((scope) => scope !== 'basic');
  await makeClient(administer, { clientId: 'no-basic', ...guided, defaultClientScopes: withoutBasic });
  const lightweight = { 'client.use.lightweight.access.token.enabled': 'true' };
  await makeClient(administer, { clientId: 'lightweight', ...guided, attributes: lightweight });
  await makeClient(administer, { clientId: 'disabled', enabled: false });
  await makeClient(administer, { clientId: 'signed-jwt', clientAuthenticatorType: 'client-jwt' });
  await makeClient(administer, { clientId: 'secret-jwt', clientAuthenticatorType: 'client-secret-jwt' });
  await makeClient(administer, { clientId: 'certificate', clientAuthenticatorType: 'client-x509' });
  await makeClient(administer, { clientId: 'no-account', serviceAccountsEnabled: false });
  await makeClient(administer, { clientId: 'public', publicClient: true, serviceAccountsEnabled: false });
  await makeClient(administer, { clientId: 'bearer', bearerOnly: true, serviceAccountsEnabled: false });
  await makeClient(administer, { clientId: 'dpop', attributes: { 'dpop.bound.access.tokens': 'true' }, ...withAll });
  const bound = { 'tls.client.certificate.bound.access.tokens': 'true' };
  await makeClient(administer, { clientId: 'bound', attributes: bound, ...withAll });

  const orphan = await makeClient(administer, { clientId: 'orphan' });
  await administer('DELETE', `/${REALM}/users/${await serviceAccountOf(administer, orphan.id)}`);
  const sleeper = await makeClient(administer, { clientId: 'ci' }, 'asleep');
  const user = await serviceAccountOf(administer, sleeper.id, 'asleep');
  await administer('PUT', `/asleep/users/${user}`, { enabled: false });
}

/** What the console gives a new client; a client that names others by the API has these no more. */
const DEFAULT_SCOPES = ['acr', 'basic', 'email', 'profile', 'roles', 'service_account', 'web-origins'];

async function makeClient(administer: Administer, parts: object, realm = REALM): Promise<{ id: string }> {
  return await administer('POST', `/${realm}/clients`, {
    secret: SECRET,
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
    defaultClientScopes: DEFAULT_SCOPES,
    ...parts,
  });
}

async function serviceAccountOf(administer: Administer, clientUuid: string, realm = REALM): Promise<string> {
  const { document } = await administer('GET', `/${realm}/clients/${clientUuid}/service-account-user`);
  return (document as { id: string }).id;
}

const AUDIENCE_MAPPER = {
  name: 'audience of the deployment',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.custom.audience': AUDIENCE, 'access.token.claim': 'true' },
};
const SCP_MAPPER = hardcodedClaim('scp', '["all"]', 'JSON');
const IDENTITY_MAPPER = hardcodedClaim('identitytype', 'app', 'String');

function hardcodedClaim(name: string, value: string, type: 'JSON' | 'String'): object {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-hardcoded-claim-mapper',
    config: { 'claim.name': name, 'claim.value': value, 'jsonType.label': type, 'access.token.claim': 'true' },
  };
}
