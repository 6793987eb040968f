import type { Finding } from '../../findings/finding.ts';
import { stringMember } from '../../transport/json.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';

const HOST = /\.auth0\.com$/;
const APPLICATION = 'Auth0 Dashboard > Applications > Applications > the CI application';
const API = 'Auth0 Dashboard > Applications > APIs > the API of the deployment';

const FINDINGS = errors({
  'idp/auth0/wrong-secret': {
    title: 'Auth0 does not accept the client id or the client secret',
    cause:
      'One of them is mistyped, the application lives in another tenant, or its authentication method is not Basic. Auth0 says the same of all three.',
    fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic), copy Client ID and Client Secret, and build the key again. Auth0 Dashboard > Monitoring > Logs names the reason (type feccft).`,
    errorTexts: [
      '{"error":"access_denied","error_description":"Unauthorized"}',
      'invalid_client: Client authentication failed',
    ],
    answer: {
      errors: ['access_denied', 'invalid_client'],
      description: /^(?:Unauthorized|Client authentication failed)\.?$/,
      mayBeTheMethod: true,
      source: 'auth0/node-auth0#682; auth0/docs-v2, Authentication API',
    },
  },
  'idp/auth0/no-audience': {
    title: 'The deployment asks Auth0 for no audience',
    cause: 'The control plane tells its clients no audience, and the tenant has no default one that counts.',
    fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API (${API} > Settings > Identifier). The Default Audience of a tenant (Auth0 Dashboard > Settings > General > API Authorization Settings) does not count for apps in every tenant.`,
    errorTexts: [
      'access_denied: No audience parameter was provided, and no default audience has been configured',
      'access_denied: Non-global clients are not allowed access to APIv1',
    ],
    answer: {
      description: /^(?:No audience parameter was provided|Non-global clients are not allowed access to APIv1)/,
      source: 'public logs; postmanlabs/postman-app-support#2934; support.auth0.com, default audience of a tenant',
    },
  },
  'idp/auth0/unknown-api': {
    title: 'Auth0 has no API with this audience',
    cause:
      'The audience is not the identifier of an API of this tenant. A trailing slash already makes it another one.',
    fix: `Copy the identifier (${API} > Settings > Identifier) into \`thirdPartyConfig.flyteClient.audience\` of the control plane. It can not be changed at Auth0; a new API can be made.`,
    errorTexts: ['access_denied: Service not enabled within domain: https://union.example.com'],
    answer: {
      errors: ['access_denied'],
      description: /^Service not enabled within domain: /,
      source: 'auth0/node-auth0#292; auth0/terraform-provider-auth0#951',
    },
  },
  'idp/auth0/not-authorized-for-api': {
    title: 'The application may not ask for tokens of this API',
    cause: 'Nobody authorized it: it has no client grant for the API.',
    fix: `${API} > Machine to Machine Applications: authorize the CI application, and tick the scopes it needs.`,
    errorTexts: [
      'access_denied: Client is not authorized to access "...". You need to create a "client-grant" associated to this API.',
    ],
    answer: {
      errors: ['access_denied'],
      description: /^Client is not authorized to access "/,
      source: 'auth0/auth0-python#173; auth0/ruby-auth0#610',
    },
  },
  'idp/auth0/scope-not-granted': {
    title: 'The application may not have one of the scopes',
    cause: 'Its client grant for the API does not hold the scope that the deployment asks for.',
    fix: `${API} > Permissions: add the scope (all) if it is missing. Then ${API} > Machine to Machine Applications > the CI application: tick it. Or take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
    errorTexts: ['access_denied: Client has not been granted scopes: all'],
    answer: {
      errors: ['access_denied'],
      description: /^Client has not been granted scopes: /,
      source: 'public logs; no page of the documentation lists it',
    },
  },
  'idp/auth0/grant-not-enabled': {
    title: 'The application may not use the client credentials grant',
    cause: 'It was made as a native, single-page or web application without that grant.',
    fix: `${APPLICATION} > Settings > Advanced Settings > Grant Types: tick Client Credentials. Or make an application of the type Machine to Machine for CI.`,
    errorTexts: ["unauthorized_client: Grant type 'client_credentials' not allowed for the client."],
    answer: {
      errors: ['unauthorized_client'],
      description: /^Grant type 'client_credentials' not allowed for the client/,
      source: 'auth0/docs-v2 update-grant-types.mdx',
    },
  },
  'idp/auth0/rate-limited': {
    title: 'Auth0 asks to slow down',
    cause: 'The tenant has used up its rate limit, or this application its quota of tokens.',
    fix: 'Run the job again later (in the time that the answer asks for, where it names one), and lower the number of jobs that sign in at once. The quota of an application is set by `token_quota` of the Management API.',
    waitingHelps: true,
    errorTexts: ['too_many_requests: Client quota exceeded', 'too_many_requests: Rate limit exceeded'],
    answer: {
      errors: ['too_many_requests'],
      description: /^(?:Client quota exceeded|Rate limit exceeded)/,
      source: 'auth0/docs-v2 fine-grained-m2m-token-quotas.mdx; auth0/auth0-PHP',
    },
  },
  'idp/auth0/parameter-missing': {
    title: 'The request that reached Auth0 lacks a parameter',
    cause: 'A proxy removes the Authorization header or spoils the body of the request.',
    fix: 'Let no proxy between the runner and Auth0 change the request to the token endpoint.',
    errorTexts: ['invalid_request: Missing required parameter: client_id'],
    answer: {
      errors: ['invalid_request'],
      description: /^Missing required parameter\b/,
      source: 'auth0/docs-v2, Authentication API',
    },
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const AUTH0 = {
  name: 'auth0',
  title: 'Auth0',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    [issuer, tokenEndpoint, jwksUri].some((url) => url !== undefined && HOST.test(url.hostname)),
  ownsHost: (host) => HOST.test(host),
  // A custom domain: no other provider has this pair of endpoints.
  recognisesMetadata: (metadata) =>
    /^https:\/\/[^/]+\/oauth\/token$/.test(stringMember(metadata, 'token_endpoint') ?? '') &&
    /^https:\/\/[^/]+\/mfa\/challenge$/.test(stringMember(metadata, 'mfa_challenge_endpoint') ?? ''),
  metadataNames: ['oauth-authorization-server', 'openid-configuration'],
  appClaims: [['gty', 'client-credentials']],
  findings: FINDINGS,
  traps,
  adviceFits: {
    'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS'),
    'token/scope-all-missing': ({ claims }) => typeof claims['client_id'] === 'string',
  },
  advice: {
    'idp/basic-not-accepted': {
      fix: `${APPLICATION} > Credentials: set the authentication method to Client Secret (Basic). Flyte clients send nothing else.`,
    },
    'token/opaque': {
      cause: 'Auth0 issues JWTs only for an audience that is the identifier of an API.',
      fix: `Set \`thirdPartyConfig.flyteClient.audience\` of the control plane to the identifier of the API: ${API} > Settings > Identifier.`,
    },
    'token/audience-mismatch': {
      cause: 'The audience of a token is the identifier of the API that the deployment asks for.',
      fix: `Let \`thirdPartyConfig.flyteClient.audience\` and \`externalAuthServer.allowedAudience\` of the control plane both hold the identifier, byte for byte: ${API} > Settings > Identifier. State allowed-audience here, so that this check knows the setting.`,
    },
    'token/scope-all-missing': {
      cause:
        'The API issues tokens of the profile RFC 9068, which hold a `client_id`. The control plane then demands the claim `scp`, and Auth0 writes `scope`.',
      fix: `${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0. Its tokens have no \`client_id\`, and pass.`,
    },
    'token/identity-type-not-app': {
      cause: 'Tokens of the profile Auth0 mark apps by `gty`. Those of the profile RFC 9068 have no such claim.',
      fix: `Set \`auth.appAuth.identityTypeClaimsForApps\` of the control plane to \`gty: [client-credentials]\`, and app-claims here. If the token has no \`gty\`: ${API} > Settings > Access Token Settings > JSON Web Token (JWT) Profile: choose Auth0.`,
    },
    'token/signature-invalid': {
      cause: 'The API signs its tokens with HS256, a secret that no key set holds.',
      fix: `${API} > Settings: use RS256 as JSON Web Token (JWT) Signing Algorithm. If it can not be changed there, make a new API with RS256.`,
    },
    'token/issuer-differs': {
      cause: 'Tokens name the domain at which they were asked for: the custom domain or that of the tenant.',
      fix: 'Let `externalAuthServer.baseUrl` of the control plane name the domain that stands in the token, with its trailing slash.',
    },
  },
  setUp: [
    'Auth0 Dashboard > Applications > APIs > Create API, if the deployment has none yet: its *Identifier* is the audience of the deployment, *JSON Web Token (JWT) Profile* is Auth0, the signing algorithm is RS256.',
    'Applications > Applications > Create Application > Machine to Machine Applications. Name it after the repository or team, and choose that API.',
    'In the application: Credentials > Authentication Methods > *Client Secret (Basic)*. Flyte clients send nothing else.',
    'In the API: Permissions: add `all`, if the deployment asks for scopes. Machine to Machine Applications: authorize the application, and tick `all`.',
    'Set `thirdPartyConfig.flyteClient.audience` of the control plane to the identifier of the API, and list it in `externalAuthServer.allowedAudience`.',
    'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `gty: [client-credentials]`.',
    'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer ends in a slash: `https://<tenant>.<region>.auth0.com/`, or the custom domain. Both `.well-known/openid-configuration` and `.well-known/oauth-authorization-server` hold the metadata.',
    'The audience is required: without one Auth0 refuses the request, or issues an opaque token.',
    'A token of the profile Auth0 says `azp`, `gty: "client-credentials"` and `scope`. One of the profile RFC 9068 says `client_id`, `jti` and `scope`, and the control plane refuses it for want of `scp`.',
    'The subject of an app is `<client id>@clients`: that is what role bindings must name.',
    'A token lives for a day unless the API says otherwise; 30 days are the most.',
    'After a rotation Auth0 may take up to 30 seconds to accept the new secret, and may still accept the old one.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written. The new one may take up to thirty seconds.',
      'Auth0 Dashboard > Applications > Applications > the CI application (client id `{client-id}`) > Settings > Danger Zone > Rotate. Then copy Client Secret on the tab Credentials.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: make a second Machine to Machine application, build the key with it, and delete the first one when nothing uses it any more.',
    ],
  },
} as const satisfies IdentityProvider;

function traps({ grant, isAdvertised }: PlannedTrial): Finding[] {
  return grant.audience === '' && isAdvertised
    ? [
        finding(
          'idp/auth0/no-audience',
          'The deployment tells its clients no audience. The tenant may have a default.',
          {
            severity: 'warning',
          },
        ),
      ]
    : [];
}
