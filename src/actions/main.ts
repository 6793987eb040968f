import { readFileSync } from 'node:fs';
import { inspectApiKey } from '../api-key/inspect.ts';
import { type Authentication, authenticate, protectCredentials } from '../authenticate.ts';
import { type ClientSettings, SECRET_VARIABLES } from '../clients/client.ts';
import { setUpClients } from '../clients/clients.ts';
import { FindingError } from '../findings/finding.ts';
import { digestOf, isOwnConfig, placeOfConfig, writeConfig } from '../github/client-config.ts';
import { isOwnTrustFile, prepareClientTrust } from '../github/client-trust.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { StepInputs } from '../github/inputs.ts';
import { githubRunner, type Runner } from '../github/runner.ts';
import { checkRunner } from '../github/runner-files.ts';
import {
  type AuthOptions,
  readCredentials,
  readOptions,
  readReminder,
  readWorkspace,
  SECRET_INPUTS,
  untestedCredentials,
} from '../inputs/auth-inputs.ts';
import { annotationOf, isoTime, logGroups, logVerdict } from '../report/log.ts';
import { summaryOf } from '../report/summary.ts';
import { checkAge } from '../rotation/deploy-check.ts';
import type { Report } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { createTransport } from '../transport/http-client.ts';
import { jsonObject } from '../transport/json.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { systemRetryEffects } from '../transport/retry.ts';
import { endProcess, guardProcess } from './process.ts';
import { type AskedReminder, askForReminder } from './reminder-schedule.ts';
import { STATE_CONFIG_DIGEST, STATE_CONFIG_FILE, STATE_RESTORE, STATE_TEMPORARY_FILE } from './state.ts';

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
    const reminder = readReminder(inputs, request.verify);
    const age = checkAge(inputs.text('rotated-at'), inputs.text('max-age-days'), credentials, Date.now());
    const [authentication, asked] = await Promise.all([
      authenticate(
        {
          ...request,
          credentials,
          event: readEvent(environment),
          workspace: {
            ...readWorkspace(environment['GITHUB_WORKSPACE'] ?? '', environment),
            clients: options.clients.names,
            writesConfig: options.exportEnvironment && options.clients.writesConfig,
          },
          remarks: [...request.remarks, ...checkProxyEnvironment(environment), ...age],
        },
        { secrets, openTransport: () => createTransport(options), retry: systemRetryEffects(options.retries) },
      ),
      askForReminder(reminder, options, environment, secrets),
    ]);
    return await conclude(withReminder(authentication, asked), options, environment, runner);
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
  clients: { names: [], writesConfig: false, configFile: '', project: '', domain: '', imageBuilder: '' },
  summary: true,
  cleanup: false,
  certificateAuthorities: '',
};

type ConcludeOptions = Pick<
  AuthOptions,
  'failOn' | 'exportEnvironment' | 'clients' | 'summary' | 'cleanup' | 'certificateAuthorities'
>;

