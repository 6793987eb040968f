import { base64, quotePlus } from '../secrecy/encodings.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a client asks a token for. */
export interface TokenGrant {
  /** As the deployment advertises them; undefined where it advertises nothing at all. */
  readonly scopes: readonly string[];
  /** Left out of the request where it is empty. */
  readonly audience: string;
}

export interface TokenRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The token request as the flyte client sends it, byte for byte in its body and in the headers that a provider may
 * judge it by. Its quirks: the client id stands raw in the Basic header while RFC 6749 section 2.3.1 wants it
 * form-encoded, `scope` is sent even when it is empty, quotes and brackets around scopes are stripped.
 * Source: flyteorg/flyte-sdk 2.6.5 src/flyte/remote/_client/auth/_token_client.py, get_token; recorded in
 * test/recordings/token-requests.json.
 */
export function flyteTokenRequest(credentials: ClientCredentials, grant: TokenGrant): TokenRequest {
  return {
    headers: { ...COMMON_HEADERS, authorization: basicAuthorization(credentials) },
    body: formBody(grant),
  };
}

/** The same grant with the credentials in the body (client_secret_post): no client sends it, it only tells causes apart. */
export function postTokenRequest({ clientId, clientSecret }: ClientCredentials, grant: TokenGrant): TokenRequest {
  return {
    headers: COMMON_HEADERS,
    body: `${formBody(grant)}&client_id=${quotePlus(clientId)}&client_secret=${quotePlus(clientSecret)}`,
  };
}

const COMMON_HEADERS = {
  'cache-control': 'no-cache',
  accept: 'application/json',
  'content-type': 'application/x-www-form-urlencoded',
} as const;

export function basicAuthorization({ clientId, clientSecret }: ClientCredentials): string {
  return `Basic ${base64(`${clientId}:${quotePlus(clientSecret)}`)}`;
}

/** The scopes that the client really asks for: without quotes and brackets, one text of several split. */
export function sentScopes(grant: TokenGrant): string[] {
  return sentScope(grant)
    .split(/\s+/)
    .filter((scope) => scope !== '');
}

function sentScope({ scopes }: TokenGrant): string {
  return trimCharacters(scopes.map((each) => trimCharacters(each, "' ")).join(' '), "[]'");
}

function formBody(grant: TokenGrant): string {
  const { audience } = grant;
  return `grant_type=client_credentials&scope=${quotePlus(sentScope(grant))}${audience === '' ? '' : `&audience=${quotePlus(audience)}`}`;
}

/** Python's `str.strip(characters)`. */
function trimCharacters(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) {
    start++;
  }
  while (end > start && characters.includes(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(start, end);
}
