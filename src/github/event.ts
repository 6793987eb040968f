import { type Finding, findingsOf } from '../findings/finding.ts';
import { isJsonObject, type JsonObject, member, stringMember } from '../transport/json.ts';

export const EVENT_FINDINGS = {
  'event/untrusted': {
    title: 'This event runs with secrets on behalf of somebody who may not have them',
    cause:
      'pull_request_target, and workflow_run after a run from a fork, give a job the secrets of this repository while the change may come from anybody.',
    fix: 'Deploy on push or workflow_dispatch instead. If this job never runs code of the change, set allow-untrusted-events to true.',
    severity: 'error',
  },
  'event/no-secrets-on-fork': {
    title: 'A pull request from a fork gets no secrets',
    cause: 'GitHub gives the secrets of this repository to no workflow that a fork starts.',
    fix: 'Guard the step with `if: github.event.pull_request.head.repo.full_name == github.repository`, or set on-missing-secret to skip.',
    severity: 'error',
  },
  'event/no-secrets-for-dependabot': {
    title: 'Dependabot gets no Actions secrets',
    cause: 'A run that Dependabot starts reads the Dependabot secrets of the repository, not the Actions secrets.',
    fix: 'Add the secret under Settings, Secrets and variables, Dependabot, or set on-missing-secret to skip.',
    severity: 'error',
  },
  'event/secret-not-set': {
    title: 'The secret is empty',
    cause:
      'There is no secret of that name here: the name is misspelled, the secret belongs to an environment that this job does not name, or a reusable workflow was called without `secrets: inherit`.',
    fix: 'Check the name under Settings, Secrets and variables, Actions; name the environment in the job; pass secrets to the reusable workflow.',
    severity: 'error',
    errorTexts: [
      'Please open the following link in your browser',
      'Client has not been initialized. Call flyte.init() with a valid endpoint/api-key',
    ],
  },
  'event/skipped': {
    title: 'Skipped: this event has no secrets',
    cause: 'on-missing-secret is set to skip.',
    fix: 'Nothing to do. Guard the deploy step with the output verdict.',
    severity: 'note',
  },
} as const;

export type EventFindingCode = keyof typeof EVENT_FINDINGS;

const eventFinding = findingsOf(EVENT_FINDINGS);

/** What the runner says about why this job runs. */
export interface WorkflowEvent {
  readonly name: string;
  readonly payload: JsonObject;
  /** owner/name of the repository whose workflow runs. */
  readonly repository: string;
  readonly actor: string;
}

/** Whose change started the run. */
type Origin = 'same-repository' | 'fork' | 'unknown';

/** Events that carry a pull request and get no secrets where it comes from a fork. */
const PULL_REQUEST_EVENTS = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);

/**
 * Refuses events that hand secrets to a change that anybody could have written. A workflow_run whose origin can't be
 * told is refused too.
 */
export function refuseUntrustedEvent(
  event: WorkflowEvent,
  allowUntrustedEvents: boolean,
): Finding<EventFindingCode> | undefined {
  if (allowUntrustedEvents) {
    return undefined;
  }
  if (event.name === 'pull_request_target') {
    return eventFinding('event/untrusted', 'The job runs on pull_request_target.');
  }
  return event.name === 'workflow_run' && originOf(event) !== 'same-repository'
    ? eventFinding(
        'event/untrusted',
        'The job runs on workflow_run, after a run that a fork started, or whose origin can not be told.',
      )
    : undefined;
}

/** Why a secret that should be there is empty, told from the event. */
export function explainMissingSecret(event: WorkflowEvent): Finding<EventFindingCode> {
  if (PULL_REQUEST_EVENTS.has(event.name) && originOf(event) === 'fork') {
    return eventFinding('event/no-secrets-on-fork', `The job runs on ${event.name} from a fork.`);
  }
  if (event.actor === 'dependabot[bot]') {
    return eventFinding('event/no-secrets-for-dependabot', `The job runs on ${event.name}, started by Dependabot.`);
  }
  return eventFinding(
    'event/secret-not-set',
    `The job runs on ${event.name === '' ? 'an unknown event' : event.name}.`,
  );
}

/** Whether a missing secret is a fact of the event, which `on-missing-secret: skip` passes over, and no mistake. */
export function canHaveNoSecrets(finding: Finding<EventFindingCode>): boolean {
  return finding.code === 'event/no-secrets-on-fork' || finding.code === 'event/no-secrets-for-dependabot';
}

export function skipped(): Finding<EventFindingCode> {
  return eventFinding('event/skipped', 'No secret was given, and none can be on this event.');
}

function originOf({ name, payload, repository }: WorkflowEvent): Origin {
  const holder = name === 'workflow_run' ? objectAt(payload, 'workflow_run') : objectAt(payload, 'pull_request');
  const head =
    holder && (name === 'workflow_run' ? objectAt(holder, 'head_repository') : objectAt(holder, 'head', 'repo'));
  const fullName = head && stringMember(head, 'full_name');
  if (fullName === undefined || repository === '') {
    // The head repository of a pull request is null when the fork was deleted.
    return holder !== undefined && PULL_REQUEST_EVENTS.has(name) ? 'fork' : 'unknown';
  }
  return fullName.toLowerCase() === repository.toLowerCase() ? 'same-repository' : 'fork';
}

function objectAt(object: JsonObject, ...path: string[]): JsonObject | undefined {
  let current: JsonObject = object;
  for (const name of path) {
    const next = member(current, name);
    if (!isJsonObject(next)) {
      return undefined;
    }
    current = next;
  }
  return current;
}
