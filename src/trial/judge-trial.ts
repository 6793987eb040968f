import type { AuthMetadata } from '../control-plane/auth-metadata.ts';
import type { DiscoveryRoute } from '../control-plane/discovery.ts';
import { askIdentity, type IdentityAnswer } from '../control-plane/identity.ts';
import type { Pins } from '../control-plane/pins.ts';
import {
  ASSUMED_APP_CLAIMS,
  type FetchedKeySet,
  judgeToken,
  type TokenFacts,
  type TokenJudgement,
} from '../control-plane/verdict/judge-token.ts';
import { type ControlPlaneChoice, chooseControlPlane } from '../control-plane/verdict/profiles.ts';
import type { Clock, ControlPlaneSettings } from '../control-plane/verdict/rule.ts';
import { settleAssumptions } from '../control-plane/verdict/settle-assumptions.ts';
import { type Finding, FindingError, isError } from '../findings/finding.ts';
import { withAdvice } from '../identity-provider/advise.ts';
import type { ProviderMetadata } from '../identity-provider/client.ts';
import { idpFinding } from '../identity-provider/findings.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import type { KnownProvider } from '../identity-provider/providers.ts';
import type { TokenGrant } from '../identity-provider/token-request.ts';
import type { GrantedToken } from '../identity-provider/token-response.ts';
import { networkFinding } from '../transport/findings.ts';
import type { HttpResponse, Transport } from '../transport/http-client.ts';
import type { TrialPlan } from './plan-trial.ts';

/** httpx gives up after this time, and the flyte client does not change it (encode/httpx httpx/_config.py). */
const CLIENT_TIMEOUT_MILLISECONDS = 5_000;
/** A year: a token that lives longer is a second secret that nobody rotates. */
const LONG_LIFETIME_SECONDS = 31_536_000;
/** Beyond this one of the clocks is wrong, and the times in a token will be refused now and then. */
const TOLERATED_CLOCK_DIFFERENCE_SECONDS = 30;
/** A Date header drops the fraction of its second. */
const DATE_GRAIN_SECONDS = 1;

/** What the user states about settings of the control plane that can't be asked for, and how much is to be asked. */
export interface VerdictRequest {
  readonly allowedAudience?: readonly string[];
  readonly subjectClaims?: readonly string[];
  readonly appClaims?: ControlPlaneSettings['appClaims']['value'];
  readonly controlPlane: ControlPlaneChoice;
  readonly verify: 'offline' | 'token' | 'deployment';
  /** With `verify: deployment`: also read this project. Empty for none. */
  readonly project: string;
}

/** A token, and what is at hand to judge it by. */
export interface Trial {
  readonly granted: GrantedToken;
  readonly provider: KnownProvider;
  readonly keySet: FetchedKeySet;
  readonly clock: Clock;
  readonly route: DiscoveryRoute | 'none';
  readonly advertised: AuthMetadata;
}

export interface TrialVerdict {
  readonly findings: readonly Finding[];
  readonly facts: TokenFacts;
  /** Why the deployment could not be asked, where it was to be. */
  readonly failure?: FindingError;
}

/** Steps 8 and 9: the token, judged by the rules of the control plane, and by the deployment itself where it is asked. */
export async function judgeTrial(
  request: VerdictRequest,
  { addresses: { domain }, grant }: TrialPlan,
  trial: Trial,
  transport: Transport,
): Promise<TrialVerdict> {
  const { granted, provider, keySet, clock, route, advertised } = trial;
  const { kind, findings: choice } = chooseControlPlane(request.controlPlane, route, provider.name === 'flyte');
  const judgement = await judgeToken({
    token: granted.accessToken,
    keySet,
    settings: settingsOf(request, domain, grant, provider),
    clock,
    controlPlane: kind,
    advertisedIssuer: advertised.issuer,
  });
  const advise = (findings: readonly Finding[]): Finding[] => [
    ...choice,
    ...findings.map((finding) => withAdvice(finding, provider, judgement.readable)),
  ];
  const facts = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
  try {
    const answer = await askDeployment(request, domain, trial, judgement, transport);
    const findings = answer === undefined ? judgement.findings : settleAssumptions(judgement, answer);
    const { identityType = facts.identityType } = answer ?? {};
    return { findings: advise(findings), facts: { ...facts, ...(identityType !== undefined && { identityType }) } };
  } catch (error) {
    if (error instanceof FindingError) {
      return { findings: advise(judgement.findings), facts, failure: error };
    }
    throw error;
  }
}

/** Step 9, where it is asked for: the control plane itself has the last word on what was assumed of it. */
async function askDeployment(
  { verify, project }: VerdictRequest,
  domain: string,
  { advertised: { authorizationMetadataKey }, granted: { accessToken }, route }: Trial,
  judgement: TokenJudgement,
  transport: Transport,
): Promise<IdentityAnswer | undefined> {
  if (verify !== 'deployment' || judgement.findings.some(isError)) {
    return undefined;
  }
  const header = authorizationMetadataKey === '' ? 'authorization' : authorizationMetadataKey.toLowerCase();
  const names = Object.values(judgement.readable?.claims ?? {}).filter((value) => typeof value === 'string');
  const { subject } = judgement.facts;
  return await askIdentity({ domain, route, header, token: accessToken, subject, names, project }, transport);
}

/** Where the provider calls itself otherwise than the deployment does. */
export function compareMetadata(
  metadata: ProviderMetadata | undefined,
  { issuer, tokenEndpoint }: TrialPlan,
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

/** The clock of the provider made the times in the token; where the runner's differs much, neither can be relied on. */
export function clockOf({ headers }: HttpResponse, now: number): { clock: Clock; findings: Finding[] } {
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

/** What the answer itself says of the token. */
export function describeGrant(granted: GrantedToken, grant: TokenGrant, response: HttpResponse): Finding[] {
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
  { allowedAudience, subjectClaims, appClaims }: VerdictRequest,
  domain: string,
  { audience }: TokenGrant,
  provider: IdentityProvider,
): ControlPlaneSettings {
  const assumedAudience = [`https://${domain}`, ...(audience === '' ? [] : [audience])];
  const assumedClaims = provider.appClaims;
  return {
    allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
    subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
    appClaims: {
      value: appClaims ?? (assumedClaims.length > 0 ? assumedClaims : ASSUMED_APP_CLAIMS),
      stated: appClaims !== undefined,
    },
  };
}
