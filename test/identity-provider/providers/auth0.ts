import { oauthError, type ProviderCases } from '../provider-cases.ts';

const ISSUER = 'https://acme.eu.auth0.com/';
const TOKEN_ENDPOINT = 'https://acme.eu.auth0.com/oauth/token';

export const cases: ProviderCases = {
  provider: 'auth0',
  recognised: [
    { issuer: ISSUER, tokenEndpoint: TOKEN_ENDPOINT },
    { issuer: 'https://acme.auth0.com/' },
    { tokenEndpoint: 'https://acme.us.auth0.com/oauth/token' },
    { jwksUri: 'https://acme.us.auth0.com/.well-known/jwks.json' },
  ],
  notRecognised: [
    { issuer: 'https://evil-auth0.com/', tokenEndpoint: 'https://evil-auth0.com/oauth/token' },
    { issuer: 'https://acme.auth0.com.evil.example/' },
    { issuer: 'https://auth0.com.evil.example/', tokenEndpoint: 'https://auth0.com.evil.example/oauth/token' },
    { issuer: 'https://login.acme.com/', tokenEndpoint: 'https://login.acme.com/oauth/token' },
  ],
  metadata: [
    {
      issuer: 'https://login.acme.com/',
      authorization_endpoint: 'https://login.acme.com/authorize',
      token_endpoint: 'https://login.acme.com/oauth/token',
      userinfo_endpoint: 'https://login.acme.com/userinfo',
      mfa_challenge_endpoint: 'https://login.acme.com/mfa/challenge',
      jwks_uri: 'https://login.acme.com/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    },
  ],
  answers: [
    oauthError('idp/auth0/wrong-secret', 401, 'access_denied', 'Unauthorized'),
    oauthError('idp/auth0/wrong-secret', 401, 'invalid_client', 'Client authentication failed'),
    oauthError(
      'idp/auth0/no-audience',
      403,
      'access_denied',
      'No audience parameter was provided, and no default audience has been configured',
    ),
    oauthError('idp/auth0/no-audience', 403, 'access_denied', 'Non-global clients are not allowed access to APIv1'),
    oauthError(
      'idp/auth0/unknown-api',
      403,
      'access_denied',
      'Service not enabled within domain: https://union.acme.com/',
    ),
    oauthError(
      'idp/auth0/not-authorized-for-api',
      403,
      'access_denied',
      'Client is not authorized to access "https://union.acme.com". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants',
    ),
    oauthError('idp/auth0/scope-not-granted', 403, 'access_denied', 'Client has not been granted scopes: all'),
    oauthError(
      'idp/auth0/grant-not-enabled',
      403,
      'unauthorized_client',
      "Grant type 'client_credentials' not allowed for the client.",
      { error_uri: 'https://auth0.com/docs/clients/client-grant-types' },
    ),
    {
      ...oauthError('idp/auth0/rate-limited', 429, 'too_many_requests', 'Client quota exceeded'),
      headers: {
        'auth0-client-quota-limit': 'b=per_hour;q=10;r=0;t=3540',
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1795000060',
        'retry-after': '3540',
      },
    },
    oauthError('idp/auth0/rate-limited', 429, 'too_many_requests', 'Rate limit exceeded'),
    oauthError('idp/auth0/parameter-missing', 400, 'invalid_request', 'Missing required parameter: client_id'),
  ],
  traps: [
    {
      name: 'no audience',
      trial: { issuer: ISSUER, tokenEndpoint: TOKEN_ENDPOINT, grant: { scopes: ['all'], audience: '' } },
      codes: ['idp/auth0/no-audience'],
    },
    {
      name: 'an audience',
      trial: {
        issuer: ISSUER,
        tokenEndpoint: TOKEN_ENDPOINT,
        grant: { scopes: [], audience: 'https://union.acme.com' },
      },
      codes: [],
    },
  ],
};
