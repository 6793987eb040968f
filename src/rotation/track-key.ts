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
import { isGraver, nameOf, STAGES, type Stage } from './stage.ts';

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
  const work = new IssueWork(facts, tracker, settings);
  let plan: Pick<IssuePlan, 'issue' | 'silence'> = found === undefined ? {} : { issue: found };
  try {
    const comments = isLively ? await tracker.comments(found.number) : [];
    const whole = planIssue(facts.key, issues, comments, now);
    plan = whole;
    await work.carryOut(whole);
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

  outcome({ issue: planned, silence }: Pick<IssuePlan, 'issue' | 'silence'>): IssueOutcome {
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
        if (plan.silence !== undefined) {
          // What people were told of stays as it was, and of which life.
          await this.#rewrite(issue, marker, marker, false);
          return;
        }
        // A key that was mended, or that may live longer now, has another label.
        if (marker.isLacking || this.#foreignStageLabels(issue).length > 0) {
          await this.#dress(issue);
        }
        await this.#rewrite(issue, marker, this.#toldStill(marker), false);
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
    const told: Told = { ...this.#told(), stage: 'fine', broken: '', state: 'closed', isLacking: false };
    const body = bodyOf(this.#facts, told, { body: issue.body, marker });
    await this.#do('closed', () => this.#tracker.edit(issue.number, { body, state: 'closed', reason: 'completed' }));
    this.#isOpen = false;
    await this.#removeLabels(issue, issue.labels.filter(isStageLabel));
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
    const body = bodyOf(this.#facts, { ...marker, state: 'duplicate' }, { body: duplicate.body, marker });
    await this.#do(`closed the duplicate #${duplicate.number}`, () =>
      this.#tracker.edit(duplicate.number, { body, state: 'closed', reason: 'not_planned' }),
    );
  }

  /** Labels and assignees of the stage. */
  async #dress(issue: TrackedIssue): Promise<void> {
    const { labels, assignees } = this.#wanted();
    const newLabels = labels.filter((label) => !issue.labels.some((one) => isSameName(one, label)));
    if (newLabels.length > 0) {
      await this.#do(`labelled: ${newLabels.join(', ')}`, async () => {
        this.#missLabels(labels, await this.#tracker.addLabels(issue.number, newLabels));
      });
    }
    await this.#removeLabels(issue, this.#foreignStageLabels(issue));
    const newAssignees = assignees.filter((name) => !issue.assignees.some((one) => isSameName(one, name)));
    if (newAssignees.length > 0) {
      await this.#do(`assigned: ${newAssignees.join(', ')}`, async () => {
        this.#missAssignees(assignees, await this.#tracker.assign(issue.number, newAssignees));
      });
    }
  }

  /** Our labels of other stages than that of the key. */
  #foreignStageLabels({ labels }: TrackedIssue): string[] {
    return labels.filter((label) => isStageLabel(label) && !isSameName(label, labelOf(this.#facts)));
  }

  async #removeLabels(issue: TrackedIssue, labels: readonly string[]): Promise<void> {
    for (const label of labels) {
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
    const { stage, broken, life } = this.#facts.key;
    return { stage, broken, state: 'open', rotatedAt: life.rotatedAt, isLacking: this.findings.length > 0 };
  }

  /** A milder stage than was told of is no news: people were told of the graver one all the same. */
  #toldStill({ stage }: IssueMarker): Told {
    const told = this.#told();
    return isGraver(stage, told.stage) ? { ...told, stage } : told;
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
  return stageLabel(key.broken === '' ? nameOf(key.stage) : 'broken');
}

function stageLabel(name: string): string {
  return `rotation: ${name}`;
}

/** Others may begin as ours do. */
function isStageLabel(label: string): boolean {
  return [...STAGES.map(nameOf), 'broken'].some((name) => isSameName(label, stageLabel(name)));
}

function isDressed(issue: TrackedIssue, labels: readonly string[], assignees: readonly string[]): boolean {
  const has = (names: readonly string[], wanted: string): boolean => names.some((name) => isSameName(name, wanted));
  return labels.every((label) => has(issue.labels, label)) && assignees.every((name) => has(issue.assignees, name));
}

/** GitHub compares names of people and labels without case. */
function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
