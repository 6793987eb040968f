import { findingsOf } from '../../findings/finding.ts';

/** Where the settings stand in the Helm values of Union's chart for the control plane. */
const AUTH = 'flyte.configmap.adminServer.auth';
const EXTERNAL = `${AUTH}.appAuth.externalAuthServer`;
const CLIENT = `${AUTH}.appAuth.thirdPartyConfig.flyteClient`;
const LOGIN = `${AUTH}.userAuth.openId`;
const USE_AUTH = 'flyte.configmap.adminServer.server.security.useAuth';

/** What the doctor finds in a deployment, beside what the trial of an app finds. */
export const DOCTOR_FINDINGS = {
  'deployment/app-not-named': {
    title: 'The file does not name every app',
    cause: 'The app is not registered yet, or this deployment does without it.',
    fix: 'Register what is missing at the identity provider, and add it to the file. An app that the deployment does without needs nothing.',
    severity: 'note',
  },
  'deployment/client-id-twice': {
    title: 'Two apps have the same client id',
    cause: 'One app stands for two, or an id was copied into the wrong place. Whoever has one secret has the other.',
    fix: 'Register an app of its own for each purpose, and correct client-id in the file and in the Helm values.',
    severity: 'warning',
  },
  'deployment/secret-not-set': {
    title: 'A secret that the file names is not at hand',
    cause: 'The variable of client-secret-env is not set where the doctor runs.',
    fix: 'Set the variable for this run, or take client-secret-env out of the file where the secret can not be had.',
    severity: 'error',
  },
  'deployment/provider-differs': {
    title: 'The file names another identity provider than the one that answers',
    cause: 'The field provider and the issuer do not belong together.',
    fix: 'Correct provider in the file, or leave it out: it is told from the issuer.',
    severity: 'warning',
  },
  'deployment/login-scope-default': {
    title: 'Entra refuses the scope of the browser login',
    cause:
      'Entra answers AADSTS90009 to an app that asks for itself with /.default behind its Application ID URI. In the browser login app and API often are one.',
    fix: `Set \`${LOGIN}.scopes\` to the delegated scope of the API, as in \`api://<app-name>/all\`, beside profile, openid and offline_access; the same in login-scopes of the file.`,
    severity: 'error',
  },
  'deployment/login-without-openid': {
    title: 'The browser login does not ask for the scope openid',
    cause: 'Without it the provider gives no ID token (OpenID Connect Core section 3.1.2.1), and the login needs one.',
    fix: `Add openid to \`${LOGIN}.scopes\`, and to login-scopes of the file.`,
    severity: 'error',
  },

  'deployment/metadata-not-served': {
    title: 'The metadata document is not where the control plane will look for it',
    cause:
      'The provider serves its metadata under another name below the issuer, or the issuer is wrong. The default of the control plane is .well-known/oauth-authorization-server.',
    fix: `Set \`${EXTERNAL}.metadataUrl\` (metadata-url of the file) to the name that is given above. Where none is, correct \`${EXTERNAL}.baseUrl\` (issuer).`,
    severity: 'error',
  },
  'deployment/metadata-issuer-differs': {
    title: 'The provider calls itself otherwise than the settings do',
    cause:
      'baseUrl is not the issuer of the metadata, letter by letter; a slash at the end counts. The control plane then does not start: issuer did not match.',
    fix: `Set \`${EXTERNAL}.baseUrl\` and \`${LOGIN}.baseUrl\` (issuer of the file) to the issuer that the metadata names, exactly as it stands there.`,
    severity: 'error',
    errorTexts: ['oidc: issuer did not match the issuer returned by provider'],
  },
  'deployment/openid-configuration-not-served': {
    title: 'The provider serves no OpenID configuration below the issuer',
    cause:
      'The browser login reads .well-known/openid-configuration below its baseUrl, whatever metadataUrl says, and the control plane does not start without it.',
    fix: `Set \`${LOGIN}.baseUrl\` (issuer of the file) to an issuer that serves OpenID Connect Discovery.`,
    severity: 'error',
  },
  'deployment/key-set-not-named': {
    title: 'The metadata names no key set',
    cause: 'The document has no jwks_uri. It is all that the control plane takes from it to judge tokens.',
    fix: `Use the issuer of an authorization server that signs its access tokens, as \`${EXTERNAL}.baseUrl\` (issuer of the file).`,
    severity: 'error',
  },
  'deployment/token-endpoint-not-named': {
    title: 'The metadata names no token endpoint that can be used',
    cause: 'The document has no token_endpoint, or no https address of a plain host name in its place.',
    fix: `Correct the metadata at the provider, or use another issuer as \`${EXTERNAL}.baseUrl\` (issuer of the file).`,
    severity: 'error',
  },
  'deployment/token-url-differs': {
    title: 'The token address of the settings is not that of the provider',
    cause: 'AUTH_TOKEN_URL is given by hand, and was mistyped or taken from another authorization server.',
    fix: 'Set `global.AUTH_TOKEN_URL` (token-url of the file) to the token_endpoint of the metadata.',
    severity: 'error',
  },
  'deployment/authorization-endpoint-missing': {
    title: 'The metadata names no authorization endpoint',
    cause: 'The provider offers no sign-in in the browser here: neither the console nor the CLI can sign anybody in.',
    fix: `Use an issuer that supports the authorization code flow, as \`${LOGIN}.baseUrl\` and \`${EXTERNAL}.baseUrl\` (issuer of the file).`,
    severity: 'error',
  },
  'deployment/pkce-without-s256': {
    title: 'The provider does not offer PKCE with S256',
    cause: 'Its metadata lists the methods of PKCE, and S256 is not among them. The CLI sends no other.',
    fix: 'Enable PKCE with S256 at the provider, for the app of the CLI.',
    severity: 'error',
  },
  'deployment/pkce-not-stated': {
    title: 'The provider does not say whether it offers PKCE',
    cause: 'Its metadata has no code_challenge_methods_supported. Some providers offer PKCE all the same.',
    fix: 'Sign in once with the CLI. Where that fails, enable PKCE with S256 for its app at the provider.',
    severity: 'note',
  },

  'deployment/issuer-differs': {
    title: 'The control plane uses another authorization server than the file names',
    cause: 'Its baseUrl was set otherwise, or the change has not been deployed.',
    fix: `Set \`${EXTERNAL}.baseUrl\` and \`${EXTERNAL}.metadataUrl\` to what the file says, and deploy; or correct issuer in the file.`,
    severity: 'error',
  },
  'deployment/token-endpoint-differs': {
    title: 'The control plane sends its clients to another token endpoint',
    cause: 'It rewrites the address, or reads the metadata of another authorization server.',
    fix: `Take the rewriting of the token endpoint out of \`${AUTH}\`, or correct \`${EXTERNAL}.baseUrl\`.`,
    severity: 'error',
  },
  'deployment/scopes-differ': {
    title: 'The control plane tells its clients to ask for other scopes',
    cause: 'Its setting and the file differ. Where nothing is set, it tells them all and offline.',
    fix: `Set \`${CLIENT}.scopes\` to what scopes of the file says, and deploy; or correct the file.`,
    severity: 'error',
  },
  'deployment/audience-differs': {
    title: 'The control plane tells its clients to ask for another audience',
    cause: 'Its setting and the file differ.',
    fix: `Set \`${CLIENT}.audience\` to what audience of the file says, and deploy; or correct the file.`,
    severity: 'error',
  },
  'deployment/use-auth-off': {
    title: 'Authentication is not switched on at the control plane',
    cause: 'Without `useAuth` the routes /login, /callback and /me are not registered.',
    fix: `Set \`${USE_AUTH}\` to true, and deploy. Where it is, let the ingress route /me, /login and /callback to the control plane.`,
    severity: 'error',
  },
  'deployment/me-open': {
    title: 'The control plane lets calls without a token in',
    cause:
      '/me answers 200 to somebody without a token, as with `disableForHttp`. Where an ingress asks /me whether to let a call pass, it lets every call pass.',
    fix: `Set \`${AUTH}.disableForHttp\` to false, and deploy.`,
    severity: 'error',
  },
  'deployment/me-unclear': {
    title: 'It can not be told whether /me asks for a token',
    cause: 'It answered neither 401, as flyteadmin does, nor 404. Something in front of it may answer in its place.',
    fix: 'Let the ingress route /me to the control plane without authentication of its own.',
    severity: 'note',
  },
  'deployment/cli-client-differs': {
    title: 'The control plane tells the CLI another client id',
    cause: 'Its setting is not the app of the CLI that the file names.',
    fix: `Set \`${CLIENT}.clientId\` to client-id of the app cli, and deploy; or correct the file.`,
    severity: 'error',
  },
  'deployment/cli-redirect-differs': {
    title: 'The control plane tells the CLI another redirect address',
    cause: 'The guides have http://localhost:53593/callback. The CLI listens at the port of that address.',
    fix: `Set \`${CLIENT}.redirectUri\` to http://localhost:53593/callback, and register the same for the app of the CLI.`,
    severity: 'error',
  },
  'deployment/login-not-served': {
    title: 'The route /login does not lead to the identity provider',
    cause: 'The ingress does not route /login to the control plane, or something else answers there.',
    fix: 'Let the ingress route /login and /callback to the control plane, without authentication.',
    severity: 'error',
  },
  'deployment/login-leads-elsewhere': {
    title: 'The route /login leads to another authorization server',
    cause: 'The browser login has a baseUrl of its own, and it is not the issuer of the file.',
    fix: `Set \`${LOGIN}.baseUrl\` to issuer of the file, and deploy.`,
    severity: 'error',
  },
  'deployment/login-client-differs': {
    title: 'The route /login signs in with another app',
    cause: 'The control plane has another client id than the file names for the browser login.',
    fix: `Set \`${LOGIN}.clientId\` to client-id of the app browser-login, and deploy; or correct the file.`,
    severity: 'error',
  },
  'deployment/login-redirect-differs': {
    title: 'The route /login asks the provider to come back to another address',
    cause:
      'The control plane takes its public address from authorizedUris, else from the request. A proxy that changes the host or ends TLS makes another one of it.',
    fix: `Name \`https://<domain>\` first in \`${AUTH}.authorizedUris\`, and deploy.`,
    severity: 'error',
  },
  'deployment/login-scopes-differ': {
    title: 'The route /login asks for other scopes than the file names',
    cause: 'The setting of the control plane and login-scopes of the file differ.',
    fix: `Set \`${LOGIN}.scopes\` to login-scopes of the file, and deploy; or correct the file.`,
    severity: 'error',
  },

  'deployment/redirect-refused': {
    title: 'The provider refuses the redirect address of the app',
    cause: 'It is not registered for the app, letter by letter.',
    fix: 'Add the redirect address that is named above to the app at the provider, exactly as it stands there.',
    severity: 'error',
    errorTexts: ['Invalid parameter: redirect_uri'],
  },
  'deployment/client-unknown': {
    title: 'The provider does not know the app',
    cause: 'The client id is mistyped, or the app belongs to another tenant, realm or authorization server.',
    fix: 'Correct client-id of the app in the file and in the Helm values, or register the app at this provider.',
    severity: 'error',
  },
  'deployment/code-grant-not-enabled': {
    title: 'The app may not sign people in',
    cause: 'The authorization code grant is not enabled for it.',
    fix: 'Enable the authorization code grant (and refresh tokens) for the app at the provider.',
    severity: 'error',
  },
  'deployment/sign-in-scope-refused': {
    title: 'The provider refuses the scopes of the sign-in',
    cause: 'A scope does not exist at the provider, or is not granted to the app.',
    fix: `Define the scope at the provider and grant it to the app; or correct \`${LOGIN}.scopes\` for the browser login, \`${CLIENT}.scopes\` for the CLI.`,
    severity: 'error',
  },
  'deployment/sign-in-unclear': {
    title: 'It can not be told whether the provider takes the app',
    cause: 'Its answer is neither a sign-in page nor an error that has a meaning in the standards.',
    fix: 'Open the sign-in once in a browser.',
    severity: 'note',
  },
  'deployment/device-endpoint-missing': {
    title: 'The device sign-in is not offered',
    cause:
      'The metadata has no device_authorization_endpoint. On a machine without a browser nobody can sign in with the CLI.',
    fix: 'Enable the device authorization grant at the provider, where people sign in from machines without a browser.',
    severity: 'warning',
  },
  'deployment/device-grant-not-enabled': {
    title: 'The app of the CLI may not use the device sign-in',
    cause: 'The device authorization grant is not enabled for it.',
    fix: 'Enable the grant urn:ietf:params:oauth:grant-type:device_code for the app of the CLI at the provider.',
    severity: 'warning',
  },
  'deployment/cli-app-not-public': {
    title: 'The provider demands a secret of the app of the CLI',
    cause: 'The app is a confidential one. The CLI has no secret and can not keep one.',
    fix: 'Register the app of the CLI as a public, native client without client authentication (PKCE only).',
    severity: 'error',
  },
  'deployment/device-unclear': {
    title: 'It can not be told whether the device sign-in works',
    cause: 'The answer is neither a device code nor an error that has a meaning in RFC 8628.',
    fix: 'Sign in once with the device flow of the CLI.',
    severity: 'note',
  },

  'deployment/subject-differs': {
    title: 'The token names another subject than the settings expect',
    cause:
      'Providers differ in what they name as sub: the client id, or an object of their own (with Entra the Object ID of the enterprise app). Trusted identities and role bindings go by it.',
    fix: 'For service to service set `global.INTERNAL_SUBJECT_ID` (subject of the app in the file) to the subject of the token. For the other apps correct subject in the file, and the role bindings.',
    severity: 'error',
  },
  'deployment/login-without-client-credentials': {
    title: 'The app of the browser login may not use client credentials',
    cause: 'The guide lists the grant for this app, and uses its secret for the scheduler too.',
    fix: 'Enable the client credentials grant for the app of the browser login at the provider.',
    severity: 'warning',
  },
} as const;

export type DoctorFindingCode = keyof typeof DOCTOR_FINDINGS;

export const doctorFinding = findingsOf(DOCTOR_FINDINGS);
