import type { Finding } from '../../findings/finding.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';
import { sentScopes } from '../token-request.ts';

const GRANTS = 'dexidp/dex server/grants/grants.go';
const GRANT = 'dexidp/dex server/grants/clientcredentials.go';
const ACCEPTED_SCOPES = ['openid', 'email', 'profile', 'groups'];
const REFUSED_SCOPES = ['offline_access', 'federated:id'];
/** Asks for a token for another client. */
const CROSS_CLIENT_SCOPE = 'audience:server:client_id:';

const FINDINGS = errors({
  'idp/dex/wrong-secret': {
    title: 'Dex does not accept the client id or the client secret',
    cause:
      'No client has this id, or its secret is another. Dex says the same of both, and where a proxy removed the Authorization header.',
    fix: 'Look up the client in `staticClients` of the configuration of Dex by its `id`, and copy its `secret`. Restart Dex after a change.',
    errorTexts: ['invalid_client: Invalid client credentials.'],
    answer: {
      errors: ['invalid_client'],
      description: /^Invalid client credentials\.$/,
      source: `${GRANTS}, authenticateClient`,
    },
  },
  'idp/dex/unknown-scope': {
    title: 'Dex does not know a scope that the deployment asks for',
    cause: 'Dex has a fixed list of scopes for apps: openid, email, profile and groups. all can not be added to it.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid. Tokens of Dex need no scope all: they have neither `scp` nor `client_id`.',
    errorTexts: ['invalid_scope: Unrecognized scope(s) ["all"]'],
    answer: {
      errors: ['invalid_scope'],
      description: /^Unrecognized scope\(s\) \[/,
      source: `${GRANTS}, validateScopes`,
    },
  },
  'idp/dex/scope-for-people': {
    title: 'Dex gives a scope for people to no app',
    cause: 'The deployment tells its clients to ask for offline_access or federated:id.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid.',
    errorTexts: ['invalid_scope: client_credentials grant does not support offline_access scope.'],
    answer: {
      errors: ['invalid_scope'],
      description: /^client_credentials grant does not support [a-z_:]{1,40} scope/,
      source: `${GRANT}, clientCredentialsScopePolicy`,
    },
  },
  'idp/dex/audience-not-trusted': {
    title: 'The Dex client may not ask for a token for another client',
    cause: 'The client that the scope names does not trust the client of CI.',
    fix: "In `staticClients` of the configuration of Dex, add the id of the CI client to `trustedPeers` of the deployment's client.",
    errorTexts: ['invalid_scope: Client can\'t request scope(s) ["audience:server:client_id:..."]'],
    answer: {
      errors: ['invalid_scope'],
      description: /^Client can't request scope\(s\) \[/,
      source: `${GRANTS}, validateScopes`,
    },
  },
  'idp/dex/public-client': {
    title: 'The Dex client is public, so it may not sign in by itself',
    cause: 'The client is marked as one without a secret, for people.',
    fix: 'In `staticClients` of the configuration of Dex, add a client of its own for CI, with a `secret` and without `public: true`.',
    errorTexts: ['unauthorized_client: Public clients cannot use client_credentials grant.'],
    answer: {
      errors: ['unauthorized_client'],
      description: /^Public clients cannot use client_credentials grant/,
      source: GRANT,
    },
  },
  'idp/dex/grant-not-enabled': {
    title: 'The client credentials grant is off in Dex',
    cause: 'It is not in the list of grant types, and it is not on by default. Older versions of Dex do not have it.',
    fix: 'Add client_credentials to `oauth2.grantTypes` in the configuration of Dex, or start it with `DEX_CLIENT_CREDENTIAL_GRANT_ENABLED_BY_DEFAULT=true`. Where that changes nothing, update Dex.',
    errorTexts: ['{"error":"unsupported_grant_type"}'],
    answer: {
      errors: ['unsupported_grant_type'],
      description: 'absent',
      source: `${GRANTS}, handleToken; dexidp/dex cmd/dex/serve.go`,
    },
  },
  'idp/dex/basic-header-malformed': {
    title: 'Dex can not decode the Authorization header',
    cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Dex decodes it.',
    fix: 'Use a client `id` of letters, digits, `-` and `_`.',
    errorTexts: ['invalid_request: client_id improperly encoded'],
    answer: {
      errors: ['invalid_request'],
      description: /^client_(?:id|secret) improperly encoded$/,
      source: `${GRANTS}, parseRequest`,
    },
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const DEX = {
  name: 'dex',
  title: 'Dex',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    issuer !== undefined &&
    tokenEndpoint?.href === below(issuer.href, '/token') &&
    jwksUri?.href === below(issuer.href, '/keys'),
  recognisesMetadata: ({ issuer, token_endpoint: token, jwks_uri: keys, device_authorization_endpoint: device }) =>
    typeof issuer === 'string' &&
    token === below(issuer, '/token') &&
    keys === below(issuer, '/keys') &&
    device === below(issuer, '/device/code'),
  metadataNames: ['openid-configuration'],
  defaultScopes: ['openid'],
  givesOpenIdScopes: true,
  appClaims: [],
  findings: FINDINGS,
  traps,
  advice: {
    'token/audience-mismatch': {
      cause: 'The audience of a token of Dex is the id of the client that asked for it.',
      fix: 'Add the id of the CI client to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
    },
    'token/identity-type-not-app': {
      cause: 'Dex has no claim that marks an app.',
      fix: 'Ask for the scope profile too, and set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `preferred_username` with the `name` of the CI client. Give app-claims here.',
    },
  },
  setUp: [
    'Add `client_credentials` to `oauth2.grantTypes` in the configuration of Dex. Name the other grant types that are in use as well: the list replaces the one by default.',
    'Add an entry for CI to `staticClients`: `id`, `name` and a long random `secret`.',
    'Restart Dex.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid`, and `profile` where apps are told by their name.',
    'Add the id of the client to `externalAuthServer.allowedAudience` of the control plane.',
    'Put `id` and `secret` into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is what `issuer` in its configuration says, often with a path. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'A token has the client id as `aud`, and neither `scp` nor `client_id`, so the control plane grants it `all`.',
    'Its `sub` is an encoded text that holds the client id, so it is not the client id itself: roles are bound to that text.',
    'The scope `all` is refused.',
    'Tokens live 24 hours by default (`expiry.idTokens`).',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends when Dex is restarted: have the next steps ready, since deploys fail until the new key is written.',
      'Put a new long random text without a colon into `secret` of the entry `{client-id}` of `staticClients`, and restart Dex.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject and another audience.',
    ],
  },
} as const satisfies IdentityProvider;

function below(issuer: string, path: string): string {
  return (issuer.endsWith('/') ? issuer.slice(0, -1) : issuer) + path;
}

/** Dex is told by two paths, which another provider may have too: so the exchange has the last word. */
const DOUBT = { severity: 'warning' } as const;

function traps({ grant }: PlannedTrial): Finding[] {
  const scopes = sentScopes(grant);
  const refused = scopes.filter((scope) => REFUSED_SCOPES.includes(scope));
  if (refused.length > 0) {
    return [finding('idp/dex/scope-for-people', `The deployment asks for ${refused.join(', ')}.`, DOUBT)];
  }
  const unknown = scopes.filter((scope) => !ACCEPTED_SCOPES.includes(scope) && !scope.startsWith(CROSS_CLIENT_SCOPE));
  return unknown.length > 0
    ? [finding('idp/dex/unknown-scope', `The deployment asks for ${unknown.join(', ')}.`, DOUBT)]
    : [];
}
