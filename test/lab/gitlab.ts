import type { ServerResponse } from 'node:http';
import { type Answer, sendAnswer } from './answers.ts';
import type { CertificateAuthority } from './certificates.ts';
import { type GitHubFault, makeFaultQueue } from './github/faults.ts';
import { type LabServer, type RecordedRequest, startHttpsServer } from './https-server.ts';

/** The roles of GitLab, as "Members API" counts them. */
const ROLES = { none: 0, guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40 } as const;

type Role = keyof typeof ROLES;

export interface GitLabUser {
  readonly id: number;
  readonly username: string;
}

interface GitLabToken {
  readonly user: GitLabUser;
  readonly scope: 'api' | 'read_api';
}

interface GitLabNote {
  readonly id: number;
  readonly author: GitLabUser;
  readonly body: string;
  /** What GitLab says itself. */
  readonly system: boolean;
  readonly createdAt: number;
}

interface GitLabIssue {
  readonly iid: number;
  readonly author: GitLabUser;
  title: string;
  description: string;
  state: 'opened' | 'closed';
  labels: string[];
  assignees: GitLabUser[];
  notes: GitLabNote[];
  readonly createdAt: number;
  updatedAt: number;
}

interface GitLabProject {
  readonly id: number;
  /** As group/project. */
  path: string;
  /** What it was called before. */
  readonly formerPaths: string[];
  isPublic: boolean;
  isArchived: boolean;
  hasIssues: boolean;
  /** GitLab Free keeps one. */
  takesSeveralAssignees: boolean;
  readonly members: Map<GitLabUser, Role>;
  readonly labels: Set<string>;
  readonly issues: GitLabIssue[];
}

export interface GitLab extends LabServer {
  /** As CI_API_V4_URL has it, for a client that is led to the port by `connectTo`. */
  readonly apiUrl: string;
  readonly project: GitLabProject;
  /** The first that matches and is not used up is played. Each line is a method and a path below the API. */
  readonly faults: GitHubFault[];
  addUser(username: string, role?: Role): GitLabUser;
  addToken(value: string, user: GitLabUser, scope?: GitLabToken['scope']): void;
  /** What somebody does by hand. */
  openIssue(author: GitLabUser, content: { title: string; description?: string }): GitLabIssue;
  addNote(author: GitLabUser, iid: number, body: string): GitLabNote;
}

