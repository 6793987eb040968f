import { type Finding, FindingError } from '../findings/finding.ts';
import type { HttpRequest, HttpResponse, Transport } from '../transport/http-client.ts';
import { type RetryEffects, sendWithRetries } from '../transport/retry.ts';
import { isHtml } from '../transport/web-page.ts';
import {
  type AuthMetadata,
  type MetadataReader,
  OAUTH2_METADATA,
  PUBLIC_CLIENT_CONFIG,
  SIGN_IN_CLIENT,
  SIGN_IN_ENDPOINTS,
  type SignInSettings,
} from './auth-metadata.ts';
import { type DiscoveryFindingCode, discoveryFinding } from './discovery-findings.ts';

const LARGEST_METADATA_BYTES = 256 * 1024;

/** The ways to ask, in the order in which they are preferred. Only the first is one that the flyte client knows. */
export type DiscoveryRoute = 'connect-binary' | 'connect-json' | 'http-gateway';

export interface Discovery {
  readonly route: DiscoveryRoute;
  readonly metadata: AuthMetadata;
  readonly signIn: SignInSettings;
  readonly findings: readonly Finding[];
}

interface Route {
  readonly name: DiscoveryRoute;
  readonly title: string;
  request(domain: string, half: 'GetOAuth2Metadata' | 'GetPublicClientConfig'): HttpRequest;
  read<Half>(reader: MetadataReader<Half>, body: Uint8Array): Half | undefined;
}

/** As Python's gzip writes it, with no time in it: zlib would put the operating system into the header. */
const GZIP_OF_NOTHING = Buffer.from('1f8b08000000000000ff03000000000000000000', 'hex');

/**
 * What the flyte client sends: both calls at once, Connect over HTTP, binary messages, gzip even for the empty one.
 * Source: recorded from flyte 2.6.5, see test/recordings/auth-metadata-requests.json.
 */
const CONNECT_BINARY: Route = {
  name: 'connect-binary',
  title: 'the route of the flyte client (Connect, binary)',
  request: (domain, half) => ({
    ...connectRequest(domain, half),
    headers: {
      'connect-protocol-version': '1',
      'accept-encoding': 'gzip,identity',
      'content-encoding': 'gzip',
      'content-type': 'application/proto',
      accept: '*/*',
    },
    body: GZIP_OF_NOTHING,
  }),
  read: (reader, body) => reader.binary(body),
};

/** The same calls in JSON: an ingress that only spoils binary bodies lets them through. */
const CONNECT_JSON: Route = {
  name: 'connect-json',
  title: 'Connect with JSON',
  request: (domain, half) => ({
    ...connectRequest(domain, half),
    headers: { 'connect-protocol-version': '1', 'content-type': 'application/json', accept: 'application/json' },
    body: '{}',
  }),
  read: (reader, body) => reader.json(body),
};

/** flyteadmin's HTTP gateway: flyteorg/flyte flyteidl/protos/flyteidl/service/auth.proto. */
const HTTP_GATEWAY: Route = {
  name: 'http-gateway',
  title: 'the HTTP gateway',
  request: (domain, half) => ({
    purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
    method: 'GET',
    url: new URL(
      half === 'GetOAuth2Metadata' ? '/.well-known/oauth-authorization-server' : '/config/v1/flyte_client',
      `https://${domain}`,
    ),
    headers: { accept: 'application/json' },
    maximumBytes: LARGEST_METADATA_BYTES,
  }),
  read: (reader, body) => reader.json(body),
};

function connectRequest(domain: string, half: string): Omit<HttpRequest, 'headers'> {
  return {
    purpose: half === 'GetOAuth2Metadata' ? 'discovery of the provider' : 'discovery of the client settings',
    method: 'POST',
    url: new URL(`/flyteidl2.auth.AuthMetadataService/${half}`, `https://${domain}`),
    maximumBytes: LARGEST_METADATA_BYTES,
  };
}

/**
 * Asks a deployment for its identity provider: first exactly as the flyte client does, then, where that fails, by
 * two routes that the client does not know, as a diagnosis and so that the rest can still be tested.
 * @throws FindingError with the one cause where no route answers.
 */
export async function discover(domain: string, transport: Transport, effects: RetryEffects): Promise<Discovery> {
  const first = await ask(CONNECT_BINARY, domain, transport, effects);
  if ('metadata' in first) {
    return {
      ...first,
      findings: [discoveryFinding('discovery/found', `${domain} answered on ${CONNECT_BINARY.title}.`)],
    };
  }
  if (isOfTheNetwork(first.failure)) {
    throw first.failure;
  }
  const others = [CONNECT_JSON, HTTP_GATEWAY];
  const answers = await Promise.all(others.map((route) => ask(route, domain, transport, effects)));
  for (const answer of answers) {
    if ('metadata' in answer) {
      const seen = first.failure.finding.detail;
      const title = others.find(({ name }) => name === answer.route)?.title ?? '';
      return {
        ...answer,
        findings: [
          discoveryFinding(
            'discovery/client-route-fails',
            `${domain} answered only on ${title}. On the client's own route: ${seen}`,
          ),
        ],
      };
    }
  }
  throw first.failure;
}

