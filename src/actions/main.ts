import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { type AuthenticateRequest, type Authentication, authenticate, protectCredentials } from '../authenticate.ts';
import { flyteEnvironment } from '../clients/flyte.ts';
import { FindingError } from '../findings/finding.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { StepInputs } from '../github/inputs.ts';
import { githubRunner, type Runner } from '../github/runner.ts';
import { checkRunner } from '../github/runner-files.ts';
import { annotationOf, isoTime, logGroups, logVerdict } from '../report/log.ts';
import { summaryOf } from '../report/summary.ts';
import type { Report } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { checkProxyEnvironment } from '../transport/findings.ts';
import { createTransport } from '../transport/http-client.ts';
import { jsonObject } from '../transport/json.ts';
import type { RetryEffects } from '../transport/retry.ts';
import {
  type AuthOptions,
  readCredentials,
  readOptions,
  readWorkspaceConfig,
  SECRET_INPUTS,
  untestedCredentials,
} from './auth-inputs.ts';
import { endProcess, guardProcess } from './process.ts';
import { STATE_RESTORE, STATE_TEMPORARY_FILE } from './state.ts';

/** Runs the step. @returns the exit code. */
async function run(environment: NodeJS.ProcessEnv, runner: Runner): Promise<0 | 1> {
  const unsafe = checkRunner(environment);
  if (unsafe !== undefined) {
    // Without the runner's files nothing may be set: an annotation is all that is safe.
    const { title, message } = annotationOf(unsafe);
    runner.annotate('error', title, message);
    return 1;
  }
  const secrets = new SecretStore(runner.mask);
  const inputs = new StepInputs({ ...environment });
  for (const name of SECRET_INPUTS) {
    delete environment[`INPUT_${name.toUpperCase()}`];
  }
  try {
    for (const credentials of untestedCredentials(inputs)) {
      protectCredentials(credentials, secrets);
    }
    const credentials = readCredentials(inputs);
    const { options, request } = readOptions(inputs);
    const authentication = await authenticate(
      {
        ...request,
        credentials,
        event: readEvent(environment),
        workspace: readWorkspace(environment),
        remarks: [...request.remarks, ...checkProxyEnvironment(environment)],
      },
      { secrets, openTransport: () => createTransport(options), retry: retryEffects(options) },
    );
    return await conclude(authentication, options, environment, runner);
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

/** How a step ends whose inputs can't be read: nothing that they say is taken as said. */
const BAD_INPUT: ConcludeOptions = {
  failOn: 'error',
  exportEnvironment: false,
  summary: true,
  cleanup: false,
  certificateAuthorities: '',
};

function retryEffects({ retries }: AuthOptions): RetryEffects {
  return {
    retries,
    random: Math.random,
    now: Date.now,
    sleep: async (milliseconds, signal) => await sleep(milliseconds, undefined, { signal }),
  };
}

function readWorkspace(environment: NodeJS.ProcessEnv): AuthenticateRequest['workspace'] {
  const config = readWorkspaceConfig(environment['GITHUB_WORKSPACE'] ?? '');
  const adminInsecure = environment['FLYTE_ADMIN_INSECURE'];
  return { ...(config && { config }), ...(adminInsecure !== undefined && { adminInsecure }) };
}

type ConcludeOptions = Pick<
  AuthOptions,
  'failOn' | 'exportEnvironment' | 'summary' | 'cleanup' | 'certificateAuthorities'
>;

/** Turns the outcome into log, annotation, outputs, exports and summary. */
async function conclude(
  { report, apiKey }: Authentication,
  options: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<0 | 1> {
  const warned = report.verdict === 'ready-with-warnings' && options.failOn === 'warning';
  const failed = report.verdict === 'not-ready' || warned;
  for (const { title, lines } of logGroups(report)) {
    runner.group(title, lines);
  }
  runner.log(logVerdict(report));
  if (warned) {
    runner.log('The step fails all the same, since fail-on is warning.');
  }
  for (const [name, value] of Object.entries(outputsOf(report, failed ? undefined : apiKey))) {
    runner.output(name, value);
  }
  // After everything else that can fail, so that a failing step has exported nothing.
  const exported =
    apiKey !== undefined && !failed && options.exportEnvironment ? exportKey(apiKey, options, environment, runner) : [];
  annotate(report, failed && options.failOn !== 'never', runner);
  if (options.summary) {
    // A summary that can't be written (a full disk) is no reason to stop a deploy.
    await runner.summary(summaryOf(report, exported)).catch(() => runner.log('The job summary could not be written.'));
  }
  return failed && options.failOn !== 'never' ? 1 : 0;
}

function annotate(report: Report, failed: boolean, runner: Runner): void {
  const warnings = report.findings.filter(({ severity }) => severity === 'warning');
  const cause = report.cause ?? (failed ? warnings[0] : undefined);
  for (const finding of cause === undefined ? warnings : [cause]) {
    const { title, message } = annotationOf(finding);
    runner.annotate(failed ? 'error' : 'warning', title, message);
  }
}

/** The outputs of action.yml; a test holds the two equal. */
function outputsOf({ verdict, findings, provider, token }: Report, apiKey: string | undefined): Record<string, string> {
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
  };
}

/** Exports for later steps, and notes for the post step what was there before. @returns the names, for the summary. */
function exportKey(apiKey: string, options: ConcludeOptions, environment: NodeJS.ProcessEnv, runner: Runner): string[] {
  const variables: Record<string, string> = {
    ...flyteEnvironment(apiKey),
    ...trustForClients(options, environment, runner),
  };
  const before = Object.keys(variables).map((name) => [name, valueToRestore(name, environment[name] ?? '')]);
  // First, so that the post step can undo whatever comes after.
  if (options.cleanup) {
    runner.saveState(STATE_RESTORE, JSON.stringify(Object.fromEntries(before)));
  }
  for (const [name, value] of Object.entries(variables)) {
    runner.export(name, value);
  }
  return Object.keys(variables);
}

/** A key that stood there before is a secret, which no state may hold; a file of ours will be gone. */
function valueToRestore(name: string, before: string): string {
  return name === 'FLYTE_API_KEY' || isOwnCertificateFile(before) ? '' : before;
}

/**
 * SSL_CERT_FILE for the clients: it replaces their trust store, so the public roots must be in it. One that the user
 * set is left alone; one that an earlier step of this action set is used again, or added to.
 */
function trustForClients(
  { certificateAuthorities, cleanup }: ConcludeOptions,
  environment: NodeJS.ProcessEnv,
  runner: Runner,
): Record<string, string> {
  const folder = environment['RUNNER_TEMP'] ?? '';
  const present = environment['SSL_CERT_FILE'] ?? '';
  if (certificateAuthorities === '' || folder === '' || (present !== '' && !isOwnCertificateFile(present))) {
    return {};
  }
  const trusted =
    present !== '' && existsSync(present) ? readFileSync(present, 'utf8') : `${rootCertificates.join('\n')}\n`;
  if (present !== '' && trusted.includes(certificateAuthorities)) {
    return { SSL_CERT_FILE: present };
  }
  const path = join(folder, `${CERTIFICATE_FILE_PREFIX}${randomBytes(8).toString('hex')}.pem`);
  writeFileSync(path, `${trusted}${certificateAuthorities}\n`, { mode: 0o644, flag: 'wx' });
  if (cleanup) {
    runner.saveState(STATE_TEMPORARY_FILE, path);
  }
  return { SSL_CERT_FILE: path };
}

const CERTIFICATE_FILE_PREFIX = 'union-auth-certificates-';

function isOwnCertificateFile(path: string): boolean {
  return basename(path).startsWith(CERTIFICATE_FILE_PREFIX);
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
