import type { Finding } from '../findings/finding.ts';
import { FindingError } from '../findings/finding.ts';
import type { IssueTracker, TrackedIssue } from '../issue-tracker/issue-tracker.ts';
import { rotationFinding } from './findings.ts';
import { DAY } from './instants.ts';
import {
  bodyOf,
  commentOf,
  duplicateComment,
  type IssueFacts,
  isOwnTitle,
  saysTheSame,
  type Told,
  titleOf,
} from './issue-text.ts';
import { type IssueMarker, readCommentMarker, readIssueMarker } from './marker.ts';
import { findIssue, type IssuePlan, planIssue } from './plan.ts';
import { isGraver, nameOf, type Stage } from './stage.ts';

export interface IssueSettings {
  readonly labels: readonly string[];
  /** From the beginning. */
  readonly assignees: readonly string[];
  /** Added when it becomes urgent. */
  readonly escalateTo: readonly string[];
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
}

/** What became of the issue of one key. */
export interface IssueOutcome {
  readonly number?: number;
  readonly url?: string;
  readonly isOpen: boolean;
  /** What was done, or would be, in the order in which it was. */
  readonly done: readonly string[];
  readonly silence?: 'snoozed' | 'closed-by-somebody';
  readonly findings: readonly Finding[];
}

/** Comments of an issue that is closed are looked at as long as a run that overlapped may have written one. */
const SETTLED_AFTER = 2 * DAY;

const STAGE_LABEL = 'rotation: ';
/** Before this stage only the first assignees are asked. */
const ESCALATES_AT: Stage = 'urgent';

/** Brings the issue of one key to where it should be. */
export async function trackKey(
  facts: IssueFacts,
  issues: readonly TrackedIssue[],
  tracker: IssueTracker,
  settings: IssueSettings,
  now: number,
): Promise<IssueOutcome> {
  const { issue: found } = findIssue(facts.key.name, issues);
  const isLively =
    found !== undefined &&
    (found.isOpen || found.changedAt > now - SETTLED_AFTER || facts.key.stage !== 'fine' || facts.key.broken !== '');
  const comments = isLively ? await tracker.comments(found.number) : [];
  const plan = planIssue(facts.key, issues, comments, now);
  const work = new IssueWork(facts, tracker, settings);
  try {
    await work.carryOut(plan);
  } catch (error) {
    if (!(error instanceof FindingError)) {
      throw error;
    }
    work.findings.push(error.finding);
  }
  return work.outcome(plan);
}

class IssueWork {
  readonly findings: Finding[] = [];
  readonly #done: string[] = [];
  readonly #facts: IssueFacts;
  readonly #tracker: IssueTracker;
  readonly #settings: IssueSettings;
  #opened: TrackedIssue | undefined;
  #isOpen = false;

  constructor(facts: IssueFacts, tracker: IssueTracker, settings: IssueSettings) {
    this.#facts = facts;
    this.#tracker = tracker;
    this.#settings = settings;
  }

  outcome({ issue: planned, silence }: IssuePlan): IssueOutcome {
    const issue = planned ?? this.#opened;
    return {
      ...(issue && { number: issue.number, url: issue.url }),
      isOpen: this.#isOpen,
      done: this.#done,
      ...(silence && { silence }),
      findings: this.findings,
    };
  }

  async carryOut(plan: IssuePlan): Promise<void> {
    const { issue, marker, change } = plan;
    this.#isOpen = issue?.isOpen ?? false;
    if (issue === undefined || marker === undefined) {
      if (change === 'open') {
        await this.#open();
      }
      return;
    }
    for (const duplicate of plan.duplicates) {
      await this.#closeDuplicate(duplicate, issue);
    }
    for (const comment of plan.repeated) {
      await this.#do('removed a repeated comment', () => this.#tracker.deleteComment(issue.number, comment));
    }
    // Comments before the marker that remembers them: a run that is cut off in between finds them by their own.
    for (const notice of plan.notices) {
      const what =
        notice === 'closed' ? 'commented with the evidence' : `commented: ${notice.replace(/^broken:/, 'broken by ')}`;
      await this.#do(what, () => this.#tracker.comment(issue.number, commentOf(notice, this.#facts)));
    }
    switch (change) {
      case 'close':
        await this.#close(issue, marker);
        return;
      case 'tell':
      case 'reopen':
        await this.#dress(issue);
        await this.#rewrite(issue, marker, this.#told(), change === 'reopen');
        return;
      case 'keep':
        // Where it is snoozed, what people were told of stays as it was.
        if (marker.isLacking && plan.silence === undefined) {
          await this.#dress(issue);
        }
        await this.#rewrite(issue, marker, this.#toldWithout(plan), false);
        return;
      default:
        return;
    }
  }

