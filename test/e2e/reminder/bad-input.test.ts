import { describe, expect, it } from 'vitest';
import { type Inputs, type ReminderLab, startReminderLab } from './reminder-lab.ts';

/** Everything else is right, and the key is overdue: a run that went on would open an issue. */
const OVERDUE: Inputs = { 'rotated-at': '2025-01-01' };

async function refused(lab: ReminderLab, inputs: Inputs): Promise<{ code: string; page: string }> {
  const { result, page } = await lab.run(0, { ...OVERDUE, ...inputs });
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(1);
  expect(lab.deployment.requests).toEqual([]);
  expect(lab.issues()).toEqual([]);
  const [annotation, ...others] = result.annotations;
  expect(others).toEqual([]);
  expect(annotation?.level).toBe('error');
  return { code: annotation?.message.split(':')[0] ?? '', page };
}

describe('bad input is one finding, and touches nothing', () => {
  it.each<[string, Inputs]>([
    ['rotation/not-a-date', { 'rotated-at': '22.11.2026' }],
    ['rotation/not-a-date', { 'rotated-at': '2025-02-29' }],
    ['rotation/not-a-date', { at: 'tomorrow' }],
    ['rotation/date-without-zone', { 'rotated-at': '2025-11-22T17:00:00' }],
    ['rotation/date-without-zone', { at: '2026-11-22 17:00' }],
    ['rotation/date-in-the-future', { 'rotated-at': '2026-01-03' }],
    ['rotation/thresholds-out-of-order', { 'due-days': '40' }],
    ['rotation/thresholds-out-of-order', { 'max-age-days': '30' }],
    ['input/not-a-number', { 'due-days': 'two weeks' }],
    ['rotation/keys-unreadable', { 'max-age-days': '90 days' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: '- name: [a' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: 'name: a' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: '- naem: a' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: '- name: a\n- name: A' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: '- name: a\n  api-key: $NOT_SET' }],
    ['rotation/keys-unreadable', { ...withoutKey(), keys: `- &a\n${'  x: *a\n'}` }],
    ['rotation/keys-unreadable', { 'secret-scope': 'enterprise' }],
    ['rotation/keys-unreadable', { 'secret-scope': 'environment' }],
    ['rotation/keys-unreadable', { 'secret-name': 'my key' }],
    ['input/not-an-address', { issuer: 'http://login.example.test' }],
    ['rotation/keys-unreadable', { 'api-key': 'dW5pb246YTpiOg==' }],
    ['input/conflict', { keys: '- name: a' }],
    ['input/conflict', { 'provider-token': 'a', 'provider-client-id': 'b' }],
    ['input/not-usable', { labels: 'x'.repeat(51) }],
    ['input/not-usable', { assignees: 'the whole team!' }],
    ['input/not-usable', { 'issue-repository': 'deployments' }],
    ['input/unknown-word', { 'fail-on': 'sometimes' }],
    ['input/not-a-boolean', { 'dry-run': 'yes' }],
    ['github/no-token', { 'github-token': '' }],
  ])('%s: %j', async (expected, inputs) => {
    await using lab = await startReminderLab();
    const { code, page } = await refused(lab, inputs);
    expect(code).toBe(expected);
    if (/^(?:rotation|github)\//.test(expected)) {
      expect(page.split('--- summary')[0]).toMatchSnapshot();
    }
    lab.expectNoSecret();
  });

  it('of a secret in a list that can not be read nothing is printed', async () => {
    await using lab = await startReminderLab();
    const secret = 'Xq7$-kWm4Vx9Tb-Zp3Ld8Rn';
    await refused(lab, { ...withoutKey(), keys: `- name: a\n  client-secret: "${secret}"\n  unknown: 1` });
    await refused(lab, { ...withoutKey(), keys: '- name: a\n  client-secret: $aB3dE6gH9jK2mN5pQ8' });
    lab.expectNoSecret(secret, 'aB3dE6gH9jK2mN5pQ8');
  });

  it('with fail-on: never it is a warning', async () => {
    await using lab = await startReminderLab();
    const { result } = await lab.run(0, { ...OVERDUE, 'rotated-at': 'soon', 'fail-on': 'never' });
    expect(result.exitCode).toBe(0);
    expect(result.annotations.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
      'warning rotation/not-a-date',
    ]);
    expect(lab.issues()).toEqual([]);
  });
});

/** A list of keys stands alone. */
function withoutKey(): Inputs {
  return {
    name: undefined,
    domain: undefined,
    'client-id': undefined,
    'client-secret': undefined,
    'rotated-at': undefined,
  };
}
