import { findingsOf } from '../../findings/finding.ts';

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
    errorTexts: [
      'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
      'token parse error id token err: access token err: oidc: malformed jwt',
    ],
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
    errorTexts: ['failed to verify id token signature'],
  },
  'key-set/unavailable': {
    title: 'The signature of the token could not be checked',
    cause:
      'The key set of the identity provider can not be fetched from this runner. The control plane fetches it from elsewhere, and may get it.',
    fix: 'Check that the control plane can reach the key set.',
    severity: 'warning',
    errorTexts: ['fetching keys oidc: get keys failed'],
    waitingHelps: true,
  },
  'key-set/not-advertised': {
    title: 'No key set is known for this token',
    cause: 'Neither the deployment nor the metadata of the provider names one.',
    fix: 'Give issuer, so that its metadata can be read.',
    severity: 'warning',
  },
  'key-set/unreadable-key': {
    title: 'The control plane can not read the key set, and so refuses every token',
    cause:
      'Its library (go-jose) knows RSA, EC on P-256, P-384 and P-521, Ed25519 and secret keys. One key of another kind, or a malformed one, makes the whole set unreadable, even beside the key that signs.',
    fix: 'Remove that key from the keys of the provider (realm keys, signing certificates), or let the provider publish it elsewhere. A strict client only skips it, so other services may not notice.',
    severity: 'error',
    errorTexts: [
      'fetching keys oidc: failed to decode keys',
      'go-jose/go-jose: unknown json web key type',
      'go-jose/go-jose: unknown curve',
    ],
  },
  'key-set/secret-published': {
    title: 'The key set publishes a secret',
    cause:
      'A private key or a secret key stands in a document that everybody can read: whoever read it can make tokens.',
    fix: 'Make new signing keys at the provider at once, and publish only their public halves.',
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
  'token/refusal-may-not-be-final': {
    title: 'The control plane may let the call pass all the same',
    cause:
      'With `disableForGrpc` or `disableForHttp` it judges a token and then lets even refused calls through. The ingress in front of it has to stop them.',
    fix: 'Nothing to do here. With `verify: deployment` the deployment itself is asked.',
    severity: 'note',
  },
  'token/not-verified': {
    title: 'The backend of Flyte 2 does not check tokens itself',
    cause:
      'It only decodes what a proxy in front of it let through. Whether this token is let through depends on that proxy.',
    fix: 'Nothing to do here. With `verify: deployment` the proxy itself is asked.',
    severity: 'note',
  },
  'token/large': {
    title: 'The token is large for a header',
    cause:
      'Groups, roles or other long claims are in it. An ingress may answer 400 or 502 to every call: upstream sent too big header.',
    fix: 'Take the long claims out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
    severity: 'warning',
    errorTexts: [
      'upstream sent too big header while reading response header from upstream',
      '400 Request Header Or Cookie Too Large',
    ],
  },
  'token/strict-client-refuses': {
    title: 'A strict client would refuse this token',
    cause: 'The control plane is more lenient than the standards allow. A gateway or a later release need not be.',
    fix: 'Correct it at the provider when there is time.',
    severity: 'note',
  },
  'token/expired': {
    title: 'The token has expired',
    cause:
      'A token that has just been issued has a lifetime of zero, or the clock of the provider is wrong. The control plane allows no leeway.',
    fix: 'Raise the lifetime of access tokens at the provider, or correct its clock. In place of a token that was kept, get a new one.',
    severity: 'error',
    errorTexts: ['failed to validate token: Token is expired'],
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
    errorTexts: [
      'failed to validate token: Token used before issued',
      'failed to validate token: Token is not valid yet',
    ],
    waitingHelps: true,
  },
  'token/claim-of-wrong-type': {
    title: 'A claim of the token has the wrong type',
    cause: 'A mapper of the provider writes a claim that the control plane reads as something else.',
    fix: 'Correct the mapper at the provider so that the claim is of the type that is named above.',
    severity: 'error',
    errorTexts: [
      'failed getting scope claims due to  unknown type',
      'panic: interface conversion: interface {} is nil, not string',
    ],
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
    errorTexts: ['invalid audience [...], wanted [...]'],
  },
  'token/subject-missing': {
    title: 'The token has no subject',
    cause:
      'None of the claims that name the subject holds a text. The control plane accepts the token, and its services then refuse the call.',
    fix: 'Let the provider set `sub`, or name another claim in `auth.appAuth.subjectClaimNames` of the control plane and in subject-claims here.',
    severity: 'error',
    errorTexts: ['x-user-subject header not found'],
  },
  'token/scope-all-missing': {
    title: 'The token does not hold the scope all',
    cause:
      'The control plane reads scopes from the claim `scp` alone, and demands `all`, unless the token has neither `scp` nor `client_id`.',
    fix: 'Let the provider add a claim `scp` with the value `["all"]` to access tokens of this app.',
    severity: 'error',
    errorTexts: ["authenticated user doesn't have required scope"],
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
