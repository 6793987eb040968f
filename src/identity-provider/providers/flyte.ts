import type { Finding } from '../../findings/finding.ts';
import { FOSITE_ANSWERS } from '../fosite-answers.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';

const TOKEN_PATH = '/oauth2/token';
const KEYS_PATH = '/oauth2/jwks';
/** Clients for people, who sign in with the browser: flyteorg/flyte flyteadmin/auth/config/config.go, DefaultConfig. */
const PUBLIC_CLIENTS = ['flytectl', 'flyte-cli'];
/** What flyteadmin 1.16 is built with. */
const FOSITE = 'ory/fosite v0.42.2';
const CLIENTS = '`auth.appAuth.selfAuthServer.staticClients` of the control plane';

const FINDINGS = errors({
  'idp/flyte/wrong-secret': {
    title: "Flyte's own authorization server does not accept the client id or the client secret",
    cause:
      'No static client has this id, or the bcrypt hash in the configuration was made from another secret. Flyte says the same of both.',
    fix: `In ${CLIENTS}, look up the client by its id, and set its client_secret to the Base64 text of the bcrypt hash of this secret. Restart the control plane, which reads it at its start.`,
    errorTexts: [
      'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
    ],
    answer: {
      ...FOSITE_ANSWERS.wrongSecret,
      source: `${FOSITE} errors.go, ErrInvalidClient`,
    },
  },
  'idp/flyte/grant-not-enabled': {
    title: 'The static client of the deployment may not use the client credentials grant',
    cause: 'The grant types of the static client do not list it.',
    fix: `In ${CLIENTS}, add client_credentials to the grant_types of the client.`,
    errorTexts: ["The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'."],
    answer: {
      ...FOSITE_ANSWERS.grantNotEnabled,
      source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
    },
  },
  'idp/flyte/public-client': {
    title: 'The client is one for people, which has no secret',
    cause: 'flytectl and flyte-cli are public clients: they sign people in with the browser.',
    fix: `In ${CLIENTS}, add a client of its own for CI, with client_secret, \`public: false\` and the grant type client_credentials.`,
    errorTexts: [
      "The OAuth 2.0 Client is marked as public and is thus not allowed to use authorization grant 'client_credentials'.",
    ],
    answer: {
      errors: ['invalid_grant'],
      description: /The OAuth 2\.0 Client is marked as public and is thus not allowed to use authorization grant/,
      source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
    },
  },
  'idp/flyte/scope-not-allowed': {
    title: 'The client may not have a scope that the deployment asks for',
    cause:
      'The scopes of the static client do not list it. The deployment tells its clients to ask for all and offline, unless it is set otherwise.',
    fix: `In ${CLIENTS}, set the scopes of the client to all and offline, or set \`thirdPartyConfig.flyteClient.scopes\` to all alone.`,
    errorTexts: ["The OAuth 2.0 Client is not allowed to request scope 'offline'."],
    answer: {
      ...FOSITE_ANSWERS.scopeNotAllowed,
      source: `${FOSITE} handler/oauth2/flow_client_credentials.go`,
    },
  },
  'idp/flyte/audience-not-allowed': {
    title: "Flyte's own authorization server is asked for an audience that the client may not have",
    cause:
      'The deployment tells its clients to ask for an audience. Its own server needs none: it always issues tokens for the deployment.',
    fix: 'Remove `thirdPartyConfig.flyteClient.audience` from the settings of the control plane.',
    errorTexts: ["Requested audience '...' has not been whitelisted by the OAuth 2.0 Client."],
    answer: {
      ...FOSITE_ANSWERS.audienceNotAllowed,
      source: `${FOSITE} audience_strategy.go`,
    },
  },
  'idp/flyte/no-credentials': {
    title: "No client credentials reached Flyte's own authorization server",
    cause: 'A proxy between the runner and the token endpoint removes the Authorization header.',
    fix: 'Let the egress proxy, and the ingress in front of the token endpoint, pass the Authorization header.',
    errorTexts: ['Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'],
    answer: {
      ...FOSITE_ANSWERS.noCredentials,
      source: `${FOSITE} client_authentication.go`,
    },
  },
  'idp/flyte/basic-not-decodable': {
    title: "Flyte's own authorization server can not decode the client id in the Authorization header",
    cause: 'The client id holds a `%`: the flyte client sends the id as it is, and the server decodes it.',
    fix: `In ${CLIENTS}, use a client id of letters, digits, \`-\` and \`_\`.`,
    errorTexts: [
      "The client id in the HTTP authorization header could not be decoded from 'application/x-www-form-urlencoded'.",
    ],
    answer: {
      ...FOSITE_ANSWERS.basicNotDecodable,
      source: `${FOSITE} client_authentication.go`,
    },
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const FLYTE = {
  name: 'flyte',
  title: "Flyte's own authorization server",
  // Other servers have the same path, and a deployment can put its own in front of one: its keys are its own too.
  recognises: ({ issuer, tokenEndpoint, jwksUri, domain }) =>
    tokenEndpoint?.hostname === domain &&
    tokenEndpoint.pathname === TOKEN_PATH &&
    (issuer === undefined || issuer.hostname === domain) &&
    (jwksUri === undefined || (jwksUri.hostname === domain && jwksUri.pathname === KEYS_PATH)),
  metadataNames: ['oauth-authorization-server'],
  defaultScopes: ['all'],
  appClaims: [],
  findings: FINDINGS,
  traps,
  advice: {
    'token/audience-mismatch': {
      cause: 'The audience is the address by which the deployment knows itself.',
      fix: 'List the address that clients use first in `auth.authorizedUris` of the control plane.',
    },
    'token/subject-missing': {
      cause: "Flyte's own authorization server writes no subject into the tokens of apps.",
      fix: 'No setting adds one. Where a service of the deployment needs a subject, use an external authorization server (`auth.appAuth.authServerType: External`).',
    },
    'token/scope-all-missing': {
      fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and list it in the scopes of the client too.',
    },
  },
  setUp: [
    'Choose a long random secret, and make its hash: `pip install bcrypt && python -c \'import bcrypt, base64; print(base64.b64encode(bcrypt.hashpw(b"<secret>", bcrypt.gensalt())).decode())\'`.',
    'In `auth.appAuth.selfAuthServer.staticClients` of the control plane, add an entry whose key and `id` are the client id, with `client_secret` set to that hash.',
    'Give it `grant_types: [client_credentials]`, `response_types: [token]`, `scopes: [all, offline]` and `public: false`.',
    'Restart the control plane: it reads its clients at its start.',
    'Put the client id and the secret itself, not its hash, into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'It is in use where `auth.appAuth.authServerType` is `Self`. Its token endpoint is `https://<domain>/oauth2/token`, on the domain of the deployment itself.',
    'A token carries `scp` as a list, an empty `client_id` and no `sub`, so that all apps look alike to the control plane. It lives 30 minutes (`accessTokenLifespan`).',
    'Only the hash of a secret stands in the configuration. A lost secret can not be read back; make a new one.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends when the control plane is restarted: have the next steps ready, since deploys fail until the new key is written.',
      'Choose a long random secret without a colon, put its bcrypt hash into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: add a second entry to `staticClients`, build the key with it, and remove the first one when nothing uses it any more.',
    ],
  },
} as const satisfies IdentityProvider;

function traps({ clientId }: PlannedTrial): Finding[] {
  return PUBLIC_CLIENTS.includes(clientId)
    ? [
        finding('idp/flyte/public-client', `The client id is ${clientId}, by default a client for people.`, {
          severity: 'warning',
        }),
      ]
    : [];
}
