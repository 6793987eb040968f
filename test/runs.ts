/** Under mutation testing every test runs thousands of times: there a small part of the cases has to do. */
const SHARE = Number(process.env['SHARE_OF_RUNS'] ?? '1');

/** How many random cases a test makes of the number that it usually makes. */
export function runs(usual: number): number {
  return Math.ceil(usual * SHARE);
}
