import { generateKeyPairSync } from 'node:crypto';
import type { FindingCode } from '../../src/catalogue.ts';
import type { ProviderCases } from '../identity-provider/provider-cases.ts';
import { cases as auth0 } from '../identity-provider/providers/auth0.ts';
import { cases as authentik } from '../identity-provider/providers/authentik.ts';
import { cases as cognito } from '../identity-provider/providers/cognito.ts';
import { cases as dex } from '../identity-provider/providers/dex.ts';
import { cases as entra } from '../identity-provider/providers/entra.ts';
import { cases as flyte } from '../identity-provider/providers/flyte.ts';
import { cases as generic } from '../identity-provider/providers/generic.ts';
import { cases as hydra } from '../identity-provider/providers/hydra.ts';
import { cases as keycloak } from '../identity-provider/providers/keycloak.ts';
import { cases as okta } from '../identity-provider/providers/okta.ts';
import { cases as pingone } from '../identity-provider/providers/pingone.ts';
import { cases as zitadel } from '../identity-provider/providers/zitadel.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment, ScriptedDeploymentOptions } from '../lab/deployment.ts';
import { type Inputs, type Run, scripted } from './scenario.ts';

/*
 * Each identity provider at addresses as it really has them: its own words lead to its own finding, and the
 * annotation names the place in its console.
 */

type Expect = Parameters<NonNullable<Parameters<typeof scripted>[1]['also']>>[1];
type Claims = Readonly<Record<string, unknown>>;

/** Where a provider lives, and what its deployments ask for. */
interface Place {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly scopes?: string[];
  readonly audience?: string;
}

const TENANT = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const POOL = 'eu-west-1_AbCdEfGhI';
const ENVIRONMENT = '5f1d2c3b-0000-4a4b-8c8d-123456789abc';

