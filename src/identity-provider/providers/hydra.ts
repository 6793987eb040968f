import { FOSITE_ANSWERS } from '../fosite-answers.ts';
import { errors, type IdentityProvider } from '../identity-provider.ts';

/** Built upon the same server, with a console of its own. */
const OTHER_HOST = /\.jumpcloud\.com$/;
const CLOUD_HOST = /\.projects\.oryapis\.com$/;
const ERRORS = 'ory/fosite errors.go';
const AUTHENTICATION = 'ory/fosite client_authentication.go';
const GRANT = 'ory/fosite handler/oauth2/flow_client_credentials.go';
const UPDATE = 'hydra update oauth2-client <client-id>';
/** Up to 2.2 at least, cmd/cmd_update_client.go replaced the whole client. */
const KEEP_THE_REST = 'Name its other settings in the same command: older versions of Hydra reset what is left out.';

const FINDINGS = errors({
  'idp/hydra/method-not-accepted': {
    title: 'The Hydra client does not accept its secret in the Basic header',
    cause: 'Its `token_endpoint_auth_method` is another than client_secret_basic.',
    fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
    errorTexts: [
      "The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested.",
    ],
    answer: {
      errors: ['invalid_client'],
      description: /supports client authentication method '[a-z_]{1,40}', but method '[a-z_]{1,40}' was requested/,
      source: AUTHENTICATION,
    },
  },
  'idp/hydra/wrong-secret': {
    title: 'Hydra does not accept the client id or the client secret',
    cause: 'The client does not exist, or its secret is another. Hydra says the same of both.',
    fix: `Check with \`hydra get oauth2-client <client-id>\` that the client exists, and set its secret with \`${UPDATE} --secret <new-secret>\`. ${KEEP_THE_REST}`,
    errorTexts: [
      'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
    ],
    answer: {
      ...FOSITE_ANSWERS.wrongSecret,
      source: `${ERRORS}, ErrInvalidClient`,
    },
  },
  'idp/hydra/grant-not-enabled': {
    title: 'The Hydra client may not use the client credentials grant',
    cause: 'Its grant types do not list it.',
    fix: `Run \`${UPDATE} --grant-type client_credentials\`. ${KEEP_THE_REST}`,
    errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
    answer: {
      ...FOSITE_ANSWERS.grantNotEnabled,
      source: GRANT,
    },
  },
  'idp/hydra/scope-not-allowed': {
    title: 'The Hydra client may not have the scope',
    cause: 'The scope that the deployment asks for is not in the list of the client.',
    fix: `Run \`${UPDATE} --scope all\`, or correct \`thirdPartyConfig.flyteClient.scopes\` of the control plane. ${KEEP_THE_REST}`,
    errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'all'."],
    answer: {
      ...FOSITE_ANSWERS.scopeNotAllowed,
      source: GRANT,
    },
  },
  'idp/hydra/audience-not-allowed': {
    title: 'The Hydra client may not have the audience',
    cause: 'The audience that the deployment tells its clients to ask for is not in the list of the client.',
    fix: `Run \`${UPDATE} --audience <audience>\` with the audience of the deployment, or correct \`thirdPartyConfig.flyteClient.audience\` of the control plane. ${KEEP_THE_REST}`,
    errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
    answer: {
      ...FOSITE_ANSWERS.audienceNotAllowed,
      source: 'ory/fosite audience_strategy.go',
    },
  },
  'idp/hydra/no-credentials': {
    title: 'No client credentials reached Hydra',
    cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
    fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
    errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
    answer: {
      ...FOSITE_ANSWERS.noCredentials,
      source: AUTHENTICATION,
    },
  },
  'idp/hydra/basic-not-decodable': {
    title: 'Hydra can not decode the client id in the Authorization header',
    cause: 'The client id holds a `%`: the flyte client sends the id as it is, and Hydra decodes it.',
    fix: 'Use a client id of letters, digits, `-` and `_`.',
    errorTexts: [
      "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
    ],
    answer: {
      ...FOSITE_ANSWERS.basicNotDecodable,
      source: AUTHENTICATION,
    },
  },
  'idp/hydra/overloaded': {
    title: 'Hydra is overloaded or in maintenance',
    cause: 'It says so itself.',
    fix: 'Run the job again later, and look at the log of Hydra.',
    waitingHelps: true,
    errorTexts: [
      'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
    ],
    answer: {
      errors: ['temporarily_unavailable'],
      description: /^The authorization server is currently unable to handle the request due to a temporary overloading/,
      source: `${ERRORS}, ErrTemporarilyUnavailable`,
    },
  },
  'idp/hydra/misconfigured': {
    title: 'Hydra is misconfigured',
    cause: 'A setting of the server keeps it from issuing tokens.',
    fix: 'See the log of Hydra at the time of this request: it names the setting.',
    errorTexts: [
      'misconfiguration: The request failed because of an internal error that is probably caused by misconfiguration.',
    ],
    answer: {
      errors: ['misconfiguration'],
      description: /an internal error that is probably caused by misconfiguration/,
      source: `${ERRORS}, ErrMisconfiguration`,
    },
  },
});

