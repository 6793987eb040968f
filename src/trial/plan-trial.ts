import type { KeyFields } from '../api-key/fields.ts';
import type { AuthMetadata } from '../control-plane/auth-metadata.ts';
import type { DiscoveryRoute } from '../control-plane/discovery.ts';
import { discoveryFinding } from '../control-plane/discovery-findings.ts';
import type { Pins } from '../control-plane/pins.ts';
import { type Finding, FindingError, isError } from '../findings/finding.ts';
import { fetchProviderMetadata, type ProviderMetadata } from '../identity-provider/client.ts';
import { idpFinding } from '../identity-provider/findings.ts';
import type { IdentityProvider, PlannedTrial, ProviderAddresses } from '../identity-provider/identity-provider.ts';
import { isTrustedDestination, type KnownProvider, recogniseProvider } from '../identity-provider/providers.ts';
import type { TokenGrant } from '../identity-provider/token-request.ts';
import { findTraps } from '../identity-provider/traps.ts';
import type { Transport } from '../transport/http-client.ts';
import type { RetryEffects } from '../transport/retry.ts';
import { readHttpsUrl } from '../transport/urls.ts';

/** What the deployment said, and by which route. */
export interface Discovered {
  readonly route: DiscoveryRoute | 'none';
  readonly metadata: AuthMetadata;
}

/** Where the secret will go, what will be asked for, and what is known of who answers. */
export interface TrialPlan {
  readonly addresses: ProviderAddresses;
  readonly tokenEndpoint: URL;
  /** As the deployment or the user writes it. */
  readonly issuer: string;
  readonly provider: KnownProvider;
  readonly grant: TokenGrant;
  readonly isAdvertised: boolean;
  /** Where the deployment names no token endpoint, the provider's own document was needed already. */
  readonly metadata: ProviderMetadata | undefined;
}

/** @throws FindingError where nothing can be sent. */
export async function planTrial(
  pins: Pins,
  { domain }: KeyFields,
  discovered: Discovered,
  transport: Transport,
  retry: RetryEffects,
): Promise<TrialPlan> {
  const { metadata: advertised } = discovered;
  const issuer = readAddress(pins.issuer ?? advertised.issuer);
  const known = { issuer, jwksUri: readAddress(advertised.jwksUri), domain: domain.toLowerCase() };
  const isAsked = advertised.tokenEndpoint === '' && pins.tokenUrl === undefined && issuer !== undefined;
  const metadata = isAsked
    ? await fetchProviderMetadata(
        issuer,
        recogniseProvider({ ...known, tokenEndpoint: undefined }).metadataNames,
        transport,
        retry,
      )
    : undefined;
  const tokenEndpoint = readTokenEndpoint(pins.tokenUrl ?? (advertised.tokenEndpoint || metadata?.tokenEndpoint || ''));
  const addresses = { ...known, tokenEndpoint };
  const provider = recogniseProvider(addresses, metadata?.document);
  const grant = grantOf(pins, discovered, provider);
  const isAdvertised = discovered.route !== 'none';
  return {
    addresses,
    tokenEndpoint,
    issuer: pins.issuer ?? advertised.issuer,
    provider,
    grant,
    isAdvertised,
    metadata,
  };
}

/**
 * What a client would ask for. Where the deployment told nothing, what the provider needs takes its place: the
 * client's own settings can't be known then.
 */
function grantOf(pins: Pins, { route, metadata }: Discovered, provider: IdentityProvider): TokenGrant {
  const scopes = route === 'none' ? (provider.defaultScopes ?? []) : metadata.scopes;
  return { scopes: pins.scopes ?? scopes, audience: pins.audience ?? metadata.audience };
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

/** Step 5. @returns what may fail. @throws FindingError with what is bound to fail, before anything is sent. */
export function checkTraps(
  { addresses, grant, isAdvertised, provider }: TrialPlan,
  fields: KeyFields,
  allowedAudience: readonly string[] | undefined,
): Finding[] {
  const planned: PlannedTrial = { ...fields, ...addresses, grant, isAdvertised, allowedAudience };
  const traps = findTraps(planned, provider);
  const certain = traps.find(isError);
  if (certain !== undefined) {
    throw new FindingError(certain);
  }
  return traps;
}

/** Step 6: a document that anybody could have written does not decide where the secret goes. @throws FindingError */
export function guardDestination({ addresses, tokenEndpoint }: TrialPlan, pins: Pins): Finding[] {
  const { domain, issuer } = addresses;
  const pinned = pins.tokenUrl !== undefined;
  if (!isTrustedDestination(tokenEndpoint, { domain, issuer, pinned })) {
    const detail = `The token endpoint is ${tokenEndpoint.href}, the issuer ${issuer?.href ?? 'unknown'}, the deployment ${domain}.`;
    throw new FindingError(idpFinding('idp/secret-destination-refused', detail));
  }
  return pinned ? [] : [discoveryFinding('discovery/pin-to-copy', `token-url: ${tokenEndpoint.href}`)];
}
