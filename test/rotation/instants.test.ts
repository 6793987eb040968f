import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, daysBetween, readInstant, timeOf } from '../../src/rotation/instants.ts';

describe('a point in time', () => {
  it.each([
    ['2026-11-22', '2026-11-22T00:00:00Z'],
    ['2026-11-22T17:00:00Z', '2026-11-22T17:00:00Z'],
    ['2026-11-22t17:00:00z', '2026-11-22T17:00:00Z'],
    ['2026-11-22 17:00Z', '2026-11-22T17:00:00Z'],
    ['2026-11-22T17:00:00.1234567Z', '2026-11-22T17:00:00Z'],
    ['2026-11-22T17:00:00+01:00', '2026-11-22T16:00:00Z'],
    ['2026-11-22T17:00:00-0930', '2026-11-23T02:30:00Z'],
    ['2027-01-01T00:30:00+14:00', '2026-12-31T10:30:00Z'],
    // The hour of the change to summer time in Europe, which UTC does not have.
    ['2026-03-29T02:30:00+01:00', '2026-03-29T01:30:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
  ])('%s is %s', (text, expected) => {
    const instant = readInstant(text);
    expect(typeof instant === 'number' ? timeOf(instant) : instant).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-13-01',
    '2026-00-10',
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '22.11.2026',
    '11/22/2026',
    '2026-11-22T24:00:00Z',
    '2026-11-22T17:60:00Z',
    '2026-11-22T17:00:00+24:00',
    '2026-11-22T',
    '1764115200',
    '2026-11-22T17:00:00Z; rm',
  ])('%s is no date', (text) => {
    expect(readInstant(text)).toBe('not-a-date');
  });

  it.each(['2026-11-22T17:00:00', '2026-11-22 17:00'])('%s has no zone', (text) => {
    expect(readInstant(text)).toBe('without-zone');
  });

  it('is read as JavaScript reads the same text, and written as it was', () => {
    const times = fc.integer({ min: 0, max: Date.UTC(2100, 0) / 1000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(times, (time) => {
        expect(readInstant(timeOf(time))).toBe(time);
        expect(readInstant(dateOf(time))).toBe(Date.parse(dateOf(time)));
      }),
    );
  });

  it('counts whole days, across leap days too', () => {
    expect(daysBetween(Date.UTC(2028, 1, 28), Date.UTC(2028, 2, 1))).toBe(2);
    expect(daysBetween(Date.UTC(2027, 1, 28), Date.UTC(2027, 2, 1))).toBe(1);
    expect(daysBetween(Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 1))).toBe(0);
  });
});
