import { encodeUnchecked } from '../../../src/api-key/encode.ts';
import type { FindingCode } from '../../../src/catalogue.ts';
import type { AnyLab } from '../../e2e/scenario.ts';
import type { Answer } from '../../lab/answers.ts';
import { type ScriptedDeploymentOptions, startDeployment } from '../../lab/deployment.ts';

export type FailureCommand = 'whoami' | 'deploy';

export interface Failure {
  readonly name: string;
  /** What stands in the output, without colours, frames and line breaks. */
  readonly text: string;
  /** Where 2.3.9 has other words. */
  readonly oldText?: string;
  /** What `union-auth explain` has to make of the output. */
  readonly code: FindingCode;
  lab(): Promise<AnyLab>;
  /** In place of a good key. */
  key?(lab: AnyLab): string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Other findings have the same text, and `explain` may name one of them first. */
  readonly isSharedText?: true;
}

const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>\n';
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const DEPLOY_TASK = '/flyteidl2.task.TaskService/DeployTask';
const NO_TOKEN: Answer = {
  status: 401,
  body: { code: 'unauthenticated', message: 'Request unauthenticated with Bearer' },
};

type ControlPlaneParts = NonNullable<ScriptedDeploymentOptions['controlPlane']>;

/** The lab knows no tasks: `deploy` is refused as every other call, and here with a token too. */
function deployRefusedWith(answer: Answer): NonNullable<ControlPlaneParts['routes']> {
  return {
    override: ({ path, headers }) =>
      path === DEPLOY_TASK ? (headers['flyte-authorization'] === undefined ? NO_TOKEN : answer) : undefined,
  };
}

const usual = (): Promise<AnyLab> => startDeployment({ controlPlane: { routes: deployRefusedWith(NO_TOKEN) } });

const scripted = (controlPlane: ControlPlaneParts = {}) =>
  startDeployment({ provider: 'scripted', controlPlane: { routes: deployRefusedWith(NO_TOKEN), ...controlPlane } });

const tokenAnswer = (answer: Answer) => async (): Promise<AnyLab> => {
  const lab = await scripted();
  lab.provider.on('POST', lab.provider.paths.token, answer);
  return lab;
};

const everyRpc = (answer: Answer) => (): Promise<AnyLab> =>
  scripted({ routes: { override: ({ path }) => (path.startsWith('/flyteidl2.') ? answer : undefined) } });

const everyRpcWithToken = (answer: Answer) => (): Promise<AnyLab> =>
  scripted({
    routes: {
      override: ({ path, headers }) =>
        headers['flyte-authorization'] === undefined ? (path === DEPLOY_TASK ? NO_TOKEN : undefined) : answer,
    },
  });

const tokenRefused =
  (accessTokenRules: ControlPlaneParts['accessTokenRules'], message: string) => (): Promise<AnyLab> =>
    scripted({
      accessTokenRules,
      routes: deployRefusedWith({ status: 401, body: { code: 'unauthenticated', message } }),
    });

function base64(text: string | Buffer): string {
  return Buffer.from(text as string).toString('base64');
}

const textOf = ({ domain, clientId, clientSecret }: AnyLab): string => `${domain}:${clientId}:${clientSecret}:`;

