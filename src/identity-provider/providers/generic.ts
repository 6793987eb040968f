import { errors, type IdentityProvider } from '../identity-provider.ts';

const FINDINGS = errors({
  'idp/generic/basic-not-encoded': {
    title: 'The identity provider can not decode the Authorization header',
    cause: 'The client id holds a `%` or another sign that must be encoded: the flyte client sends the id as it is.',
    fix: 'Use a client id of letters, digits, `-` and `_`.',
    errorTexts: ['client_id and client_secret in the authorization header are not properly encoded'],
    answer: {
      errors: ['invalid_request'],
      description: /^client_id and client_secret in the authorization header are not properly encoded/,
      source: 'panva/node-oidc-provider lib/shared/client_auth.js',
    },
  },
  'idp/generic/grant-not-enabled': {
    title: 'The client of this provider may not use the client credentials grant',
    cause: 'Its grant types do not list it.',
    fix: 'Add client_credentials to the `grant_types` of the client at the provider.',
    errorTexts: ['requested grant type is not allowed for this client'],
    answer: {
      errors: ['invalid_request'],
      description: /^requested grant type is not allowed for this client/,
      source: 'panva/node-oidc-provider lib/actions/token.js',
    },
  },
  'idp/generic/no-credentials': {
    title: 'No client credentials reached the identity provider',
    cause: 'A proxy between the runner and the provider removes the Authorization header.',
    fix: 'Let the egress proxy, and the ingress in front of the provider, pass the Authorization header.',
    errorTexts: ['no client authentication mechanism provided'],
    answer: {
      errors: ['invalid_request'],
      description: /^no client authentication mechanism provided/,
      source: 'panva/node-oidc-provider lib/shared/client_auth.js',
    },
  },
  'idp/generic/two-methods': {
    title: 'The identity provider got the credentials in two ways at once',
    cause: 'A proxy between the runner and the provider adds credentials of its own.',
    fix: 'Let no proxy change the request to the token endpoint.',
    errorTexts: ['client authentication must only be provided using one mechanism'],
    answer: {
      errors: ['invalid_request'],
      description: /^client authentication must only be provided using one mechanism/,
      source: 'panva/node-oidc-provider lib/shared/client_auth.js',
    },
  },
});

/** Everything that nothing else recognises. Its findings are those of node-oidc-provider, which many build upon. */
export const GENERIC = {
  name: 'generic',
  title: 'Any other OpenID Connect provider',
  recognises: () => false,
  metadataNames: ['oauth-authorization-server', 'openid-configuration'],
  appClaims: [],
  findings: FINDINGS,
  advice: {},
  setUp: [
    'Create a confidential client for CI with the grant `client_credentials`. Name it after the repository or team.',
    'Set its token endpoint authentication method to `client_secret_basic`: Flyte clients send the secret in the header.',
    'Let it have the scopes that the deployment asks for (`thirdPartyConfig.flyteClient.scopes`), best `all` alone.',
    'Let the provider issue JWT access tokens, signed with RS256 or ES256, whose `aud` is one that the control plane accepts: the address of the deployment, or an entry of `externalAuthServer.allowedAudience`.',
    'If its tokens carry `client_id` or `scp`, let `scp` be the list `["all"]`: the control plane does not read `scope`.',
    'If the control plane tells apps apart, add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps`.',
    'Put the client id and the secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The control plane reads the metadata below `externalAuthServer.baseUrl`, by default `.well-known/oauth-authorization-server`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration` where the provider has only that.',
    'The answer of the token endpoint must hold `expires_in`, and `token_type` must be Bearer.',
    'The provider must decode the Basic header as RFC 6749 asks, or the secret must hold letters, digits, `-`, `_`, `.` and `~` alone. The client id is sent as it is.',
  ],
  rotation: {
    overlap: 'with-setting',
    newSecret: [
      'In the console of the identity provider, make a new client secret for the client `{client-id}`. If it can hold two, leave the old one; otherwise the old one ends at once: then have the next steps ready, since deploys fail until the new key is written.',
    ],
    oldSecret: ['In the same place, remove the old client secret, if it is still there.'],
    notes: [
      'A secret that holds a colon can not be put into a key: `union-auth key encode` says so.',
      'Without any gap at a provider that holds one secret: make a second client, build the key with it, and remove the first one when nothing uses it any more.',
    ],
  },
} as const satisfies IdentityProvider;
