import { appendFileSync, existsSync } from 'node:fs';
import * as core from '@actions/core';

/** What a step can do to its job, as the faces use it. */
export interface Runner {
  mask(value: string): void;
  /** One line of the log. Only sanitised text may be passed. */
  log(line: string): void;
  group(title: string, lines: readonly string[]): void;
  /** `title` must be constant text: the runner does not mask it (actions/runner ActionCommandManager.cs). */
  annotate(level: 'error' | 'warning', title: string, message: string): void;
  export(name: string, value: string): void;
  output(name: string, value: string): void;
  saveState(name: string, value: string): void;
  state(name: string): string;
  /** @throws where it can't be written. */
  summary(markdown: string): void;
}

/** The runner's side of @actions/core. Nothing here writes to standard error. */
export const githubRunner: Runner = {
  mask: core.setSecret,
  log: core.info,
  group(title, lines) {
    core.startGroup(title);
    core.info(lines.join('\n'));
    core.endGroup();
  },
  annotate(level, title, message) {
    const annotate = level === 'error' ? core.error : core.warning;
    annotate(message, { title });
  },
  export: core.exportVariable,
  output: core.setOutput,
  saveState: core.saveState,
  state: core.getState,
  summary(markdown) {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    if (!existsSync(file)) {
      throw new Error('the runner gave no file for the summary');
    }
    appendFileSync(file, `${markdown}\n`);
  },
};
