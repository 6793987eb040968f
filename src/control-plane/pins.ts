import type { Finding } from '../findings/finding.ts';
import type { AuthMetadata } from './auth-metadata.ts';
import { type DiscoveryFindingCode, discoveryFinding } from './discovery-findings.ts';

/** What a step states about the identity provider instead of asking the deployment. */
export interface Pins {
  readonly issuer?: string;
  readonly tokenUrl?: string;
  readonly scopes?: readonly string[];
  readonly audience?: string;
}

/** Where a pin and the deployment disagree: the flyte client knows nothing of pins and does what the deployment says. */
export function comparePins(pins: Pins, advertised: AuthMetadata): Finding<DiscoveryFindingCode>[] {
  const findings: Finding<DiscoveryFindingCode>[] = [];
  const differs = (name: string, pinned: string, theirs: string, would: string): void => {
    const detail = `${name} is pinned to "${pinned}", the deployment advertises "${theirs}". flyte would ${would}.`;
    findings.push(discoveryFinding('discovery/pin-differs', detail));
  };
  if (pins.tokenUrl !== undefined && pins.tokenUrl !== advertised.tokenEndpoint) {
    differs('token-url', pins.tokenUrl, advertised.tokenEndpoint, 'send the secret to the advertised one');
  }
  if (pins.issuer !== undefined && pins.issuer !== advertised.issuer) {
    if (withoutSlash(pins.issuer) === withoutSlash(advertised.issuer)) {
      findings.push(discoveryFinding('discovery/issuer-slash', `The deployment writes "${advertised.issuer}".`));
    } else {
      differs('issuer', pins.issuer, advertised.issuer, 'use the advertised one');
    }
  }
  // A set, in any order (RFC 6749 section 3.3).
  if (pins.scopes !== undefined && pins.scopes.toSorted().join(' ') !== advertised.scopes.toSorted().join(' ')) {
    const setting =
      'ask for the advertised ones; the setting of the control plane is thirdPartyConfig.flyteClient.scopes';
    differs('scopes', pins.scopes.join(' '), advertised.scopes.join(' '), setting);
  }
  if (pins.audience !== undefined && pins.audience !== advertised.audience) {
    const setting =
      'ask for the advertised one; the setting of the control plane is thirdPartyConfig.flyteClient.audience';
    differs('audience', pins.audience, advertised.audience, setting);
  }
  return findings;
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, '');
}
