import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'cognito',
  recognised: [
    {
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
      tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
      jwksUri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/jwks.json',
    },
    { tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token' },
    {
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
      tokenEndpoint: 'https://auth.acme.com/oauth2/token',
    },
    { issuer: 'https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI' },
  ],
  notRecognised: [
    { issuer: 'https://cognito-idp.eu-west-1.amazonaws.com.evil.example/pool' },
    { issuer: 'https://cognito-idp.evil.example/pool' },
    { tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com.evil.example/oauth2/token' },
    { tokenEndpoint: 'https://evilamazoncognito.com/oauth2/token' },
  ],
  metadata: [
    {
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
      token_endpoint: 'https://auth.acme.com/oauth2/token',
      jwks_uri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/jwks.json',
    },
  ],
  answers: [
    oauthError('idp/cognito/wrong-secret', 400, 'invalid_client'),
    oauthError('idp/cognito/wrong-secret', 401, 'invalid_client'),
    oauthError('idp/cognito/grant-not-enabled', 400, 'unauthorized_client'),
    oauthError('idp/cognito/scope-not-allowed', 400, 'invalid_scope'),
  ],
  traps: [
    {
      name: 'a plain scope',
      trial: { grant: { scopes: ['all'], audience: '' } },
      codes: ['idp/cognito/scope-not-allowed'],
    },
    {
      name: 'a scope for people beside one of a resource server',
      trial: { grant: { scopes: ['openid', 'flyte/all'], audience: '' } },
      codes: ['idp/cognito/scope-not-allowed'],
    },
    { name: 'a scope of a resource server', trial: { grant: { scopes: ['flyte/all'], audience: '' } }, codes: [] },
    {
      name: 'a resource server that is called by an address',
      trial: { grant: { scopes: ['https://union.example.com/all'], audience: '' } },
      codes: [],
    },
    {
      name: 'no scope, which gets all that the app client may have',
      trial: { grant: { scopes: [], audience: '' } },
      codes: [],
    },
  ],
};
