import type { IncomingMessage } from 'node:http';
import { type DescMethod, fromJson, type JsonObject, type Message, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { type AccessTokenRules, checkAccessToken, type TokenVerdict } from './access-tokens.ts';
import { type Answer, notFound, sendAnswer } from './answers.ts';
import { authMetadataService, findMethod, identityService, projectService } from './flyte-definitions.ts';
import { type LabServer, type RecordedRequest, type ServerOptions, startHttpsServer } from './https-server.ts';

interface AuthorizationServerMetadata {
  issuer?: string;
  authorizationEndpoint?: string;
  tokenEndpoint?: string;
  responseTypesSupported?: string[];
  scopesSupported?: string[];
  tokenEndpointAuthMethodsSupported?: string[];
  jwksUri?: string;
  codeChallengeMethodsSupported?: string[];
  grantTypesSupported?: string[];
  deviceAuthorizationEndpoint?: string;
}

interface PublicClientConfig {
  clientId?: string;
  redirectUri?: string;
  scopes?: string[];
  authorizationMetadataKey?: string;
  serviceHttpEndpoint?: string;
  audience?: string;
  dataplaneDomain?: string;
}

interface Project {
  id: string;
  name: string;
  org?: string;
  domains?: { id: string; name: string }[];
}

export interface ControlPlaneRoutes {
  /** Default true, all three. A route that is off answers 404 as text. */
  connectBinary?: boolean | undefined;
  connectJson?: boolean | undefined;
  gateway?: boolean | undefined;
  /** Asked first for every request; what it returns is sent in place of the real answer. */
  override?: ((request: RecordedRequest) => Answer | undefined) | undefined;
}

/** The browser login (userAuth.openId), as /login sends it to the provider. */
interface BrowserLogin {
  clientId: string;
  scopes: readonly string[];
  authorizationEndpoint: string;
}

/** Everything but the server's own options is read at every request: change it while the control plane runs. */
export interface ControlPlaneOptions extends ServerOptions {
  domain: string;
  metadata: AuthorizationServerMetadata;
  publicClientConfig: PublicClientConfig;
  accessTokenRules: AccessTokenRules;
  projects?: readonly Project[] | undefined;
  routes?: ControlPlaneRoutes | undefined;
  /** Default none: /login and /callback answer 404, as with `useAuth` off. */
  login?: BrowserLogin | undefined;
}

export interface ControlPlane extends LabServer {
  domain: string;
  /** The options it runs with. */
  settings: ControlPlaneOptions;
}

const defaultProjects: readonly Project[] = [
  { id: 'flytesnacks', name: 'flytesnacks', domains: [{ id: 'development', name: 'development' }] },
];

const getMetadata = findMethod(authMetadataService, 'GetOAuth2Metadata');
const getPublicClientConfig = findMethod(authMetadataService, 'GetPublicClientConfig');
const getUserInfo = findMethod(identityService, 'UserInfo');
const getProject = findMethod(projectService, 'GetProject');

type Headers = (name: string) => string | null | undefined;

async function authenticate(settings: ControlPlaneOptions, header: Headers): Promise<TokenVerdict> {
  const key = settings.publicClientConfig.authorizationMetadataKey;
  // flyteadmin reads the header of its own name first, whether or not it is the standard one.
  const value = (key ? header(key) : undefined) ?? header('authorization') ?? '';
  const token = /^bearer (.+)$/i.exec(value)?.[1];
  return token === undefined
    ? { accepted: false, reason: 'Request unauthenticated with Bearer' }
    : checkAccessToken(token, settings.accessTokenRules);
}

function toUserInfo(claims: Record<string, unknown>): JsonObject {
  const text = (name: string) => String(claims[name] ?? '');
  return { subject: text('sub'), name: text('name'), preferredUsername: text('preferred_username') };
}

async function requireIdentity(settings: ControlPlaneOptions, context: HandlerContext): Promise<JsonObject> {
  const verdict = await authenticate(settings, (name) => context.requestHeader.get(name));
  if (!verdict.accepted) {
    throw new ConnectError(verdict.reason, Code.Unauthenticated);
  }
  return toUserInfo(verdict.claims);
}

function createRoutes(settings: ControlPlaneOptions): (router: ConnectRouter) => void {
  return (router) => {
    router.rpc(getMetadata, () => fromJson(getMetadata.output, { ...settings.metadata }));
    router.rpc(getPublicClientConfig, () => fromJson(getPublicClientConfig.output, { ...settings.publicClientConfig }));
    router.rpc(getUserInfo, async (_message: Message, context: HandlerContext) =>
      fromJson(getUserInfo.output, await requireIdentity(settings, context)),
    );
    router.rpc(getProject, async (message: Message, context: HandlerContext) => {
      await requireIdentity(settings, context);
      const wanted = 'id' in message ? message.id : undefined;
      const project = (settings.projects ?? defaultProjects).find(({ id }) => id === wanted);
      if (project === undefined) {
        throw new ConnectError(`project [${String(wanted)}] not found`, Code.NotFound);
      }
      return fromJson(getProject.output, { project: { ...project } });
    });
  };
}

function isConnectJson(request: IncomingMessage): boolean {
  if (request.method === 'GET') {
    return new URL(request.url ?? '/', 'https://localhost').searchParams.get('encoding') === 'json';
  }
  return /^application\/(connect\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

/** The HTTP gateway of flyteadmin: JSON with all fields, in snake_case for exactly one value of Accept. */
async function answerFromGateway(settings: ControlPlaneOptions, request: RecordedRequest): Promise<Answer> {
  const useProtoFieldName = request.headers.accept === 'application/json';
  const answer = (method: DescMethod, message: JsonObject): Answer => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      toJson(method.output, fromJson(method.output, message), { useProtoFieldName, alwaysEmitImplicit: true }),
    ),
  });
  switch (`${request.method} ${request.path.split('?', 1)[0]}`) {
    case 'GET /.well-known/oauth-authorization-server':
      return answer(getMetadata, { ...settings.metadata });
    case 'GET /config/v1/flyte_client':
      return answer(getPublicClientConfig, { ...settings.publicClientConfig });
    case 'GET /.well-known/openid-configuration':
      return { status: 303, headers: { location: `${settings.metadata.issuer}/.well-known/openid-configuration` } };
    case 'GET /me': {
      const verdict = await authenticate(settings, (name) => request.headers[name.toLowerCase()]);
      return verdict.accepted
        ? answer(getUserInfo, toUserInfo(verdict.claims))
        : { status: 401, body: { code: 16, message: verdict.reason, details: [] } };
    }
    case 'GET /login':
      return settings.login === undefined ? notFound() : redirectToLogin(settings.domain, settings.login);
    case 'GET /callback':
      // Without the cookie of a login that was begun.
      return settings.login === undefined ? notFound() : { status: 401 };
    default:
      return notFound();
  }
}

