import type { AppName, DeploymentDescription, OAuthApp } from '../../src/deployment/deployment.ts';
import { CHECKS, type Check } from '../../src/deployment/doctor/checks.ts';
import type { Subject } from '../../src/deployment/doctor/doctor-report.ts';
import type { DoctorOptions } from '../../src/deployment/doctor/try-app.ts';
import type { Answer } from '../lab/answers.ts';
import { FIVE_APPS, type FiveAppsOptions } from '../lab/five-apps.ts';
import type { RecordedRequest } from '../lab/https-server.ts';

/** One thing that is wrong with a deployment, and the one row that tells it. */
export interface Fault {
  readonly name: string;
  /** What is wrong at the provider or at the control plane. */
  readonly lab?: FiveAppsOptions;
  /** What is wrong in the file. */
  readonly file?: Partial<DeploymentDescription>;
  readonly apps?: Partial<Record<AppName, Partial<OAuthApp> | undefined>>;
  readonly environment?: Record<string, string>;
  readonly options?: DoctorOptions;
  readonly subject: Subject;
  readonly check: Check;
  readonly outcome?: 'note' | 'warning';
  readonly code: string;
}

const ISSUER = 'https://login.example.test/oauth2/default';
/** Leads to a port of loopback that nothing listens at. */
export const CLOSED_HOST = 'closed.example.test';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** Answers of a provider in place of its own, by the end of the path. */
function providerSays(path: string, answer: Answer): FiveAppsOptions {
  return {
    provider: {
      override: (request: RecordedRequest) => (request.path.split('?', 1)[0]?.endsWith(path) ? answer : undefined),
    },
  };
}

function planeSays(answers: Record<string, Answer>): FiveAppsOptions {
  return { controlPlane: { routes: { override: ({ path }) => answers[path] } } };
}

function metadata(
  change: Record<string, unknown>,
  controlPlane: FiveAppsOptions['controlPlane'] = {},
): FiveAppsOptions {
  return {
    metadata: (document) => {
      for (const [name, value] of Object.entries(change)) {
        document[name] = value;
      }
    },
    controlPlane,
  };
}

function sendsBack(error: string): FiveAppsOptions {
  const location = `https://union.example.test/callback?error=${error}&state=x`;
  const isLogin = ({ path }: RecordedRequest): boolean => path.includes('/auth?') && path.includes('union-web');
  return {
    provider: { override: (request) => (isLogin(request) ? { status: 303, headers: { location } } : undefined) },
  };
}

/** The claims of every token, with other ones for one app. */
function claimsOf(app: keyof typeof FIVE_APPS, claims: Record<string, unknown>): FiveAppsOptions {
  return {
    provider: {
      claims: (clientId) => ({
        sub: clientId,
        scp: ['all'],
        identitytype: 'app',
        ...(clientId === FIVE_APPS[app].clientId && claims),
      }),
    },
  };
}

const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' };
const UNREGISTERED: Answer = { status: 501, body: { code: 12, message: 'unknown service', details: [] } };
const ENTRA_SCOPE = 'api://union/.default';

