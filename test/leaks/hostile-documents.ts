import type { HttpResponse } from '../../src/index.ts';

/** Where hostile text may stand in what a deployment and its identity provider say of themselves. */
export const DOCUMENT_FIELDS = [
  'plane issuer',
  'plane token_endpoint',
  'plane jwks_uri',
  'plane scopes',
  'plane audience',
  'plane metadata key',
  'plane page',
  'kid of the key set',
  'provider issuer',
  'response header',
  'content type',
  'status text',
] as const;

/** What the documents say where nothing in them is hostile. */
export interface DocumentFacts {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly keySetAddress: string;
  readonly key: object;
  readonly keyId: string;
}

/** A document with a text in one of its fields; the others are as they should be. */
export function hostileDocument(
  asked: 'plane' | 'provider' | 'key set',
  path: string,
  field: string,
  text: string,
  { issuer, tokenEndpoint, keySetAddress, key, keyId }: DocumentFacts,
): HttpResponse {
  const at = (name: (typeof DOCUMENT_FIELDS)[number], usual: string): string => (field === name ? text : usual);
  const headers = headersWith(field, text);
  const json = (value: object, status = 200): HttpResponse => jsonAnswer(value, status, headers);
  if (asked === 'key set') {
    return json({ keys: [{ ...key, alg: 'RS256', use: 'sig', kid: at('kid of the key set', keyId) }] });
  }
  if (asked === 'provider') {
    return json({
      issuer: at('provider issuer', issuer),
      token_endpoint: tokenEndpoint,
      jwks_uri: keySetAddress,
    });
  }
  if (field === 'plane page') {
    return pageAnswer(text, 502, headers);
  }
  // The route of the client fails, so that both routes of the diagnosis are read, too.
  if (path.includes('AuthMetadataService')) {
    return json({ code: 'unimplemented', message: at('status text', '') }, 404);
  }
  return path.endsWith('oauth-authorization-server')
    ? json({
        issuer: at('plane issuer', issuer),
        token_endpoint: at('plane token_endpoint', tokenEndpoint),
        jwks_uri: at('plane jwks_uri', keySetAddress),
      })
    : json({
        scopes: [at('plane scopes', 'all')],
        audience: at('plane audience', ''),
        authorization_metadata_key: at('plane metadata key', 'flyte-authorization'),
      });
}

export function headersWith(field: string, text: string): Record<string, string> {
  return {
    'content-type': field === 'content type' ? text : 'application/json',
    ...(field === 'response header' && { server: text, 'www-authenticate': text }),
  };
}

export function jsonAnswer(value: object, status: number, headers: Readonly<Record<string, string>>): HttpResponse {
  return { status, headers, body: Buffer.from(JSON.stringify(value)), milliseconds: 1 };
}

export function pageAnswer(text: string, status: number, headers: Readonly<Record<string, string>>): HttpResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html' },
    body: Buffer.from(`<html><title>${text}</title><body>${text}</body></html>`),
    milliseconds: 1,
  };
}
