import { randomBytes } from 'node:crypto';
import { APP_NAMES, type AppName, type DeploymentDescription } from '../deployment/deployment.ts';
import { examineDeployment } from '../deployment/doctor/doctor.ts';
import { deploymentFileFinding } from '../deployment/findings.ts';
import { readDeployment } from '../deployment/read-deployment.ts';
import { renderHelm } from '../deployment/render/render-helm.ts';
import { renderSecrets, type SecretValues } from '../deployment/render/render-secrets.ts';
import { joinDocuments } from '../deployment/render/yaml-text.ts';
import { FindingError, isError } from '../findings/finding.ts';
import { readOptions } from '../inputs/auth-inputs.ts';
import { readYaml } from '../inputs/yaml.ts';
import { doctorHtml } from '../report/doctor-html.ts';
import { describeDoctor } from '../report/doctor-json.ts';
import { doctorTable } from '../report/doctor-table.ts';
import { isoTime } from '../report/log.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { createTransport } from '../transport/http-client.ts';
import { completeProxyAddress } from '../transport/proxy.ts';
import { systemRetryEffects } from '../transport/retry.ts';
import { command, type Given } from './command.ts';
import { refuseExisting, writeNewFile, writeReport } from './files.ts';
import { asUsageError, REACH_OPTIONS, refuseUnsafeProcess, stepInputs } from './inputs.ts';
import { JSON_OPTION } from './options.ts';
import { printFindings } from './print.ts';
import { type Terminal, UsageError } from './terminal.ts';

const OPTIONS = {
  verify: { value: 'HOW', description: 'token: sign in; deployment: also ask the control plane who we are' },
  html: { value: 'FILE', description: 'write the report as a page, for a ticket' },
  render: { value: 'WHAT', description: 'helm or secrets: write what the guides have you write by hand' },
  'with-values': { description: 'with --render secrets: the secrets themselves, not where they are stored' },
  output: { value: 'FILE', description: 'with --render: a new file of mode 0600' },
  ...REACH_OPTIONS,
  'fail-on': { value: 'WHAT', description: 'exit with 1 on error, on warning, or never' },
  json: JSON_OPTION,
} as const;

type Name = keyof typeof OPTIONS;

/** 43 characters of base64url. */
const NONCE_BYTES = 32;

/** All OAuth apps of a deployment, from one file. */
export const doctor = command({
  name: 'doctor',
  summary: 'Examines a whole deployment: its identity provider, its settings, its OAuth apps.',
  description:
    'FILE names the deployment and, for each app, what is known; docs/deployment.md has one to start from. Secrets come from the variables of the environment that it names. Nobody is signed in, and what is started is left to expire. One fault is one failing row, with its fix.',
  argument: { name: 'file', description: 'the file that describes the deployment' },
  options: OPTIONS,
  exits: ['all that could be proved is right', 'something is wrong, and what to do'],
  examples: [
    { call: 'union-auth doctor deployment.yaml', says: 'a table for people' },
    { call: 'union-auth doctor deployment.yaml --html report.html', says: 'a page for a ticket' },
    { call: 'union-auth doctor deployment.yaml --render helm > values.yaml', says: 'the values of the charts' },
    { call: 'union-auth doctor deployment.yaml --render secrets', says: 'the secrets, by reference to their store' },
  ],
  async run(given, terminal) {
    try {
      const description = await readFile(given.argument, terminal);
      const render = given.text('render');
      return render === undefined
        ? await examine(description, given, terminal)
        : await writeRendered(render, description, given, terminal);
    } catch (error) {
      throw error instanceof FindingError ? asUsageError(error) : error;
    }
  },
});

async function readFile(path: string | undefined, { readFile: read }: Terminal): Promise<DeploymentDescription> {
  if (path === undefined) {
    throw new UsageError('doctor needs the file that describes the deployment.');
  }
  const yaml = await readYaml(new TextDecoder().decode(read(path)));
  if ('value' in yaml) {
    return readDeployment(yaml.value);
  }
  const detail =
    yaml.fault === 'alias'
      ? 'It uses an alias, which is not followed.'
      : `It is no YAML${yaml.line === undefined ? '' : ` (line ${yaml.line})`}.`;
  throw new FindingError(deploymentFileFinding('deployment/file-unreadable', detail));
}

async function examine(description: DeploymentDescription, given: Given<Name>, terminal: Terminal): Promise<0 | 1> {
  if (given.flag('with-values') || given.text('output') !== undefined) {
    throw new UsageError('--with-values and --output belong to --render.');
  }
  refuseUnsafeProcess(terminal);
  completeProxyAddress(process.env);
  const inputs = stepInputs([...Object.keys(REACH_OPTIONS), 'fail-on'], given, {
    'deadline-seconds': given.text('deadline-seconds') ?? DEADLINE_SECONDS,
  });
  const { options } = readOptions(inputs);
  const verify = given.text('verify') ?? 'token';
  if (verify !== 'token' && verify !== 'deployment') {
    throw new UsageError('--verify must be one of token, deployment.');
  }
  terminal.progress(`Examining ${description.domain} ...`);
  const report = await examineDeployment(
    description,
    terminal.environment,
    { verify },
    {
      secrets: new SecretStore(() => undefined),
      retry: systemRetryEffects(options.retries),
      nonce: () => randomBytes(NONCE_BYTES).toString('base64url'),
      openTransport: () => createTransport(options),
    },
  ).finally(() => terminal.progress(''));
  const html = given.text('html');
  if (html !== undefined) {
    writeReport(html, doctorHtml(report, isoTime(Math.floor(Date.now() / 1000))), '--html');
  }
  terminal.print(
    given.flag('json') ? `${JSON.stringify(describeDoctor(report), undefined, 2)}\n` : doctorTable(report),
  );
  const isFailing = options.failOn === 'warning' ? report.verdict !== 'ready' : report.verdict === 'not-ready';
  return isFailing && options.failOn !== 'never' ? 1 : 0;
}

/** Six apps, and each may be slow. */
const DEADLINE_SECONDS = '120';

async function writeRendered(
  what: string,
  description: DeploymentDescription,
  given: Given<Name>,
  terminal: Terminal,
): Promise<0 | 1> {
  const output = given.text('output');
  const withValues = given.flag('with-values');
  if (what !== 'helm' && what !== 'secrets') {
    throw new UsageError('--render must be one of helm, secrets.');
  }
  if (withValues && what !== 'secrets') {
    throw new UsageError('--with-values belongs to --render secrets.');
  }
  if (withValues && output === undefined && terminal.outputIsTerminal) {
    throw new UsageError('The secrets would stand on the screen: name a file with --output.');
  }
  refuseExisting(output, '--output');
  const { documents, findings } =
    what === 'helm'
      ? renderHelm(description)
      : renderSecrets(description, withValues ? valuesOf(description, terminal) : undefined);
  printFindings(findings, { print: (text) => terminal.complain(text) });
  if (findings.some(isError)) {
    return 1;
  }
  const text = joinDocuments(documents);
  if (output === undefined) {
    terminal.print(text);
  } else {
    writeNewFile(output, text, '--output');
  }
  return 0;
}

/** The secrets of the apps, out of the variables that the file names. */
function valuesOf({ apps }: DeploymentDescription, { environment }: Terminal): SecretValues {
  const entries = APP_NAMES.flatMap((name): [AppName, string][] => {
    const variable = apps[name]?.clientSecretVariable;
    const value = variable === undefined ? undefined : environment[variable];
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
