import type { IdentityProvider } from '../identity-provider.ts';

const TOKEN_PATH = /\/as\/token\.oauth2$/;
const CLIENT = 'PingFederate admin console > Applications > OAuth > Clients > the CI client';
const MANAGER = 'PingFederate admin console > Applications > OAuth > Access Token Management';
const MAPPING = 'PingFederate admin console > Applications > OAuth > Access Token Mapping';

export const PINGFEDERATE = {
  name: 'pingfederate',
  title: 'PingFederate',
  recognises: ({ tokenEndpoint }) => tokenEndpoint !== undefined && TOKEN_PATH.test(tokenEndpoint.pathname),
  recognisesMetadata: ({ token_endpoint: endpoint }) =>
    typeof endpoint === 'string' && endpoint.startsWith('https://') && TOKEN_PATH.test(endpoint),
  metadataNames: ['openid-configuration'],
  appClaims: [['identitytype', 'app']],
  findings: {},
  advice: {
    'idp/wrong-secret': {
      fix: `${CLIENT}: Client Authentication must be Client Secret, and the client enabled. Enter a new secret there, and copy it.`,
    },
    'idp/client-not-allowed': {
      fix: `${CLIENT} > Allowed Grant Types: tick Client Credentials.`,
    },
    'idp/invalid-scope': {
      fix: 'PingFederate admin console > System > OAuth Settings > Scope Management: add the scope all. If the CI client restricts its scopes, allow it there too.',
    },
    'token/opaque': {
      cause: 'The access token manager of the client issues reference tokens.',
      fix: `${MANAGER}: create an instance of the type JSON Web Tokens, and choose it as Default Access Token Manager of the CI client.`,
    },
    'token/subject-missing': {
      cause: 'PingFederate writes no subject into tokens of the client credentials grant by itself.',
      fix: `${MAPPING} > the context Client Credentials: map an attribute sub to the client id, or set \`auth.appAuth.subjectClaimNames\` of the control plane to \`client_id\`.`,
    },
    'token/audience-missing': {
      fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address.`,
    },
    'token/audience-mismatch': {
      fix: `${MANAGER} > the JSON Web Tokens instance > Instance Configuration: set the audience claim value to the deployment's address, or add the token's audience to \`externalAuthServer.allowedAudience\` of the control plane.`,
    },
    'token/scope-all-missing': {
      fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute scp, and give it the value all under ${MAPPING} > Client Credentials. It must arrive as a list, \`["all"]\`.`,
    },
    'token/identity-type-not-app': {
      fix: `${MANAGER} > the JSON Web Tokens instance > Access Token Attribute Contract: add the attribute identitytype, and give it the text app under ${MAPPING} > Client Credentials.`,
    },
  },
  setUp: [
    'Applications > OAuth > Access Token Management: an instance of the type *JSON Web Tokens*, signed with a certificate, and with the address of the deployment as audience.',
    'In its access token attribute contract, add `sub`, `scp` and `identitytype`.',
    'Applications > OAuth > Access Token Mapping > the context *Client Credentials* and that instance: `sub` from the client id, `scp` as `all`, `identitytype` as the text `app`.',
    'Applications > OAuth > Clients > Add Client: Client Authentication *Client Secret*, Allowed Grant Types *Client Credentials*, and that instance as Default Access Token Manager.',
    'Let the client have the scope that the deployment asks for.',
    'Copy the client id and the secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is the base URL of the server, and the token endpoint `https://<server>/as/token.oauth2`. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'Its tokens may be reference tokens, which the control plane can not judge: it needs an access token manager that issues JSON Web Tokens.',
    'A token of the client credentials grant has no subject unless one is mapped. `subjectClaimNames` of the control plane can name `client_id` instead.',
    'Its errors carry texts that administrators can change, so this check names them by their error code alone.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'PingFederate admin console > Applications > OAuth > Clients > `{client-id}`: change the client secret to a new long random text without a colon, and save. Count on the old one to end at once: have the next steps ready.',
    ],
    oldSecret: [
      'Nothing is left to remove, unless your server is set to retain former secrets: then end that in the client.',
    ],
    notes: [],
  },
} as const satisfies IdentityProvider;
