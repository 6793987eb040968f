import { oauthError, type ProviderCases } from '../provider-cases.ts';

const ISSUER = 'https://sso.acme.com/realms/acme';
const TOKEN_ENDPOINT = 'https://sso.acme.com/realms/acme/protocol/openid-connect/token';

export const cases: ProviderCases = {
  provider: 'keycloak',
  recognised: [
    { issuer: ISSUER, tokenEndpoint: TOKEN_ENDPOINT },
    { issuer: `${ISSUER}/` },
    { tokenEndpoint: 'https://sso.acme.com/auth/realms/acme/protocol/openid-connect/token' },
    { issuer: 'https://acme.com:8443/iam/realms/my%20realm' },
    { jwksUri: 'https://sso.acme.com/realms/acme/protocol/openid-connect/certs' },
    { issuer: ISSUER, tokenEndpoint: 'https://gateway.acme.com/token' },
  ],
  notRecognised: [
    { issuer: 'https://sso.acme.com/realms/' },
    { issuer: 'https://sso.acme.com/realms' },
    { issuer: 'https://sso.acme.com/realms/acme/account' },
    { issuer: 'https://realms.acme.com/acme' },
    { issuer: 'https://sso.acme.com/?x=/realms/acme' },
    { tokenEndpoint: 'https://sso.acme.com/protocol/openid-connect/token' },
    { tokenEndpoint: 'https://sso.acme.com/realms/acme/protocol/openid-connect/token/introspect' },
    { tokenEndpoint: 'https://sso.acme.com/xrealms/acme/protocol/openid-connect/token' },
  ],
  metadata: [
    {
      issuer: 'https://login.acme.com',
      token_endpoint: 'https://login.acme.com/protocol/openid-connect/token',
      jwks_uri: 'https://login.acme.com/protocol/openid-connect/certs',
    },
    {
      issuer: 'https://login.acme.com',
      token_endpoint: 'https://gateway.acme.com/token',
      jwks_uri: 'http://keycloak.internal:8080/realms/acme/protocol/openid-connect/certs',
    },
  ],
  answers: [
    oauthError('idp/keycloak/wrong-secret', 401, 'unauthorized_client', 'Invalid client or Invalid client credentials'),
    oauthError('idp/keycloak/wrong-secret', 401, 'unauthorized_client', 'Invalid client secret'),
    oauthError('idp/keycloak/unknown-client', 401, 'invalid_client', 'Invalid client or Invalid client credentials'),
    oauthError('idp/keycloak/wrong-authenticator', 400, 'invalid_client', 'Parameter client_assertion_type is missing'),
    oauthError('idp/keycloak/wrong-authenticator', 400, 'invalid_client', 'Missing client_id parameter'),
    oauthError(
      'idp/keycloak/service-account-off',
      401,
      'unauthorized_client',
      'Client not enabled to retrieve service account',
    ),
    oauthError(
      'idp/keycloak/public-client',
      401,
      'unauthorized_client',
      'Public client not allowed to retrieve service account',
    ),
    oauthError(
      'idp/keycloak/bearer-only-client',
      401,
      'unauthorized_client',
      'Bearer-only client not allowed to retrieve service account',
    ),
    oauthError('idp/keycloak/bearer-only-client', 400, 'invalid_client', 'Bearer-only not allowed'),
    oauthError(
      'idp/keycloak/service-account-missing',
      401,
      'invalid_request',
      'The associated service account for the client does not exist',
    ),
    oauthError('idp/keycloak/service-account-disabled', 401, 'invalid_request', "User 'service-account-ci' disabled"),
    oauthError('idp/keycloak/no-scope', 400, 'invalid_scope', 'Invalid scopes: '),
    oauthError('idp/keycloak/unknown-scope', 400, 'invalid_scope', 'Invalid scopes: all offline'),
    { code: 'idp/keycloak/realm-not-found', status: 404, body: { error: 'Realm does not exist' } },
    oauthError('idp/keycloak/realm-disabled', 403, 'access_denied', 'Realm not enabled'),
    oauthError('idp/keycloak/https-required', 403, 'invalid_request', 'HTTPS required'),
    oauthError('idp/keycloak/dpop-required', 400, 'invalid_dpop_proof', 'DPoP proof is missing'),
    oauthError('idp/keycloak/dpop-required', 400, 'invalid_request', 'DPoP proof is missing'),
    oauthError(
      'idp/keycloak/certificate-required',
      400,
      'invalid_request',
      'Client Certification missing for MTLS HoK Token Binding',
    ),
  ],
  traps: [
    {
      name: 'the default scopes of the control plane',
      trial: { issuer: ISSUER, tokenEndpoint: TOKEN_ENDPOINT, grant: { scopes: ['all', 'offline'], audience: '' } },
      codes: ['idp/keycloak/scope-offline'],
    },
    {
      name: 'the scope that Keycloak has',
      trial: {
        issuer: ISSUER,
        tokenEndpoint: TOKEN_ENDPOINT,
        grant: { scopes: ['all', 'offline_access'], audience: '' },
      },
      codes: [],
    },
    {
      name: 'no scope',
      trial: { issuer: ISSUER, tokenEndpoint: TOKEN_ENDPOINT, grant: { scopes: [], audience: '' } },
      codes: ['idp/keycloak/no-scope'],
    },
  ],
};
