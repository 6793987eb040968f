import { describe, expect, it } from 'vitest';
import { AUDIENCE_RULE } from '../../../src/control-plane/verdict/audience-rule.ts';
import { audienceOf, identityTypeOf, scopesOf, subjectOf } from '../../../src/control-plane/verdict/claims.ts';
import { type Clock, list } from '../../../src/control-plane/verdict/rule.ts';
import { SCOPE_RULE } from '../../../src/control-plane/verdict/scope-rules.ts';
import { judgeSize } from '../../../src/control-plane/verdict/strict-client.ts';
import { TIME_RULE } from '../../../src/control-plane/verdict/time-rule.ts';
import type { JsonObject } from '../../../src/transport/json.ts';

const NOW = 1_795_000_000;
const ANY = { value: [], stated: true };

function judgeTime(claims: JsonObject, clock: Partial<Clock> = {}): string[] {
  const settings = { allowedAudience: ANY, subjectClaims: ANY, appClaims: ANY };
  return TIME_RULE.judge({
    claims,
    settings,
    clock: { nowSeconds: NOW, isSure: true, grainSeconds: 1, ...clock },
  }).map(({ finding, serverError }) => `${finding.severity} ${finding.detail} (${serverError ?? ''})`);
}

describe('the times of a token', () => {
  const expired = 'failed to validate token: Token is expired';
  const early = 'failed to validate token: Token is not valid yet';
  const unissued = 'failed to validate token: Token used before issued';

  it.each<[string, JsonObject, string[]]>([
    ['in order', { iat: NOW, nbf: NOW, exp: NOW + 1 }, []],
    ['0 is as good as none', { iat: 0, nbf: 0, exp: 0 }, ['warning The token has no claim exp. ()']],
    ['over this second', { exp: NOW }, [`error The token expired 0 s ago. (${expired})`]],
    ['over by a fraction', { exp: NOW + 0.9 }, [`error The token expired 0 s ago. (${expired})`]],
    [
      'over, with a beginning',
      { iat: NOW - 60, exp: NOW - 1 },
      [`error The token expired 1 s ago. It was valid for 59 s. (${expired})`],
    ],
    ['over before it began', { iat: NOW - 1, exp: NOW - 1 }, [`error The token expired 1 s ago. (${expired})`]],
    ['within the second that a Date header drops', { exp: NOW + 9, nbf: NOW + 1, iat: NOW + 1 }, []],
    [
      'as early as clocks drift',
      { exp: NOW + 9, nbf: NOW + 5 },
      [`warning The claim nbf lies 5 s in the future. (${early})`],
    ],
    ['earlier', { exp: NOW + 9, nbf: NOW + 6 }, [`error The claim nbf lies 6 s in the future. (${early})`]],
    [
      'in milliseconds',
      { exp: NOW * 1000, iat: NOW * 1000 },
      [
        `error The claim iat lies ${NOW * 999} s in the future. It looks like milliseconds, and is read as seconds. (${unissued})`,
      ],
    ],
    [
      'the year 5138',
      { exp: NOW + 9, iat: 100_000_000_000 },
      [`error The claim iat lies ${100_000_000_000 - NOW} s in the future. (${unissued})`],
    ],
    [
      'beyond int64: long over, and never early',
      { exp: 1e19, iat: 1e19, nbf: 1e19 },
      [expect.stringMatching(/^error The token expired \d+ s ago\. \(/)],
    ],
    [
      'two faults: the server tells the last',
      { exp: NOW - 1, nbf: NOW + 60 },
      [`error The token expired 1 s ago. (${early})`, `error The claim nbf lies 60 s in the future. (${early})`],
    ],
    [
      'without an end, and early: the first refuses nothing',
      { nbf: NOW + 60 },
      ['warning The token has no claim exp. ()', `error The claim nbf lies 60 s in the future. (${early})`],
    ],
    [
      'the first that int64 can not hold from the year 1 on',
      { exp: 2 ** 63 - 62_135_596_800 },
      [expect.stringMatching(/^error The token expired \d+ s ago\. \(/)],
    ],
    [
      'no number',
      { exp: null, iat: 'x' },
      [
        `error The claim exp is not a number. The control plane says "Token is expired" to that. (${unissued})`,
        `error The claim iat is not a number. The control plane says "Token used before issued" to that. (${unissued})`,
      ],
    ],
  ])('%s', (_name, claims, expected) => {
    expect(judgeTime(claims)).toEqual(expected);
  });

  it('only warn where the clocks at hand contradict each other', () => {
    expect(judgeTime({ exp: NOW - 60 }, { isSure: false })).toEqual([
      `warning The token expired 60 s ago. (${expired})`,
    ]);
    expect(judgeTime({ exp: NOW + 9, nbf: NOW + 60 }, { isSure: false })).toEqual([
      `warning The claim nbf lies 60 s in the future. (${early})`,
    ]);
  });

  it('are held against the whole second, and as exactly as the clock shows', () => {
    expect(judgeTime({ exp: NOW + 1 }, { nowSeconds: NOW + 0.9 })).toEqual([]);
    expect(judgeTime({ exp: NOW + 9, nbf: NOW + 1 }, { grainSeconds: 0 })).toHaveLength(1);
  });
});

describe('another audience', () => {
  function judgeAudience(claims: JsonObject) {
    return AUDIENCE_RULE.judge({
      claims,
      settings: {
        allowedAudience: { value: ['api://union', 'https://union.example.com/'], stated: true },
        subjectClaims: ANY,
        appClaims: ANY,
      },
      clock: { nowSeconds: NOW, isSure: true, grainSeconds: 1 },
    });
  }

  it('that differs by a slash is told so, whichever of the allowed ones it is near', () => {
    expect(judgeAudience({ aud: 'https://union.example.com' })[0]?.finding.detail).toMatch(/only by a slash/);
    expect(judgeAudience({ aud: 'https://other.example.com' })[0]?.finding.detail).not.toMatch(/slash/);
  });

  it.each(['nonce', 'at_hash'])('of an ID token, by its %s, has advice of its own', (name) => {
    expect(judgeAudience({ aud: 'ci', [name]: 'x' })[0]?.finding.advice).toEqual({
      cause: expect.stringMatching(/ID token .* access token is needed/),
      fix: expect.stringMatching(/access_token/),
    });
    expect(judgeAudience({ aud: 'ci' })[0]?.finding).not.toHaveProperty('advice');
  });
});

it('one scope of several that holds more words is told so', () => {
  const [outcome] = SCOPE_RULE.judge({
    claims: { scp: ['read', 'all profile'], client_id: 'ci' },
    settings: { allowedAudience: ANY, subjectClaims: ANY, appClaims: ANY },
    clock: { nowSeconds: NOW, isSure: true, grainSeconds: 1 },
  });
  expect(outcome?.finding.detail).toBe(
    'The claim scp holds "read", "all profile". A text with several words counts as one scope.',
  );
});

describe('claims', () => {
  it.each<[JsonObject, string[]]>([
    [{ aud: 'a' }, ['a']],
    [{ aud: ['a', 'b'] }, ['a', 'b']],
    [{ aud: ['a', 1] }, []],
    [{ aud: [] }, []],
    [{ aud: { a: 1 } }, []],
    [{}, []],
  ])('the audience of %j', (claims, expected) => {
    expect(audienceOf(claims)).toEqual(expected);
  });

  it.each<[JsonObject, string[]]>([
    [{ scp: 'a b' }, ['a b']],
    [{ scp: ['a', 'b', 'a', 1] }, ['a', 'b']],
    [{ scp: null }, []],
    [{}, []],
  ])('the scopes of %j', (claims, expected) => {
    expect(scopesOf(claims)).toEqual(expected);
  });

  it.each<[JsonObject, string[], string]>([
    [{ sub: 's', azp: 'a' }, ['azp'], 'a'],
    [{ sub: 's', azp: '' }, ['azp'], 's'],
    [{ sub: 's', azp: 7 }, ['azp'], 's'],
    [{ azp: 'a' }, [], ''],
    [{ sub: 'a\ud800' }, [], 'a\ufffd'],
  ])('the subject of %j by %j', (claims, names, expected) => {
    expect(subjectOf(claims, names)).toBe(expected);
  });

  it.each<[string, JsonObject, [string, string][], stated: boolean, string]>([
    ['fits the mapping', { idtyp: 'app' }, [['idtyp', 'app']], true, 'app'],
    [
      'fits the second pair',
      { gty: 'client-credentials' },
      [
        ['idtyp', 'app'],
        ['gty', 'client-credentials'],
      ],
      true,
      'app',
    ],
    ['fits none of a stated mapping', { identitytype: 'app' }, [['idtyp', 'app']], true, 'user'],
    ['fits none of an assumed one', { identitytype: 'other' }, [['idtyp', 'app']], false, 'other'],
    ['an empty mapping', { identitytype: 'x' }, [], true, 'x'],
    ['nothing at all', {}, [], false, ''],
    ['a mapping of sub is one of the subject', { sub: 's', azp: 'ci' }, [['sub', 'ci']], true, 'app'],
    ['sub itself does not count then', { sub: 's', azp: 'ci' }, [['sub', 's']], true, 'user'],
    ['no subject is not an empty one', {}, [['sub', '']], true, 'user'],
    ['without a subject sub is what stands there', { sub: '' }, [['sub', '']], true, 'app'],
  ])('the type of identity: %s', (_name, claims, pairs, stated, expected) => {
    const settings = { appClaims: { value: pairs, stated }, subjectClaims: { value: ['azp'], stated: true } };
    expect(identityTypeOf(claims, settings)).toBe(expected);
  });
});

describe('a list in a sentence', () => {
  const items = Array.from({ length: 12 }, (_, index) => String(index));

  it.each([
    [0, 'nothing'],
    [1, '"0"'],
    [2, '"0", "1"'],
    [10, '"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"'],
    [11, '"0", "1", "2", "3", "4", "5", "6", "7", "8", "9" and 1 more'],
  ])('of %i', (count, expected) => {
    expect(list(items.slice(0, count))).toBe(expected);
  });
});

describe('the size of a token', () => {
  it.each([
    [3_072, undefined],
    [3_073, /^The token has 3073 bytes\. An ingress that asks .* nginx has 4 or 8 KiB by default\.$/],
    [8_192, /An ingress/],
    [8_193, /^The token has 8193 bytes\. That is more than one header line may have at nginx by default \(8 KiB\)\.$/],
  ])('%i bytes', (bytes, expected) => {
    const [finding] = judgeSize('a'.repeat(bytes));
    if (expected === undefined) {
      expect(finding).toBeUndefined();
    } else {
      expect(finding?.detail).toMatch(expected);
    }
  });
});
