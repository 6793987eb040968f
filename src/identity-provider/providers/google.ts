import type { Finding } from '../../findings/finding.ts';
import { errors, type IdentityProvider } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';

const ISSUER_HOST = 'accounts.google.com';
const TOKEN_HOST = 'oauth2.googleapis.com';
const KEY_SET = 'https://www.googleapis.com/oauth2/v3/certs';
/** Where the console stands, and APIs: none of them is a deployment. */
const OWN_HOST = /^(?:accounts\.google\.com|console\.cloud\.google\.com|(?:.+\.)?googleapis\.com)$/;

const FINDINGS = errors({
  'idp/google/no-client-credentials': {
    title: 'Google has no client credentials grant',
    cause: 'The deployment uses Google as its authorization server. Google signs in people, and apps only by keys.',
    fix: "Keep Google for people (`userAuth.openId`), and let the control plane issue the tokens of apps: set `auth.appAuth.authServerType` to Self, and list the CI client in `selfAuthServer.staticClients`. Or name another provider in the control plane's `externalAuthServer.baseUrl`.",
    errorTexts: ['unsupported_grant_type: Invalid grant_type: client_credentials'],
    answer: {
      errors: ['unsupported_grant_type'],
      description: /^Invalid grant_type: client_credentials$/,
      source:
        'android/play-billing-samples#471, natelindev/tsdav#130; the way out: flyteorg/flyte auth/config/config.go',
    },
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const GOOGLE = {
  name: 'google',
  title: 'Google',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    issuer?.hostname === ISSUER_HOST || tokenEndpoint?.hostname === TOKEN_HOST || jwksUri?.href === KEY_SET,
  ownsHost: (host) => OWN_HOST.test(host),
  knownPairs: [[/^accounts\.google\.com$/, /^oauth2\.googleapis\.com$/]],
  metadataNames: ['openid-configuration'],
  appClaims: [],
  findings: FINDINGS,
  traps,
  advice: {
    'idp/grant-not-supported': {
      cause: 'Google has no client credentials grant.',
      fix: "Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self, `selfAuthServer.staticClients`), or name another provider in the control plane's `externalAuthServer.baseUrl`.",
    },
    'token/opaque': {
      cause: 'Access tokens of Google (ya29...) are opaque. Only its ID tokens are JWTs.',
      fix: 'Let the control plane issue the tokens of apps (`auth.appAuth.authServerType` Self), or send an ID token of a service account whose audience is that of the deployment, by an external command.',
    },
  },
  setUp: [
    'There is no app to make at Google: it gives no token for a client id and a secret. Google can stay the provider that people sign in with (`userAuth.openId` of the control plane).',
    'Set `auth.appAuth.authServerType` of the control plane to `Self`, so that it issues the tokens of apps itself.',
    'List a client for CI in `auth.appAuth.selfAuthServer.staticClients`, with the grant type `client_credentials`, the scope `all`, and the bcrypt hash of a secret that you made up.',
    'Put the id of that client and its secret (not the hash) into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `https://accounts.google.com`, the token endpoint stands on another host: `https://oauth2.googleapis.com/token`. The metadata lies at `.well-known/openid-configuration`.',
    'Access tokens of Google are opaque, so the control plane can not judge them.',
    'An ID token of a service account is a JWT, and may have any audience. It has neither `client_id` nor `scp`, and passes the rules of the control plane where its audience does. It goes with the authentication type `ExternalCommand` of the client, not with `FLYTE_API_KEY`.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The client for CI is one of the control plane itself: put the bcrypt hash of a new long random secret without a colon into `client_secret` of the entry `{client-id}` of `auth.appAuth.selfAuthServer.staticClients`, and restart the control plane. The old secret ends then: have the next steps ready.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [],
  },
} as const satisfies IdentityProvider;

function traps(): Finding[] {
  return [finding('idp/google/no-client-credentials', 'The authorization server of the deployment is Google.')];
}
