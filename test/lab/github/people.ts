import { addLabels, newComment, newIssue, setState } from './issues.ts';
import type { Actor, Issue, Repository } from './world.ts';

/** Anybody, who may open an issue in a public repository. */
export const STRANGER: Actor = { login: 'stranger', type: 'User', association: 'NONE' };
export const MAINTAINER: Actor = { login: 'lead', type: 'User', association: 'MEMBER' };

/** What somebody does by hand, on the pages of GitHub. */
export interface Person {
  openIssue(content: {
    readonly title: string;
    readonly body?: string;
    readonly labels?: readonly string[];
    readonly isPullRequest?: boolean;
  }): Issue;
  comment(issueNumber: number, body: string): void;
  closeIssue(issueNumber: number, reason?: 'completed' | 'not_planned' | 'duplicate'): void;
  reopenIssue(issueNumber: number): void;
  addLabel(issueNumber: number, label: string): void;
  removeLabel(issueNumber: number, label: string): void;
}

export function person(actor: Actor, repository: Repository, now: () => number): Person {
  function change(issueNumber: number, make: (issue: Issue) => void): void {
    const issue = repository.issues.find(({ number }) => number === issueNumber);
    if (issue === undefined) {
      throw new Error(`${repository.fullName} has no issue #${issueNumber}`);
    }
    make(issue);
    issue.updatedAt = now();
  }

  const label = (issue: Issue, labels: readonly string[]): void =>
    addLabels(issue, labels, { repository, drops: { labels: false, assignees: false } });

  return {
    openIssue({ title, body = '', labels = [], isPullRequest = false }) {
      const issue = newIssue(repository, actor, now(), { title, body, isPullRequest });
      label(issue, labels);
      return issue;
    },
    comment(issueNumber, body) {
      change(issueNumber, (issue) => newComment(repository, issue, actor, now(), body));
    },
    closeIssue(issueNumber, reason = 'completed') {
      change(issueNumber, (issue) => setState(issue, 'closed', reason, now()));
    },
    reopenIssue(issueNumber) {
      change(issueNumber, (issue) => setState(issue, 'open', undefined, now()));
    },
    addLabel(issueNumber, name) {
      change(issueNumber, (issue) => label(issue, [name]));
    },
    removeLabel(issueNumber, name) {
      change(issueNumber, (issue) => {
        issue.labels = issue.labels.filter((each) => each !== name);
      });
    },
  };
}
