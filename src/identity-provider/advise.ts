import type { Finding } from '../findings/finding.ts';
import type { IdentityProvider, ReadableToken } from './identity-provider.ts';

/** What the provider knows better than the definition of a finding: where in its console the fix is made. */
export function withAdvice(finding: Finding, provider: IdentityProvider, token?: ReadableToken): Finding {
  if (finding.advice !== undefined) {
    // The rule that saw the token knows better still.
    return finding;
  }
  const { code } = finding;
  const fits = token === undefined || provider.adviceFits?.[code]?.(token) !== false;
  const usual = fits && Object.hasOwn(provider.advice, code) ? provider.advice[code] : undefined;
  const advice = (token && provider.adviceOnToken?.(code, token.claims)) ?? usual;
  return advice === undefined || finding.severity === 'pass' ? finding : { ...finding, advice };
}
