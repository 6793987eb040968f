import type { Finding } from '../../findings/finding.ts';
import { stringMember } from '../../transport/json.ts';
import { errors, type IdentityProvider, type PlannedTrial } from '../identity-provider.ts';
import { providerFinding } from '../provider-finding.ts';
import { KEYCLOAK_SECRETS } from '../secret-records/keycloak.ts';
import { sentScopes } from '../token-request.ts';

/** The host is the customer's own, so only paths tell. Before version 17 /auth stood in front of them. */
const REALM = /\/realms\/[^/]+\/?$/;
const TOKEN_ENDPOINT = /\/realms\/[^/]+\/protocol\/openid-connect\/token$/;
const KEY_SET = /\/realms\/[^/]+\/protocol\/openid-connect\/certs$/;

const SECRET_AUTHENTICATOR = 'keycloak/keycloak ClientIdAndSecretAuthenticator.java';
const CLIENT_CREDENTIALS = 'keycloak/keycloak ClientCredentialsGrantType.java';
const GRANTS = 'keycloak/keycloak OAuth2GrantTypeBase.java';
const CLIENT = 'Admin Console > the realm > Clients > the CI client';
const MAPPERS = `${CLIENT} > Client scopes > the scope whose name ends in -dedicated > Add mapper > By configuration`;

