import { type Finding, FindingError, isError } from '../../findings/finding.ts';
import { PROVIDERS } from '../../identity-provider/providers.ts';
import { findTraps } from '../../identity-provider/traps.ts';
import type { Transport } from '../../transport/http-client.ts';
import { type JsonObject, jsonObject } from '../../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../../transport/retry.ts';
import { placeOf } from '../../transport/urls.ts';
import type { DeploymentDescription } from '../deployment.ts';
import { CHECKS, type Check } from './checks.ts';
import { doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed, waitsFor } from './doctor-report.ts';
import {
  type FetchedDocument,
  isOfTheNetwork,
  judgeAuthorizationEndpoint,
  judgeIssuer,
  judgeKeySet,
  judgeKind,
  judgeOpenId,
  judgeTokenEndpoint,
  OPENID_CONFIGURATION,
} from './judge-metadata.ts';
import { type ProviderEndpoints, readEndpoints } from './provider-endpoints.ts';

const LARGEST_METADATA_BYTES = 256 * 1024;
const OAUTH_METADATA = '.well-known/oauth-authorization-server';

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