export const FAILURES: readonly Failure[] = [
  {
    name: 'a wrong secret',
    lab: usual,
    key: ({ domain, clientId }) => encodeUnchecked({ domain, clientId, clientSecret: 'made-up-and-wrong', org: '' }),
    text: 'Status Code (401) received from IDP: {"error":"invalid_client"',
    code: 'idp/wrong-secret',
  },
  {
    name: 'the client may not use the grant',
    lab: tokenAnswer({ status: 400, body: { error: 'unauthorized_client' } }),
    text: 'received from IDP: {"error":"unauthorized_client"',
    code: 'idp/client-not-allowed',
  },
  {
    name: 'a scope that the provider does not know',
    lab: tokenAnswer({ status: 400, body: { error: 'invalid_scope' } }),
    text: 'received from IDP: {"error":"invalid_scope"',
    code: 'idp/invalid-scope',
  },
  {
    name: 'the provider denies access',
    lab: tokenAnswer({ status: 400, body: { error: 'access_denied' } }),
    text: 'The request was denied on the other device.',
    oldText: 'received from IDP: {"error":"access_denied"',
    code: 'idp/access-denied',
  },
  {
    name: 'a web page with 200 from the token endpoint',
    lab: tokenAnswer({ headers: HTML, body: PAGE }),
    text: 'Expecting value: line 1 column 1 (char 0)',
    code: 'idp/html',
  },
  {
    name: 'a web page with 403 from the token endpoint',
    lab: tokenAnswer({ status: 403, headers: HTML, body: PAGE }),
    text: 'Status Code (403) received from IDP: <!DOCTYPE html>',
    oldText: 'Expecting value: line 1 column 1 (char 0)',
    code: 'idp/html',
  },
  {
    name: 'a token answer without expires_in',
    lab: tokenAnswer({ body: { access_token: 'made-up', token_type: 'Bearer' } }),
    text: "Error: 'expires_in'",
    code: 'idp/no-expires-in',
  },
  {
    name: 'a token answer without a token',
    lab: tokenAnswer({ body: { token_type: 'Bearer', expires_in: 3600 } }),
    text: "Error: 'access_token'",
    code: 'idp/no-access-token',
  },
  {
    name: 'an empty authorization_metadata_key',
    lab: () => scripted({ publicClientConfig: { authorizationMetadataKey: '' } }),
    text: "Invalid header name: ''",
    code: 'discovery/metadata-key-empty',
  },
  {
    name: 'an empty token endpoint',
    lab: () => scripted({ metadata: { tokenEndpoint: '' } }),
    text: "Request URL is missing an 'http://' or 'https://' protocol.",
    code: 'discovery/token-endpoint-empty',
  },
  {
    name: 'a web page in place of the discovery',
    lab: everyRpc({ headers: HTML, body: PAGE }),
    text: 'The configured endpoint returned a non-protobuf (HTML) response',
    oldText: "invalid content-type: 'text/html; charset=utf-8'; expecting 'application/proto'",
    code: 'discovery/html',
  },
  {
    name: 'a token for another audience',
    lab: tokenRefused(
      { audience: 'https://another.example.test' },
      'invalid audience [https://union.example.test], wanted [https://another.example.test]',
    ),
    text: 'invalid audience [https://union.example.test], wanted [https://another.example.test]',
    code: 'token/audience-mismatch',
  },
  {
    name: 'a token without the scope all',
    lab: tokenRefused({ scope: 'something-else' }, "authenticated user doesn't have required scope"),
    text: "authenticated user doesn't have required scope",
    code: 'token/scope-all-missing',
  },
  {
    name: 'a token signed by another key',
    lab: tokenRefused(
      { jwks: { keys: [] } },
      'token parse error id token err: access token err: failed to verify id token signature',
    ),
    text: 'failed to verify id token signature',
    code: 'token/signature-invalid',
  },
  {
    name: 'no permission',
    lab: everyRpcWithToken({ status: 403, body: { code: 'permission_denied', message: 'permission denied' } }),
    text: 'permission denied',
    code: 'plane/permission-denied',
  },
  {
    name: 'a certificate authority that is not trusted',
    lab: usual,
    environment: { SSL_CERT_FILE: undefined },
    text: 'invalid peer certificate: UnknownIssuer',
    code: 'network/tls-untrusted',
  },
  {
    name: 'the colon at the end is missing',
    lab: usual,
    key: (lab) => base64(textOf(lab).slice(0, -1)),
    text: "Invalid API key format. Expected 4 parts separated by ':', got 3",
    code: 'key/final-colon-missing',
  },
  {
    name: 'a key that was encoded twice',
    lab: usual,
    key: (lab) => base64(base64(textOf(lab))),
    text: "Invalid API key format. Expected 4 parts separated by ':', got 1",
    code: 'key/encoded-twice',
  },
  {
    name: 'a key without its padding',
    lab: usual,
    key: () => base64('union.example.test:ci:made-up-secret:').replace(/=+$/, ''),
    text: 'Incorrect padding',
    code: 'key/padding-lost',
  },
  {
    name: 'a key in the URL-safe alphabet',
    lab: usual,
    key: () => base64('union.example.com:abc123:s?>~ÿ¾secret:').replaceAll('+', '-').replaceAll('/', '_'),
    text: "'utf-8' codec can't decode byte",
    code: 'key/url-safe-alphabet',
  },
  {
    name: 'a key that is cut',
    lab: usual,
    key: (lab) => `${base64(textOf(lab)).replace(/=+$/, '').slice(0, 40)}A`,
    text: 'Invalid base64-encoded string: number of data characters',
    code: 'key/not-base64',
  },
  {
    name: 'an empty client id',
    lab: usual,
    key: ({ domain, clientSecret }) => encodeUnchecked({ domain, clientId: '', clientSecret, org: '' }),
    text: 'both client_id and client_credentials_secret are required.',
    code: 'key/client-id-empty',
  },
  {
    name: 'an empty client secret',
    lab: usual,
    key: ({ domain, clientId }) => encodeUnchecked({ domain, clientId, clientSecret: '', org: '' }),
    text: 'both client_id and client_credentials_secret are required.',
    code: 'key/client-secret-empty',
    isSharedText: true,
  },
  {
    name: 'a name that does not exist',
    lab: usual,
    key: ({ clientId, clientSecret }) =>
      encodeUnchecked({ domain: 'nowhere.invalid', clientId, clientSecret, org: '' }),
    environment: { HTTPS_PROXY: undefined },
    text: 'failed to lookup address information',
    code: 'network/name-not-found',
  },
  {
    name: 'nobody listens',
    lab: usual,
    environment: { HTTPS_PROXY: 'http://127.0.0.1:1' },
    text: 'Connection refused (os error 111)',
    code: 'network/refused',
  },
  {
    name: 'a domain with a scheme',
    lab: usual,
    key: (lab) => base64(`https://${textOf(lab)}`),
    text: 'error sending request for url (https://https/',
    code: 'key/domain-has-scheme',
  },
  {
    name: 'a proxy that refuses',
    lab: usual,
    key: ({ clientId, clientSecret }) =>
      encodeUnchecked({ domain: 'elsewhere.example.test', clientId, clientSecret, org: '' }),
    text: 'tunnel error: unsuccessful',
    code: 'network/proxy-refused',
  },
  {
    name: 'a domain with a port',
    lab: usual,
    key: (lab) => base64(textOf(lab).replace(':', ':8443:')),
    text: 'received from IDP',
    code: 'idp/wrong-secret',
  },
  {
    name: 'an empty key',
    lab: usual,
    key: () => '',
    text: 'Client has not been initialized. Call flyte.init() with a valid endpoint/api-key',
    code: 'event/secret-not-set',
  },
];
