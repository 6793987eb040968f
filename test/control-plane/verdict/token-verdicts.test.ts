import { describe, expect, it } from 'vitest';
import { type FetchedKeySet, judgeToken } from '../../../src/control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from '../../../src/control-plane/verdict/profiles.ts';
import { tokenFinding } from '../../../src/control-plane/verdict/token-findings.ts';
import { eachRecorded } from '../../runs.ts';
import { RULES_OF_STAGE, recordings, type Vector } from './recorded-tokens.ts';

/*
 * Our verdict against that of the control plane's own libraries, over recorded tokens and key sets. How they were
 * recorded is told in test/recordings/README.md.
 */

const PROFILES: readonly (readonly ['flyte1' | 'union' | 'flyte1-self', ControlPlaneKind])[] = [
  ['flyte1', 'flyte1'],
  ['union', 'union'],
  ['flyte1-self', 'flyte1-own'],
];

/** Where we differ, and why that is let stand. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'json-cesu-sub': 'the number of U+FFFD for bytes that are no UTF-8: only what is shown of the subject differs',
  'json-utf8-f09f98': 'as above',
  'json-utf8-e282e282ac': 'as above',
  'key-x5u-escape-host': 'an x5u whose host is escaped: nothing reads that member',
  'key-x5u-angle': 'an x5u whose host holds < and >: nothing reads that member',
  'union key-x5u-two-colons': 'an x5u with two ports, which the older release of Go lets pass',
};

/** Years that the calendar of JavaScript does not reach. */
const BEYOND = new Set(['time-printed-exp-1e15', 'time-printed-exp-9.22e18']);
/** The stages whose words are known to the letter. */
const EXACT = new Set(['time', 'audience', 'claims', 'scope']);

function isDifference(profile: string, id: string): boolean {
  return Object.hasOwn(DIFFERENCES, id) || Object.hasOwn(DIFFERENCES, `${profile} ${id}`);
}

async function judge(vector: Vector, kind: ControlPlaneKind) {
  const { allowedAudience, subjectClaims = [], appClaims, keySet, keySetStatus = 200 } = vector;
  const fetched: FetchedKeySet =
    keySetStatus === 200
      ? { body: Buffer.from(keySet) }
      : { missing: tokenFinding('key-set/unavailable', 'x', { severity: 'error' }) };
  const pairs = Object.entries(appClaims ?? {}).flatMap(([claim, values]) =>
    values.map((value) => [claim, value] as const),
  );
  const audience = kind === 'flyte1-own' ? [recordings.publicUrl] : [...allowedAudience, recordings.publicUrl];
  return await judgeToken({
    token: vector.token,
    keySet: fetched,
    settings: {
      allowedAudience: { value: audience, stated: true },
      subjectClaims: { value: subjectClaims, stated: true },
      appClaims: { value: pairs, stated: appClaims !== undefined },
    },
    clock: { nowSeconds: Date.parse(recordings.at) / 1000, isSure: true, grainSeconds: 0 },
    controlPlane: kind,
    advertisedIssuer: '',
  });
}

describe.each(PROFILES)('the verdict of %s', (name, kind) => {
  const vectors = recordings.vectors.flatMap((vector) => (vector[name] ? [{ vector, recorded: vector[name] }] : []));

  it('has vectors, and among them all of the table', () => {
    expect(vectors.length).toBeGreaterThan(90);
    if (name !== 'flyte1-self') {
      const missing = Array.from({ length: 65 }, (_, index) => `V${index + 1}`).filter(
        (id) => !vectors.some(({ vector }) => vector.id === id || vector.id.startsWith(`${id}-`)),
      );
      // A key set with the status 500 and a token of 89 KB stand in judge-token.test.ts.
      expect(missing).toEqual(['V27', 'V60']);
    }
  });

  eachRecorded(
    vectors,
    ({ vector: { id, title } }) => `${id}: ${title}`,
    async ({ vector, recorded }) => {
      const { id } = vector;
      const judgement = await judge(vector, kind);
      const { decision, decidedBy, findings, serverError, facts } = judgement;
      const ours = {
        decision,
        ...(decision === 'accept' && { subject: facts.subject ?? '' }),
        ...(decision === 'accept' && name === 'union' && { isApp: facts.identityType === 'app' }),
      };
      const theirs = {
        decision: recorded.decision === 'accept' ? 'accept' : 'refuse',
        ...(recorded.decision === 'accept' && { subject: recorded.subject ?? '' }),
        ...(recorded.decision === 'accept' && name === 'union' && { isApp: recorded.identityType === 'app' }),
      };
      if (isDifference(name, id)) {
        expect(ours).not.toEqual(theirs);
      } else {
        expect(ours).toEqual(theirs);
        if (recorded.decision !== 'accept' && name !== 'flyte1-self') {
          expect(decidedBy).toMatch(RULES_OF_STAGE[recorded.stage ?? ''] ?? /^no such stage$/);
        }
      }
      // A refusal is told by a finding, and by the server's words.
      if (decision === 'refuse') {
        expect(findings.some(({ severity }) => severity === 'error' || severity === 'warning')).toBe(true);
        expect(serverError).toMatch(/\S/);
        expect(decidedBy).not.toBe('every-rule');
      }
      if (recorded.serverError !== undefined && EXACT.has(recorded.stage ?? '') && !BEYOND.has(id)) {
        expect(serverError).toBe(recorded.serverError);
      }
      return findings.map(({ severity, code, detail }) => `${decidedBy}: ${severity} ${code}: ${detail}`);
    },
    {
      name: 'what is said to a user',
      judge(said) {
        const sorted = [...new Set(said.flat())].toSorted((one, other) => (one < other ? -1 : 1));
        expect(sorted.join('\n')).toMatchSnapshot();
      },
    },
  );
});
