import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The small files first, as they are quick: one failed test is enough, and ends the run. */
class SmallFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sizeOf = ({ moduleId }: TestSpecification): number => statSync(moduleId).size;
    return files.toSorted((one, other) => sizeOf(one) - sizeOf(other));
  }
}

/** The unit tests of one room; Stryker is told which by `dir`. None of them starts a process. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    setupFiles: ['test/mutation/same-cases.ts'],
    env: { SHARE_OF_RUNS: '0.01' },
    sequence: { sequencer: SmallFilesFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
