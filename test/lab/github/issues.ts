import type { Answer } from '../answers.ts';
import * as documents from './documents.ts';
import {
  type Call,
  created,
  DONE,
  invalid,
  message,
  nextAfter,
  notFound,
  ok,
  REPOSITORY,
  type Route,
  type Routes,
  textsIn,
} from './route.ts';
import type { Comment, Issue, Repository } from './world.ts';

const ISSUE = `${REPOSITORY}/issues/{issue_number}`;
const COMMENT = `${REPOSITORY}/issues/comments/{comment_id}`;
const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;
const LONGEST_LABEL = 50;
const MOST_ASSIGNEES = 10;

/** Issues with their comments, labels and assignees. */
export function issueRoutes(): Routes {
  return { ...issuesThemselves(), ...comments(), ...labelsOfIssues(), ...labelsOfRepositories(), ...assignees() };
}

function issuesThemselves(): Routes {
  return {
    [`GET ${REPOSITORY}/issues`]: { needs: ['issues', 'read'], paged: 'whole', run: listIssues },
    [`POST ${REPOSITORY}/issues`]: {
      needs: ['issues', 'write'],
      isOpenToUsers: true,
      run: (call) => {
        const { repository, body, token } = call;
        const refused = refusedTexts(call);
        if (refused !== undefined) {
          return refused;
        }
        const made = newIssue(repository, token.actor, call.now, {
          title: String(body['title']),
          body: String(body['body'] ?? ''),
        });
        // GitHub drops both without a word where the author may not push.
        if (mayPush(call)) {
          addLabels(made, labelsIn(body['labels']), call);
          assign(made, textsIn(body['assignees']), call);
        }
        return created(documents.issue(made, repository, call.addresses));
      },
    },
    [`GET ${ISSUE}`]: {
      needs: ['issues', 'read'],
      run: onIssue((call, one) => ok(documents.issue(one, call.repository, call.addresses))),
    },
    [`PATCH ${ISSUE}`]: { needs: ['issues', 'write'], run: onIssue(editIssue) },
  };
}

export function newIssue(
  { issues }: Repository,
  author: Issue['author'],
  now: number,
  { title, body, isPullRequest = false }: { title: string; body: string; isPullRequest?: boolean },
): Issue {
  const made: Issue = {
    number: nextAfter(issues.map(({ number }) => number)),
    author,
    isPullRequest,
    title,
    body,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [],
    comments: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  issues.push(made);
  return made;
}

function listIssues({ listed, repository, query, addresses }: Call): Answer {
  const state = query.get('state') ?? 'open';
  const since = Date.parse(query.get('since') ?? '') || 0;
  const labels = (query.get('labels') ?? '').split(',').filter((name) => name !== '');
  const creator = query.get('creator')?.toLowerCase();
  const assignee = query.get('assignee')?.toLowerCase() ?? undefined;
  const factor = query.get('direction') === 'asc' ? 1 : -1;
  const rank = RANKS[query.get('sort') ?? 'created'] ?? RANKS['created'];
  const found = listed(repository)
    .filter((one) => state === 'all' || one.state === state)
    // Its dates have whole seconds.
    .filter((one) => Math.floor(one.updatedAt / 1000) * 1000 >= since)
    .filter((one) => labels.every((name) => one.labels.some((each) => isSame(each, name))))
    .filter((one) => creator === undefined || one.author.login.toLowerCase() === creator)
    .filter((one) => isAssigned(one, assignee))
    .toSorted((left, right) => factor * ((rank?.(left) ?? 0) - (rank?.(right) ?? 0) || left.number - right.number));
  return ok(found.map((one) => documents.issue(one, repository, addresses)));
}

const RANKS: Readonly<Record<string, (one: Issue) => number>> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  comments: ({ comments: all }) => all.length,
};

function isAssigned({ assignees: logins }: Issue, wanted: string | undefined): boolean {
  switch (wanted) {
    case undefined:
      return true;
    case '*':
      return logins.length > 0;
    case 'none':
      return logins.length === 0;
    default:
      return logins.some((login) => isSame(login, wanted));
  }
}