export const FAULTS: readonly Fault[] = [
  // The file.
  {
    name: 'an app is not in the file',
    apps: { eager: undefined },
    subject: 'deployment',
    check: CHECKS.apps,
    outcome: 'note',
    code: 'deployment/app-not-named',
  },
  {
    name: 'one app stands for two',
    apps: { operator: { clientId: FIVE_APPS['service-to-service'].clientId } },
    environment: { OPERATOR_SECRET: FIVE_APPS['service-to-service'].clientSecret },
    subject: 'deployment',
    check: CHECKS.apps,
    outcome: 'warning',
    code: 'deployment/client-id-twice',
  },
  {
    name: 'a variable with a secret is not set',
    environment: { CI_SECRET: '' },
    subject: 'ci-cd',
    check: CHECKS.secret,
    code: 'deployment/secret-not-set',
  },
  {
    name: 'a secret is a word out of an example',
    environment: { OPERATOR_SECRET: 'your-client-secret' },
    subject: 'operator',
    check: CHECKS.secret,
    code: 'key/placeholder',
  },
  {
    name: 'the secret of EAGER holds a colon, which no key can carry',
    lab: { apps: { eager: { clientSecret: 'eager-secret:R5w9Cy1BhLg7Fs3D' } } },
    environment: { EAGER_SECRET: 'eager-secret:R5w9Cy1BhLg7Fs3D' },
    subject: 'eager',
    check: CHECKS.key,
    code: 'key/colon-in-secret',
  },
  {
    name: 'the browser login asks Entra for /.default',
    lab: {
      controlPlane: { publicClientConfig: { scopes: [ENTRA_SCOPE] } },
      login: { scopes: ['openid', ENTRA_SCOPE] },
    },
    file: { provider: 'entra', scopes: [ENTRA_SCOPE], loginScopes: ['openid', ENTRA_SCOPE] },
    subject: 'browser-login',
    check: CHECKS.loginScopes,
    code: 'deployment/login-scope-default',
  },
  {
    name: 'the browser login does not ask for openid',
    lab: { login: { scopes: ['profile'] } },
    file: { loginScopes: ['profile'] },
    subject: 'browser-login',
    check: CHECKS.loginScopes,
    code: 'deployment/login-without-openid',
  },

  // The identity provider.
  {
    name: 'the issuer is on the console of Okta',
    lab: { controlPlane: { metadata: { issuer: 'https://acme-admin.okta.com/oauth2/default' } } },
    file: { provider: 'okta', issuer: 'https://acme-admin.okta.com/oauth2/default' },
    subject: 'provider',
    check: CHECKS.traps,
    code: 'idp/okta/admin-host',
  },
  {
    name: 'the issuer is that of no authorization server of Okta',
    lab: { controlPlane: { metadata: { issuer: 'https://acme.okta.com' } } },
    file: { provider: 'okta', issuer: 'https://acme.okta.com' },
    subject: 'provider',
    check: CHECKS.traps,
    code: 'idp/okta/org-authorization-server',
  },
  {
    name: 'the issuer is that of no tenant of Entra',
    lab: {
      controlPlane: {
        metadata: { issuer: 'https://login.microsoftonline.com/common/v2.0' },
        publicClientConfig: { scopes: [ENTRA_SCOPE] },
      },
    },
    file: { provider: 'entra', issuer: 'https://login.microsoftonline.com/common/v2.0', scopes: [ENTRA_SCOPE] },
    subject: 'provider',
    check: CHECKS.traps,
    code: 'idp/entra/common-tenant',
  },
  {
    name: 'apps ask Entra for a scope of people',
    file: { provider: 'entra' },
    subject: 'provider',
    check: CHECKS.traps,
    code: 'idp/entra/scope-not-default',
  },
  {
    name: 'the file names another provider than the one that answers',
    lab: metadata({ credentials_endpoint_draft_00: `${ISSUER}/credentials` }),
    subject: 'provider',
    check: CHECKS.traps,
    outcome: 'warning',
    code: 'deployment/provider-differs',
  },
  {
    name: 'nothing listens at the issuer',
    lab: { controlPlane: { metadata: { issuer: `https://${CLOSED_HOST}` } } },
    file: { issuer: `https://${CLOSED_HOST}` },
    subject: 'provider',
    check: CHECKS.metadata,
    code: 'network/refused',
  },
  {
    name: 'the metadata has another name than metadataUrl',
    lab: providerSays('/.well-known/oauth-authorization-server', NOT_FOUND),
    file: { metadataUrl: '.well-known/oauth-authorization-server' },
    subject: 'provider',
    check: CHECKS.metadata,
    code: 'deployment/metadata-not-served',
  },
  {
    name: 'the issuer has a slash too much',
    file: { issuer: `${ISSUER}/` },
    subject: 'provider',
    check: CHECKS.issuer,
    code: 'deployment/metadata-issuer-differs',
  },
  {
    name: 'there is no OpenID configuration for the browser login',
    lab: providerSays('/.well-known/openid-configuration', NOT_FOUND),
    file: { metadataUrl: '.well-known/oauth-authorization-server' },
    subject: 'provider',
    check: CHECKS.openIdConfiguration,
    code: 'deployment/openid-configuration-not-served',
  },
  {
    name: 'the metadata names no key set',
    lab: metadata({ jwks_uri: undefined }, { metadata: { jwksUri: '' } }),
    subject: 'provider',
    check: CHECKS.keySet,
    code: 'deployment/key-set-not-named',
  },
  {
    name: 'the metadata names no token endpoint',
    lab: metadata({ token_endpoint: undefined }, { metadata: { tokenEndpoint: '' } }),
    subject: 'provider',
    check: CHECKS.tokenEndpoint,
    code: 'deployment/token-endpoint-not-named',
  },
  {
    name: 'the token address of the file is another one',
    file: { tokenUrl: `${ISSUER}/v1/token` },
    subject: 'provider',
    check: CHECKS.tokenEndpoint,
    code: 'deployment/token-url-differs',
  },
  {
    name: 'the token endpoint is on a host that has nothing to do with the issuer',
    lab: metadata(
      { token_endpoint: 'https://tokens.example.net/token' },
      { metadata: { tokenEndpoint: 'https://tokens.example.net/token' } },
    ),
    subject: 'provider',
    check: CHECKS.tokenEndpoint,
    code: 'idp/secret-destination-refused',
  },
  {
    name: 'the metadata names no authorization endpoint',
    lab: metadata({ authorization_endpoint: undefined }),
    subject: 'provider',
    check: CHECKS.authorizationEndpoint,
    code: 'deployment/authorization-endpoint-missing',
  },
  {
    name: 'the provider refuses the scope to every app',
    lab: providerSays('/token', { status: 400, body: { error: 'invalid_scope', error_description: 'no such scope' } }),
    subject: 'provider',
    check: CHECKS.signIn,
    code: 'idp/invalid-scope',
  },
  {
    name: 'the control plane does not accept the audience of the tokens',
    file: { allowedAudience: ['https://union.example.test/'] },
    subject: 'provider',
    check: CHECKS.token,
    code: 'token/audience-mismatch',
  },
  {
    name: 'the tokens have not the claim that tells apps from people',
    file: { appClaims: [['idtyp', 'app']] },
    subject: 'provider',
    check: CHECKS.identityType,
    code: 'token/identity-type-not-app',
  },
  {
    name: 'the tokens are not JWTs',
    lab: { provider: { accessTokenFormat: 'opaque' } },
    subject: 'provider',
    check: CHECKS.token,
    code: 'token/opaque',
  },
  {
    name: 'one key of the set can not be read',
    lab: providerSays('/jwks', { body: { keys: [{ kty: 'OKP', crv: 'X25519', x: 'AAAA', kid: 'new' }] } }),
    subject: 'provider',
    check: CHECKS.token,
    code: 'key-set/unreadable-key',
  },

  // The control plane.
  {
    name: 'the domain is that of the identity provider',
    lab: { apps: { 'browser-login': { redirectUris: ['https://acme.okta.com/callback'] } } },
    file: { domain: 'acme.okta.com', allowedAudience: ['https://union.example.test'] },
    subject: 'deployment',
    check: CHECKS.discovery,
    code: 'idp/domain-is-the-providers',
  },
  {
    name: 'no control plane at the domain',
    lab: { apps: { 'browser-login': { redirectUris: [`https://${CLOSED_HOST}/callback`] } } },
    file: { domain: CLOSED_HOST, allowedAudience: ['https://union.example.test'] },
    subject: 'deployment',
    check: CHECKS.discovery,
    code: 'network/refused',
  },
  {
    name: 'the ingress has no route for AuthMetadataService',
    lab: { controlPlane: { routes: { connectBinary: false, connectJson: false, gateway: false } } },
    subject: 'deployment',
    check: CHECKS.discovery,
    code: 'discovery/not-a-control-plane',
  },
  {
    name: 'the header for tokens is empty',
    lab: { controlPlane: { publicClientConfig: { authorizationMetadataKey: '' } } },
    subject: 'deployment',
    check: CHECKS.discovery,
    code: 'discovery/metadata-key-empty',
  },
  {
    name: 'authentication is off, and the routes are there',
    lab: {
      controlPlane: {
        routes: {
          connectBinary: false,
          connectJson: false,
          override: ({ path }) =>
            ['/me', '/config/v1/flyte_client', '/.well-known/oauth-authorization-server'].includes(path)
              ? UNREGISTERED
              : path === '/login'
                ? NOT_FOUND
                : undefined,
        },
      },
    },
    subject: 'deployment',
    check: CHECKS.authentication,
    code: 'deployment/use-auth-off',
  },
  {
    name: 'the ingress leads neither /me nor /login to the control plane',
    lab: planeSays({ '/me': NOT_FOUND, '/login': NOT_FOUND }),
    subject: 'deployment',
    check: CHECKS.authentication,
    code: 'deployment/use-auth-off',
  },
  {
    name: '/me lets everybody in',
    lab: planeSays({ '/me': { body: { subject: '' } } }),
    subject: 'deployment',
    check: CHECKS.authentication,
    code: 'deployment/me-open',
  },
  {
    name: '/me leads to a login page of the ingress',
    lab: planeSays({ '/me': { status: 302, headers: { location: 'https://sso.example.test/' } } }),
    subject: 'deployment',
    check: CHECKS.authentication,
    outcome: 'note',
    code: 'deployment/me-unclear',
  },
  {
    name: 'the control plane uses another authorization server',
    lab: { controlPlane: { metadata: { issuer: 'https://login.example.test/oauth2/other' } } },
    subject: 'deployment',
    check: CHECKS.advertisedIssuer,
    code: 'deployment/issuer-differs',
  },
  {
    name: 'the control plane rewrites the token endpoint',
    lab: { controlPlane: { metadata: { tokenEndpoint: 'https://proxy.example.test/token' } } },
    subject: 'deployment',
    check: CHECKS.advertisedTokenEndpoint,
    code: 'deployment/token-endpoint-differs',
  },
  {
    name: 'the control plane has the default scopes',
    lab: { controlPlane: { publicClientConfig: { scopes: ['all', 'offline'] } } },
    subject: 'deployment',
    check: CHECKS.advertisedScopes,
    code: 'deployment/scopes-differ',
  },
  {
    name: 'the control plane tells an audience that the file has not',
    lab: { controlPlane: { publicClientConfig: { audience: 'api://union' } } },
    subject: 'deployment',
    check: CHECKS.advertisedAudience,
    code: 'deployment/audience-differs',
  },
  {
    name: 'the control plane refuses the tokens that its settings should accept',
    lab: { controlPlane: { accessTokenRules: { jwks: { keys: [] }, audience: 'https://union.example.test' } } },
    options: { verify: 'deployment' },
    subject: 'provider',
    check: CHECKS.controlPlane,
    code: 'plane/token-refused',
  },

  // The browser login.
  {
    name: 'the redirect address of the browser login is not registered',
    lab: { apps: { 'browser-login': { redirectUris: ['https://union.example.test/console'] } } },
    subject: 'browser-login',
    check: CHECKS.signInPage,
    code: 'deployment/redirect-refused',
  },
  {
    name: 'the client id of the browser login is mistyped in the file',
    apps: { 'browser-login': { clientId: 'union-wbe' } },
    subject: 'browser-login',
    check: CHECKS.signInPage,
    code: 'deployment/client-unknown',
  },
  {
    name: 'the browser login has not the authorization code grant',
    lab: sendsBack('unauthorized_client'),
    subject: 'browser-login',
    check: CHECKS.signInPage,
    code: 'deployment/code-grant-not-enabled',
  },
  {
    name: 'a login scope does not exist',
    lab: sendsBack('invalid_scope'),
    subject: 'browser-login',
    check: CHECKS.signInPage,
    code: 'deployment/sign-in-scope-refused',
  },
  {
    name: 'the sign-in page has a fault of its own',
    lab: sendsBack('server_error'),
    subject: 'browser-login',
    check: CHECKS.signInPage,
    outcome: 'note',
    code: 'deployment/sign-in-unclear',
  },
  {
    name: 'the browser login has not the client credentials grant',
    lab: { apps: { 'browser-login': { grantTypes: ['authorization_code', 'refresh_token'] } } },
    subject: 'browser-login',
    check: CHECKS.signIn,
    outcome: 'warning',
    code: 'deployment/login-without-client-credentials',
  },
  {
    name: 'the ingress does not lead /login to the control plane',
    lab: planeSays({ '/login': NOT_FOUND }),
    subject: 'browser-login',
    check: CHECKS.login,
    code: 'deployment/login-not-served',
  },
  {
    name: '/login leads to another authorization server',
    lab: { login: { authorizationEndpoint: 'https://login.example.test/oauth2/other/auth' } },
    subject: 'browser-login',
    check: CHECKS.login,
    code: 'deployment/login-leads-elsewhere',
  },
  {
    name: '/login signs in with the app of the CLI',
    lab: { login: { clientId: 'union-cli' } },
    subject: 'browser-login',
    check: CHECKS.login,
    code: 'deployment/login-client-differs',
  },
  {
    name: '/login does not know its public address',
    lab: planeSays({
      '/login': {
        status: 307,
        headers: {
          location: `${ISSUER}/auth?client_id=union-web&redirect_uri=http%3A%2F%2Fflyteadmin%3A80%2Fcallback&response_type=code&scope=profile+openid+offline_access&state=1`,
        },
      },
    }),
    subject: 'browser-login',
    check: CHECKS.login,
    code: 'deployment/login-redirect-differs',
  },
  {
    name: '/login does not ask for refresh tokens',
    lab: { login: { scopes: ['profile', 'openid'] } },
    subject: 'browser-login',
    check: CHECKS.login,
    code: 'deployment/login-scopes-differ',
  },

  // The CLI.
  {
    name: 'the control plane tells the CLI the default app',
    lab: { controlPlane: { publicClientConfig: { clientId: 'flytectl' } } },
    subject: 'cli',
    check: CHECKS.advertisedClient,
    code: 'deployment/cli-client-differs',
  },
  {
    name: 'the CLI is to come back to an address where it can not listen',
    lab: { controlPlane: { publicClientConfig: { redirectUri: 'https://union.example.test/callback' } } },
    subject: 'cli',
    check: CHECKS.advertisedRedirect,
    code: 'deployment/cli-redirect-differs',
  },
  {
    name: 'the CLI is to listen at another port',
    lab: { controlPlane: { publicClientConfig: { redirectUri: 'http://localhost:12345/callback' } } },
    subject: 'cli',
    check: CHECKS.advertisedRedirect,
    outcome: 'note',
    code: 'deployment/cli-redirect-differs',
  },
  {
    name: 'the redirect address of the CLI is not registered',
    lab: { apps: { cli: { redirectUris: ['http://localhost:8080/other'] } } },
    subject: 'cli',
    check: CHECKS.signInPage,
    code: 'deployment/redirect-refused',
  },
  {
    name: 'the provider does not know the app of the CLI',
    lab: { controlPlane: { publicClientConfig: { clientId: 'flytectl' } } },
    apps: { cli: { clientId: 'flytectl' } },
    subject: 'cli',
    check: CHECKS.signInPage,
    code: 'deployment/client-unknown',
  },
  {
    name: 'the app of the CLI is a confidential one',
    lab: { apps: { cli: { authMethod: 'client_secret_basic', clientSecret: 'cli-secret-L3d7Hq0RwEb9Mu5S' } } },
    subject: 'cli',
    check: CHECKS.device,
    code: 'deployment/cli-app-not-public',
  },
  {
    name: 'the app of the CLI has not the device grant',
    lab: { apps: { cli: { grantTypes: ['authorization_code', 'refresh_token'] } } },
    subject: 'cli',
    check: CHECKS.device,
    outcome: 'warning',
    code: 'deployment/device-grant-not-enabled',
  },
  {
    name: 'the provider has no device sign-in',
    lab: metadata({ device_authorization_endpoint: undefined }),
    subject: 'cli',
    check: CHECKS.device,
    outcome: 'warning',
    code: 'deployment/device-endpoint-missing',
  },
  {
    name: 'the device sign-in has a fault of its own',
    lab: providerSays('/device/auth', { status: 500, body: 'fault' }),
    subject: 'cli',
    check: CHECKS.device,
    outcome: 'note',
    code: 'deployment/device-unclear',
  },
  {
    name: 'the provider offers PKCE without S256',
    lab: metadata({ code_challenge_methods_supported: ['plain'] }),
    subject: 'cli',
    check: CHECKS.pkce,
    code: 'deployment/pkce-without-s256',
  },
  {
    name: 'the provider does not say whether it offers PKCE',
    lab: metadata({ code_challenge_methods_supported: undefined }),
    subject: 'cli',
    check: CHECKS.pkce,
    outcome: 'note',
    code: 'deployment/pkce-not-stated',
  },

  // The confidential apps.
  {
    name: 'the secret of the operator is wrong',
    environment: { OPERATOR_SECRET: 'not-the-secret-of-this-app' },
    subject: 'operator',
    check: CHECKS.signIn,
    code: 'idp/wrong-secret',
  },
  {
    name: 'EAGER takes its secret only in the body',
    lab: { apps: { eager: { authMethod: 'client_secret_post' } }, provider: { enforceClientAuthMethod: true } },
    subject: 'eager',
    check: CHECKS.signIn,
    code: 'idp/basic-not-accepted',
  },
  {
    name: 'the app of CI has not the client credentials grant',
    lab: { apps: { 'ci-cd': { grantTypes: [DEVICE_GRANT] } } },
    subject: 'ci-cd',
    check: CHECKS.signIn,
    code: 'idp/generic/grant-not-enabled',
  },
  {
    name: 'the subject of the services is an id of the provider',
    lab: claimsOf('service-to-service', { sub: '6f1c0a52-0000-4000-8000-00000000beef' }),
    subject: 'service-to-service',
    check: CHECKS.subject,
    code: 'deployment/subject-differs',
  },
  {
    name: 'the tokens of EAGER have no subject',
    lab: claimsOf('eager', { sub: undefined }),
    subject: 'eager',
    check: CHECKS.subject,
    code: 'token/subject-missing',
  },
  {
    name: 'the tokens of the operator have another scope',
    lab: claimsOf('operator', { scp: ['read'] }),
    subject: 'operator',
    check: CHECKS.token,
    code: 'token/scope-all-missing',
  },
  {
    name: 'the services are taken for people',
    lab: claimsOf('service-to-service', { identitytype: 'user' }),
    subject: 'service-to-service',
    check: CHECKS.identityType,
    code: 'token/identity-type-not-app',
  },
];