/** flyteorg/flyte v1.16.8 flyteadmin/auth/handlers.go, GetLoginHandler; auth_context.go, OAuth2ClientConfig. */
function redirectToLogin(domain: string, { clientId, scopes, authorizationEndpoint }: BrowserLogin): Answer {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `https://${domain}/callback`,
    response_type: 'code',
    scope: scopes.join(' '),
    state: 'd3b07384d113edec49eaa6238ad5ff00',
  });
  const location = `${authorizationEndpoint}?${query}`;
  return {
    status: 307,
    headers: { location, 'set-cookie': 'flyte_csrf_state=lab', 'content-type': 'text/html; charset=utf-8' },
    body: '<a href="/">Temporary Redirect</a>.\n',
  };
}

export async function startControlPlane(settings: ControlPlaneOptions): Promise<ControlPlane> {
  const connect = connectNodeAdapter({ routes: createRoutes(settings) });
  const server = await startHttpsServer({
    ...settings,
    hostNames: [settings.domain],
    async handler(request, response, recorded) {
      const { connectBinary = true, connectJson = true, gateway = true, override } = settings.routes ?? {};
      const replacement = override?.(recorded);
      if (replacement !== undefined) {
        return sendAnswer(response, replacement);
      }
      if (recorded.path.startsWith('/flyteidl2.')) {
        const enabled = isConnectJson(request) ? connectJson : connectBinary;
        return enabled ? connect(request, response) : sendAnswer(response, notFound());
      }
      return sendAnswer(response, gateway ? await answerFromGateway(settings, recorded) : notFound());
    },
  });
  return { port: server.port, stop: server.stop, domain: settings.domain, settings };
}
