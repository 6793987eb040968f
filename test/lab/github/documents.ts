import type { Actor, Comment, Issue, Repository, Secret, Variable, Workflow, WorkflowRun } from './world.ts';

/** The JSON that GitHub makes of things, complete by its description. */
export interface Addresses {
  /** Of the API, without a slash at its end. */
  readonly api: string;
  readonly web: string;
}

function instant(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function user({ login, type }: Pick<Actor, 'login' | 'type'>, { api, web }: Addresses) {
  const url = `${api}/users/${encodeURIComponent(login)}`;
  const below = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'].map(
    (name) => [`${name}_url`, `${url}/${name}`] as const,
  );
  return {
    login,
    id: numberOf(login),
    node_id: `U_${numberOf(login)}`,
    avatar_url: `${web}/avatars/${numberOf(login)}`,
    gravatar_id: '',
    url,
    html_url: `${web}/${encodeURIComponent(login)}`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    events_url: `${url}/events{/privacy}`,
    ...Object.fromEntries(below),
    type,
    site_admin: false,
  };
}

/** What only oneself is told. */
export function ownUser(actor: Pick<Actor, 'login' | 'type'>, addresses: Addresses) {
  const nothing = ['name', 'company', 'blog', 'location', 'email', 'hireable', 'bio', 'twitter_username'];
  const counts = ['public_repos', 'public_gists', 'followers', 'following'];
  return {
    ...user(actor, addresses),
    ...Object.fromEntries(nothing.map((name) => [name, null])),
    ...Object.fromEntries(counts.map((name) => [name, 0])),
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
}

export function label(name: string, { fullName, labels }: Repository, { api }: Addresses) {
  const { color = 'ededed', description = null } = labels.get(name) ?? {};
  return {
    id: numberOf(name),
    node_id: `LA_${numberOf(name)}`,
    url: `${api}/repos/${fullName}/labels/${encodeURIComponent(name)}`,
    name,
    description,
    color,
    default: name === 'bug',
  };
}

export function issue(of: Issue, repository: Repository, addresses: Addresses) {
  const { api, web } = addresses;
  const url = `${api}/repos/${repository.fullName}/issues/${of.number}`;
  const page = `${web}/${repository.fullName}/${of.isPullRequest ? 'pull' : 'issues'}/${of.number}`;
  return {
    id: repository.id * 1_000_000 + of.number,
    node_id: `I_${repository.id}_${of.number}`,
    url,
    repository_url: `${api}/repos/${repository.fullName}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number: of.number,
    title: of.title,
    user: user(of.author, addresses),
    labels: of.labels.map((name) => label(name, repository, addresses)),
    state: of.state,
    state_reason: of.stateReason,
    locked: false,
    assignee: null,
    assignees: of.assignees.map((login) => user({ login, type: 'User' }, addresses)),
    milestone: null,
    comments: of.comments.length,
    created_at: instant(of.createdAt),
    updated_at: instant(of.updatedAt),
    closed_at: of.closedAt === null ? null : instant(of.closedAt),
    author_association: of.author.association,
    body: of.body,
    ...(of.isPullRequest && {
      pull_request: { url: `${url.replace('/issues/', '/pulls/')}`, html_url: page, diff_url: page, patch_url: page },
    }),
  };
}

export function comment(of: Comment, issueNumber: number, { fullName }: Repository, addresses: Addresses) {
  const { api, web } = addresses;
  return {
    id: of.id,
    node_id: `IC_${of.id}`,
    url: `${api}/repos/${fullName}/issues/comments/${of.id}`,
    html_url: `${web}/${fullName}/issues/${issueNumber}#issuecomment-${of.id}`,
    body: of.body,
    user: user(of.author, addresses),
    created_at: instant(of.createdAt),
    updated_at: instant(of.editedAt ?? of.createdAt),
    issue_url: `${api}/repos/${fullName}/issues/${issueNumber}`,
    author_association: of.author.association,
  };
}

/** Members that only a secret or a variable of an organization has. */
function visibilityOf(
  { visibility }: Pick<Secret, 'visibility'>,
  kind: 'secrets' | 'variables',
  name: string,
  organization: string | undefined,
  addresses: Addresses,
) {
  if (organization === undefined) {
    return {};
  }
  const repositories = `${addresses.api}/orgs/${organization}/actions/${kind}/${name}/repositories`;
  return {
    visibility: visibility ?? 'all',
    ...(visibility === 'selected' && { selected_repositories_url: repositories }),
  };
}

export function secret(name: string, of: Secret, organization: string | undefined, addresses: Addresses) {
  const dates = { created_at: instant(of.createdAt), updated_at: instant(of.updatedAt) };
  return { name, ...dates, ...visibilityOf(of, 'secrets', name, organization, addresses) };
}

export function variable(name: string, of: Variable, organization: string | undefined, addresses: Addresses) {
  const dates = { created_at: instant(of.createdAt), updated_at: instant(of.updatedAt) };
  return { name, value: of.value, ...dates, ...visibilityOf(of, 'variables', name, organization, addresses) };
}

export function workflow(of: Workflow, { fullName }: Repository, { api, web }: Addresses) {
  return {
    id: of.id,
    node_id: `W_${of.id}`,
    name: of.file,
    path: `.github/workflows/${of.file}`,
    state: of.state,
    created_at: instant(of.createdAt),
    updated_at: instant(of.updatedAt),
    url: `${api}/repos/${fullName}/actions/workflows/${of.id}`,
    html_url: `${web}/${fullName}/blob/main/.github/workflows/${of.file}`,
    badge_url: `${web}/${fullName}/workflows/${of.id}/badge.svg`,
  };
}

export function nodeIdOf({ id }: Pick<Repository, 'id'>): string {
  return `R_${id}`;
}

/** The same for the same text, as an id has to be. */
function numberOf(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000, 7);
}

