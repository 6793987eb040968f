import { findingsOf } from '../findings/finding.ts';

export const IDP_FINDINGS = {
  'idp/token-granted': {
    title: 'The identity provider gave a token',
    cause: 'It accepts the client id and the secret.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'idp/wrong-secret': {
    title: 'The identity provider refuses the client id or the client secret',
    cause: 'The secret is wrong, expired or deactivated, or it belongs to another app than the client id.',
    fix: 'At the provider, open the app that has this client id, create a new client secret, and copy its value (not its id). Put it into the secret of this job.',
    severity: 'error',
    errorTexts: ['Status Code (401) received from IDP: {"error":"invalid_client"'],
  },
  'idp/basic-not-accepted': {
    title: 'The app accepts its secret only in the body of the request',
    cause:
      'Its token endpoint authentication method is client_secret_post. The flyte client sends client_secret_basic and nothing else.',
    fix: "Set the app's token endpoint authentication method to client_secret_basic (Basic, in the header).",
    severity: 'error',
  },
  'idp/invalid-grant': {
    title: 'The identity provider refuses the grant',
    cause: 'Some providers answer so to a wrong secret, others where a policy denies the app.',
    fix: 'Check the client secret first, then the policies that the provider applies to this app.',
    severity: 'error',
  },
  'idp/client-not-allowed': {
    title: 'The app may not use the client credentials grant',
    cause: 'The grant is not enabled for this app, or the provider answers so to a wrong secret.',
    fix: 'Enable the client credentials grant (service account, machine to machine) for the app, then check its secret.',
    severity: 'error',
    errorTexts: ['received from IDP: {"error":"unauthorized_client"'],
  },
  'idp/grant-not-supported': {
    title: 'The identity provider has no client credentials grant here',
    cause: 'The token endpoint belongs to a provider or an authorization server that does not offer it.',
    fix: 'Use an authorization server that supports the client credentials grant.',
    severity: 'error',
  },
  'idp/invalid-scope': {
    title: 'The identity provider refuses the scope',
    cause:
      'The deployment tells its clients to ask for scopes that this app may not have, or that are meant for people (openid, offline_access).',
    fix: 'Define the scope at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.scopes` of the control plane.',
    severity: 'error',
    errorTexts: ['Status Code (400) received from IDP: {"error":"invalid_scope"'],
  },
  'idp/invalid-audience': {
    title: 'The identity provider refuses the audience',
    cause:
      'The audience that the deployment tells its clients to ask for is unknown to the provider, or not granted to the app.',
    fix: 'Define it at the provider and grant it to the app, or correct `thirdPartyConfig.flyteClient.audience` of the control plane.',
    severity: 'error',
  },
  'idp/access-denied': {
    title: 'A policy of the identity provider denies the app',
    cause: 'The app is not assigned to the API, or no rule allows the client credentials grant for it.',
    fix: 'Assign the app to the API or authorization server of the deployment, with a rule for client credentials.',
    severity: 'error',
    errorTexts: ['received from IDP: {"error":"access_denied"', 'The request was denied on the other device.'],
  },
  'idp/invalid-request': {
    title: 'The identity provider does not accept the request',
    cause:
      'The grant is not enabled for the app, a parameter is missing or unknown to it, or a proxy changed the request.',
    fix: 'See the description in the answer. Check that the app may use the client credentials grant.',
    severity: 'error',
  },
  'idp/proof-of-possession': {
    title: 'The app demands a proof of possession',
    cause: 'DPoP is required for it. No Flyte client can send one.',
    fix: 'Turn off the DPoP requirement of the app at the provider.',
    severity: 'error',
  },
  'idp/rate-limited': {
    title: 'The identity provider asks to slow down',
    cause: 'Too many requests came from this app or this address.',
    fix: 'Run the job again later, and lower the number of jobs that sign in at the same time.',
    severity: 'error',
    waitingHelps: true,
  },
  'idp/server-error': {
    title: 'The identity provider has an internal fault',
    cause: 'It is overloaded, in maintenance, or misconfigured.',
    fix: 'Run the job again later, and look at the status page or the log of the provider.',
    severity: 'error',
    waitingHelps: true,
  },
  'idp/refused': {
    title: 'The identity provider refused the request',
    cause: 'It gave an error that has no finding of its own.',
    fix: 'See the error in the answer and the log of the provider.',
    severity: 'error',
  },
  'idp/redirect': {
    title: 'The token endpoint redirects',
    cause:
      'The address has the wrong scheme, host or trailing slash. No secret is sent after a redirect, and the flyte client does not follow it either.',
    fix: "Use the token endpoint exactly as the provider's metadata has it.",
    severity: 'error',
  },
  'idp/html': {
    title: 'The token endpoint answers with a web page',
    cause:
      'A firewall, a login page or another site answers in place of the provider. The flyte client would only say that it expected JSON.',
    fix: 'Check the address of the token endpoint, and let the firewall pass the runner.',
    severity: 'error',
    errorTexts: [
      'Expecting value: line 1 column 1 (char 0)',
      'received from IDP: <!DOCTYPE html',
      'received from IDP: <html',
    ],
  },
  'idp/not-json': {
    title: 'The token endpoint does not answer with JSON',
    cause: 'Something else answers at that address.',
    fix: "Use the token endpoint exactly as the provider's metadata has it.",
    severity: 'error',
  },
  'idp/not-a-token-endpoint': {
    title: 'There is no token endpoint at this address',
    cause:
      'Another address of the provider was taken for it, or the realm, tenant or authorization server does not exist.',
    fix: "Use the token endpoint exactly as the provider's metadata has it.",
    severity: 'error',
  },
  'idp/error-in-success': {
    title: 'The token endpoint reports an error with a status of success',
    cause: 'A proxy or gateway in front of the provider hides its status.',
    fix: 'See the error in the answer; let the gateway pass on the status.',
    severity: 'error',
  },
  'idp/no-access-token': {
    title: 'The answer of the token endpoint holds no token',
    cause: 'Another address of the provider was taken for it, or a gateway changes the answer.',
    fix: "Use the token endpoint exactly as the provider's metadata has it.",
    severity: 'error',
    errorTexts: ["KeyError: 'access_token'", "Error: 'access_token'"],
  },
  'idp/no-expires-in': {
    title: 'The answer of the token endpoint does not say when the token expires',
    cause: "The standard only recommends `expires_in`. The flyte client stops with KeyError: 'expires_in'.",
    fix: 'Let the provider send `expires_in`.',
    severity: 'error',
    errorTexts: ["KeyError: 'expires_in'", "Error: 'expires_in'"],
  },
  'idp/expires-in-not-usable': {
    title: 'The answer of the token endpoint has an expiry that can not be used',
    cause: 'Its `expires_in` is not a positive number of seconds.',
    fix: 'Let the provider send `expires_in` as a whole number of seconds.',
    severity: 'error',
  },
  'idp/token-type-not-bearer': {
    title: 'The token is not a bearer token',
    cause: 'The provider binds it to a key (DPoP, mutual TLS). Flyte clients can only send bearer tokens.',
    fix: 'Turn off proof of possession for the app at the provider.',
    severity: 'error',
  },
  'idp/token-not-sendable': {
    title: 'The token can not be sent in a header',
    cause: 'It holds white space or other characters that no header can carry.',
    fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
    severity: 'error',
  },
  'idp/secret-destination-refused': {
    title: 'The secret is not sent to this token endpoint',
    cause:
      'The token endpoint that the deployment names stands on another host than the issuer and the deployment. A wrong or hostile document could name any.',
    fix: 'If the address is right, give it as token-url.',
    severity: 'error',
  },
  'idp/domain-is-the-providers': {
    title: 'The domain is that of the identity provider, not of the deployment',
    cause: 'The address of the sign-in page or of the console was taken for that of Union or Flyte.',
    fix: 'Use the host name that stands in the endpoint of a working config of flyte, as in union.example.com.',
    severity: 'error',
  },
  'idp/scopes-for-people': {
    title: 'The deployment tells its clients to ask for scopes that are meant for people',
    cause:
      'openid, profile, email, offline and offline_access belong to a sign-in in the browser. The flyte client asks for them with client credentials too, and many providers refuse that.',
    fix: 'Leave them out of `thirdPartyConfig.flyteClient.scopes` of the control plane.',
    severity: 'warning',
  },
  'idp/metadata-differs': {
    title: "The provider's own metadata says something else than the deployment",
    cause:
      'The deployment rewrites addresses, or its settings name another issuer than the one that the provider calls itself. A strict client compares them.',
    fix: "Let `externalAuthServer.baseUrl` of the control plane be the issuer exactly as the provider's metadata has it.",
    severity: 'note',
  },
  'idp/scope-narrowed': {
    title: 'The identity provider gave less than was asked for',
    cause: 'It left out scopes that the app may not have.',
    fix: 'Grant the app the scopes that are named above.',
    severity: 'warning',
  },
  'idp/lifetime-long': {
    title: 'The token lives longer than a year',
    cause: 'The provider sets no sensible lifetime for access tokens of this app.',
    fix: 'Set a lifetime of hours at the provider: the client fetches a new token whenever it needs one.',
    severity: 'warning',
  },
  'idp/token-revoked': {
    title: 'The trial token was revoked',
    cause: 'Nothing usable outlives this step.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'idp/token-not-revoked': {
    title: 'The trial token stays valid until it expires',
    cause: 'The identity provider did not revoke it: many do not revoke tokens of this kind.',
    fix: 'Nothing to do. Its lifetime is what the provider sets for access tokens.',
    severity: 'note',
  },
  'idp/clock-differs': {
    title: 'The clock of the runner differs from that of the identity provider',
    cause: 'One of them is wrong. The control plane allows no leeway when it judges the times in a token.',
    fix: 'Synchronise the clock of the host that is wrong.',
    severity: 'warning',
  },
} as const;

export type IdpFindingCode = keyof typeof IDP_FINDINGS;

export const idpFinding = findingsOf(IDP_FINDINGS);
