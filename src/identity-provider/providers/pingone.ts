import { errors, type IdentityProvider } from '../identity-provider.ts';

/** docs.pingidentity.com, regional domains of PingOne: North America, Canada, Europe, Australia, Singapore, Asia. */
const HOST = /^auth\.pingone\.(com|ca|eu|com\.au|sg|asia)$/;
const OVERVIEW = 'PingOne admin console > Applications > Applications > the CI app > Overview';
const RESOURCES = 'PingOne admin console > Applications > Applications > the CI app > Resources';
const RESOURCE = 'PingOne admin console > Applications > Resources > the resource of the deployment';

const FINDINGS = errors({
  'idp/pingone/wrong-secret': {
    title: 'PingOne does not accept the client id or the client secret',
    cause: 'The secret is mistyped or was replaced, or the client id belongs to an app of another environment.',
    fix: `${OVERVIEW}: copy Client ID and Client Secret, and compare the environment id with that in the issuer.`,
    errorTexts: ['invalid_client: Request denied: Invalid client credentials (Correlation ID: ...)'],
    answer: {
      errors: ['invalid_client'],
      description: /^Request denied: Invalid client credentials/,
      source: 'tests of pingidentity/pingctl against PingOne',
    },
  },
  'idp/pingone/method-not-accepted': {
    title: 'PingOne does not let the app authenticate in this way',
    cause: "The app's token endpoint authentication method is another than Client Secret Basic.",
    fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Token Auth Method (Token Endpoint Authentication Method): Client Secret Basic. Then check the secret.',
    errorTexts: ['invalid_client: Request denied: Unsupported authentication method (Correlation ID: ...)'],
    answer: {
      errors: ['invalid_client'],
      description: /^Request denied: Unsupported authentication method/,
      mayBeTheMethod: true,
      source:
        'pingidentity/pingcli cmd/platform/export_test.go; docs.pingidentity.com, p1_token_endpoint_authentication_methods',
    },
  },
  'idp/pingone/several-resources': {
    title: 'PingOne gives no token for the scopes of several resources at once',
    cause:
      'The deployment tells its clients to ask for OpenID scopes (openid, profile) beside a scope of its own resource.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to the scope of the custom resource, and nothing else.',
    errorTexts: ['invalid_scope: May not request scopes for multiple resources'],
    answer: {
      errors: ['invalid_scope'],
      description: /May not request scopes for multiple resources/,
      source: 'developer.pingidentity.com, Custom scopes',
    },
  },
});

export const PINGONE = {
  name: 'pingone',
  title: 'PingOne',
  recognises: ({ issuer, tokenEndpoint }) =>
    [issuer, tokenEndpoint].some((url) => url !== undefined && HOST.test(url.hostname)),
  // A custom domain: the addresses stay the same below it.
  recognisesMetadata: ({ issuer, token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) =>
    typeof issuer === 'string' &&
    issuer.startsWith('https://') &&
    issuer.endsWith('/as') &&
    tokenEndpoint === `${issuer}/token` &&
    jwksUri === `${issuer}/jwks`,
  ownsHost: (host) => HOST.test(host),
  metadataNames: ['openid-configuration'],
  appClaims: [],
  findings: FINDINGS,
  advice: {
    'idp/wrong-secret': {
      fix: `${OVERVIEW}: copy Client ID and Client Secret, and check that the app is enabled.`,
    },
    'idp/basic-not-accepted': {
      fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration: set the token endpoint authentication method to Client Secret Basic.',
    },
    'idp/client-not-allowed': {
      fix: 'PingOne admin console > Applications > Applications > the CI app > Configuration > Grant Type: tick Client Credentials.',
    },
    'idp/invalid-scope': {
      cause:
        'The app has no scope of a custom resource, or another one than the deployment tells its clients to ask for.',
      fix: `${RESOURCES}: add the scope of the deployment's custom resource, and set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
    },
    'token/audience-mismatch': {
      cause: 'The audience of a token is that of the custom resource whose scope was asked for.',
      fix: `${RESOURCE} > Overview: set Audience to the deployment's address, or add it to \`externalAuthServer.allowedAudience\` of the control plane.`,
    },
    'token/scope-all-missing': {
      cause:
        'PingOne writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
      fix: `${RESOURCE} > Attributes: add the attribute scp whose value is the list \`["all"]\`.`,
    },
    'token/identity-type-not-app': {
      fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
    },
  },
  setUp: [
    'Applications > Resources > add a resource for the deployment: its address as Audience, and a scope `all`.',
    'On the tab Attributes of the resource, add an attribute `scp` whose value is the list `["all"]`: PingOne\'s own `scope` is not read by the control plane.',
    'Applications > Applications > add an OIDC application named after the repository or team.',
    'On its tab Configuration: the grant type *Client Credentials*, and *Client Secret Basic* as token endpoint authentication method.',
    'On its tab Resources: add the scope `all` of that resource.',
    'Switch the application on, and copy Client ID and Client Secret from its tab Overview into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `https://auth.pingone.<region>/<environment id>/as`, where the region is one of `com`, `ca`, `eu`, `com.au`, `sg` and `asia`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'A token carries `client_id` and its scopes as one text in `scope`. It lives one hour unless the resource says otherwise.',
    'A request without scopes gets all scopes of the one custom resource of the app. Scopes of several resources can not be mixed.',
    'The authentication method of an app is enforced: a secret that works in the body may be refused in the header.',
  ],
  rotation: {
    overlap: 'with-setting',
    newSecret: [
      'PingOne admin console > Applications > Applications > the CI app (client id `{client-id}`) > Overview: generate a new client secret, and retain the previous one for some days, 30 at most. Where it is not retained it ends at once, and deploys fail until the new key is written.',
    ],
    oldSecret: ['In the same place: revoke the previous secret, or let its time run out.'],
    notes: [],
  },
} as const satisfies IdentityProvider;
