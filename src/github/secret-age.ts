import { FindingError } from '../findings/finding.ts';
import { stringMember } from '../transport/json.ts';
import { type GitHubApi, GitHubRefusal, objectOf } from './api.ts';
import { githubFinding } from './api-findings.ts';

/** Where a secret of GitHub stands. */
export interface GitHubSecret {
  readonly name: string;
  readonly scope: 'repository' | 'environment' | 'organization';
  readonly environment?: string;
}

/** The list of secrets of a place: its route and what stands in it. Octokit sends what has no place in a route too. */
function secretsOf(repository: string, { scope, environment = '' }: GitHubSecret): [string, Record<string, string>] {
  const [owner = '', repo = ''] = repository.split('/');
  switch (scope) {
    case 'repository':
      return ['/repos/{owner}/{repo}/actions/secrets', { owner, repo }];
    case 'environment':
      return [
        '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
        { owner, repo, environment_name: environment },
      ];
    case 'organization':
      return ['/orgs/{org}/actions/secrets', { org: owner }];
  }
}

/**
 * When a secret was last written, in milliseconds since 1970. Writing the same value again counts too, so this is the
 * least age of what it holds.
 * @param unknown made where the token may read secrets, and there is none of this name.
 * @throws FindingError
 */
export async function secretWrittenAt(
  api: GitHubApi,
  repository: string,
  place: GitHubSecret,
  unknown: () => FindingError,
): Promise<number> {
  const [route, where] = secretsOf(repository, place);
  try {
    const secret = objectOf(await api.request(`GET ${route}/{secret_name}`, { ...where, secret_name: place.name }));
    const written = Date.parse(stringMember(secret, 'updated_at') ?? '');
    if (Number.isNaN(written)) {
      throw new GitHubRefusal('github/unreadable-answer', 'A secret has no date.', 200);
    }
    return written;
  } catch (error) {
    if (error instanceof GitHubRefusal && error.status === 404) {
      // Absent and forbidden look the same; whoever may list secrets may read their dates.
      await api.request(`GET ${route}`, { ...where, per_page: 1 }).catch((refusal: unknown) => {
        throw refusal instanceof GitHubRefusal && refusal.status === 404
          ? new FindingError(githubFinding('github/no-permission', refusal.finding.detail))
          : refusal;
      });
      throw unknown();
    }
    throw error;
  }
}
