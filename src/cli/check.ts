import { inspectApiKey } from '../api-key/inspect.ts';
import { type Authentication, authenticate, protectCredentials } from '../authenticate.ts';
import { shellExports } from '../ci/shell.ts';
import { azureMask, azureVariable, CI_LOGS, type CiSystem, detectCi } from '../ci/systems.ts';
import { NOTHING_STATED } from '../clients/client.ts';
import { SECRET_VARIABLES, setUpClients } from '../clients/clients.ts';
import { definitionOf, type Finding, FindingError, linkOf } from '../findings/finding.ts';
import { checkMasking } from '../gitlab/masking.ts';
import { AUTH_INPUTS, readCredentials, readOptions } from '../inputs/auth-inputs.ts';
import { readSurroundings } from '../inputs/surroundings.ts';
import { junitReport } from '../report/junit.ts';
import { annotationOf, logGroups, logVerdict } from '../report/log.ts';
import { checkAge } from '../rotation/deploy-check.ts';
import { STAMP_VARIABLE } from '../rotation/stamp.ts';
import { failingOnWarning, type Report } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { systemRetryEffects } from '../transport/retry.ts';
import { command, type Given } from './command.ts';
import { refuseExisting, writeNewFile, writeReport } from './files.ts';
import { asUsageError, refuseUnsafeProcess, stepInputs, TRIAL_OPTIONS } from './inputs.ts';
import { JSON_OPTION } from './options.ts';
import { printGroups } from './print.ts';
import { type Terminal, UsageError } from './terminal.ts';

const OPTIONS = {
  domain: { value: 'HOST', description: 'with --client-id: build the key of its fields' },
  'client-id': { value: 'ID', description: 'of the OAuth app' },
  org: { value: 'ORG', description: 'the organization; none for self-hosted deployments' },
  verify: { value: 'HOW', description: 'offline: shape; token: sign in; deployment: also ask it who we are' },
  project: { value: 'ID', description: 'with --verify deployment: also read this project' },
  issuer: { value: 'ADDRESS', description: 'pin the issuer' },
  scopes: { value: 'SCOPES', description: 'ask for these, not for what the deployment advertises' },
  audience: { value: 'AUDIENCE', description: 'ask for this, not for what the deployment advertises' },
  ...TRIAL_OPTIONS,
  'rotated-at': { value: 'TIME', description: `when the key was rotated; ${STAMP_VARIABLE} unless given` },
  'max-age-days': { value: 'DAYS', description: `warn when it is older; ${AUTH_INPUTS['max-age-days']} unless given` },
  'exports-file': { value: 'FILE', description: 'write what flyte needs here, new and for you alone, to be sourced' },
  export: { description: 'in Azure Pipelines: hand the key on as a secret variable' },
  junit: { value: 'FILE', description: 'write a JUnit report here' },
  'fail-on': { value: 'WHAT', description: 'exit with 1 on error, on warning, or never' },
  json: JSON_OPTION,
} as const;

type Name = keyof typeof OPTIONS;

/** Those that the action has too. */
const INPUT_OPTIONS = Object.keys(OPTIONS).filter((name) => Object.hasOwn(AUTH_INPUTS, name));

/** What the action does, in a terminal and in any CI system. */
export const check = command({
  name: 'check',
  summary: 'Tests a key as the clients would use it.',
  description:
    'Judges its shape, signs in as the client does, and judges the token as the control plane will. Takes FLYTE_API_KEY, or builds the key of --domain, --client-id and CLIENT_SECRET; without either variable the secret is read from standard input, or asked for.',
  options: OPTIONS,
  environment: {
    FLYTE_API_KEY: 'the key',
    CLIENT_SECRET: 'the client secret, with --domain and --client-id',
    [STAMP_VARIABLE]: 'the stamp of the key',
  },
  exits: ['the next step can sign in', 'it can not, and why'],
  examples: [
    { call: 'union-auth check', says: 'the key in FLYTE_API_KEY' },
    {
      call: 'union-auth check --domain union.example.com --client-id ci-app < secret.txt',
      says: 'before a key is built',
    },
    {
      call: 'union-auth check --exports-file flyte.env --junit report.xml && . ./flyte.env',
      says: 'in a job of GitLab or Jenkins',
    },
  ],
  async run(given, terminal) {
    refuseUnsafeProcess(terminal);
    completeProxyAddress(process.env);
    const system = detectCi(terminal.environment);
    const secrets = new SecretStore(given.flag('export') ? (form) => terminal.print(azureMask(form)) : () => undefined);
    try {
      refuseExports(given, system);
      const inputs = stepInputs(INPUT_OPTIONS, given, await secretOf(given, terminal));
      const credentials = readCredentials(inputs);
      protectCredentials(credentials, secrets);
      const { options, request } = readOptions(inputs);
      const now = Date.now();
      const age = checkAge(inputs.text('rotated-at'), inputs.text('max-age-days'), credentials, now);
      const { workspace, findings } = readSurroundings(['flyte'], terminal.folder, terminal.environment, {
        writesConfig: false,
        exports: false,
      });
      terminal.progress('Testing the key ...');
      const authentication = await authenticate(
        {
          ...request,
          credentials,
          workspace,
          remarks: [
            ...request.remarks,
            ...checkProxyEnvironment(process.env),
            ...findings,
            ...maskingOf(given, system, terminal),
            ...age,
          ],
        },
        { secrets, openTransport: (create) => create(options), retry: systemRetryEffects(options.retries) },
      ).finally(() => terminal.progress(''));
      return conclude(failOnWarning(authentication, options.failOn), given, options.failOn, system, terminal);
    } catch (error) {
      throw error instanceof FindingError ? asUsageError(error) : error;
    }
  },
});

