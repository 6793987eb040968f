import type { ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'pingfederate',
  recognised: [
    { issuer: 'https://sso.acme.com', tokenEndpoint: 'https://sso.acme.com/as/token.oauth2' },
    { issuer: 'https://sso.acme.com:9031', tokenEndpoint: 'https://sso.acme.com:9031/as/token.oauth2' },
  ],
  notRecognised: [
    { tokenEndpoint: 'https://sso.acme.com/as/token.oauth2/other' },
    { tokenEndpoint: 'https://sso.acme.com/as/token' },
    { tokenEndpoint: 'https://sso.acme.com/token?path=/as/token.oauth2' },
  ],
  metadata: [
    {
      issuer: 'https://sso.acme.com',
      authorization_endpoint: 'https://sso.acme.com/as/authorization.oauth2',
      token_endpoint: 'https://sso.acme.com/as/token.oauth2',
    },
  ],
  answers: [],
};
