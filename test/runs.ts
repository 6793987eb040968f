import { it } from 'vitest';

/** Under mutation testing every test runs thousands of times: there a small part of the random cases has to do. */
const SHARE = Number(process.env['SHARE_OF_RUNS'] ?? '1');

/** How many random cases a test makes of the number that it usually makes. */
export function runs(usual: number): number {
  return Math.ceil(usual * SHARE);
}

/**
 * A test for each of hundreds of recorded cases, and one of all that they gave. Under mutation testing one test for
 * everything: there nobody reads which one failed, and to keep a book of so many takes longer than to run them.
 */
export function eachRecorded<Case, Result>(
  cases: readonly Case[],
  nameOf: (recorded: Case) => string,
  test: (recorded: Case) => Result | Promise<Result>,
  judgeAll?: { readonly name: string; judge(results: Result[]): void },
): void {
  const testAll = async (): Promise<void> => {
    const results: Result[] = [];
    for (const recorded of cases) {
      results.push(await test(recorded));
    }
    judgeAll?.judge(results);
  };
  if (SHARE === 1) {
    for (const recorded of cases) {
      it(nameOf(recorded), async () => void (await test(recorded)));
    }
  }
  if (SHARE < 1 || judgeAll !== undefined) {
    it(judgeAll?.name ?? 'every recorded case', testAll);
  }
}
