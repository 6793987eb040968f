import type { KeyFields } from '../api-key/fields.ts';
import type { Pins } from '../control-plane/pins.ts';
import type { FetchedKeySet } from '../control-plane/verdict/judge-token.ts';
import { tokenFinding } from '../control-plane/verdict/token-findings.ts';
import { type Finding, FindingError } from '../findings/finding.ts';
import { withAdvice } from '../identity-provider/advise.ts';
import {
  type Exchange,
  exchangeToken,
  fetchKeySet,
  fetchProviderMetadata,
  type ProviderMetadata,
  revokeToken,
} from '../identity-provider/client.ts';
import { idpFinding } from '../identity-provider/findings.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import { recogniseProvider } from '../identity-provider/providers.ts';
import { describeRefusal, explainRefusal } from '../identity-provider/refusal.ts';
import type { ClientCredentials } from '../identity-provider/token-request.ts';
import type { Progress } from '../run-report.ts';
import type { SecretStore } from '../secrecy/secret-store.ts';
import type { Transport } from '../transport/http-client.ts';
import type { RetryEffects } from '../transport/retry.ts';
import { readHttpsUrl } from '../transport/urls.ts';
import { clockOf, compareMetadata, describeGrant, judgeTrial, type VerdictRequest } from './judge-trial.ts';
import { checkTraps, type Discovered, guardDestination, planTrial, type TrialPlan } from './plan-trial.ts';

/** What the user states about the identity provider and about the control plane. */
export interface TrialRequest extends VerdictRequest {
  readonly pins: Pins;
}

export interface TrialEffects {
  readonly secrets: SecretStore;
  readonly retry: RetryEffects;
}

/** Steps 5 to 10: the traps, the exchange as the client makes it, the verdict as the control plane makes it. */
export async function tryToken(
  request: TrialRequest,
  fields: KeyFields,
  discovered: Discovered,
  transport: Transport,
  effects: TrialEffects,
  { findings, facts }: Progress,
): Promise<void> {
  const { pins } = request;
  const plan = await planTrial(pins, fields, discovered, transport, effects.retry);
  const { addresses, tokenEndpoint, grant, issuer } = plan;
  const describe = (name: TrialPlan['provider']['name']): void => {
    facts.provider = { name, issuer, tokenEndpoint: tokenEndpoint.href, ...grant };
  };
  describe(plan.provider.name);
  const doubts = checkTraps(plan, fields, request.allowedAudience);
  findings.push(...guardDestination(plan, pins));

  const metadataPromise = metadataOf(plan, transport, effects.retry);
  const { jwksUri } = discovered.metadata;
  const keySetPromise = fetchAdvertisedKeySet(jwksUri, metadataPromise, transport, effects.retry);
  const exchange = await exchangeToken(
    tokenEndpoint,
    plan.provider,
    fields,
    grant,
    transport,
    effects.retry,
    protectorOf(fields, plan, effects.secrets),
  );
  const { outcome, tokens, response } = exchange;
  const { clock, findings: clockFindings } = clockOf(response, effects.retry.now());
  findings.push(...clockFindings);
  const metadata = await metadataPromise;
  // A provider on a domain of the customer's own is told by its metadata, which is at hand by now.
  const provider = recogniseProvider(addresses, metadata?.document);
  describe(provider.name);
  if (!('granted' in outcome)) {
    const cause = explainOutcome(outcome, provider);
    const left = doubts.filter((doubt) => !isTold(doubt, cause));
    findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)), ...left);
    throw new FindingError(cause);
  }
  const { granted } = outcome;
  // What was doubtful has gone well.
  findings.push(...doubts.map((finding): Finding => ({ ...finding, severity: 'note' })));
  findings.push(...describeGrant(granted, grant, response), ...compareMetadata(metadata, plan, pins));
  const { route, metadata: advertised } = discovered;
  try {
    const trial = { granted, provider, keySet: await keySetPromise, clock, route, advertised };
    const verdict = await judgeTrial(request, plan, trial, transport);
    findings.push(...verdict.findings);
    facts.token = verdict.facts;
    if (verdict.failure !== undefined) {
      throw verdict.failure;
    }
  } finally {
    findings.push(...(await revoke(tokens, fields, tokenEndpoint, metadata, transport)));
  }
}

