import { errors, type IdentityProvider } from '../identity-provider.ts';

const CLOUD_HOST = /\.zitadel\.cloud$/;
const TOKEN_PATH = /\/oauth\/v2\/token$/;
const KEYS_PATH = /\/oauth\/v2\/keys$/;
const AUTHENTICATION = 'zitadel/zitadel internal/api/oidc/client_credentials.go';
const USER = 'ZITADEL console > Users > Service Users > the CI user';

const FINDINGS = errors({
  'idp/zitadel/unknown-client': {
    title: 'ZITADEL has no service user with this login name',
    cause: 'The client id is not the login name of a service user: its user id was taken instead, or it is mistyped.',
    fix: `${USER}: take the user name as client id. It is what Actions > Generate Client Secret shows as ClientID.`,
    errorTexts: ['invalid_client: client not found'],
    answer: {
      errors: ['invalid_client'],
      description: /^client not found$/,
      source: AUTHENTICATION,
    },
  },
  'idp/zitadel/wrong-secret': {
    title: 'ZITADEL does not accept the client secret',
    cause: 'It is mistyped, or a newer one was generated: a service user has one client secret at a time.',
    fix: `${USER} > Actions > Generate Client Secret: copy ClientSecret, which is shown once.`,
    errorTexts: ['Errors.User.Machine.Secret.Invalid'],
    answer: {
      description: /^Errors\.User\.Machine\.Secret\.Invalid/,
      source: AUTHENTICATION,
    },
  },
  'idp/zitadel/no-secret': {
    title: 'The service user of ZITADEL has no client secret',
    cause: 'None was generated for it, or it was removed. A key or a personal access token is something else.',
    fix: `${USER} > Actions > Generate Client Secret: copy ClientID and ClientSecret.`,
    errorTexts: ['Errors.User.Machine.Secret.NotExisting'],
    answer: {
      description: /^Errors\.User\.Machine\.Secret\.NotExisting/,
      source: AUTHENTICATION,
    },
  },
  'idp/zitadel/basic-header-malformed': {
    title: 'ZITADEL can not read the Authorization header',
    cause: 'The client id holds a `%`: the flyte client sends the id as it is, and ZITADEL decodes it.',
    fix: 'Rename the service user so that its login name holds no `%` and no `+`, and check that no proxy changes the header.',
    errorTexts: ['invalid_client: invalid basic auth header'],
    answer: {
      errors: ['invalid_client'],
      description: /^invalid basic auth header$/,
      source: 'zitadel/oidc pkg/op/server_http.go, parseClientCredentials',
    },
  },
  'idp/zitadel/no-scope': {
    title: 'The deployment asks ZITADEL for no scope',
    cause: 'The scopes that the deployment tells its clients to ask for are empty.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to openid and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
    errorTexts: ['invalid_request: The scope of your request is missing. Please ensure some scopes are requested.'],
    answer: {
      errors: ['invalid_request'],
      description: /^The scope of your request is missing\. Please ensure some scopes are requested\./,
      source: 'zitadel/oidc pkg/op/auth_request.go, ValidateAuthReqScopes',
    },
  },
});

const ADD_CLAIMS =
  "ZITADEL console > Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow Complement Token, trigger Pre access token creation.";

export const ZITADEL = {
  name: 'zitadel',
  title: 'ZITADEL',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    [issuer, tokenEndpoint].some((url) => url !== undefined && CLOUD_HOST.test(url.hostname)) ||
    (tokenEndpoint !== undefined &&
      TOKEN_PATH.test(tokenEndpoint.pathname) &&
      jwksUri !== undefined &&
      KEYS_PATH.test(jwksUri.pathname)),
  recognisesMetadata: ({ token_endpoint: tokenEndpoint, jwks_uri: jwksUri }) =>
    typeof tokenEndpoint === 'string' &&
    TOKEN_PATH.test(tokenEndpoint) &&
    typeof jwksUri === 'string' &&
    KEYS_PATH.test(jwksUri),
  ownsHost: (host) => CLOUD_HOST.test(host),
  metadataNames: ['openid-configuration'],
  defaultScopes: ['openid'],
  givesOpenIdScopes: true,
  appClaims: [['identitytype', 'app']],
  findings: FINDINGS,
  advice: {
    'token/opaque': {
      cause: 'The access token type of a service user is Bearer by default.',
      fix: `${USER} > General: set Access Token Type to JWT.`,
    },
    'token/audience-mismatch': {
      cause: 'Without a scope that names a project, the audience of a token is the client id.',
      fix: 'Add the scope `urn:zitadel:iam:org:project:id:<project id>:aud` to `thirdPartyConfig.flyteClient.scopes` of the control plane, and the project id to its `externalAuthServer.allowedAudience`.',
    },
    'token/scope-all-missing': {
      cause: 'ZITADEL writes `client_id` into its tokens and no `scp`, and leaves out scopes that it does not know.',
      fix: ADD_CLAIMS,
    },
    'token/identity-type-not-app': { fix: ADD_CLAIMS },
  },
  setUp: [
    'Users > Service Users > New: name it after the repository or team, and set Access Token Type to *JWT*. Its user name becomes the client id.',
    'Actions > Generate Client Secret: copy ClientID and ClientSecret, which is shown once.',
    'Take the id of a project for the deployment from its page, and add it to `externalAuthServer.allowedAudience` of the control plane.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `openid` and `urn:zitadel:iam:org:project:id:<project id>:aud`.',
    "Actions: an action with `api.v1.claims.setClaim('scp', ['all'])` and `api.v1.claims.setClaim('identitytype', 'app')`, in the flow *Complement Token*, trigger *Pre access token creation*.",
    'Put ClientID and ClientSecret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is the domain of the instance, `https://<instance>.zitadel.cloud` or your own. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'The client id is the login name of a service user, and the `sub` of its tokens is the user id: roles are bound to that.',
    'The documentation asks for the scope `openid` in every request. Scopes that ZITADEL does not know, as `all`, are left out without an error.',
    'Access tokens are opaque by default; only the access token type JWT can be judged by the control plane.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
      'ZITADEL console > Users > Service Users > the CI user (user name `{client-id}`) > Actions > Generate Client Secret. Copy ClientSecret, which is shown once.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: make a second service user, build the key with it, and remove the first one when nothing uses it any more. Its tokens have another subject.',
    ],
  },
} as const satisfies IdentityProvider;
