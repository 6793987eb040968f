import type { FindingCode } from '../../src/catalogue.ts';
import { scenario } from './scenario.ts';

const HERE = { full_name: 'octo-org/deployments' };
const FORK = { full_name: 'mallory/deployments' };

const pullRequest = (repo: object | null) => ({ pull_request: { head: { repo } } });
const workflowRun = (head_repository: object | null) => ({ workflow_run: { event: 'pull_request', head_repository } });

/** Each event, the fault where it may not run at all, and the reason it gives for an empty secret. */
const EVENTS: readonly [
  title: string,
  name: string,
  payload: object,
  untrusted: boolean,
  missing: FindingCode,
  actor?: string,
][] = [
  ['push', 'push', {}, false, 'event/secret-not-set'],
  ['pull_request from here', 'pull_request', pullRequest(HERE), false, 'event/secret-not-set'],
  ['pull_request from a fork', 'pull_request', pullRequest(FORK), false, 'event/no-secrets-on-fork'],
  ['pull_request from a deleted fork', 'pull_request', pullRequest(null), false, 'event/no-secrets-on-fork'],
  ['pull_request_review on a fork', 'pull_request_review', pullRequest(FORK), false, 'event/no-secrets-on-fork'],
  [
    'pull_request by Dependabot',
    'pull_request',
    pullRequest(HERE),
    false,
    'event/no-secrets-for-dependabot',
    'dependabot[bot]',
  ],
  ['pull_request_target from here', 'pull_request_target', pullRequest(HERE), true, 'event/secret-not-set'],
  ['pull_request_target from a fork', 'pull_request_target', pullRequest(FORK), true, 'event/secret-not-set'],
  ['workflow_run after a run from here', 'workflow_run', workflowRun(HERE), false, 'event/secret-not-set'],
  ['workflow_run after a run from a fork', 'workflow_run', workflowRun(FORK), true, 'event/secret-not-set'],
  ['workflow_run of unknown origin', 'workflow_run', workflowRun(null), true, 'event/secret-not-set'],
  ['workflow_dispatch', 'workflow_dispatch', { inputs: {} }, false, 'event/secret-not-set'],
  ['schedule', 'schedule', { schedule: '0 4 * * *' }, false, 'event/secret-not-set'],
  ['release', 'release', { action: 'published' }, false, 'event/secret-not-set'],
  ['issue_comment on a pull request', 'issue_comment', { issue: { pull_request: {} } }, false, 'event/secret-not-set'],
  ['merge_group', 'merge_group', { merge_group: {} }, false, 'event/secret-not-set'],
  ['repository_dispatch', 'repository_dispatch', { client_payload: {} }, false, 'event/secret-not-set'],
  ['deployment', 'deployment', { deployment: {} }, false, 'event/secret-not-set'],
];

const offline = { verify: 'offline', 'connect-to': undefined, 'ca-certificates': undefined };
const noSecret = { ...offline, 'client-secret': '' };

for (const [title, name, payload, untrusted, missing, actor] of EVENTS) {
  const event = { name, payload, ...(actor !== undefined && { actor }) };
  const skips = missing !== 'event/secret-not-set';

  scenario(`${title}: with the secret`, {
    inputs: offline,
    event,
    expect: untrusted ? { exit: 1, code: 'event/untrusted' } : { exit: 0 },
  });

  scenario(`${title}: without the secret`, {
    inputs: noSecret,
    event,
    expect: { exit: 1, code: untrusted ? 'event/untrusted' : missing },
  });

  scenario(`${title}: without the secret, on-missing-secret skip`, {
    inputs: { ...noSecret, 'on-missing-secret': 'skip' },
    event,
    expect: skips ? { exit: 0, verdict: 'skipped' } : { exit: 1, code: untrusted ? 'event/untrusted' : missing },
  });

  if (untrusted) {
    scenario(`${title}: allow-untrusted-events, with the secret`, {
      inputs: { ...offline, 'allow-untrusted-events': 'true' },
      event,
      expect: { exit: 0 },
    });

    scenario(`${title}: allow-untrusted-events, without the secret`, {
      inputs: { ...noSecret, 'allow-untrusted-events': 'true' },
      event,
      expect: { exit: 1, code: missing },
    });
  }
}

scenario('no input at all', {
  inputs: { 'api-key': '', ...offline },
  expect: { exit: 1, code: 'event/secret-not-set' },
});

scenario('an api-key of white space', {
  inputs: { 'api-key': ' \n\t ', ...offline },
  expect: { exit: 1, code: 'event/secret-not-set' },
});

scenario('an event payload that can not be read', {
  inputs: offline,
  environment: { GITHUB_EVENT_PATH: '/nonexistent/event.json' },
  expect: { exit: 0 },
});

scenario('a workflow_run whose payload can not be read', {
  inputs: offline,
  event: { name: 'workflow_run', payload: workflowRun(HERE) },
  environment: { GITHUB_EVENT_PATH: '/nonexistent/event.json' },
  expect: { exit: 1, code: 'event/untrusted' },
});

scenario('an event name that holds a workflow command', {
  inputs: noSecret,
  event: { name: 'x\n::error::foreign' },
  expect: { exit: 1, code: 'event/secret-not-set' },
});
