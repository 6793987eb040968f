import { authenticate, protectCredentials } from '../authenticate.ts';
import { definitionOf, linkOf } from '../catalogue.ts';
import { FindingError } from '../findings/finding.ts';
import { AUTH_INPUTS, readCredentials, readOptions, readWorkspace } from '../inputs/auth-inputs.ts';
import { logGroups, logVerdict } from '../report/log.ts';
import { checkAge } from '../rotation/deploy-check.ts';
import { STAMP_VARIABLE } from '../rotation/stamp.ts';
import type { Report } from '../run-report.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { createTransport } from '../transport/http-client.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { systemRetryEffects } from '../transport/retry.ts';
import { command, type Given } from './command.ts';
import { asUsageError, refuseUnsafeProcess, stepInputs, TRIAL_OPTIONS } from './inputs.ts';
import { JSON_OPTION } from './options.ts';
import { printGroups } from './print.ts';
import type { Terminal } from './terminal.ts';

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
  'fail-on': { value: 'WHAT', description: 'exit with 1 on error, on warning, or never' },
  json: JSON_OPTION,
} as const;

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
      call: 'union-auth check --verify deployment --allowed-audience https://union.example.com',
      says: 'as strict as the control plane',
    },
  ],
  async run(given, terminal) {
    refuseUnsafeProcess(terminal);
    completeProxyAddress(process.env);
    const secrets = new SecretStore(() => undefined);
    try {
      const inputs = stepInputs(Object.keys(OPTIONS), given, await secretOf(given, terminal));
      const credentials = readCredentials(inputs);
      protectCredentials(credentials, secrets);
      const { options, request } = readOptions(inputs);
      const now = Date.now();
      const age = checkAge(inputs.text('rotated-at'), inputs.text('max-age-days'), credentials, now);
      terminal.progress('Testing the key ...');
      const { report } = await authenticate(
        {
          ...request,
          credentials,
          workspace: {
            ...readWorkspace(terminal.folder, terminal.environment),
            clients: ['flyte'],
            writesConfig: false,
          },
          remarks: [...request.remarks, ...checkProxyEnvironment(process.env), ...age],
        },
        { secrets, openTransport: () => createTransport(options), retry: systemRetryEffects(options.retries) },
      ).finally(() => terminal.progress(''));
      return conclude(report, options.failOn, given.flag('json'), terminal);
    } catch (error) {
      throw error instanceof FindingError ? asUsageError(error) : error;
    }
  },
});

/** The whole key, or the secret of one that is built here. */
async function secretOf(
  given: Given<'domain' | 'client-id' | 'rotated-at'>,
  terminal: Terminal,
): Promise<Readonly<Record<string, string | undefined>>> {
  const { environment } = terminal;
  const rotatedAt = given.text('rotated-at') ?? environment[STAMP_VARIABLE];
  const isOfFields = given.text('domain') !== undefined || given.text('client-id') !== undefined;
  const [name, variable, prompt] = isOfFields
    ? (['client-secret', 'CLIENT_SECRET', 'Client secret'] as const)
    : (['api-key', 'FLYTE_API_KEY', 'Key'] as const);
  const secret = environment[variable] ?? (await terminal.readSecret(prompt));
  return { [name]: secret, 'rotated-at': rotatedAt };
}

function conclude(report: Report, failOn: 'error' | 'warning' | 'never', isJson: boolean, terminal: Terminal): 0 | 1 {
  if (isJson) {
    terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    printGroups(logGroups(report), logVerdict(report), terminal);
    const { cause } = report;
    if (cause !== undefined) {
      const { cause: why, fix } = definitionOf(cause);
      terminal.print(`  Cause: ${why}\n  Fix:   ${fix}\n  More:  ${linkOf(cause)}\n`);
    }
  }
  const isFailing = failOn === 'warning' ? report.verdict !== 'ready' : report.verdict === 'not-ready';
  return isFailing && failOn !== 'never' ? 1 : 0;
}
