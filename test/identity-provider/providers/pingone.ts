import { oauthError, type ProviderCases } from '../provider-cases.ts';

const ENVIRONMENT = '5f1d2c3b-0000-4a4b-8c8d-123456789abc';

export const cases: ProviderCases = {
  provider: 'pingone',
  recognised: [
    {
      issuer: `https://auth.pingone.eu/${ENVIRONMENT}/as`,
      tokenEndpoint: `https://auth.pingone.eu/${ENVIRONMENT}/as/token`,
      jwksUri: `https://auth.pingone.eu/${ENVIRONMENT}/as/jwks`,
    },
    { tokenEndpoint: `https://auth.pingone.com/${ENVIRONMENT}/as/token` },
    { issuer: `https://auth.pingone.com.au/${ENVIRONMENT}/as` },
    { issuer: `https://auth.pingone.sg/${ENVIRONMENT}/as` },
  ],
  notRecognised: [
    {
      issuer: 'https://auth.pingone.com.evil.example/as',
      tokenEndpoint: 'https://auth.pingone.com.evil.example/as/token',
    },
    { tokenEndpoint: 'https://auth-pingone.com/as/token' },
    { tokenEndpoint: 'https://evil.example/auth.pingone.com/as/token' },
  ],
  metadata: [
    {
      issuer: 'https://auth.acme.com/as',
      authorization_endpoint: 'https://auth.acme.com/as/authorize',
      token_endpoint: 'https://auth.acme.com/as/token',
      jwks_uri: 'https://auth.acme.com/as/jwks',
    },
  ],
  answers: [
    oauthError(
      'idp/pingone/wrong-secret',
      401,
      'invalid_client',
      'Request denied: Invalid client credentials (Correlation ID: 0b5c5b4e-9b39-4b05-9d3c-0f8f1c2d3e4f)',
    ),
    oauthError(
      'idp/pingone/method-not-accepted',
      401,
      'invalid_client',
      'Request denied: Unsupported authentication method (Correlation ID: 7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910)',
    ),
    oauthError(
      'idp/pingone/method-not-accepted',
      401,
      'invalid_client',
      'Request denied: Unsupported authentication method',
    ),
    oauthError('idp/pingone/several-resources', 400, 'invalid_scope', 'May not request scopes for multiple resources'),
  ],
};