/** Turns the outcome into log, annotation, outputs, exports and summary. */
async function conclude(
  outcome: Authentication,
  options: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<0 | 1> {
  const trusted = prepareTrust(outcome, options, environment);
  const passed = failOnWarning(trusted.outcome, options);
  const exported = prepareExports(passed, options, trusted, environment);
  const { report, apiKey } = exported.outcome;
  for (const { title, lines } of logGroups(report)) {
    runner.group(title, lines);
  }
  runner.log(logVerdict(report));
  for (const [name, value] of Object.entries(outputsOf(report, apiKey, exported.config?.path))) {
    runner.output(name, value);
  }
  // After everything else that can fail, so that a failing step has exported nothing.
  exportVariables(exported, options, environment, runner);
  const failed = report.verdict === 'not-ready' && options.failOn !== 'never';
  annotate(report, failed, runner);
  if (options.summary) {
    const markdown = summaryOf(report, Object.keys(exported.variables));
    // A summary that can't be written (a full disk) is no reason to stop a deploy.
    await runner.summary(markdown).catch(() => runner.log('The job summary could not be written.'));
  }
  return failed ? 1 : 0;
}

/** What of a private authority later steps will have. */
interface Trusted {
  readonly outcome: Authentication;
  readonly variables: Readonly<Record<string, string>>;
  readonly file?: string;
}

/** Lets the clients trust what this step was told to trust. That they will not is a warning. */
function prepareTrust(
  outcome: Authentication,
  { exportEnvironment, certificateAuthorities }: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
): Trusted {
  const { report, apiKey } = outcome;
  if (apiKey === undefined || !exportEnvironment) {
    return { outcome, variables: {} };
  }
  const trust = prepareClientTrust(certificateAuthorities, environment);
  const findings = [...report.findings, ...trust.findings];
  const verdict = trust.findings.length > 0 ? 'ready-with-warnings' : report.verdict;
  return {
    outcome: { report: { ...report, verdict, findings }, apiKey },
    variables: trust.variables,
    ...(trust.file !== undefined && { file: trust.file }),
  };
}

/** What later steps will find in their environment, and the files that were written for it. */
interface Exported {
  readonly outcome: Authentication;
  readonly variables: Readonly<Record<string, string>>;
  readonly trustFile?: string;
  readonly config?: { readonly path: string; readonly text: string };
}

/** Writes the config file, where the clients need one. That it can not be written fails the step, and exports nothing. */
function prepareExports(
  outcome: Authentication,
  { exportEnvironment, clients }: ConcludeOptions,
  { variables, file }: Trusted,
  environment: NodeJS.ProcessEnv,
): Exported {
  const { report, apiKey } = outcome;
  const fields = apiKey === undefined ? undefined : inspectApiKey(apiKey).fields;
  if (apiKey === undefined || fields === undefined || report.verdict === 'not-ready' || !exportEnvironment) {
    return { outcome, variables: {} };
  }
  const settings: ClientSettings = {
    apiKey,
    fields,
    scopes: report.provider?.scopes,
    audience: report.provider?.audience ?? '',
    certificateFile: variables['SSL_CERT_FILE'],
    project: clients.project,
    domain: clients.domain,
    imageBuilder: clients.imageBuilder,
  };
  const path = clients.writesConfig ? placeOfConfig(clients.configFile, environment) : undefined;
  const setup = setUpClients(clients.names, settings, path);
  const text = setup.config;
  const failure = path === undefined || text === undefined ? undefined : writeConfig(path, text);
  if (failure !== undefined) {
    const findings = [...report.findings, failure];
    return { outcome: { report: { ...report, verdict: 'not-ready', cause: failure, findings } }, variables: {} };
  }
  return {
    outcome,
    variables: { ...setup.environment, ...variables },
    ...(file !== undefined && { trustFile: file }),
    ...(path !== undefined && text !== undefined && { config: { path, text } }),
  };
}

/** With `fail-on: warning` a warning is the cause of a failure, and the outcome says so throughout. */
function failOnWarning(outcome: Authentication, { failOn }: ConcludeOptions): Authentication {
  const { report } = outcome;
  if (failOn !== 'warning' || report.verdict !== 'ready-with-warnings') {
    return outcome;
  }
  const warnings = report.findings.filter(({ severity }) => severity === 'warning');
  // What the step itself was told is rarely what somebody needs to mend.
  const cause = warnings.find(({ code }) => !code.startsWith('input/')) ?? warnings[0];
  return { report: { ...report, verdict: 'not-ready', ...(cause && { cause }) } };
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
  configFile: string | undefined,
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
    'config-file': configFile ?? '',
  };
}

/** Exports for later steps, and notes for the post step what was there before and what was written. */
function exportVariables(
  { variables, trustFile, config }: Exported,
  { cleanup }: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): void {
  // First, so that the post step can undo whatever comes after.
  if (cleanup && trustFile !== undefined) {
    runner.saveState(STATE_TEMPORARY_FILE, trustFile);
  }
  if (cleanup && config !== undefined) {
    runner.saveState(STATE_CONFIG_FILE, config.path);
    runner.saveState(STATE_CONFIG_DIGEST, digestOf(config.text));
  }
  const before = Object.keys(variables).map((name) => [name, valueToRestore(name, environment[name] ?? '')]);
  if (cleanup && before.length > 0) {
    runner.saveState(STATE_RESTORE, JSON.stringify(Object.fromEntries(before)));
  }
  for (const [name, value] of Object.entries(variables)) {
    runner.export(name, value);
  }
}

/** A secret that stood there before is one that no state may hold; a file of ours will be gone. */
function valueToRestore(name: string, before: string): string {
  return (SECRET_VARIABLES as readonly string[]).includes(name) || isOwnTrustFile(before) || isOwnConfig(before)
    ? ''
    : before;
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
