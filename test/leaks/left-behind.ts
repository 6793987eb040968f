import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StepResult } from '../runner/action-runner.ts';
import { withoutMasks } from '../runner/printed.ts';

/** Everything that a step leaves behind, before anything is masked. */
export function placesOf(result: StepResult): Record<string, string> {
  const { 'api-key': _key, ...outputs } = result.outputs;
  const { FLYTE_API_KEY: _exported, ...exported } = result.exportedEnvironment;
  return {
    stdout: withoutMasks(result.stdout),
    stderr: result.stderr,
    summary: result.rawSummary,
    outputs: JSON.stringify(outputs),
    state: JSON.stringify(result.state),
    exported: JSON.stringify(exported),
    files:
      textsBelow(result.workspace) +
      textsBelow(result.folders.home) +
      textsBelow(result.runnerTemp, ['_runner_file_commands']),
  };
}

/** What stands in the files of a folder, but for those of the runner, or those that were given or asked for. */
export function textsBelow(folder: string, except: readonly string[] = []): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, file: path.join(entry.parentPath, entry.name) }))
    .filter(({ entry, file }) => entry.isFile() && !except.some((name) => file.includes(name)))
    .map(({ entry, file }) => `${entry.name}\n${readFileSync(file, 'utf8')}\n`)
    .join('');
}
