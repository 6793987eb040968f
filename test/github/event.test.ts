import { describe, expect, it } from 'vitest';
import {
  canHaveNoSecrets,
  explainMissingSecret,
  refuseUntrustedEvent,
  skipped,
  type WorkflowEvent,
} from '../../src/github/event.ts';

const REPOSITORY = 'acme/flyte-project';
const same = { head: { repo: { full_name: 'Acme/Flyte-Project' } } };
const fork = { head: { repo: { full_name: 'stranger/flyte-project' } } };
const deleted = { head: { repo: null } };
const runOf = (fullName: string) => ({ head_repository: { full_name: fullName } });

function event(name: string, payload: WorkflowEvent['payload'] = {}, actor = 'someone'): WorkflowEvent {
  return { name, payload, repository: REPOSITORY, actor };
}

/** name of the case, event, refused without leave, why a secret is missing */
const table: [string, WorkflowEvent, boolean, string][] = [
  ['push', event('push'), false, 'event/secret-not-set'],
  ['workflow_dispatch', event('workflow_dispatch'), false, 'event/secret-not-set'],
  ['schedule', event('schedule'), false, 'event/secret-not-set'],
  ['release', event('release'), false, 'event/secret-not-set'],
  ['repository_dispatch', event('repository_dispatch'), false, 'event/secret-not-set'],
  ['workflow_call', event('workflow_call'), false, 'event/secret-not-set'],
  ['issue_comment', event('issue_comment', { issue: {} }), false, 'event/secret-not-set'],
  ['merge_group', event('merge_group'), false, 'event/secret-not-set'],
  ['no name', event(''), false, 'event/secret-not-set'],
  ['pull_request, own branch', event('pull_request', { pull_request: same }), false, 'event/secret-not-set'],
  ['pull_request, fork', event('pull_request', { pull_request: fork }), false, 'event/no-secrets-on-fork'],
  ['pull_request, deleted fork', event('pull_request', { pull_request: deleted }), false, 'event/no-secrets-on-fork'],
  [
    'pull_request_review, fork',
    event('pull_request_review', { pull_request: fork }),
    false,
    'event/no-secrets-on-fork',
  ],
  ['pull_request_review, own', event('pull_request_review', { pull_request: same }), false, 'event/secret-not-set'],
  [
    'pull_request_review_comment, fork',
    event('pull_request_review_comment', { pull_request: fork }),
    false,
    'event/no-secrets-on-fork',
  ],
  ['pull_request_target, fork', event('pull_request_target', { pull_request: fork }), true, 'event/secret-not-set'],
  ['pull_request_target, own', event('pull_request_target', { pull_request: same }), true, 'event/secret-not-set'],
  ['workflow_run, own', event('workflow_run', { workflow_run: runOf(REPOSITORY) }), false, 'event/secret-not-set'],
  ['workflow_run, fork', event('workflow_run', { workflow_run: runOf('stranger/x') }), true, 'event/secret-not-set'],
  [
    'workflow_run, deleted fork',
    event('workflow_run', { workflow_run: { head_repository: null } }),
    true,
    'event/secret-not-set',
  ],
  ['workflow_run, no payload', event('workflow_run'), true, 'event/secret-not-set'],
  ['workflow_run, nonsense', event('workflow_run', { workflow_run: 'x' }), true, 'event/secret-not-set'],
  [
    'workflow_run, look-alike',
    event('workflow_run', { workflow_run: runOf(`${REPOSITORY}x`) }),
    true,
    'event/secret-not-set',
  ],
  ['push by Dependabot', event('push', {}, 'dependabot[bot]'), false, 'event/no-secrets-for-dependabot'],
  [
    'pull_request by Dependabot',
    event('pull_request', { pull_request: same }, 'dependabot[bot]'),
    false,
    'event/no-secrets-for-dependabot',
  ],
  [
    'a fork of Dependabot',
    event('pull_request', { pull_request: fork }, 'dependabot[bot]'),
    false,
    'event/no-secrets-on-fork',
  ],
];

describe('events', () => {
  it.each(table)('%s: refused without leave: %#', (_name, given, isRefused) => {
    const finding = refuseUntrustedEvent(given, false);
    expect(finding?.code).toBe(isRefused ? 'event/untrusted' : undefined);
    expect(finding?.severity).toBe(isRefused ? 'error' : undefined);
    expect(refuseUntrustedEvent(given, true)).toBeUndefined();
  });

  it.each(table)('%s: why a secret is missing', (_name, given, _refused, code) => {
    const finding = explainMissingSecret(given);
    expect(finding.code).toBe(code);
    // Only what is a fact of the event may be skipped; a misspelled name may not.
    expect(canHaveNoSecrets(finding)).toBe(code !== 'event/secret-not-set');
  });

  it('without a known repository a workflow_run is refused', () => {
    const given = { ...event('workflow_run', { workflow_run: runOf('') }), repository: '' };
    expect(refuseUntrustedEvent(given, false)?.code).toBe('event/untrusted');
  });

  it('a skipped run has a note', () => {
    expect(skipped()).toMatchObject({ code: 'event/skipped', severity: 'note' });
  });
});
