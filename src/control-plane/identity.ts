import type { Finding } from '../findings/finding.ts';
import type { HttpRequest, HttpResponse, Transport } from '../transport/http-client.ts';
import { isJsonObject, type JsonObject, jsonObject, member, stringMember } from '../transport/json.ts';
import { isHtml, titleOf } from '../transport/web-page.ts';
import type { DiscoveryRoute } from './discovery.ts';
import { type PlaneFindingCode, planeFinding } from './plane-findings.ts';
import { SMALL_TOKEN_BYTES } from './verdict/strict-client.ts';

const LARGEST_ANSWER_BYTES = 256 * 1024;

export interface IdentityRequest {
  readonly domain: string;
  /** By which the deployment was found: where only the gateway answers, there is nothing to ask by Connect. */
  readonly route: DiscoveryRoute | 'none';
  /** The header that the deployment tells its clients to use. */
  readonly header: string;
  readonly token: string;
  /** Of the token, by the rules of the control plane. */
  readonly subject: string | undefined;
  /** What the token calls its bearer, in any claim: one of them should be what the control plane says. */
  readonly names: readonly string[];
  /** Empty where none is to be read. */
  readonly project: string;
}

/** What the control plane itself makes of the token. */
export interface IdentityAnswer {
  readonly outcome: 'accepted' | 'refused' | 'unknown';
  readonly findings: readonly Finding[];
  readonly subject?: string;
  /** As the control plane mapped it; undefined where it does not say. */
  readonly identityType?: string;
}

/**
 * Asks the control plane who is calling, as `flyte whoami` does: by Connect, else by the route of flyteadmin's
 * gateway. A status of 200 alone is no proof, since it is given with authentication switched off too. At most three
 * requests, none of them repeated.
 * Sources: flyteorg/flyte flyteidl2/auth/identity.proto; v1.16.8 flyteadmin/auth/handlers.go
 * (GetUserInfoForwardResponseHandler), user_info_provider.go; flyteidl/service/admin.proto (GetProject).
 * @throws FindingError of the network.
 */
export async function askIdentity(request: IdentityRequest, transport: Transport): Promise<IdentityAnswer> {
  const connect =
    request.route === 'http-gateway'
      ? undefined
      : await transport.send(connectCall(request, 'flyteidl2.auth.IdentityService/UserInfo', {}, 'who is calling'));
  const isConnect = connect !== undefined && !isAbsent(connect);
  const response = isConnect
    ? connect
    : await transport.send({ ...gatewayCall(request, '/me'), purpose: 'who is calling, from the gateway' });
  const place = isConnect ? 'IdentityService' : '/me';
  if (!isConnect && isAbsent(response)) {
    const asked = connect === undefined ? '' : `IdentityService answered ${connect.status}, `;
    const detail = `${asked}/me answered ${response.status}.`;
    return { outcome: 'unknown', findings: [planeFinding('plane/no-identity-route', detail)] };
  }
  if (response.status !== 200) {
    return refusedAnswer(response, place, request);
  }
  const answer = readIdentity(response);
  if (answer === undefined) {
    return {
      outcome: 'unknown',
      findings: [planeFinding('plane/unreadable-answer', `${place} answered 200${whatOf(response)}.`)],
    };
  }
  const { subject, identityType } = answer;
  if (subject !== '' && !request.names.includes(subject)) {
    const detail = `${place} names ${subject}, and the token ${request.subject ?? 'nobody'}.`;
    return { outcome: 'unknown', findings: [planeFinding('plane/identity-of-another', detail)] };
  }
  if (subject === '') {
    return {
      outcome: 'unknown',
      findings: [planeFinding('plane/identity-empty', `${place} answered 200 without a subject.`)],
    };
  }
  const type = identityType === undefined ? '' : ` with the identity type ${identityType}`;
  const confirmed = planeFinding('plane/identity-confirmed', `${place} names the subject ${subject}${type}.`);
  const project = request.project === '' ? [] : [await askProject(request, isConnect, transport)];
  return {
    outcome: 'accepted',
    findings: [confirmed, ...project],
    subject,
    ...(identityType !== undefined && { identityType }),
  };
}

function connectCall(
  { domain, header, token }: IdentityRequest,
  method: string,
  message: object,
  purpose: string,
): HttpRequest {
  return {
    purpose,
    method: 'POST',
    url: new URL(`/${method}`, `https://${domain}`),
    headers: {
      'connect-protocol-version': '1',
      'content-type': 'application/json',
      accept: 'application/json',
      [header]: `Bearer ${token}`,
    },
    body: JSON.stringify(message),
    maximumBytes: LARGEST_ANSWER_BYTES,
  };
}

function gatewayCall({ domain, header, token }: IdentityRequest, path: string): Omit<HttpRequest, 'purpose'> {
  return {
    method: 'GET',
    url: new URL(path, `https://${domain}`),
    headers: { accept: 'application/json', [header]: `Bearer ${token}` },
    maximumBytes: LARGEST_ANSWER_BYTES,
  };
}

/** Nothing stands at this route: another one may know more. */
function isAbsent(response: HttpResponse): boolean {
  const { status } = response;
  return (
    [404, 405, 415, 501].includes(status) ||
    codeOf(response) === 'unimplemented' ||
    (status === 200 && isHtml(response))
  );
}

