import { oauthError, type ProviderCases } from '../provider-cases.ts';

/** Each error of fosite is the sentence of RFC 6749 and a hint behind it. */
const CLIENT_FAILED =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).';
const MALFORMED =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';

export const cases: ProviderCases = {
  provider: 'hydra',
  recognised: [
    {
      issuer: 'https://hydra.acme.com/',
      tokenEndpoint: 'https://hydra.acme.com/oauth2/token',
      jwksUri: 'https://hydra.acme.com/.well-known/jwks.json',
    },
    {
      issuer: 'https://acme.com/auth',
      tokenEndpoint: 'https://acme.com/auth/oauth2/token',
      jwksUri: 'https://acme.com/auth/.well-known/jwks.json',
    },
    { issuer: 'https://acme.projects.oryapis.com', tokenEndpoint: 'https://acme.projects.oryapis.com/oauth2/token' },
  ],
  notRecognised: [
    { issuer: 'https://hydra.acme.com/', tokenEndpoint: 'https://hydra.acme.com/oauth2/token' },
    {
      issuer: 'https://hydra.acme.com/',
      tokenEndpoint: 'https://hydra.acme.com/oauth2/token',
      jwksUri: 'https://keys.evil.example/.well-known/jwks.json',
    },
    { issuer: 'https://acme.projects.oryapis.com.evil.example' },
    { issuer: 'https://evilprojects.oryapis.com.example' },
  ],
  metadata: [
    {
      issuer: 'https://hydra.acme.com',
      token_endpoint: 'https://hydra.acme.com/oauth2/token',
      jwks_uri: 'https://hydra.acme.com/.well-known/jwks.json',
      credentials_endpoint_draft_00: 'https://hydra.acme.com/credentials',
    },
  ],
  answers: [
    oauthError(
      'idp/hydra/no-credentials',
      400,
      'invalid_request',
      'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.',
    ),
    oauthError(
      'idp/hydra/method-not-accepted',
      401,
      'invalid_client',
      `${CLIENT_FAILED} The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept 'client_secret_basic'.`,
    ),
    oauthError('idp/hydra/wrong-secret', 401, 'invalid_client', CLIENT_FAILED),
    oauthError(
      'idp/hydra/grant-not-enabled',
      400,
      'unauthorized_client',
      "The client is not authorized to request a token using this method. The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'.",
    ),
    oauthError(
      'idp/hydra/scope-not-allowed',
      400,
      'invalid_scope',
      "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'offline'.",
    ),
    oauthError(
      'idp/hydra/audience-not-allowed',
      400,
      'invalid_request',
      `${MALFORMED} Requested audience 'https://union.example.com' has not been whitelisted by the OAuth 2.0 Client.`,
    ),
    oauthError(
      'idp/hydra/basic-not-decodable',
      400,
      'invalid_request',
      `${MALFORMED} The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.`,
    ),
    oauthError(
      'idp/hydra/overloaded',
      503,
      'temporarily_unavailable',
      'The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
    ),
    oauthError(
      'idp/hydra/misconfigured',
      500,
      'misconfiguration',
      'The request failed because of an internal error that is probably caused by misconfiguration.',
    ),
  ],
};