/** A fault that every route, and every client, would meet too; an answer that only can't be read is one of the route. */
export function isOfTheNetwork({ finding }: FindingError): boolean {
  return finding.code.startsWith('network/') && !finding.code.startsWith('network/answer-');
}

type Answer = Omit<Discovery, 'findings'> | { readonly failure: FindingError };

async function ask(route: Route, domain: string, transport: Transport, effects: RetryEffects): Promise<Answer> {
  const halves = [
    askHalf(route, domain, 'GetOAuth2Metadata', [OAUTH2_METADATA, SIGN_IN_ENDPOINTS], transport, effects),
    askHalf(route, domain, 'GetPublicClientConfig', [PUBLIC_CLIENT_CONFIG, SIGN_IN_CLIENT], transport, effects),
  ] as const;
  const settled = await Promise.allSettled(halves);
  for (const half of settled) {
    if (half.status === 'rejected') {
      if (half.reason instanceof FindingError) {
        return { failure: half.reason };
      }
      throw half.reason;
    }
  }
  const [[provider, endpoints], [client, app]] = await Promise.all(halves);
  return { route: route.name, metadata: { ...provider, ...client }, signIn: { ...endpoints, ...app } };
}

async function askHalf<Half, SignIn>(
  route: Route,
  domain: string,
  half: 'GetOAuth2Metadata' | 'GetPublicClientConfig',
  [reader, signInReader]: readonly [MetadataReader<Half>, MetadataReader<SignIn>],
  transport: Transport,
  effects: RetryEffects,
): Promise<readonly [Half, SignIn]> {
  const request = route.request(domain, half);
  const response = await sendWithRetries(transport, request, effects);
  const code = faultOf(response);
  const isReadable = code === undefined && isExpectedType(route, response);
  const message = isReadable ? route.read(reader, response.body) : undefined;
  const signIn = isReadable ? route.read(signInReader, response.body) : undefined;
  if (message === undefined || signIn === undefined) {
    throw new FindingError(discoveryFinding(code ?? 'discovery/unreadable-answer', describe(request.url, response)));
  }
  return [message, signIn];
}

/** connectrpc refuses any other content type than the one it asked for; the gateway's JSON is told by its content. */
function isExpectedType(route: Route, { headers }: HttpResponse): boolean {
  const type = headers['content-type'] ?? '';
  return route.name === 'connect-binary' ? /^application\/proto\s*(;|$)/i.test(type) : true;
}

function faultOf(response: HttpResponse): DiscoveryFindingCode | undefined {
  const { status } = response;
  if (status >= 300 && status < 400) {
    return 'discovery/redirect';
  }
  if (isHtml(response)) {
    return status === 200
      ? 'discovery/html'
      : status === 401 || status === 403
        ? 'discovery/refused'
        : statusFault(status);
  }
  return statusFault(status, Buffer.from(response.body.subarray(0, 400)).toString('latin1'));
}

function statusFault(status: number, body = ''): DiscoveryFindingCode | undefined {
  if (status === 200) {
    return undefined;
  }
  if (status === 401 || status === 403) {
    return 'discovery/refused';
  }
  if (status === 501 || /"code"\s*:\s*("unimplemented"|12\b)/.test(body)) {
    return 'discovery/auth-not-configured';
  }
  if (status >= 500 || status === 429) {
    return 'discovery/server-error';
  }
  return 'discovery/not-a-control-plane';
}

/** Status, type and, for a redirect, the host it leads to: enough to recognise the fault, and no remote prose. */
function describe(url: URL, { status, headers }: HttpResponse): string {
  const type = /^[a-z0-9.+-]+\/[a-z0-9.+-]+/i.exec(headers['content-type'] ?? '')?.[0];
  const location = headers['location'];
  const target =
    location !== undefined && URL.canParse(location, url.href) ? ` to ${new URL(location, url.href).host}` : '';
  return `${url.host}${url.pathname} answered ${status}${target}${type === undefined ? '' : ` with ${type}`}.`;
}

/** RFC 9110 section 5.6.2, token. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What the flyte client can't use even though it was answered. */
export function checkMetadata(metadata: AuthMetadata): Finding<DiscoveryFindingCode>[] {
  const findings: Finding<DiscoveryFindingCode>[] = [];
  if (metadata.tokenEndpoint === '') {
    findings.push(discoveryFinding('discovery/token-endpoint-empty', 'The deployment advertises no token endpoint.'));
  }
  if (metadata.authorizationMetadataKey === '') {
    findings.push(
      discoveryFinding(
        'discovery/metadata-key-empty',
        'The deployment advertises an empty authorization_metadata_key.',
      ),
    );
  } else if (!HEADER_NAME.test(metadata.authorizationMetadataKey)) {
    const detail = `The deployment advertises "${metadata.authorizationMetadataKey}".`;
    findings.push(discoveryFinding('discovery/metadata-key-not-usable', detail));
  }
  return findings;
}
