import { describe, expect, it } from 'vitest';
import type { IdentityAnswer } from '../../../src/control-plane/identity.ts';
import { planeFinding } from '../../../src/control-plane/plane-findings.ts';
import type { TokenJudgement } from '../../../src/control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from '../../../src/control-plane/verdict/profiles.ts';
import { settleAssumptions } from '../../../src/control-plane/verdict/settle-assumptions.ts';
import { tokenFinding } from '../../../src/control-plane/verdict/token-findings.ts';
import type { Finding } from '../../../src/findings/finding.ts';

const AUDIENCE = tokenFinding('token/audience-mismatch', 'The token is for "x".', { severity: 'warning' });
const SCOPE = tokenFinding('token/scope-all-missing', 'No scope.', { severity: 'warning' });
const TYPE = tokenFinding('token/identity-type-not-app', 'Not an app.', { severity: 'warning' });
const SIGNED = tokenFinding('token/signature-valid', 'Signed.');
const MAY_NOT_BE_FINAL = tokenFinding('token/refusal-may-not-be-final', 'Settings.');
const NOT_VERIFIED = tokenFinding('token/not-verified', 'Not verified.');
const CONFIRMED = planeFinding('plane/identity-confirmed', 'It is ci.');

function judgementOf(assumed: readonly Finding[], controlPlane: ControlPlaneKind = 'union'): TokenJudgement {
  return {
    decision: 'accept',
    controlPlane,
    decidedBy: 'every-rule',
    findings: [SIGNED, ...assumed, MAY_NOT_BE_FINAL, NOT_VERIFIED],
    assumed,
    facts: { format: 'jwt' },
  };
}

function settled(assumed: readonly Finding[], answer: IdentityAnswer, controlPlane?: ControlPlaneKind): string[] {
  return settleAssumptions(judgementOf(assumed, controlPlane), answer).map(
    ({ severity, code, detail }) => `${severity} ${code}: ${detail}`,
  );
}

function refusedWith(detail: string): IdentityAnswer {
  return { outcome: 'refused', findings: [planeFinding('plane/token-refused', detail)] };
}

describe('where the deployment takes the token', () => {
  it('what was assumed of it is in doubt no more, and what else was seen stays', () => {
    expect(settled([AUDIENCE, SCOPE], { outcome: 'accepted', findings: [CONFIRMED], identityType: 'app' })).toEqual([
      'pass token/signature-valid: Signed.',
      'note plane/assumption-settled: In doubt was token/audience-mismatch: The token is for "x".',
      'note plane/assumption-settled: In doubt was token/scope-all-missing: No scope.',
      'pass plane/identity-confirmed: It is ci.',
    ]);
  });

  it.each<[string, string | undefined, ControlPlaneKind, string[]]>([
    ['an app', 'app', 'union', []],
    ['a user', 'user', 'union', ['error token/identity-type-not-app: The deployment takes the app for a user.']],
    ['not told', undefined, 'union', ['warning token/identity-type-not-app: Not an app.']],
    ['not told by Flyte 1', undefined, 'flyte1', []],
    ['a user to Flyte 2', 'user', 'flyte2', []],
  ])('the type of identity is %s', (_name, identityType, controlPlane, expected) => {
    const answer: IdentityAnswer = {
      outcome: 'accepted',
      findings: [CONFIRMED],
      ...(identityType !== undefined && { identityType }),
    };
    expect(settled([TYPE], answer, controlPlane)).toEqual([
      'pass token/signature-valid: Signed.',
      'pass plane/identity-confirmed: It is ci.',
      ...expected,
    ]);
  });

  it('a type that was not in doubt is not brought up again', () => {
    expect(settled([AUDIENCE], { outcome: 'accepted', findings: [] })).toEqual([
      'pass token/signature-valid: Signed.',
      'note plane/assumption-settled: In doubt was token/audience-mismatch: The token is for "x".',
    ]);
  });
});

describe('where the deployment refuses the token', () => {
  it.each<[said: string, assumed: Finding, code: string]>([
    ['invalid audience [x], wanted [y]', AUDIENCE, 'token/audience-mismatch'],
    ["authenticated user doesn't have required scope", SCOPE, 'token/scope-all-missing'],
    ['token parse error', AUDIENCE, 'token/audience-mismatch'],
  ])('%s: the assumption that it confirms is the cause', (said, assumed, code) => {
    expect(settled([TYPE, assumed], refusedWith(said))).toEqual([
      'pass token/signature-valid: Signed.',
      'warning token/identity-type-not-app: Not an app.',
      `error ${code}: ${assumed.detail} The deployment refuses the token. ${said}`,
    ]);
  });

  it.each<[said: string, assumed: Finding]>([
    ['invalid audience [x], wanted [y]', SCOPE],
    ['required scope', AUDIENCE],
    ['a reason of its own', SCOPE],
    ['Token is EXPIRED', AUDIENCE],
    ['Token is not valid yet', AUDIENCE],
    ['Token used before issued', AUDIENCE],
    ['failed to verify id token signature', AUDIENCE],
    ['oidc: malformed jwt', AUDIENCE],
    ['fetching keys oidc: get keys failed', AUDIENCE],
  ])('%s: that says nothing of another assumption', (said, assumed) => {
    expect(settled([assumed], refusedWith(said))).toEqual([
      'pass token/signature-valid: Signed.',
      `warning ${assumed.code}: ${assumed.detail}`,
      `error plane/token-refused: ${said}`,
    ]);
  });

  it('another answer than a refusal of the token confirms nothing', () => {
    const answer: IdentityAnswer = {
      outcome: 'refused',
      findings: [planeFinding('plane/permission-denied', 'invalid audience')],
    };
    expect(settled([AUDIENCE], answer)).toContain('warning token/audience-mismatch: The token is for "x".');
  });

  it.each<[ControlPlaneKind, 'plane/token-refused' | 'plane/identity-empty', string]>([
    ['flyte2', 'plane/token-refused', 'warning'],
    ['flyte2', 'plane/identity-empty', 'error'],
    ['flyte1-own', 'plane/identity-empty', 'warning'],
    ['flyte1-own', 'plane/token-refused', 'error'],
    ['union', 'plane/token-refused', 'error'],
    ['union', 'plane/identity-empty', 'error'],
    ['flyte1', 'plane/identity-empty', 'error'],
  ])('of %s, %s is the severity %s', (controlPlane, code, severity) => {
    const answer: IdentityAnswer = { outcome: 'refused', findings: [planeFinding(code, 'expired')] };
    expect(settled([], answer, controlPlane)).toEqual([
      'pass token/signature-valid: Signed.',
      `${severity} ${code}: expired`,
    ]);
  });
});

it('where the deployment says neither, the questions stay open', () => {
  expect(settled([AUDIENCE], { outcome: 'unknown', findings: [] })).toEqual([
    'pass token/signature-valid: Signed.',
    'warning token/audience-mismatch: The token is for "x".',
    `${MAY_NOT_BE_FINAL.severity} token/refusal-may-not-be-final: Settings.`,
    `${NOT_VERIFIED.severity} token/not-verified: Not verified.`,
  ]);
});
