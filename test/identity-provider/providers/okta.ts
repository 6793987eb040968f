import { oauthError, type ProviderCases } from '../provider-cases.ts';

export const cases: ProviderCases = {
  provider: 'okta',
  recognised: [
    { issuer: 'https://acme.okta.com/oauth2/default', tokenEndpoint: 'https://acme.okta.com/oauth2/default/v1/token' },
    { issuer: 'https://acme.okta.com', tokenEndpoint: 'https://acme.okta.com/oauth2/v1/token' },
    { tokenEndpoint: 'https://acme.oktapreview.com/oauth2/aus1b2c3/v1/token' },
    { issuer: 'https://acme.okta-emea.com/oauth2/default' },
    { issuer: 'https://acme-admin.okta.com/oauth2/default' },
    {
      issuer: 'https://login.acme.com/oauth2/aus1B2c3',
      tokenEndpoint: 'https://login.acme.com/oauth2/aus1B2c3/v1/token',
    },
  ],
  notRecognised: [
    { issuer: 'https://evil-okta.com/', tokenEndpoint: 'https://evil-okta.com/token' },
    { issuer: 'https://okta.com.evil.example/oauth2' },
    { issuer: 'https://idp.acme.com/oauth2/default', tokenEndpoint: 'https://idp.acme.com/oauth2/default/token' },
  ],
  metadata: [
    {
      issuer: 'https://login.acme.com/oauth2/aus1',
      token_endpoint: 'https://login.acme.com/oauth2/aus1/v1/token',
      jwks_uri: 'https://login.acme.com/oauth2/aus1/v1/keys',
    },
  ],
  answers: [
    oauthError(
      'idp/okta/wrong-secret',
      401,
      'invalid_client',
      'The client secret supplied for a confidential client is invalid.',
    ),
    oauthError('idp/okta/unknown-client', 401, 'invalid_client', "Invalid value for 'client_id' parameter."),
    oauthError(
      'idp/okta/client-inactive',
      401,
      'invalid_client',
      'Client authentication failed. Either the client or the client credentials are invalid.',
    ),
    oauthError(
      'idp/okta/basic-header-malformed',
      401,
      'invalid_client',
      'Found Authentication header but was not valid client credentials.',
    ),
    oauthError('idp/okta/no-credentials', 401, 'invalid_client', 'No client credentials found.'),
    oauthError(
      'idp/okta/browser-app',
      401,
      'invalid_client',
      'Browser requests to the token endpoint must use Proof Key for Code Exchange.',
    ),
    oauthError(
      'idp/okta/browser-app',
      400,
      'unauthorized_client',
      'Browser requests to the token endpoint may only use the authorization_code grant_type.',
    ),
    oauthError('idp/okta/dpop-required', 400, 'invalid_dpop_proof', 'The DPoP proof JWT header is missing.'),
    oauthError('idp/okta/dpop-nonce', 400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.'),
    oauthError(
      'idp/okta/no-matching-policy',
      400,
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    ),
    oauthError(
      'idp/okta/no-matching-policy',
      401,
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    ),
    oauthError(
      'idp/okta/scope-not-in-rule',
      400,
      'access_denied',
      'Policy evaluation succeeded, but all the requested scopes were rejected.',
    ),
    oauthError(
      'idp/okta/scope-denied',
      400,
      'access_denied',
      'Some of the requested scopes were denied by the policy. Denied scopes: [all].',
    ),
    oauthError(
      'idp/okta/unknown-scope',
      400,
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    ),
    oauthError(
      'idp/okta/no-default-scope',
      400,
      'invalid_scope',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    ),
    oauthError('idp/okta/no-scope', 400, 'invalid_scope', 'No scopes were requested.'),
    oauthError(
      'idp/okta/scope-for-people',
      400,
      'invalid_scope',
      "Cannot request 'openid' scopes using client credentials.",
    ),
    oauthError(
      'idp/okta/grant-not-enabled',
      400,
      'unauthorized_client',
      'The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].',
    ),
    oauthError(
      'idp/okta/org-only-client',
      400,
      'unauthorized_client',
      'This client cannot use a custom authorization server.',
    ),
    oauthError(
      'idp/okta/org-authorization-server',
      400,
      'unsupported_grant_type',
      "'client_credentials' grant type can only be used with a custom authorization server.",
    ),
    oauthError(
      'idp/okta/org-authorization-server',
      401,
      'invalid_client',
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
    ),
    oauthError(
      'idp/okta/unknown-authorization-server',
      400,
      'invalid_request',
      'The authorization server id is invalid.',
    ),
    oauthError(
      'idp/okta/network-zone',
      403,
      'access_denied',
      "The request is made from outside the client's permitted network zones.",
    ),
    oauthError(
      'idp/okta/claim-expression',
      400,
      'server_error',
      "The 'identitytype' system claim could not be evaluated.",
    ),
    oauthError(
      'idp/okta/duplicate-parameter',
      400,
      'invalid_request',
      'Duplicate parameter provided in request. Duplicated parameters: [client_id].',
    ),
    {
      code: 'idp/okta/rate-limited',
      status: 429,
      body: {
        errorCode: 'E0000047',
        errorSummary: 'API call exceeded rate limit due to too many requests.',
        errorLink: 'E0000047',
        errorId: 'oaeM-J3bcbxSEmkAAAAAAAAAA',
        errorCauses: [],
      },
      headers: { 'x-rate-limit-limit': '600', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '1795000060' },
    },
    oauthError(
      'idp/okta/maintenance',
      400,
      'temporarily_unavailable',
      'The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server.',
    ),
  ],
  traps: [
    {
      name: 'the console',
      trial: { issuer: 'https://acme-admin.okta.com/oauth2/default' },
      codes: ['idp/okta/admin-host'],
    },
    {
      name: 'the org authorization server',
      trial: { issuer: 'https://acme.okta.com', tokenEndpoint: 'https://acme.okta.com/oauth2/v1/token' },
      codes: ['idp/okta/org-authorization-server'],
    },
    {
      name: 'a custom authorization server',
      trial: {
        issuer: 'https://acme.okta.com/oauth2/default',
        tokenEndpoint: 'https://acme.okta.com/oauth2/default/v1/token',
      },
      codes: [],
    },
  ],
};
