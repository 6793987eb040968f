import type { Finding } from '../../findings/finding.ts';
import type { IdentityAnswer } from '../identity.ts';
import { planeFinding } from '../plane-findings.ts';
import type { TokenJudgement } from './judge-token.ts';
import { tokenFinding } from './token-findings.ts';

/** What is left open only as long as nobody has asked. */
const OPEN_QUESTIONS = new Set(['token/refusal-may-not-be-final', 'token/not-verified']);

/**
 * What is left of a verdict once the control plane itself has been asked. Where it takes the token, what was assumed
 * of its settings is no warning any more; where it refuses the token for what it is, the first such assumption is the
 * cause, and the refusal only confirms it.
 */
export function settleAssumptions(judgement: TokenJudgement, answer: IdentityAnswer): Finding[] {
  const { assumed } = judgement;
  const findings = judgement.findings.filter(({ code }) => answer.outcome === 'unknown' || !OPEN_QUESTIONS.has(code));
  if (answer.outcome === 'accepted') {
    const settled = findings.map((finding) => (assumed.includes(finding) ? settle(finding) : finding));
    return [...settled.filter((finding) => finding !== undefined), ...answer.findings, ...judgeType(judgement, answer)];
  }
  const [refusal] = answer.findings;
  const confirmed = refusal === undefined ? undefined : assumed.find((finding) => isConfirmedBy(finding, refusal));
  if (refusal === undefined || confirmed === undefined) {
    return [...findings, ...answer.findings.map((finding) => weigh(finding, judgement))];
  }
  const detail = `${confirmed.detail} The deployment refuses the token. ${refusal.detail}`;
  return findings.map((finding) => (finding === confirmed ? { ...finding, severity: 'error', detail } : finding));
}

/** What the control plane says of its reason, and the finding that means the same. */
const REASONS: readonly (readonly [words: RegExp, code: string])[] = [
  [/invalid audience/, 'token/audience-mismatch'],
  [/required scope/, 'token/scope-all-missing'],
];
const OTHER_REASON = /expired|not valid yet|before issued|signature|malformed|fetching keys/i;

/** Without a word on the reason, as older releases answer, the audience is what differs most often. */
function isConfirmedBy({ code }: Finding, refusal: Finding): boolean {
  if (refusal.code !== 'plane/token-refused') {
    return false;
  }
  const named = REASONS.find(([words]) => words.test(refusal.detail));
  return named === undefined
    ? code === 'token/audience-mismatch' && !OTHER_REASON.test(refusal.detail)
    : code === named[1];
}

/**
 * Flyte 2 reads who is calling from the header Authorization alone, whatever header it advertises, and Flyte's own
 * authorization server writes no subject: there the answer proves nothing against a token.
 */
function weigh(finding: Finding, { controlPlane }: TokenJudgement): Finding {
  const isNoProof =
    (controlPlane === 'flyte2' && finding.code === 'plane/token-refused') ||
    (controlPlane === 'flyte1-own' && finding.code === 'plane/identity-empty');
  return isNoProof ? { ...finding, severity: 'warning' } : finding;
}

const IDENTITY_TYPE = 'token/identity-type-not-app';

/** The type of identity is judged by what the control plane says of it, not by what was assumed. */
function settle(finding: Finding): Finding | undefined {
  return finding.code === IDENTITY_TYPE
    ? undefined
    : planeFinding('plane/assumption-settled', `In doubt was ${finding.code}: ${finding.detail}`);
}

/** Only Union tells apps from people. */
function judgeType({ controlPlane, assumed }: TokenJudgement, { identityType }: IdentityAnswer): Finding[] {
  if (controlPlane !== 'union' || identityType === 'app') {
    return [];
  }
  return identityType === undefined
    ? assumed.filter(({ code }) => code === IDENTITY_TYPE)
    : [tokenFinding(IDENTITY_TYPE, `The deployment takes the app for a ${identityType}.`)];
}
