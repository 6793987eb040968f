import { readFileSync } from 'node:fs';
import { inspectApiKey } from '../api-key/inspect.ts';
import { type Authentication, authenticate, protectCredentials } from '../authenticate.ts';
import { SECRET_VARIABLES, setUpClients } from '../clients/clients.ts';
import type { Pins } from '../control-plane/pins.ts';
import { type Finding, FindingError } from '../findings/finding.ts';
import { isOwnConfigFile, placeOfConfig, writeConfig } from '../github/client-config.ts';
import { isOwnTrustFile, prepareClientTrust } from '../github/client-trust.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { StepInputs } from '../github/inputs.ts';
import { githubRunner, type Runner } from '../github/runner.ts';
import { checkRunner } from '../github/runner-files.ts';
import {
  AUTH_INPUTS,
  type AuthOptions,
  readCredentials,
  readOptions,
  readReminder,
  SECRET_INPUTS,
  untestedCredentials,
} from '../inputs/auth-inputs.ts';
import { type ClientOptions, readClients } from '../inputs/client-inputs.ts';
import { readSurroundings } from '../inputs/surroundings.ts';
import { annotationOf, isoTime, logGroups, logVerdict } from '../report/log.ts';
import { summaryOf } from '../report/summary.ts';
import { failingOnWarning, type Report } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { jsonObject } from '../transport/json.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { systemRetryEffects } from '../transport/retry.ts';
import { endProcess, guardProcess, writeSummary } from './process.ts';
import type { AskedReminder } from './reminder-schedule.ts';
import { STATE_CONFIG_FILE, STATE_RESTORE, STATE_TEMPORARY_FILE } from './state.ts';

/** Runs the step. @returns the exit code. */
async function run(environment: NodeJS.ProcessEnv, runner: Runner): Promise<0 | 1> {
  const unsafe = checkRunner(environment);
  if (unsafe !== undefined) {
    // Without the runner's files nothing may be set: an annotation is all that is safe.
    const { title, message } = annotationOf(unsafe);
    runner.annotate('error', title, message);
    return 1;
  }
  completeProxyAddress(environment);
  const secrets = new SecretStore(runner.mask);
  const inputs = new StepInputs({ ...environment });
  for (const name of SECRET_INPUTS) {
    delete environment[`INPUT_${name.toUpperCase()}`];
  }
  try {
    for (const credentials of untestedCredentials(inputs)) {
      protectCredentials(credentials, secrets);
    }
    secrets.protectToken(inputs.untested('github-token'));
    const credentials = readCredentials(inputs);
    const { options, request } = readOptions(inputs);
    const clients = readClients(inputs);
    const reminder = readReminder(inputs, request.verify);
    const age = await ageOf(inputs, credentials);
    const { workspace, findings } = readSurroundings(
      clients.clients,
      environment['GITHUB_WORKSPACE'] ?? '',
      environment,
      { writesConfig: clients.writesConfig, exports: options.exportEnvironment },
    );
    const [authentication, asked] = await Promise.all([
      authenticate(
        {
          ...request,
          credentials,
          event: readEvent(environment),
          workspace,
          remarks: [...request.remarks, ...checkProxyEnvironment(environment), ...findings, ...age],
        },
        { secrets, openTransport: (create) => create(options), retry: systemRetryEffects(options.retries) },
      ),
      askForReminder(reminder, options, environment, secrets),
    ]);
    const concluding = { ...options, clients, pins: request.pins };
    return await conclude(withReminder(authentication, asked), concluding, environment, runner);
  } catch (error) {
    if (error instanceof FindingError) {
      const { finding } = error;
      return await conclude(
        { report: { verdict: 'not-ready', cause: finding, findings: [finding], attempts: [] } },
        BAD_INPUT,
        environment,
        runner,
      );
    }
    throw error;
  }
}

/** How old the key is, where the step was told. */
async function ageOf(inputs: StepInputs, credentials: ReturnType<typeof readCredentials>): Promise<readonly Finding[]> {
  const [rotatedAt, maxAge] = [inputs.text('rotated-at'), inputs.text('max-age-days')];
  if (rotatedAt === '' && maxAge === AUTH_INPUTS['max-age-days']) {
    return [];
  }
  const { checkAge } = await import('../rotation/deploy-check.ts');
  return checkAge(rotatedAt, maxAge, credentials, Date.now());
}

