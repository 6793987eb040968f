import { findingsOf } from '../findings/finding.ts';

export const GITLAB_FINDINGS = {
  'gitlab/no-token': {
    title: 'There is no token for GitLab',
    cause: 'The variable GITLAB_TOKEN is empty. The token of a CI job can not write issues.',
    fix: 'Make a project access token (or, where your plan has none, a personal one) with the scope api and the role Reporter, and store it as the masked variable GITLAB_TOKEN.',
    severity: 'error',
  },
  'gitlab/no-project': {
    title: 'The project for the issue is not known',
    cause: 'The command runs outside of GitLab CI, where CI_PROJECT_PATH names it.',
    fix: 'Give --project, as group/project.',
    severity: 'error',
  },
  'gitlab/token-refused': {
    title: 'GitLab does not accept the token',
    cause: 'It has expired, was revoked, or belongs to another GitLab.',
    fix: 'Rotate the project access token, and store it as GITLAB_TOKEN.',
    severity: 'error',
  },
  'gitlab/no-permission': {
    title: 'The token may not do this in GitLab',
    cause: 'It lacks the scope api, or its role in the project is lower than Reporter.',
    fix: 'Make a project access token with the scope api and the role Reporter.',
    severity: 'error',
  },
  'gitlab/not-found': {
    title: 'GitLab does not find the project',
    cause: 'The path is mistyped, or the token has no access to the project: GitLab says the same of both.',
    fix: 'Give --project as group/project, and the token access to it.',
    severity: 'error',
  },
  'gitlab/rate-limited': {
    title: 'GitLab asks to slow down',
    cause: 'Too many requests in a short time, by this job or by others.',
    fix: 'Nothing is lost: the next run catches up.',
    severity: 'warning',
    waitingHelps: true,
  },
  'gitlab/answer-lost': {
    title: 'Whether GitLab did it is not known',
    cause: 'The connection broke, or GitLab failed, after something was sent that must not be sent twice.',
    fix: 'Nothing: the next run looks what became of it, and goes on from there.',
    severity: 'warning',
    waitingHelps: true,
  },
  'gitlab/unavailable': {
    title: 'GitLab fails',
    cause: 'A fault of GitLab, or of a proxy before it.',
    fix: 'Nothing is lost: the next run catches up.',
    severity: 'warning',
    waitingHelps: true,
  },
  'gitlab/refused': {
    title: 'GitLab refuses the request',
    cause: 'A name that can not be, or a project that takes no changes.',
    fix: 'See the status in the log.',
    severity: 'error',
  },
  'gitlab/unreadable-answer': {
    title: 'The answer is not one of GitLab',
    cause: 'A proxy or a sign-in page answers in the place of GitLab, or the address of the API is wrong.',
    fix: 'The address of the API, in CI_API_V4_URL, ends with /api/v4. Check the proxy of the runner.',
    severity: 'error',
  },
  'gitlab/too-many-issues': {
    title: 'The project has more issues than are looked through',
    cause: 'Very many issues changed in the time in which the issue of the key can be.',
    fix: 'Name another project with --project.',
    severity: 'error',
  },
  'gitlab/moved': {
    title: 'The project has another path now',
    cause: 'It was renamed or transferred, or a sign-in page stands before GitLab and sends elsewhere.',
    fix: 'Give its new path, or better its number, with --project.',
    severity: 'error',
    errorTexts: ['Non GET methods are not allowed for moved projects'],
  },
  'gitlab/issues-disabled': {
    title: 'The project has no issues',
    cause: 'They are switched off in its settings.',
    fix: 'Settings > General > Visibility, project features, permissions: switch Issues on, or name another project with --project. Until then the log of the job is the reminder.',
    severity: 'error',
  },
  'gitlab/project-archived': {
    title: 'The project is archived',
    cause: 'An archived project takes no new issue or comment.',
    fix: 'Name another project with --project, or remove the reminder with the deploys.',
    severity: 'error',
  },
  'gitlab/can-mask': {
    title: 'GitLab can mask the secret',
    cause: 'It has only characters of base64, and enough of them.',
    fix: 'Check that Mask variable is on, under Settings, CI/CD, Variables. What programs make of the secret is not masked.',
    severity: 'note',
  },
  'gitlab/can-mask-without-expansion': {
    title: 'GitLab can mask the secret only without expansion',
    cause:
      'Where references to other variables are expanded, GitLab masks only characters of base64, and the signs @ : . and ~, and no others.',
    fix: 'Under Settings, CI/CD, Variables switch Expand variable reference off, then Mask variable on.',
    severity: 'note',
  },
  'gitlab/can-not-mask': {
    title: 'GitLab can not mask the secret',
    cause: 'It masks single lines without spaces, of eight characters or more.',
    fix: 'Store the whole key as FLYTE_API_KEY, as union-auth key encode builds it: every key can be masked.',
    severity: 'warning',
  },
} as const;

export type GitLabFindingCode = keyof typeof GITLAB_FINDINGS;

export const gitlabFinding = findingsOf(GITLAB_FINDINGS);
