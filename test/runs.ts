import { it } from 'vitest';

/** Under mutation testing every test runs thousands of times: there a small part of the random cases has to do. */
const SHARE = Number(process.env['SHARE_OF_RUNS'] ?? '1');

/** How many random cases a test makes of the number that it usually makes. */
export function runs(usual: number): number {
  return Math.ceil(usual * SHARE);
}

/**
 * A test for each of thousands of recorded cases. Under mutation testing one test for all of them: there nobody reads
 * which one failed, and to keep a book of so many takes longer than to run them.
 */
export function eachRecorded<Case>(
  cases: readonly Case[],
  nameOf: (recorded: Case) => string,
  test: (recorded: Case) => void | Promise<void>,
): void {
  if (SHARE < 1) {
    it('every recorded case', async () => {
      for (const recorded of cases) {
        await test(recorded);
      }
    });
    return;
  }
  for (const recorded of cases) {
    it(nameOf(recorded), () => test(recorded));
  }
}
