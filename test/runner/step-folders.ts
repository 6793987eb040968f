import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The folders of a job, which its steps share. */
export interface JobFolders {
  root: string;
  home: string;
  runnerTemp: string;
  workspace: string;
}

export async function makeJobFolders(): Promise<JobFolders> {
  const root = await mkdtemp(path.join(tmpdir(), 'action-runner-'));
  const folders = {
    root,
    home: path.join(root, 'home'),
    runnerTemp: path.join(root, '_temp'),
    workspace: path.join(root, 'workspace'),
  };
  await Promise.all([folders.home, folders.runnerTemp, folders.workspace].map((folder) => mkdir(folder)));
  return folders;
}

export async function removeJobFolders(folders: JobFolders): Promise<void> {
  await rm(folders.root, { recursive: true, force: true });
}

const prefixes = {
  GITHUB_ENV: 'set_env_',
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
} as const;

export type CommandFileName = keyof typeof prefixes;
export type CommandFiles = Record<CommandFileName, string>;

/** New and empty for each step, under the names of src/Runner.Worker/FileCommandManager.cs. */
export async function makeCommandFiles(runnerTemp: string): Promise<CommandFiles> {
  const folder = path.join(runnerTemp, '_runner_file_commands');
  await mkdir(folder, { recursive: true });
  const suffix = randomUUID();
  const file = (name: CommandFileName): string => path.join(folder, prefixes[name] + suffix);
  const files: CommandFiles = {
    GITHUB_ENV: file('GITHUB_ENV'),
    GITHUB_OUTPUT: file('GITHUB_OUTPUT'),
    GITHUB_STATE: file('GITHUB_STATE'),
    GITHUB_PATH: file('GITHUB_PATH'),
    GITHUB_STEP_SUMMARY: file('GITHUB_STEP_SUMMARY'),
  };
  await Promise.all(Object.values(files).map((name) => writeFile(name, '')));
  return files;
}

/** A file that the step removed counts as empty, as with the runner. */
export async function readCommandFile(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8');
  } catch {
    return '';
  }
}

/** WriteWebhookPayload in ExecutionContext.cs. */
export async function writeEventPayload(runnerTemp: string, payload: object): Promise<string> {
  const folder = path.join(runnerTemp, '_github_workflow');
  await mkdir(folder, { recursive: true });
  const name = path.join(folder, 'event.json');
  await writeFile(name, JSON.stringify(payload));
  return name;
}
