import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'zitadel',
  recognised: [
    {
      issuer: 'https://acme-ab12cd.zitadel.cloud',
      tokenEndpoint: 'https://acme-ab12cd.zitadel.cloud/oauth/v2/token',
      jwksUri: 'https://acme-ab12cd.zitadel.cloud/oauth/v2/keys',
    },
    { issuer: 'https://acme-ab12cd.zitadel.cloud' },
    {
      issuer: 'https://login.acme.com',
      tokenEndpoint: 'https://login.acme.com/oauth/v2/token',
      jwksUri: 'https://login.acme.com/oauth/v2/keys',
    },
  ],
  notRecognised: [
    { issuer: 'https://evil-zitadel.cloud', tokenEndpoint: 'https://evil-zitadel.cloud/token' },
    { issuer: 'https://acme.zitadel.cloud.evil.example' },
    // Others have a token endpoint at /oauth/v2/token too.
    { issuer: 'https://login.acme.com', tokenEndpoint: 'https://login.acme.com/oauth/v2/token' },
  ],
  metadata: [
    {
      issuer: 'https://login.acme.com',
      authorization_endpoint: 'https://login.acme.com/oauth/v2/authorize',
      token_endpoint: 'https://login.acme.com/oauth/v2/token',
      introspection_endpoint: 'https://login.acme.com/oauth/v2/introspect',
      jwks_uri: 'https://login.acme.com/oauth/v2/keys',
    },
  ],
  answers: [
    oauthError('idp/zitadel/unknown-client', 400, 'invalid_client', 'client not found'),
    oauthError('idp/zitadel/wrong-secret', 400, 'invalid_request', 'Errors.User.Machine.Secret.Invalid'),
    oauthError('idp/zitadel/no-secret', 400, 'invalid_request', 'Errors.User.Machine.Secret.NotExisting'),
    oauthError('idp/zitadel/basic-header-malformed', 400, 'invalid_client', 'invalid basic auth header'),
    oauthError(
      'idp/zitadel/no-scope',
      400,
      'invalid_request',
      'The scope of your request is missing. Please ensure some scopes are requested. If you have any questions, you may contact the administrator of the application.',
    ),
  ],
};
