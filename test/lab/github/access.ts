import type { Answer } from '../answers.ts';
import type { Addresses } from './documents.ts';
import { type Level, message, notFound, type Route } from './route.ts';
import type { Permission, Repository, Token, World } from './world.ts';

/** No permission gives these to the token of a job. */
const NEVER_OF_A_JOB = new Set<Permission>(['secrets', 'environments', 'organization_secrets', 'actions_variables']);
/** Of a public repository: everybody's. */
const PUBLIC = new Set<Permission>(['metadata', 'contents', 'issues', 'actions']);

export function tokenIn(headers: Readonly<Record<string, string>>, { tokens }: World): Token | undefined {
  const [, value = ''] = /^(?:token|bearer) (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
  return tokens.get(value);
}

/** Why a token, or a repository, does not let it happen. @param repository undefined where the route has none. */
export function refusalOf(
  name: string,
  route: Route,
  token: Token,
  repository: Repository | undefined,
  path: { readonly pathname: string; readonly addresses: Addresses },
): Answer | undefined {
  const [permission, level] = route.needs;
  if (repository?.isPrivate && !hasRepository(token, repository)) {
    return notFound();
  }
  if (repository?.movedTo !== undefined) {
    return movedAnswer(repository, path.pathname, path.addresses);
  }
  if (!isGranted(route, token, repository)) {
    const who = token.actor.type === 'Bot' ? 'integration' : 'personal access token';
    const headers = { 'x-accepted-github-permissions': `${permission}=${level}` };
    return { ...message(403, `Resource not accessible by ${who}`), headers };
  }
  if (repository === undefined) {
    return undefined;
  }
  if (repository.isArchived && level === 'write') {
    return message(403, 'Repository was archived so is read-only.');
  }
  return !repository.hasIssues && / \/repos\/\{owner\}\/\{repo\}\/issues/.test(name)
    ? message(410, 'Issues has been disabled in this repository.')
    : undefined;
}

function isGranted({ needs, isOpenToUsers }: Route, token: Token, repository: Repository | undefined): boolean {
  const [permission, level] = needs;
  if (token.isOfJob && NEVER_OF_A_JOB.has(permission)) {
    return false;
  }
  const given = levelOf(token, permission, repository);
  const isUserWhoReads = given === 'read' && token.actor.type === 'User';
  return given === 'write' || given === level || (isOpenToUsers === true && isUserWhoReads);
}

function levelOf(token: Token, permission: Permission, repository: Repository | undefined): Level | undefined {
  const given =
    repository === undefined || hasRepository(token, repository) ? token.permissions[permission] : undefined;
  const isEverybodys = repository?.isPrivate === false ? PUBLIC.has(permission) : permission === 'metadata';
  return given ?? (isEverybodys ? 'read' : undefined);
}

function hasRepository({ repositories }: Token, { fullName }: Repository): boolean {
  return repositories?.some((each) => each.toLowerCase() === fullName.toLowerCase()) ?? true;
}

/** The new address has the id of the repository, which no renaming changes. */
function movedAnswer({ id }: Repository, pathname: string, { api }: Addresses): Answer {
  const tail = pathname.replace(/^\/repos\/[^/]+\/[^/]+/, '');
  const url = `${api}/repositories/${id}${tail}`;
  const documentation = 'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects';
  return {
    status: 301,
    headers: { location: url },
    body: { message: 'Moved Permanently', url, documentation_url: documentation },
  };
}