async function askForReminder(
  reminder: ReturnType<typeof readReminder>,
  options: AuthOptions,
  environment: NodeJS.ProcessEnv,
  secrets: SecretStore,
): Promise<AskedReminder> {
  if (reminder.file === '') {
    return { findings: [], attempts: [] };
  }
  const { createTransport } = await import('../trial/try-deployment.ts');
  const { askForSchedule } = await import('./reminder-schedule.ts');
  return await askForSchedule(reminder, options, environment, secrets, createTransport);
}

/** The reminder's schedule is a side matter: it changes no error, and no attempt of it stands before the trial's. */
function withReminder(outcome: Authentication, { findings, attempts }: AskedReminder): Authentication {
  const { report } = outcome;
  const isWarning = report.verdict === 'ready' && findings.some(({ severity }) => severity === 'warning');
  return {
    ...outcome,
    report: {
      ...report,
      ...(isWarning && { verdict: 'ready-with-warnings' }),
      findings: [...report.findings, ...findings],
      attempts: [...report.attempts, ...attempts],
    },
  };
}

/** How a step ends whose inputs can't be read: nothing that they say is taken as said. */
const BAD_INPUT: ConcludeOptions = {
  failOn: 'error',
  exportEnvironment: false,
  summary: true,
  cleanup: false,
  certificateAuthorities: '',
};

interface ConcludeOptions
  extends Pick<AuthOptions, 'failOn' | 'exportEnvironment' | 'summary' | 'cleanup' | 'certificateAuthorities'> {
  /** Absent where the inputs can't be read: nothing is set up then. */
  readonly clients?: ClientOptions;
  readonly pins?: Pins;
}

