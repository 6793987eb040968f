import { type Finding, FindingError, isError } from '../findings/finding.ts';
import { idpFinding } from '../identity-provider/findings.ts';
import { isTrustedDestination, PROVIDERS, recogniseProvider } from '../identity-provider/providers.ts';
import { findTraps } from '../identity-provider/traps.ts';
import type { Transport } from '../transport/http-client.ts';
import { type JsonObject, jsonObject, member, stringMember } from '../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../transport/retry.ts';
import { placeOf, readHttpsUrl } from '../transport/urls.ts';
import { CHECKS, type Check } from './checks.ts';
import type { DeploymentDescription } from './deployment.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed, waitsFor } from './doctor-report.ts';

const LARGEST_METADATA_BYTES = 256 * 1024;
const OPENID_CONFIGURATION = '.well-known/openid-configuration';
const OAUTH_METADATA = '.well-known/oauth-authorization-server';

/** The endpoints of a provider, from its own metadata (RFC 8414 section 2, RFC 8628 section 4). Empty where unknown. */
export interface ProviderEndpoints {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly token: string;
  /** Whether a secret may be sent there. */
  readonly isTokenTrusted: boolean;
  readonly authorization: string;
  readonly deviceAuthorization: string;
  /** Undefined where the document does not say. */
  readonly pkceMethods: readonly string[] | undefined;
}

export interface ProviderExamination {
  readonly rows: readonly DoctorRow[];
  /** Undefined where nothing more can be asked of the provider. */
  readonly endpoints: ProviderEndpoints | undefined;
  /** Why no app is tried, where none is. */
  readonly trialsWaitFor: Check | undefined;
  /** What may go wrong with every app; a trial tells whether it does. */
  readonly doubts: readonly Finding[];
}

/** What the guides demand of an identity provider, from what it says of itself. */
export async function examineProvider(
  description: DeploymentDescription,
  transport: Transport,
  retry: RetryEffects,
): Promise<ProviderExamination> {
  const { ofAddress, ofGrant, doubts } = findKnownTraps(description);
  if (ofAddress !== undefined) {
    return nothingMore(found('provider', CHECKS.traps, ofAddress));
  }
  const ask = (name: string) => fetchDocument(description.issuer, name, transport, retry);
  const [configured, openId] = await Promise.all([
    ask(description.metadataUrl),
    needsOpenId(description) ? ask(OPENID_CONFIGURATION) : undefined,
  ]);
  if ('failure' in configured && isOfTheNetwork(configured.failure)) {
    return nothingMore(found('provider', CHECKS.metadata, configured.failure));
  }
  const fallback = 'failure' in configured ? await findElsewhere(description, ask) : undefined;
  const { document } = 'document' in configured ? configured : (fallback ?? { document: undefined });
  const metadata =
    'failure' in configured
      ? found('provider', CHECKS.metadata, notServed(configured.failure, fallback?.name))
      : passed('provider', CHECKS.metadata, description.metadataUrl);
  if (document === undefined) {
    return nothingMore(metadata);
  }
  const endpoints = readEndpoints(document, description);
  const rows = [
    metadata,
    ofGrant === undefined
      ? judgeKind(document, endpoints, description, doubts.length > 0)
      : found('provider', CHECKS.traps, ofGrant),
    judgeIssuer(document, description, CHECKS.issuer),
    ...(openId === undefined ? [] : [judgeOpenId(openId, document, description)]),
    judgeKeySet(endpoints),
    judgeTokenEndpoint(endpoints, description),
    ...judgeAuthorizationEndpoint(endpoints, description),
  ];
  const trialsWaitFor =
    ofGrant !== undefined ? CHECKS.traps : endpoints.isTokenTrusted ? undefined : CHECKS.tokenEndpoint;
  return { rows, endpoints, trialsWaitFor, doubts };
}

/** One fault, and everything that waits for it. */
function nothingMore(fault: DoctorRow): ProviderExamination {
  const waiting = [CHECKS.issuer, CHECKS.keySet, CHECKS.tokenEndpoint, CHECKS.authorizationEndpoint];
  const rows = [fault, ...waiting.map((check) => waitsFor('provider', check, fault.check))];
  return { rows, endpoints: undefined, trialsWaitFor: fault.check, doubts: [] };
}

/**
 * What is bound to fail at this provider, and what may. With an address of its console, or of no tenant, nothing is asked at all;
 * with a grant that no app can have, no app is tried.
 */
