import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { ServerOptions } from './https-server.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';

type SignToken = (claims?: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>;

export interface ScriptedProvider extends ScriptedServer {
  issuer: string;
  tokenEndpoint: string;
  jwksUri: string;
  revocationEndpoint: string;
  publicJwks: JSONWebKeySet;
  /** What the documents at both metadata paths say, unless a test has them say something else. */
  metadataDocument: object;
  /** The paths of the endpoints, ready for `on`. */
  paths: { token: string; jwks: string; revocation: string; metadata: string; openIdMetadata: string };
  /** Signs with the key of `publicJwks`. A claim set to undefined is left out; the algorithm none is possible. */
  signToken: SignToken;
}

export interface ScriptedProviderOptions extends ServerOptions {
  issuer: string;
  /** Host names of other endpoints than the issuer's, as Cognito has them. */
  otherHostNames?: readonly string[] | undefined;
  clientId: string;
  audience: string;
}

function withoutUndefined(values: Record<string, unknown>): JWTPayload {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A provider made of scripts: it answers like a good one until a test overrides a route; no client is checked. */
export async function startScriptedProvider(options: ScriptedProviderOptions): Promise<ScriptedProvider> {
  const { issuer, clientId, audience, otherHostNames = [] } = options;
  const { hostname, origin, pathname } = new URL(issuer);
  const prefix = pathname.replace(/\/$/, '');
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256', kid: 'scripted-key-1' };
  const publicJwks = { keys: [jwk] };
  const paths = {
    token: `${prefix}/token`,
    jwks: `${prefix}/jwks`,
    revocation: `${prefix}/token/revocation`,
    metadata: `${prefix}/.well-known/oauth-authorization-server`,
    openIdMetadata: `${prefix}/.well-known/openid-configuration`,
  };

  async function signToken(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
    const now = Math.floor(Date.now() / 1000);
    const payload = withoutUndefined({
      iss: issuer,
      sub: clientId,
      aud: audience,
      iat: now,
      exp: now + 3600,
      jti: randomUUID(),
      scp: ['all'],
      identitytype: 'app',
      preferred_username: clientId,
      ...claims,
    });
    if (header.alg === 'none') {
      return new UnsecuredJWT(payload).encode();
    }
    const protectedHeader = { alg: 'RS256', kid: jwk.kid, typ: 'JWT', ...header };
    return new SignJWT(payload)
      .setProtectedHeader(withoutUndefined(protectedHeader) as { alg: string })
      .sign(privateKey);
  }

  const server = await startScriptedServer({ ...options, hostNames: [hostname, ...otherHostNames] });
  const [tokenEndpoint, jwksUri] = [origin + paths.token, origin + paths.jwks];
  const revocationEndpoint = origin + paths.revocation;
  const metadataDocument = {
    issuer,
    token_endpoint: tokenEndpoint,
    jwks_uri: jwksUri,
    revocation_endpoint: revocationEndpoint,
    authorization_endpoint: `${issuer}/auth`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    scopes_supported: ['all'],
  };
  const provider: ScriptedProvider = {
    ...server,
    issuer,
    tokenEndpoint,
    jwksUri,
    revocationEndpoint,
    publicJwks,
    metadataDocument,
    paths,
    signToken,
  };
  server.on('GET', paths.metadata, { body: metadataDocument });
  server.on('GET', paths.openIdMetadata, { body: metadataDocument });
  server.on('GET', paths.jwks, { body: publicJwks });
  server.on('POST', paths.revocation, {});
  server.on('POST', paths.token, async () => ({
    headers: { 'cache-control': 'no-store' },
    body: { access_token: await signToken(), token_type: 'Bearer', expires_in: 3600, scope: 'all' },
  }));
  return provider;
}
