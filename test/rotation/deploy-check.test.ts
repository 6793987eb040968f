import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { checkAge, checkReminder } from '../../src/rotation/deploy-check.ts';
import { DAY } from '../../src/rotation/instants.ts';
import { SALT_BYTES, writeStamp } from '../../src/rotation/stamp.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const KEY = { apiKey: 'dW5pb24uZXhhbXBsZS5jb206YTpiOg==' };

function codes(rotatedAt: string, maxAge = '', credentials: Parameters<typeof checkAge>[2] = KEY): string[] {
  try {
    return checkAge(rotatedAt, maxAge, credentials, NOW).map(({ code, severity }) => `${severity} ${code}`);
  } catch (error) {
    if (error instanceof FindingError) {
      return [`thrown ${error.finding.code}`];
    }
    throw error;
  }
}

function daysAgo(days: number): string {
  return new Date(NOW - days * DAY).toISOString();
}

describe('the age of a key that is deployed with', () => {
  it('is not looked at where nothing is known of it', () => {
    expect(codes('')).toEqual([]);
  });

  it.each([
    [59, '', ['pass rotation/fine']],
    [60, '', ['note rotation/due-soon']],
    [76, '', ['warning rotation/due']],
    [83, '', ['warning rotation/urgent']],
    [90, '', ['warning rotation/overdue']],
    [900, '', ['warning rotation/overdue']],
    [76, '365', ['pass rotation/fine']],
    // The stages of a short life are shorter.
    [9, '15', ['pass rotation/fine']],
    [10, '15', ['note rotation/due-soon']],
    [13, '15', ['warning rotation/due']],
    [14, '15', ['warning rotation/urgent']],
    [0, '1', ['pass rotation/fine']],
  ])('after %i days, of at most %j', (days, maxAge, expected) => {
    expect(codes(daysAgo(days), maxAge)).toEqual(expected);
  });

  it.each([
    ['yesterday', '', 'rotation/not-a-date'],
    ['2026-02-30', '', 'rotation/not-a-date'],
    ['2026-11-22T17:00:00', '', 'rotation/date-without-zone'],
    ['2027-01-01', '', 'rotation/date-in-the-future'],
    ['', '0', 'rotation/keys-unreadable'],
    ['', 'ninety', 'rotation/keys-unreadable'],
  ])('is refused where rotated-at is %j and max-age-days %j', (rotatedAt, maxAge, code) => {
    expect(codes(rotatedAt, maxAge)).toEqual([`thrown ${code}`]);
  });
});

describe('a stamp in place of a date', () => {
  const salt = new Uint8Array(SALT_BYTES);
  const stamp = (days: number, apiKey = KEY.apiKey, expires?: number): string =>
    writeStamp({ created: NOW - days * DAY, ...(expires !== undefined && { expires }) }, apiKey, salt);

  it('says when, and that it is of this key', () => {
    expect(codes(stamp(80))).toEqual(['warning rotation/due']);
    expect(codes(stamp(80, 'another key'))).toEqual(['warning rotation/stamp-of-another-key']);
  });

  it('may be of the client secret alone', () => {
    const fields = { domain: 'union.example.com', clientId: 'a', clientSecret: 'Zq7~kWm-4Vx_9Tb', org: '' };
    expect(codes(stamp(80, fields.clientSecret), '', fields)).toEqual(['warning rotation/due']);
  });

  it('says nothing of a run that has no secrets, as that of a fork', () => {
    expect(codes(stamp(80), '', { apiKey: '' })).toEqual(['warning rotation/due']);
    expect(codes(stamp(80), '', { domain: 'd', clientId: 'c', clientSecret: '', org: '' })).toEqual([
      'warning rotation/due',
    ]);
  });

  it('has an end that comes before the highest age', () => {
    expect(codes(stamp(1, KEY.apiKey, NOW + 10 * DAY))).toEqual(['warning rotation/due']);
    // The trial has the last word on whether it still works.
    expect(codes(stamp(1, KEY.apiKey, NOW - DAY))).toEqual(['warning rotation/overdue']);
  });

  it('that can not be read fails no deploy; one of the future is a mistake', () => {
    expect(codes('{"v":1}')).toEqual(['warning rotation/stamp-unreadable']);
    expect(codes(stamp(-2))).toEqual(['thrown rotation/date-in-the-future']);
  });
});

describe('the schedule of the reminder', () => {
  it.each([
    ['runs', { isDisabled: false, quietSince: NOW - 7 * DAY }, []],
    ['was never seen', { isDisabled: false }, []],
    ['has not run', { isDisabled: false, quietSince: NOW - 9 * DAY }, ['rotation/reminder-asleep']],
    ['is switched off', { isDisabled: true, quietSince: NOW }, ['rotation/reminder-asleep']],
  ])('%s', (_, schedule, expected) => {
    expect(checkReminder('rotation-reminder.yml', schedule, NOW).map(({ code }) => code)).toEqual(expected);
  });
});
