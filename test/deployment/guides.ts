import { ENTRA_ISSUER, ENTRA_TENANT, GENERIC_ISSUER, OKTA_ISSUER } from './descriptions.ts';

/*
 * What the public guides have people write, field by field, with their placeholders filled in from descriptions.ts.
 * Union: self-hosted, authentication (steps 2 and 4), and self-managed, authentication (authorizedUris, the claim of
 * the services). Flyte: authentication (external authorization server, secret management).
 */

type Fields = Readonly<Record<string, unknown>>;

const UNION_AUTH = 'flyte.configmap.adminServer.auth';

/** What every tab of the guide of Union has. */
const UNION: Fields = {
  'global.INTERNAL_CLIENT_ID': 'service-app',
  'flyte.configmap.adminServer.server.security.useAuth': true,
  [`${UNION_AUTH}.appAuth.authServerType`]: 'External',
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.clientId`]: 'cli-app',
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.redirectUri`]: 'http://localhost:53593/callback',
  [`${UNION_AUTH}.userAuth.openId.clientId`]: 'browser-app',
  [`${UNION_AUTH}.userAuth.cookieSetting.sameSitePolicy`]: 'LaxMode',
  [`${UNION_AUTH}.userAuth.cookieSetting.domain`]: 'union.example.com',
  [`${UNION_AUTH}.authorizedUris`]: [
    'https://union.example.com',
    'http://flyteadmin:80',
    'http://flyteadmin.union-cp.svc.cluster.local:80',
  ],
};

export const GUIDE_OKTA: Fields = {
  ...UNION,
  'global.AUTH_TOKEN_URL': 'https://dev-123456.okta.com/oauth2/default/v1/token',
  'global.OIDC_S2S_SCOPE': '',
  'configMap.union.connection.trustedIdentityClaims.externalIdentityClaim': 'service-app',
  [`${UNION_AUTH}.appAuth.externalAuthServer.baseUrl`]: OKTA_ISSUER,
  [`${UNION_AUTH}.appAuth.externalAuthServer.metadataUrl`]: '.well-known/oauth-authorization-server',
  [`${UNION_AUTH}.appAuth.externalAuthServer.allowedAudience`]: ['https://union.example.com'],
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.scopes`]: ['all'],
  [`${UNION_AUTH}.userAuth.openId.baseUrl`]: OKTA_ISSUER,
  [`${UNION_AUTH}.userAuth.openId.scopes`]: ['profile', 'openid', 'offline_access'],
};

export const GUIDE_ENTRA: Fields = {
  ...UNION,
  'global.INTERNAL_SUBJECT_ID': 'service-object-id',
  'global.AUTH_TOKEN_URL': `https://login.microsoftonline.com/${ENTRA_TENANT}/oauth2/v2.0/token`,
  'global.OIDC_S2S_SCOPE': 'api://union-app/.default',
  'configMap.union.connection.trustedIdentityClaims.externalIdentityClaim': 'service-object-id',
  [`${UNION_AUTH}.appAuth.externalAuthServer.baseUrl`]: ENTRA_ISSUER,
  [`${UNION_AUTH}.appAuth.externalAuthServer.metadataUrl`]: '.well-known/openid-configuration',
  [`${UNION_AUTH}.appAuth.externalAuthServer.allowedAudience`]: ['api://union-app'],
  [`${UNION_AUTH}.appAuth.subjectClaimNames`]: ['sub', 'client_id'],
  [`${UNION_AUTH}.appAuth.identityTypeClaimsForApps.idtyp`]: ['app'],
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.scopes`]: ['api://union-app/.default'],
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.audience`]: 'api://union-app',
  [`${UNION_AUTH}.userAuth.openId.baseUrl`]: ENTRA_ISSUER,
  [`${UNION_AUTH}.userAuth.openId.scopes`]: ['profile', 'openid', 'offline_access', 'api://union-app/all'],
};