const OKTA = below('https://acme.okta.com/oauth2/default', '/v1/token', '/v1/keys');
const ENTRA: Place = {
  issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  tokenEndpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
  jwksUri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
  scopes: ['api://union/.default'],
};
const KEYCLOAK = below(
  'https://sso.acme.com/realms/acme',
  '/protocol/openid-connect/token',
  '/protocol/openid-connect/certs',
);
const AUTH0: Place = {
  ...below('https://acme.eu.auth0.com/', 'oauth/token', '.well-known/jwks.json'),
  audience: 'https://union.example.test',
};
const AUTHENTIK: Place = {
  ...below('https://auth.acme.com/application/o/flyte/', '', 'jwks/'),
  tokenEndpoint: 'https://auth.acme.com/application/o/token/',
};
const GOOGLE: Place = {
  issuer: 'https://accounts.google.com',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
};
const PINGONE = below(`https://auth.pingone.eu/${ENVIRONMENT}/as`, '/token', '/jwks');
const PINGFEDERATE = below('https://sso.acme.com', '/as/token.oauth2', '/pf/JWKS');
const ZITADEL = below('https://acme-ab12cd.zitadel.cloud', '/oauth/v2/token', '/oauth/v2/keys');
const HYDRA = below('https://hydra.acme.com/', 'oauth2/token', '.well-known/jwks.json');
const DEX: Place = { ...below('https://dex.acme.com/dex', '/token', '/keys'), scopes: ['openid'] };
const COGNITO: Place = {
  issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`,
  tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
  jwksUri: `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}/.well-known/jwks.json`,
  scopes: ['flyte/all'],
};
/** Nothing in these addresses tells who it is. */
const OTHER = below('https://login.acme.com/', 'oauth/token', '.well-known/jwks.json');

function below(issuer: string, token: string, keys: string): Place {
  return { issuer, tokenEndpoint: issuer + token, jwksUri: issuer + keys };
}

type LabOptions = Omit<ScriptedDeploymentOptions, 'provider'>;

function labAt({ issuer, tokenEndpoint, jwksUri, scopes, audience }: Place): LabOptions {
  const hosts = [tokenEndpoint, jwksUri].map((address) => new URL(address).hostname);
  return {
    issuer,
    scriptedProvider: { otherHostNames: [...new Set(hosts)].filter((host) => host !== new URL(issuer).hostname) },
    controlPlane: {
      metadata: { tokenEndpoint, jwksUri },
      publicClientConfig: { ...(scopes && { scopes }), ...(audience !== undefined && { audience }) },
    },
  };
}

type TokenScript = Parameters<ScriptedDeployment['provider']['on']>[2];

/** Lets the provider answer at its real paths; `metadata` stands in its document beside the addresses. */
function serve(lab: ScriptedDeployment, place: Place, token: TokenScript, metadata: Claims = {}): void {
  const { provider } = lab;
  const document = {
    issuer: place.issuer,
    token_endpoint: place.tokenEndpoint,
    jwks_uri: place.jwksUri,
    ...metadata,
  };
  provider.on('GET', provider.paths.metadata, { body: document });
  provider.on('GET', provider.paths.openIdMetadata, { body: document });
  provider.on('GET', new URL(place.jwksUri).pathname, { body: provider.publicJwks });
  provider.on('POST', new URL(place.tokenEndpoint).pathname, token);
}

/** A token with these claims laid over those of a good one. */
function token(lab: ScriptedDeployment, claims: Claims = {}) {
  return async (): Promise<Answer> => ({
    body: { access_token: await lab.signToken(claims), token_type: 'Bearer', expires_in: 3600 },
  });
}

function annotation({ result }: Run): string {
  return result.annotations.find(({ level }) => level === 'error')?.message ?? '';
}

function expectWords(run: Run, words: readonly string[], expect: Expect): void {
  for (const word of words) {
    expect(annotation(run)).toContain(word);
  }
}

/** How often a secret was sent. */
function exchanges({ requests }: Run): number {
  return requests.filter(({ headers, body }) => headers['authorization'] || body.includes('client_secret')).length;
}

function finding({ result }: Run, code: FindingCode): { severity: string; detail: string } | undefined {
  const findings: { code: string; severity: string; detail: string }[] = JSON.parse(result.outputs['findings'] ?? '[]');
  return findings.find((candidate) => candidate.code === code);
}

interface Refusal {
  readonly inputs?: Inputs;
  /** Warnings of the log that stand beside the one annotation. */
  readonly beside?: readonly FindingCode[];
  readonly exchanges?: number;
  readonly metadata?: Claims;
}

function caseOf({ provider, answers }: ProviderCases, code: FindingCode) {
  const found = answers.find((answer) => answer.code === code);
  if (found === undefined) {
    throw new Error(`no case of ${provider} has the code ${code}`);
  }
  return found;
}

/** The token endpoint refuses with one of the recorded answers, and the annotation holds these words. */
function refused(
  place: Place,
  cases: ProviderCases,
  code: FindingCode,
  words: readonly string[],
  more: Refusal = {},
): void {
  refusedWith(`${cases.provider}: ${code}`, place, caseOf(cases, code), code, words, more);
}

function refusedWith(
  name: string,
  place: Place,
  { status, body, headers }: Answer,
  code: FindingCode,
  words: readonly string[],
  { inputs = {}, beside = [], exchanges: count = 1, metadata = {} }: Refusal = {},
): void {
  scripted(name, {
    inputs,
    lab: labAt(place),
    arrange: (lab) => serve(lab, place, { status, headers, body }, metadata),
    expect: { exit: 1, code },
    also(run, expect) {
      expectWords(run, words, expect);
      expect(exchanges(run)).toBe(count);
      for (const warning of beside) {
        expect(finding(run, warning)?.severity).toBe('warning');
      }
    },
  });
}

const OKTA_CREDENTIALS = 'Admin Console > Applications > the CI app > General > Client Credentials > Client secrets';
const ENTRA_APP = 'Entra admin center > Entra ID > App registrations > the CI app';
const KEYCLOAK_CLIENT = 'Admin Console > the realm > Clients > the CI client';

refused(OKTA, okta, 'idp/okta/wrong-secret', [OKTA_CREDENTIALS]);
refused(OKTA, okta, 'idp/okta/dpop-required', ['Proof of possession: clear']);
refused(OKTA, okta, 'idp/okta/client-inactive', ['set Client authentication to Client secret'], { exchanges: 2 });
refused(OKTA, okta, 'idp/okta/no-matching-policy', ['Access Policies: assign a policy to the CI app']);
refused(OKTA, okta, 'idp/okta/rate-limited', ['Run the job again later'], {
  exchanges: 3,
});
refused(OKTA, okta, 'idp/okta/unknown-scope', ['Scopes > Add Scope: all']);
refused(ENTRA, entra, 'idp/entra/wrong-secret', [`${ENTRA_APP} > Certificates & secrets`, 'copy its Value']);
refused(ENTRA, entra, 'idp/entra/secret-expired', [`${ENTRA_APP} > Certificates & secrets`]);
refused(ENTRA, entra, 'idp/entra/unknown-client', [`${ENTRA_APP} > Overview: copy the Application (client) ID`]);
refused(KEYCLOAK, keycloak, 'idp/keycloak/wrong-secret', [`${KEYCLOAK_CLIENT} > Credentials: copy the Client Secret`]);
refused(KEYCLOAK, keycloak, 'idp/keycloak/service-account-off', [`${KEYCLOAK_CLIENT} > Settings > Capability config`]);
refused(KEYCLOAK, keycloak, 'idp/keycloak/realm-not-found', ['OpenID Endpoint Configuration: copy its `issuer`']);
refused(
  AUTH0,
  auth0,
  'idp/auth0/wrong-secret',
  ['Auth0 Dashboard > Applications > Applications > the CI application > Credentials'],
  { exchanges: 2 },
);
refused(AUTH0, auth0, 'idp/auth0/not-authorized-for-api', ['Machine to Machine Applications: authorize']);
refused(AUTHENTIK, authentik, 'idp/authentik/unknown-client', [
  'Admin interface > Applications > Providers > the provider of the CI app > Edit',
]);
refused(AUTHENTIK, authentik, 'idp/authentik/secret-or-policy', ['Policy / Group / User Bindings', 'Events > Logs'], {
  inputs: { 'client-secret': 'Zm9vOkt3OHZRMnhMdDQ=' },
  beside: ['idp/authentik/secret-encoded'],
});
refused(PINGONE, pingone, 'idp/pingone/wrong-secret', [
  'PingOne admin console > Applications > Applications > the CI app > Overview',
]);
refused(PINGONE, pingone, 'idp/pingone/method-not-accepted', ['Token Auth Method'], { exchanges: 2 });
refusedWith(
  'pingfederate: invalid_client, whose words administrators can change',
  PINGFEDERATE,
  { status: 401, body: { error: 'invalid_client', error_description: 'Invalid client or client credentials.' } },
  'idp/wrong-secret',
  ['PingFederate admin console > Applications > OAuth > Clients > the CI client: Client Authentication must be'],
  { exchanges: 2 },
);
refusedWith(
  'pingfederate: unauthorized_client',
  PINGFEDERATE,
  { status: 400, body: { error: 'unauthorized_client' } },
  'idp/client-not-allowed',
  ['Allowed Grant Types: tick Client Credentials'],
);
refused(ZITADEL, zitadel, 'idp/zitadel/unknown-client', ['ZITADEL console > Users > Service Users > the CI user']);
refused(ZITADEL, zitadel, 'idp/zitadel/wrong-secret', ['Actions > Generate Client Secret']);
refused(HYDRA, hydra, 'idp/hydra/wrong-secret', ['hydra get oauth2-client <client-id>']);
refused(HYDRA, hydra, 'idp/hydra/method-not-accepted', ['--token-endpoint-auth-method client_secret_basic']);
refused(HYDRA, hydra, 'idp/hydra/audience-not-allowed', ['--audience <audience>']);
refused(DEX, dex, 'idp/dex/wrong-secret', ['`staticClients` of the configuration of Dex']);
refused(DEX, dex, 'idp/dex/grant-not-enabled', ['`oauth2.grantTypes`']);
refused(COGNITO, cognito, 'idp/cognito/wrong-secret', [
  'Amazon Cognito console > the user pool > Applications > App clients > the CI app client',
]);
refused(COGNITO, cognito, 'idp/cognito/grant-not-enabled', ['Login pages > Managed login pages configuration > Edit']);
refused(OTHER, generic, 'idp/generic/grant-not-enabled', ['`grant_types` of the client']);

/** Flyte's own server stands on the domain of the deployment itself. */
/** Flyte 1 speaks no Connect. */
function flyteLab(clientId?: string): LabOptions {
  const metadata = {
    issuer: 'https://union.example.test',
    tokenEndpoint: 'https://union.example.test/oauth2/token',
    jwksUri: 'https://union.example.test/oauth2/jwks',
  };
  return {
    ...(clientId !== undefined && { clientId, clientSecret: 'Kx7-pWq_3Zt~8Rb.Nm5' }),
    controlPlane: { metadata, routes: { connectBinary: false, connectJson: false } },
  };
}

function serveFlyte(lab: ScriptedDeployment, answer: Answer): void {
  // Late enough for the requests beside it to have ended: they go to the same server.
  const routes: Record<string, Answer> = {
    '/oauth2/token': { delayMs: 1_000, ...answer },
    '/oauth2/jwks': { body: lab.provider.publicJwks },
  };
  lab.controlPlane.settings.routes = { ...lab.controlPlane.settings.routes, override: ({ path }) => routes[path] };
}

for (const [code, words] of [
  ['idp/flyte/wrong-secret', 'selfAuthServer.staticClients'],
  ['idp/flyte/scope-not-allowed', 'set the scopes of the client to all and offline'],
] as const) {
  scripted(`flyte: ${code}`, {
    lab: flyteLab(),
    arrange: (lab) => serveFlyte(lab, flyte.answers.find((answer) => answer.code === code) ?? {}),
    expect: { exit: 1, code },
    also: (run, expect) => expectWords(run, [words], expect),
  });
}

scripted('flyte: a client for people is refused, and a warning stands beside it', {
  lab: flyteLab('flytectl'),
  arrange: (lab) => serveFlyte(lab, flyte.answers.find(({ code }) => code === 'idp/flyte/wrong-secret') ?? {}),
  expect: { exit: 1, code: 'idp/flyte/wrong-secret' },
  also: (run, expect) => expect(finding(run, 'idp/flyte/public-client')?.severity).toBe('warning'),
});

scripted('flyte: a token of its own server is judged by its own rules', {
  lab: flyteLab(),
  async arrange(lab) {
    const claims = { iss: 'https://union.example.test', sub: undefined, client_id: '', identitytype: undefined };
    const body = { access_token: await lab.signToken(claims), token_type: 'bearer', expires_in: 1800 };
    serveFlyte(lab, { body });
  },
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
  also(run, expect) {
    expect(finding(run, 'plane/judged-as')?.detail).toContain('flyteadmin of Flyte 1 with its own');
    expect(finding(run, 'token/subject-missing')?.severity).toBe('note');
  },
});

/** What is bound to fail is said before a secret is sent. */
function trapped(name: string, place: Place, code: FindingCode, words: readonly string[], inputs: Inputs = {}): void {
  scripted(`${name}: nothing is sent`, {
    inputs,
    lab: labAt(place),
    expect: { exit: 1, code },
    also(run, expect) {
      expectWords(run, words, expect);
      expect(run.requests.filter(({ server }) => server === 'provider')).toEqual([]);
    },
  });
}

trapped('google', GOOGLE, 'idp/google/no-client-credentials', ['`auth.appAuth.authServerType` to Self']);
trapped(
  'the Admin Console of Okta',
  below('https://acme-admin.okta.com/oauth2/default', '/v1/token', '/v1/keys'),
  'idp/okta/admin-host',
  ['Leave -admin out of the host name'],
);
trapped(
  'the org authorization server of Okta',
  below('https://acme.okta.com', '/oauth2/v1/token', '/oauth2/v1/keys'),
  'idp/okta/org-authorization-server',
  ['Admin Console > Security > API shows its Issuer URI'],
);
trapped(
  'the id of a secret of Entra',
  ENTRA,
  'idp/entra/secret-id-pasted',
  ['Certificates & secrets > Client secrets'],
  {
    'client-secret': '7d0c1b2a-9f8e-4d5c-8b7a-665544332211',
  },
);
trapped(
  'the common tenant of Entra',
  {
    ...ENTRA,
    issuer: 'https://login.microsoftonline.com/common/v2.0',
    tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  },
  'idp/entra/common-tenant',
  ['`externalAuthServer.baseUrl`'],
);
trapped('no scope at Entra', { ...ENTRA, scopes: [] }, 'idp/entra/scope-missing', ['/.default']);
trapped('the scope all at Entra', { ...ENTRA, scopes: ['all'] }, 'idp/entra/scope-not-default', ['/.default']);
trapped('a plain scope at Cognito', { ...COGNITO, scopes: ['all'] }, 'idp/cognito/scope-not-allowed', [
  'Branding > Domain > Resource servers',
]);

/** What may fail: told by the cause where the exchange is refused, a note where a token is given. */
function doubted(
  place: Place,
  code: FindingCode,
  refusal: Answer & { readonly code: string },
  { inputs = {}, claims = {} }: { inputs?: Inputs; claims?: Claims } = {},
): void {
  refusedWith(`${code}, and the exchange is refused`, place, refusal, refusal.code as FindingCode, [], {
    inputs,
  });
  scripted(`${code}, and a token is given`, {
    inputs,
    lab: labAt(place),
    arrange: (lab) => serve(lab, place, token(lab, claims)),
    expect: { exit: 0 },
    also: (run, expect) => expect(finding(run, code)?.severity).toBe('note'),
  });
}

doubted(
  { ...KEYCLOAK, scopes: ['all', 'offline'] },
  'idp/keycloak/scope-offline',
  caseOf(keycloak, 'idp/keycloak/unknown-scope'),
);
doubted({ ...KEYCLOAK, scopes: [] }, 'idp/keycloak/no-scope', caseOf(keycloak, 'idp/keycloak/no-scope'));
doubted({ ...AUTH0, audience: '' }, 'idp/auth0/no-audience', caseOf(auth0, 'idp/auth0/no-audience'), {
  claims: { gty: 'client-credentials' },
});
doubted({ ...DEX, scopes: ['all'] }, 'idp/dex/unknown-scope', caseOf(dex, 'idp/dex/unknown-scope'));
doubted(
  { ...DEX, scopes: ['openid', 'offline_access'] },
  'idp/dex/scope-for-people',
  caseOf(dex, 'idp/dex/scope-for-people'),
);
doubted({ ...OTHER, scopes: ['all', 'offline_access'] }, 'idp/scopes-for-people', {
  code: 'idp/invalid-scope',
  status: 400,
  body: { error: 'invalid_scope', error_description: 'offline_access is not for clients' },
});

scripted('a secret that authentik would not decode, and a token is given', {
  inputs: { 'client-secret': 'Zm9vOkt3OHZRMnhMdDQ=' },
  lab: labAt(AUTHENTIK),
  arrange: (lab) => serve(lab, AUTHENTIK, token(lab)),
  expect: { exit: 0 },
  also: (run, expect) => expect(finding(run, 'idp/authentik/secret-encoded')?.severity).toBe('note'),
});

for (const [domain, owner] of [
  ['acme.okta.com', 'Okta'],
  ['login.microsoftonline.com', 'Microsoft Entra ID'],
  ['acme.eu.auth0.com', 'Auth0'],
] as const) {
  scripted(`the domain is ${domain}`, {
    inputs: { domain },
    expect: { exit: 1, code: 'idp/domain-is-the-providers' },
    also(run, expect) {
      expect(run.requests).toEqual([]);
      expectWords(run, [`${domain} belongs to ${owner}.`, 'Use the host name that stands in the endpoint'], expect);
    },
  });
}

scripted('the provider calls itself otherwise', {
  lab: labAt(KEYCLOAK),
  arrange: (lab) =>
    serve(lab, KEYCLOAK, token(lab), {
      issuer: `${KEYCLOAK.issuer}/`,
      token_endpoint: 'https://sso.internal/realms/acme/protocol/openid-connect/token',
    }),
  expect: { exit: 0 },
  also: (run, expect) => expect(finding(run, 'idp/metadata-differs')?.severity).toBe('note'),
});

refusedWith(
  'a custom domain of Auth0 that nothing but its metadata tells',
  OTHER,
  caseOf(auth0, 'idp/auth0/not-authorized-for-api'),
  'idp/auth0/not-authorized-for-api',
  ['Machine to Machine Applications: authorize'],
  { metadata: { mfa_challenge_endpoint: 'https://login.acme.com/mfa/challenge' } },
);
refusedWith(
  'a custom domain of Entra that nothing but its metadata tells',
  below('https://login.acme.com/union', '/oauth2/token', '/discovery/keys'),
  caseOf(entra, 'idp/entra/secret-expired'),
  'idp/entra/secret-expired',
  [`${ENTRA_APP} > Certificates & secrets`],
  { exchanges: 2, metadata: { cloud_instance_name: 'microsoftonline.com', msgraph_host: 'graph.microsoft.com' } },
);

/** A token with these claims is refused, and the annotation says what to do at this provider. */
function advised(
  name: string,
  place: Place,
  claims: Claims,
  code: FindingCode,
  words: readonly string[],
  inputs: Inputs = {},
): void {
  scripted(name, {
    inputs,
    lab: labAt(place),
    arrange: (lab) => serve(lab, place, token(lab, claims)),
    expect: { exit: 1, code },
    also: (run, expect) => expectWords(run, words, expect),
  });
}

advised(
  'a token of Keycloak with client_id and scope, and no scp',
  KEYCLOAK,
  { client_id: 'ci-client', scope: 'all profile', scp: undefined },
  'token/scope-all-missing',
  [
    'Client scopes > the scope whose name ends in -dedicated > Add mapper > By configuration > Hardcoded claim',
    'Token Claim Name `scp`, Claim value `["all"]`, Claim JSON Type JSON',
  ],
);
advised(
  'a version 2 token of Entra, and its Application ID URI is accepted',
  ENTRA,
  { ver: '2.0', aud: 'b4a1c2d3-1111-2222-3333-444455556666', idtyp: 'app', scp: undefined, azp: 'ci-client' },
  'token/audience-mismatch',
  [
    'Add the GUID in `aud` to `externalAuthServer.allowedAudience` of the control plane.',
    'Or set `api.requestedAccessTokenVersion` to 1 or null',
  ],
  { 'allowed-audience': 'api://union' },
);
advised(
  'an access token of Cognito',
  COGNITO,
  { aud: undefined, client_id: 'ci', scope: 'flyte/all', scp: undefined },
  'token/audience-missing',
  ['Use another identity provider for the deployment'],
);
advised(
  'a token of Dex is for its client',
  DEX,
  { aud: 'ci-client', scp: undefined },
  'token/audience-mismatch',
  ['Add the id of the CI client to `externalAuthServer.allowedAudience`'],
  { 'allowed-audience': 'https://union.example.test' },
);

scripted('an opaque token of Hydra', {
  lab: labAt(HYDRA),
  arrange: (lab) =>
    serve(lab, HYDRA, {
      body: { access_token: `ory_at_${'Kq3x'.repeat(12)}`, token_type: 'bearer', expires_in: 3600 },
    }),
  expect: { exit: 1, code: 'token/opaque' },
  also: (run, expect) => expectWords(run, ['`strategies.access_token: jwt`'], expect),
});

scripted('an app of Okta that takes its secret only in the body', {
  lab: labAt(OKTA),
  arrange: (lab) =>
    serve(lab, OKTA, async ({ body }) =>
      body.includes('client_secret=') ? await token(lab)() : caseOf(okta, 'idp/okta/client-inactive'),
    ),
  expect: { exit: 1, code: 'idp/basic-not-accepted' },
  also(run, expect) {
    expectWords(run, ['set Client authentication to Client secret, which accepts the Basic header'], expect);
    expect(run.requests.filter(({ path }) => path.endsWith('/v1/token'))).toHaveLength(2);
  },
});

/** A key set with this key beside the one that signs. */
function withKey(lab: ScriptedDeployment, key: object): void {
  lab.provider.on('GET', lab.provider.paths.jwks, { body: { keys: [...lab.provider.publicJwks.keys, key] } });
}

scripted('an Ed448 key beside the good one', {
  arrange(lab) {
    const { publicKey } = generateKeyPairSync('ed448');
    withKey(lab, { ...publicKey.export({ format: 'jwk' }), kid: 'modern', use: 'sig' });
  },
  expect: { exit: 1, code: 'key-set/unreadable-key' },
  also: (run, expect) => expectWords(run, ['Key 2 of 2 ("modern"): its curve Ed448 is not known'], expect),
});

scripted('the private half of a key is published', {
  arrange(lab) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    withKey(lab, { ...privateKey.export({ format: 'jwk' }), kid: 'given-away' });
  },
  expect: { exit: 0, warnings: ['key-set/secret-published'] },
});

function plain(
  name: string,
  claims: Claims,
  inputs: Inputs,
  warnings: FindingCode[],
  notes: readonly FindingCode[],
): void {
  scripted(name, {
    inputs,
    arrange: (lab) => lab.provider.on('POST', lab.provider.paths.token, token(lab, claims)),
    expect: { exit: 0, ...(warnings.length > 0 && { warnings }) },
    also(run, expect) {
      for (const code of notes) {
        expect([code, finding(run, code)?.severity]).toEqual([code, 'note']);
      }
    },
  });
}

plain('a token of more than 3 KiB', { groups: ['team'.repeat(900)] }, {}, ['token/large'], []);
plain('a token of more than 8 KiB', { groups: ['team'.repeat(2_000)] }, {}, ['token/large'], []);

scripted('two keys with the same kid', {
  arrange(lab) {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    withKey(lab, { ...publicKey.export({ format: 'jwk' }), kid: 'scripted-key-1' });
  },
  expect: { exit: 0 },
  also: (run, expect) => expect(finding(run, 'token/strict-client-refuses')?.severity).toBe('note'),
});

plain(
  'a bad token at Flyte 2, which does not look',
  { exp: 1_700_000_000, aud: 'api://other', client_id: 'ci-client', scp: undefined },
  { 'control-plane': 'flyte2', 'allowed-audience': 'https://union.example.test' },
  [],
  ['token/not-verified', 'token/expired', 'token/audience-mismatch', 'token/scope-all-missing'],
);
plain(
  'scp as a text, which Flyte 1 reads',
  { client_id: 'ci-client', scp: 'all' },
  { 'control-plane': 'flyte1' },
  [],
  [],
);
plain(
  'no type of identity, which Flyte 1 does not know',
  { identitytype: undefined },
  { 'control-plane': 'flyte1' },
  [],
  [],
);

scripted('a control plane that only answers on its gateway is judged as Flyte 1', {
  lab: { controlPlane: { routes: { connectBinary: false, connectJson: false } } },
  arrange: (lab) =>
    lab.provider.on('POST', lab.provider.paths.token, token(lab, { client_id: 'ci-client', scp: 'all' })),
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
  also: (run, expect) =>
    expect(finding(run, 'plane/judged-as')?.detail).toBe(
      'Judged as flyteadmin of Flyte 1: only the HTTP gateway answered.',
    ),
});
