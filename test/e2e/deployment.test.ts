import type { FindingCode } from '../../src/catalogue.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment } from '../lab/deployment.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { type Inputs, type Run, scripted } from './scenario.ts';
import { bearerToken } from './snapshot.ts';

/* With `verify: deployment` the control plane itself is asked who is calling, and has the last word. */

const USER_INFO = '/flyteidl2.auth.IdentityService/UserInfo';
const GET_PROJECT = '/flyteidl2.project.ProjectService/GetProject';
const ME = '/me';
const ASKED = /^\/(?:flyteidl2\.(?:auth\.IdentityService|project\.ProjectService)\/|me$|api\/v1\/projects\/)/;

const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' };
const UNIMPLEMENTED: Answer = { status: 404, body: { code: 'unimplemented' } };
const VERIFY = { verify: 'deployment' };

type Expect = Parameters<NonNullable<Parameters<typeof scripted>[1]['also']>>[1];

/** The requests that carried the token to the deployment, in their order; a token went nowhere else. */
function asked({ requests }: Run, expect: Expect, header = 'flyte-authorization'): string[] {
  const carried = requests.filter((request) => bearerToken(request) !== undefined);
  expect(carried.length).toBeLessThanOrEqual(3);
  expect(requests.filter(({ path }) => ASKED.test(path))).toEqual(carried);
  for (const { server, headers } of carried) {
    expect(server).toBe('control-plane');
    expect(['authorization', 'flyte-authorization'].filter((name) => headers[name] !== undefined)).toEqual([header]);
  }
  return carried.map(({ path }) => path);
}

function errorOf({ result }: Run): string {
  return result.annotations.find(({ level }) => level === 'error')?.message ?? '';
}

/** These routes of the control plane give other answers than the lab's own. */
function answer(lab: ScriptedDeployment, answers: Readonly<Record<string, Answer>>): void {
  lab.controlPlane.settings.routes = { override: ({ path }: RecordedRequest) => answers[path] };
}

function grant(lab: ScriptedDeployment, claims: Record<string, unknown>): void {
  lab.provider.on('POST', lab.provider.paths.token, async () => ({
    body: { access_token: await lab.signToken(claims), token_type: 'Bearer', expires_in: 3600 },
  }));
}

interface Asked {
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Of the token, where they are not those of a good one. */
  readonly claims?: Record<string, unknown>;
  readonly inputs?: Inputs;
  /** The paths that were asked, each with the token. */
  readonly paths?: readonly string[];
  /** What the detail, the cause or the fix of the one error says. */
  readonly says?: readonly string[];
}

function options({ answers, claims, inputs, paths = [USER_INFO], says = [] }: Asked) {
  return {
    inputs: { ...VERIFY, ...inputs },
    arrange(lab: ScriptedDeployment) {
      if (answers) {
        answer(lab, answers);
      }
      if (claims) {
        grant(lab, claims);
      }
    },
    also(run: Run, expect: Expect) {
      expect(asked(run, expect)).toEqual(paths);
      for (const words of says) {
        expect(errorOf(run)).toContain(words);
      }
    },
  };
}

/** The deployment is asked, and the step fails. */
function refused(name: string, code: FindingCode, more: Asked): void {
  scripted(name, { ...options(more), expect: { exit: 1, code } });
}

/** The deployment is asked, and the step passes. */
function passes(name: string, more: Asked, warnings?: FindingCode[]): void {
  scripted(name, { ...options(more), expect: { exit: 0, ...(warnings && { warnings }) } });
}

