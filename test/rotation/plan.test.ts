import { describe, expect, it } from 'vitest';
import type { IssueComment, TrackedIssue } from '../../src/issue-tracker/issue-tracker.ts';
import { DAY } from '../../src/rotation/instants.ts';
import { commentMarker, type IssueMarker, issueMarker } from '../../src/rotation/marker.ts';
import { isSnoozed, type KeyState, planIssue } from '../../src/rotation/plan.ts';
import type { Stage } from '../../src/rotation/stage.ts';

const ROTATED = Date.UTC(2026, 0, 1);
const NOW = ROTATED + 80 * DAY;

function key(stage: Stage, changes: Partial<KeyState> = {}, rotatedAt = ROTATED): KeyState {
  const life = { source: 'variable', rotatedAt, isLowerBound: false, dueAt: rotatedAt + 90 * DAY } as const;
  return { name: 'production', stage, life, broken: '', ...changes };
}

function issue(marker: Partial<IssueMarker> = {}, changes: Partial<TrackedIssue> = {}): TrackedIssue {
  const whole = {
    key: 'production',
    state: 'open',
    stage: 'due',
    broken: '',
    rotatedAt: ROTATED,
    digest: '',
    isLacking: false,
    ...marker,
  };
  return {
    number: 7,
    url: 'https://github.com/acme/app/issues/7',
    isOpen: true,
    title: 'Any title',
    body: `${issueMarker(whole as IssueMarker)}\ntext`,
    labels: [],
    assignees: [],
    isTrusted: true,
    changedAt: NOW,
    ...changes,
  };
}

function comment(notice: string, id = 1, changes: Partial<IssueComment> = {}, rotatedAt = ROTATED): IssueComment {
  return { id, body: `${commentMarker({ key: 'production', notice, rotatedAt })}\ntext`, isTrusted: true, ...changes };
}

function planned(state: KeyState, issues: readonly TrackedIssue[], comments: readonly IssueComment[] = []) {
  const { change, notices, silence, duplicates, repeated } = planIssue(state, issues, comments, NOW);
  return {
    change,
    notices,
    ...(silence && { silence }),
    ...(duplicates.length > 0 && { duplicates: duplicates.map(({ number }) => number) }),
    ...(repeated.length > 0 && { repeated }),
  };
}

describe('without an issue', () => {
  it.each(['due-soon', 'due', 'urgent', 'overdue', 'expired'] as const)('one is opened when the key is %s', (stage) => {
    expect(planned(key(stage), [])).toEqual({ change: 'open', notices: [] });
  });

  it('none is opened for a fresh key', () => {
    expect(planned(key('fine'), [])).toEqual({ change: 'nothing', notices: [] });
  });

  it('one is opened for a fresh key that does not work', () => {
    expect(planned(key('fine', { broken: 'idp/wrong-secret' }), [])).toEqual({ change: 'open', notices: [] });
  });

  it.each([
    ['of another key', issue({ key: 'staging' })],
    ['of a key whose name is longer', issue({ key: 'production-2' })],
    ['of a stranger', issue({}, { isTrusted: false })],
    ['that was closed as a duplicate', issue({ state: 'duplicate' }, { isOpen: false })],
    ['without a marker', issue({}, { body: 'Rotate the Flyte API key production by 2026-04-01' })],
    ['with half a marker', issue({}, { body: '<!-- union-auth:rotation-issue {"key":"production"} -->' })],
  ])('one %s does not count', (_, other) => {
    expect(planned(key('due'), [other])).toEqual({ change: 'open', notices: [] });
  });
});

