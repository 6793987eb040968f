import type { KeyFields } from './api-key/fields.ts';
import type { AuthMetadata } from './control-plane/auth-metadata.ts';
import { discoveryFinding, tokenFinding } from './control-plane/findings.ts';
import {
  ASSUMED_APP_CLAIMS,
  type Clock,
  type ControlPlaneSettings,
  type FetchedKeySet,
  judgeToken,
} from './control-plane/judge-token.ts';
import type { Pins } from './control-plane/pins.ts';
import { type Finding, FindingError } from './findings/finding.ts';
import {
  exchangeToken,
  fetchKeySet,
  fetchProviderMetadata,
  type ProviderMetadata,
  revokeToken,
} from './identity-provider/client.ts';
import { idpFinding } from './identity-provider/findings.ts';
import { isTrustedDestination, recogniseProvider } from './identity-provider/provider.ts';
import type { ClientCredentials, TokenGrant } from './identity-provider/token-request.ts';
import type { GrantedToken } from './identity-provider/token-response.ts';
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

/** What the user states about the identity provider and about settings of the control plane that can't be asked for. */
export interface TrialRequest {
  readonly pins: Pins;
  readonly allowedAudience?: readonly string[];
  readonly subjectClaims?: readonly string[];
  readonly appClaims?: ControlPlaneSettings['appClaims']['value'];
}

export interface TrialEffects {
  readonly secrets: SecretStore;
  readonly retry: RetryEffects;
}

/** Steps 6 to 10: the exchange as the client makes it, the verdict as the control plane makes it. */
export async function tryToken(
  request: TrialRequest,
  fields: KeyFields,
  advertised: AuthMetadata,
  transport: Transport,
  effects: TrialEffects,
  progress: Progress,
): Promise<void> {
  const { pins } = request;
  const issuer = readIssuer(pins.issuer ?? advertised.issuer);
  const early =
    advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer
      ? await fetchProviderMetadata(issuer, transport, effects.retry)
      : undefined;
  const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || early?.tokenEndpoint || ''));
  const grant: TokenGrant = {
    scopes: pins.scopes ?? advertised.scopes,
    audience: pins.audience ?? advertised.audience,
  };
  const name = recogniseProvider(tokenEndpoint, fields.domain);
  const issuerName = pins.issuer ?? advertised.issuer;
  progress.facts.provider = { name, issuer: issuerName, tokenEndpoint: tokenEndpoint.href, ...grant };
  guardDestination(tokenEndpoint, fields.domain, issuer, pins, progress);

  const metadataPromise =
    early === undefined && issuer !== undefined
      ? fetchProviderMetadata(issuer, transport, effects.retry)
      : Promise.resolve(early);
  const keySetPromise = fetchAdvertisedKeySet(advertised.jwksUri, metadataPromise, transport, effects.retry);
  const isPublic = (text: string): boolean =>
    [fields.domain, fields.clientId, fields.org, grant.audience].includes(text);
  const exchange = await exchangeToken(tokenEndpoint, fields, grant, transport, effects.retry, (credential) => {
    if (!isPublic(credential)) {
      effects.secrets.protectToken(credential);
    }
  });
  const { clock, findings: clockFindings } = clockOf(exchange.response, effects.retry.now());
  progress.findings.push(...clockFindings);
  if ('refused' in exchange.outcome) {
    await revoke(exchange.tokens, fields, tokenEndpoint, metadataPromise, transport, progress);
    throw new FindingError(exchange.outcome.refused);
  }
  const granted = exchange.outcome;
  progress.findings.push(...describeGrant(granted, grant, exchange.response));
  const keySet = await keySetPromise;
  const judgement = await judgeToken(
    granted.accessToken,
    keySet,
    settingsOf(request, fields.domain, grant),
    clock,
    advertised.issuer,
  );
  progress.findings.push(...judgement.findings);
  progress.facts.token = { expiresAt: Math.floor(clock.nowSeconds) + granted.expiresInSeconds, ...judgement.facts };
  await revoke(exchange.tokens, fields, tokenEndpoint, metadataPromise, transport, progress);
}

function readIssuer(issuer: string): URL | undefined {
  const url = issuer === '' ? undefined : readHttpsUrl(issuer);
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
    const { status, document } = await fetchKeySet(url, transport, effects);
    if (document !== undefined) {
      return { document };
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
    return { clock: { nowSeconds: now / 1000, isSure: true }, findings: [] };
  }
  const difference = Math.round((now - date) / 1000);
  const isSure = Math.abs(difference) <= TOLERATED_CLOCK_DIFFERENCE_SECONDS;
  const detail = `The runner is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} the identity provider.`;
  return {
    clock: { nowSeconds: date / 1000, isSure },
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
): ControlPlaneSettings {
  const assumedAudience = [`https://${domain.toLowerCase()}`, ...(audience === '' ? [] : [audience])];
  return {
    allowedAudience: { value: allowedAudience ?? assumedAudience, stated: allowedAudience !== undefined },
    subjectClaims: { value: subjectClaims ?? ['sub'], stated: subjectClaims !== undefined },
    appClaims: { value: appClaims ?? ASSUMED_APP_CLAIMS, stated: appClaims !== undefined },
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
