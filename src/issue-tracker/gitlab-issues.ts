import { FindingError } from '../findings/finding.ts';
import { type GitLabApi, GitLabRefusal, objectOf } from '../gitlab/api.ts';
import { gitlabFinding } from '../gitlab/findings.ts';
import { isJsonObject, type Json, type JsonObject, member, stringMember } from '../transport/json.ts';
import type { IssueComment, IssueTracker, TrackedIssue } from './issue-tracker.ts';

/** docs.gitlab.com, "Roles and permissions": from the Reporter on, a role may rewrite the issues of others. */
const REPORTER_LEVEL = 20;
/** How every marker of the reminder begins. GitLab hides a comment of HTML: its own issue templates count on it. */
const MARKER = '<!-- union-auth:';
/** An issue or a note that comes in while pages are read is put at the end, and shifts no page. */
const OLDEST_FIRST = { order_by: 'created_at', sort: 'asc' };

/**
 * The issues of a project: docs.gitlab.com, "Issues API", "Notes API", "Members API".
 * @param project its path, as group/project, or its number.
 * @throws FindingError where no project is named.
 */
export function gitlabIssues(api: GitLabApi, project: string): IssueTracker {
  if (project === '') {
    throw new FindingError(gitlabFinding('gitlab/no-project', 'CI_PROJECT_PATH is empty.'));
  }
  const base = `/projects/${encodeURIComponent(project)}`;
  const at = (issue: number): string => `${base}/issues/${issue}`;
  const isTrusted = trustedAuthors(api, base);
  const write = async (...[method, path, content]: Parameters<GitLabApi['request']>): Promise<Json> => {
    try {
      return await api.request(method, path, content);
    } catch (error) {
      throw error instanceof GitLabRefusal && error.status === 403 ? await explained(error, api, base) : error;
    }
  };
  return {
    async issues(changedSince) {
      const answers = await api.list(`${base}/issues`, {
        scope: 'all',
        state: 'all',
        updated_after: new Date(changedSince).toISOString(),
        ...OLDEST_FIRST,
      });
      // One that is on two pages is no duplicate of itself.
      const issues = new Map<number, TrackedIssue>();
      for (const issue of answers.map(objectOf)) {
        issues.set(numberIn(issue, 'iid'), issueIn(issue, await isTrusted(issue, 'description')));
      }
      return [...issues.values()];
    },
    async comments(issue) {
      const notes = await api.list(`${at(issue)}/notes`, OLDEST_FIRST);
      const comments = new Map<number, IssueComment>();
      // GitLab tells of changed labels and the like in notes of its own.
      for (const note of notes.map(objectOf).filter((one) => member(one, 'system') !== true)) {
        const id = numberIn(note, 'id');
        comments.set(id, { id, body: textIn(note, 'body'), isTrusted: await isTrusted(note, 'body') });
      }
      return [...comments.values()].sort((left, right) => left.id - right.id);
    },
    async open({ title, body, labels, assignees }) {
      const ids = await usersNamed(api, assignees);
      const content = { title, description: body, labels: labels.join(','), assignee_ids: ids };
      return issueIn(objectOf(await write('POST', `${base}/issues`, content)), true);
    },
    async edit(issue, { title, body, state }) {
      await write('PUT', at(issue), {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { description: body }),
        ...(state && { state_event: state === 'closed' ? 'close' : 'reopen' }),
      });
    },
    async comment(issue, body) {
      await write('POST', `${at(issue)}/notes`, { body });
    },
    async deleteComment(issue, comment) {
      try {
        await write('DELETE', `${at(issue)}/notes/${comment}`);
      } catch (error) {
        // Another run may have been quicker.
        if (!isNotFound(error)) {
          throw error;
        }
      }
    },
    async addLabels(issue, labels) {
      return labelsIn(objectOf(await write('PUT', at(issue), { add_labels: labels.join(',') })));
    },
    async removeLabel(issue, label) {
      await write('PUT', at(issue), { remove_labels: label });
    },
    async assign(issue, assignees) {
      const now = objectOf(await api.request('GET', at(issue)));
      const added = await usersNamed(api, assignees);
      if (added.length === 0) {
        return assigneesIn(now);
      }
      // The list replaces the former one. GitLab Free keeps the first of it, which is who was assigned before.
      const former = objectsIn(now, 'assignees').map((user) => numberIn(user, 'id'));
      const ids = [...new Set([...former, ...added])];
      return assigneesIn(objectOf(await write('PUT', at(issue), { assignee_ids: ids })));
    },
  };
}

