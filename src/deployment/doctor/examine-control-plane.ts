import { checkMetadata, type Discovery, discover, isOfTheNetwork } from '../../control-plane/discovery.ts';
import { type Finding, FindingError } from '../../findings/finding.ts';
import type { HttpResponse, Transport } from '../../transport/http-client.ts';
import { jsonObject, member } from '../../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../../transport/retry.ts';
import type { DeploymentDescription } from '../deployment.ts';
import { CHECKS, type Check } from './checks.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, isFault, passed, waitsFor } from './doctor-report.ts';
import { refuseProvidersDomain } from './examine-file.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';

const LARGEST_ANSWER_BYTES = 256 * 1024;

/** What was asked of the control plane, without a token. */
export interface ControlPlaneAnswers {
  /** Undefined where nothing more can be said of the control plane. */
  readonly discovery: Discovery | undefined;
  readonly login: HttpResponse | undefined;
  readonly rows: readonly DoctorRow[];
}

/** Who issues its tokens, whether it asks for one, and where it sends people: all that it tells everybody. */
export async function askControlPlane(
  description: DeploymentDescription,
  transport: Transport,
  retry: RetryEffects,
): Promise<ControlPlaneAnswers> {
  const refused = refuseProvidersDomain(description);
  if (refused !== undefined) {
    return { discovery: undefined, login: undefined, rows: [refused, waits(CHECKS.authentication)] };
  }
  const { domain } = description;
  const [discovery, me, login] = await Promise.all([
    orFinding(discover(domain, transport, retry)),
    orFinding(get(domain, '/me', 'application/json', transport, retry)),
    description.apps['browser-login'] === undefined
      ? undefined
      : orFinding(get(domain, '/login', 'text/html', transport, retry)),
  ]);
  const isOff = 'value' in me && isUnregistered(me.value);
  if ('failure' in discovery) {
    // Where the routes are there and the services behind them are not, it is the one setting that registers both.
    const rows =
      isOff && !isOfTheNetwork(discovery.failure)
        ? [waitsFor('deployment', CHECKS.discovery, CHECKS.authentication), authenticationOff(me.value)]
        : [found('deployment', CHECKS.discovery, discovery.failure.finding), waits(CHECKS.authentication)];
    return { discovery: undefined, login: undefined, rows };
  }
  return {
    discovery: discovery.value,
    login: login !== undefined && 'value' in login ? login.value : undefined,
    rows: [...judgeDiscovery(discovery.value, domain), judgeMe(me)],
  };
}

type Settled<Value> = { readonly value: Value } | { readonly failure: FindingError };

async function orFinding<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await promise };
  } catch (error) {
    if (error instanceof FindingError) {
      return { failure: error };
    }
    throw error;
  }
}

async function get(
  domain: string,
  path: string,
  accept: string,
  transport: Transport,
  retry: RetryEffects,
): Promise<HttpResponse> {
  const url = new URL(path, `https://${domain}`);
  const purpose = path === '/me' ? 'whether a token is asked for' : 'where the browser login leads';
  const request = { purpose, method: 'GET', url, headers: { accept }, maximumBytes: LARGEST_ANSWER_BYTES } as const;
  return await sendWithRetries(transport, request, retry);
}

function waits(check: Check): DoctorRow {
  return waitsFor('deployment', check, CHECKS.discovery);
}

function judgeDiscovery({ metadata, findings }: Discovery, domain: string): DoctorRow[] {
  const remarks: Finding[] = [...findings, ...checkMetadata(metadata)].filter(({ severity }) => severity !== 'pass');
  return remarks.length > 0
    ? remarks.map((finding) => found('deployment', CHECKS.discovery, finding))
    : [passed('deployment', CHECKS.discovery, `${domain} answers on the route of the flyte client.`)];
}

/**
 * Without `useAuth` the gateway has the route of /me and no service behind it.
 * Source: flyteorg/flyte v1.16.8 flyteadmin/pkg/server/service.go, newGRPCServer and newHTTPServer.
 */
