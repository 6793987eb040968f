import type { KeyFields } from './api-key/fields.ts';
import type { AuthMetadata } from './control-plane/auth-metadata.ts';
import type { DiscoveryRoute } from './control-plane/discovery.ts';
import { discoveryFinding } from './control-plane/discovery-findings.ts';
import { askIdentity, type IdentityAnswer } from './control-plane/identity.ts';
import type { Pins } from './control-plane/pins.ts';
import {
  ASSUMED_APP_CLAIMS,
  type FetchedKeySet,
  judgeToken,
  type TokenJudgement,
} from './control-plane/verdict/judge-token.ts';
import { type ControlPlaneChoice, chooseControlPlane } from './control-plane/verdict/profiles.ts';
import type { Clock, ControlPlaneSettings } from './control-plane/verdict/rule.ts';
import { settleAssumptions } from './control-plane/verdict/settle-assumptions.ts';
import { tokenFinding } from './control-plane/verdict/token-findings.ts';
import { type Finding, FindingError, isError } from './findings/finding.ts';
import { withAdvice } from './identity-provider/advise.ts';
import {
  type Exchange,
  exchangeToken,
  fetchKeySet,
  fetchProviderMetadata,
  type ProviderMetadata,
  revokeToken,
} from './identity-provider/client.ts';
import { idpFinding } from './identity-provider/findings.ts';
import type { IdentityProvider, PlannedTrial } from './identity-provider/identity-provider.ts';
import { isTrustedDestination, type ProviderName, recogniseProvider } from './identity-provider/providers.ts';
import { describeRefusal, explainRefusal } from './identity-provider/refusal.ts';
import type { ClientCredentials, TokenGrant } from './identity-provider/token-request.ts';
import type { GrantedToken } from './identity-provider/token-response.ts';
import { findTraps } from './identity-provider/traps.ts';
import type { Progress } from './run-report.ts';
import type { SecretStore } from './secrecy/secret-store.ts';
import { networkFinding } from './transport/findings.ts';
import type { HttpResponse, Transport } from './transport/http-client.ts';
import type { RetryEffects } from './transport/retry.ts';
import { readHttpsUrl } from './transport/urls.ts';

/** httpx gives up after this time, and the flyte client does not change it (encode/httpx httpx/_config.py). */
const CLIENT_TIMEOUT_MILLISECONDS = 5_000;
/** A year: a token that lives longer is a second secret that nobody rotates. */
const LONG_LIFETIME_SECONDS = 31_536_000;
/** Beyond this one of the clocks is wrong, and the times in a token will be refused now and then. */
const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 30;
/** A Date header drops the fraction of its second. */
const DATE_GRAIN_SECONDS = 1;

/** What the user states about the identity provider and about settings of the control plane that can't be asked for. */
export interface TrialRequest {
  readonly pins: Pins;
  readonly allowedAudience?: readonly string[];
  readonly subjectClaims?: readonly string[];
  readonly appClaims?: ControlPlaneSettings['appClaims']['value'];
  readonly controlPlane: ControlPlaneChoice;
  readonly verify: 'offline' | 'token' | 'deployment';
  /** With `verify: deployment`: also read this project. Empty for none. */
  readonly project: string;
}

export interface TrialEffects {
  readonly secrets: SecretStore;
  readonly retry: RetryEffects;
}

/** What the deployment said, and by which route. */
export interface Discovered {
  readonly route: DiscoveryRoute | 'none';
  readonly metadata: AuthMetadata;
}

