import { findingsOf } from '../findings/finding.ts';

export const DISCOVERY_FINDINGS = {
  'discovery/found': {
    title: 'The deployment told its identity provider',
    cause: 'The flyte client will find it in the same way.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'discovery/client-route-fails': {
    title: 'The flyte client would not find the identity provider',
    cause:
      'The ingress does not let the calls of the flyte client (Connect over HTTP, binary messages) through to the control plane.',
    fix: 'Route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication, for HTTP/1.1 and HTTP/2. A Flyte 1 control plane has no such route: use flytekit or flytectl with it.',
    severity: 'warning',
  },
  'discovery/skipped-for-pins': {
    title: 'The deployment did not tell its identity provider; what this step pins is used',
    cause:
      'No route of the control plane answered with its settings, so the flyte client would not find the identity provider.',
    fix: 'Let the control plane serve AuthMetadataService without authentication.',
    severity: 'warning',
  },
  'discovery/not-a-control-plane': {
    title: 'There is no control plane at this domain',
    cause:
      'The domain belongs to something else (a console, a website, the identity provider), or the ingress has no route for the control plane.',
    fix: 'Use the host name that stands in the endpoint of a working config of flyte, without scheme and port.',
    severity: 'error',
  },
  'discovery/html': {
    title: 'The domain answers with a web page instead of the control plane',
    cause: 'The domain points at a console or a login page, or a proxy answers in place of the control plane.',
    fix: 'Use the host name of the API, and let the ingress route /flyteidl2.auth.AuthMetadataService/ to the control plane without authentication.',
    severity: 'error',
  },
  'discovery/redirect': {
    title: 'The domain redirects instead of answering',
    cause: 'The ingress sends every request that carries no token to a login page, or to another host name.',
    fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress; where the deployment has moved, use its new host name.',
    severity: 'error',
  },
  'discovery/refused': {
    title: 'The deployment refuses to tell its identity provider',
    cause: 'The ingress or a firewall demands authentication for a call that every client makes without it.',
    fix: 'Exempt /flyteidl2.auth.AuthMetadataService/ from authentication at the ingress.',
    severity: 'error',
  },
  'discovery/auth-not-configured': {
    title: 'Authentication is not configured at the control plane',
    cause:
      'The control plane runs, but does not serve its authentication settings: `useAuth` is off, or the metadata is not configured.',
    fix: 'Turn authentication on in the Helm values of the control plane and name its authorization server.',
    severity: 'error',
  },
  'discovery/server-error': {
    title: 'The control plane failed to answer',
    cause: 'It is starting, overloaded, or can not reach its own identity provider.',
    fix: 'Run the job again later, and look at the log of the control plane.',
    severity: 'error',
    waitingHelps: true,
  },
  'discovery/unreadable-answer': {
    title: 'The answer of the deployment is not that of a control plane',
    cause: 'Something else answers in its place, or a proxy changed the answer.',
    fix: 'Use the host name that stands in the endpoint of a working config of flyte.',
    severity: 'error',
  },
  'discovery/token-endpoint-empty': {
    title: 'The deployment advertises no token endpoint',
    cause: 'The control plane could not read the metadata of its identity provider, or it is configured without one.',
    fix: "Set the authorization server of the control plane (`externalAuthServer.baseUrl` and `metadataUrl`) to the identity provider's issuer.",
    severity: 'error',
  },
  'discovery/metadata-key-empty': {
    title: 'The deployment advertises no header for the token',
    cause: '`authorization_metadata_key` is empty. The flyte client stops with `Illegal header name`.',
    fix: 'Set `grpcAuthorizationHeader` of the control plane, as in `flyte-authorization`.',
    severity: 'error',
  },
  'discovery/bad-address': {
    title: 'The deployment advertises an address that can not be used',
    cause: 'It is not an https address of a plain host name.',
    fix: 'Correct the authorization server in the settings of the control plane.',
    severity: 'error',
  },
  'discovery/pin-differs': {
    title: 'The deployment does not agree with a setting of this step',
    cause:
      'The step pins a value, and the deployment advertises another. The flyte client knows only what the deployment advertises.',
    fix: 'If the deployment is right, change the pin. If the pin is right, do not deploy: the deployment would send your secret elsewhere or ask for other rights.',
    severity: 'error',
  },
  'discovery/issuer-slash': {
    title: 'The pinned issuer differs by its trailing slash',
    cause: 'Providers and documents write the same issuer with and without it.',
    fix: 'Write it as the deployment does.',
    severity: 'note',
  },
  'discovery/pin-to-copy': {
    title: 'The identity provider was taken from the deployment',
    cause: 'Nothing pins it, so whoever controls the domain could name another one.',
    fix: 'Copy the token-url above into this step.',
    severity: 'note',
  },
} as const;

export type DiscoveryFindingCode = keyof typeof DISCOVERY_FINDINGS;

export const discoveryFinding = findingsOf(DISCOVERY_FINDINGS);

