import type { Finding } from '../../findings/finding.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';
import { sentScopes } from '../token-request.ts';

/** The second form is that of pools with an updated issuer: AWS, IssuerConfigurationType. */
const ISSUER_HOST = /^(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;
const DOMAIN_HOST = /^[a-z0-9-]+\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/;
const TOKEN_ENDPOINT = 'docs.aws.amazon.com, Amazon Cognito, Token endpoint';
const CLIENT = 'Amazon Cognito console > the user pool > Applications > App clients > the CI app client';
const LOGIN_PAGES = `${CLIENT} > Login pages > Managed login pages configuration > Edit`;
const RESOURCE_SERVERS = 'Amazon Cognito console > the user pool > Branding > Domain > Resource servers';
const CUSTOMISE =
  'Amazon Cognito console > the user pool > Extensions > Add Lambda trigger > Pre token generation trigger, with the event version for user and machine identities (`V3_0`)';

const FINDINGS = errors({
  'idp/cognito/wrong-secret': {
    title: 'Cognito does not accept the client id or the client secret',
    cause:
      'The app client does not exist in this user pool, has no secret, or has another one. Cognito says the same of all.',
    fix: `${CLIENT}: copy Client ID and Client secret. An app client that was made without a secret can not get one: create another.`,
    errorTexts: ['{"error":"invalid_client"}'],
    answer: { errors: ['invalid_client'], description: 'absent', source: TOKEN_ENDPOINT },
  },
  'idp/cognito/grant-not-enabled': {
    title: 'The Cognito app client may not use the client credentials grant',
    cause: 'The grant is not among those of the app client.',
    fix: `${LOGIN_PAGES} > OAuth grant types: choose Client credentials. Or create an app client of the type Machine-to-machine application.`,
    errorTexts: ['{"error":"unauthorized_client"}'],
    answer: { errors: ['unauthorized_client'], description: 'absent', source: TOKEN_ENDPOINT },
  },
  'idp/cognito/scope-not-allowed': {
    title: 'The Cognito app client may not have the scope',
    cause:
      'A scope of Cognito is written as `<resource server>/<name>`, so a plain all can not exist; or the scope is not allowed for the app client. OpenID scopes are for people.',
    fix: `${RESOURCE_SERVERS}: create a resource server with a scope. ${LOGIN_PAGES} > Custom scopes: allow it. Then set \`thirdPartyConfig.flyteClient.scopes\` of the control plane to it.`,
    errorTexts: ['{"error":"invalid_scope"}'],
    answer: {
      errors: ['invalid_scope'],
      description: 'absent',
      source: 'AWS re:Post, invalid_scope with client credentials',
    },
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const COGNITO = {
  name: 'cognito',
  title: 'Amazon Cognito',
  recognises: ({ issuer, tokenEndpoint }) =>
    (issuer !== undefined && ISSUER_HOST.test(issuer.hostname)) ||
    (tokenEndpoint !== undefined && DOMAIN_HOST.test(tokenEndpoint.hostname)),
  recognisesMetadata: ({ issuer }) =>
    typeof issuer === 'string' && /^https:\/\/(issuer-)?cognito-idp\.[a-z0-9-]+\.amazonaws\.com\//.test(issuer),
  ownsHost: (host) => ISSUER_HOST.test(host) || DOMAIN_HOST.test(host),
  knownPairs: [[ISSUER_HOST, DOMAIN_HOST]],
  metadataNames: ['openid-configuration'],
  appClaims: [],
  findings: FINDINGS,
  traps,
  advice: {
    'token/audience-missing': {
      cause:
        'Access tokens of Cognito have no audience, and no setting of the app client adds one. The control plane refuses them.',
      fix: 'Use another identity provider for the deployment, or the authorization server of Flyte itself (`auth.appAuth.authServerType: Self`).',
    },
    'token/scope-all-missing': {
      cause:
        'Cognito writes the scopes as a text into `scope` and adds `client_id`. The control plane reads `scp` alone.',
      fix: `${CUSTOMISE}: let the function add the claim \`scp\` with the value \`["all"]\` to access tokens.`,
    },
    'token/identity-type-not-app': {
      cause: 'Access tokens of Cognito have no claim that marks an app.',
      fix: 'Set `auth.appAuth.identityTypeClaimsForApps` of the control plane to `client_id` with the id of the CI app client, and give app-claims here.',
    },
    'idp/secret-destination-refused': {
      cause: 'The user pool uses a domain of your own, which is not below amazoncognito.com.',
      fix: 'Compare it with Amazon Cognito console > the user pool > Branding > Domain, and give its token endpoint, `https://<domain>/oauth2/token`, as token-url.',
    },
  },
  setUp: [
    'The user pool > Branding > Domain: give the pool a domain, and create a resource server with a scope, as in `flyte/all`.',
    'Applications > App clients > Create app client > *Machine-to-machine application*. Name it after the repository or team.',
    'On its tab Login pages, edit the configuration: the grant *Client credentials*, and that scope under custom scopes.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `flyte/all`.',
    'Extensions > Add Lambda trigger > Pre token generation trigger, event version `V3_0` (feature plan Essentials or Plus): add `scp` with the value `["all"]` to access tokens. The control plane also demands an audience, which the access tokens of Cognito do not have.',
    'Put Client ID and Client secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `https://cognito-idp.<region>.amazonaws.com/<pool id>`, while the token endpoint is on the domain of the pool: `https://<prefix>.auth.<region>.amazoncognito.com/oauth2/token`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'With a domain of your own, give `token-url`: nobody can tell from its name that it belongs to the pool.',
    'An access token carries `client_id`, `scope` as one text, `token_use: access` and the client id as `sub`. It has no `aud`, so it does not pass the control plane as it is.',
    'Tokens live one hour by default, and from five minutes to one day by setting.',
    'Answers that refuse hold an error code and no description.',
  ],
  rotation: {
    overlap: 'always',
    newSecret: [
      '`aws cognito-idp add-user-pool-client-secret --user-pool-id <user pool id> --client-id {client-id}` makes a second secret beside the first, and prints it once.',
    ],
    oldSecret: [
      '`aws cognito-idp list-user-pool-client-secrets` names both; `aws cognito-idp delete-user-pool-client-secret` removes the old one by its id.',
    ],
    notes: ['An app client holds two secrets at most.'],
  },
} as const satisfies IdentityProvider;

function traps({ grant }: PlannedTrial): Finding[] {
  const plain = sentScopes(grant).filter((scope) => !scope.includes('/'));
  return plain.length > 0
    ? [
        finding(
          'idp/cognito/scope-not-allowed',
          `The deployment asks for ${plain.join(', ')}, without a resource server.`,
        ),
      ]
    : [];
}
