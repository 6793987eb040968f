import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'generic',
  recognised: [
    { issuer: 'https://idp.acme.com', tokenEndpoint: 'https://idp.acme.com/token' },
    { issuer: 'https://idp.acme.com/oauth2', tokenEndpoint: 'https://idp.acme.com/oauth2/token' },
  ],
  notRecognised: [],
  answers: [
    oauthError('idp/generic/no-credentials', 400, 'invalid_request', 'no client authentication mechanism provided'),
    oauthError(
      'idp/generic/basic-not-encoded',
      400,
      'invalid_request',
      'client_id and client_secret in the authorization header are not properly encoded',
    ),
    oauthError(
      'idp/generic/grant-not-enabled',
      400,
      'invalid_request',
      'requested grant type is not allowed for this client',
    ),
    oauthError(
      'idp/generic/two-methods',
      400,
      'invalid_request',
      'client authentication must only be provided using one mechanism',
    ),
  ],
};
