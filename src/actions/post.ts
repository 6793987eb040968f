import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeConfig } from '../github/client-config.ts';
import { githubRunner, type Runner } from '../github/runner.ts';
import { jsonObject } from '../transport/json.ts';
import { endProcess, guardProcess } from './process.ts';
import { STATE_CONFIG_FILE, STATE_RESTORE, STATE_TEMPORARY_FILE } from './state.ts';

/** Gives later post steps the environment that stood there before. Never fails the job. */
function restore(environment: NodeJS.ProcessEnv, runner: Runner): void {
  removeTemporaryFile(runner.state(STATE_TEMPORARY_FILE), environment['RUNNER_TEMP'] ?? '');
  if (!removeConfig(runner.state(STATE_CONFIG_FILE))) {
    runner.log('The config file is no longer what this action wrote, so it was left.');
  }
  const before = Object.entries(jsonObject(Buffer.from(runner.state(STATE_RESTORE))) ?? {});
  if (before.length > 0 && (environment['GITHUB_ENV'] ?? '') === '') {
    runner.log('The runner gave no GITHUB_ENV, so nothing could be restored.');
    return;
  }
  try {
    for (const [name, value] of before) {
      if (typeof value === 'string') {
        runner.export(name, value);
      }
    }
  } catch {
    runner.log('What was exported could not be restored.');
    return;
  }
  if (before.length > 0) {
    runner.log(`Restored or emptied: ${before.map(([name]) => name).join(', ')}.`);
  }
}

/** Only a file that the main step wrote: its folder must be the runner's own. */
function removeTemporaryFile(path: string, folder: string): void {
  if (path === '' || folder === '' || dirname(path) !== folder.replace(/[/\\]+$/, '')) {
    return;
  }
  try {
    rmSync(path, { force: true });
  } catch {
    // The runner empties that folder by itself.
  }
}

guardProcess(githubRunner);
restore(process.env, githubRunner);
void endProcess(0);
