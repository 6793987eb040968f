import type { IssueComment, TrackedIssue } from '../issue-tracker/issue-tracker.ts';
import { DAY } from './instants.ts';
import type { KeyLife } from './key-life.ts';
import { type CommentMarker, type IssueMarker, readCommentMarker, readIssueMarker } from './marker.ts';
import { isGraver, type Stage } from './stage.ts';

/** A key as the reminder finds it. */
export interface KeyState {
  readonly name: string;
  readonly stage: Stage;
  readonly life: KeyLife;
  /** The code of the finding by which the trial failed; empty where the key works or was not tried. */
  readonly broken: string;
}

/** What has to be done to the issues of one key. The texts are made elsewhere. */
export interface IssuePlan {
  /** The one issue of the key; absent where there is none. */
  readonly issue?: TrackedIssue;
  readonly marker?: IssueMarker;
  readonly change: 'nothing' | 'open' | 'keep' | 'tell' | 'reopen' | 'close';
  /** The notices that are not there yet, for a comment each. */
  readonly notices: readonly string[];
  /** Why nothing is told that otherwise would be. */
  readonly silence?: 'snoozed' | 'closed-by-somebody';
  readonly duplicates: readonly TrackedIssue[];
  /** Comments that say again what an older one says. */
  readonly repeated: readonly number[];
}

/** Two sources seldom agree on the minute; a rotation that is later by more than this is another life. */
const SAME_LIFE = DAY;

/** As `snooze`, or `snooze-until-2026-12-24`, which ends by itself at the end of that day in UTC. */
const SNOOZE_LABEL = /^snooze(?:-until-(\d{4}-\d\d-\d\d))?$/i;

/** The one issue of a key, by its marker: the oldest that is no duplicate. Issues of strangers do not count. */
export function findIssue(
  key: string,
  issues: readonly TrackedIssue[],
): { issue?: TrackedIssue; duplicates: TrackedIssue[] } {
  const [issue, ...others] = issues
    .filter(({ isTrusted, body }) => {
      const marker = isTrusted ? readIssueMarker(body) : undefined;
      return marker?.key === key && marker.state !== 'duplicate';
    })
    .sort((left, right) => left.number - right.number);
  return { ...(issue && { issue }), duplicates: others.filter(({ isOpen }) => isOpen) };
}

/**
 * Holds a key against its issue. Depends on nothing but what it is given, so every run finds the same, one that comes
 * late or was cut off too.
 * @param comments those of the issue, the oldest first.
 */
export function planIssue(
  key: KeyState,
  issues: readonly TrackedIssue[],
  comments: readonly IssueComment[],
  now: number,
): IssuePlan {
  const { issue, duplicates } = findIssue(key.name, issues);
  const marker = issue && readIssueMarker(issue.body);
  const needsAttention = key.stage !== 'fine' || key.broken !== '';
  if (issue === undefined || marker === undefined) {
    return { change: needsAttention ? 'open' : 'nothing', notices: [], duplicates, repeated: [] };
  }
  const { notices: told, repeated } = noticesIn(key, comments);
  const found = { issue, marker, duplicates, repeated };
  if (!needsAttention) {
    // One that somebody opened again after the reminder had closed it is theirs.
    const isOurs = issue.isOpen && marker.state === 'open';
    return { ...found, change: isOurs ? 'close' : 'nothing', notices: isOurs ? missing(['closed'], told) : [] };
  }
  const isNews = isWorthTelling(key, marker);
  const notices = isNews ? missing(noticesFor(key, marker), told) : [];
  if (!issue.isOpen && marker.state === 'open' && !isNews) {
    return { ...found, change: 'nothing', notices: [], silence: 'closed-by-somebody' };
  }
  if (isNews && isSnoozed(issue, now) && key.stage !== 'expired' && key.broken === '') {
    return { ...found, change: issue.isOpen ? 'keep' : 'nothing', notices: [], silence: 'snoozed' };
  }
  return { ...found, change: issue.isOpen ? (isNews ? 'tell' : 'keep') : 'reopen', notices };
}

/** Whether what a marker remembers is of the life that the key has now. */
export function isSameLife({ life }: KeyState, { rotatedAt }: Pick<IssueMarker, 'rotatedAt'>): boolean {
  return life.rotatedAt <= rotatedAt + SAME_LIFE;
}

/** Whether something is graver than what people were told in this life. */
function isWorthTelling(key: KeyState, marker: IssueMarker): boolean {
  return (
    marker.state === 'closed' ||
    !isSameLife(key, marker) ||
    isGraver(key.stage, marker.stage) ||
    (key.broken !== '' && key.broken !== marker.broken)
  );
}

function noticesFor(key: KeyState, marker: IssueMarker): string[] {
  const isStageNews = marker.state === 'closed' || !isSameLife(key, marker) || isGraver(key.stage, marker.stage);
  return [
    ...(key.stage !== 'fine' && isStageNews ? [key.stage] : []),
    ...(key.broken !== '' ? [`broken:${key.broken}`] : []),
  ];
}

function missing(notices: readonly string[], told: ReadonlySet<string>): string[] {
  return notices.filter((notice) => !told.has(notice));
}

/** What the comments of this life say since the issue was last closed, and which of them say it again. */
function noticesIn(key: KeyState, comments: readonly IssueComment[]): { notices: Set<string>; repeated: number[] } {
  let notices = new Set<string>();
  const repeated: number[] = [];
  for (const { id, body, isTrusted } of comments) {
    const marker: CommentMarker | undefined = isTrusted ? readCommentMarker(body) : undefined;
    if (marker === undefined || marker.key !== key.name || !isSameLife(key, marker)) {
      continue;
    }
    if (notices.has(marker.notice)) {
      repeated.push(id);
    } else if (marker.notice === 'closed') {
      notices = new Set(['closed']);
    } else {
      notices.delete('closed');
      notices.add(marker.notice);
    }
  }
  return { notices, repeated };
}

/** The label that silences an issue now. */
export function isSnoozed({ labels }: Pick<TrackedIssue, 'labels'>, now: number): boolean {
  return labels.some((label) => {
    const [matches, until] = SNOOZE_LABEL.exec(label) ?? [];
    return matches !== undefined && (until === undefined || now < Date.parse(`${until}T00:00:00Z`) + DAY);
  });
}
