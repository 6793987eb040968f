import { type GitHubApi, GitHubRefusal, objectOf } from '../github/api.ts';
import { isJsonObject, type Json, member, stringMember } from '../transport/json.ts';
import type { IssueComment, IssueTracker, TrackedIssue } from './issue-tracker.ts';

/** May write to the repository, or belongs to the organization: docs.github.com, CommentAuthorAssociation. */
const TRUSTED_AUTHORS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';

/** The issues of a repository. @param repository as owner/name. */
export function githubIssues(api: GitHubApi, repository: string): IssueTracker {
  const [owner = '', repo = ''] = repository.split('/');
  const at = (number: number): Record<string, unknown> => ({ owner, repo, issue_number: number });
  return {
    async issues(changedSince) {
      const answers = await api.list('GET /repos/{owner}/{repo}/issues', {
        owner,
        repo,
        state: 'all',
        since: new Date(changedSince).toISOString(),
      });
      return answers.flatMap((answer) => (isPullRequest(answer) ? [] : [issueIn(answer)]));
    },
    async comments(issue) {
      const answers = await api.list(`GET ${ISSUE}/comments`, at(issue));
      return answers.map(commentIn).sort((left, right) => left.id - right.id);
    },
    async open(issue) {
      return issueIn(await api.request('POST /repos/{owner}/{repo}/issues', { owner, repo, ...issue }));
    },
    async edit(issue, { reason, ...changes }) {
      await api.request(`PATCH ${ISSUE}`, { ...at(issue), ...changes, ...(reason && { state_reason: reason }) });
    },
    async comment(issue, body) {
      await api.request(`POST ${ISSUE}/comments`, { ...at(issue), body });
    },
    async deleteComment(_issue, comment) {
      const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await unlessGone(api.request(route, { owner, repo, comment_id: comment }));
    },
    async addLabels(issue, labels) {
      const answer = await api.request(`POST ${ISSUE}/labels`, { ...at(issue), labels });
      return (Array.isArray(answer) ? answer : []).map(labelIn);
    },
    async removeLabel(issue, label) {
      await unlessGone(api.request(`DELETE ${ISSUE}/labels/{name}`, { ...at(issue), name: label }));
    },
    async assign(issue, assignees) {
      const answer = await api.request(`POST ${ISSUE}/assignees`, { ...at(issue), assignees });
      return issueIn(answer).assignees;
    },
  };
}

/** Another run may have been quicker. */
async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof GitHubRefusal && error.status === 404)) {
      throw error;
    }
  }
}

function isPullRequest(answer: Json): boolean {
  return isJsonObject(answer) && member(answer, 'pull_request') !== undefined;
}

function issueIn(answer: Json): TrackedIssue {
  const issue = objectOf(answer);
  const number = member(issue, 'number');
  if (typeof number !== 'number') {
    throw new GitHubRefusal('github/unreadable-answer', 'An issue has no number.', 200);
  }
  return {
    number,
    url: stringMember(issue, 'html_url') ?? '',
    isOpen: stringMember(issue, 'state') === 'open',
    title: stringMember(issue, 'title') ?? '',
    body: textIn(issue),
    labels: itemsIn(issue, 'labels').map(labelIn),
    assignees: itemsIn(issue, 'assignees').map((user) =>
      isJsonObject(user) ? (stringMember(user, 'login') ?? '') : '',
    ),
    isTrusted: isTrusted(issue),
    changedAt: Date.parse(stringMember(issue, 'updated_at') ?? '') || 0,
  };
}

function commentIn(answer: Json): IssueComment {
  const comment = objectOf(answer);
  const id = member(comment, 'id');
  if (typeof id !== 'number') {
    throw new GitHubRefusal('github/unreadable-answer', 'A comment has no id.', 200);
  }
  return { id, body: textIn(comment), isTrusted: isTrusted(comment) };
}

/** The web page gives carriage returns. */
function textIn(document: { [name: string]: Json }): string {
  return (stringMember(document, 'body') ?? '').replaceAll('\r\n', '\n');
}

function itemsIn(document: { [name: string]: Json }, name: string): Json[] {
  const items = member(document, name);
  return Array.isArray(items) ? items : [];
}

function labelIn(label: Json): string {
  return typeof label === 'string' ? label : isJsonObject(label) ? (stringMember(label, 'name') ?? '') : '';
}

/** An app has to be installed by somebody who may; everybody can open an issue in a public repository. */
function isTrusted(document: { [name: string]: Json }): boolean {
  const user = member(document, 'user') ?? null;
  const isApp = isJsonObject(user) && stringMember(user, 'type') === 'Bot';
  return isApp || TRUSTED_AUTHORS.has(stringMember(document, 'author_association') ?? '');
}
