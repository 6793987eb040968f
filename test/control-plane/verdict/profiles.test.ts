import { describe, expect, it } from 'vitest';
import type { DiscoveryRoute } from '../../../src/control-plane/discovery.ts';
import { type ControlPlaneChoice, chooseControlPlane, PROFILES } from '../../../src/control-plane/verdict/profiles.ts';

describe('whose rules are taken', () => {
  it.each<[DiscoveryRoute | 'none', issuesTokens: boolean, kind: string, words: string]>([
    ['connect-binary', false, 'union', 'Judged as the control plane of Union: the route of the flyte client answered.'],
    ['connect-binary', true, 'union', 'Judged as the control plane of Union: the route of the flyte client answered.'],
    ['connect-json', false, 'union', 'Judged as the control plane of Union: Connect with JSON answered.'],
    ['http-gateway', false, 'flyte1', 'Judged as flyteadmin of Flyte 1: only the HTTP gateway answered.'],
    [
      'http-gateway',
      true,
      'flyte1-own',
      'Judged as flyteadmin of Flyte 1 with its own authorization server: only the HTTP gateway answered, and its token endpoint is the deployment itself.',
    ],
    ['none', false, 'union', 'Judged as the control plane of Union: no route answered.'],
    ['none', true, 'union', 'Judged as the control plane of Union: no route answered.'],
  ])('where nobody says: route %s, issues tokens: %s', (route, issuesTokens, kind, words) => {
    const chosen = chooseControlPlane('auto', route, issuesTokens);
    expect(chosen.kind).toBe(kind);
    expect(chosen.findings).toMatchObject([{ code: 'plane/judged-as', detail: words }]);
  });

  it.each<[ControlPlaneChoice, issuesTokens: boolean, kind: string]>([
    ['union', false, 'union'],
    ['union', true, 'union'],
    ['flyte1', false, 'flyte1'],
    ['flyte1', true, 'flyte1-own'],
    ['flyte2', true, 'flyte2'],
  ])('where %s is stated, issues tokens: %s', (choice, issuesTokens, kind) => {
    expect(chooseControlPlane(choice, 'connect-binary', issuesTokens)).toEqual({ kind, findings: [] });
  });
});

it('every profile says what it is, and rules of one name have one source', () => {
  for (const [kind, profile] of Object.entries(PROFILES)) {
    expect(profile.kind).toBe(kind);
    expect(profile.title).toMatch(/Flyte|Union/);
    for (const { name, source } of profile.rules) {
      expect(name).toMatch(/^[a-z-]+$/);
      // Repository, release and file: a reader has to find it again.
      expect(source).toMatch(/^(flyteorg\/flyte|golang-jwt\/jwt) \S.*\.go|, the same file/);
    }
  }
  expect(
    Object.fromEntries(Object.values(PROFILES).map(({ kind, rules }) => [kind, rules.map(({ name }) => name)])),
  ).toEqual({
    flyte1: [
      'time',
      'audience',
      'type-of-user-info',
      'type-of-client-id',
      'type-of-scp',
      'type-of-email',
      'scope',
      'subject',
    ],
    'flyte1-own': [
      'time',
      'audience',
      'type-of-user-info',
      'type-of-client-id',
      'type-of-scp',
      'type-of-email',
      'scope',
      'subject',
    ],
    union: [
      'time',
      'audience',
      'type-of-user-info',
      'type-of-client-id',
      'type-of-scp',
      'type-of-email',
      'scope',
      'subject',
      'identity-type',
    ],
    flyte2: [
      'time',
      'audience',
      'type-of-user-info',
      'type-of-client-id',
      'type-of-scp',
      'type-of-email',
      'scope',
      'subject',
    ],
  });
});
