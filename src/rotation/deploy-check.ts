import { type Finding, FindingError } from '../findings/finding.ts';
import type { Schedule } from '../github/schedule.ts';
import { rotationFinding } from './findings.ts';
import { DAY, dateOf, daysBetween, isInTheFuture } from './instants.ts';
import { readMaxAge, readRotatedAt } from './key-list.ts';
import { readOwnStamp } from './own-stamp.ts';
import { DEFAULT_THRESHOLDS, stageOf, type Thresholds } from './stage.ts';
import type { WatchedKey } from './watched-key.ts';

/** A weekly reminder, and a day for GitHub to be late. */
const REMINDER_SLEEPS_AFTER_DAYS = 8;

/**
 * What a deploy has to say of the age of its key. It never fails for it: a key that works is no reason to stop a
 * deploy, and one that does not fails by itself.
 * @param rotatedAt a date, or the stamp of the key; empty where nothing is known.
 * @param now milliseconds since 1970.
 * @throws FindingError where the date or the highest age can't be read.
 */
export function checkAge(
  rotatedAt: string,
  maxAge: string,
  credentials: NonNullable<WatchedKey['credentials']>,
  now: number,
): readonly Finding[] {
  const maxAgeDays = readMaxAge(maxAge, 'the key');
  if (rotatedAt === '') {
    return [];
  }
  const isStamp = rotatedAt.startsWith('{');
  const { stamp, findings } = isStamp ? readOwnStamp(rotatedAt, credentials, 'rotated-at') : { findings: [] };
  const rotated = isStamp ? stamp?.created : readRotatedAt(rotatedAt, 'rotated-at', now);
  if (rotated === undefined) {
    return findings;
  }
  if (isInTheFuture(rotated, now)) {
    throw new FindingError(rotationFinding('rotation/date-in-the-future', 'The stamp in rotated-at is after today.'));
  }
  const agesOut = rotated + maxAgeDays * DAY;
  const { expires = agesOut } = stamp ?? {};
  const dueAt = Math.min(agesOut, expires);
  const life = { source: 'input', rotatedAt: rotated, isLowerBound: false, dueAt } as const;
  const stage = stageOf(life, thresholdsWithin(maxAgeDays), now);
  const end = expires < agesOut ? `its secret ends on ${dateOf(expires)}` : `it may be ${maxAgeDays}`;
  return [
    ...findings,
    rotationFinding(`rotation/${stage}`, `The key is ${daysBetween(rotated, now)} days old, and ${end}.`),
  ];
}

/** A key that may live for two weeks is not due from its first day. */
function thresholdsWithin(maxAgeDays: number): Thresholds {
  const { dueSoonDays, dueDays, urgentDays } = DEFAULT_THRESHOLDS;
  const share = Math.min(1, maxAgeDays / (3 * dueSoonDays));
  return { dueSoonDays: dueSoonDays * share, dueDays: dueDays * share, urgentDays: urgentDays * share };
}

/** Whether the reminder still runs: it can't say itself that it does not. @param now milliseconds since 1970. */
export function checkReminder(file: string, { isDisabled, quietSince }: Schedule, now: number): readonly Finding[] {
  if (isDisabled) {
    return [rotationFinding('rotation/reminder-asleep', `${file} is switched off.`)];
  }
  return quietSince !== undefined && quietSince < now - REMINDER_SLEEPS_AFTER_DAYS * DAY
    ? [rotationFinding('rotation/reminder-asleep', `${file} has not run by its schedule since ${dateOf(quietSince)}.`)]
    : [];
}