function isUnregistered({ status, body }: HttpResponse): boolean {
  const document = jsonObject(body);
  return status === 501 || (document !== undefined && member(document, 'code') === 12);
}

function authenticationOff({ status }: HttpResponse): DoctorRow {
  const finding = doctorFinding('deployment/use-auth-off', `/me answered ${status}.`);
  return found('deployment', CHECKS.authentication, finding);
}

/** flyteorg/flyte v1.16.8 flyteadmin/auth/handlers.go, GetAuthenticationInterceptor: 401 from the gateway. */
function judgeMe(me: Settled<HttpResponse>): DoctorRow {
  if ('failure' in me) {
    return found('deployment', CHECKS.authentication, me.failure.finding);
  }
  const { status } = me.value;
  if (status === 401) {
    return passed('deployment', CHECKS.authentication, '/me answers 401 without a token.');
  }
  if (status === 404 || isUnregistered(me.value)) {
    return authenticationOff(me.value);
  }
  const code = status === 200 ? 'deployment/me-open' : 'deployment/me-unclear';
  return found(
    'deployment',
    CHECKS.authentication,
    doctorFinding(code, `/me answered ${status} to a call without a token.`),
  );
}

/** What the control plane tells its clients, held against the file. */
export function compareAdvertised(
  { discovery }: ControlPlaneAnswers,
  description: DeploymentDescription,
  endpoints: ProviderEndpoints | undefined,
): DoctorRow[] {
  const checks = [
    CHECKS.advertisedIssuer,
    CHECKS.advertisedTokenEndpoint,
    CHECKS.advertisedScopes,
    CHECKS.advertisedAudience,
  ];
  if (discovery === undefined) {
    return checks.map(waits);
  }
  const { metadata } = discovery;
  // The control plane passes on what the provider says of itself; how that differs from the file is told elsewhere.
  const issuer = endpoints === undefined ? description.issuer : endpoints.issuer;
  const tokenEndpoint = endpoints?.token ?? description.tokenUrl;
  const isElsewhere = metadata.issuer !== issuer;
  return [
    compare('deployment/issuer-differs', CHECKS.advertisedIssuer, metadata.issuer, issuer),
    isElsewhere
      ? waitsFor('deployment', CHECKS.advertisedTokenEndpoint, CHECKS.advertisedIssuer)
      : metadata.tokenEndpoint === ''
        ? waits(CHECKS.advertisedTokenEndpoint)
        : compare(
            'deployment/token-endpoint-differs',
            CHECKS.advertisedTokenEndpoint,
            metadata.tokenEndpoint,
            tokenEndpoint ?? metadata.tokenEndpoint,
          ),
    compare(
      'deployment/scopes-differ',
      CHECKS.advertisedScopes,
      asSet(metadata.scopes, description.scopes),
      description.scopes.join(' '),
    ),
    compare('deployment/audience-differs', CHECKS.advertisedAudience, metadata.audience, description.audience),
  ];
}

/** Scopes are a set, in any order (RFC 6749 section 3.3). */
export function asSet(scopes: readonly string[], wanted: readonly string[]): string {
  const isSame = scopes.length === wanted.length && wanted.every((scope) => scopes.includes(scope));
  return (isSame ? wanted : scopes).join(' ');
}

function compare(code: DoctorFindingCode, check: Check, theirs: string, ours: string): DoctorRow {
  const named = (text: string): string => (text === '' ? 'nothing' : text);
  return theirs === ours
    ? passed('deployment', check, named(theirs))
    : found(
        'deployment',
        check,
        doctorFinding(code, `The control plane says ${named(theirs)}, the file ${named(ours)}.`),
      );
}

/** Whether anything can be said of the routes of the browser login. */
export function isAuthenticationFaulty({ rows }: ControlPlaneAnswers): boolean {
  return rows.some((row) => row.check === CHECKS.authentication && isFault(row));
}