/** Turns the outcome into log, annotation, outputs, exports and summary. */
async function conclude(
  outcome: Authentication,
  options: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<0 | 1> {
  const prepared = prepareExports(outcome, options, environment);
  const { report, apiKey } = writeConfigFile(failOnWarning(prepared.outcome, options), prepared, options, runner);
  for (const { title, lines } of logGroups(report)) {
    runner.group(title, lines);
  }
  runner.log(logVerdict(report));
  const variables = apiKey === undefined ? {} : prepared.variables;
  const configFile = apiKey === undefined ? '' : (prepared.config?.path ?? '');
  for (const [name, value] of Object.entries(outputsOf(report, apiKey, configFile))) {
    runner.output(name, value);
  }
  // After everything else that can fail, so that a failing step has exported nothing.
  exportVariables(variables, apiKey === undefined ? undefined : prepared.file, options, environment, runner);
  const failed = report.verdict === 'not-ready' && options.failOn !== 'never';
  annotate(report, failed, runner);
  if (options.summary) {
    writeSummary(summaryOf(report, Object.keys(variables)), runner);
  }
  return failed ? 1 : 0;
}

interface Prepared {
  readonly outcome: Authentication;
  readonly variables: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly config?: { readonly path: string; readonly text: string };
}

/** What later steps will find in their environment and in a config file, and what of it could not be had. */
function prepareExports(
  outcome: Authentication,
  { exportEnvironment, certificateAuthorities, clients, pins }: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
): Prepared {
  const { report, apiKey = '' } = outcome;
  const { fields } = inspectApiKey(apiKey);
  if (fields === undefined || clients === undefined) {
    return { outcome, variables: {} };
  }
  const trust = prepareClientTrust(exportEnvironment ? certificateAuthorities : '', environment);
  const findings = [...report.findings, ...trust.findings];
  const verdict = trust.findings.length > 0 ? 'ready-with-warnings' : report.verdict;
  const path = clients.writesConfig ? placeOfConfig(clients.configFile, environment) : '';
  const setup = setUpClients(clients.clients, {
    ...fields,
    ...clients,
    apiKey,
    scopes: pins?.scopes ?? [],
    audience: pins?.audience ?? '',
    configFile: path,
    certificateFile: trust.variables['SSL_CERT_FILE'] ?? '',
  });
  return {
    outcome: { report: { ...report, verdict, findings }, apiKey },
    variables: exportEnvironment ? { ...setup.environment, ...trust.variables } : {},
    ...(trust.file !== undefined && { file: trust.file }),
    ...(path !== '' && setup.configFile !== undefined && { config: { path, text: setup.configFile } }),
  };
}

/** Writes the config file of a passing verdict, and notes it at once for the post step. Where it can't, nothing passes. */
function writeConfigFile(
  outcome: Authentication,
  { config }: Prepared,
  { cleanup }: ConcludeOptions,
  runner: Runner,
): Authentication {
  if (outcome.apiKey === undefined || config === undefined) {
    return outcome;
  }
  try {
    const written = writeConfig(config.path, config.text);
    if (cleanup) {
      runner.saveState(STATE_CONFIG_FILE, written);
    }
    return outcome;
  } catch (error) {
    if (!(error instanceof FindingError)) {
      throw error;
    }
    const { report } = outcome;
    const { finding: cause } = error;
    return { report: { ...report, verdict: 'not-ready', cause, findings: [...report.findings, cause] } };
  }
}

/** With `fail-on: warning` nothing is exported where there is a warning. */
function failOnWarning(outcome: Authentication, { failOn }: ConcludeOptions): Authentication {
  const report = failOn === 'warning' ? failingOnWarning(outcome.report) : outcome.report;
  return report === outcome.report ? outcome : { report };
}

function annotate({ cause, findings }: Report, failed: boolean, runner: Runner): void {
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  for (const finding of cause === undefined ? warnings : [cause]) {
    const { title, message } = annotationOf(finding);
    runner.annotate(failed ? 'error' : 'warning', title, message);
  }
}

/** The outputs of action.yml; a test holds the two equal. */
function outputsOf(
  { verdict, findings, provider, token }: Report,
  apiKey: string | undefined,
  configFile: string,
): Record<string, string> {
  return {
    verdict,
    'api-key': apiKey ?? '',
    findings: JSON.stringify(findings),
    provider: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    'token-url': provider?.tokenEndpoint ?? '',
    scopes: provider?.scopes.join(' ') ?? '',
    audience: provider?.audience ?? '',
    subject: token?.subject ?? '',
    'identity-type': token?.identityType ?? '',
    'expires-at': token?.expiresAt === undefined ? '' : isoTime(token.expiresAt),
    'config-file': configFile,
  };
}

/** Exports for later steps, and notes for the post step what was there before and what was written. */
function exportVariables(
  variables: Readonly<Record<string, string>>,
  file: string | undefined,
  { cleanup }: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): void {
  // First, so that the post step can undo whatever comes after.
  if (cleanup && file !== undefined) {
    runner.saveState(STATE_TEMPORARY_FILE, file);
  }
  const before = Object.keys(variables).map((name) => [name, valueToRestore(name, environment[name] ?? '')]);
  if (cleanup && before.length > 0) {
    runner.saveState(STATE_RESTORE, JSON.stringify(Object.fromEntries(before)));
  }
  for (const [name, value] of Object.entries(variables)) {
    runner.export(name, value);
  }
}

/** What stood there before may be a secret, which no state may hold; a file of ours will be gone. */
function valueToRestore(name: string, before: string): string {
  return SECRET_VARIABLES.includes(name) || isOwnTrustFile(before) || isOwnConfigFile(before) ? '' : before;
}

function readEvent(environment: NodeJS.ProcessEnv): WorkflowEvent {
  let payload: WorkflowEvent['payload'] = {};
  try {
    payload = jsonObject(readFileSync(environment['GITHUB_EVENT_PATH'] ?? '')) ?? {};
  } catch {
    // Without the payload an origin is unknown, and judged so.
  }
  return {
    name: environment['GITHUB_EVENT_NAME'] ?? '',
    payload,
    repository: environment['GITHUB_REPOSITORY'] ?? '',
    actor: environment['GITHUB_ACTOR'] ?? '',
  };
}

// Last, so that every constant above has its value.
guardProcess(githubRunner);
void run(process.env, githubRunner).then(endProcess);
