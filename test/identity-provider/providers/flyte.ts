import { oauthError, type ProviderCases } from '../provider-cases.ts';

/** Each error of fosite is the sentence of RFC 6749 and a hint behind it. */
const MALFORMED =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';

export const cases: ProviderCases = {
  provider: 'flyte',
  recognised: [
    {
      issuer: 'https://union.example.com',
      tokenEndpoint: 'https://union.example.com/oauth2/token',
      jwksUri: 'https://union.example.com/oauth2/jwks',
    },
    { tokenEndpoint: 'https://union.example.com/oauth2/token' },
  ],
  notRecognised: [
    // The paths of Spring Authorization Server and others, and a deployment in front of a provider of its own.
    {
      issuer: 'https://sso.acme.com',
      tokenEndpoint: 'https://sso.acme.com/oauth2/token',
      jwksUri: 'https://sso.acme.com/oauth2/jwks',
    },
    {
      issuer: 'https://hydra.acme.com/',
      tokenEndpoint: 'https://union.example.com/oauth2/token',
      jwksUri: 'https://hydra.acme.com/.well-known/jwks.json',
    },
    { tokenEndpoint: 'https://union.example.com/oauth2/v1/token' },
    { tokenEndpoint: 'https://union.example.com.evil.example/oauth2/token' },
    { issuer: 'https://idp.acme.com', tokenEndpoint: 'https://idp.acme.com/oauth2/token' },
  ],
  answers: [
    oauthError(
      'idp/flyte/no-credentials',
      400,
      'invalid_request',
      'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.',
    ),
    oauthError(
      'idp/flyte/wrong-secret',
      401,
      'invalid_client',
      'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
    ),
    oauthError(
      'idp/flyte/grant-not-enabled',
      400,
      'unauthorized_client',
      "The client is not authorized to request a token using this method. The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'.",
    ),
    oauthError(
      'idp/flyte/public-client',
      400,
      'invalid_grant',
      "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client. The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.",
    ),
    oauthError(
      'idp/flyte/scope-not-allowed',
      400,
      'invalid_scope',
      "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'offline'.",
    ),
    oauthError(
      'idp/flyte/audience-not-allowed',
      400,
      'invalid_request',
      `${MALFORMED} Requested audience 'https://union.example.com' has not been whitelisted by the OAuth 2.0 Client.`,
    ),
    oauthError(
      'idp/flyte/basic-not-decodable',
      400,
      'invalid_request',
      `${MALFORMED} The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.`,
    ),
  ],
  traps: [
    { name: 'a client for people', trial: { clientId: 'flytectl' }, codes: ['idp/flyte/public-client'] },
    { name: 'the old client for people', trial: { clientId: 'flyte-cli' }, codes: ['idp/flyte/public-client'] },
    { name: 'a client of its own', trial: { clientId: 'ci-of-acme' }, codes: [] },
  ],
};
