import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { githubFinding } from '../../src/github/api-findings.ts';
import type { IssueTracker, TrackedIssue } from '../../src/issue-tracker/issue-tracker.ts';
import { DAY } from '../../src/rotation/instants.ts';
import type { IssueFacts } from '../../src/rotation/issue-text.ts';
import { readCommentMarker } from '../../src/rotation/marker.ts';
import type { Stage } from '../../src/rotation/stage.ts';
import { type IssueOutcome, trackKey } from '../../src/rotation/track-key.ts';

const ROTATED = Date.UTC(2026, 0, 1);
const SETTINGS = { labels: ['key-rotation'], assignees: [], escalateTo: [], dryRun: false };

/** A tracker in memory: what it holds is what a person would see. */
function memoryTracker() {
  const issues: (TrackedIssue & { comments: { id: number; body: string }[] })[] = [];
  const at = (number: number) => {
    const found = issues.find((issue) => issue.number === number);
    if (found === undefined) {
      throw new Error(`there is no #${number}`);
    }
    return found;
  };
  const change = (number: number, changes: Partial<TrackedIssue>): void => {
    Object.assign(at(number), changes);
  };
  const tracker: IssueTracker = {
    issues: async () => issues.map((issue) => ({ ...issue, labels: [...issue.labels] })),
    comments: async (number) => at(number).comments.map((one) => ({ ...one, isTrusted: true })),
    open: async (issue) => {
      const fixed = { number: issues.length + 1, url: '', isOpen: true, isTrusted: true, changedAt: ROTATED };
      issues.push({ ...issue, ...fixed, comments: [] });
      return at(issues.length);
    },
    edit: async (number, { state, reason: _, ...rest }) => {
      change(number, { ...rest, ...(state && { isOpen: state === 'open' }) });
    },
    comment: async (number, body) => {
      at(number).comments.push({ id: at(number).comments.length + 1, body });
    },
    deleteComment: async (number, id) => {
      at(number).comments = at(number).comments.filter((one) => one.id !== id);
    },
    addLabels: async (number, labels) => {
      change(number, { labels: [...at(number).labels, ...labels] });
      return at(number).labels;
    },
    removeLabel: async (number, label) => {
      change(number, { labels: at(number).labels.filter((one) => one !== label) });
    },
    assign: async (number) => at(number).assignees,
  };
  const notices = (number: number) => at(number).comments.map(({ body }) => readCommentMarker(body)?.notice);
  return { tracker, change, at, notices };
}

function facts(stage: Stage, rotatedAt = ROTATED): IssueFacts {
  const life = { source: 'variable', rotatedAt, isLowerBound: false, dueAt: rotatedAt + 90 * DAY } as const;
  return {
    key: { name: 'production', stage, life, broken: '' },
    maxAgeDays: 90,
    providerTitle: '',
    runbook: {
      domain: '',
      clientId: '',
      org: '',
      place: { name: 'FLYTE_API_KEY', scope: 'repository', holds: 'key' },
      repository: '',
      variable: 'FLYTE_API_KEY_META',
      system: 'github',
      newSecret: [],
      oldSecret: [],
      notes: [],
    },
    remarks: [],
    run: '',
  };
}

async function track(
  { tracker }: { tracker: IssueTracker },
  stage: Stage,
  day: number,
  rotatedAt = ROTATED,
): Promise<IssueOutcome> {
  return await trackKey(facts(stage, rotatedAt), await tracker.issues(0), tracker, SETTINGS, ROTATED + day * DAY);
}

describe('the labels of an issue', () => {
  it('that begin as ours do, and are not ours, stay', async () => {
    const memory = memoryTracker();
    await track(memory, 'due', 76);
    memory.change(1, { labels: [...memory.at(1).labels, 'rotation: quarterly'] });
    await track(memory, 'urgent', 83);
    expect(memory.at(1).labels).toEqual(['key-rotation', 'rotation: quarterly', 'rotation: urgent']);
    await track(memory, 'fine', 90, ROTATED + 89 * DAY);
    expect(memory.at(1).labels).toEqual(['key-rotation', 'rotation: quarterly']);
  });

  it('follow a key that may live longer now, and nobody is told', async () => {
    const memory = memoryTracker();
    await track(memory, 'urgent', 83);
    expect((await track(memory, 'due-soon', 84)).done).toEqual([
      'labelled: rotation: due soon',
      'removed the label rotation: urgent',
      'rewrote the body',
    ]);
    expect(memory.notices(1)).toEqual([]);
    // Nor when it is urgent again: that was told.
    await track(memory, 'urgent', 300);
    expect(memory.notices(1)).toEqual([]);
  });

  it('that somebody took off are not put back before the next stage', async () => {
    const memory = memoryTracker();
    await track(memory, 'due', 76);
    memory.change(1, { labels: [] });
    expect((await track(memory, 'due', 77)).done).toEqual([]);
  });
});

describe('a snooze', () => {
  it('that lasts into the next life does not take its stages away', async () => {
    const memory = memoryTracker();
    await track(memory, 'overdue', 91);
    memory.change(1, { labels: [...memory.at(1).labels, 'snooze'] });
    // No run saw the key while it was fresh.
    const next = ROTATED + 95 * DAY;
    expect((await track(memory, 'due-soon', 160, next)).silence).toBe('snoozed');
    memory.change(1, { labels: ['key-rotation'] });
    await track(memory, 'due-soon', 161, next);
    await track(memory, 'due', 172, next);
    expect(memory.notices(1)).toEqual(['due-soon', 'due']);
  });
});

describe('what the tracker refuses', () => {
  it('is a finding of the key, where its comments can not be read too', async () => {
    const memory = memoryTracker();
    await track(memory, 'due', 76);
    const refusing: IssueTracker = {
      ...memory.tracker,
      comments: () => Promise.reject(new FindingError(githubFinding('github/not-found', 'gone'))),
    };
    const outcome = await track({ tracker: refusing }, 'urgent', 83);
    expect(outcome).toMatchObject({ number: 1, done: [], findings: [{ code: 'github/not-found' }] });
  });
});
