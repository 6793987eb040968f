import { FindingError } from '../findings/finding.ts';
import { connectToGitHub, type GitHubApi } from '../github/api.ts';
import { StepInputs } from '../github/inputs.ts';
import { githubRunner, type Runner } from '../github/runner.ts';
import { checkRunner } from '../github/runner-files.ts';
import { enableWorkflow } from '../github/schedule.ts';
import { secretWrittenAt } from '../github/secret-age.ts';
import { type AuthOptions, readFailOn } from '../inputs/auth-inputs.ts';
import { GITHUB_TOKENS, SECRET_REMINDER_INPUTS } from '../inputs/reminder-inputs.ts';
import { githubIssues } from '../issue-tracker/github-issues.ts';
import { prepareReminder } from '../prepare-reminder.ts';
import { type ReminderReport, remind } from '../remind/remind.ts';
import { annotationOf } from '../report/log.ts';
import {
  allFindings,
  describeReminder,
  failureOf,
  gravestStage,
  reminderGroups,
  reminderVerdict,
} from '../report/reminder-log.ts';
import { reminderSummary } from '../report/reminder-summary.ts';
import { rotationFinding } from '../rotation/findings.ts';
import { DAY, timeOf } from '../rotation/instants.ts';
import { DEFAULT_THRESHOLDS } from '../rotation/stage.ts';
import type { WatchedKey } from '../rotation/watched-key.ts';
import { cleanFindings } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import type { Transport } from '../transport/http-client.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { endProcess, guardProcess, writeSummary } from './process.ts';

/** Runs the step. @returns the exit code. */
async function run(environment: NodeJS.ProcessEnv, runner: Runner): Promise<0 | 1> {
  const unsafe = checkRunner(environment);
  if (unsafe !== undefined) {
    const { title, message } = annotationOf(unsafe);
    runner.annotate('error', title, message);
    return 1;
  }
  completeProxyAddress(environment);
  const secrets = new SecretStore(runner.mask);
  const inputs = new StepInputs({ ...environment });
  for (const name of SECRET_REMINDER_INPUTS) {
    delete environment[`INPUT_${name.toUpperCase()}`];
  }
  try {
    return await watch(inputs, secrets, environment, runner);
  } catch (error) {
    if (error instanceof FindingError) {
      const findings = cleanFindings([error.finding], secrets);
      const [cause = error.finding] = findings;
      const report: ReminderReport = { now: Date.now(), thresholds: DEFAULT_THRESHOLDS, cause, keys: [], findings };
      return await conclude(report, undefined, { failOn: failOnIn(inputs), summary: true, dryRun: false }, runner);
    }
    throw error;
  }
}

type ConcludeOptions = Pick<AuthOptions, 'failOn' | 'summary'> & { readonly dryRun: boolean };

/** A reminder that only may warn does so of its own inputs too; where this input is the bad one, it fails. */
function failOnIn(inputs: StepInputs): AuthOptions['failOn'] {
  try {
    return readFailOn(inputs);
  } catch {
    return 'error';
  }
}