function editIssue(call: Call, one: Issue): Answer {
  const { body, now } = call;
  const refused = refusedTexts(call);
  if (refused !== undefined) {
    return refused;
  }
  one.title = typeof body['title'] === 'string' ? body['title'] : one.title;
  one.body = body['body'] === undefined ? one.body : String(body['body'] ?? '');
  if (body['state'] === 'closed' || body['state'] === 'open') {
    setState(one, body['state'], typeof body['state_reason'] === 'string' ? body['state_reason'] : undefined, now);
  }
  if (body['labels'] !== undefined) {
    one.labels = [];
    addLabels(one, labelsIn(body['labels']), call);
  }
  if (body['assignees'] !== undefined) {
    one.assignees = [];
    assign(one, textsIn(body['assignees']), call);
  }
  one.updatedAt = now;
  return ok(documents.issue(one, call.repository, call.addresses));
}

export function setState(one: Issue, state: Issue['state'], reason: string | undefined, now: number): void {
  if (one.state === 'open' && state === 'closed') {
    one.closedAt = now;
  }
  if (state === 'closed') {
    one.stateReason = reason ?? 'completed';
  } else if (one.state === 'closed') {
    one.closedAt = null;
    one.stateReason = 'reopened';
  }
  one.state = state;
  one.updatedAt = now;
}

function comments(): Routes {
  return {
    [`GET ${ISSUE}/comments`]: {
      needs: ['issues', 'read'],
      paged: 'whole',
      run: (call) => {
        const { listed, repository, query, parameters, addresses } = call;
        if (!repository.issues.some(({ number }) => number === Number(parameters['issue_number']))) {
          return notFound();
        }
        const one = listed(repository).find(({ number }) => number === Number(parameters['issue_number']));
        const since = Date.parse(query.get('since') ?? '') || 0;
        const found = (one?.comments ?? []).filter(({ createdAt, editedAt = createdAt }) => editedAt >= since);
        return ok(found.map((each) => documents.comment(each, one?.number ?? 0, repository, addresses)));
      },
    },
    [`POST ${ISSUE}/comments`]: {
      needs: ['issues', 'write'],
      isOpenToUsers: true,
      run: onIssue((call, one) => {
        const refused = refusedTexts(call) ?? refusedBlank(call);
        if (refused !== undefined) {
          return refused;
        }
        const { repository, body, token, now, addresses } = call;
        const made = newComment(repository, one, token.actor, now, String(body['body']));
        return created(documents.comment(made, one.number, repository, addresses));
      }),
    },
    [`GET ${COMMENT}`]: {
      needs: ['issues', 'read'],
      run: onComment(({ repository, addresses }, issue, found) =>
        ok(documents.comment(found, issue.number, repository, addresses)),
      ),
    },
    [`PATCH ${COMMENT}`]: {
      needs: ['issues', 'write'],
      run: onComment((call, issue, found) => {
        const refused = refusedTexts(call) ?? refusedBlank(call);
        if (refused !== undefined) {
          return refused;
        }
        found.body = String(call.body['body']);
        found.editedAt = call.now;
        issue.updatedAt = call.now;
        return ok(documents.comment(found, issue.number, call.repository, call.addresses));
      }),
    },
    [`DELETE ${COMMENT}`]: {
      needs: ['issues', 'write'],
      run: onComment(({ now }, issue, found) => {
        issue.comments = issue.comments.filter((each) => each !== found);
        issue.updatedAt = now;
        return DONE;
      }),
    },
  };
}

export function newComment(
  { issues }: Repository,
  issue: Issue,
  author: Comment['author'],
  now: number,
  body: string,
): Comment {
  const known = issues.flatMap(({ comments: all }) => all.map(({ id }) => id));
  const made: Comment = { id: nextAfter(known), author, body, createdAt: now };
  issue.comments.push(made);
  issue.updatedAt = now;
  return made;
}

