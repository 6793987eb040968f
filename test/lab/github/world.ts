/** Who does something at the lab's GitHub. */
export interface Actor {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  /** As GitHub tells how an author stands to the repository. */
  readonly association: 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE';
}

export type Permission =
  | 'metadata'
  | 'contents'
  | 'issues'
  | 'actions'
  | 'secrets'
  | 'environments'
  | 'organization_secrets'
  | 'actions_variables';

export interface Token {
  readonly actor: Actor;
  readonly permissions: Readonly<Partial<Record<Permission, 'read' | 'write'>>>;
  /** The token of a job: nothing can give it access to secrets and variables. */
  readonly isOfJob: boolean;
  /** The full names of what it was made for; all where it is absent. Others are seen only where they are public. */
  readonly repositories?: readonly string[];
}

export interface Comment {
  readonly id: number;
  readonly author: Actor;
  body: string;
  readonly createdAt: number;
  editedAt?: number;
}

export interface Issue {
  readonly number: number;
  readonly author: Actor;
  readonly isPullRequest: boolean;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  comments: Comment[];
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
}

interface Label {
  readonly color: string;
  readonly description: string | null;
}

export type Visibility = 'all' | 'private' | 'selected';

export interface Secret {
  /** Opened with the key of the lab. */
  value: string;
  createdAt: number;
  updatedAt: number;
  /** Of an organization's secret alone, as the next. */
  visibility?: Visibility;
  selectedRepositories?: readonly number[];
}

export interface Variable {
  value: string;
  createdAt: number;
  updatedAt: number;
  visibility?: Visibility;
  selectedRepositories?: readonly number[];
}

/** What holds secrets and variables: a repository, an environment, an organization. */
export interface Place {
  readonly secrets: Map<string, Secret>;
  readonly variables: Map<string, Variable>;
}

export interface WorkflowRun {
  readonly id: number;
  readonly event: string;
  readonly createdAt: number;
  readonly status?: 'queued' | 'in_progress' | 'completed';
  readonly conclusion?: 'success' | 'failure' | 'cancelled' | null;
  /** Of a dispatch alone, as the next. */
  readonly ref?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export interface Workflow {
  readonly id: number;
  readonly file: string;
  state: 'active' | 'disabled_inactivity' | 'disabled_manually';
  readonly createdAt: number;
  updatedAt: number;
  readonly runs: WorkflowRun[];
}

export interface Repository extends Place {
  readonly id: number;
  fullName: string;
  isPrivate: boolean;
  hasIssues: boolean;
  isArchived: boolean;
  /** Its new name, where it was renamed. */
  movedTo: string | undefined;
  /** Who can be assigned. */
  readonly collaborators: Set<string>;
  readonly labels: Map<string, Label>;
  readonly issues: Issue[];
  /** The secrets of each. */
  readonly environments: Map<string, Map<string, Secret>>;
  readonly environmentVariables: Map<string, Map<string, Variable>>;
  readonly workflows: Workflow[];
}

export interface World {
  /** By the full name in lower case. */
  readonly repositories: Map<string, Repository>;
  /** By the name of the organization in lower case. */
  readonly organizationSecrets: Map<string, Map<string, Secret>>;
  readonly organizationVariables: Map<string, Map<string, Variable>>;
  readonly tokens: Map<string, Token>;
}

export function emptyWorld(): World {
  return {
    repositories: new Map(),
    organizationSecrets: new Map(),
    organizationVariables: new Map(),
    tokens: new Map(),
  };
}

/** @returns undefined where nobody made it. */
export function environmentOf({ environments, environmentVariables }: Repository, name: string): Place | undefined {
  return placeOf(environments, environmentVariables, name);
}

/** @returns undefined where nobody made it. */
export function organizationOf({ organizationSecrets, organizationVariables }: World, name: string): Place | undefined {
  return placeOf(organizationSecrets, organizationVariables, name.toLowerCase());
}

function placeOf(
  secretsByName: ReadonlyMap<string, Place['secrets']>,
  variablesByName: Map<string, Place['variables']>,
  name: string,
): Place | undefined {
  const secrets = secretsByName.get(name);
  if (secrets === undefined) {
    return undefined;
  }
  const variables = variablesByName.get(name) ?? new Map<string, Variable>();
  variablesByName.set(name, variables);
  return { secrets, variables };
}

export function emptyRepository(id: number, fullName: string): Repository {
  return {
    id,
    fullName,
    isPrivate: true,
    hasIssues: true,
    isArchived: false,
    movedTo: undefined,
    collaborators: new Set(),
    labels: new Map([['bug', { color: 'd73a4a', description: "Something isn't working" }]]),
    issues: [],
    secrets: new Map(),
    variables: new Map(),
    environments: new Map(),
    environmentVariables: new Map(),
    workflows: [],
  };
}
