import type { LogGroup } from '../report/log.ts';

/** The CI systems whose logs have a form of their own. */
export type CiSystem = 'github' | 'gitlab' | 'jenkins' | 'azure';

/**
 * Which system runs this process.
 * Sources: docs.github.com, "Variables reference" (GITHUB_ACTIONS); docs.gitlab.com, "Predefined CI/CD variables"
 * (GITLAB_CI); learn.microsoft.com, "Predefined variables" of Azure Pipelines (TF_BUILD); www.jenkins.io, "Using
 * environment variables" (JENKINS_URL, BUILD_URL).
 */
export function detectCi(environment: Readonly<Record<string, string | undefined>>): CiSystem | undefined {
  if (environment['GITHUB_ACTIONS'] === 'true') {
    return 'github';
  }
  if (environment['GITLAB_CI'] === 'true') {
    return 'gitlab';
  }
  if (/^true$/i.test(environment['TF_BUILD'] ?? '')) {
    return 'azure';
  }
  return (environment['JENKINS_URL'] ?? environment['BUILD_URL'] ?? '') === '' ? undefined : 'jenkins';
}

/** How a log folds what few readers need, and how it is told of an error. */
export interface CiLog {
  /** A part that a reader can fold. @param now seconds since 1970. */
  group(group: LogGroup, now: number): string;
  /** One error or warning, where the system lists them apart from the log. */
  issue?(severity: 'error' | 'warning', code: string, message: string): string;
}

/**
 * docs.gitlab.com, "Custom collapsible sections": the markers are followed by a carriage return and by what clears the
 * line, so that only the heading is seen.
 */
const CLEAR = '\u001b[0K';

function gitlabGroup({ title, lines }: LogGroup, now: number): string {
  const name = `union_auth_${title.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  const start = `${CLEAR}section_start:${now}:${name}[collapsed=true]\r${CLEAR}${title}\n`;
  return `${start}${indented(lines)}${CLEAR}section_end:${now}:${name}\r${CLEAR}\n`;
}

/** actions/toolkit packages/core/src/command.ts. */
function githubEscape(text: string): string {
  return escapeLineEnds(text.replaceAll('%', '%25'));
}

/** learn.microsoft.com, "Logging commands", and microsoft/azure-pipelines-task-lib node/taskcommand.ts. */
function azureEscape(text: string): string {
  return escapeLineEnds(text.replaceAll('%', '%AZP25'));
}

function escapeLineEnds(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** There ; and ] end the value. */
function azureProperty(text: string): string {
  return azureEscape(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

/** Jenkins has neither: its log is text. */
export const CI_LOGS: Readonly<Record<CiSystem, CiLog>> = {
  github: {
    group: ({ title, lines }) => `::group::${githubEscape(title)}\n${indented(lines)}::endgroup::\n`,
    issue: (severity, code, message) => `::${severity} title=${githubProperty(code)}::${githubEscape(message)}\n`,
  },
  gitlab: { group: gitlabGroup },
  jenkins: { group: ({ title, lines }) => `${title}\n${indented(lines)}` },
  azure: {
    group: ({ title, lines }) => `##[group]${title}\n${indented(lines)}##[endgroup]\n`,
    issue: (severity, code, message) =>
      `##vso[task.logissue type=${severity};code=${azureProperty(code)};]${azureEscape(message)}\n`,
  },
};

function githubProperty(text: string): string {
  return githubEscape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * A variable for later steps of the job. A secret one they must ask for, and the agent masks it from then on; it takes
 * the line out of the log. learn.microsoft.com, "Set secret variables".
 */
export function azureVariable(name: string, value: string, isSecret: boolean): string {
  const secrecy = isSecret ? ';issecret=true' : '';
  return `##vso[task.setvariable variable=${azureProperty(name)}${secrecy}]${azureEscape(value)}\n`;
}

/**
 * A text that the agent masks from then on. learn.microsoft.com, "SetSecret: Register a value as a secret". Whether an
 * agent turns %AZP25 back is a setting of it (DECODE_PERCENTS), so a text with a percent sign is given in both forms.
 */
export function azureMask(value: string): string {
  const forms = new Set([azureEscape(value), escapeLineEnds(value)]);
  return [...forms].map((form) => `##vso[task.setsecret]${form}\n`).join('');
}
