import type { Finding } from '../findings/finding.ts';
import type { JsonObject } from '../transport/json.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** What the provider knows better than the definition of a finding: where in its console the fix is made. */
export function withAdvice(finding: Finding, provider: IdentityProvider, claims?: JsonObject): Finding {
  const { code } = finding;
  const advice =
    (claims && provider.adviceOnToken?.(code, claims)) ??
    (Object.hasOwn(provider.advice, code) ? provider.advice[code] : undefined);
  return advice === undefined || finding.severity === 'pass' ? finding : { ...finding, advice };
}
