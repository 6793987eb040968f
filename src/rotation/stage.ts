import { DAY } from './instants.ts';
import type { KeyLife } from './key-life.ts';

/** From the mildest to the gravest. */
export const STAGES = ['fine', 'due-soon', 'due', 'urgent', 'overdue', 'expired'] as const;

export type Stage = (typeof STAGES)[number];

/** How many days before the due date a stage begins. */
export interface Thresholds {
  readonly dueSoonDays: number;
  readonly dueDays: number;
  readonly urgentDays: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = { dueSoonDays: 30, dueDays: 14, urgentDays: 7 };

/** The public guides recommend it: Union.ai self-hosted, CI/CD integration, "Key rotation". */
export const DEFAULT_MAX_AGE_DAYS = 90;

export function areInOrder({ dueSoonDays, dueDays, urgentDays }: Thresholds, maxAgeDays: number): boolean {
  return maxAgeDays > dueSoonDays && dueSoonDays > dueDays && dueDays > urgentDays;
}

/** Told from the two ends of the key and the clock alone, so that a run that comes late finds the same. */
export function stageOf({ dueAt, expiresAt }: KeyLife, thresholds: Thresholds, now: number): Stage {
  if (expiresAt !== undefined && expiresAt <= now) {
    return 'expired';
  }
  const begins: readonly [Stage, number][] = [
    ['overdue', 0],
    ['urgent', thresholds.urgentDays],
    ['due', thresholds.dueDays],
    ['due-soon', thresholds.dueSoonDays],
  ];
  return begins.find(([, days]) => dueAt - days * DAY <= now)?.[0] ?? 'fine';
}

export function isGraver(stage: Stage, than: Stage): boolean {
  return STAGES.indexOf(stage) > STAGES.indexOf(than);
}

/** As people say it. */
export function nameOf(stage: Stage): string {
  return stage.replace('-', ' ');
}
