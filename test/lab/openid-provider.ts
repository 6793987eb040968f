import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
} from 'jose';
import { Provider, type StructuredToken } from 'oidc-provider';
import { type Answer, notFound, sendAnswer } from './answers.ts';
import { presentedClient } from './client-credentials.ts';
import {
  type LabServer,
  type RecordedRequest,
  replayRequest,
  type ServerOptions,
  startHttpsServer,
} from './https-server.ts';
import { createTokenStore } from './token-store.ts';

type SigningAlgorithm = 'RS256' | 'ES256';

export interface LabClient {
  clientId: string;
  clientSecret: string;
  /** Default client_secret_basic; `none` for an app without a secret. */
  authMethod?: string | undefined;
  /** Default client_credentials only. */
  grantTypes?: readonly string[] | undefined;
  /** Default https://app.example.test/callback, of an app with the code flow. */
  redirectUris?: readonly string[] | undefined;
  /** Default web. */
  applicationType?: 'web' | 'native' | undefined;
}

type Claims = Record<string, unknown>;

export interface OpenIdProviderOptions extends ServerOptions {
  /** Without a port: clients are led to the random port by a connect-to mapping. */
  issuer: string;
  clients?: readonly LabClient[] | undefined;
  audience?: string | undefined;
  /** Laid over the claims of the real package; a claim set to undefined is left out. */
  claims?: Claims | ((clientId: string) => Claims) | undefined;
  signingAlgorithm?: SigningAlgorithm | undefined;
  lifetimeSeconds?: number | undefined;
  accessTokenFormat?: 'jwt' | 'opaque' | undefined;
  /** Refuse a client that authenticates by another method than its own. The real package takes both. */
  enforceClientAuthMethod?: boolean | undefined;
  /** Default true. The real package answers 400 unsupported_token_type for a JWT, other providers revoke it. */
  revokesJwt?: boolean | undefined;
  /** Default false. Serve the metadata also at the place of RFC 8414, with the issuer's path behind the well-known. */
  servesInsertedMetadataPath?: boolean | undefined;
  /** Default false. The device flow (RFC 8628), and the cookies that a sign-in page needs. */
  signsPeopleIn?: boolean | undefined;
  /** Asked first for every request; what it returns is sent in place of the real answer. */
  override?: ((request: RecordedRequest) => Answer | undefined) | undefined;
}

export interface OpenIdProvider extends LabServer {
  issuer: string;
  tokenEndpoint: string;
  jwksUri: string;
  revocationEndpoint: string;
  publicJwks: JSONWebKeySet;
  clients: readonly LabClient[];
  /** From then on the client has this secret, and the former one is wrong. */
  replaceSecret(clientId: string, secret: string): void;
  /** Issued here, not expired and not revoked. */
  isActive(token: string): Promise<boolean>;
}

export const defaultClients: readonly LabClient[] = [
  { clientId: 'ci-client', clientSecret: "S3cr3t-+%=~&!*()'x 9" },
  { clientId: 'post-client', clientSecret: 'plain-secret', authMethod: 'client_secret_post' },
  { clientId: 'no-grant', clientSecret: 'no-grant-secret', grantTypes: ['authorization_code'] },
];

function toRegistration(client: LabClient): Record<string, unknown> {
  const grantTypes = client.grantTypes ?? ['client_credentials'];
  const usesCode = grantTypes.includes('authorization_code');
  return {
    client_id: client.clientId,
    ...(client.authMethod !== 'none' && { client_secret: client.clientSecret }),
    token_endpoint_auth_method: client.authMethod ?? 'client_secret_basic',
    ...(client.applicationType && { application_type: client.applicationType }),
    grant_types: grantTypes,
    response_types: usesCode ? ['code'] : [],
    redirect_uris: usesCode ? (client.redirectUris ?? ['https://app.example.test/callback']) : [],
  };
}

function defaultClaims(clientId: string): Claims {
  return { sub: clientId, scp: ['all'], identitytype: 'app', preferred_username: clientId };
}

/** What a browser is shown where it can't be sent back to the app. */
async function renderErrorPage(
  context: { type: string; body: unknown },
  { error, error_description: description }: { error: string; error_description?: string },
): Promise<void> {
  context.type = 'html';
  context.body = `<!DOCTYPE html><title>Sign-in failed</title><p>${error}: ${description ?? ''}</p>`;
}

function isJwt(token: string | null): token is string {
  return token?.split('.').length === 3;
}

async function createSigningKeys(alg: SigningAlgorithm): Promise<{ privateJwk: JWK; publicJwks: JSONWebKeySet }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const common = { use: 'sig', alg, kid: 'lab-key-1' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...common },
    publicJwks: { keys: [{ ...(await exportJWK(publicKey)), ...common }] },
  };
}