/** As Connect answers an error. */
function connectError(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

function html(status: number, title: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`,
  };
}

passes('Connect confirms who is calling', {});

scripted('the token goes in the header that the deployment names', {
  inputs: VERIFY,
  lab: { controlPlane: { publicClientConfig: { authorizationMetadataKey: 'Authorization' } } },
  expect: { exit: 0 },
  also: (run, expect) => expect(asked(run, expect, 'authorization')).toEqual([USER_INFO]),
});

passes('/me confirms who is calling where IdentityService answers 404', {
  answers: { [USER_INFO]: NOT_FOUND },
  paths: [USER_INFO, ME],
});

passes('/me confirms who is calling where IdentityService is not implemented', {
  answers: { [USER_INFO]: UNIMPLEMENTED },
  paths: [USER_INFO, ME],
});

passes('a web page in place of IdentityService, and /me knows more', {
  answers: { [USER_INFO]: html(200, 'Union') },
  paths: [USER_INFO, ME],
});

scripted('only the gateway answers', {
  inputs: { ...VERIFY, project: 'flytesnacks' },
  arrange(lab) {
    lab.controlPlane.settings.routes = {
      connectBinary: false,
      connectJson: false,
      override: ({ path }) => (path.startsWith('/api/v1/projects/') ? { body: { id: 'flytesnacks' } } : undefined),
    };
  },
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
  also: (run, expect) => expect(asked(run, expect)).toEqual([ME, '/api/v1/projects/flytesnacks']),
});

refused('nobody is named', 'plane/identity-empty', {
  answers: { [USER_INFO]: { body: {} } },
  says: ['IdentityService answered 200 without a subject.'],
});

refused('nobody is named by /me', 'plane/identity-empty', {
  answers: { [USER_INFO]: NOT_FOUND, [ME]: { body: { subject: '', name: '' } } },
  paths: [USER_INFO, ME],
  says: ['/me answered 200 without a subject.'],
});

refused('the token is refused, and nothing was assumed', 'plane/token-refused', {
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', 'token parse error [Token is expired]') },
  says: ['IdentityService answered 401: token parse error [Token is expired].'],
});

refused('the token is refused by /me', 'plane/token-refused', {
  answers: { [USER_INFO]: NOT_FOUND, [ME]: { status: 401, body: { code: 16, message: 'Token is expired' } } },
  paths: [USER_INFO, ME],
  says: ['/me answered 401: Token is expired.'],
});

refused('the token is refused, and the audience was assumed', 'token/audience-mismatch', {
  claims: { aud: 'api://other' },
  says: [
    'It was assumed that the control plane accepts "https://union.example.test".',
    'The deployment refuses the token. IdentityService answered 401: invalid audience [api://other]',
  ],
});

scripted('the token is accepted, and the audience was assumed', {
  inputs: VERIFY,
  lab: { controlPlane: { accessTokenRules: { audience: 'api://other' } } },
  arrange: (lab) => grant(lab, { aud: 'api://other' }),
  expect: { exit: 0 },
  also(run, expect) {
    expect(asked(run, expect)).toEqual([USER_INFO]);
    expect(run.result.outputs['findings']).toContain('In doubt was token/audience-mismatch: The token is for');
  },
});

/** As Union answers with the claims that it keeps. */
const identity = (type: string): Answer => ({
  body: { subject: 'ci-client', additionalClaims: { identitytype: type } },
});

passes('the app is taken for an app, which was doubted', {
  claims: { identitytype: undefined },
  answers: { [USER_INFO]: identity('app') },
});

refused('the app is taken for a user', 'token/identity-type-not-app', {
  claims: { identitytype: undefined },
  answers: { [USER_INFO]: identity('user') },
  says: ['The deployment takes the app for a user.'],
});

refused('the app is taken for a user, as a header of the gateway says', 'token/identity-type-not-app', {
  claims: { identitytype: undefined },
  answers: {
    [USER_INFO]: NOT_FOUND,
    [ME]: { headers: { 'x-user-claim-identitytype': '"user"' }, body: { subject: 'ci-client' } },
  },
  paths: [USER_INFO, ME],
  says: ['The deployment takes the app for a user.'],
});

passes('the deployment does not say whether it takes the app for one', { claims: { identitytype: undefined } }, [
  'token/identity-type-not-app',
]);

refused('the token does not arrive', 'plane/token-missing', {
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', 'Request unauthenticated with Bearer') },
  says: ['The token was sent in the header flyte-authorization.', 'grpcAuthorizationHeader'],
});

for (const [status, title] of [
  [401, '401 Authorization Required'],
  [403, '403 Forbidden'],
] as const) {
  refused(`the ingress answers ${title}`, 'plane/ingress-refused', {
    answers: { [USER_INFO]: html(status, title) },
    says: [`"${title}"`, 'The token was sent in the header flyte-authorization.'],
  });
}

refused('the ingress redirects to a login page', 'plane/login-redirect', {
  answers: { [USER_INFO]: { status: 302, headers: { location: 'https://login.example.test/authorize?state=x' } } },
  says: ['IdentityService answered 302 to login.example.test.'],
});

refused('the app has no role', 'plane/permission-denied', {
  answers: { [USER_INFO]: connectError(403, 'permission_denied', 'no policy allows this') },
  says: ['IdentityService answered 403: no policy allows this.'],
});

refused('headers that are too large', 'plane/headers-too-large', {
  answers: { [USER_INFO]: { status: 431 } },
  says: ['large_client_header_buffers'],
});

for (const [status, title] of [
  [400, '400 Request Header Or Cookie Too Large'],
  [502, '502 Bad Gateway'],
] as const) {
  refused(`${status} for a large token`, 'plane/headers-too-large', {
    claims: { groups: ['team'.repeat(900)] },
    answers: { [USER_INFO]: html(status, title) },
    says: [`"${title}"`, 'The token has '],
  });
}

passes(
  'no route tells who is calling',
  { answers: { [USER_INFO]: NOT_FOUND, [ME]: NOT_FOUND }, paths: [USER_INFO, ME] },
  ['plane/no-identity-route'],
);

for (const status of [429, 502, 503]) {
  refused(`${status}, which is asked once`, 'plane/unavailable', { answers: { [USER_INFO]: { status } } });
}

refused('an answer that is no JSON', 'plane/unreadable-answer', { answers: { [USER_INFO]: { body: 'ok' } } });
refused('an unknown status', 'plane/unreadable-answer', { answers: { [USER_INFO]: { status: 418 } } });

refused('a token with a fault is not shown to the deployment', 'token/scope-all-missing', {
  claims: { client_id: 'ci-client', scp: undefined },
  paths: [],
});

refused('a message with commands in it', 'plane/token-refused', {
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', '\n::set-env name=X::y ##[error]foreign \u001b[31m') },
});

const project = (id: string) => ({ inputs: { project: id }, paths: [USER_INFO, GET_PROJECT] });

passes('a project that can be read', project('flytesnacks'));
refused('a project that nobody knows', 'plane/project-not-found', {
  ...project('flytesnax'),
  says: ['The project flytesnax: 404 (not_found).'],
});
refused('a project without a role', 'plane/project-denied', {
  ...project('flytesnacks'),
  answers: { [GET_PROJECT]: connectError(403, 'permission_denied', 'no') },
});
passes('a project that can not be asked for', { ...project('flytesnacks'), answers: { [GET_PROJECT]: NOT_FOUND } }, [
  'plane/project-not-checked',
]);
passes(
  'a project whose service is not implemented',
  { ...project('flytesnacks'), answers: { [GET_PROJECT]: UNIMPLEMENTED } },
  ['plane/project-not-checked'],
);
refused('a project is not asked for where the token is refused', 'plane/token-refused', {
  inputs: { project: 'flytesnacks' },
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', 'no') },
});

scripted('a project without verify: deployment', {
  inputs: { project: 'flytesnacks' },
  expect: { exit: 1, code: 'input/conflict' },
  also: ({ requests }, expect) => expect(requests).toEqual([]),
});

scripted('a project with control-plane: flyte2', {
  inputs: { ...VERIFY, project: 'flytesnacks', 'control-plane': 'flyte2' },
  expect: { exit: 0 },
  also: (run, expect) => expect(asked(run, expect)).toEqual([USER_INFO, GET_PROJECT]),
});

refused('the ingress redirects, and the audience was assumed: the redirect is the cause', 'plane/login-redirect', {
  claims: { aud: 'api://other' },
  answers: { [USER_INFO]: { status: 302, headers: { location: 'https://login.example.test/' } } },
});
refused('no token arrives, and the audience was assumed: that is the cause', 'plane/token-missing', {
  claims: { aud: 'api://other' },
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', 'Request unauthenticated with Bearer') },
});

scripted('a good token, and the deployment takes the app for a user', {
  inputs: VERIFY,
  arrange: (lab) => answer(lab, { [USER_INFO]: identity('user') }),
  expect: { exit: 1, code: 'token/identity-type-not-app' },
  also: ({ result }, expect) => expect(result.outputs['identity-type']).toBe('user'),
});

scripted('the connection breaks: what was found out stays, and the token is revoked', {
  inputs: { ...VERIFY, retries: '0' },
  arrange: (lab) => answer(lab, { [USER_INFO]: { reset: true } }),
  expect: { exit: 1, code: 'network/connection-lost' },
  also(run, expect) {
    expect(run.result.outputs['findings']).toContain('token/signature-valid');
    expect(run.requests.some(({ path }) => path.endsWith('/token/revocation'))).toBe(true);
  },
});

for (const project of ['..', 'a/b', '../admin', 'flyte snacks']) {
  scripted(`a project that is no id: ${project}`, {
    inputs: { verify: 'deployment', project },
    expect: { exit: 1, code: 'input/not-usable' },
    also: ({ requests }, expect) => expect(requests).toEqual([]),
  });
}

passes(
  'the deployment names somebody else, as a cache of the ingress does',
  {
    answers: { [USER_INFO]: { body: { subject: 'alice@example.com' } } },
  },
  ['plane/identity-of-another'],
);
passes('an answer that is another project', { ...project('flytesnacks'), answers: { [GET_PROJECT]: { body: {} } } }, [
  'plane/project-not-checked',
]);
refused('the server names another reason than what was assumed', 'plane/token-refused', {
  claims: { aud: 'api://other' },
  answers: { [USER_INFO]: connectError(401, 'unauthenticated', 'failed to validate token: Token is not valid yet') },
});
