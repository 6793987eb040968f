import type { Answer } from '../answers.ts';
import * as documents from './documents.ts';
import { ok } from './route.ts';
import type { Repository, World } from './world.ts';

/** A repository under a name of the question's own, as in `repo_000: repository(owner: "octo-org", name: "a")`. */
const NAMED_REPOSITORY = /(\w+)\s*:\s*repository\(owner\s*:\s*"([^"]+)",\s*name\s*:\s*"([^"]+)"\)/g;

/**
 * What the GitHub CLI asks GraphQL for before it uses the REST API: a repository's own data and its labels, and the ids of
 * repositories. Members that were not asked for are in the answer too.
 */
export function graphqlAnswer(
  content: Readonly<Record<string, unknown>>,
  world: World,
  addresses: documents.Addresses,
): Answer {
  const { query, variables } = content as { query?: string; variables?: Record<string, unknown> };
  const { owner, name, repo = name } = variables ?? {};
  const named = [...(query ?? '').matchAll(NAMED_REPOSITORY)].map(([, alias, itsOwner, itsName]) => ({
    alias: alias ?? '',
    fullName: `${itsOwner}/${itsName}`,
  }));
  const wanted = named.length > 0 ? named : [{ alias: 'repository', fullName: `${String(owner)}/${String(repo)}` }];
  const data: Record<string, object | null> = {};
  const errors: object[] = [];
  for (const { alias, fullName } of wanted) {
    const found = world.repositories.get(fullName.toLowerCase());
    data[alias] = found === undefined ? null : repositoryIn(found, addresses);
    if (found === undefined) {
      const text = `Could not resolve to a Repository with the name '${fullName}'.`;
      errors.push({ type: 'NOT_FOUND', path: [alias], message: text });
    }
  }
  return ok(errors.length === 0 ? { data } : { data, errors });
}

function repositoryIn(of: Repository, addresses: documents.Addresses) {
  const [owner = '', name = ''] = of.fullName.split('/');
  const labels = [...of.labels].map(([label, { color, description }]) => {
    const { node_id: id, url, default: isDefault } = documents.label(label, of, addresses);
    const at = '2026-01-01T00:00:00Z';
    return { id, name: label, color, description: description ?? '', url, isDefault, createdAt: at, updatedAt: at };
  });
  return {
    id: documents.nodeIdOf(of),
    databaseId: of.id,
    name,
    owner: { id: `O_${owner}`, login: owner },
    description: '',
    hasIssuesEnabled: of.hasIssues,
    hasWikiEnabled: false,
    viewerPermission: 'ADMIN',
    isPrivate: of.isPrivate,
    defaultBranchRef: { name: 'main' },
    parent: null,
    mergeCommitAllowed: true,
    rebaseMergeAllowed: true,
    squashMergeAllowed: true,
    labels: { totalCount: labels.length, nodes: labels, pageInfo: { hasNextPage: false, endCursor: '' } },
  };
}
