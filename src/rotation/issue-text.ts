import { codeSpan, factsTable, prose } from '../findings/markdown.ts';
import { dateOf } from './instants.ts';
import { SOURCE_TITLES } from './key-life.ts';
import { commentMarker, digestOf, END_OF_SECTION, type IssueMarker, issueMarker } from './marker.ts';
import { isSameLife, type KeyState } from './plan.ts';
import { type RunbookFacts, runbook } from './runbook.ts';
import { nameOf, type Stage } from './stage.ts';

/** A finding in words, already sanitised. */
export interface FindingText {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly cause: string;
  readonly fix: string;
  readonly link: string;
}

/** Everything that the texts of an issue are made of. Never a secret. */
export interface IssueFacts {
  readonly key: KeyState;
  readonly maxAgeDays: number;
  readonly providerTitle: string;
  readonly runbook: RunbookFacts;
  /** Whether the trial passed; absent where there was none. */
  readonly works?: boolean;
  readonly broken?: FindingText;
  readonly remarks: readonly FindingText[];
  /** Where the reminder ran, as an address; empty outside a CI system. */
  readonly run: string;
}

const TITLE = /^(?:Rotate|Mend) the Flyte API key .+?(?: by \d{4}-\d\d-\d\d)?$/;

export function titleOf({ key }: IssueFacts): string {
  return key.broken === '' || key.stage === 'expired'
    ? `Rotate the Flyte API key ${plain(key.name)} by ${dateOf(key.life.dueAt)}`
    : `Mend the Flyte API key ${plain(key.name)}`;
}

/** A title that somebody changed stays. */
export function isOwnTitle(title: string): boolean {
  return TITLE.test(title);
}

/** What a marker remembers of what was done. */
export type Told = Omit<IssueMarker, 'key' | 'digest'>;

/**
 * The body of the issue. What people wrote below the reminder's part stays, and so do the ticks of one life.
 * @param told what people were told of, which lags behind where the issue is snoozed.
 */
export function bodyOf(
  facts: IssueFacts,
  told: Told,
  former: { body: string; marker: IssueMarker } | undefined,
): string {
  // What others said must not end the section that is ours.
  const text = section(facts).replaceAll('<!--', '<! --');
  const marker = issueMarker({ key: facts.key.name, ...told, digest: digestOf(text) });
  const ticked = former !== undefined && isSameLife(facts.key, former.marker) ? withTicks(text, former.body) : text;
  return `${marker}\n${ticked}\n${END_OF_SECTION}${former === undefined ? '\n' : belowSection(former.body)}`;
}

/** Whether the body that stands there says the same already. */
export function saysTheSame(former: IssueMarker, body: string, marker: IssueMarker): boolean {
  return (
    body.includes(END_OF_SECTION) &&
    former.digest === marker.digest &&
    former.state === marker.state &&
    former.stage === marker.stage &&
    former.broken === marker.broken &&
    former.isLacking === marker.isLacking
  );
}

function section(facts: IssueFacts): string {
  const { key, runbook: steps, maxAgeDays, providerTitle } = facts;
  const { life } = key;
  const since = `${dateOf(life.rotatedAt)}, from ${SOURCE_TITLES[life.source]}${life.isLowerBound ? ' (it may be older)' : ''}`;
  const rows: [string, string][] = [
    ['Key', codeSpan(key.name)],
    [
      'Secret',
      `${codeSpan(steps.place.name)}${steps.place.environment === undefined ? '' : ` of the environment ${codeSpan(steps.place.environment)}`}`,
    ],
    ['Deployment', codeSpan(steps.domain)],
    ['Client id', codeSpan(steps.clientId)],
    ['Identity provider', providerTitle],
    ['Rotated', since],
    ['Highest age', `${maxAgeDays} days`],
    ['Ends at the provider', life.expiresAt === undefined ? '' : dateOf(life.expiresAt)],
    ['Due', `**${dateOf(life.dueAt)}**`],
    ['Stage', nameOf(key.stage)],
  ];
  return [
    opening(facts),
    factsTable(rows),
    ...facts.remarks.map(({ title, detail }) => `> ${title}: ${codeSpan(detail)}`),
    '### How to rotate it',
    ...runbook(steps).map(
      ({ title, lines }, index) =>
        `- [ ] **${index + 1}. ${title}**\n\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}`,
    ),
    '`union-auth` is `node dist/cli/index.js` in a clone of https://github.com/org/union-auth-action.',
    'The reminder closes this issue by itself when the key is fresh. The label `snooze` silences it until the secret expires, `snooze-until-2026-12-24` until that day.',
  ].join('\n\n');
}

function opening({ key, broken }: IssueFacts): string {
  if (broken !== undefined) {
    return [
      `**The key does not work today: ${broken.title}** ([\`${broken.code}\`](${broken.link})).`,
      `Seen: ${codeSpan(broken.detail)}`,
      `Cause: ${prose(broken.cause)}`,
      `Fix: ${prose(broken.fix)}`,
    ].join('\n\n');
  }
  return OPENINGS[key.stage](dateOf(key.life.dueAt));
}

const OPENINGS: Readonly<Record<Stage, (due: string) => string>> = {
  fine: (due) => `The key is fresh. Its next rotation is due on ${due}.`,
  'due-soon': (due) => `The key should be rotated by ${due}.`,
  due: (due) => `The key is due for rotation by ${due}.`,
  urgent: (due) => `The key must be rotated by ${due}, which is only days away.`,
  overdue: (due) => `**The key should have been rotated by ${due}.** It is older than it may be.`,
  expired: () => '**The secret in the key has expired.** Deploys fail until it is rotated.',
};

/** @param notice a stage, `broken:` and a finding, `closed`, or `duplicate`. */
export function commentOf(notice: string, facts: IssueFacts): string {
  const { key, run } = facts;
  const marker = commentMarker({ key: key.name, notice, rotatedAt: key.life.rotatedAt });
  const from = run === '' ? '' : `\n\n[The run that found it](${run})`;
  return `${marker}\n${noticeText(notice, facts)}${from}\n`;
}

function noticeText(notice: string, facts: IssueFacts): string {
  const { key, works } = facts;
  const { life } = key;
  if (notice === 'closed') {
    return `Done: the key is fresh${works === true ? ' and works' : ''}. It was rotated on ${dateOf(life.rotatedAt)}, says ${SOURCE_TITLES[life.source]}. Its next rotation is due on ${dateOf(life.dueAt)}.`;
  }
  if (notice.startsWith('broken:')) {
    return opening(facts);
  }
  return `**${nameOf(key.stage).replace(/^./, (letter) => letter.toUpperCase())}.** ${OPENINGS[key.stage](dateOf(life.dueAt))} The steps stand above.`;
}

export function duplicateComment(facts: IssueFacts, original: number): string {
  const marker = commentMarker({ key: facts.key.name, notice: 'duplicate', rotatedAt: facts.key.life.rotatedAt });
  return `${marker}\nDuplicate of #${original}\n`;
}

/** Steps that people ticked stay ticked. */
function withTicks(text: string, former: string): string {
  return text.replace(/^- \[ \] \*\*(\d)\. /gm, (step, number: string) =>
    new RegExp(`^- \\[[xX]\\] \\*\\*${number}\\. `, 'm').test(former) ? step.replace('[ ]', '[x]') : step,
  );
}

function belowSection(body: string): string {
  const end = body.indexOf(END_OF_SECTION);
  return end < 0 ? '\n' : body.slice(end + END_OF_SECTION.length);
}

function plain(text: string): string {
  return text.replace(/[^\w ./:-]/g, ' ').trim();
}
