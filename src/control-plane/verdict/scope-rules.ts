import { type JsonObject, member, stringMember } from '../../transport/json.ts';
import { scopesOf } from './claims.ts';
import { list, type Outcome, type Rule, UNION_CLAIMS } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

const NO_SCOPE = "authenticated user doesn't have required scope";

/** Scopes come from `scp` alone; a text is one scope, however many words it holds. */
export const SCOPE_RULE: Rule = {
  name: 'scope',
  source: 'flyteorg/flyte v1.16.8 flyteadmin/auth/interceptor.go, BlanketAuthorization',
  judge({ claims }) {
    const scopes = scopesOf(claims);
    return holdsAll(claims, scopes) ? [] : [scopeMissing(scopes)];
  },
};

/** As above, but the scopes of a text are parsed and then forgotten: an assignment is missing there. */
export const UNION_SCOPE_RULE: Rule = {
  name: 'scope',
  source: `${UNION_CLAIMS}; interceptor.go, BlanketAuthorization`,
  judge({ claims }) {
    const isDropped = typeof member(claims, 'scp') === 'string';
    const scopes = scopesOf(claims);
    if (holdsAll(claims, isDropped ? [] : scopes)) {
      return [];
    }
    if (!holdsAll(claims, scopes)) {
      return [scopeMissing(scopes)];
    }
    // Known from a branch alone, so no release need have it.
    const detail = 'The claim scp is a text beside client_id: some releases of the control plane drop it.';
    const finding = tokenFinding('token/scope-all-missing', detail, { severity: 'warning' });
    return [{ finding, serverError: NO_SCOPE, assumed: true }];
  },
};

function holdsAll(claims: JsonObject, scopes: readonly string[]): boolean {
  // A list that holds an empty text is not empty.
  return scopes.includes('all') || (scopes.length === 0 && (stringMember(claims, 'client_id') ?? '') === '');
}

function scopeMissing(scopes: readonly string[]): Outcome {
  const several = scopes.some((scope) => scope.split(' ').includes('all'))
    ? ' A text with several words counts as one scope.'
    : '';
  const detail =
    scopes.length === 0
      ? 'The token has a claim client_id and no claim scp.'
      : `The claim scp holds ${list(scopes)}.${several}`;
  return { finding: tokenFinding('token/scope-all-missing', detail), serverError: NO_SCOPE };
}
