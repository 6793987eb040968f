import { definitionOf, type Finding } from '../findings/finding.ts';
import type { KeyReport, ReminderReport } from '../remind/remind.ts';
import { dateOf, timeOf } from '../rotation/instants.ts';
import { isGraver, nameOf, STAGES, type Stage } from '../rotation/stage.ts';
import type { Attempt } from '../transport/http-client.ts';
import { describeAttempt, type LogGroup, linesOf } from './log.ts';

/** One group a key, then what concerns all of them, then what was asked of GitHub. */
export function reminderGroups(report: ReminderReport, attempts: readonly Attempt[], dryRun: boolean): LogGroup[] {
  const groups = [
    ...report.keys.map((key) => ({
      title: `${key.name}: ${key.stage === undefined ? 'age unknown' : nameOf(key.stage)}`,
      lines: [...key.findings.flatMap(linesOf), ...issueLines(key, dryRun)],
    })),
    { title: 'The run', lines: report.findings.flatMap(linesOf) },
    { title: 'Requests', lines: attempts.map(describeAttempt) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function issueLines({ issue }: KeyReport, dryRun: boolean): string[] {
  if (issue === undefined) {
    return [];
  }
  const where = issue.number === undefined ? 'Issue' : `Issue #${issue.number}`;
  const why = issue.silence === undefined ? [] : [`${where}: silent, since it is ${SILENCES[issue.silence]}.`];
  return [...issue.done.map((what) => `${where}: ${dryRun ? 'would have ' : ''}${what}.`), ...why];
}

const SILENCES = {
  snoozed: 'snoozed by a label',
  'closed-by-somebody': 'closed by somebody until the next stage',
} as const;

/** The gravest stage of all keys; `unknown` where the age of one is. */
export function gravestStage({ keys }: Pick<ReminderReport, 'keys'>): Stage | 'unknown' {
  const stages = keys.map(({ stage }) => stage);
  return stages.includes(undefined)
    ? 'unknown'
    : stages.reduce<Stage>((gravest, stage = 'fine') => (isGraver(stage, gravest) ? stage : gravest), STAGES[0]);
}

export function allFindings({ keys, findings }: ReminderReport): Finding[] {
  return [...keys.flatMap((key) => key.findings), ...findings];
}

/** With `fail-on: warning` a warning is the cause of a failure, but for one of how the step was called. */
export function failureOf(report: ReminderReport, failOn: 'error' | 'warning' | 'never'): ReminderReport {
  const warning = allFindings(report).find(
    ({ severity, code }) => severity === 'warning' && !code.startsWith('input/'),
  );
  const cause = report.cause ?? (failOn === 'warning' ? warning : undefined);
  return { ...report, ...(cause && { cause }) };
}

/** As JSON, for other programs. */
export function describeReminder(report: ReminderReport) {
  return {
    stage: gravestStage(report),
    keys: report.keys.map(({ name, stage, life, works, issue }) => ({
      name,
      stage: stage ?? 'unknown',
      ...(life && { rotatedAt: timeOf(life.rotatedAt), dueAt: timeOf(life.dueAt), source: life.source }),
      ...(life?.expiresAt !== undefined && { expiresAt: timeOf(life.expiresAt) }),
      ...(works !== undefined && { works }),
      ...(issue?.number !== undefined && { issue: issue.number }),
    })),
    findings: allFindings(report),
  };
}

/** One line that says how it ended. */
export function reminderVerdict(report: ReminderReport): string {
  const { cause, keys } = report;
  if (cause !== undefined) {
    return `Failed: ${definitionOf(cause).title} (${cause.code}).`;
  }
  const next = keys
    .flatMap(({ name, life, stage }) => (life && stage ? [{ name, stage, dueAt: life.dueAt }] : []))
    .sort((left, right) => left.dueAt - right.dueAt)[0];
  const count = keys.length === 1 ? '1 key' : `${keys.length} keys`;
  return next === undefined
    ? `${count} watched.`
    : `${count} watched. Next: ${next.name} is ${nameOf(next.stage)}, to be rotated by ${dateOf(next.dueAt)}.`;
}
