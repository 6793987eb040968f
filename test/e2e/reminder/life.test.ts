import { describe, expect, it } from 'vitest';
import { stampOn, startReminderLab } from './reminder-lab.ts';

/** A process a day. */
const LONG = 300_000;
/** Every day up to 120, then the days around those on which something is to happen. */
const DAYS = [...Array.from({ length: 121 }, (_, day) => day), 156, 157, 158, 172, 173, 179, 180, 186, 187, 188];
const ROTATIONS = new Set([97, 187]);

describe('the life of a key', () => {
  it('opens, comments, escalates, is closed, and begins again', { timeout: LONG }, async () => {
    await using lab = await startReminderLab();
    let stamp = stampOn(0, lab.clientSecret);
    const events: string[] = [];
    for (const day of DAYS) {
      if (ROTATIONS.has(day)) {
        // The runbook: a new client secret, the secret of the repository, the stamp.
        stamp = stampOn(day, lab.rotate());
      }
      const { result, events: today } = await lab.run(day, { meta: stamp });
      expect(result.stderr).toBe('');
      expect(result.exitCode, result.log).toBe(0);
      events.push(...today.map((event) => `${day}: ${event}`));
    }
    expect(events).toEqual([
      '60: opened',
      '76: commented: due',
      '76: labelled: rotation: due',
      '76: removed the label rotation: due soon',
      '76: rewrote the body',
      '83: commented: urgent',
      '83: labelled: rotation: urgent',
      '83: removed the label rotation: due',
      '83: assigned: lead',
      '83: rewrote the body',
      '90: commented: overdue',
      '90: labelled: rotation: overdue',
      '90: removed the label rotation: urgent',
      '90: rewrote the body',
      '97: commented with the evidence',
      '97: closed',
      '97: removed the label rotation: overdue',
      '157: commented: due-soon',
      '157: labelled: rotation: due soon',
      '157: reopened',
      '173: commented: due',
      '173: labelled: rotation: due',
      '173: removed the label rotation: due soon',
      '173: rewrote the body',
      '180: commented: urgent',
      '180: labelled: rotation: urgent',
      '180: removed the label rotation: due',
      '180: rewrote the body',
      '187: commented with the evidence',
      '187: closed',
      '187: removed the label rotation: urgent',
    ]);
    expect(lab.issues()).toEqual([
      {
        number: 1,
        state: 'closed',
        labels: ['key-rotation'],
        assignees: ['dev', 'lead'],
        notices: ['due', 'urgent', 'overdue', 'closed', 'due-soon', 'due', 'urgent', 'closed'],
      },
    ]);
    expect(lab.github.contractFaults).toEqual([]);
    lab.expectNoSecret();
  });

  it('loses nothing by runs that come late, are skipped or are repeated', async () => {
    await using lab = await startReminderLab();
    const stamp = stampOn(0, lab.clientSecret);
    const events: string[] = [];
    for (const day of [3, 3, 85, 85, 91, 91, 91]) {
      events.push(...(await lab.run(day, { meta: stamp })).events.map((event) => `${day}: ${event}`));
    }
    expect(events).toEqual([
      '85: opened',
      '91: commented: overdue',
      '91: labelled: rotation: overdue',
      '91: removed the label rotation: urgent',
      '91: rewrote the body',
    ]);
    expect(lab.issues()[0]?.assignees).toEqual(['dev', 'lead']);
  });
});

