import { findingsOf } from '../findings/finding.ts';

export const PLANE_FINDINGS = {
  'plane/judged-as': {
    title: 'The rules of this kind of control plane judge the token',
    cause: 'Which kind it is was told from the routes that answered.',
    fix: 'If it is another kind, give control-plane.',
    severity: 'note',
  },
  'plane/identity-confirmed': {
    title: 'The control plane accepts the token',
    cause: 'Asked who is calling, it named this app.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'plane/assumption-settled': {
    title: 'The deployment settles a doubt: it accepts the token',
    cause: 'A setting of the control plane is another one than was assumed.',
    fix: 'State allowed-audience, subject-claims and app-claims as the control plane has them, and the doubt is gone.',
    severity: 'note',
  },
  'plane/identity-of-another': {
    title: 'The control plane names another caller than the token',
    cause:
      'Its ingress keeps the answer to an earlier call (a cache that does not know the header of the token), or the control plane maps the subject.',
    fix: 'Let the key of the cache of the ingress (`auth-cache-key`) hold the header that carries the token. If the name is that of this app at the deployment, nothing is wrong.',
    severity: 'warning',
  },
  'plane/identity-empty': {
    title: 'The control plane lets the call pass and does not know who is calling',
    cause:
      'It answers without a subject: authentication is switched off there (`disableForHttp`, `disableForGrpc`), the token did not reach it, or no claim of the token names a subject.',
    fix: 'Let the ingress pass on the header that carries the token, and let the token have a subject: `auth.appAuth.subjectClaimNames` of the control plane names the claim.',
    severity: 'error',
    errorTexts: ['x-user-subject header not found'],
  },
  'plane/token-refused': {
    title: 'The control plane refuses the token',
    cause: 'It judges the token otherwise than the rules that are known from outside. Its log has the reason.',
    fix: 'Look for "Failed to parse Access Token" in the log of the control plane: it names the audience that it wants, the claim that it misses or the clock that is wrong. State allowed-audience, subject-claims and app-claims here as its settings have them.',
    severity: 'error',
    errorTexts: [
      'token parse error [JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata',
      'Authentication failed. Please check your credentials.',
      'rpc error: code = Unauthenticated desc = token parse error',
    ],
  },
  'plane/token-missing': {
    title: 'The token does not reach the control plane',
    cause: 'A proxy removes the header that the deployment tells its clients to use, so the control plane sees none.',
    fix: 'Let the ingress pass on the header that is named above, or set `grpcAuthorizationHeader` of the control plane to one that it passes.',
    severity: 'error',
    errorTexts: ['Request unauthenticated with Bearer'],
  },
  'plane/ingress-refused': {
    title: 'The ingress in front of the control plane refuses the call',
    cause:
      'Its own authentication (an auth subrequest to /me, or that of a load balancer) does not accept the token, or does not read the header that carries it.',
    fix: 'Let the ingress ask the control plane with the header that is named above. If it keeps answers (`auth-cache-key`), its key must hold that header: else one refused token refuses all for as long as it is kept.',
    severity: 'error',
    errorTexts: ['401 Authorization Required'],
  },
  'plane/login-redirect': {
    title: 'The ingress sends the call to a login page',
    cause:
      'It treats the call of a program as that of a browser: it does not read the header that carries the token, or the token was refused.',
    fix: 'Let the ingress authenticate calls by the header that is named above, and answer 401 where that fails instead of a redirect.',
    severity: 'error',
  },
  'plane/permission-denied': {
    title: 'The control plane knows the app and denies the call',
    cause: 'The app is signed in, and has no role that allows this.',
    fix: 'Give the app a role at the deployment (for Union: a policy that names its subject), then run the job again.',
    severity: 'error',
    errorTexts: ['Permission denied. Please check your access rights.', 'Error: permission denied'],
  },
  'plane/headers-too-large': {
    title: 'The ingress can not carry the token',
    cause: 'The token, or what the control plane answers of it in headers, is larger than the ingress allows.',
    fix: 'Take groups and roles out of the access tokens of this app at the provider, or raise `large_client_header_buffers` and `proxy_buffer_size` of the ingress.',
    severity: 'error',
    errorTexts: [
      '400 Request Header Or Cookie Too Large',
      'upstream sent too big header while reading response header from upstream',
    ],
  },
  'plane/no-identity-route': {
    title: 'The control plane can not be asked who is calling',
    cause: 'Neither IdentityService nor /me answers at this domain, so the token was judged by the known rules alone.',
    fix: 'Route /flyteidl2.auth.IdentityService/ to the control plane, or use verify: token.',
    severity: 'warning',
  },
  'plane/unavailable': {
    title: 'The control plane did not answer who is calling',
    cause: 'It is overloaded, restarting, or a proxy in front of it failed.',
    fix: 'Run the job again later.',
    severity: 'error',
    waitingHelps: true,
  },
  'plane/unreadable-answer': {
    title: 'The answer to who is calling is not that of a control plane',
    cause: 'A web page or another program answers in its place.',
    fix: 'Let the ingress route /flyteidl2.auth.IdentityService/ and /me to the control plane.',
    severity: 'error',
  },
  'plane/project-readable': {
    title: 'The app may read the project',
    cause: 'The control plane answered with it. Reading it proves no right to deploy there.',
    fix: 'Nothing to do.',
    severity: 'pass',
  },
  'plane/project-not-found': {
    title: 'The control plane knows no such project, or hides it from this app',
    cause: 'The id is mistyped (it is not the title that the console shows), or the app has no role in the project.',
    fix: 'Copy the id of the project from the address of its page, and give the app a role there.',
    severity: 'error',
  },
  'plane/project-denied': {
    title: 'The app may not read the project',
    cause: 'The app is signed in, and has no role in this project.',
    fix: 'Give the app a role in the project that allows deploying (for Union: a policy that names its subject).',
    severity: 'error',
  },
  'plane/project-not-checked': {
    title: 'Whether the app may read the project could not be asked',
    cause: 'The service for projects does not answer at this domain.',
    fix: 'Route /flyteidl2.project.ProjectService/ to the control plane, or leave out project.',
    severity: 'warning',
  },
} as const;

export type PlaneFindingCode = keyof typeof PLANE_FINDINGS;

export const planeFinding = findingsOf(PLANE_FINDINGS);
