import type { Finding } from '../findings/finding.ts';
import { withAdvice } from './advise.ts';
import { idpFinding } from './findings.ts';
import type { IdentityProvider, PlannedTrial } from './identity-provider.ts';
import { sentScopes } from './token-request.ts';

/** Scopes of a sign-in in the browser (OpenID Connect Core sections 3.1.2.1, 5.4 and 11; `offline` is Flyte's own). */
const SCOPES_FOR_PEOPLE = new Set(['openid', 'profile', 'email', 'offline', 'offline_access']);

/** What is bound to fail, or may, known before anything is sent: the provider's own traps, then those of all. */
export function findTraps(trial: PlannedTrial, provider: IdentityProvider): Finding[] {
  const own = provider.traps?.(trial) ?? [];
  const forPeople = sentScopes(trial.grant).filter((scope) => SCOPES_FOR_PEOPLE.has(scope));
  const general =
    forPeople.length > 0 && provider.givesOpenIdScopes !== true && own.length === 0
      ? [idpFinding('idp/scopes-for-people', `The deployment asks for ${forPeople.join(' ')}.`)]
      : [];
  return [...own, ...general].map((finding) => withAdvice(finding, provider));
}