describe('what people do with the issue', () => {
  it('a close is respected until the next stage, a snooze until its day, and expiry breaks through', async () => {
    await using lab = await startReminderLab();
    const expires = Date.UTC(2026, 3, 20);
    const stamp = stampOn(0, lab.clientSecret, { expires });
    const on = async (day: number): Promise<string[]> => [...(await lab.run(day, { meta: stamp })).events];
    expect((await lab.run(60, { meta: stamp })).page).toMatchSnapshot();
    lab.issue().state = 'closed';
    expect(await on(61)).toEqual(['silent, since it is closed by somebody until the next stage']);
    expect(await on(76)).toEqual([
      'commented: due',
      'labelled: rotation: due',
      'removed the label rotation: due soon',
      'reopened',
    ]);
    lab.issue().labels.push('snooze-until-2026-03-28');
    // The facts are kept right, and nobody is told.
    expect(await on(84)).toEqual(['rewrote the body', 'silent, since it is snoozed by a label']);
    expect(await on(87)).toContain('commented: urgent');
    lab.issue().labels.push('snooze');
    lab.issue().state = 'closed';
    expect(await on(95)).toEqual(['silent, since it is snoozed by a label']);
    // As a provider does it: the secret ends.
    const old = lab.clientSecret;
    lab.rotate();
    const expired = await lab.run(110, { meta: stamp, 'client-secret': old });
    expect(expired.events).toContain('commented: expired');
    expect(expired.events).toContain('reopened');
    expect(expired.page).toMatchSnapshot();
    expect(expired.result.exitCode).toBe(1);
    expect(expired.findings).toContain('error rotation/expired');
    expect(lab.issues()[0]?.notices).toEqual(['due', 'urgent', 'expired']);
  });

  it('a title, ticks and text of theirs stay; strangers and look-alikes do not count', async () => {
    await using lab = await startReminderLab();
    const stamp = stampOn(0, lab.clientSecret);
    const repository = lab.github.repository();
    await lab.run(60, { meta: stamp });
    const own = lab.issue(1);
    const stranger = { login: 'mallory', type: 'User', association: 'NONE' } as const;
    repository.issues.push({ ...structuredClone(own), number: 2, author: stranger });
    repository.issues.push({ ...structuredClone(own), number: 3, isPullRequest: true });
    own.comments.push({
      id: 1,
      author: stranger,
      body: own.body.replace('rotation-issue', 'rotation-comment'),
      createdAt: 0,
    });
    own.title = 'Q1: the key of production';
    own.body = `${own.body.replace('- [ ] **1.', '- [x] **1.')}We wait for the identity team.\n`;
    expect((await lab.run(76, { meta: stamp })).events).toContain('commented: due');
    expect(lab.issue(1).title).toBe('Q1: the key of production');
    expect(lab.issue(1).body).toContain('- [x] **1.');
    expect(lab.issue(1).body.endsWith('\nWe wait for the identity team.\n')).toBe(true);
    expect(lab.issue(2)).toMatchObject({ state: 'open', comments: [] });
    expect(lab.issue(3)).toMatchObject({ state: 'open', comments: [] });
  });
});

describe('the canary', () => {
  it('finds a revoked key the day it breaks, and closes when it is mended', async () => {
    await using lab = await startReminderLab();
    const old = lab.clientSecret;
    const stamp = stampOn(0, old);
    expect((await lab.run(10, { meta: stamp })).findings).toEqual(['pass rotation/fine', 'pass rotation/key-works']);
    const mended = lab.rotate();
    const broken = await lab.run(11, { meta: stamp, 'client-secret': old });
    expect(broken.result.exitCode).toBe(1);
    expect(broken.result.annotations.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
      'error idp/wrong-secret',
    ]);
    expect(broken.events).toEqual(['opened']);
    expect(lab.issue().title).toBe('Mend the Flyte API key production');
    expect(lab.issue().body).toContain('**The key does not work today:');
    expect(lab.issue().assignees).toEqual(['dev', 'lead']);
    expect((await lab.run(12, { meta: stamp, 'client-secret': old })).events).toEqual([]);
    const again = await lab.run(13, { meta: stampOn(13, mended) });
    expect(again.events).toEqual(['commented with the evidence', 'closed', 'removed the label rotation: broken']);
    expect(lab.issue().comments.at(-1)?.body).toContain('Done: the key is fresh and works.');
    lab.expectNoSecret();
  });

  it('has the last word on whether a secret has ended', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret, { expires: Date.UTC(2026, 1, 1) });
    const { result, findings } = await lab.run(40, { meta });
    expect(findings).toEqual(['warning rotation/overdue', 'pass rotation/key-works']);
    expect(result.exitCode).toBe(0);
  });

  it('tells of a broken key before it tells that nobody knows its age', async () => {
    await using lab = await startReminderLab();
    const { result, findings } = await lab.run(10, { 'client-secret': 'not-the-secret-of-this-app' });
    expect(result.exitCode).toBe(1);
    expect(findings).toEqual(['error idp/wrong-secret', 'error rotation/age-unknown']);
    expect(result.annotations.map(({ message }) => message.split(':')[0])).toEqual(['idp/wrong-secret']);
    expect(lab.issues()).toEqual([]);
  });

  it('that passes again takes its label off', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    await lab.run(76, { meta });
    const wrong = { meta, 'client-secret': 'not-the-secret-of-this-app', 'rotated-at': '2026-01-01' };
    await lab.run(77, { ...wrong, meta: undefined });
    expect(lab.issue().labels).toEqual(['key-rotation', 'rotation: broken']);
    expect((await lab.run(78, { meta })).events).toEqual([
      'labelled: rotation: due',
      'removed the label rotation: broken',
      'rewrote the body',
    ]);
    expect(lab.issue().labels).toEqual(['key-rotation', 'rotation: due']);
    expect(lab.issue().title).toBe('Rotate the Flyte API key production by 2026-04-01');
  });

  it('says nothing of the key where the network fails', async () => {
    await using lab = await startReminderLab();
    await lab.deployment.controlPlane.stop();
    const { result, events, findings, page } = await lab.run(10, { meta: stampOn(0, lab.clientSecret) });
    expect(result.exitCode).toBe(0);
    expect(findings).toEqual(['pass rotation/fine', 'warning rotation/key-not-tested']);
    expect(events).toEqual([]);
    expect(result.outputs['works']).toBe('');
    expect(page).toMatchSnapshot();
  });
});