describe('with its issue open', () => {
  it('a stage that people were told of is told no more', () => {
    expect(planned(key('due'), [issue()])).toEqual({ change: 'keep', notices: [] });
  });

  it('a graver stage is told once', () => {
    expect(planned(key('urgent'), [issue()])).toEqual({ change: 'tell', notices: ['urgent'] });
    // Cut off between the comment and the marker: the comment tells.
    expect(planned(key('urgent'), [issue()], [comment('urgent')])).toEqual({ change: 'tell', notices: [] });
  });

  it('a milder stage, as after a longer age was allowed, is told to nobody', () => {
    expect(planned(key('due-soon'), [issue()])).toEqual({ change: 'keep', notices: [] });
  });

  it('a run that comes late tells of the stage that is, and of none that was', () => {
    expect(planned(key('overdue'), [issue({ stage: 'due-soon' })])).toEqual({ change: 'tell', notices: ['overdue'] });
  });

  it('a key that breaks is told of, each cause once', () => {
    const broken = key('due', { broken: 'idp/wrong-secret' });
    expect(planned(broken, [issue()])).toEqual({ change: 'tell', notices: ['broken:idp/wrong-secret'] });
    expect(planned(broken, [issue({ broken: 'idp/wrong-secret' })])).toEqual({ change: 'keep', notices: [] });
  });

  it('it is closed with the evidence when the key is fresh', () => {
    const fresh = key('fine', {}, NOW);
    expect(planned(fresh, [issue()])).toEqual({ change: 'close', notices: ['closed'] });
    expect(planned(fresh, [issue()], [comment('closed', 3, {}, NOW)])).toEqual({ change: 'close', notices: [] });
  });

  it('one that somebody opened again after it was done is theirs', () => {
    expect(planned(key('fine', {}, NOW), [issue({ state: 'closed' })])).toEqual({ change: 'nothing', notices: [] });
  });

  it('comments of strangers, of other keys and of former lives do not count', () => {
    const others = [
      comment('urgent', 1, { isTrusted: false }),
      { ...comment('urgent', 2), body: commentMarker({ key: 'staging', notice: 'urgent', rotatedAt: ROTATED }) },
      comment('urgent', 3, {}, ROTATED - 100 * DAY),
    ];
    expect(planned(key('urgent'), [issue()], others)).toEqual({ change: 'tell', notices: ['urgent'] });
  });

  it('a repeated comment is removed, the first one stays', () => {
    const comments = [comment('due', 4), comment('urgent', 5), comment('urgent', 6), comment('due', 9)];
    expect(planned(key('urgent', {}), [issue({ stage: 'urgent' })], comments)).toEqual({
      change: 'keep',
      notices: [],
      repeated: [6, 9],
    });
  });

  it('of several issues the oldest stays, and only open ones are closed as duplicates', () => {
    const issues = [issue({}, { number: 9 }), issue({}, { number: 8 }), issue({}, { number: 12, isOpen: false })];
    expect(planned(key('due'), issues)).toEqual({ change: 'keep', notices: [], duplicates: [9] });
  });
});

describe('with its issue closed', () => {
  const byOurselves = issue({ state: 'closed', stage: 'fine' }, { isOpen: false });
  const bySomebody = issue({}, { isOpen: false });

  it('the next life opens it again', () => {
    expect(planned(key('due-soon', {}, ROTATED + 60 * DAY), [byOurselves])).toEqual({
      change: 'reopen',
      notices: ['due-soon'],
    });
  });

  it('nothing happens while the key is fresh', () => {
    expect(planned(key('fine'), [byOurselves])).toEqual({ change: 'nothing', notices: [] });
  });

  it("somebody's close is respected until the next stage", () => {
    expect(planned(key('due'), [bySomebody])).toEqual({
      change: 'nothing',
      notices: [],
      silence: 'closed-by-somebody',
    });
    expect(planned(key('urgent'), [bySomebody])).toEqual({ change: 'reopen', notices: ['urgent'] });
  });

  it('expiry and a broken key open it again', () => {
    expect(planned(key('expired'), [bySomebody])).toEqual({ change: 'reopen', notices: ['expired'] });
    expect(planned(key('due', { broken: 'idp/wrong-secret' }), [bySomebody])).toEqual({
      change: 'reopen',
      notices: ['broken:idp/wrong-secret'],
    });
  });

  it('breaking again by the same cause, after it was mended and closed, is told again', () => {
    const comments = [comment('broken:idp/wrong-secret', 1), comment('closed', 2)];
    expect(planned(key('fine', { broken: 'idp/wrong-secret' }), [byOurselves], comments)).toEqual({
      change: 'reopen',
      notices: ['broken:idp/wrong-secret'],
    });
  });
});

describe('snoozed', () => {
  const snoozed = (label: string, marker: Partial<IssueMarker> = {}): TrackedIssue =>
    issue(marker, { labels: [label] });

  it('a graver stage is told when the snooze is over', () => {
    expect(planned(key('urgent'), [snoozed('snooze')])).toEqual({ change: 'keep', notices: [], silence: 'snoozed' });
    expect(planned(key('urgent'), [snoozed('snooze-until-2026-03-21')])).toEqual({
      change: 'tell',
      notices: ['urgent'],
    });
  });

  it.each([
    ['expired', key('expired')],
    ['broken', key('due', { broken: 'idp/wrong-secret' })],
  ])('a key that is %s is told of all the same', (_, state) => {
    expect(planned(state, [snoozed('snooze')]).change).toBe('tell');
  });

  it('it is closed all the same', () => {
    expect(planned(key('fine', {}, NOW), [snoozed('snooze')]).change).toBe('close');
  });

  it.each([
    ['snooze', true],
    ['Snooze', true],
    ['snooze-until-2026-03-22', true],
    ['snooze-until-2026-03-21', false],
    ['snooze-until-2026-03-99', false],
    ['snooze-until', false],
    ['snoozed', false],
    ['no-snooze', false],
  ])('the label %s on 2026-03-22: %s', (label, expected) => {
    expect(isSnoozed({ labels: [label] }, Date.UTC(2026, 2, 22, 23, 59))).toBe(expected);
  });
});