const FINDINGS = {
  ...errors({
    'idp/keycloak/wrong-secret': {
      title: 'Keycloak does not accept the client secret',
      cause: 'The secret is mistyped, was regenerated, or expired by a policy for secret rotation.',
      fix: `${CLIENT} > Credentials: copy the Client Secret (Regenerate makes a new one), and build the key again. Client Authenticator there must be Client Id and Secret.`,
      errorTexts: [
        'unauthorized_client: Invalid client or Invalid client credentials',
        'unauthorized_client: Invalid client secret',
      ],
      answer: {
        errors: ['unauthorized_client'],
        description: /^Invalid client (?:or Invalid client credentials|secret)$/,
        source: SECRET_AUTHENTICATOR,
      },
    },
    'idp/keycloak/unknown-client': {
      title: 'The realm does not know the client, or it is disabled',
      cause:
        'The client id is mistyped, the client lives in another realm, or it was disabled. Keycloak says the same where a proxy removed the Authorization header.',
      fix: `${CLIENT} > Settings: copy the Client ID, switch the client on (Enabled, at the top), and compare the realm with the one in the issuer. If all that is right, the tab Credentials must say Client Id and Secret as Client Authenticator; the log of the server names the reason.`,
      errorTexts: ['invalid_client: Invalid client or Invalid client credentials'],
      answer: {
        errors: ['invalid_client'],
        description: /^Invalid client or Invalid client credentials$/,
        source: `${SECRET_AUTHENTICATOR}, ClientAuthenticationFlow.java`,
      },
    },
    'idp/keycloak/wrong-authenticator': {
      title: 'The Keycloak client does not sign in with a secret',
      cause:
        'Its Client Authenticator is another one than Client Id and Secret: one of the kinds Signed JWT, or X509 Certificate.',
      fix: `${CLIENT} > Credentials: set Client Authenticator to Client Id and Secret, and copy the Client Secret.`,
      errorTexts: [
        'invalid_client: Parameter client_assertion_type is missing',
        'invalid_client: Missing client_id parameter',
      ],
      answer: {
        errors: ['invalid_client', 'unauthorized_client'],
        description: /^(?:Parameter client_assertion_type is missing|Missing client_id parameter)$/,
        source: 'keycloak/keycloak AbstractJWTClientValidator.java; answers of Keycloak 26.7.3',
      },
    },
    'idp/keycloak/service-account-off': {
      title: 'The Keycloak client has no service account',
      cause: 'The client credentials grant is off for it: it is by default.',
      fix: `${CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles.`,
      errorTexts: ['unauthorized_client: Client not enabled to retrieve service account'],
      answer: {
        errors: ['unauthorized_client'],
        description: /^Client not enabled to retrieve service account$/,
        source: CLIENT_CREDENTIALS,
      },
    },
    'idp/keycloak/public-client': {
      title: 'The Keycloak client is public, and so has no secret',
      cause: 'Client authentication is off for it, as for the client of the CLI.',
      fix: `Use a client of its own for CI. ${CLIENT} > Settings > Capability config: switch Client authentication on, and tick Service accounts roles. Then copy the secret from the tab Credentials.`,
      errorTexts: ['unauthorized_client: Public client not allowed to retrieve service account'],
      answer: {
        errors: ['unauthorized_client'],
        description: /^Public client not allowed to retrieve service account$/,
        source: CLIENT_CREDENTIALS,
      },
    },
    'idp/keycloak/bearer-only-client': {
      title: 'The Keycloak client may not ask for tokens',
      cause: 'It is a bearer-only client, which only stands for a service.',
      fix: 'Admin Console > the realm > Clients > Create client: make a client for CI with Client authentication and Service accounts roles.',
      errorTexts: [
        'unauthorized_client: Bearer-only client not allowed to retrieve service account',
        'invalid_client: Bearer-only not allowed',
      ],
      answer: {
        errors: ['unauthorized_client', 'invalid_client'],
        description: /^Bearer-only (?:client )?not allowed/,
        source: `${CLIENT_CREDENTIALS}, OAuth2GrantTypeBase.java`,
      },
    },
    'idp/keycloak/service-account-missing': {
      title: 'The user behind the service account is gone',
      cause: 'The user `service-account-<client>` was deleted, or an import of the realm left it out.',
      fix: `${CLIENT} > Settings > Capability config: clear Service accounts roles, save, tick it again and save. Then assign its roles anew.`,
      errorTexts: ['invalid_request: The associated service account for the client does not exist'],
      answer: {
        errors: ['invalid_request'],
        description: /associated service account for the client does not exist/,
        source: CLIENT_CREDENTIALS,
      },
    },
    'idp/keycloak/service-account-disabled': {
      title: 'The user behind the service account is disabled',
      cause: 'Somebody disabled the user `service-account-<client>`.',
      fix: `${CLIENT} > Service accounts roles: follow the link to the user, and switch it on (Enabled, at the top).`,
      errorTexts: ["invalid_request: User 'service-account-...' disabled"],
      answer: {
        errors: ['invalid_request'],
        description: /^User 'service-account-[^']*' disabled$/,
        source: CLIENT_CREDENTIALS,
      },
    },
    'idp/keycloak/no-scope': {
      title: 'The deployment asks Keycloak for no scope, which Keycloak refuses',
      cause:
        'The scopes that the deployment tells its clients to ask for are empty. The flyte client sends an empty `scope` then, and Keycloak takes that for a scope without a name.',
      fix: 'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to a client scope that the client has, as in [all].',
      errorTexts: ['invalid_scope: Invalid scopes:'],
      answer: { errors: ['invalid_scope'], description: /^Invalid scopes: *$/, source: 'answers of Keycloak 26.7.3' },
    },
    'idp/keycloak/unknown-scope': {
      title: 'The Keycloak client may not have one of the scopes',
      cause: 'The deployment tells its clients to ask for a client scope that does not exist or is not assigned.',
      fix: `Admin Console > the realm > Client scopes > Create client scope: all. Then ${CLIENT} > Client scopes > Add client scope: all, Optional. The scope offline does not exist (Keycloak says offline_access): take it out of \`thirdPartyConfig.flyteClient.scopes\` of the control plane.`,
      errorTexts: ['invalid_scope: Invalid scopes: all offline'],
      answer: { errors: ['invalid_scope'], description: /^Invalid scopes: /, source: GRANTS },
    },
    'idp/keycloak/realm-not-found': {
      title: 'There is no such realm at Keycloak',
      cause: 'The name of the realm is mistyped in the issuer; upper and lower case count.',
      fix: "Admin Console > the realm > Realm settings > Endpoints > OpenID Endpoint Configuration: copy its `issuer` into the control plane's `externalAuthServer.baseUrl`.",
      errorTexts: ['{"error":"Realm does not exist"}'],
      answer: {
        errors: ['Realm does not exist'],
        source: 'keycloak/keycloak KeycloakErrorHandler.java',
      },
    },
    'idp/keycloak/realm-disabled': {
      title: 'The realm is disabled',
      cause: 'Somebody disabled it, for maintenance or because it is no longer used.',
      fix: 'Admin Console > the realm > Realm settings: switch it on (Enabled, at the top).',
      errorTexts: ['access_denied: Realm not enabled'],
      answer: {
        errors: ['access_denied'],
        description: /^Realm not enabled$/,
        source: 'keycloak/keycloak TokenEndpoint.java',
      },
    },
    'idp/keycloak/https-required': {
      title: 'Keycloak takes the request for one without TLS',
      cause: 'The proxy in front of it ends TLS, and does not tell Keycloak so, or Keycloak does not believe it.',
      fix: 'Start Keycloak with `--proxy-headers xforwarded` (or `forwarded`), and let the proxy set X-Forwarded-Proto.',
      errorTexts: ['invalid_request: HTTPS required'],
      answer: {
        errors: ['invalid_request'],
        description: /^HTTPS required$/,
        source: 'keycloak/keycloak TokenEndpoint.java',
      },
    },
    'idp/keycloak/dpop-required': {
      title: 'The Keycloak client demands DPoP, which no Flyte client can send',
      cause: 'Require DPoP bound tokens is on for it.',
      fix: `${CLIENT} > Settings > Capability config: switch Require DPoP bound tokens off. In older versions it stands in the tab Advanced.`,
      errorTexts: ['DPoP proof is missing'],
      answer: {
        errors: ['invalid_dpop_proof', 'invalid_request'],
        description: /^DPoP proof is missing$/,
        source: 'keycloak/keycloak DPoPUtil.java, TokenEndpoint.java',
      },
    },
    'idp/keycloak/certificate-required': {
      title: 'The Keycloak client demands a client certificate, which no Flyte client can send',
      cause: 'Its access tokens are bound to a certificate (mutual TLS).',
      fix: `${CLIENT} > Advanced: switch OAuth 2.0 Mutual TLS Certificate Bound Access Tokens Enabled off.`,
      errorTexts: ['invalid_request: Client Certification missing for MTLS HoK Token Binding'],
      answer: {
        errors: ['invalid_request'],
        description: /^Client Certification missing for MTLS HoK Token Binding$/,
        source: GRANTS,
      },
    },
  }),
  'idp/keycloak/scope-offline': {
    title: 'The deployment asks for a scope that Keycloak does not have',
    cause: 'The default scopes of the control plane are all and offline. The scope of Keycloak is offline_access.',
    fix: 'Take offline out of `thirdPartyConfig.flyteClient.scopes` of the control plane: an app needs no refresh token.',
    severity: 'warning',
  },
} as const;

