import { compactVerify, decodeProtectedHeader, importJWK, type JSONWebKeySet } from 'jose';

export interface AccessTokenRules {
  /** Read at every check, so that a test can change it while the control plane runs. */
  jwks: JSONWebKeySet;
  audience: string | readonly string[];
  /** Default all. */
  scope?: string | undefined;
}

export type TokenVerdict = { accepted: true; claims: Record<string, unknown> } | { accepted: false; reason: string };

function refuse(reason: string): TokenVerdict {
  return { accepted: false, reason };
}

async function verifySignature(token: string, jwks: JSONWebKeySet): Promise<Buffer | undefined> {
  const { kid, alg } = decodeProtectedHeader(token);
  for (const jwk of jwks.keys) {
    // flyteadmin needs no kid and has no list of algorithms: any key that fits will do.
    if (kid === undefined || jwk.kid === undefined || jwk.kid === kid) {
      try {
        const { payload } = await compactVerify(token, await importJWK(jwk, alg));
        return Buffer.from(payload);
      } catch {
        // The next key may fit.
      }
    }
  }
  return undefined;
}

function checkTimes(claims: Record<string, unknown>): string | undefined {
  // No leeway, and a missing exp is accepted.
  const now = Date.now() / 1000;
  if (typeof claims.exp === 'number' && now >= claims.exp) {
    return 'Token is expired';
  }
  if (typeof claims.iat === 'number' && now < claims.iat) {
    return 'Token used before issued';
  }
  if (typeof claims.nbf === 'number' && now < claims.nbf) {
    return 'Token is not valid yet';
  }
  return undefined;
}

function readScopes(claims: Record<string, unknown>): Set<unknown> | undefined {
  const { scp } = claims;
  if (scp !== undefined && typeof scp !== 'string' && !Array.isArray(scp)) {
    return undefined;
  }
  // A string is one scope, even if it has spaces.
  const scopes = new Set<unknown>(Array.isArray(scp) ? scp : scp === undefined ? [] : [scp]);
  if (scopes.size === 0 && (claims.client_id === undefined || claims.client_id === '')) {
    scopes.add('all');
  }
  return scopes;
}

/** The rules of flyteadmin with an external authorization server: neither issuer nor subject is looked at. */
export async function checkAccessToken(token: string, rules: AccessTokenRules): Promise<TokenVerdict> {
  if (token.split('.').length !== 3) {
    return refuse('token parse error id token err: access token err: oidc: malformed jwt');
  }
  let claims: Record<string, unknown>;
  try {
    const payload = await verifySignature(token, rules.jwks);
    if (payload === undefined) {
      return refuse('token parse error id token err: access token err: failed to verify id token signature');
    }
    claims = JSON.parse(payload.toString('utf8'));
  } catch {
    return refuse('token parse error id token err: access token err: oidc: malformed jwt');
  }
  const wrongTime = checkTimes(claims);
  if (wrongTime !== undefined) {
    return refuse(`token parse error id token err: access token err: ${wrongTime}`);
  }
  const wanted = [rules.audience].flat();
  const found = [claims.aud ?? []].flat();
  if (!found.some((audience) => wanted.includes(audience as string))) {
    return refuse(`invalid audience [${found.join(' ')}], wanted [${wanted.join(' ')}]`);
  }
  const scopes = readScopes(claims);
  if (!scopes?.has(rules.scope ?? 'all')) {
    return refuse("authenticated user doesn't have required scope");
  }
  return { accepted: true, claims };
}