/** The numbers of people; those whom GitLab does not know are left out, which the answer to the caller shows. */
async function usersNamed(api: GitLabApi, names: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const users = (await api.list('/users', { username: name })).filter(isJsonObject);
    const user = users.find((one) => stringMember(one, 'username')?.toLowerCase() === name.toLowerCase());
    if (user !== undefined) {
      ids.push(numberIn(user, 'id'));
    }
  }
  return ids;
}

/** GitLab answers 403 alike where a token may not and where a project takes no issues: the project tells which. */
async function explained(refusal: GitLabRefusal, api: GitLabApi, base: string): Promise<GitLabRefusal> {
  const project = await api.request('GET', base).catch(() => null);
  const { detail } = refusal.finding;
  if (isJsonObject(project) && member(project, 'archived') === true) {
    return new GitLabRefusal('gitlab/project-archived', detail, refusal.status);
  }
  const isOff =
    isJsonObject(project) &&
    (member(project, 'issues_access_level') === 'disabled' || member(project, 'issues_enabled') === false);
  return isOff ? new GitLabRefusal('gitlab/issues-disabled', detail, refusal.status) : refusal;
}

/**
 * Everybody can open an issue in a public project, and copy a marker. Ours is what the user of the token wrote, who need
 * be no member with a role: else a token of a Guest or of an administrator would open a new issue in every run. Members
 * are trusted from Reporter on, so that another token finds the issue again: they could rewrite it anyway. An author
 * who is deleted is nobody: GitLab gives all of their issues to one ghost, those of strangers too.
 */
function trustedAuthors(api: GitLabApi, base: string): (document: JsonObject, text: string) => Promise<boolean> {
  const known = new Map<number, boolean>();
  return async (document, text) => {
    // Only those are asked about that could be ours.
    if (!textIn(document, text).includes(MARKER)) {
      return false;
    }
    if (known.size === 0) {
      known.set(numberIn(objectOf(await api.request('GET', '/user')), 'id'), true);
    }
    const author = member(document, 'author');
    const id = isJsonObject(author) ? numberIn(author, 'id') : undefined;
    if (id === undefined) {
      return false;
    }
    const answer = known.get(id) ?? (await isReporter(api, `${base}/members/all/${id}`));
    known.set(id, answer);
    return answer;
  };
}

async function isReporter(api: GitLabApi, address: string): Promise<boolean> {
  try {
    return numberIn(objectOf(await api.request('GET', address)), 'access_level') >= REPORTER_LEVEL;
  } catch (error) {
    if (isNotFound(error)) {
      return false;
    }
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof GitLabRefusal && error.status === 404;
}

function issueIn(issue: JsonObject, isTrusted: boolean): TrackedIssue {
  return {
    number: numberIn(issue, 'iid'),
    url: stringMember(issue, 'web_url') ?? '',
    isOpen: stringMember(issue, 'state') === 'opened',
    title: stringMember(issue, 'title') ?? '',
    body: textIn(issue, 'description'),
    labels: labelsIn(issue),
    assignees: assigneesIn(issue),
    isTrusted,
    changedAt: Date.parse(stringMember(issue, 'updated_at') ?? '') || 0,
  };
}

function labelsIn(issue: JsonObject): string[] {
  const labels = member(issue, 'labels');
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}

function assigneesIn(issue: JsonObject): string[] {
  return objectsIn(issue, 'assignees').map((user) => stringMember(user, 'username') ?? '');
}

/** The web page gives carriage returns. */
function textIn(document: JsonObject, name: string): string {
  return (stringMember(document, name) ?? '').replaceAll('\r\n', '\n');
}

function objectsIn(document: JsonObject, name: string): JsonObject[] {
  const items = member(document, name);
  return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

function numberIn(document: JsonObject, name: string): number {
  const value = member(document, name);
  if (typeof value !== 'number') {
    throw new GitLabRefusal('gitlab/unreadable-answer', `An answer has no ${name}.`, 200);
  }
  return value;
}
