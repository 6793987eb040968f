import { FindingError } from '../findings/finding.ts';
import { quotePlus } from '../secrecy/encodings.ts';
import type { HttpResponse, Transport } from '../transport/http-client.ts';
import { type JsonObject, jsonObject, stringMember } from '../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../transport/retry.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import type { IdentityProvider, MetadataName } from './identity-provider.ts';
import { mayBeTheMethod, type TokenRefusal } from './refusal.ts';
import {
  basicAuthorization,
  type ClientCredentials,
  flyteTokenRequest,
  postTokenRequest,
  type TokenGrant,
  type TokenRequest,
} from './token-request.ts';
import { credentialsIn, readTokenResponse, type TokenOutcome } from './token-response.ts';

const LARGEST_TOKEN_RESPONSE_BYTES = 64 * 1024;
const LARGEST_METADATA_BYTES = 256 * 1024;
const LARGEST_KEY_SET_BYTES = 256 * 1024;
const LARGEST_REVOCATION_RESPONSE_BYTES = 16 * 1024;

export interface Exchange {
  readonly outcome: TokenOutcome | { readonly onlyInBody: TokenRefusal };
  readonly response: HttpResponse;
  /** Every token that the provider gave, the one of the diagnosis too: none of them is needed after the run. */
  readonly tokens: readonly string[];
}

/**
 * The trial exchange, as the flyte client would make it. Where the client was refused for who it is, one more
 * request with the credentials in the body tells a wrong secret from an app that takes only client_secret_post
 * (`onlyInBody`, with the first refusal).
 * @param protect called with every credential of an answer before anything is made of it.
 * @throws FindingError of the network.
 */
export async function exchangeToken(
  tokenEndpoint: URL,
  provider: IdentityProvider,
  credentials: ClientCredentials,
  grant: TokenGrant,
  transport: Transport,
  effects: RetryEffects,
  protect: (credential: string) => void,
): Promise<Exchange> {
  const send = async (request: TokenRequest, purpose: string, retryEffects: RetryEffects) => {
    const response = await sendWithRetries(
      transport,
      { purpose, method: 'POST', url: tokenEndpoint, ...request, maximumBytes: LARGEST_TOKEN_RESPONSE_BYTES },
      retryEffects,
    );
    for (const credential of credentialsIn(response.body)) {
      protect(credential);
    }
    return { outcome: readTokenResponse(response, effects.now()), response, tokens: accessTokensIn(response) };
  };
  const first = await send(flyteTokenRequest(credentials, grant), 'token exchange', effects);
  if (!('refusal' in first.outcome) || !mayBeTheMethod(first.outcome.refusal, provider)) {
    return first;
  }
  try {
    const purpose = 'diagnosis: credentials in the body';
    const second = await send(postTokenRequest(credentials, grant), purpose, { ...effects, retries: 0 });
    return second.tokens.length > 0 ? { ...second, outcome: { onlyInBody: first.outcome.refusal } } : first;
  } catch (error) {
    if (error instanceof FindingError) {
      return first;
    }
    throw error;
  }
}

/** A token may have been given in an answer that the client can't use. */
function accessTokensIn({ status, body }: HttpResponse): string[] {
  const document = status >= 200 && status < 300 ? jsonObject(body) : undefined;
  const token = document && stringMember(document, 'access_token');
  return token === undefined || token === '' ? [] : [token];
}

/** The provider's own metadata, for what a deployment does not pass on. Undefined where it can't be had. */
export interface ProviderMetadata {
  readonly jwksUri: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string;
  readonly issuer: string;
  /** The whole document, which can hold anything. */
  readonly document: JsonObject;
}

/**
 * Reads the metadata document of an issuer, below it as the control plane does: the names that this provider serves,
 * in their order (RFC 8414 section 3, OpenID Connect Discovery section 4).
 */
export async function fetchProviderMetadata(
  issuer: URL,
  names: readonly MetadataName[],
  transport: Transport,
  effects: RetryEffects,
): Promise<ProviderMetadata | undefined> {
  for (const name of names) {
    const url = new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/${name}`);
    const purpose = "the provider's metadata";
    const fetched = await getJson(url, purpose, LARGEST_METADATA_BYTES, transport, effects).catch(
      absentWhereUnreachable,
    );
    const document = fetched?.status === 200 ? jsonObject(fetched.body) : undefined;
    if (document !== undefined) {
      return {
        jwksUri: stringMember(document, 'jwks_uri') ?? '',
        tokenEndpoint: stringMember(document, 'token_endpoint') ?? '',
        revocationEndpoint: stringMember(document, 'revocation_endpoint') ?? '',
        issuer: stringMember(document, 'issuer') ?? '',
        document,
      };
    }
  }
  return undefined;
}

/** A key set as it came. */
export interface FetchedBody {
  readonly status: number;
  readonly body: Uint8Array;
  /** It came with status 200 and is a JSON object. */
  readonly isObject: boolean;
}

/** @throws FindingError of the network. */
export async function fetchKeySet(jwksUri: URL, transport: Transport, effects: RetryEffects): Promise<FetchedBody> {
  const { status, body } = await getJson(jwksUri, 'key set', LARGEST_KEY_SET_BYTES, transport, effects);
  return { status, body, isObject: status === 200 && jsonObject(body) !== undefined };
}

async function getJson(
  url: URL,
  purpose: string,
  maximumBytes: number,
  transport: Transport,
  effects: RetryEffects,
): Promise<HttpResponse> {
  const request = { purpose, method: 'GET', url, headers: { accept: 'application/json' }, maximumBytes } as const;
  return await sendWithRetries(transport, request, effects);
}

function absentWhereUnreachable(error: unknown): undefined {
  if (!(error instanceof FindingError)) {
    throw error;
  }
}

/**
 * Revokes the trial token (RFC 7009), so that nothing usable outlives the step.
 * @returns whether the provider confirmed it; never throws for what the network does.
 */
export async function revokeToken(
  endpoint: string,
  token: string,
  credentials: ClientCredentials,
  transport: Transport,
): Promise<boolean> {
  const url = readHttpsUrl(endpoint);
  if (!(url instanceof URL)) {
    return false;
  }
  try {
    const { status } = await transport.send({
      purpose: 'revocation of the trial token',
      method: 'POST',
      url,
      headers: {
        authorization: basicAuthorization(credentials),
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: `token=${quotePlus(token)}&token_type_hint=access_token`,
      maximumBytes: LARGEST_REVOCATION_RESPONSE_BYTES,
    });
    return status === 200;
  } catch (error) {
    absentWhereUnreachable(error);
    return false;
  }
}