async function watch(
  inputs: StepInputs,
  secrets: SecretStore,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<0 | 1> {
  for (const name of GITHUB_TOKENS) {
    secrets.protectToken(inputs.untested(name));
  }
  const { keys, reminder, options, request, now, transport, retry, effects } = await prepareReminder(
    inputs,
    secrets,
    environment,
  );
  const apiUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com';
  const repository = environment['GITHUB_REPOSITORY'] ?? '';
  const connect = (token: string): Promise<GitHubApi> => connectToGitHub({ apiUrl, token }, transport, retry);
  try {
    const secretsToken = inputs.text('secrets-token');
    const isNeeded = reminder.hasIssue || reminder.keepEnabled;
    const api = isNeeded ? await connect(inputs.text('github-token')) : undefined;
    const secretsApi = secretsToken === '' ? undefined : await connect(secretsToken);
    const workflow = workflowFile(environment['GITHUB_WORKFLOW_REF'] ?? '');
    const report = await remind(
      {
        keys,
        thresholds: reminder.thresholds,
        now,
        issues: reminder.issues,
        system: 'github',
        repository,
        run: runAddress(environment),
        remarks: [...request.remarks, ...checkProxyEnvironment(environment)],
      },
      {
        ...effects,
        ...(api && reminder.hasIssue && { tracker: githubIssues(api, reminder.issueRepository || repository) }),
        ...(secretsApi && {
          secretWritten: (place) => secretWrittenAt(secretsApi, repository, place, unknownSecret(place)),
        }),
        ...(api && reminder.keepEnabled && { keepEnabled: () => enableWorkflow(api, repository, workflow) }),
      },
    );
    return await conclude(report, transport, { ...options, dryRun: reminder.issues.dryRun }, runner);
  } finally {
    transport.close();
  }
}

function unknownSecret({ name, scope, environment }: WatchedKey['place']): () => FindingError {
  const where = scope === 'environment' ? `the environment ${environment ?? ''}` : `the ${scope}`;
  return () => new FindingError(rotationFinding('rotation/unknown-key', `There is no secret ${name} in ${where}.`));
}

/** The file of the workflow that runs: owner/name/.github/workflows/FILE@ref. */
function workflowFile(reference: string): string {
  return /\/([^/@]+)@/.exec(reference)?.[1] ?? '';
}

function runAddress(environment: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = environment;
  return server === undefined || id === undefined ? '' : `${server}/${repository ?? ''}/actions/runs/${id}`;
}

/** Turns the outcome into log, annotation, outputs and summary. */
async function conclude(
  found: ReminderReport,
  transport: Transport | undefined,
  { failOn, summary, dryRun }: ConcludeOptions,
  runner: Runner,
): Promise<0 | 1> {
  const report = failureOf(found, failOn);
  const { cause } = report;
  const warnings = allFindings(report).filter(({ severity }) => severity === 'warning');
  for (const { title, lines } of reminderGroups(report, transport?.attempts ?? [], dryRun)) {
    runner.group(title, lines);
  }
  runner.log(reminderVerdict(report));
  for (const [name, value] of Object.entries(outputsOf(report))) {
    runner.output(name, value);
  }
  const failed = cause !== undefined && failOn !== 'never';
  for (const finding of cause === undefined ? warnings : [cause]) {
    const { title, message } = annotationOf(finding);
    runner.annotate(failed ? 'error' : 'warning', title, message);
  }
  if (summary) {
    writeSummary(reminderSummary(report, dryRun), runner);
  }
  return failed ? 1 : 0;
}

/** The outputs of rotation-reminder/action.yml; a test holds the two equal. */
function outputsOf(report: ReminderReport): Record<string, string> {
  const { keys, now } = report;
  const [next] = keys
    .flatMap(({ life, issue, works }) => (life ? [{ life, issue, works }] : []))
    .sort((left, right) => left.life.dueAt - right.life.dueAt);
  return {
    stage: gravestStage(report),
    'due-at': next === undefined ? '' : timeOf(next.life.dueAt),
    'days-left': next === undefined ? '' : String(Math.ceil((next.life.dueAt - now) / DAY)),
    'rotated-at': next === undefined ? '' : timeOf(next.life.rotatedAt),
    source: next?.life.source ?? '',
    works: keys.some(({ works }) => works === false) ? 'false' : keys.some(({ works }) => works) ? 'true' : '',
    'issue-number': String(next?.issue?.number ?? ''),
    'issue-url': next?.issue?.url ?? '',
    findings: JSON.stringify(allFindings(report)),
    keys: JSON.stringify(describeReminder(report).keys),
  };
}

// Last, so that every constant above has its value.
guardProcess(githubRunner);
void run(process.env, githubRunner).then(endProcess);
