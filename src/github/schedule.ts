import { isJsonObject, member, stringMember } from '../transport/json.ts';
import { type GitHubApi, objectOf } from './api.ts';

/** A workflow that runs by a schedule. */
export interface Schedule {
  /** GitHub has switched it off, as it does in a public repository after 60 quiet days, or somebody has. */
  readonly isDisabled: boolean;
  /** When it last ran by its schedule, or where it never did, was made: in milliseconds since 1970. */
  readonly quietSince?: number;
}

const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}';

/** Needs `actions: read`. @param file the name of the workflow file, without its folder. @throws FindingError */
export async function readSchedule(api: GitHubApi, repository: string, file: string): Promise<Schedule> {
  const [owner, repo] = repository.split('/');
  const where = { owner, repo, workflow_id: file };
  const workflow = objectOf(await api.request(`GET ${WORKFLOW}`, where));
  const answer = objectOf(await api.request(`GET ${WORKFLOW}/runs`, { ...where, event: 'schedule', per_page: 1 }));
  const runs = member(answer, 'workflow_runs');
  const [run = null] = Array.isArray(runs) ? runs : [];
  const quietSince = Date.parse(stringMember(isJsonObject(run) ? run : workflow, 'created_at') ?? '');
  return {
    isDisabled: (stringMember(workflow, 'state') ?? 'active') !== 'active',
    ...(!Number.isNaN(quietSince) && { quietSince }),
  };
}

/** Begins the 60 quiet days anew. Needs `actions: write`. @throws FindingError */
export async function enableWorkflow(api: GitHubApi, repository: string, file: string): Promise<void> {
  const [owner, repo] = repository.split('/');
  await api.request(`PUT ${WORKFLOW}/enable`, { owner, repo, workflow_id: file });
}