export const TOKEN_FINDINGS = {
  'token/signature-valid': {
    title: 'The signature of the token is valid',
    cause: 'A key of the advertised key set made it.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'token/accepted': {
    title: 'The token passes the rules of the control plane',
    cause: 'Time, audience, subject and scope are as they must be.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'token/opaque': {
    title: 'The access token is not a JWT',
    cause: 'The identity provider issues opaque tokens to this app. The control plane can only judge signed ones.',
    fix: "Let the provider issue JWT access tokens to this app. Where that depends on the audience, set the deployment's audience.",
    severity: 'error',
  },
  'token/unreadable': {
    title: 'The access token can not be read',
    cause: 'It has the three parts of a JWT, but they do not decode, or white space was added to it.',
    fix: 'Look at what issues or changes the token: a proxy in front of the provider, or a hook of its own.',
    severity: 'error',
  },
  'token/signature-invalid': {
    title: 'The signature of the token is not valid',
    cause:
      'The token was signed with a key that is not in the advertised key set, or not signed with a key pair at all.',
    fix: "Let the control plane use the issuer that signs this app's tokens, and let the provider sign with an asymmetric key (RS256 or ES256).",
    severity: 'error',
  },
  'key-set/unavailable': {
    title: 'The signature of the token could not be checked',
    cause:
      'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
    fix: 'Check that the control plane can reach the key set.',
    severity: 'warning',
    waitingHelps: true,
  },
  'key-set/not-advertised': {
    title: 'No key set is known for this token',
    cause: 'Neither the deployment nor the metadata of the provider names one.',
    fix: 'Give issuer, so that its metadata can be read.',
    severity: 'warning',
  },
  'key-set/unreadable': {
    title: 'The key set of the identity provider can not be read',
    cause:
      'Its address answers with something else than a set of keys, and most likely does so to the control plane too.',
    fix: 'Correct the authorization server in the settings of the control plane.',
    severity: 'error',
  },
  'key-set/weak-key': {
    title: 'The key that signs the tokens is weak',
    cause: 'The identity provider signs with a short RSA key. The control plane takes it all the same.',
    fix: 'Let the provider sign with an RSA key of at least 2048 bits, or with ES256.',
    severity: 'warning',
  },
  'token/expired': {
    title: 'The token has expired on arrival',
    cause: 'Its lifetime is zero or the clock of the provider is wrong. The control plane allows no leeway.',
    fix: 'Raise the lifetime of access tokens at the provider.',
    severity: 'error',
  },
  'token/never-expires': {
    title: 'The token never expires',
    cause: 'It carries no `exp` claim. The control plane accepts it all the same.',
    fix: 'Let the provider set a lifetime for access tokens.',
    severity: 'warning',
  },
  'token/not-yet-valid': {
    title: 'The token is not valid yet',
    cause: 'Its `nbf` or `iat` lies in the future. The control plane allows no leeway.',
    fix: 'Correct the clock of the identity provider, or of the host that issues its tokens.',
    severity: 'error',
    waitingHelps: true,
  },
  'token/claim-of-wrong-type': {
    title: 'A claim of the token has the wrong type',
    cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
    fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
    severity: 'error',
  },
  'token/audience-missing': {
    title: 'The token has no audience',
    cause: 'The provider does not put an `aud` claim into tokens of this app. The control plane refuses such tokens.',
    fix: 'Let the provider set the audience for this app, or set the audience that the deployment tells its clients to ask for.',
    severity: 'error',
  },
  'token/audience-mismatch': {
    title: 'The audience of the token is not one that the control plane accepts',
    cause: 'The control plane compares the whole text; a trailing slash already differs.',
    fix: "Add the token's audience to `allowedAudience` of the control plane, or let the provider issue the expected one. Give allowed-audience so that this check knows the setting.",
    severity: 'error',
  },
  'token/subject-missing': {
    title: 'The token has no subject',
    cause:
      'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
    fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
    severity: 'error',
  },
  'token/scope-all-missing': {
    title: 'The token does not hold the scope all',
    cause:
      'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
    fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
    severity: 'error',
  },
  'token/identity-type-not-app': {
    title: 'The token will not be recognised as one of an app',
    cause: 'No claim marks it as such, so that role bindings for apps do not apply.',
    fix: 'Let the provider add a claim `identitytype` with the value `app`, or name another claim in `auth.appAuth.identityTypeClaimsForApps` of the control plane and in app-claims here.',
    severity: 'error',
  },
  'token/issuer-differs': {
    title: 'The issuer of the token is not the one that is advertised',
    cause: 'The control plane does not compare them; a strict client would refuse this token.',
    fix: 'Let the settings of the control plane name the issuer that stands in the token.',
    severity: 'note',
  },
} as const;

export type TokenFindingCode = keyof typeof TOKEN_FINDINGS;

export const tokenFinding = findingsOf(TOKEN_FINDINGS);
