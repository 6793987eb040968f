import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'google',
  recognised: [
    { issuer: 'https://accounts.google.com', tokenEndpoint: 'https://oauth2.googleapis.com/token' },
    { issuer: 'https://accounts.google.com' },
    { tokenEndpoint: 'https://oauth2.googleapis.com/token' },
    { jwksUri: 'https://www.googleapis.com/oauth2/v3/certs' },
  ],
  notRecognised: [
    { issuer: 'https://accounts.google.com.evil.example' },
    { issuer: 'https://evil-accounts.google.com' },
    { tokenEndpoint: 'https://oauth2.googleapis.com.evil.example/token' },
    { issuer: 'https://evilgoogleapis.com', tokenEndpoint: 'https://evilgoogleapis.com/token' },
    { issuer: 'https://idp.acme.com', jwksUri: 'https://idp.acme.com/oauth2/v3/certs' },
  ],
  answers: [
    oauthError(
      'idp/google/no-client-credentials',
      400,
      'unsupported_grant_type',
      'Invalid grant_type: client_credentials',
    ),
  ],
  traps: [
    {
      name: 'whatever is asked for',
      trial: { issuer: 'https://accounts.google.com', tokenEndpoint: 'https://oauth2.googleapis.com/token' },
      codes: ['idp/google/no-client-credentials'],
    },
  ],
};
