import { randomBytes } from 'node:crypto';
import type { FindingCode } from '../../src/catalogue.ts';
import { DAY } from '../../src/rotation/instants.ts';
import { writeStamp } from '../../src/rotation/stamp.ts';
import type { Deployment } from '../lab/deployment.ts';
import { type GitHub, startGitHub } from '../lab/github/github.ts';
import type { Permission, Workflow } from '../lab/github/world.ts';
import { scenario } from './scenario.ts';

const NOW = Date.now();
const TOKEN = 'ghs_made-up-token-of-the-stand-in';

function daysAgo(days: number): string {
  return new Date(NOW - days * DAY).toISOString().slice(0, 10);
}

scenario('rotated-at of a key that is fresh', { inputs: { 'rotated-at': daysAgo(1) }, expect: { exit: 0 } });

scenario('rotated-at of a key that is due', {
  inputs: { 'rotated-at': daysAgo(80) },
  expect: { exit: 0, warnings: ['rotation/due'] },
});

scenario('max-age-days is longer than the key is old', {
  inputs: { 'rotated-at': daysAgo(80), 'max-age-days': '365' },
  expect: { exit: 0 },
});

scenario('rotated-at is long ago, and fail-on says what that weighs', {
  inputs: { 'rotated-at': daysAgo(400), 'fail-on': 'warning' },
  expect: { exit: 1, code: 'rotation/overdue' },
});

scenario('rotated-at is a stamp that was made of the client secret', {
  inputs: ({ clientSecret }) => ({ 'rotated-at': stampOf(clientSecret, 84) }),
  expect: { exit: 0, warnings: ['rotation/urgent'] },
});

scenario('rotated-at is the stamp of another key', {
  inputs: { 'rotated-at': stampOf('another-secret-0123456789', 1) },
  expect: { exit: 0, warnings: ['rotation/stamp-of-another-key'] },
});

scenario('rotated-at is no stamp', {
  inputs: { 'rotated-at': '{"created":"2026-01-01"}' },
  expect: { exit: 0, warnings: ['rotation/stamp-unreadable'] },
});

function stampOf(secret: string, days: number): string {
  return writeStamp({ created: NOW - days * DAY }, secret, randomBytes(16));
}

for (const [inputs, code] of [
  [{ 'rotated-at': 'last week' }, 'rotation/not-a-date'],
  [{ 'rotated-at': '2026-01-01T12:00:00' }, 'rotation/date-without-zone'],
  [{ 'rotated-at': daysAgo(-3) }, 'rotation/date-in-the-future'],
  [{ 'max-age-days': '0' }, 'rotation/keys-unreadable'],
  [{ 'reminder-workflow': '../secrets' }, 'input/not-usable'],
] as const) {
  scenario(`bad input ${JSON.stringify(inputs).replace(daysAgo(-3), 'in three days')}`, {
    inputs,
    expect: { exit: 1, code },
    also({ requests }, expect) {
      expect(requests).toEqual([]);
    },
  });
}

scenario('a key that is refused and due says what refused it', {
  inputs: { 'rotated-at': daysAgo(80), 'client-secret': 'not-the-secret-of-this-app' },
  secrets: ['not-the-secret-of-this-app'],
  expect: { exit: 1, code: 'idp/wrong-secret' },
});

/** The deploy job looks whether the reminder still runs. */
function withReminder(
  name: string,
  workflow: Partial<Workflow> | undefined,
  warnings: FindingCode[],
  permissions: Partial<Record<Permission, 'read' | 'write'>> = { actions: 'read' },
): void {
  let github: GitHub;
  scenario(name, {
    async arrange(lab: Deployment) {
      github = await startGitHub({ authority: lab.authority, requests: [], hostName: 'api.github.com', now: Date.now });
      github.addToken(TOKEN, { permissions });
      const { workflows } = github.repository();
      if (workflow !== undefined) {
        const fixed = {
          id: 7,
          file: 'rotation-reminder.yml',
          state: 'active',
          createdAt: NOW,
          updatedAt: NOW,
          runs: [],
        } as const;
        workflows.push({ ...fixed, runs: [], ...workflow });
      }
      return () => github.stop();
    },
    inputs: (lab) => ({
      'reminder-workflow': '.github/workflows/rotation-reminder.yml',
      'connect-to': [...lab.connectTo, github.connectTo].join('\n'),
    }),
    secrets: [TOKEN],
    expect: { exit: 0, ...(warnings.length > 0 && { warnings }) },
    also(_, expect) {
      expect(github.contractFaults).toEqual([]);
    },
  });
}

withReminder(
  'reminder-workflow that ran yesterday',
  { runs: [{ id: 1, event: 'schedule', createdAt: NOW - DAY }] },
  [],
);
withReminder('reminder-workflow that is new', {}, []);
withReminder('reminder-workflow that is switched off', { state: 'disabled_inactivity' }, ['rotation/reminder-asleep']);
withReminder(
  'reminder-workflow that has not run by its schedule for long',
  {
    runs: [
      { id: 1, event: 'schedule', createdAt: NOW - 30 * DAY },
      { id: 2, event: 'workflow_dispatch', createdAt: NOW - DAY },
    ],
  },
  ['rotation/reminder-asleep'],
);
withReminder('reminder-workflow without actions: read is a note', {}, [], { issues: 'write' });
withReminder('reminder-workflow that does not exist is a note', undefined, []);
