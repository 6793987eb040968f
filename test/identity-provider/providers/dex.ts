import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'dex',
  recognised: [
    {
      issuer: 'https://dex.acme.com/dex',
      tokenEndpoint: 'https://dex.acme.com/dex/token',
      jwksUri: 'https://dex.acme.com/dex/keys',
    },
    {
      issuer: 'https://dex.acme.com',
      tokenEndpoint: 'https://dex.acme.com/token',
      jwksUri: 'https://dex.acme.com/keys',
    },
  ],
  notRecognised: [
    { issuer: 'https://dex.acme.com/dex', tokenEndpoint: 'https://dex.acme.com/dex/token' },
    {
      issuer: 'https://dex.acme.com/dex',
      tokenEndpoint: 'https://dex.acme.com/dex/token',
      jwksUri: 'https://evil.example/dex/keys',
    },
    { tokenEndpoint: 'https://dex.acme.com/dex/token', jwksUri: 'https://dex.acme.com/dex/keys' },
  ],
  metadata: [
    {
      issuer: 'https://dex.acme.com/dex',
      authorization_endpoint: 'https://dex.acme.com/dex/auth',
      token_endpoint: 'https://dex.acme.com/dex/token',
      jwks_uri: 'https://dex.acme.com/dex/keys',
      userinfo_endpoint: 'https://dex.acme.com/dex/userinfo',
      device_authorization_endpoint: 'https://dex.acme.com/dex/device/code',
    },
  ],
  answers: [
    oauthError('idp/dex/wrong-secret', 401, 'invalid_client', 'Invalid client credentials.'),
    oauthError('idp/dex/unknown-scope', 400, 'invalid_scope', 'Unrecognized scope(s) ["all"]'),
    oauthError(
      'idp/dex/scope-for-people',
      400,
      'invalid_scope',
      'client_credentials grant does not support offline_access scope.',
    ),
    oauthError(
      'idp/dex/scope-for-people',
      400,
      'invalid_scope',
      'client_credentials grant does not support federated:id scope.',
    ),
    oauthError(
      'idp/dex/audience-not-trusted',
      400,
      'invalid_scope',
      'Client can\'t request scope(s) ["audience:server:client_id:flyte"]',
    ),
    oauthError(
      'idp/dex/public-client',
      400,
      'unauthorized_client',
      'Public clients cannot use client_credentials grant.',
    ),
    oauthError('idp/dex/grant-not-enabled', 400, 'unsupported_grant_type'),
    oauthError('idp/dex/basic-header-malformed', 400, 'invalid_request', 'client_id improperly encoded'),
    oauthError('idp/dex/basic-header-malformed', 400, 'invalid_request', 'client_secret improperly encoded'),
  ],
  traps: [
    { name: 'all', trial: { grant: { scopes: ['all'], audience: '' } }, codes: ['idp/dex/unknown-scope'] },
    {
      name: 'the scopes by default of a control plane',
      trial: { grant: { scopes: ['all', 'offline'], audience: '' } },
      codes: ['idp/dex/unknown-scope'],
    },
    {
      name: 'a refresh token, which Dex names before what it does not know',
      trial: { grant: { scopes: ['all', 'openid offline_access'], audience: '' } },
      codes: ['idp/dex/scope-for-people'],
    },
    {
      name: 'scopes that it knows',
      trial: {
        grant: {
          scopes: ['openid', 'email', 'profile', 'groups', 'audience:server:client_id:flyte'],
          audience: '',
        },
      },
      codes: [],
    },
    { name: 'no scope', trial: { grant: { scopes: [], audience: '' } }, codes: [] },
  ],
};
