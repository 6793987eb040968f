import { expect, it } from 'vitest';
import type { Answer } from '../../lab/answers.ts';
import { keyOf, type ReminderLab, stampOn, startReminderLab } from './reminder-lab.ts';

const RUNS = 100;
const SEED = 20_261_126;
const AT_ONCE = 4;
/** The last runs are of quiet days: whatever went wrong before, they find it. */
const QUIET_RUNS = 4;
const LONG = 300_000;
const LOST: readonly Answer[] = [
  { status: 502, body: '<html>Bad gateway</html>' },
  { status: 500, body: { message: 'Server Error' } },
  { reset: true },
];

/** The same sequence for the same seed: Tommy Ettinger's mulberry32. @returns numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it(`${RUNS} runs that overlap, lag behind, lose answers and are killed leave one issue and one comment a stage`, {
  timeout: LONG,
}, async () => {
  await using lab = await startReminderLab();
  const random = randomFrom(SEED);
  const stamp = stampOn(0, lab.clientSecret);
  const { github } = lab;
  github.chooseFault = () => {
    const answer = LOST[Math.floor(random() * LOST.length)];
    const chance = random();
    return answer === undefined || chance > 0.12 ? undefined : { answer, afterEffect: chance < 0.08 };
  };
  const exits = new Map<number, number>();
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < RUNS - QUIET_RUNS) {
      // Days 58 to 92: all stages but expiry, in order, many runs a day.
      const day = 58 + Math.floor((started * 34) / (RUNS - QUIET_RUNS));
      started += 1;
      github.listingLag = random() < 0.5 ? 0 : Math.floor(random() * 15);
      github.drops.labels = random() < 0.2;
      github.drops.assignees = random() < 0.2;
      const killed = random() < 0.15 ? { killedAfterMs: 250 + random() * 400 } : {};
      const { result } = await lab.run(day, { meta: stamp }, killed);
      exits.set(result.exitCode, (exits.get(result.exitCode) ?? 0) + 1);
      expect(result.stderr).toBe('');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  github.chooseFault = undefined;
  github.listingLag = 0;
  Object.assign(github.drops, { labels: false, assignees: false });
  for (let quiet = 0; quiet < QUIET_RUNS; quiet++) {
    expect((await lab.run(93, { meta: stamp })).result.exitCode).toBe(0);
  }

  expectOneIssue(lab);
  expect(github.contractFaults).toEqual([]);
  expect([...exits.keys()].toSorted((left, right) => left - right)).toEqual([0, 137]);
  lab.expectNoSecret();
});

function expectOneIssue({ github }: ReminderLab): void {
  const { issues } = github.repository();
  const open = issues.filter(({ state }) => state === 'open');
  expect(open.map(keyOf)).toEqual(['production']);
  const [issue] = open;
  const notices = (issue?.comments ?? []).map(({ body }) => /"notice":"([^"]+)"/.exec(body)?.[1] ?? body);
  expect(notices).toEqual([...new Set(notices)]);
  expect(notices).toContain('overdue');
  expect(issue?.labels.toSorted((left, right) => (left < right ? -1 : 1))).toEqual([
    'key-rotation',
    'rotation: overdue',
  ]);
  expect(issue?.assignees).toEqual(expect.arrayContaining(['dev', 'lead']));
}