/** Whether the cause says already what was doubtful before: the same, or something else about the scope. */
function isTold(doubt: Finding, cause: Finding): boolean {
  return doubt.code === cause.code || (/scope/.test(doubt.code) && /scope/.test(cause.code));
}

async function metadataOf(
  { addresses: { issuer }, provider, metadata }: TrialPlan,
  transport: Transport,
  retry: RetryEffects,
): Promise<ProviderMetadata | undefined> {
  return metadata === undefined && issuer !== undefined
    ? await fetchProviderMetadata(issuer, provider.metadataNames, transport, retry)
    : metadata;
}

/** What an answer repeats of what is public anyway is no credential, and a mask of it would blank the log. */
function protectorOf(
  { domain, clientId, org }: KeyFields,
  { grant }: TrialPlan,
  secrets: SecretStore,
): (credential: string) => void {
  const open = [domain, clientId, org, grant.audience];
  return (credential) => {
    if (!open.includes(credential)) {
      secrets.protectToken(credential);
    }
  };
}

function explainOutcome(
  outcome: Exclude<Exchange['outcome'], { granted: unknown }>,
  provider: IdentityProvider,
): Finding {
  if ('unusable' in outcome) {
    return withAdvice(outcome.unusable, provider);
  }
  if ('refusal' in outcome) {
    return explainRefusal(outcome.refusal, provider);
  }
  const detail = `${describeRefusal(outcome.onlyInBody, provider)} With the credentials in the body it gave a token.`;
  return withAdvice(idpFinding('idp/basic-not-accepted', detail), provider);
}

async function fetchAdvertisedKeySet(
  advertised: string,
  metadata: Promise<ProviderMetadata | undefined>,
  transport: Transport,
  effects: RetryEffects,
): Promise<FetchedKeySet> {
  const address = advertised === '' ? ((await metadata)?.jwksUri ?? '') : advertised;
  if (address === '') {
    return { missing: tokenFinding('key-set/not-advertised', 'No jwks_uri is known.') };
  }
  const url = readHttpsUrl(address, { allowQuery: true });
  if (!(url instanceof URL)) {
    return {
      missing: tokenFinding('key-set/unavailable', `The address "${address}" can not be used from here (${url}).`),
    };
  }
  try {
    const { status, body, isObject } = await fetchKeySet(url, transport, effects);
    if (isObject) {
      return { body };
    }
    const detail = `${url.host}${url.pathname} answered ${status}${status === 200 ? ', and not with a JSON object' : ''}.`;
    return { missing: tokenFinding(status === 200 ? 'key-set/unreadable' : 'key-set/unavailable', detail) };
  } catch (error) {
    if (error instanceof FindingError) {
      return { missing: tokenFinding('key-set/unavailable', error.finding.detail) };
    }
    throw error;
  }
}

/** Step 10: nothing usable outlives the step, where the provider can revoke. */
async function revoke(
  tokens: readonly string[],
  credentials: ClientCredentials,
  tokenEndpoint: URL,
  metadata: ProviderMetadata | undefined,
  transport: Transport,
): Promise<Finding[]> {
  const endpoint = metadata?.revocationEndpoint ?? '';
  if (!URL.canParse(endpoint) || new URL(endpoint).origin !== tokenEndpoint.origin) {
    return [];
  }
  const findings: Finding[] = [];
  for (const token of tokens) {
    const isRevoked = await revokeToken(endpoint, token, credentials, transport);
    const code = isRevoked ? 'idp/token-revoked' : 'idp/token-not-revoked';
    findings.push(idpFinding(code, `${tokenEndpoint.host} ${isRevoked ? 'revoked it' : 'did not revoke it'}.`));
  }
  return findings;
}