  async #open(): Promise<void> {
    const { labels, assignees } = this.#wanted();
    const issue = {
      title: titleOf(this.#facts),
      body: bodyOf(this.#facts, this.#told(), undefined),
      labels,
      assignees,
    };
    await this.#do('opened', async () => {
      this.#opened = await this.#tracker.open(issue);
    });
    this.#isOpen = true;
    const opened = this.#opened;
    const marker = opened && readIssueMarker(opened.body);
    // What is dropped without a word while an issue is made is given to it once more.
    if (opened !== undefined && marker !== undefined && !isDressed(opened, labels, assignees)) {
      await this.#dress(opened);
      await this.#rewrite(opened, marker, this.#told(), false);
    }
  }

  async #close(issue: TrackedIssue, marker: IssueMarker): Promise<void> {
    const told = { stage: 'fine', broken: '', state: 'closed', isLacking: false } as const;
    const body = bodyOf(this.#facts, told, { body: issue.body, marker });
    await this.#do('closed', () => this.#tracker.edit(issue.number, { body, state: 'closed', reason: 'completed' }));
    this.#isOpen = false;
    await this.#removeStageLabels(issue, undefined);
  }

  async #closeDuplicate(duplicate: TrackedIssue, original: TrackedIssue): Promise<void> {
    const marker = readIssueMarker(duplicate.body);
    if (marker === undefined) {
      return;
    }
    const comments = await this.#tracker.comments(duplicate.number);
    if (!comments.some(({ body }) => readCommentMarker(body)?.notice === 'duplicate')) {
      await this.#do(`called #${duplicate.number} a duplicate`, () =>
        this.#tracker.comment(duplicate.number, duplicateComment(this.#facts, original.number)),
      );
    }
    const { stage, broken } = marker;
    const body = bodyOf(
      this.#facts,
      { stage, broken, state: 'duplicate', isLacking: false },
      { body: duplicate.body, marker },
    );
    await this.#do(`closed the duplicate #${duplicate.number}`, () =>
      this.#tracker.edit(duplicate.number, { body, state: 'closed', reason: 'not_planned' }),
    );
  }

  /** Labels and assignees of the stage. */
  async #dress(issue: TrackedIssue): Promise<void> {
    const { labels, assignees } = this.#wanted();
    const newLabels = labels.filter((label) => !issue.labels.includes(label));
    if (newLabels.length > 0) {
      await this.#do(`labelled: ${newLabels.join(', ')}`, async () => {
        this.#missLabels(labels, await this.#tracker.addLabels(issue.number, newLabels));
      });
    }
    await this.#removeStageLabels(issue, labelOf(this.#facts));
    const newAssignees = assignees.filter((name) => !issue.assignees.some((one) => isSameName(one, name)));
    if (newAssignees.length > 0) {
      await this.#do(`assigned: ${newAssignees.join(', ')}`, async () => {
        this.#missAssignees(assignees, await this.#tracker.assign(issue.number, newAssignees));
      });
    }
  }

  async #removeStageLabels(issue: TrackedIssue, except: string | undefined): Promise<void> {
    for (const label of issue.labels.filter((one) => one.startsWith(STAGE_LABEL) && one !== except)) {
      await this.#do(`removed the label ${label}`, () => this.#tracker.removeLabel(issue.number, label));
    }
  }

  async #rewrite(issue: TrackedIssue, former: IssueMarker, told: Told, reopens: boolean): Promise<void> {
    const body = bodyOf(this.#facts, told, { body: issue.body, marker: former });
    const marker = readIssueMarker(body);
    if (!reopens && marker !== undefined && saysTheSame(former, issue.body, marker)) {
      return;
    }
    const title = titleOf(this.#facts);
    const edit = {
      body,
      ...(isOwnTitle(issue.title) && issue.title !== title && { title }),
      ...(reopens && { state: 'open' as const }),
    };
    await this.#do(reopens ? 'reopened' : 'rewrote the body', () => this.#tracker.edit(issue.number, edit));
    this.#isOpen = true;
  }

  #told(): Told {
    const { stage, broken } = this.#facts.key;
    return { stage, broken, state: 'open', isLacking: this.findings.length > 0 };
  }

  #toldWithout({ silence, marker }: IssuePlan): Told {
    const { stage, broken } = this.#facts.key;
    const former = marker?.stage ?? stage;
    // A milder stage than was told of is no news either.
    const isLacking = silence === undefined ? this.findings.length > 0 : (marker?.isLacking ?? false);
    return silence === undefined && !isGraver(former, stage)
      ? { stage, broken, state: 'open', isLacking }
      : {
          stage: former,
          broken: silence === undefined ? broken : (marker?.broken ?? broken),
          state: 'open',
          isLacking,
        };
  }

  #wanted(): { labels: string[]; assignees: string[] } {
    const { labels, assignees, escalateTo } = this.#settings;
    const { stage, broken } = this.#facts.key;
    const escalates = broken !== '' || stage === ESCALATES_AT || isGraver(stage, ESCALATES_AT);
    const names = [...assignees, ...(escalates ? escalateTo : [])];
    return {
      labels: [...labels, labelOf(this.#facts)],
      assignees: names.filter((name, index) => names.findIndex((other) => isSameName(other, name)) === index),
    };
  }

  #missLabels(wanted: readonly string[], got: readonly string[]): void {
    const missing = wanted.filter((label) => !got.some((one) => isSameName(one, label)));
    if (missing.length > 0) {
      this.findings.push(rotationFinding('rotation/labels-dropped', `It lacks ${missing.join(', ')}.`));
    }
  }

  #missAssignees(wanted: readonly string[], got: readonly string[]): void {
    const missing = wanted.filter((name) => !got.some((one) => isSameName(one, name)));
    if (missing.length > 0) {
      this.findings.push(rotationFinding('rotation/assignees-dropped', `${missing.join(', ')} could not be assigned.`));
    }
  }

  async #do(what: string, effect: () => Promise<void>): Promise<void> {
    if (!this.#settings.dryRun) {
      await effect();
    }
    this.#done.push(what);
  }
}

function labelOf({ key }: IssueFacts): string {
  return `${STAGE_LABEL}${key.broken === '' ? nameOf(key.stage) : 'broken'}`;
}

function isDressed(issue: TrackedIssue, labels: readonly string[], assignees: readonly string[]): boolean {
  const has = (names: readonly string[], wanted: string): boolean => names.some((name) => isSameName(name, wanted));
  return labels.every((label) => has(issue.labels, label)) && assignees.every((name) => has(issue.assignees, name));
}

/** GitHub compares names of people and labels without case. */
function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
