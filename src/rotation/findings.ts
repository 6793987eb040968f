import { findingsOf } from '../findings/finding.ts';

export const ROTATION_FINDINGS = {
  'rotation/fine': {
    title: 'The key is fresh',
    cause: 'It was rotated less than its highest age ago.',
    fix: 'Nothing is to be done.',
    severity: 'pass',
  },
  'rotation/due-soon': {
    title: 'The key is due for rotation soon',
    cause: 'It has used up most of its highest age, or its secret ends soon at the provider.',
    fix: 'Plan the rotation. The tracking issue and docs/rotation.md have its five steps.',
    severity: 'note',
  },
  'rotation/due': {
    title: 'The key is due for rotation',
    cause: 'The day of its rotation is near.',
    fix: 'Rotate it by the five steps of the tracking issue, or of docs/rotation.md.',
    severity: 'warning',
  },
  'rotation/urgent': {
    title: 'The key must be rotated within days',
    cause: 'The day of its rotation is only days away.',
    fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
    severity: 'warning',
  },
  'rotation/overdue': {
    title: 'The rotation of the key is overdue',
    cause: 'The key is older than max-age-days allows, or its secret has come to its end.',
    fix: 'Rotate it now, by the five steps of the tracking issue, or of docs/rotation.md.',
    severity: 'warning',
  },
  'rotation/expired': {
    title: 'The secret in the key has expired',
    cause: 'The provider set an end to the secret, and it is past.',
    fix: 'Make a new client secret and build the key again, by the five steps of docs/rotation.md.',
    severity: 'error',
  },
  'rotation/age-unknown': {
    title: 'Nothing tells how old the key is',
    cause: 'Neither a record of the provider, nor the variable with the stamp, nor the date of the secret was given.',
    fix: 'Write the stamp: union-auth rotation stamp prints its value and the command. Or give rotated-at.',
    severity: 'error',
  },
  'rotation/age-is-lower-bound': {
    title: 'The key may be older than this',
    cause: 'Only the day on which the secret was last written is known: writing the same value again changes it too.',
    fix: 'Write the stamp at the next rotation (union-auth rotation stamp), or let the provider be asked.',
    severity: 'note',
  },
  'rotation/sources-disagree': {
    title: 'The sources of the age of the key disagree',
    cause: 'The key was rotated without writing all of them, or one of them belongs to another key.',
    fix: 'The best source is believed. Write the stamp anew with union-auth rotation stamp, and correct rotated-at.',
    severity: 'warning',
  },
  'rotation/secret-not-updated': {
    title: 'A newer client secret exists, but the key was not written since',
    cause: 'A rotation was begun and not ended: the secret of the repository still holds the old key.',
    fix: 'Build the key with the new client secret and write it, then write the stamp again.',
    severity: 'warning',
  },
  'rotation/stamp-unreadable': {
    title: 'The stamp of the key can not be read',
    cause: 'The variable FLYTE_API_KEY_META was edited by hand, or holds something else.',
    fix: 'Write it anew with the value that union-auth rotation stamp prints.',
    severity: 'warning',
  },
  'rotation/stamp-of-another-key': {
    title: 'The stamp belongs to another key',
    cause: 'Its fingerprint is not that of the key: the key was rotated without writing the stamp.',
    fix: 'Write it anew with the value that union-auth rotation stamp prints.',
    severity: 'warning',
  },
  'rotation/key-works': {
    title: 'The key works',
    cause: 'A trial sign-in passed, and its token was judged by the rules of the control plane.',
    fix: 'Nothing is to be done.',
    severity: 'pass',
  },
  'rotation/key-not-tested': {
    title: 'Whether the key still works could not be tested',
    cause: 'The network or the provider failed in a way that says nothing about the key.',
    fix: 'Wait for the next run. If it goes on, look at the finding that is named.',
    severity: 'warning',
  },
  'rotation/not-a-date': {
    title: 'A date is no date',
    cause: 'A typing error, or a day that the calendar does not have.',
    fix: 'Write it as 2026-11-22 or as 2026-11-22T17:00:00Z.',
    severity: 'error',
  },
  'rotation/date-without-zone': {
    title: 'A time has no zone',
    cause: 'Without one nobody knows which hour is meant.',
    fix: 'Add Z for UTC, or an offset as in 2026-11-22T17:00:00+01:00. A date alone needs none.',
    severity: 'error',
  },
  'rotation/date-in-the-future': {
    title: 'A rotation lies in the future',
    cause: 'A typing error in the year, day and month in the wrong order, or a clock that is wrong.',
    fix: 'Write the day on which the client secret was made.',
    severity: 'error',
  },
  'rotation/thresholds-out-of-order': {
    title: 'The days of the stages are out of order',
    cause: 'A stage that is more urgent would begin earlier than a milder one.',
    fix: 'Let max-age-days be more than due-soon-days, that more than due-days, and that more than urgent-days.',
    severity: 'error',
  },
  'rotation/keys-unreadable': {
    title: 'The list of keys can not be read',
    cause: 'It is no YAML list of keys, or a key in it has a field that is unknown or of another type.',
    fix: 'Write one item a key, as docs/rotation.md shows.',
    severity: 'error',
  },
  'rotation/unknown-key': {
    title: 'There is no secret of this name',
    cause:
      'The name is mistyped, or the secret stands elsewhere: in the repository, an environment or the organization.',
    fix: 'Look at Settings > Secrets and variables > Actions, and give secret-name, environment or secret-scope as it stands there.',
    severity: 'error',
  },
  'rotation/labels-dropped': {
    title: 'The tracking issue did not get all of its labels',
    cause: 'GitHub drops labels without a word where the token has no push access to the repository.',
    fix: 'Give github-token issues: write of this repository, or of that which issue-repository names. The issue is found without labels all the same.',
    severity: 'warning',
  },
  'rotation/assignees-dropped': {
    title: 'Somebody could not be assigned to the tracking issue',
    cause: 'Only people with access to the repository can be assigned; a name is mistyped, or they left.',
    fix: 'Correct assignees and escalate-to: names of people, without @. Teams can not be assigned.',
    severity: 'warning',
  },
  'rotation/schedule-not-kept': {
    title: 'The schedule of the reminder could not be renewed',
    cause: 'keep-enabled needs `actions: write`, and the token does not have it.',
    fix: 'Add `actions: write` to the permissions of the job, or leave keep-enabled out. In a public repository GitHub switches schedules off after 60 days without a commit.',
    severity: 'warning',
  },
  'rotation/reminder-asleep': {
    title: 'The rotation reminder does not run any more',
    cause: 'GitHub switches schedules of a public repository off after 60 days without a commit, or somebody did.',
    fix: 'Actions > the workflow of the reminder > Enable workflow, or `gh workflow enable`; keep-enabled: true of the reminder prevents it.',
    severity: 'warning',
  },
  'rotation/reminder-not-checked': {
    title: 'Whether the rotation reminder runs could not be read',
    cause: 'The token lacks `actions: read`, or there is no workflow of this name.',
    fix: 'Add `actions: read` to the permissions of the job, and give the name of its file in reminder-workflow, as rotation-reminder.yml.',
    severity: 'note',
  },
} as const;

export type RotationFindingCode = keyof typeof ROTATION_FINDINGS;

export const rotationFinding = findingsOf(ROTATION_FINDINGS);