/** Steps 5 to 10: the traps, the exchange as the client makes it, the verdict as the control plane makes it. */
export async function tryToken(
  request: TrialRequest,
  fields: KeyFields,
  { route, metadata: advertised }: Discovered,
  transport: Transport,
  effects: TrialEffects,
  progress: Progress,
): Promise<void> {
  const { pins } = request;
  const domain = fields.domain.toLowerCase();
  const issuer = readAddress(pins.issuer ?? advertised.issuer);
  const jwksUri = readAddress(advertised.jwksUri);
  const byIssuer = recogniseProvider({ issuer, tokenEndpoint: undefined, jwksUri, domain });
  const early =
    advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer
      ? await fetchProviderMetadata(issuer, byIssuer.metadataNames, transport, effects.retry)
      : undefined;
  const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || early?.tokenEndpoint || ''));
  const addresses = { issuer, tokenEndpoint, jwksUri, domain };
  const provider = recogniseProvider(addresses, early?.document);
  const grant = grantOf(pins, { route, metadata: advertised }, provider);
  const issuerName = pins.issuer ?? advertised.issuer;
  const describe = (name: ProviderName): void => {
    progress.facts.provider = { name, issuer: issuerName, tokenEndpoint: tokenEndpoint.href, ...grant };
  };
  describe(provider.name);
  const planned = { ...addresses, ...fields, grant, allowedAudience: request.allowedAudience };
  const doubts = checkTraps(planned, provider, progress);
  guardDestination(tokenEndpoint, domain, issuer, pins, progress);

  const metadataPromise =
    early === undefined && issuer !== undefined
      ? fetchProviderMetadata(issuer, provider.metadataNames, transport, effects.retry)
      : Promise.resolve(early);
  const keySetPromise = fetchAdvertisedKeySet(advertised.jwksUri, metadataPromise, transport, effects.retry);
  const isPublic = (text: string): boolean =>
    [fields.domain, fields.clientId, fields.org, grant.audience].includes(text);
  const protect = (credential: string): void => {
    if (!isPublic(credential)) {
      effects.secrets.protectToken(credential);
    }
  };
  const exchange = await exchangeToken(tokenEndpoint, provider, fields, grant, transport, effects.retry, protect);
  const { clock, findings: clockFindings } = clockOf(exchange.response, effects.retry.now());
  progress.findings.push(...clockFindings);
  const { outcome, tokens } = exchange;
  const revokeAll = async (): Promise<void> =>
    await revoke(tokens, fields, tokenEndpoint, metadataPromise, transport, progress);
  if (!('granted' in outcome)) {
    await revokeAll();
    // A provider on a domain of the customer's own is told by its metadata, which is at hand by now.
    const told = recogniseProvider(addresses, (await metadataPromise)?.document);
    describe(told.name);
    progress.findings.push(...doubts);
    throw new FindingError(explainOutcome(outcome, told));
  }
  const { granted } = outcome;
  // What was doubtful has gone well.
  progress.findings.push(
    ...doubts.map((finding): Finding => ({ ...finding, severity: 'note' })),
    ...describeGrant(granted, grant, exchange.response),
  );
  const keySet = await keySetPromise;
  const metadata = await metadataPromise;
  const told = recogniseProvider(addresses, metadata?.document);
  describe(told.name);
  progress.findings.push(...compareMetadata(metadata, issuerName, tokenEndpoint, pins));
  const { kind, findings: choice } = chooseControlPlane(request.controlPlane, route, told.name === 'flyte');
  progress.findings.push(...choice);
  const judgement = await judgeToken({
    token: granted.accessToken,
    keySet,
    settings: settingsOf(request, domain, grant, told),
    clock,
    controlPlane: kind,
    advertisedIssuer: advertised.issuer,
  });
  const judgedFacts = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
  progress.facts.token = judgedFacts;
  const advise = (finding: Finding): Finding => withAdvice(finding, told, judgement.claims);
  try {
    const answer = await askDeployment(request, domain, advertised, granted, judgement, transport);
    const findings = answer === undefined ? judgement.findings : settleAssumptions(judgement, answer);
    progress.findings.push(...findings.map(advise));
    if (answer?.identityType !== undefined) {
      progress.facts.token = { ...judgedFacts, identityType: answer.identityType };
    }
  } catch (error) {
    // What was found out before still counts, and the token is still to be revoked.
    progress.findings.push(...judgement.findings.map(advise));
    throw error;
  } finally {
    await revokeAll();
  }
}

