import { proveGh } from '../github-cli/cases.ts';
import { ghProgram, startTrial } from '../github-cli/gh.ts';
import type { Suite } from '../suite.ts';

export const suite: Suite = {
  name: 'github-cli',
  title: "GitHub's own command line against the lab's GitHub",
  async run(bench) {
    const program = await ghProgram(bench.cache);
    await using trial = await startTrial(program, bench.temporary);
    const row = bench.counterpart('gh (Debian)', program.version);
    row.note('it seals secrets by an implementation of its own, and the lab opens them');
    row.note('it does not encode the slash in the name of an environment');
    await proveGh(row, trial);
  },
};