export const HYDRA = {
  name: 'hydra',
  title: 'Ory Hydra',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    [issuer, tokenEndpoint].some((url) => url !== undefined && CLOUD_HOST.test(url.hostname)) ||
    (issuer !== undefined &&
      !OTHER_HOST.test(issuer.hostname) &&
      tokenEndpoint?.href === below(issuer, '/oauth2/token') &&
      jwksUri?.href === below(issuer, '/.well-known/jwks.json')),
  recognisesMetadata: ({ credentials_endpoint_draft_00: draft }) => typeof draft === 'string',
  ownsHost: (host) => CLOUD_HOST.test(host),
  metadataNames: ['openid-configuration', 'oauth-authorization-server'],
  appClaims: [],
  findings: FINDINGS,
  advice: {
    'idp/basic-not-accepted': {
      fix: `Run \`${UPDATE} --token-endpoint-auth-method client_secret_basic\`. ${KEEP_THE_REST}`,
    },
    'token/opaque': {
      cause: 'Hydra issues opaque access tokens by default.',
      fix: `Set \`strategies.access_token: jwt\` in the configuration of Hydra, or for this client alone: \`${UPDATE} --access-token-strategy jwt\`. ${KEEP_THE_REST}`,
    },
    'token/audience-missing': {
      cause: 'Hydra gives an audience only to a client that may have it and asks for it.',
      fix: `Run \`${UPDATE} --audience <audience>\`, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the same value. ${KEEP_THE_REST}`,
    },
    'token/audience-mismatch': {
      fix: `Run \`${UPDATE} --audience <audience>\` with an audience that the control plane accepts, and set \`thirdPartyConfig.flyteClient.audience\` of the control plane to it. ${KEEP_THE_REST}`,
    },
    'token/scope-all-missing': {
      cause: 'The client did not ask for the scope all, or `strategies.jwt.scope_claim` is set to string.',
      fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and `strategies.jwt.scope_claim` of Hydra to list.',
    },
    'token/not-yet-valid': {
      cause: 'Hydra writes the time of issue as `nbf`, and the control plane allows no leeway.',
      fix: 'Synchronise the clocks, or set `oauth2.exclude_not_before_claim: true` in the configuration of Hydra.',
    },
    'token/identity-type-not-app': {
      cause: 'Hydra has no claim that marks an app.',
      fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the client id of the CI app, and give app-claims here.',
    },
  },
  setUp: [
    'Set `strategies.access_token: jwt` in the configuration of Hydra, or create the client with `--access-token-strategy jwt`.',
    'Create the client: `hydra create oauth2-client --name <repository> --grant-type client_credentials --scope all --audience <audience> --token-endpoint-auth-method client_secret_basic`.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`, and `thirdPartyConfig.flyteClient.audience` to that audience.',
    'Add the audience to `externalAuthServer.allowedAudience` of the control plane.',
    'If the control plane tells apps apart, set `auth.appAuth.identityTypeClaimsForApps` to `client_id` with the id of the client.',
    'Put the id and the secret that were printed into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `urls.self.issuer`, often with a slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`, which every version serves.',
    'A JWT of Hydra carries `client_id`, `scp` as a list, and `nbf` equal to `iat`. Its `aud` is empty unless an audience was asked for and the client may have it.',
    'The method of a client is enforced, and the answer names the one that it accepts.',
    'Look at the whole client with `hydra get oauth2-client <client-id>` before an update: older versions of `hydra update oauth2-client` reset what their flags do not name.',
    'Access tokens live one hour by default (`ttl.access_token`).',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
      '`hydra get oauth2-client {client-id}` shows the settings of the client. `hydra update oauth2-client {client-id} --secret <new secret>` changes the secret: name the other settings in the same command, since older versions reset what is left out.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: create a second client, build the key with it, and delete the first one when nothing uses it any more. Its tokens have another subject.',
    ],
  },
} as const satisfies IdentityProvider;

function below(issuer: URL, path: string): string {
  return (issuer.href.endsWith('/') ? issuer.href.slice(0, -1) : issuer.href) + path;
}
