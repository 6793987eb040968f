import { splitLines } from './commands.ts';
import { parseFileCommands } from './file-commands.ts';
import type { RunnerMasker } from './masker.ts';
import { type CommandFiles, readCommandFile } from './step-folders.ts';
import type { StepLog } from './step-log.ts';

export interface FileCommandEffects {
  exportedEnvironment: Record<string, string>;
  outputs: Record<string, string>;
  state: Record<string, string>;
  savedPaths: string[];
  summary: string;
  rawSummary: string;
}

/** AttachmentSizeLimit in src/Runner.Worker/FileCommandManager.cs. */
const largestSummaryBytes = 1024 * 1024;

/** ProcessFiles in FileCommandManager.cs: when the step has ended, with all masks known by then. */
export async function readFileCommands(
  files: CommandFiles,
  log: StepLog,
  masker: RunnerMasker,
): Promise<FileCommandEffects> {
  const savedPaths = splitLines(await readCommandFile(files.GITHUB_PATH)).filter((line) => line !== '');
  const exportedEnvironment = await readPairs('env', files.GITHUB_ENV, log);
  const rawSummary = await readCommandFile(files.GITHUB_STEP_SUMMARY);
  const summary = scrubSummary(rawSummary, log, masker);
  const state = await readPairs('state', files.GITHUB_STATE, log);
  const outputs = await readPairs('output', files.GITHUB_OUTPUT, log);
  return { exportedEnvironment, outputs, state, savedPaths, summary, rawSummary };
}

async function readPairs(context: string, file: string, log: StepLog): Promise<Record<string, string>> {
  const { pairs, error } = parseFileCommands(await readCommandFile(file));
  const stored = new Map<string, string>();
  for (const { name, value } of pairs) {
    if (context === 'env' && name.toUpperCase() === 'NODE_OPTIONS') {
      log.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      continue;
    }
    stored.set(name, value);
    log.debug(`${name}='${value}'`);
  }
  if (error !== undefined) {
    log.fail(`Unable to process file command '${context}' successfully.`);
    log.fail(error);
  }
  // Defines each name as it is, where an assignment would lose one like __proto__.
  return Object.fromEntries(stored);
}

function scrubSummary(text: string, log: StepLog, masker: RunnerMasker): string {
  if (Buffer.byteLength(text) > largestSummaryBytes) {
    log.annotate('error', '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k');
    return '';
  }
  return splitLines(text)
    .map((line) => `${masker.mask(line)}\n`)
    .join('');
}