function labelsOfIssues(): Routes {
  const labelsOf = ({ repository, addresses }: Call, { labels }: Issue): Answer =>
    ok(labels.map((name) => documents.label(name, repository, addresses)));
  const add = (call: Call, one: Issue): Answer => {
    const added = labelsIn(call.body['labels'] ?? (Array.isArray(call.body) ? call.body : []));
    const refused = refusedLabels(added);
    if (refused !== undefined) {
      return refused;
    }
    addLabels(one, added, call);
    one.updatedAt = call.now;
    return labelsOf(call, one);
  };
  return {
    [`GET ${ISSUE}/labels`]: { needs: ['issues', 'read'], paged: 'whole', run: onIssue(labelsOf) },
    [`POST ${ISSUE}/labels`]: { needs: ['issues', 'write'], run: onIssue(add) },
    [`PUT ${ISSUE}/labels`]: {
      needs: ['issues', 'write'],
      run: onIssue((call, one) => {
        one.labels = [];
        return add(call, one);
      }),
    },
    [`DELETE ${ISSUE}/labels`]: {
      needs: ['issues', 'write'],
      run: onIssue(({ now }, one) => {
        one.labels = [];
        one.updatedAt = now;
        return DONE;
      }),
    },
    [`DELETE ${ISSUE}/labels/{name}`]: {
      needs: ['issues', 'write'],
      run: onIssue((call, one) => {
        const name = call.parameters['name'] ?? '';
        if (!one.labels.some((each) => isSame(each, name))) {
          return message(404, 'Label does not exist');
        }
        one.labels = one.labels.filter((each) => !isSame(each, name));
        one.updatedAt = call.now;
        return labelsOf(call, one);
      }),
    },
  };
}

function labelsOfRepositories(): Routes {
  const LABEL = `${REPOSITORY}/labels/{name}`;
  const onLabel =
    (run: (call: Call, name: string) => Answer): Route['run'] =>
    (call) => {
      const name = knownLabel(call.repository, call.parameters['name'] ?? '');
      return name === undefined ? notFound() : run(call, name);
    };
  return {
    [`GET ${REPOSITORY}/labels`]: {
      needs: ['issues', 'read'],
      paged: 'whole',
      run: ({ repository, addresses }) =>
        ok([...repository.labels.keys()].map((name) => documents.label(name, repository, addresses))),
    },
    [`POST ${REPOSITORY}/labels`]: {
      needs: ['issues', 'write'],
      run: ({ repository, body, addresses }) => {
        const name = String(body['name']);
        if (knownLabel(repository, name) !== undefined) {
          return invalid('Label', 'name', 'already_exists');
        }
        const refused = refusedLabels([name]);
        if (refused !== undefined) {
          return refused;
        }
        const { color = 'ededed', description } = body;
        repository.labels.set(name, {
          color: String(color),
          description: typeof description === 'string' ? description : null,
        });
        return created(documents.label(name, repository, addresses));
      },
    },
    [`GET ${LABEL}`]: {
      needs: ['issues', 'read'],
      run: onLabel(({ repository, addresses }, name) => ok(documents.label(name, repository, addresses))),
    },
    [`PATCH ${LABEL}`]: {
      needs: ['issues', 'write'],
      run: onLabel(({ repository, body, addresses }, name) => {
        const { color: formerColor = 'ededed', description: formerDescription = null } =
          repository.labels.get(name) ?? {};
        const { new_name: newName = name, color = formerColor, description = formerDescription } = body;
        repository.labels.delete(name);
        repository.labels.set(String(newName), {
          color: String(color),
          description: description === null ? null : String(description),
        });
        for (const issue of repository.issues) {
          issue.labels = issue.labels.map((each) => (each === name ? String(newName) : each));
        }
        return ok(documents.label(String(newName), repository, addresses));
      }),
    },
    [`DELETE ${LABEL}`]: {
      needs: ['issues', 'write'],
      run: onLabel(({ repository }, name) => {
        repository.labels.delete(name);
        for (const issue of repository.issues) {
          issue.labels = issue.labels.filter((each) => each !== name);
        }
        return DONE;
      }),
    },
  };
}

