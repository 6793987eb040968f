/** The identity providers that can be told by the addresses they use. */
export type ProviderName =
  | 'okta'
  | 'entra'
  | 'keycloak'
  | 'auth0'
  | 'authentik'
  | 'google'
  | 'pingone'
  | 'cognito'
  | 'flyte'
  | 'generic';

/** Microsoft's sign-in hosts: AzureAD/microsoft-authentication-library-for-js, AuthorityMetadata.ts. */
const ENTRA_HOSTS = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
];

/** Told from the token endpoint, since every deployment advertises one. */
export function recogniseProvider(tokenEndpoint: URL, domain: string): ProviderName {
  const { hostname, pathname } = tokenEndpoint;
  if (hostname === domain.toLowerCase()) {
    return pathname === '/oauth2/token' ? 'flyte' : 'generic';
  }
  if (ENTRA_HOSTS.includes(hostname)) {
    return 'entra';
  }
  if (
    /\.(okta|oktapreview|okta-emea)\.com$/.test(hostname) ||
    /^\/oauth2\/(default|aus[A-Za-z0-9]+)\/v1\/token$/.test(pathname)
  ) {
    return 'okta';
  }
  if (/\/realms\/[^/]+\/protocol\/openid-connect\/token$/.test(pathname)) {
    return 'keycloak';
  }
  if (hostname.endsWith('.auth0.com')) {
    return 'auth0';
  }
  if (pathname.endsWith('/application/o/token/')) {
    return 'authentik';
  }
  if (hostname === 'oauth2.googleapis.com') {
    return 'google';
  }
  if (hostname.startsWith('auth.pingone.')) {
    return 'pingone';
  }
  return hostname.endsWith('.amazoncognito.com') ? 'cognito' : 'generic';
}

/** Issuer and token endpoint on different hosts that belong together all the same. */
const KNOWN_PAIRS: readonly (readonly [issuer: RegExp, tokenEndpoint: RegExp])[] = [
  [/^accounts\.google\.com$/, /^oauth2\.googleapis\.com$/],
  [/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/, /^[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com$/],
  [/^(sts\.windows\.net|login\.windows\.net|login\.microsoft\.com)$/, /^login\.microsoftonline\.com$/],
  [/^login\.usgovcloudapi\.net$/, /^login\.microsoftonline\.us$/],
  [/^login\.chinacloudapi\.cn$/, /^login\.partner\.microsoftonline\.cn$/],
];

/**
 * Whether a secret may be sent to a token endpoint: it was given by the user, or has the origin of the domain or of
 * the issuer, or is a pair known to belong together. A document that anybody could have written decides nothing.
 */
export function isTrustedDestination(
  tokenEndpoint: URL,
  { domain, issuer, pinned }: { domain: string; issuer: URL | undefined; pinned: boolean },
): boolean {
  return (
    pinned ||
    tokenEndpoint.origin === `https://${domain.toLowerCase()}` ||
    (issuer !== undefined &&
      (tokenEndpoint.origin === issuer.origin ||
        KNOWN_PAIRS.some(
          ([from, to]) => from.test(issuer.hostname) && to.test(tokenEndpoint.hostname) && tokenEndpoint.port === '',
        )))
  );
}
