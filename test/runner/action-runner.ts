import path from 'node:path';
import process from 'node:process';
import { type ActionMetadata, evaluateDefault, readActionMetadata } from './action-metadata.ts';
import { type Command, splitLines } from './commands.ts';
import { readFileCommands } from './file-command-effects.ts';
import { RunnerMasker } from './masker.ts';
import { inputEnvironment, jobEnvironment, stateEnvironment } from './step-environment.ts';
import {
  type CommandFileName,
  type JobFolders,
  makeCommandFiles,
  makeJobFolders,
  removeJobFolders,
  writeEventPayload,
} from './step-folders.ts';
import { type Annotation, StepLog } from './step-log.ts';
import { runProcess } from './step-process.ts';

export interface StepOptions {
  /** The folder that holds action.yml. */
  actionDirectory: string;
  step: 'main' | 'post';
  inputs: Record<string, string>;
  /** Wins over everything that the runner sets. */
  environment?: Record<string, string>;
  eventName?: string;
  eventPayload?: object;
  actor?: string;
  state?: Record<string, string>;
  /** Files of the runner that are to be missing. */
  omitFiles?: Exclude<CommandFileName, 'GITHUB_PATH'>[];
  /** The job's secrets, which the runner masks from the start. */
  secrets?: string[];
  nodePath?: string;
  /** Options of Node itself, before the script. */
  nodeArguments?: string[];
  cwd?: string;
  timeoutMs?: number;
  /** An earlier step of the same job: its folders, masks, exported environment and state carry over. */
  previous?: StepResult;
}

export interface StepResult {
  exitCode: number;
  /** As the runner judges: a failed command fails a step that exits with 0. */
  conclusion: 'success' | 'failure';
  hasTimedOut: boolean;
  stdout: string;
  stderr: string;
  /** What a user sees: commands carried out, secrets masked. */
  log: string;
  commands: Command[];
  annotations: Annotation[];
  masks: string[];
  exportedEnvironment: Record<string, string>;
  outputs: Record<string, string>;
  state: Record<string, string>;
  savedPaths: string[];
  /** As uploaded, masked. */
  summary: string;
  /** As the step wrote it. */
  rawSummary: string;
  durationMs: number;
  masker: RunnerMasker;
  runnerTemp: string;
  workspace: string;
  folders: JobFolders;
  cleanUp(): Promise<void>;
}

const defaultTimeoutMs = 60_000;

/** Runs a step of a built action as the runner would: src/Runner.Worker/Handlers/NodeScriptActionHandler.cs. */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const metadata = await readActionMetadata(options.actionDirectory);
  const script = scriptOf(metadata, options);
  const folders = options.previous?.folders ?? (await makeJobFolders());
  const { environment, files } = await prepareEnvironment(metadata, folders, options);

  const masker = options.previous?.masker ?? new RunnerMasker();
  for (const secret of options.secrets ?? []) {
    masker.addJobSecret(secret);
  }
  const log = new StepLog(masker, environment['RUNNER_DEBUG'] === '1');
  warnOfUnexpectedInputs(metadata, options.inputs, log);

  const result = await runProcess({
    file: options.nodePath ?? process.execPath,
    arguments: [...(options.nodeArguments ?? []), script],
    cwd: options.cwd ?? folders.workspace,
    environment,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  });
  // ProcessOutput in ProcessInvoker.cs takes both queues and handles the lines of stderr first, so the worst case
  // is that all of them come before any mask. Both streams are read for commands.
  for (const line of [...splitLines(result.stderr), ...splitLines(result.stdout)]) {
    log.receive(line);
  }
  const effects = await readFileCommands(files, log, masker);

  return {
    ...result,
    ...effects,
    conclusion: result.exitCode === 0 && !log.hasFailed ? 'success' : 'failure',
    log: log.text,
    commands: log.commands,
    annotations: log.annotations,
    masks: log.masks,
    outputs: { ...log.outputs, ...effects.outputs },
    state: { ...options.previous?.state, ...log.state, ...effects.state },
    masker,
    runnerTemp: folders.runnerTemp,
    workspace: folders.workspace,
    folders,
    cleanUp: () => removeJobFolders(folders),
  };
}

function scriptOf(metadata: ActionMetadata, options: StepOptions): string {
  const script = options.step === 'main' ? metadata.main : metadata.post;
  if (script === undefined) {
    throw new Error(`action.yml in ${options.actionDirectory} has no runs.${options.step}`);
  }
  return path.join(options.actionDirectory, script);
}

async function prepareEnvironment(metadata: ActionMetadata, folders: JobFolders, options: StepOptions) {
  const files = await makeCommandFiles(folders.runnerTemp);
  const environment: Record<string, string> = {
    ...jobEnvironment(folders, {
      eventName: options.eventName ?? 'push',
      eventPath: await writeEventPayload(folders.runnerTemp, options.eventPayload ?? {}),
      actor: options.actor ?? 'octocat',
    }),
    ...files,
    ...options.previous?.exportedEnvironment,
  };
  for (const name of options.omitFiles ?? []) {
    delete environment[name];
  }
  Object.assign(
    environment,
    inputEnvironment(fillDefaults(metadata, options.inputs, environment)),
    stateEnvironment({ ...options.previous?.state, ...options.state }),
    options.environment,
  );
  return { environment, files };
}

/** src/Runner.Worker/ActionRunner.cs: names are compared without case, and nobody checks `required`. */
function fillDefaults(
  metadata: ActionMetadata,
  given: Record<string, string>,
  environment: Record<string, string>,
): Record<string, string> {
  const inputs = { ...given };
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  for (const [name, text] of metadata.inputs) {
    if (!names.has(name.toLowerCase())) {
      inputs[name] = evaluateDefault(text ?? '', expressionContexts(environment));
    }
  }
  return inputs;
}

/** `github.run_id` is GITHUB_RUN_ID, and so on. The token has no variable, and here it is plainly made up. */
function expressionContexts(environment: Record<string, string>): Record<string, string> {
  const contexts: Record<string, string> = { 'github.token': 'ghs_made-up-token-of-the-stand-in' };
  for (const [name, value] of Object.entries(environment)) {
    const match = /^(GITHUB|RUNNER)_(.+)$/.exec(name);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      contexts[`${match[1].toLowerCase()}.${match[2].toLowerCase()}`] = value;
    }
  }
  return contexts;
}

function warnOfUnexpectedInputs(metadata: ActionMetadata, inputs: Record<string, string>, log: StepLog): void {
  const valid = [...metadata.inputs.keys()];
  const known = new Set(valid.map((name) => name.toLowerCase()));
  const unexpected = Object.keys(inputs).filter((name) => !known.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const names = `'${unexpected.join("', '")}'`;
    log.annotate('warning', `Unexpected input(s) ${names}, valid inputs are ['${valid.join("', '")}']`);
  }
}
