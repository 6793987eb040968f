import { definitionOf } from '../catalogue.ts';
import { FindingError } from '../findings/finding.ts';
import { StepInputs } from '../github/inputs.ts';
import { REMINDER_INPUTS, SECRET_REMINDER_INPUTS } from '../inputs/reminder-inputs.ts';
import type { IssueTracker } from '../issue-tracker/issue-tracker.ts';
import { type PreparedReminder, prepareReminder } from '../prepare-reminder.ts';
import { type ReminderReport, remind } from '../remind/remind.ts';
import { describeReminder, failureOf, reminderGroups, reminderVerdict } from '../report/reminder-log.ts';
import { STAMP_VARIABLE } from '../rotation/stamp.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Environment = Terminal['environment'];

/** Inputs of the action that mean nothing here: GitHub's own, and those that hold a secret. */
const NOT_HERE = new Set<string>([
  ...SECRET_REMINDER_INPUTS,
  'meta',
  'secret-scope',
  'issue',
  'issue-repository',
  'keep-enabled',
  'summary',
]);
const FLAGS = new Set(['dry-run']);

/**
 * `union-auth rotation remind`: what the action rotation-reminder does, in any CI system. The options are the inputs
 * of the action; secrets come from the environment alone.
 * @returns 0, or 1 where --fail-on says so.
 */
export async function rotationRemind(args: string[], terminal: Terminal): Promise<0 | 1> {
  const names = Object.keys(REMINDER_INPUTS).filter((name) => !NOT_HERE.has(name));
  const { values } = readOptions(args, {
    ...Object.fromEntries(names.map((name) => [name, { type: FLAGS.has(name) ? 'boolean' : 'string' } as const])),
    keys: { type: 'string' },
    tracker: { type: 'string' },
    project: { type: 'string' },
    json: { type: 'boolean' },
  });
  const { environment } = terminal;
  const options = values as Readonly<Record<string, string | boolean | undefined>>;
  const secrets = new SecretStore(() => undefined);
  try {
    const inputs = new StepInputs(inputsFrom(options, terminal));
    completeProxyAddress(process.env);
    const prepared = await prepareReminder(inputs, secrets, environment);
    try {
      const tracker = await openTracker(options, prepared, environment, secrets);
      const report = await runReminder(prepared, tracker, environment);
      return conclude(report, prepared, options['json'] === true, terminal);
    } finally {
      prepared.transport.close();
    }
  } catch (error) {
    if (error instanceof FindingError) {
      const { finding } = error;
      const { title, fix } = definitionOf(finding);
      throw new UsageError(`${title}. ${finding.detail} ${fix} (${finding.code})`);
    }
    throw error;
  }
}

/** The options as the action would get them, with the secrets of one key out of the environment. */
function inputsFrom(
  options: Readonly<Record<string, string | boolean | undefined>>,
  { environment, readFile }: Terminal,
): Record<string, string> {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return value === undefined ? undefined : String(value);
  };
  const keys = text('keys');
  const key = environment[text('secret-name') ?? 'FLYTE_API_KEY'];
  const clientSecret = environment['CLIENT_SECRET'];
  const ofOneKey = {
    // The fields of a key go before a whole one, as their user had to name them.
    ...(clientSecret === undefined ? { 'api-key': key } : { 'client-secret': clientSecret }),
    meta: environment[text('meta-variable') ?? STAMP_VARIABLE],
  };
  const inputs: Record<string, string | undefined> = {
    ...REMINDER_INPUTS,
    'github-token': undefined,
    ...Object.fromEntries(Object.keys(options).map((name) => [name, text(name)])),
    ...(keys === undefined ? ofOneKey : { keys: new TextDecoder().decode(readFile(keys)) }),
    'provider-token': environment['PROVIDER_TOKEN'],
    'provider-client-secret': environment['PROVIDER_CLIENT_SECRET'],
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value ?? '']),
  );
}

/** Where the issue is kept; nowhere unless it is asked for. */
async function openTracker(
  options: Readonly<Record<string, string | boolean | undefined>>,
  { transport, retry }: PreparedReminder,
  environment: Environment,
  secrets: SecretStore,
): Promise<IssueTracker | undefined> {
  switch (options['tracker'] ?? 'none') {
    case 'none':
      return undefined;
    case 'gitlab': {
      const { connectToGitLab } = await import('../gitlab/api.ts');
      const { gitlabIssues } = await import('../issue-tracker/gitlab-issues.ts');
      const token = environment['GITLAB_TOKEN'] ?? '';
      secrets.protectToken(token);
      const apiUrl = environment['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4';
      const project = String(options['project'] ?? environment['CI_PROJECT_PATH'] ?? '');
      return gitlabIssues(connectToGitLab({ apiUrl, token }, transport, retry), project);
    }
    default:
      throw new UsageError('--tracker must be one of none, gitlab.');
  }
}

async function runReminder(
  { keys, reminder, request, now, effects }: PreparedReminder,
  tracker: IssueTracker | undefined,
  environment: Environment,
): Promise<ReminderReport> {
  return await remind(
    {
      keys,
      thresholds: reminder.thresholds,
      now,
      issues: reminder.issues,
      system: environment['GITLAB_CI'] === 'true' ? 'gitlab' : 'other',
      repository: '',
      run: environment['CI_JOB_URL'] ?? environment['BUILD_URL'] ?? '',
      remarks: [...request.remarks, ...checkProxyEnvironment(process.env)],
    },
    { ...effects, ...(tracker && { tracker }) },
  );
}

function conclude(
  found: ReminderReport,
  { options, reminder, transport }: PreparedReminder,
  isJson: boolean,
  { print }: Terminal,
): 0 | 1 {
  const report = failureOf(found, options.failOn);
  if (isJson) {
    print(`${JSON.stringify(describeReminder(report), undefined, 2)}\n`);
  } else {
    for (const { title, lines } of reminderGroups(report, transport.attempts, reminder.issues.dryRun)) {
      print(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
    }
    print(`${reminderVerdict(report)}\n`);
  }
  return report.cause !== undefined && options.failOn !== 'never' ? 1 : 0;
}