const finding = providerFinding<keyof typeof FINDINGS>;

export const KEYCLOAK = {
  name: 'keycloak',
  title: 'Keycloak',
  recognises: ({ issuer, tokenEndpoint, jwksUri }) =>
    TOKEN_ENDPOINT.test(tokenEndpoint?.pathname ?? '') ||
    REALM.test(issuer?.pathname ?? '') ||
    KEY_SET.test(jwksUri?.pathname ?? ''),
  // A gateway may move the token endpoint away. The key set stays where it is.
  recognisesMetadata: (metadata) =>
    ['token_endpoint', 'jwks_uri'].some((name) =>
      /^https?:\/\/[^?#]+\/protocol\/openid-connect\/(?:token|certs)$/.test(stringMember(metadata, name) ?? ''),
    ),
  metadataNames: ['oauth-authorization-server', 'openid-configuration'],
  defaultScopes: ['all'],
  appClaims: [['identitytype', 'app']],
  findings: FINDINGS,
  traps,
  advice: {
    'token/audience-missing': {
      cause:
        'Keycloak only puts audiences into a token that a mapper adds, and knows no parameter for them. A lightweight access token has few claims, whatever the mappers say.',
      fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. If the mapper is there, ${CLIENT} > Advanced: switch Always use lightweight access token off.`,
    },
    'token/audience-mismatch': {
      cause:
        'Keycloak only puts audiences into a token that a mapper adds. The audience account is the default of a realm.',
      fix: `${MAPPERS} > Audience: put the deployment's audience into Included Custom Audience, and switch Add to access token on. Other audiences beside it do no harm.`,
    },
    'token/scope-all-missing': {
      cause:
        'Keycloak writes scopes into the claim `scope`, as one text. The control plane reads `scp` alone, and the token has a `client_id`.',
      fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`scp\`, Claim value \`["all"]\`, Claim JSON Type JSON, Add to access token on.`,
    },
    'token/claim-of-wrong-type': {
      cause: 'A mapper has the wrong Claim JSON Type: with String, a list is written as one text.',
      fix: `${CLIENT} > Client scopes > the dedicated scope > Mappers > the mapper of this claim: set Claim JSON Type to JSON for a list, to String for a text.`,
    },
    'token/identity-type-not-app': {
      cause: 'Keycloak marks the token of an app with no claim of its own.',
      fix: `${MAPPERS} > Hardcoded claim: Token Claim Name \`identitytype\`, Claim value \`app\`, Claim JSON Type String, Add to access token on.`,
    },
    'token/issuer-differs': {
      cause:
        'Keycloak writes its public address into tokens, as the option hostname or the headers of the proxy have it, whatever address it was called at.',
      fix: 'Set the option `hostname` of Keycloak to its public address, and name that realm in `externalAuthServer.baseUrl` of the control plane.',
    },
  },
  setUp: [
    'Admin Console > the realm of the deployment > Clients > Create client, of the type OpenID Connect. Name it after the repository or team.',
    'On the page Capability config: switch *Client authentication* on, tick *Service accounts roles*, and clear every other flow.',
    'Client scopes > Create client scope: `all`, if the realm has none yet. In the client: Client scopes > Add client scope: `all`, Optional.',
    'In the client: Client scopes > the dedicated scope > Add mapper > By configuration > Audience. Put the audience of the deployment into *Included Custom Audience*, and switch *Add to access token* on. List the same in `externalAuthServer.allowedAudience` of the control plane.',
    'In the same place: Hardcoded claim, Token Claim Name `scp`, Claim value `["all"]`, Claim JSON Type *JSON*. The control plane reads no other claim for scopes.',
    'In the same place: Hardcoded claim, Token Claim Name `identitytype`, Claim value `app`, Claim JSON Type *String*.',
    'Set `thirdPartyConfig.flyteClient.scopes` of the control plane to `all`: Keycloak refuses a scope that the client has not.',
    'Copy the Client ID, and the Client Secret of the tab Credentials, into `client-id` and `client-secret` of this action.',
  ],
  notes: [
    'The issuer is `https://<host>/realms/<realm>`, without a trailing slash; before version 17 `/auth` stood in front of `/realms`, and the option `http-relative-path` can bring it back.',
    'Both `.well-known/oauth-authorization-server` and `.well-known/openid-configuration` below the issuer hold the metadata.',
    'A wrong secret and an unknown client get the same words, with another code: `unauthorized_client` for the secret, `invalid_client` for the client.',
    'A token lives for five minutes unless the realm says otherwise, and says `client_id`, `azp` and `scope`. Its `sub` is the id of the user `service-account-<client>`, not the client id: that is what role bindings must name.',
    'A policy of the realm (Realm settings > Client policies) may refuse the request in words of its own. The events of the realm tell which one.',
    'A generated secret has 32 letters and digits. One that an administrator chose may hold signs that no API key can carry.',
  ],
  rotation: {
    overlap: 'with-setting',
    newSecret: [
      'Where the realm has a client policy with the executor `secret-rotation`, the old secret stays valid as *rotated secret* for the time that the policy sets. Without one the old secret ends at once: have the next steps ready, since deploys fail until the new key is written.',
      'Admin Console > the realm > Clients > `{client-id}` > Credentials > Regenerate, next to Client Secret. Copy it.',
    ],
    oldSecret: [
      'With the policy: Credentials shows the rotated secret; invalidate it, or let its time run out. Without the policy nothing is left to remove.',
    ],
    notes: ['Any later change of the client without that policy removes the rotated secret too.'],
  },
  secretRecords: KEYCLOAK_SECRETS,
} as const satisfies IdentityProvider;

/** Other releases may be more lenient: the exchange has the last word. */
const DOUBT = { severity: 'warning' } as const;

function traps({ grant, isAdvertised }: PlannedTrial): Finding[] {
  const scopes = sentScopes(grant);
  if (scopes.length === 0) {
    return isAdvertised ? [finding('idp/keycloak/no-scope', 'The deployment names no scope.', DOUBT)] : [];
  }
  return scopes.includes('offline')
    ? [finding('idp/keycloak/scope-offline', `The deployment asks for the scopes "${scopes.join(' ')}".`, DOUBT)]
    : [];
}