function assignees(): Routes {
  return {
    [`GET ${REPOSITORY}/assignees`]: {
      needs: ['issues', 'read'],
      paged: 'whole',
      run: ({ repository, addresses }) =>
        ok([...repository.collaborators].map((login) => documents.user({ login, type: 'User' }, addresses))),
    },
    [`GET ${REPOSITORY}/assignees/{assignee}`]: {
      needs: ['issues', 'read'],
      run: ({ repository, parameters }) =>
        knownCollaborator(repository, parameters['assignee'] ?? '') === undefined ? notFound() : DONE,
    },
    [`POST ${ISSUE}/assignees`]: {
      needs: ['issues', 'write'],
      run: onIssue((call, one) => {
        assign(one, textsIn(call.body['assignees']), call);
        one.updatedAt = call.now;
        return created(documents.issue(one, call.repository, call.addresses));
      }),
    },
    [`DELETE ${ISSUE}/assignees`]: {
      needs: ['issues', 'write'],
      run: onIssue((call, one) => {
        const gone = textsIn(call.body['assignees']);
        one.assignees = one.assignees.filter((login) => !gone.some((each) => isSame(each, login)));
        one.updatedAt = call.now;
        return ok(documents.issue(one, call.repository, call.addresses));
      }),
    },
  };
}

function onIssue(run: (call: Call, found: Issue) => Answer): Route['run'] {
  return (call) => {
    const found = call.repository.issues.find(({ number }) => number === Number(call.parameters['issue_number']));
    return found === undefined ? notFound() : run(call, found);
  };
}

function onComment(run: (call: Call, issue: Issue, found: Comment) => Answer): Route['run'] {
  return (call) => {
    const id = Number(call.parameters['comment_id']);
    for (const issue of call.repository.issues) {
      const found = issue.comments.find((each) => each.id === id);
      if (found !== undefined) {
        return run(call, issue, found);
      }
    }
    return notFound();
  };
}

/** A label that does not exist is made. */
export function addLabels(
  one: Issue,
  labels: readonly string[],
  { repository, drops }: Pick<Call, 'repository' | 'drops'>,
): void {
  for (const name of drops.labels ? [] : labels) {
    const known = knownLabel(repository, name) ?? name;
    if (!repository.labels.has(known)) {
      repository.labels.set(known, { color: 'ededed', description: null });
    }
    if (!one.labels.includes(known)) {
      one.labels.push(known);
    }
  }
}

/** Whoever can not be assigned is left out without a word. */
function assign(one: Issue, logins: readonly string[], { repository, drops }: Call): void {
  for (const login of drops.assignees ? [] : logins) {
    const known = knownCollaborator(repository, login);
    if (known !== undefined && !one.assignees.includes(known) && one.assignees.length < MOST_ASSIGNEES) {
      one.assignees.push(known);
    }
  }
}

function mayPush({ token }: Call): boolean {
  return token.permissions.issues === 'write';
}

function knownLabel({ labels }: Repository, name: string): string | undefined {
  return [...labels.keys()].find((each) => isSame(each, name));
}

function knownCollaborator({ collaborators }: Repository, login: string): string | undefined {
  return [...collaborators].find((each) => isSame(each, login));
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A label of a request is its name, or has it. */
function labelsIn(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) =>
    typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : String(item),
  );
}

function refusedTexts({ body }: Call): Answer | undefined {
  if (typeof body['title'] === 'string' && body['title'].length > LONGEST_TITLE) {
    return invalid('Issue', 'title', 'custom', `title is too long (maximum is ${LONGEST_TITLE} characters)`);
  }
  if (body['title'] === '') {
    return invalid('Issue', 'title', 'missing_field');
  }
  if (typeof body['body'] === 'string' && body['body'].length > LONGEST_BODY) {
    return invalid('Issue', 'body', 'custom', `body is too long (maximum is ${LONGEST_BODY} characters)`);
  }
  return refusedLabels(labelsIn(body['labels']));
}

function refusedBlank({ body }: Call): Answer | undefined {
  const isBlank = String(body['body'] ?? '').trim() === '';
  return isBlank ? invalid('IssueComment', 'data', 'unprocessable', 'Body cannot be blank') : undefined;
}

function refusedLabels(names: readonly string[]): Answer | undefined {
  return names.some((name) => name.trim() === '' || name.length > LONGEST_LABEL || name.includes(','))
    ? invalid('Label', 'name', 'invalid')
    : undefined;
}