export const GUIDE_GENERIC: Fields = {
  ...UNION,
  'global.AUTH_TOKEN_URL': `${GENERIC_ISSUER}/token`,
  'global.OIDC_S2S_SCOPE': '',
  'configMap.union.connection.trustedIdentityClaims.externalIdentityClaim': 'service-app',
  [`${UNION_AUTH}.appAuth.externalAuthServer.baseUrl`]: GENERIC_ISSUER,
  [`${UNION_AUTH}.appAuth.externalAuthServer.metadataUrl`]: '.well-known/openid-configuration',
  [`${UNION_AUTH}.appAuth.externalAuthServer.allowedAudience`]: ['union-api'],
  [`${UNION_AUTH}.appAuth.subjectClaimNames`]: ['sub', 'client_id', 'azp'],
  [`${UNION_AUTH}.appAuth.thirdPartyConfig.flyteClient.scopes`]: ['all'],
  [`${UNION_AUTH}.userAuth.openId.baseUrl`]: GENERIC_ISSUER,
  [`${UNION_AUTH}.userAuth.openId.scopes`]: ['profile', 'openid', 'offline_access'],
};

/** The guide has the first alone. The rest is what the chart needs besides, so that it does not make the secret itself. */
export function guideDataPlane(scope: string): Fields {
  return {
    'global.AUTH_CLIENT_ID': 'operator-app',
    'global.OIDC_S2S_SCOPE': scope,
    'secrets.admin.enable': true,
    'secrets.admin.create': false,
  };
}

const INLINE = 'configuration.inline.auth';

export const GUIDE_FLYTE_BINARY: Fields = {
  'configuration.auth.enabled': true,
  'configuration.auth.oidc.baseUrl': OKTA_ISSUER,
  'configuration.auth.oidc.clientId': 'browser-app',
  'configuration.auth.authorizedUris': ['https://union.example.com'],
  [`${INLINE}.appAuth.authServerType`]: 'External',
  [`${INLINE}.appAuth.externalAuthServer.baseUrl`]: OKTA_ISSUER,
  [`${INLINE}.appAuth.externalAuthServer.metadataUrl`]: '.well-known/oauth-authorization-server',
  [`${INLINE}.appAuth.thirdPartyConfig.flyteClient.clientId`]: 'cli-app',
  [`${INLINE}.appAuth.thirdPartyConfig.flyteClient.redirectUri`]: 'http://localhost:53593/callback',
  [`${INLINE}.appAuth.thirdPartyConfig.flyteClient.scopes`]: ['offline', 'all'],
  [`${INLINE}.userAuth.openId.baseUrl`]: OKTA_ISSUER,
  [`${INLINE}.userAuth.openId.scopes`]: ['profile', 'openid'],
  [`${INLINE}.userAuth.openId.clientId`]: 'browser-app',
};

/** The same block under the other chart's name for it, and the guide's section on secrets. */
export const GUIDE_FLYTE_CORE: Fields = {
  'secrets.adminOauthClientCredentials.enabled': true,
  'secrets.adminOauthClientCredentials.clientSecret': null,
  ...Object.fromEntries(
    Object.entries(GUIDE_FLYTE_BINARY)
      .filter(([path]) => path.startsWith(INLINE))
      .map(([path, value]) => [path.replace(INLINE, 'configmap.adminServer.auth'), value]),
  ),
};

/** The guides' summary of secrets: name, namespace and entry to the app whose secret stands there. */
export const GUIDE_SECRETS: readonly (readonly [string, string, string, string])[] = [
  ['flyte-admin-secrets', 'union-cp', 'client_secret', 'browser-login'],
  ['flyte-secret-auth', 'union-cp', 'client_secret', 'browser-login'],
  ['union-controlplane-secrets', 'union-cp', 'client_secret', 'service-to-service'],
  ['union-secret-auth', 'union', 'client_secret', 'operator'],
];