/** The code of a Connect error or of gRPC's gateway, by its name in Connect (connectrpc.com, "Error codes"). */
function codeOf({ body }: HttpResponse): string | undefined {
  const document = jsonObject(body);
  const code = document && member(document, 'code');
  return typeof code === 'number' ? GATEWAY_CODES.get(code) : typeof code === 'string' ? code : undefined;
}

const GATEWAY_CODES: ReadonlyMap<number, string> = new Map([
  [5, 'not_found'],
  [7, 'permission_denied'],
  [12, 'unimplemented'],
  [14, 'unavailable'],
  [16, 'unauthenticated'],
]);

/** Each of those who can refuse is read for what it is: the ingress, Connect, the gateway. */
function refusedAnswer(response: HttpResponse, place: string, { header, token }: IdentityRequest): IdentityAnswer {
  const { status, body } = response;
  const document = jsonObject(body);
  const message = document && stringMember(document, 'message');
  const said = message === undefined ? whatOf(response) : `: ${message}`;
  const seen = `${place} answered ${status}${said}${/[.!?]$/.test(said) ? '' : '.'}`;
  const of = (outcome: IdentityAnswer['outcome'], code: PlaneFindingCode, detail = seen): IdentityAnswer => ({
    outcome,
    findings: [planeFinding(code, detail)],
  });
  const withHeader = `${seen} The token was sent in the header ${header}.`;
  if (status >= 300 && status < 400) {
    const location = response.headers['location'] ?? '';
    const target = URL.canParse(location) ? ` to ${new URL(location).host}` : '';
    return of(
      'refused',
      'plane/login-redirect',
      `${place} answered ${status}${target}. The token was sent in the header ${header}.`,
    );
  }
  const isLarge = Buffer.byteLength(token) > SMALL_TOKEN_BYTES;
  // nginx makes 502 of an answer whose headers are too large, and 500 of a subrequest that ended so.
  const isOfTheIngress = isHtml(response) && [400, 500, 502].includes(status);
  if (status === 431 || (isLarge && isOfTheIngress)) {
    return of('refused', 'plane/headers-too-large', `${seen} The token has ${Buffer.byteLength(token)} bytes.`);
  }
  switch (codeOf(response)) {
    case 'unauthenticated':
      return isTokenMissing(message ?? '')
        ? of('refused', 'plane/token-missing', withHeader)
        : of('refused', 'plane/token-refused');
    case 'permission_denied':
      return of('unknown', 'plane/permission-denied');
  }
  if (status === 401 || status === 403) {
    return of('refused', 'plane/ingress-refused', withHeader);
  }
  return status >= 500 || status === 429
    ? of('unknown', 'plane/unavailable')
    : of('unknown', 'plane/unreadable-answer');
}

/** flyteadmin looks for a bearer token and for an ID token; where it says this of the first, none came. */
function isTokenMissing(message: string): boolean {
  return message.includes('Request unauthenticated with Bearer');
}

function whatOf(response: HttpResponse): string {
  const title = isHtml(response) ? titleOf(response.body) : undefined;
  return title === undefined ? (isHtml(response) ? ' with a web page' : '') : ` with a web page titled "${title}"`;
}

/** GetProjectResponse of Flyte 2, Project of Flyte 1. */
function projectIn({ body }: HttpResponse): string | undefined {
  const document = jsonObject(body);
  const inner = document && member(document, 'project');
  const project = isJsonObject(inner) ? inner : document;
  return project && stringMember(project, 'id');
}

/** UserInfoResponse in either spelling; its additional claims also come as headers from flyteadmin. */
function readIdentity({
  headers,
  body,
}: HttpResponse): { subject: string; identityType: string | undefined } | undefined {
  const document = jsonObject(body);
  if (document === undefined) {
    return undefined;
  }
  const claims = member(document, 'additionalClaims') ?? member(document, 'additional_claims');
  const fromClaims = isJsonObject(claims) ? stringMember(claims, 'identitytype') : undefined;
  return {
    subject: stringMember(document, 'subject') ?? '',
    identityType: fromClaims ?? headerText(headers['x-user-claim-identitytype']),
  };
}

/** A header whose value is a JSON text. */
function headerText(value: string | undefined): string | undefined {
  const wrapped: JsonObject | undefined =
    value === undefined ? undefined : jsonObject(Buffer.from(`{"value":${value}}`));
  return wrapped && stringMember(wrapped, 'value');
}

async function askProject(request: IdentityRequest, isConnect: boolean, transport: Transport): Promise<Finding> {
  const { project } = request;
  const purpose = 'reading the project';
  const response = await transport.send(
    isConnect
      ? connectCall(request, 'flyteidl2.project.ProjectService/GetProject', { id: project }, purpose)
      : { ...gatewayCall(request, `/api/v1/projects/${encodeURIComponent(project)}`), purpose },
  );
  const { status } = response;
  const code = codeOf(response);
  const seen = `The project ${project}: ${status}${code === undefined ? whatOf(response) : ` (${code})`}.`;
  if (status === 200 && projectIn(response) === project) {
    return planeFinding('plane/project-readable', `The project ${project} was read.`);
  }
  if (code === 'not_found') {
    return planeFinding('plane/project-not-found', seen);
  }
  return code === 'permission_denied' || code === 'unauthenticated' || status === 403
    ? planeFinding('plane/project-denied', seen)
    : planeFinding('plane/project-not-checked', seen);
}
