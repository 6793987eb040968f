import type { Finding } from '../../findings/finding.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';
import { OKTA_SECRETS } from '../secret-records/okta.ts';

/** developer.okta.com, "Okta domains": okta, preview, EMEA; and where the console stands, which is no issuer. */
const HOST = /\.(okta|oktapreview|okta-emea)\.com$/;
const ADMIN_HOST = /-admin\.(okta|oktapreview|okta-emea)\.com$/;
const CUSTOM_SERVER = /^\/oauth2\/(default|aus[A-Za-z0-9]+)(\/|$)/;
const ERRORS = 'okta/okta-developer-docs oauth2-error-codes.json';
const CREDENTIALS = 'Admin Console > Applications > the CI app > General';
const POLICIES = 'Admin Console > Security > API > the authorization server > Access Policies';

const FINDINGS = errors({
  'idp/okta/wrong-secret': {
    title: 'Okta does not accept the client secret',
    cause: 'The secret is mistyped, belongs to another app, or was deactivated.',
    fix: `${CREDENTIALS} > Client Credentials > Client secrets: copy a secret whose status is Active, and build the key again.`,
    errorTexts: ['invalid_client: The client secret supplied for a confidential client is invalid.'],
    answer: {
      errors: ['invalid_client'],
      description: /client secret supplied for a confidential client is invalid/,
      source: `${ERRORS}, invalid_client_secret`,
    },
  },
  'idp/okta/unknown-client': {
    title: 'Okta does not know the client id',
    cause:
      'The client id is mistyped, the app was deleted, or it lives in another Okta org (preview instead of production).',
    fix: `${CREDENTIALS}: copy the Client ID, and check that the host name of the issuer is that of this org.`,
    errorTexts: ["invalid_client: Invalid value for 'client_id' parameter."],
    answer: {
      errors: ['invalid_client'],
      description: /Invalid value for 'client_id'/,
      source: `${ERRORS}, invalid_client_id`,
    },
  },
  'idp/okta/client-inactive': {
    title: 'Okta does not let the app authenticate in this way',
    cause: 'The app is deactivated, or its client authentication is not "Client secret". Okta says the same of both.',
    fix: `${CREDENTIALS}: activate the app, and set Client authentication to Client secret.`,
    errorTexts: [
      'invalid_client: Client authentication failed. Either the client or the client credentials are invalid.',
    ],
    answer: {
      errors: ['invalid_client'],
      description: /Client authentication failed\. Either the client or the client credentials/,
      mayBeTheMethod: true,
      source: `${ERRORS}, invalid_client and invalid_token_endpoint_auth_method`,
    },
  },
  'idp/okta/basic-header-malformed': {
    title: 'Okta can not read the Authorization header',
    cause: 'A character of the client id or a proxy spoils the Basic header: the flyte client sends the id as it is.',
    fix: 'Use a client id of letters, digits, `-` and `_`, and check that no proxy changes the header.',
    errorTexts: ['invalid_client: Found Authentication header but was not valid client credentials.'],
    answer: {
      errors: ['invalid_client'],
      description: /Found Authentication header but was not valid client credentials/,
      source: `${ERRORS}, invalid_basic_auth_creds`,
    },
  },
  'idp/okta/no-credentials': {
    title: 'No client credentials reached Okta',
    cause: 'A proxy between the runner and Okta removes the Authorization header.',
    fix: 'Let the egress proxy pass the Authorization header to the Okta domain.',
    errorTexts: ['invalid_client: No client credentials found.'],
    answer: {
      errors: ['invalid_client'],
      description: /No client credentials found/,
      source: `${ERRORS}, missing_client_credentials`,
    },
  },
  'idp/okta/browser-app': {
    title: 'Okta takes the request for one of a browser',
    cause: 'The app is of a kind for browsers, or a proxy adds an Origin header.',
    fix: 'Create an app of the type API Services for CI, and let no proxy add an Origin header.',
    errorTexts: ['invalid_client: Browser requests to the token endpoint must use Proof Key for Code Exchange.'],
    answer: {
      description: /Browser requests to the token endpoint m/,
      source: `${ERRORS}, unsupported_auth_method_browser_request`,
    },
  },
  'idp/okta/dpop-required': {
    title: 'The Okta app demands DPoP, which no Flyte client can send',
    cause: 'API Services apps require a DPoP proof by default.',
    fix: `${CREDENTIALS} > General Settings > Proof of possession: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".`,
    errorTexts: ['invalid_dpop_proof: The DPoP proof JWT header is missing.'],
    answer: {
      errors: ['invalid_dpop_proof'],
      description: /DPoP proof JWT header is missing/,
      source: `${ERRORS}, invalid_dpop_proof_missing_header; okta/okta-sdk-nodejs#424`,
    },
  },
  'idp/okta/dpop-nonce': {
    title: 'Okta asks for a nonce in a DPoP proof, which no Flyte client can send',
    cause: 'The app requires DPoP.',
    fix: `${CREDENTIALS} > General Settings > Proof of possession: clear the DPoP requirement.`,
    errorTexts: ['use_dpop_nonce: Authorization server requires nonce in DPoP proof.'],
    answer: {
      errors: ['use_dpop_nonce'],
      description: /requires nonce in DPoP proof/,
      source: `${ERRORS}, use_dpop_nonce`,
    },
  },
  'idp/okta/no-matching-policy': {
    title: 'No access policy of the Okta authorization server lets the app in',
    cause: 'No policy is assigned to this app, or no rule of it allows the Client Credentials grant.',
    fix: `${POLICIES}: assign a policy to the CI app, and add a rule with the grant type Client Credentials ("Client acting on behalf of itself"), for no user, and the scope all.`,
    errorTexts: ['access_denied: Policy evaluation failed for this request, please check the policy configurations.'],
    answer: {
      errors: ['access_denied'],
      description: /Policy evaluation failed for this request/,
      source: `${ERRORS}, no_matching_policy`,
    },
  },
  'idp/okta/scope-not-in-rule': {
    title: 'The access rule of the Okta authorization server allows none of the scopes',
    cause: 'The rule that applies to this app lists other scopes.',
    fix: `${POLICIES} > the rule > Scopes requested: add the scope that the deployment asks for (all).`,
    errorTexts: ['access_denied: Policy evaluation succeeded, but all the requested scopes were rejected.'],
    answer: {
      errors: ['access_denied'],
      description: /all the requested scopes were rejected/,
      source: `${ERRORS}, no_scope_allowed`,
    },
  },
  'idp/okta/scope-denied': {
    title: 'The access rule of the Okta authorization server denies some of the scopes',
    cause: 'The rule that applies to this app does not list them; they are named in the answer.',
    fix: `${POLICIES} > the rule > Scopes requested: add the denied scopes, or take them out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
    errorTexts: ['access_denied: Some of the requested scopes were denied by the policy. Denied scopes: [...]'],
    answer: {
      errors: ['access_denied'],
      description: /requested scopes were denied by the policy\. Denied scopes: \[/,
      source: `${ERRORS}, scope_denied`,
    },
  },
  'idp/okta/unknown-scope': {
    title: 'The Okta authorization server has no such scope',
    cause: 'The scope that the deployment asks for was never added to this authorization server.',
    fix: 'Admin Console > Security > API > the authorization server > Scopes > Add Scope: all.',
    errorTexts: ['invalid_scope: One or more scopes are not configured for the authorization server resource.'],
    answer: {
      errors: ['invalid_scope'],
      description: /not configured for the authorization server resource/,
      source: `${ERRORS}, no_matching_scope`,
    },
  },
  'idp/okta/no-default-scope': {
    title: 'The deployment asks for no scope, and the Okta authorization server has no default',
    cause: 'The scopes that the deployment tells its clients to ask for are empty.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, or mark the scope all as a default scope at the authorization server.',
    errorTexts: [
      "invalid_scope: The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    ],
    answer: {
      errors: ['invalid_scope'],
      description: /does not have any configured default scopes/,
      source: `${ERRORS}, no_default_scopes`,
    },
  },
  'idp/okta/no-scope': {
    title: 'The deployment asks Okta for no scope',
    cause: 'The scopes that the deployment tells its clients to ask for are empty.',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
    errorTexts: ['invalid_scope: No scopes were requested.'],
    answer: {
      errors: ['invalid_scope'],
      description: /No scopes were requested/,
      source: `${ERRORS}, missing_scopes`,
    },
  },
  'idp/okta/scope-for-people': {
    title: 'Okta gives no OpenID scopes to an app',
    cause:
      'The deployment tells its clients to ask for scopes that are meant for people (openid, profile, offline_access).',
    fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to all, and nothing else.',
    errorTexts: ["invalid_scope: Cannot request 'openid' scopes using client credentials."],
    answer: {
      errors: ['invalid_scope'],
      description: /Cannot request 'openid' scopes using client credentials/,
      source: `${ERRORS}, openid_not_allowed_client_creds`,
    },
  },
  'idp/okta/grant-not-enabled': {
    title: 'The Okta app may not use the client credentials grant',
    cause: 'It was made as a web, native or single-page app without that grant.',
    fix: `${CREDENTIALS} > Grant type: tick Client Credentials, or create an app of the type API Services for CI.`,
    errorTexts: [
      'unauthorized_client: The client is not authorized to use the provided grant type. Configured grant types: [...]',
    ],
    answer: {
      errors: ['unauthorized_client'],
      description: /not authorized to use the provided grant type\. Configured grant types/,
      source: `${ERRORS}, unauthorized_client`,
    },
  },
  'idp/okta/org-only-client': {
    title: 'The Okta app may only use the org authorization server',
    cause: 'It was made for the APIs of Okta itself.',
    fix: 'Create a new app of the type API Services with a client secret, and use that for CI.',
    errorTexts: ['unauthorized_client: This client cannot use a custom authorization server.'],
    answer: {
      errors: ['unauthorized_client'],
      description: /client cannot use a custom authorization server/,
      source: `${ERRORS}, org_authorization_server_only_client`,
    },
  },
  'idp/okta/org-authorization-server': {
    title: "The issuer is Okta's org authorization server, whose tokens are for Okta's own APIs",
    cause: 'The deployment names the Okta domain itself as issuer, without /oauth2/ and an authorization server.',
    fix: "Set the control plane's authorization server (`externalAuthServer.baseUrl`) to a custom one, as in https://<your-okta-domain>/oauth2/default: Admin Console > Security > API shows its Issuer URI.",
    errorTexts: [
      "unsupported_grant_type: 'client_credentials' grant type can only be used with a custom authorization server.",
      'invalid_client: Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
    ],
    answer: {
      description:
        /can only be used with a custom authorization server|requests to the Org Authorization Server must use/,
      source: `${ERRORS}, unsupported_grant_type_client_creds_org_as, unsupported_auth_method_client_creds`,
    },
  },
  'idp/okta/unknown-authorization-server': {
    title: 'There is no such authorization server at Okta',
    cause: 'Its id in the issuer is mistyped, or it was deactivated.',
    fix: "Admin Console > Security > API: copy the Issuer URI of an active authorization server into the control plane's `externalAuthServer.baseUrl`.",
    errorTexts: ['invalid_request: The authorization server id is invalid.'],
    answer: {
      description: /authorization server id is invalid/,
      source: `${ERRORS}, invalid_authorization_server`,
    },
  },
  'idp/okta/network-zone': {
    title: 'Okta refuses the network of the runner',
    cause: 'The app may only be used from certain network zones.',
    fix: `${CREDENTIALS} > Network restrictions: allow the addresses of the runner, or run the job on a runner inside the zone.`,
    errorTexts: ["access_denied: The request is made from outside the client's permitted network zones."],
    answer: {
      errors: ['access_denied'],
      description: /outside the client's permitted network zones/,
      source: `${ERRORS}, disallowed_network_zone`,
    },
  },
  'idp/okta/claim-expression': {
    title: 'Okta can not evaluate a claim of the token',
    cause: 'The expression of a claim of the authorization server uses the user, and the token of an app has none.',
    fix: 'Admin Console > Security > API > the authorization server > Claims: give the claim for apps a value that needs no user, as the constant "app" for identitytype, in a claim of its own for the CI app\'s scope.',
    errorTexts: ["server_error: The '...' system claim could not be evaluated."],
    answer: {
      errors: ['server_error'],
      description: /(?:system|user) claim could not be evaluated/,
      source: `${ERRORS}, system_claim_evaluation_failure, user_claim_evaluation_failure`,
    },
  },
  'idp/okta/duplicate-parameter': {
    title: 'Okta got a parameter twice',
    cause: 'A proxy repeats parameters, or credentials are in the header and in the body at once.',
    fix: 'Let no proxy change the request to the token endpoint.',
    errorTexts: ['invalid_request: Duplicate parameter provided in request. Duplicated parameters: [...]'],
    answer: {
      errors: ['invalid_request'],
      description: /Duplicate parameter provided/,
      source: `${ERRORS}, illegal_duplicated_parameters`,
    },
  },
  'idp/okta/rate-limited': {
    title: 'Okta asks to slow down',
    cause: 'The org or this app has used up its requests for this minute.',
    fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once.',
    waitingHelps: true,
    errorTexts: ['API call exceeded rate limit due to too many requests.'],
    answer: {
      description: /exceeded rate limit/,
      source: 'developer.okta.com, Rate limit overview',
    },
  },
  'idp/okta/maintenance': {
    title: 'Okta is overloaded or in maintenance',
    cause: 'Okta says so itself, with the status 400.',
    fix: 'Run the job again later; status.okta.com tells more.',
    waitingHelps: true,
    errorTexts: [
      'temporarily_unavailable: The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
    ],
    answer: {
      errors: ['temporarily_unavailable'],
      description: /due to a temporary overloading or maintenance of the server/,
      source: `${ERRORS}, temporarily_unavailable`,
    },
  },
  'idp/okta/admin-host': {
    title: 'The issuer is the Admin Console of Okta',
    cause: 'The host name with -admin is where the console stands. It issues no tokens.',
    fix: 'Leave -admin out of the host name: https://acme.okta.com/oauth2/default instead of https://acme-admin.okta.com/oauth2/default.',
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const OKTA = {
  name: 'okta',
  title: 'Okta',
  recognises: ({ issuer, tokenEndpoint }) =>
    [issuer, tokenEndpoint].some(
      (url) =>
        url !== undefined &&
        (HOST.test(url.hostname) || (CUSTOM_SERVER.test(url.pathname) && isTokenPath(tokenEndpoint))),
    ),
  ownsHost: (host) => HOST.test(host),
  // The custom domain of an org: no other provider has its token endpoint at /v1/token below /oauth2/.
  recognisesMetadata: ({ token_endpoint: endpoint }) =>
    typeof endpoint === 'string' && /^https:\/\/[^/]+\/oauth2\/([A-Za-z0-9]+\/)?v1\/token$/.test(endpoint),
  metadataNames: ['oauth-authorization-server', 'openid-configuration'],
  defaultScopes: ['all'],
  appClaims: [['identitytype', 'app']],
  findings: FINDINGS,
  traps,
  advice: {
    'idp/basic-not-accepted': {
      fix: `${CREDENTIALS}: set Client authentication to Client secret, which accepts the Basic header that Flyte clients send.`,
    },
    'token/audience-mismatch': {
      cause:
        'The audience of a token is a setting of the Okta authorization server, the same for all its tokens. Its default server says api://default.',
      fix: "Admin Console > Security > API > the authorization server > Settings: set Audience to the deployment's address, or add the token's audience to `allowedAudience` of the control plane. State allowed-audience here, so that this check knows the setting.",
    },
    'token/identity-type-not-app': {
      fix: 'Admin Console > Security > API > the authorization server > Claims > Add Claim: identitytype, Access Token, Always, Expression, value "app", included in the scope all of this app.',
    },
    'token/scope-all-missing': {
      fix: 'Admin Console > Security > API > the authorization server > Scopes: add the scope all, allow it in the access policy, and set `thirdPartyConfig.flyteClient.scopes` of the control plane to all.',
    },
  },
  setUp: [
    'Admin Console > Applications > Create App Integration > API Services. Name it after the repository or team.',
    'On its tab General, leave Client authentication at *Client secret*, and clear *Require Demonstrating Proof of Possession (DPoP) header in token requests*: it is set by default, and no Flyte client can send it.',
    'Admin Console > Security > API > the authorization server of the deployment (`default`, or the one whose Issuer URI the control plane uses) > Scopes: there must be a scope `all`.',
    'On its tab Access Policies: assign a policy to the app, with a rule for the grant type Client Credentials (Client acting on behalf of itself), no user, and the scope `all`.',
    'On its tab Claims: a claim `identitytype` with the value `app` in access tokens, if the control plane tells apps by it.',
    'On its tab Settings: the *Audience*, which all its tokens carry. Put it into `externalAuthServer.allowedAudience` of the control plane, sign for sign. The server `default` says `api://default`.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`.',
    'Copy Client ID and the secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is a *custom* authorization server: `https://<okta-domain>/oauth2/default` or `https://<okta-domain>/oauth2/aus...`. The org authorization server (the bare domain) issues tokens for the APIs of Okta alone.',
    'The metadata does not list custom scopes, so only a trial exchange shows whether `all` exists.',
    'A token says `scp: ["all"]`, `cid`, and the client id as `sub`. It has no `client_id`, so the name `cid` is the one to list in `subjectClaimNames`, should `sub` not do.',
    "A client id of one's own may hold `+` and other signs that the flyte client sends unencoded: keep to letters, digits, `-` and `_`.",
  ],
  rotation: {
    overlap: 'always',
    newSecret: [
      'Admin Console > Applications > the CI app (client id `{client-id}`) > General > Client Credentials > Client secrets: generate a new secret, and copy it. Both are active from then on.',
    ],
    oldSecret: [
      'In the same list: set the old secret to *Inactive*, wait for a deploy, then delete it. An inactive one can be made active again.',
    ],
    notes: [
      'An app holds two secrets at most: delete an inactive one first, if there are two.',
      'Okta sets no end to a secret.',
    ],
  },
  secretRecords: OKTA_SECRETS,
} as const satisfies IdentityProvider;

function isTokenPath(url: URL | undefined): boolean {
  return url === undefined || url.pathname.endsWith('/v1/token');
}

function traps({ issuer, tokenEndpoint }: PlannedTrial): Finding[] {
  const place = issuer ?? tokenEndpoint;
  if (place === undefined || !HOST.test(place.hostname)) {
    return [];
  }
  if (ADMIN_HOST.test(place.hostname)) {
    return [finding('idp/okta/admin-host', `The issuer is on ${place.hostname}.`)];
  }
  return CUSTOM_SERVER.test(place.pathname)
    ? []
    : [finding('idp/okta/org-authorization-server', `The issuer is ${place.href.replace(/\/$/, '')}.`)];
}
