import { definitionOf, type Finding, linkOf } from '../findings/finding.ts';
import { codeSpan, prose } from '../findings/markdown.ts';
import type { KeyReport, ReminderReport } from '../remind/remind.ts';
import { DAY, dateOf, daysBetween } from '../rotation/instants.ts';
import { SOURCE_TITLES } from '../rotation/key-life.ts';
import { nameOf, STAGES } from '../rotation/stage.ts';
import { allFindings, gravestStage } from './reminder-log.ts';

/** As many keys as a picture can hold and still be read; the most urgent ones. */
const MOST_DRAWN = 20;
/** As many rows as stay well below the 1 MiB that a summary may have. */
const MOST_ROWS = 500;
const LONGEST_CELL_CHARACTERS = 200;

/** The job summary, in Markdown: what is due, the life of the keys as a picture, a table of them, what was found. */
export function reminderSummary(report: ReminderReport, dryRun: boolean): string {
  const keys = [...report.keys].sort((left, right) => urgency(right) - urgency(left));
  const parts = [
    `## Key rotation: ${heading(report)}`,
    ...(dryRun ? ['A dry run: no issue was touched.'] : []),
    ...(report.cause ? [explained(report.cause)] : []),
    timeline(keys, report),
    table(keys, report),
    remarks(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(report: ReminderReport): string {
  const stage = gravestStage(report);
  if (report.keys.some(({ works, stage }) => works === false && stage !== 'expired')) {
    return 'a key does not work';
  }
  return stage === 'unknown' ? 'age unknown' : stage === 'fine' ? 'all is fresh' : nameOf(stage);
}

function urgency({ stage, works, life }: KeyReport): number {
  const rank = works === false ? STAGES.length : stage === undefined ? -1 : STAGES.indexOf(stage);
  return rank * 1e15 - (life?.dueAt ?? 0);
}

function explained(finding: Finding): string {
  const { title, cause, fix } = definitionOf(finding);
  return [
    `**${title}** (${linked(finding)})`,
    `Seen: ${codeSpan(finding.detail)}`,
    `Cause: ${prose(cause)}`,
    `**Fix:** ${prose(fix)}`,
  ].join('\n\n');
}

/** docs.github.com, "Creating diagrams": summaries render Mermaid. Its Gantt chart marks today by itself. */
function timeline(keys: readonly KeyReport[], { now, thresholds }: ReminderReport): string {
  const sections = keys.slice(0, MOST_DRAWN).flatMap(({ name, life }) => {
    if (life === undefined) {
      return [];
    }
    const { rotatedAt, dueAt, expiresAt } = life;
    const begins = [
      ['fresh', rotatedAt],
      ['due soon', Math.max(rotatedAt, dueAt - thresholds.dueSoonDays * DAY)],
      ['due', Math.max(rotatedAt, dueAt - thresholds.dueDays * DAY)],
      ['urgent', Math.max(rotatedAt, dueAt - thresholds.urgentDays * DAY)],
      ['overdue', dueAt],
      ['', Math.max(now, dueAt)],
    ] as const;
    const phases = begins.slice(0, -1).flatMap(([phase, from], index) => {
      const to = begins[index + 1]?.[1] ?? from;
      const tag = to <= now ? 'done, ' : from <= now ? 'active, ' : phase === 'urgent' ? 'crit, ' : '';
      return dateOf(to) > dateOf(from) ? [`    ${phase} :${tag}${dateOf(from)}, ${dateOf(to)}`] : [];
    });
    return [
      `    section ${drawn(name)}`,
      ...phases,
      ...(expiresAt === undefined ? [] : [`    expires :crit, milestone, ${dateOf(expiresAt)}, 0d`]),
    ];
  });
  return sections.length === 0
    ? ''
    : ['```mermaid', 'gantt', '    dateFormat YYYY-MM-DD', '    axisFormat %d %b', ...sections, '```'].join('\n');
}

/** Mermaid ends a name at these. */
function drawn(name: string): string {
  return name.replace(/[:;#`%{}<>"]/g, ' ').trim() || 'key';
}

function table(keys: readonly KeyReport[], { now }: ReminderReport): string {
  const rows = keys
    .slice(0, MOST_ROWS)
    .map(({ name, stage, life, works, issue }) => [
      codeSpan(name, LONGEST_CELL_CHARACTERS),
      stage === undefined ? 'age unknown' : `**${nameOf(stage)}**`,
      life === undefined ? '' : dateOf(life.rotatedAt),
      life === undefined ? '' : `${life.isLowerBound ? 'at least ' : ''}${daysBetween(life.rotatedAt, now)} days`,
      life === undefined ? '' : dateOf(life.dueAt),
      life?.expiresAt === undefined ? '' : dateOf(life.expiresAt),
      life === undefined ? '' : SOURCE_TITLES[life.source],
      works === undefined ? 'not tested' : works ? 'works' : '**does not work**',
      issue?.number === undefined ? '' : `[#${issue.number}](${issue.url ?? ''})`,
    ]);
  const head = ['Key', 'Stage', 'Rotated', 'Age', 'Due', 'Expires', 'Known from', 'Trial', 'Issue'];
  const more = keys.length > MOST_ROWS ? [`And ${keys.length - MOST_ROWS} more, which are less urgent.`] : [];
  return [[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'), ...more].join(
    '\n\n',
  );
}

function remarks(report: ReminderReport): string {
  const lines = allFindings(report)
    .filter((finding) => finding !== report.cause && ['warning', 'error'].includes(finding.severity))
    .slice(0, MOST_ROWS)
    .map(
      (finding) =>
        `- **${definitionOf(finding).title}** (${linked(finding)}): ${codeSpan(finding.detail, LONGEST_CELL_CHARACTERS)} ${prose(definitionOf(finding).fix)}`,
    );
  return lines.join('\n');
}

function linked(finding: Finding): string {
  return `[\`${finding.code}\`](${linkOf(finding)})`;
}