function findKnownTraps(description: DeploymentDescription): {
  readonly ofAddress: Finding | undefined;
  readonly ofGrant: Finding | undefined;
  readonly doubts: readonly Finding[];
} {
  const provider = PROVIDERS.find(({ name }) => name === description.provider);
  const { domain, scopes, audience, allowedAudience, tokenUrl } = description;
  const planned = {
    issuer: new URL(description.issuer),
    tokenEndpoint: tokenUrl === undefined ? undefined : new URL(tokenUrl),
    jwksUri: undefined,
    domain,
    clientId: '',
    clientSecret: '',
    grant: { scopes, audience },
    isAdvertised: true,
    allowedAudience,
  };
  const withoutGrant = { ...planned, grant: { scopes: [], audience: '' }, isAdvertised: false };
  const traps = provider ? findTraps(planned, provider) : [];
  return {
    ofAddress: provider && findTraps(withoutGrant, provider).find(isError),
    ofGrant: traps.find(isError),
    doubts: traps.filter((trap) => !isError(trap)),
  };
}

function needsOpenId({ apps, metadataUrl }: DeploymentDescription): boolean {
  return apps['browser-login'] !== undefined && metadataUrl !== OPENID_CONFIGURATION;
}

type FetchedDocument = { readonly document: JsonObject } | { readonly failure: Finding };

/**
 * As the control plane reads it: baseUrl without a slash at its end, and metadataUrl below it.
 * Source: flyteorg/flyte v1.16.8 flyteadmin/auth/authzserver/resource_server.go, getJwksForIssuer.
 */