/** As much of a repository as the description demands. */
export function repository(of: Repository, addresses: Addresses) {
  const { id, fullName, isPrivate, hasIssues, isArchived, issues } = of;
  const { api, web } = addresses;
  const url = `${api}/repos/${fullName}`;
  const [owner = '', name = ''] = fullName.split('/');
  const open = issues.filter(({ state }) => state === 'open').length;
  const counts = [
    'forks',
    'forks_count',
    'watchers',
    'watchers_count',
    'stargazers_count',
    'network_count',
    'subscribers_count',
    'size',
  ];
  return {
    ...Object.fromEntries(ADDRESSES_OF_A_REPOSITORY.map((part) => [`${part}_url`, `${url}/${part}`])),
    ...Object.fromEntries(counts.map((part) => [part, 0])),
    id,
    node_id: nodeIdOf(of),
    name,
    full_name: fullName,
    owner: user({ login: owner, type: 'User' }, addresses),
    private: isPrivate,
    html_url: `${web}/${fullName}`,
    url,
    description: null,
    fork: false,
    homepage: null,
    language: null,
    license: null,
    mirror_url: null,
    default_branch: 'main',
    has_issues: hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: isArchived,
    disabled: false,
    open_issues: open,
    open_issues_count: open,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    pushed_at: '2026-01-01T00:00:00Z',
  };
}

const ADDRESSES_OF_A_REPOSITORY = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'clone',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git',
  'git_commits',
  'git_refs',
  'git_tags',
  'hooks',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'ssh',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'svn',
  'tags',
  'teams',
  'trees',
];

export function workflowRun(run: WorkflowRun, of: Workflow, at: Repository, addresses: Addresses) {
  const url = `${addresses.api}/repos/${at.fullName}/actions/runs/${run.id}`;
  const parts = ['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow'];
  return {
    ...Object.fromEntries(parts.map((part) => [`${part}_url`, `${url}/${part}`])),
    id: run.id,
    node_id: `WFR_${run.id}`,
    name: of.file,
    head_branch: run.ref ?? 'main',
    head_sha: '0'.repeat(40),
    path: `.github/workflows/${of.file}`,
    display_title: of.file,
    run_number: 1,
    event: run.event,
    status: run.status ?? 'completed',
    conclusion: run.conclusion === undefined ? 'success' : run.conclusion,
    workflow_id: of.id,
    url,
    html_url: `${addresses.web}/${at.fullName}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: instant(run.createdAt),
    updated_at: instant(run.createdAt),
    head_commit: null,
    repository: repository(at, addresses),
    head_repository: repository(at, addresses),
  };
}

export function environment(name: string, { fullName }: Repository, { api, web }: Addresses) {
  return {
    id: numberOf(name),
    node_id: `EN_${numberOf(name)}`,
    name,
    url: `${api}/repos/${fullName}/environments/${encodeURIComponent(name)}`,
    html_url: `${web}/${fullName}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
}
