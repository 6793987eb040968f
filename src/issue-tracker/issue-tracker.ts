/** An issue as a tracker lists it. */
export interface TrackedIssue {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Written by an app, or by somebody who may write here: a stranger's issue can claim to be anything. */
  readonly isTrusted: boolean;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly isTrusted: boolean;
}

interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

interface IssueEdit {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  /** Why it is closed. */
  readonly reason?: 'completed' | 'not_planned';
}

/**
 * Where tracking issues live: GitHub, GitLab, or a list in a test. Every method throws a FindingError for what the
 * tracker refuses. Nothing that creates is repeated after its answer was lost.
 */
export interface IssueTracker {
  /** Open and closed ones that changed since a time (milliseconds since 1970), in any order. */
  issues(changedSince: number): Promise<TrackedIssue[]>;
  /** Oldest first. */
  comments(issue: number): Promise<IssueComment[]>;
  open(issue: NewIssue): Promise<TrackedIssue>;
  edit(issue: number, edit: IssueEdit): Promise<void>;
  comment(issue: number, body: string): Promise<void>;
  deleteComment(issue: number, comment: number): Promise<void>;
  /** @returns the labels that the issue has now. */
  addLabels(issue: number, labels: readonly string[]): Promise<readonly string[]>;
  removeLabel(issue: number, label: string): Promise<void>;
  /** @returns who is assigned now. */
  assign(issue: number, assignees: readonly string[]): Promise<readonly string[]>;
}
