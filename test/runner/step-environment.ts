import process from 'node:process';
import type { JobFolders } from './step-folders.ts';

/** RUNNER_OS and RUNNER_ARCH have names of their own (src/Runner.Common/Constants.cs). */
const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
const architectures: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64' };

export interface JobFacts {
  eventName: string;
  eventPath: string;
  actor: string;
}

/** A clean environment: nothing of the machine that runs the tests but how to find programs. */
export function jobEnvironment(folders: JobFolders, facts: JobFacts): Record<string, string> {
  return {
    ...machineEnvironment(),
    HOME: folders.home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: facts.actor,
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: facts.eventName,
    GITHUB_EVENT_PATH: facts.eventPath,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/deployments',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: architectures[process.arch] ?? process.arch,
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: systems[process.platform] ?? process.platform,
    RUNNER_TEMP: folders.runnerTemp,
  };
}

/** AddInputsToEnvironment in src/Runner.Worker/Handlers/Handler.cs: spaces become _, hyphens stay. */
export function inputEnvironment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

/** src/Runner.Worker/ActionRunner.cs. Unlike an input's, a state's name keeps its case. */
export function stateEnvironment(state: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
}

function machineEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  // Windows starts no process without SystemRoot.
  for (const name of ['PATH', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return environment;
}
