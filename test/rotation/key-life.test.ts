import { describe, expect, it } from 'vitest';
import { dateOf, readInstant } from '../../src/rotation/instants.ts';
import { type AgeSource, lifeOf, type SourceName } from '../../src/rotation/key-life.ts';
import { DEFAULT_THRESHOLDS, stageOf } from '../../src/rotation/stage.ts';

function at(text: string): number {
  const instant = readInstant(text);
  if (typeof instant === 'string') {
    throw new Error(`${text} is ${instant}`);
  }
  return instant;
}

function source(name: SourceName, rotated: string, expires?: string): AgeSource {
  return { name, rotatedAt: at(rotated), ...(expires !== undefined && { expiresAt: at(expires) }) };
}

function told(sources: readonly AgeSource[], maxAgeDays = 90) {
  const { life, findings } = lifeOf(sources, maxAgeDays);
  return {
    source: life?.source,
    rotated: life && dateOf(life.rotatedAt),
    due: life && dateOf(life.dueAt),
    expires: life?.expiresAt === undefined ? undefined : dateOf(life.expiresAt),
    isLowerBound: life?.isLowerBound,
    codes: findings.map(({ code }) => code),
  };
}

describe('the age of a key', () => {
  it.each([
    ['provider', [source('provider', '2026-09-01')], false, []],
    ['variable', [source('variable', '2026-09-01')], false, []],
    ['secret', [source('secret', '2026-09-01')], true, ['rotation/age-is-lower-bound']],
    ['input', [source('input', '2026-09-01')], false, []],
  ] as const)('from the %s alone', (name, sources, isLowerBound, codes) => {
    expect(told(sources)).toEqual({
      source: name,
      rotated: '2026-09-01',
      due: '2026-11-30',
      expires: undefined,
      isLowerBound,
      codes,
    });
  });

  it('comes from the best source, whatever their order', () => {
    const all = [
      source('input', '2026-09-01'),
      source('secret', '2026-09-01'),
      source('variable', '2026-09-01T10:00:00Z'),
      source('provider', '2026-09-01T09:00:00Z'),
    ];
    expect(told(all)).toMatchObject({ source: 'provider', codes: [] });
    expect(told(all.slice(0, 3))).toMatchObject({ source: 'variable', codes: [] });
    expect(told(all.slice(0, 2))).toMatchObject({ source: 'secret', codes: ['rotation/age-is-lower-bound'] });
  });

  it.each([
    ['provider and variable', source('provider', '2026-09-01'), source('variable', '2026-06-01')],
    ['provider and input', source('provider', '2026-09-01'), source('input', '2026-06-01')],
    ['variable and input', source('variable', '2026-06-01'), source('input', '2026-09-01')],
    [
      'a stamp and a secret that was written after it',
      source('variable', '2026-06-01'),
      source('secret', '2026-09-01'),
    ],
    [
      'provider and a secret that was written after it',
      source('provider', '2026-06-01'),
      source('secret', '2026-09-01'),
    ],
  ])('says where they disagree: %s', (_, best, other) => {
    expect(told([other, best])).toMatchObject({
      source: best.name,
      rotated: dateOf(best.rotatedAt),
      codes: ['rotation/sources-disagree'],
    });
  });

  it.each(['provider', 'variable', 'input'] as const)('a secret can not hold what is newer than it: %s', (name) => {
    expect(told([source(name, '2026-09-01', '2026-10-01'), source('secret', '2026-06-01')])).toEqual({
      source: 'secret',
      rotated: '2026-06-01',
      due: '2026-08-30',
      expires: undefined,
      isLowerBound: true,
      codes: ['rotation/secret-not-updated', 'rotation/age-is-lower-bound'],
    });
  });

  it('a rotation takes its time: what lies within a day is one event, in any zone', () => {
    const sources = [source('provider', '2026-09-01T23:00:00-11:00'), source('input', '2026-09-02')];
    expect(told(sources)).toMatchObject({ source: 'provider', rotated: '2026-09-02', codes: [] });
  });

  it('an expiry before the end of its age wins, one after it does not', () => {
    expect(told([source('provider', '2026-09-01', '2026-10-01')])).toMatchObject({
      due: '2026-10-01',
      expires: '2026-10-01',
    });
    expect(told([source('provider', '2026-09-01', '2028-09-01')])).toMatchObject({
      due: '2026-11-30',
      expires: '2028-09-01',
    });
    expect(told([source('variable', '2026-09-01', '2026-10-01')])).toMatchObject({ due: '2026-10-01' });
  });

  it("the provider's record knows best whether there is an expiry", () => {
    const sources = [source('provider', '2026-09-01'), source('variable', '2026-09-01', '2026-10-01')];
    expect(told(sources)).toMatchObject({ due: '2026-11-30', expires: undefined });
  });

  it('counts days of 24 hours across leap days and changes of the clock', () => {
    expect(told([source('input', '2027-12-01')])).toMatchObject({ due: '2028-02-29' });
    expect(told([source('input', '2026-12-01')])).toMatchObject({ due: '2027-03-01' });
    expect(told([source('input', '2026-03-01')], 31)).toMatchObject({ due: '2026-04-01' });
  });

  it('is not known without a source', () => {
    expect(told([])).toMatchObject({ source: undefined, codes: [] });
  });
});

describe('the stage', () => {
  const { life } = lifeOf([source('provider', '2026-01-01', '2026-12-01')], 90);
  it.each([
    ['2026-01-01', 'fine'],
    ['2026-03-01T23:59:59Z', 'fine'],
    ['2026-03-02', 'due-soon'],
    ['2026-03-17T23:59:59Z', 'due-soon'],
    ['2026-03-18', 'due'],
    ['2026-03-25', 'urgent'],
    ['2026-03-31T23:59:59.999Z', 'urgent'],
    ['2026-04-01', 'overdue'],
    ['2026-11-30T23:59:59Z', 'overdue'],
    ['2026-12-01', 'expired'],
    ['2030-01-01', 'expired'],
  ])('on %s is %s', (now, stage) => {
    expect(life && stageOf(life, DEFAULT_THRESHOLDS, at(now))).toBe(stage);
  });

  it('goes from urgent to expired where the expiry is what ends it', () => {
    const { life: short } = lifeOf([source('provider', '2026-01-01', '2026-02-01')], 90);
    expect(short && stageOf(short, DEFAULT_THRESHOLDS, at('2026-01-31'))).toBe('urgent');
    expect(short && stageOf(short, DEFAULT_THRESHOLDS, at('2026-02-01'))).toBe('expired');
  });
});