/** GitLab masks what it is told of, and not everything: whether it can mask the variable with the secret. */
function maskingOf(given: Given<Name>, system: CiSystem | undefined, { environment }: Terminal): readonly Finding[] {
  const variable = isOfFields(given) ? 'CLIENT_SECRET' : 'FLYTE_API_KEY';
  const value = environment[variable] ?? '';
  return system === 'gitlab' && value !== '' ? [checkMasking(variable, value)] : [];
}

function isOfFields(given: Given<Name>): boolean {
  return given.text('domain') !== undefined || given.text('client-id') !== undefined;
}

/** The whole key, or the secret of one that is built here. */
async function secretOf(given: Given<Name>, terminal: Terminal): Promise<Readonly<Record<string, string | undefined>>> {
  const { environment } = terminal;
  const rotatedAt = given.text('rotated-at') ?? environment[STAMP_VARIABLE];
  const [name, variable, prompt] = isOfFields(given)
    ? (['client-secret', 'CLIENT_SECRET', 'Client secret'] as const)
    : (['api-key', 'FLYTE_API_KEY', 'Key'] as const);
  const secret = environment[variable] ?? (await terminal.readSecret(prompt));
  return { [name]: secret, 'rotated-at': rotatedAt };
}

/** Nothing is handed on where a warning is to fail the job. */
function failOnWarning(authentication: Authentication, failOn: 'error' | 'warning' | 'never'): Authentication {
  const report = failOn === 'warning' ? failingOnWarning(authentication.report) : authentication.report;
  return report === authentication.report ? authentication : { report };
}

/** @throws UsageError where the key could not be handed on as it was asked for. */
function refuseExports(given: Given<Name>, system: CiSystem | undefined): void {
  if (given.flag('export') && system !== 'azure') {
    const instead =
      system === 'github' ? 'In GitHub Actions the action does that' : 'Give --exports-file, and source the file';
    throw new UsageError(`--export is for Azure Pipelines. ${instead}.`);
  }
  refuseExisting(given.text('exports-file'), '--exports-file');
  if (given.flag('export') && given.flag('json')) {
    throw new UsageError('--export prints commands of Azure Pipelines, and --json nothing but JSON.');
  }
}

/** Prints the report in the form of the CI system, and hands the key on: last, and only where it is ready. */
function conclude(
  { report, apiKey }: Authentication,
  given: Given<Name>,
  failOn: 'error' | 'warning' | 'never',
  system: CiSystem | undefined,
  terminal: Terminal,
): 0 | 1 {
  if (given.flag('json')) {
    terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    printReport(report, system, terminal);
  }
  const junit = given.text('junit');
  if (junit !== undefined) {
    writeReport(junit, junitReport(report), '--junit');
  }
  const variables = apiKey === undefined ? {} : flyteVariables(apiKey);
  const exportsFile = given.text('exports-file');
  if (apiKey !== undefined && exportsFile !== undefined) {
    writeNewFile(exportsFile, shellExports(variables), '--exports-file');
  }
  if (given.flag('export')) {
    for (const [name, value] of Object.entries(variables)) {
      terminal.print(azureVariable(name, value, SECRET_VARIABLES.includes(name)));
    }
  }
  return report.verdict === 'not-ready' && failOn !== 'never' ? 1 : 0;
}

/** What the flyte client needs, and no other name. */
function flyteVariables(apiKey: string): Readonly<Record<string, string>> {
  const { fields } = inspectApiKey(apiKey);
  return fields === undefined ? {} : setUpClients(['flyte'], { ...fields, ...NOTHING_STATED, apiKey }).environment;
}

function printReport(report: Report, system: CiSystem | undefined, terminal: Terminal): void {
  const log = system && CI_LOGS[system];
  if (log === undefined) {
    printGroups(logGroups(report), logVerdict(report), terminal);
  } else {
    for (const group of logGroups(report)) {
      terminal.print(log.group(group, Math.floor(Date.now() / 1000)));
    }
    terminal.print(`${logVerdict(report)}\n`);
  }
  const { cause, findings } = report;
  if (cause !== undefined) {
    const { cause: why, fix } = definitionOf(cause);
    terminal.print(`  Cause: ${why}\n  Fix:   ${fix}\n  More:  ${linkOf(cause)}\n`);
  }
  const issues = cause === undefined ? findings.filter(({ severity }) => severity === 'warning') : [cause];
  for (const finding of issues) {
    const severity = finding === cause ? 'error' : 'warning';
    terminal.print(log?.issue?.(severity, finding.code, annotationOf(finding).message) ?? '');
  }
}