export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const { issuer, clients = defaultClients, audience = 'https://union.example.test' } = options;
  const {
    signingAlgorithm = 'RS256',
    lifetimeSeconds = 3600,
    accessTokenFormat = 'jwt',
    signsPeopleIn = false,
  } = options;
  const { hostname, pathname } = new URL(issuer);
  const mountPath = pathname === '/' ? '' : pathname;
  const { privateJwk, publicJwks } = await createSigningKeys(signingAlgorithm);
  /** Token id to client id: the real package forgets a JWT once it is issued. */
  const activeJwts = new Map<string, string>();

  function customizeJwt(_context: unknown, token: { clientId: string }, jwt: StructuredToken): void {
    const { claims = defaultClaims } = options;
    Object.assign(jwt.payload, typeof claims === 'function' ? claims(token.clientId) : claims);
    activeJwts.set(String(jwt.payload.jti), token.clientId);
  }

  const provider = new Provider(issuer, {
    adapter: createTokenStore(),
    jwks: { keys: [privateJwk] },
    clients: clients.map(toRegistration),
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    scopes: signsPeopleIn ? ['all', 'openid', 'profile', 'offline_access'] : ['all'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', ...(signsPeopleIn ? ['none'] : [])],
    ...(signsPeopleIn && { cookies: { keys: ['lab'] }, renderError: renderErrorPage }),
    ttl: { ClientCredentials: lifetimeSeconds, ...(signsPeopleIn && { Interaction: 600, DeviceCode: 600 }) },
    formats: { customizers: { jwt: customizeJwt } },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: signsPeopleIn },
      revocation: {
        enabled: true,
        allowedPolicy: (_context: unknown, client: { clientId: string }, token: { clientId: string }) =>
          client.clientId === token.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context: unknown, indicator: string) => ({
          audience: indicator,
          scope: 'all',
          accessTokenFormat,
          accessTokenTTL: lifetimeSeconds,
          jwt: { sign: { alg: signingAlgorithm } },
        }),
      },
    },
  });
  /** Secrets that were replaced; the package takes clients as they were at its start. */
  const replaced = new Map<string, string>();
  const { compareClientSecret } = provider.Client.prototype;
  provider.Client.prototype.compareClientSecret = function (this: { clientId: string }, actual: string) {
    const secret = replaced.get(this.clientId);
    return secret === undefined ? compareClientSecret.call(this, actual) : secret === actual;
  };
  // Errors of clients belong into the answer, not onto the terminal.
  provider.on('error', () => {});
  provider.on('server_error', () => {});

  const callback = provider.callback();
  const tokenPath = provider.pathFor('token');
  const revocationPath = provider.pathFor('revocation');

  function usesWrongMethod(recorded: RecordedRequest): boolean {
    const presented = presentedClient(recorded);
    const client = clients.find(({ clientId }) => clientId === presented?.clientId);
    return client !== undefined && (client.authMethod ?? 'client_secret_basic') !== presented?.method;
  }

  /** The package gets a token that it does not know, so that it does no more than authenticate the client. */
  function revokeJwt(request: IncomingMessage, response: ServerResponse, recorded: RecordedRequest): IncomingMessage {
    const parameters = new URLSearchParams(recorded.body.toString('utf8'));
    const token = parameters.get('token');
    if (options.revokesJwt === false || !isJwt(token)) {
      return request;
    }
    response.once('finish', () => {
      const tokenId = String(decodeJwt(token).jti);
      if (response.statusCode === 200 && activeJwts.get(tokenId) === presentedClient(recorded)?.clientId) {
        activeJwts.delete(tokenId);
      }
    });
    parameters.set('token', 'unknown');
    return replayRequest(request, Buffer.from(parameters.toString()));
  }

  /** The package builds its endpoints from the Host header and from what was cut off the original address. */
  function mount(request: IncomingMessage): IncomingMessage | undefined {
    const url = request.url ?? '/';
    const inserted = `/.well-known/oauth-authorization-server${mountPath}`;
    let inner: string | undefined;
    if (options.servesInsertedMetadataPath && mountPath !== '' && url === inserted) {
      inner = '/.well-known/oauth-authorization-server';
    } else if (url.startsWith(`${mountPath}/`)) {
      inner = url.slice(mountPath.length);
    }
    if (inner === undefined) {
      return undefined;
    }
    request.headers.host = hostname;
    request.url = inner;
    return Object.assign(request, { originalUrl: `${mountPath}${inner}` });
  }

  const server = await startHttpsServer({
    ...options,
    hostNames: [hostname],
    async handler(original, response, recorded) {
      const replacement = options.override?.(recorded);
      if (replacement !== undefined) {
        return sendAnswer(response, replacement);
      }
      if (options.enforceClientAuthMethod && recorded.path === tokenPath && usesWrongMethod(recorded)) {
        const body = { error: 'invalid_client', error_description: 'client authentication failed' };
        return sendAnswer(response, { status: 401, headers: { 'www-authenticate': 'Basic' }, body });
      }
      const isRevocation = recorded.method === 'POST' && recorded.path === revocationPath;
      const request = mount(isRevocation ? revokeJwt(original, response, recorded) : original);
      return request === undefined ? sendAnswer(response, notFound()) : callback(request, response);
    },
  });

  async function isActive(token: string): Promise<boolean> {
    if (!isJwt(token)) {
      return (await provider.ClientCredentials.find(token)) !== undefined;
    }
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(publicJwks));
      return activeJwts.has(String(payload.jti));
    } catch {
      return false;
    }
  }

  const origin = new URL(issuer).origin;
  return {
    port: server.port,
    stop: server.stop,
    issuer,
    tokenEndpoint: `${origin}${tokenPath}`,
    jwksUri: `${origin}${provider.pathFor('jwks')}`,
    revocationEndpoint: `${origin}${revocationPath}`,
    publicJwks,
    clients,
    replaceSecret: (clientId, secret) => {
      replaced.set(clientId, secret);
    },
    isActive,
  };
}
