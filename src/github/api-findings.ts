import { findingsOf } from '../findings/finding.ts';

export const GITHUB_FINDINGS = {
  'github/no-token': {
    title: 'There is no token for GitHub',
    cause: 'github-token was given and is empty: the secret that it names does not exist here.',
    fix: 'Leave github-token out to use the token of the job, or give that of an App.',
    severity: 'error',
  },
  'github/token-refused': {
    title: 'GitHub does not know the token',
    cause: 'It has expired, was revoked, or belongs to another GitHub.',
    fix: 'Make a new one. The token of an App lives one hour: create it in the same job.',
    severity: 'error',
    errorTexts: ['Bad credentials'],
  },
  'github/no-permission': {
    title: 'The token may not do this',
    cause: 'The job, the App or the fine-grained token lacks a permission.',
    fix: 'Give the job `permissions: issues: write`. To read the date of a secret an App needs the permission Secrets (repository), Environments (environment) or organization secrets: read; the token of the job never can.',
    severity: 'error',
    errorTexts: ['Resource not accessible by integration', 'Resource not accessible by personal access token'],
  },
  'github/not-found': {
    title: 'GitHub does not find the repository',
    cause: 'Its name is mistyped, or the token has no access to it: GitHub says the same of both.',
    fix: 'Write it as owner/name, and give the token access to it.',
    severity: 'error',
  },
  'github/moved': {
    title: 'The repository has another name now',
    cause: 'It was renamed or transferred.',
    fix: 'Write its new name.',
    severity: 'error',
  },
  'github/issues-disabled': {
    title: 'The repository has no issues',
    cause: 'They are switched off in its settings.',
    fix: 'Settings > General > Features: switch Issues on, or name another repository in issue-repository. Until then the job summary is the reminder.',
    severity: 'error',
    errorTexts: ['Issues has been disabled in this repository.', 'Issues are disabled for this repo'],
  },
  'github/repository-archived': {
    title: 'The repository is archived',
    cause: 'An archived repository takes no new issue or comment.',
    fix: 'Name another repository in issue-repository, or remove the reminder with the deploys.',
    severity: 'error',
    errorTexts: ['Repository was archived so is read-only.'],
  },
  'github/rate-limited': {
    title: 'The requests of this hour are used up',
    cause: 'Other jobs use the same token: a repository has 1,000 requests an hour for all of its jobs.',
    fix: 'Nothing is lost: the next run catches up. If it goes on, let the reminder run at another hour.',
    severity: 'warning',
    waitingHelps: true,
    errorTexts: ['API rate limit exceeded for installation ID'],
  },
  'github/secondary-limit': {
    title: 'GitHub asks to slow down',
    cause: 'Many issues or comments were written at once, by this job or by others.',
    fix: 'Nothing is lost: the next run catches up.',
    severity: 'warning',
    waitingHelps: true,
    errorTexts: ['You have exceeded a secondary rate limit.'],
  },
  'github/answer-lost': {
    title: 'Whether GitHub did it is not known',
    cause: 'The connection broke, or GitHub failed, after something was sent that must not be sent twice.',
    fix: 'Nothing: the next run looks what became of it, and goes on from there.',
    severity: 'warning',
    waitingHelps: true,
  },
  'github/unavailable': {
    title: 'GitHub fails',
    cause: 'A fault of GitHub, or of a proxy before it.',
    fix: 'Nothing is lost: the next run catches up. githubstatus.com tells more.',
    severity: 'warning',
    waitingHelps: true,
  },
  'github/refused': {
    title: 'GitHub refuses the request',
    cause: 'A name that can not be, or a rule of the organization.',
    fix: 'See the status in the log.',
    severity: 'error',
  },
  'github/unreadable-answer': {
    title: 'The answer is not one of GitHub',
    cause: 'A proxy or a sign-in page answers in the place of GitHub, or the address of the API is wrong.',
    fix: 'On GitHub Enterprise Server the address ends with /api/v3. Check the proxy of the runner.',
    severity: 'error',
  },
  'github/too-many-issues': {
    title: 'The repository has more issues than are looked through',
    cause: 'Very many issues changed in the time in which the issue of the key can be.',
    fix: 'Name another repository in issue-repository.',
    severity: 'error',
  },
} as const;

export type GitHubFindingCode = keyof typeof GITHUB_FINDINGS;

export const githubFinding = findingsOf(GITHUB_FINDINGS);