/**
 * What a client would ask for. Where the deployment told nothing, what the provider needs takes its place: the
 * client's own settings can't be known then.
 */
function grantOf(pins: Pins, { route, metadata }: Discovered, provider: IdentityProvider): TokenGrant {
  const scopes = route === 'none' ? (provider.defaultScopes ?? []) : metadata.scopes;
  return { scopes: pins.scopes ?? scopes, audience: pins.audience ?? metadata.audience };
}

/** Step 5. Ends the run with what is bound to fail, before anything is sent. @returns what may fail. */
function checkTraps(planned: PlannedTrial, provider: IdentityProvider, { findings }: Progress): Finding[] {
  const traps = findTraps(planned, provider);
  const certain = traps.find(isError);
  if (certain !== undefined) {
    findings.push(...traps.filter((trap) => !isError(trap)));
    throw new FindingError(certain);
  }
  return traps;
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

/** Step 9, where it is asked for: the control plane itself has the last word on what was assumed of it. */
async function askDeployment(
  { verify, project }: TrialRequest,
  domain: string,
  { authorizationMetadataKey }: AuthMetadata,
  { accessToken }: GrantedToken,
  judgement: TokenJudgement,
  transport: Transport,
): Promise<IdentityAnswer | undefined> {
  if (verify !== 'deployment' || judgement.findings.some(isError)) {
    return undefined;
  }
  const header = authorizationMetadataKey === '' ? 'authorization' : authorizationMetadataKey.toLowerCase();
  return await askIdentity({ domain, header, token: accessToken, project }, transport);
}

/** Where the provider calls itself otherwise than the deployment does. */
function compareMetadata(
  metadata: ProviderMetadata | undefined,
  issuer: string,
  tokenEndpoint: URL,
  { tokenUrl }: Pins,
): Finding[] {
  const findings: Finding[] = [];
  if (metadata === undefined) {
    return findings;
  }
  if (metadata.issuer !== '' && issuer !== '' && metadata.issuer !== issuer) {
    const slash =
      metadata.issuer.replace(/\/$/, '') === issuer.replace(/\/$/, '') ? ' Only the slash at the end differs.' : '';
    const detail = `It calls itself ${metadata.issuer}, the deployment says ${issuer}.${slash}`;
    findings.push(idpFinding('idp/metadata-differs', detail));
  }
  if (tokenUrl === undefined && metadata.tokenEndpoint !== '' && metadata.tokenEndpoint !== tokenEndpoint.href) {
    const detail = `Its token endpoint is ${metadata.tokenEndpoint}, the deployment says ${tokenEndpoint.href}.`;
    findings.push(idpFinding('idp/metadata-differs', detail));
  }
  return findings;
}

function readAddress(address: string): URL | undefined {
  const url = address === '' ? undefined : readHttpsUrl(address, { allowQuery: true });
  return url instanceof URL ? url : undefined;
}

function readTokenEndpoint(address: string): URL {
  const url = readHttpsUrl(address, { allowQuery: true });
  if (!(url instanceof URL)) {
    throw new FindingError(
      address === ''
        ? discoveryFinding(
            'discovery/token-endpoint-empty',
            'Neither the deployment nor the issuer names a token endpoint.',
          )
        : discoveryFinding('discovery/bad-address', `The token endpoint "${address}" can not be used (${url}).`),
    );
  }
  return url;
}

/** Step 6: a document that anybody could have written does not decide where the secret goes. */
function guardDestination(
  tokenEndpoint: URL,
  domain: string,
  issuer: URL | undefined,
  pins: Pins,
  { findings }: Progress,
): void {
  const pinned = pins.tokenUrl !== undefined;
  if (!isTrustedDestination(tokenEndpoint, { domain, issuer, pinned })) {
    const detail = `The token endpoint is ${tokenEndpoint.href}, the issuer ${issuer?.href ?? 'unknown'}, the deployment ${domain}.`;
    throw new FindingError(idpFinding('idp/secret-destination-refused', detail));
  }
  if (!pinned) {
    findings.push(discoveryFinding('discovery/pin-to-copy', `token-url: ${tokenEndpoint.href}`));
  }
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

/** The clock of the provider made the times in the token; where the runner's differs much, neither can be relied on. */
function clockOf({ headers }: HttpResponse, now: number): { clock: Clock; findings: Finding[] } {
  const date = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(date)) {
    return { clock: { nowSeconds: now / 1000, isSure: true, grainSeconds: DATE_GRAIN_SECONDS }, findings: [] };
  }
  const difference = Math.round((now - date) / 1000);
  const isSure = Math.abs(difference) <= TOLERATED_CLOCK_DIFFERENCE_SECONDS;
  const detail = `The runner is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} the identity provider.`;
  return {
    clock: { nowSeconds: date / 1000, isSure, grainSeconds: DATE_GRAIN_SECONDS },
    findings: isSure ? [] : [idpFinding('idp/clock-differs', detail)],
  };
}

function describeGrant(granted: GrantedToken, grant: TokenGrant, response: HttpResponse): Finding[] {
  const findings: Finding[] = [
    idpFinding('idp/token-granted', `The token is valid for ${granted.expiresInSeconds} s.`),
  ];
  if (granted.expiresInSeconds > LONG_LIFETIME_SECONDS) {
    findings.push(idpFinding('idp/lifetime-long', `The token is valid for ${granted.expiresInSeconds} s.`));
  }
  if (response.milliseconds > CLIENT_TIMEOUT_MILLISECONDS) {
    findings.push(
      networkFinding('network/slow', `The token endpoint took ${(response.milliseconds / 1000).toFixed(1)} s.`),
    );
  }
  if (granted.scope !== undefined) {
    const given = granted.scope.split(' ');
    const lost = grant.scopes.filter((scope) => !given.includes(scope));
    if (lost.length > 0) {
      findings.push(idpFinding('idp/scope-narrowed', `Asked for, but not given: ${lost.join(' ')}.`));
    }
  }
  return findings;
}

function settingsOf(
  { allowedAudience, subjectClaims, appClaims }: TrialRequest,
  domain: string,
  { audience }: TokenGrant,
  provider: IdentityProvider,
): ControlPlaneSettings {
  const assumedAudience = [`https://${domain}`, ...(audience === '' ? [] : [audience])];
  const assumedClaims = provider.name === 'generic' ? ASSUMED_APP_CLAIMS : provider.appClaims;
  return {
    allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
    subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
    appClaims: {
      value: appClaims ?? (assumedClaims.length > 0 ? assumedClaims : ASSUMED_APP_CLAIMS),
      stated: appClaims !== undefined,
    },
  };
}

/** Step 10: nothing usable outlives the step, where the provider can revoke. */
async function revoke(
  tokens: readonly string[],
  credentials: ClientCredentials,
  tokenEndpoint: URL,
  metadata: Promise<ProviderMetadata | undefined>,
  transport: Transport,
  { findings }: Progress,
): Promise<void> {
  for (const token of tokens) {
    const endpoint = (await metadata)?.revocationEndpoint ?? '';
    if (!URL.canParse(endpoint) || new URL(endpoint).origin !== tokenEndpoint.origin) {
      return;
    }
    const code = (await revokeToken(endpoint, token, credentials, transport))
      ? 'idp/token-revoked'
      : 'idp/token-not-revoked';
    findings.push(
      idpFinding(code, `${tokenEndpoint.host} ${code === 'idp/token-revoked' ? 'revoked it' : 'did not revoke it'}.`),
    );
  }
}