export interface GitLabOptions {
  readonly authority: CertificateAuthority;
  readonly requests: RecordedRequest[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly hostName?: string;
}

interface Call {
  readonly project: GitLabProject;
  readonly user: GitLabUser;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly parts: readonly string[];
}

/** GitLab's REST API on loopback, with one project, as far as tracking issues go. */
export async function startGitLab(options: GitLabOptions): Promise<GitLab> {
  const { authority, requests, now, hostName = 'gitlab.test' } = options;
  const apiUrl = `https://${hostName}/api/v4`;
  const users: GitLabUser[] = [];
  const tokens = new Map<string, GitLabToken>();
  const queue = makeFaultQueue();
  let lastNote = 0;
  const project: GitLabProject = {
    id: 4711,
    path: 'acme/app',
    formerPaths: [],
    isPublic: true,
    isArchived: false,
    hasIssues: true,
    takesSeveralAssignees: false,
    members: new Map(),
    labels: new Set(['bug']),
    issues: [],
  };

  const server = await startHttpsServer({
    authority,
    requests,
    hostNames: [hostName],
    name: 'gitlab',
    async handler(_request, response, recorded) {
      await respond(response, recorded);
    },
  });

  async function respond(response: ServerResponse, recorded: RecordedRequest): Promise<void> {
    const url = new URL(recorded.path, apiUrl);
    const line = `${recorded.method} ${url.pathname.replace('/api/v4', '')}`;
    const fault = queue.next(line);
    if (fault?.answer !== undefined && fault.afterEffect !== true) {
      await sendAnswer(response, fault.answer);
      return;
    }
    const answer = answerOf(recorded, url);
    await sendAnswer(response, fault?.answer ?? answer);
  }

  function answerOf(recorded: RecordedRequest, url: URL): Answer {
    const token = tokens.get(recorded.headers['private-token'] ?? '');
    if (token === undefined) {
      return message(401, '401 Unauthorized');
    }
    const { method } = recorded;
    if (token.scope !== 'api' && method !== 'GET') {
      const description = 'The request requires higher privileges than provided by the access token.';
      return { status: 403, body: { error: 'insufficient_scope', error_description: description, scope: 'api' } };
    }
    const [root, ...parts] = url.pathname.replace(/^\/api\/v4\//, '').split('/');
    const asked = { project, user: token.user, query: url.searchParams, body: bodyOf(recorded), parts };
    switch (root) {
      case 'user':
        return { body: userDocument(token.user) };
      case 'users':
        return { body: users.filter(({ username }) => isSame(username, url.searchParams.get('username'))) };
      case 'projects':
        return ofProject(method, asked, url);
      default:
        return notFound();
    }
  }

  /** lib/api/helpers.rb of GitLab, find_project!. */
  function ofProject(method: string, asked: Call, url: URL): Answer {
    const name = decodeURIComponent(asked.parts[0] ?? '');
    const isFormer = project.formerPaths.includes(name);
    if (!(isFormer || name === project.path || name === String(project.id)) || !canRead(asked)) {
      return notFound('Project');
    }
    if (isFormer) {
      const location = url.href.replace(/projects\/[^/?]+/, `projects/${project.id}`);
      const moved = `This resource has been moved permanently to ${location}`;
      return method === 'GET'
        ? { status: 301, headers: { location }, body: moved }
        : message(405, '405 Non GET methods are not allowed for moved projects');
    }
    const [, kind, ...rest] = asked.parts;
    switch (kind) {
      case undefined:
        return { body: projectDocument() };
      case 'members':
        return member(asked, Number(rest[1]));
      case 'issues':
        return rest[0] === undefined ? ofIssues(method, asked, url) : ofIssue(method, asked, Number(rest[0]), url);
      default:
        return notFound();
    }
  }

  function projectDocument(): object {
    return {
      id: project.id,
      path_with_namespace: project.path,
      archived: project.isArchived,
      issues_enabled: project.hasIssues,
      issues_access_level: project.hasIssues ? 'enabled' : 'disabled',
    };
  }

  function member({ project: { members } }: Call, id: number): Answer {
    const [user, role] = [...members].find(([one]) => one.id === id) ?? [];
    return user === undefined || role === undefined
      ? notFound()
      : { body: { ...userDocument(user), access_level: ROLES[role] } };
  }

  function ofIssues(method: string, asked: Call, url: URL): Answer {
    if (method === 'GET') {
      const after = Date.parse(asked.query.get('updated_after') ?? '') || 0;
      const state = asked.query.get('state') ?? 'all';
      // What may not be read is not there.
      const found = (project.hasIssues ? project.issues : []).filter(
        (one) => one.updatedAt >= after && (state === 'all' || one.state === state),
      );
      return pageOf(ordered(found, asked.query).map(issueDocument), url);
    }
    if (!canWrite(asked)) {
      return forbidden();
    }
    const { title, description = '' } = asked.body as { title?: string; description?: string };
    if (title === undefined) {
      return { status: 400, body: { error: 'title is missing' } };
    }
    const issue = newIssue(asked.user, { title, description });
    if (levelOf(asked) >= ROLES.guest) {
      change(issue, asked);
    }
    return { status: 201, body: issueDocument(issue) };
  }

  function ofIssue(method: string, asked: Call, iid: number, url: URL): Answer {
    const issue = project.hasIssues ? project.issues.find((one) => one.iid === iid) : undefined;
    const [, , , noteKind, noteId] = asked.parts;
    if (issue === undefined) {
      // PUT looks for it before it asks whether it may be read.
      return method === 'PUT' && project.issues.some((one) => one.iid === iid) ? forbidden() : notFound('Issue');
    }
    if (noteKind === 'notes') {
      return ofNotes(method, asked, issue, noteId === undefined ? undefined : Number(noteId), url);
    }
    if (method === 'GET') {
      return { body: issueDocument(issue) };
    }
    const isOwn = issue.author === asked.user || issue.assignees.includes(asked.user);
    if (!canWrite(asked) || (levelOf(asked) < ROLES.planner && !isOwn)) {
      return forbidden();
    }
    const { title } = asked.body as { title?: string };
    if ((title ?? '').length > 255) {
      return { status: 400, body: { message: { title: ['is too long (maximum is 255 characters)'] } } };
    }
    change(issue, asked);
    return { body: issueDocument(issue) };
  }

  function ofNotes(method: string, asked: Call, issue: GitLabIssue, id: number | undefined, url: URL): Answer {
    if (method === 'GET') {
      return pageOf(ordered(issue.notes, asked.query).map(noteDocument), url);
    }
    if (!canWrite(asked)) {
      return forbidden();
    }
    if (method === 'POST') {
      const note = newNote(issue, asked.user, String(asked.body['body']), false);
      return { status: 201, body: noteDocument(note) };
    }
    const note = issue.notes.find((one) => one.id === id);
    if (note === undefined) {
      return notFound('Note');
    }
    if (note.author !== asked.user && levelOf(asked) < ROLES.maintainer) {
      return forbidden();
    }
    issue.notes = issue.notes.filter((one) => one !== note);
    return { status: 204 };
  }

  function change(issue: GitLabIssue, asked: Call): void {
    const { body } = asked;
    issue.title = (body['title'] as string | undefined) ?? issue.title;
    issue.description = (body['description'] as string | undefined) ?? issue.description;
    if (body['state_event'] !== undefined) {
      issue.state = body['state_event'] === 'close' ? 'closed' : 'opened';
      newNote(issue, asked.user, issue.state === 'closed' ? 'closed' : 'reopened', true);
    }
    relabel(issue, asked);
    if (body['assignee_ids'] !== undefined) {
      reassign(issue, body['assignee_ids'] as number[]);
    }
    issue.updatedAt = now();
  }

  /** A label is made by whoever may, and left out without a word else. */
  function relabel(issue: GitLabIssue, asked: Call): void {
    const wanted = (name: string): string[] => String(asked.body[name] ?? '').split(',');
    const added = [...wanted('labels'), ...wanted('add_labels')].filter((label) => label !== '');
    const allowed = added.filter((label) => project.labels.has(label) || levelOf(asked) >= ROLES.planner);
    for (const label of allowed) {
      project.labels.add(label);
    }
    const removed = wanted('remove_labels');
    const labels = [...new Set([...issue.labels, ...allowed])].filter((label) => !removed.includes(label));
    if (labels.join() !== issue.labels.join()) {
      newNote(issue, asked.user, 'changed the labels', true);
    }
    issue.labels = labels;
  }

  /** app/services/issues/base_service.rb of GitLab, filter_assignee: where nobody is left, nothing is changed. */
  function reassign(issue: GitLabIssue, ids: readonly number[]): void {
    const kept = project.takesSeveralAssignees ? ids : ids.slice(0, 1);
    const found = kept.flatMap((id) => users.filter((user) => user.id === id && project.members.has(user)));
    if (ids.length === 0 || found.length > 0) {
      issue.assignees = found;
    }
  }

  function newIssue(author: GitLabUser, content: { title: string; description?: string }): GitLabIssue {
    const issue: GitLabIssue = {
      iid: project.issues.length + 1,
      author,
      title: content.title,
      description: content.description ?? '',
      state: 'opened',
      labels: [],
      assignees: [],
      notes: [],
      createdAt: now(),
      updatedAt: now(),
    };
    project.issues.push(issue);
    return issue;
  }

  function newNote(issue: GitLabIssue, author: GitLabUser, body: string, system: boolean): GitLabNote {
    lastNote += 1;
    const note = { id: lastNote, author, body, system, createdAt: now() };
    issue.notes.push(note);
    issue.updatedAt = now();
    return note;
  }

  function canRead(asked: Call): boolean {
    return project.isPublic || levelOf(asked) >= ROLES.guest;
  }

  function canWrite(asked: Call): boolean {
    return project.hasIssues && !project.isArchived && canRead(asked);
  }

  function levelOf({ user }: Pick<Call, 'user'>): number {
    return ROLES[project.members.get(user) ?? 'none'];
  }

  function userDocument({ id, username }: GitLabUser): object {
    return { id, username, name: username, state: 'active', web_url: `https://${hostName}/${username}` };
  }

  function issueDocument(issue: GitLabIssue): object {
    const { iid, title, description, state, labels } = issue;
    return {
      id: 1000 + iid,
      iid,
      project_id: project.id,
      title,
      description,
      state,
      labels,
      author: userDocument(issue.author),
      assignees: issue.assignees.map(userDocument),
      web_url: `https://${hostName}/${project.path}/-/issues/${iid}`,
      created_at: new Date(issue.createdAt).toISOString(),
      updated_at: new Date(issue.updatedAt).toISOString(),
    };
  }

  function noteDocument({ id, author, body, system, createdAt }: GitLabNote): object {
    return { id, body, system, author: userDocument(author), created_at: new Date(createdAt).toISOString() };
  }

  return {
    ...server,
    apiUrl,
    project,
    faults: queue.faults,
    addUser(username, role = 'none') {
      const user = { id: users.length + 1, username };
      users.push(user);
      if (role !== 'none') {
        project.members.set(user, role);
      }
      return user;
    },
    addToken(value, user, scope = 'api') {
      tokens.set(value, { user, scope });
    },
    openIssue: newIssue,
    addNote(author, iid, body) {
      const issue = project.issues.find((one) => one.iid === iid);
      if (issue === undefined) {
        throw new Error(`there is no issue #${iid}`);
      }
      return newNote(issue, author, body, false);
    },
  };
}

/** What Rack::Attack answers before GitLab looks at the request: doc/administration/settings/user_and_ip_rate_limits.md. */
export function tooManyRequests(matches: RegExp, retryAfterSeconds: number): GitHubFault {
  const headers = { 'content-type': 'text/plain', 'retry-after': String(retryAfterSeconds) };
  return { matches, answer: { status: 429, headers, body: 'Retry later\n' } };
}

function bodyOf({ body }: RecordedRequest): Readonly<Record<string, unknown>> {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

function ordered<Item extends { createdAt: number }>(items: readonly Item[], query: URLSearchParams): Item[] {
  const sign = query.get('sort') === 'asc' ? 1 : -1;
  // Those of one moment stay in the order in which they came.
  const indexed = items.map((item, index) => ({ item, index }));
  const sorted = indexed.sort(
    (left, right) => sign * (left.item.createdAt - right.item.createdAt || left.index - right.index),
  );
  return sorted.map(({ item }) => item);
}

/** doc/api/rest/_index.md of GitLab, "Offset-based pagination". */
function pageOf(items: readonly object[], url: URL): Answer {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 20));
  const page = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (number: number, relation: string): string => {
    const address = new URL(url);
    address.searchParams.set('page', String(number));
    return `<${address.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next')] : []),
    link(1, 'first'),
    link(last, 'last'),
  ];
  return { headers: { link: links.join(', ') }, body: items.slice((page - 1) * size, page * size) };
}

function message(status: number, text: string): Answer {
  return { status, body: { message: text } };
}

function forbidden(): Answer {
  return message(403, '403 Forbidden');
}

function notFound(what?: string): Answer {
  return message(404, ['404', ...(what === undefined ? [] : [what]), 'Not Found'].join(' '));
}

function isSame(left: string, right: string | null): boolean {
  return left.toLowerCase() === right?.toLowerCase();
}
