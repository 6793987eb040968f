/** Milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

export type InstantFault = 'not-a-date' | 'without-zone';

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?$/;

/**
 * Reads a point in time as RFC 3339 section 5.6 writes it, seconds and their fraction at will. A date alone is the
 * start of that day in UTC; a time without a zone is refused, since runner and reader seldom live in the same one.
 * @returns milliseconds since 1970, or why it can't be read.
 */
export function readInstant(text: string): number | InstantFault {
  const [, year, month, day, hour, minute, second = '0', fraction = '', utc, sign, offsetHours, offsetMinutes] =
    RFC_3339.exec(text.trim()) ?? [];
  if (year === undefined || !isCalendarDate(Number(year), Number(month), Number(day))) {
    return 'not-a-date';
  }
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (hour === undefined) {
    return date;
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
    return 'not-a-date';
  }
  if (utc === undefined && sign === undefined) {
    return 'without-zone';
  }
  if (Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59) {
    return 'not-a-date';
  }
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return date + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds;
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** After today, wherever the day was written down: it may have begun elsewhere already, and clocks differ. */
export function isInTheFuture(instant: number, now: number): boolean {
  return instant > now + DAY;
}

/** As 2026-11-22, in UTC. */
export function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** As 2026-11-22T17:00:00Z. */
export function timeOf(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Whole days that have passed, never fewer than none. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY));
}
