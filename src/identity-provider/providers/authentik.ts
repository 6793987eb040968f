import type { Finding } from '../../findings/finding.ts';
import { quotePlus } from '../../secrecy/encodings.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';

const TOKEN_PATH = /\/application\/o\/token\/$/;
/** An issuer or a key set of one provider; the name before its end is that of the application. */
const PROVIDER_PATH = /\/application\/o\/[^/]+\/(jwks\/)?$/;
const ERRORS = 'goauthentik/authentik authentik/common/oauth/errors.py, TokenError';
const VIEW = 'goauthentik/authentik authentik/providers/oauth2/views/token.py';
const EDIT = 'Admin interface > Applications > Providers > the provider of the CI app > Edit';

const FINDINGS = errors({
  'idp/authentik/unknown-client': {
    title: 'authentik has no provider with this client id',
    cause: 'The client id is mistyped, the provider was deleted, or it lives on another authentik server.',
    fix: `${EDIT}: copy the Client ID, and check that the host name of the issuer is that of this authentik server.`,
    errorTexts: [
      'invalid_client: Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
    ],
    answer: {
      errors: ['invalid_client'],
      // Others end the same sentence with a full stop, and go on.
      description: /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)$/,
      source: `${ERRORS}; ${VIEW}, TokenView.post`,
    },
  },
  'idp/authentik/secret-or-policy': {
    title: 'authentik refuses the client secret, or a policy of the application denies it',
    cause:
      'The client secret is wrong. authentik says the same where no application uses the provider, and where a policy of the application does not let its service account in.',
    fix: `${EDIT}: copy the Client Secret. If it is right, see Events > Logs, and the Policy / Group / User Bindings of the application: they must let in the user ak-<name of the provider>-client_credentials.`,
    errorTexts: [
      'invalid_grant: The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
    ],
    answer: {
      errors: ['invalid_grant'],
      description: /^The provided authorization grant or refresh token is invalid, expired, revoked/,
      source: `${ERRORS}; ${VIEW}, TokenParams`,
    },
  },
  'idp/authentik/grant-not-supported': {
    title: 'authentik did not get the client credentials grant',
    cause: 'A proxy in front of authentik changed or dropped the body of the request.',
    fix: 'Let the proxy pass the body of requests to /application/o/token/ unchanged.',
    errorTexts: ['unsupported_grant_type: The authorization grant type is not supported by the authorization server'],
    answer: {
      errors: ['unsupported_grant_type'],
      description: /^The authorization grant type is not supported by the authorization server$/,
      source: `${ERRORS}; ${VIEW}, TokenParams`,
    },
  },
  'idp/authentik/secret-encoded': {
    title: 'authentik will not recognise a client secret with such characters',
    cause:
      'Flyte clients encode the secret in the Basic header, and authentik does not decode it. A secret that is the Base64 text of a user and an app password ends in `=` and is hit by this.',
    fix: `${EDIT} > Client Secret: use the secret that authentik generates, or one of letters, digits, \`-\`, \`_\`, \`.\` and \`~\`.`,
  },
});

const finding = providerFinding<keyof typeof FINDINGS>;

export const AUTHENTIK = {
  name: 'authentik',
  title: 'authentik',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    (tokenEndpoint !== undefined && TOKEN_PATH.test(tokenEndpoint.pathname)) ||
    [issuer, jwksUri].some((url) => url !== undefined && PROVIDER_PATH.test(url.pathname)),
  recognisesMetadata: ({ token_endpoint: endpoint }) =>
    typeof endpoint === 'string' && endpoint.startsWith('https://') && TOKEN_PATH.test(endpoint),
  metadataNames: ['openid-configuration'],
  appClaims: [['identitytype', 'app']],
  findings: FINDINGS,
  traps,
  adviceFits: { 'token/signature-invalid': ({ algorithm }) => algorithm.startsWith('HS') },
  advice: {
    'token/audience-mismatch': {
      cause: 'The audience of a token of authentik is the client id of the provider that issued it, and nothing else.',
      fix: 'Add the client id of the CI app to `externalAuthServer.allowedAudience` of the control plane, and give it as allowed-audience here.',
    },
    'token/signature-invalid': {
      cause:
        'No signing key is selected for the provider, so that its tokens are signed with the client secret (HS256); or the provider of the CI app signs with another key than the one whose key set the control plane reads.',
      fix: `${EDIT}: select a Signing Key, the same one for the provider of the CI app and for the one that \`externalAuthServer.baseUrl\` names.`,
    },
    'token/identity-type-not-app': {
      fix: 'Admin interface > Customization > Property Mappings > Create > Scope Mapping: the scope name all, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider of the CI app, whose setting Include claims in id_token must be on.',
    },
    'token/issuer-differs': {
      fix: 'Each provider of authentik has an issuer of its own, unless its Issuer mode is the same for all. The control plane does not compare issuers, so this does no harm.',
    },
  },
  setUp: [
    'Admin interface > Applications > Applications > Create with Provider. Name the application after the repository or team, and choose *OAuth2/OpenID* as the type of the provider.',
    'Leave Client type at *Confidential*, and keep the client secret that authentik generates.',
    'Select the Signing Key that the provider of the deployment uses as well.',
    'Customization > Property Mappings > Create > Scope Mapping: the scope name `all`, the expression `return {"identitytype": "app"}`. Select it under Scopes of the provider.',
    'Add the client id of the provider to `externalAuthServer.allowedAudience` of the control plane.',
    'Copy Client ID and Client Secret into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `https://<authentik>/application/o/<name of the application>/`, with the slash at its end. Set `externalAuthServer.metadataUrl` to `.well-known/openid-configuration`.',
    'The token endpoint is the same for all providers: `https://<authentik>/application/o/token/`.',
    'A token has the client id as `aud` and `azp`, and neither `scp` nor `client_id`, so the control plane grants it `all`. Its `sub` is that of a service account which authentik makes at the first sign-in; Subject mode of the provider chooses how it is written.',
    'Scopes that the provider does not have are left out without an error.',
    'The secret is compared as it stands in the Basic header: keep to letters and digits.',
  ],
  rotation: {
    overlap: 'never',
    newSecret: [
      'The old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
      'Admin interface > Applications > Providers > the provider with the client id `{client-id}` > Edit: put a new long random text without a colon into *Client Secret*, and update.',
    ],
    oldSecret: ['Nothing is left to remove.'],
    notes: [
      'Without any gap: make a second application with a provider of its own, build the key with it, and delete the first one when nothing uses it any more.',
    ],
  },
} as const satisfies IdentityProvider;

function traps({ clientSecret }: PlannedTrial): Finding[] {
  return quotePlus(clientSecret) === clientSecret
    ? []
    : [
        finding(
          'idp/authentik/secret-encoded',
          'The client secret holds a character that Flyte clients encode and authentik does not decode.',
          { severity: 'warning' },
        ),
      ];
}
