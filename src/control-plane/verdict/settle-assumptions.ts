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
  const [first] = assumed.filter(({ code }) => code !== IDENTITY_TYPE);
  const [refusal] = answer.findings;
  if (refusal?.code !== 'plane/token-refused' || first === undefined) {
    return [...findings, ...answer.findings];
  }
  const detail = `${first.detail} The deployment refuses the token. ${refusal.detail}`;
  return findings.map((finding) => (finding === first ? { ...finding, severity: 'error', detail } : finding));
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
