/** What the doctor looks at, as its rows name it. The names are a contract: programs read them. */
export const CHECKS = {
  apps: 'Apps in the file',
  discovery: 'Tells its identity provider',
  authentication: 'Authentication is on',
  advertisedIssuer: 'Advertised issuer',
  advertisedTokenEndpoint: 'Advertised token endpoint',
  advertisedScopes: 'Scopes told to clients',
  advertisedAudience: 'Audience told to clients',

  traps: 'Known traps',
  metadata: 'Metadata document',
  issuer: 'Issuer is baseUrl',
  openIdConfiguration: 'OpenID configuration',
  keySet: 'Key set',
  tokenEndpoint: 'Token endpoint',
  authorizationEndpoint: 'Authorization endpoint',

  loginScopes: 'Login scopes',
  signInPage: 'Sign-in page takes it',
  login: '/login leads to it',

  advertisedClient: 'Client id told to clients',
  advertisedRedirect: 'Redirect address',
  pkce: 'PKCE with S256',
  device: 'Device sign-in starts',

  secret: 'Client secret',
  key: 'API key',
  signIn: 'Trial sign-in',
  token: 'Token is accepted',
  subject: 'Subject',
  identityType: 'Identity type',
  controlPlane: 'Control plane takes it',
} as const;

export type Check = (typeof CHECKS)[keyof typeof CHECKS];
