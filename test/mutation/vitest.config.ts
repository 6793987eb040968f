import { defineConfig } from 'vitest/config';

/** The unit tests of one room; Stryker is told which by `dir`. None of them starts a process. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    setupFiles: ['test/mutation/same-cases.ts'],
    env: { SHARE_OF_RUNS: '0.01' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
