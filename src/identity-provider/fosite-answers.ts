/*
 * What ory/fosite answers, by which both Hydra and Flyte's own authorization server are made: the same words, where
 * the fix differs. Read at v0.42.2 (errors.go, client_authentication.go, audience_strategy.go,
 * handler/oauth2/flow_client_credentials.go) and seen from both servers.
 */
export const FOSITE_ANSWERS = {
  wrongSecret: {
    errors: ['invalid_client'],
    description:
      /^Client authentication failed \(e\.g\., unknown client.{0,80}authentication method\)\.(?! The OAuth 2\.0 Client)/,
  },
  grantNotEnabled: {
    errors: ['unauthorized_client'],
    description: /The OAuth 2\.0 Client is not allowed to use authorization grant 'client_credentials'/,
  },
  scopeNotAllowed: {
    errors: ['invalid_scope'],
    description: /The OAuth 2\.0 Client is not allowed to request scope '/,
  },
  audienceNotAllowed: {
    errors: ['invalid_request'],
    description: /Requested audience '[^']{0,2000}' has not been whitelisted by the OAuth 2\.0 Client/,
  },
  noCredentials: {
    errors: ['invalid_request'],
    description: /Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body/,
  },
  basicNotDecodable: {
    errors: ['invalid_request'],
    description: /in the HTTP authorization header could not be decoded from 'application\/x-www-form-urlencoded'/,
  },
} as const;
