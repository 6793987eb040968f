import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'authentik',
  recognised: [
    {
      issuer: 'https://auth.acme.com/application/o/flyte/',
      tokenEndpoint: 'https://auth.acme.com/application/o/token/',
      jwksUri: 'https://auth.acme.com/application/o/flyte/jwks/',
    },
    { tokenEndpoint: 'https://auth.acme.com/application/o/token/' },
    { issuer: 'https://acme.com/authentik/application/o/ci/' },
  ],
  notRecognised: [
    { tokenEndpoint: 'https://auth.acme.com/application/o/token/other' },
    { tokenEndpoint: 'https://auth.acme.com/?/application/o/token/' },
    { issuer: 'https://application.example/o/flyte/' },
  ],
  metadata: [
    {
      issuer: 'https://auth.acme.com/',
      authorization_endpoint: 'https://auth.acme.com/application/o/authorize/',
      token_endpoint: 'https://auth.acme.com/application/o/token/',
      jwks_uri: 'https://auth.acme.com/application/o/flyte/jwks/',
    },
  ],
  answers: [
    oauthError(
      'idp/authentik/unknown-client',
      400,
      'invalid_client',
      'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
    ),
    oauthError(
      'idp/authentik/secret-or-policy',
      400,
      'invalid_grant',
      'The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
    ),
    oauthError(
      'idp/authentik/grant-not-supported',
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server',
    ),
  ],
  traps: [
    {
      name: 'a secret that authentik generated',
      trial: { clientSecret: 'Zb8wQ0eYxu3mJHq7Lr2Tn5Vd9Kp1Sf4G' },
      codes: [],
    },
    { name: 'signs that are not encoded', trial: { clientSecret: 'a-b_c.d~e' }, codes: [] },
    {
      name: 'a user and an app password in Base64',
      trial: { clientSecret: 'Y2k6c2VjcmV0cw==' },
      codes: ['idp/authentik/secret-encoded'],
    },
    { name: 'a plus sign', trial: { clientSecret: 'abc+def' }, codes: ['idp/authentik/secret-encoded'] },
    { name: 'a space', trial: { clientSecret: 'abc def' }, codes: ['idp/authentik/secret-encoded'] },
    { name: 'a per cent sign', trial: { clientSecret: 'abc%2Bdef' }, codes: ['idp/authentik/secret-encoded'] },
  ],
};
