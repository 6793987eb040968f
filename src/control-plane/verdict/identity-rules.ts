import type { JsonObject } from '../../transport/json.ts';
import { identityTypeOf, subjectOf } from './claims.ts';
import { list, type Outcome, type Rule, type Setting, severity, UNION_CLAIMS, VERIFY_CLAIMS } from './rule.ts';
import { tokenFinding } from './token-findings.ts';

/** Who the control plane will take the token for. Refuses nothing: what an empty subject breaks comes later. */
export const SUBJECT_RULE: Rule = {
  name: 'subject',
  source: VERIFY_CLAIMS,
  // The open source does without: only Union's services ask for a subject.
  judge: ({ claims }) =>
    judgeSubject(claims, { value: ['sub'], stated: false }).map(({ finding }) => ({
      finding: { ...finding, severity: 'note' },
    })),
};

export const UNION_SUBJECT_RULE: Rule = {
  name: 'subject',
  source: UNION_CLAIMS,
  judge: ({ claims, settings: { subjectClaims } }) => judgeSubject(claims, subjectClaims),
};

function judgeSubject(claims: JsonObject, { value: names, stated }: Setting<readonly string[]>): Outcome[] {
  if (subjectOf(claims, names) !== '') {
    return [];
  }
  // Without a stated setting the control plane may look into other claims than `sub`.
  const looked = list([...new Set([...names, 'sub'])]);
  const detail = names.length > 1 ? `None of the claims ${looked} holds a text.` : `The claim ${looked} holds no text.`;
  return [{ finding: tokenFinding('token/subject-missing', detail, severity(stated)), assumed: !stated }];
}

export const IDENTITY_TYPE_RULE: Rule = {
  name: 'identity-type',
  source: UNION_CLAIMS,
  judge({ claims, settings }) {
    const { value: pairs, stated } = settings.appClaims;
    if (identityTypeOf(claims, settings) === 'app') {
      return [];
    }
    const wanted = list(pairs.map(([claim, value]) => `${claim}=${value}`));
    const detail = `${stated ? 'app-claims names' : 'Assumed were'} ${wanted}; the token holds none of them.`;
    return [{ finding: tokenFinding('token/identity-type-not-app', detail, severity(stated)), assumed: !stated }];
  },
};