async function fetchDocument(
  issuer: string,
  name: string,
  transport: Transport,
  retry: RetryEffects,
): Promise<FetchedDocument> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/${name}`);
  const request = {
    purpose: "the provider's metadata",
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    maximumBytes: LARGEST_METADATA_BYTES,
  } as const;
  try {
    const { status, body } = await sendWithRetries(transport, request, retry);
    const document = status === 200 ? jsonObject(body) : undefined;
    const what = status === 200 ? '200 and no JSON object' : String(status);
    return document === undefined
      ? { failure: doctorFinding('deployment/metadata-not-served', `${placeOf(url)} answered ${what}.`) }
      : { document };
  } catch (error) {
    if (error instanceof FindingError) {
      return { failure: error.finding };
    }
    throw error;
  }
}

function isOfTheNetwork({ code }: Finding): boolean {
  return code.startsWith('network/');
}

/** Where the document stands in truth, as a part of the advice; and so that the rest can still be examined. */
async function findElsewhere(
  { metadataUrl }: DeploymentDescription,
  ask: (name: string) => Promise<FetchedDocument>,
): Promise<{ readonly name: string; readonly document: JsonObject } | undefined> {
  for (const name of [OPENID_CONFIGURATION, OAUTH_METADATA].filter((other) => other !== metadataUrl)) {
    const fetched = await ask(name);
    if ('document' in fetched) {
      return { name, document: fetched.document };
    }
  }
  return undefined;
}

function notServed(failure: Finding, elsewhere: string | undefined): Finding {
  const detail =
    elsewhere === undefined
      ? 'No other name below the issuer has it either.'
      : `It is served as metadataUrl ${elsewhere}.`;
  return { ...failure, detail: `${failure.detail} ${detail}` };
}

function readEndpoints(document: JsonObject, description: DeploymentDescription): ProviderEndpoints {
  const methods = member(document, 'code_challenge_methods_supported');
  const issuer = new URL(description.issuer);
  const token = stringMember(document, 'token_endpoint') ?? '';
  const url = readHttpsUrl(token, { allowQuery: true });
  // A token endpoint on another host than the issuer must be named in the file too.
  const { domain, tokenUrl } = description;
  const isTokenTrusted =
    url instanceof URL && isTrustedDestination(url, { domain, issuer, pinned: token === tokenUrl });
  return {
    issuer: stringMember(document, 'issuer') ?? '',
    jwksUri: stringMember(document, 'jwks_uri') ?? '',
    token,
    isTokenTrusted,
    authorization: stringMember(document, 'authorization_endpoint') ?? '',
    deviceAuthorization: stringMember(document, 'device_authorization_endpoint') ?? '',
    pkceMethods: Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : undefined,
  };
}

/** By name, where the document or the addresses tell more than the file. */
function judgeKind(
  document: JsonObject,
  { token, jwksUri }: ProviderEndpoints,
  { issuer, domain, provider }: DeploymentDescription,
  isDoubtful: boolean,
): DoctorRow {
  const [tokenEndpoint, keySet] = [token, jwksUri].map((text) => (URL.canParse(text) ? new URL(text) : undefined));
  const addresses = { issuer: new URL(issuer), tokenEndpoint, jwksUri: keySet, domain };
  const recognised = recogniseProvider(addresses, document);
  const detail = `The file names ${provider}, and this is ${recognised.name}.`;
  // An issuer alone may look like that of several.
  const isTold = tokenEndpoint !== undefined && recognised.name !== 'generic';
  const seen = isDoubtful ? 'Trials tell of what may go wrong.' : `No trap that is known of ${provider} fits the file.`;
  return !isTold || recognised.name === provider
    ? passed('provider', CHECKS.traps, seen)
    : found('provider', CHECKS.traps, doctorFinding('deployment/provider-differs', detail));
}

/**
 * The browser login compares the texts: coreos/go-oidc v3.6.0 oidc/oidc.go, NewProvider, which flyteadmin calls at its
 * start (flyteorg/flyte v1.16.8 flyteadmin/auth/auth_context.go).
 */
function judgeIssuer(document: JsonObject, { issuer }: DeploymentDescription, check: Check): DoctorRow {
  const named = stringMember(document, 'issuer') ?? '';
  if (named === issuer) {
    return passed('provider', check, named);
  }
  const isSlash = named.replace(/\/$/, '') === issuer.replace(/\/$/, '');
  const detail = `The metadata names ${named === '' ? 'no issuer' : named}, the file ${issuer}.${isSlash ? ' Only the slash at the end differs.' : ''}`;
  return found('provider', check, doctorFinding('deployment/metadata-issuer-differs', detail));
}

function judgeOpenId(openId: FetchedDocument, document: JsonObject, description: DeploymentDescription): DoctorRow {
  if ('failure' in openId) {
    const { failure } = openId;
    const finding = isOfTheNetwork(failure)
      ? failure
      : doctorFinding('deployment/openid-configuration-not-served', failure.detail);
    return found('provider', CHECKS.openIdConfiguration, finding);
  }
  return stringMember(openId.document, 'issuer') === stringMember(document, 'issuer')
    ? passed('provider', CHECKS.openIdConfiguration, OPENID_CONFIGURATION)
    : judgeIssuer(openId.document, description, CHECKS.openIdConfiguration);
}

function judgeKeySet({ jwksUri }: ProviderEndpoints): DoctorRow {
  return jwksUri === ''
    ? fault('deployment/key-set-not-named', CHECKS.keySet, 'The metadata has no jwks_uri.')
    : passed('provider', CHECKS.keySet, jwksUri);
}

function judgeTokenEndpoint(
  { token: named, isTokenTrusted }: ProviderEndpoints,
  { tokenUrl, issuer, domain }: DeploymentDescription,
): DoctorRow {
  if (!(readHttpsUrl(named, { allowQuery: true }) instanceof URL)) {
    const detail = `The metadata names ${named === '' ? 'no token_endpoint' : named}.`;
    return fault('deployment/token-endpoint-not-named', CHECKS.tokenEndpoint, detail);
  }
  if (tokenUrl !== undefined && tokenUrl !== named) {
    const detail = `The metadata names ${named}, the file ${tokenUrl}.`;
    return fault('deployment/token-url-differs', CHECKS.tokenEndpoint, detail);
  }
  if (!isTokenTrusted) {
    const detail = `The token endpoint is ${named}, the issuer ${issuer}, the deployment ${domain}.`;
    const finding = idpFinding('idp/secret-destination-refused', detail);
    return found('provider', CHECKS.tokenEndpoint, finding);
  }
  return passed('provider', CHECKS.tokenEndpoint, named);
}

function judgeAuthorizationEndpoint(
  { authorization }: ProviderEndpoints,
  { apps }: DeploymentDescription,
): DoctorRow[] {
  if (apps['browser-login'] === undefined && apps.cli === undefined) {
    return [];
  }
  const detail = `The metadata names ${authorization === '' ? 'no authorization_endpoint' : authorization}.`;
  return [
    readHttpsUrl(authorization, { allowQuery: true }) instanceof URL
      ? passed('provider', CHECKS.authorizationEndpoint, authorization)
      : fault('deployment/authorization-endpoint-missing', CHECKS.authorizationEndpoint, detail),
  ];
}

function fault(code: DoctorFindingCode, check: Check, detail: string): DoctorRow {
  return found('provider', check, doctorFinding(code, detail));
}
