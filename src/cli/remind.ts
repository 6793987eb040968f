import { FindingError } from '../findings/finding.ts';
import type { StepInputs } from '../github/inputs.ts';
import { connectToGitLab } from '../gitlab/api.ts';
import { REMINDER_INPUTS } from '../inputs/reminder-inputs.ts';
import { gitlabIssues } from '../issue-tracker/gitlab-issues.ts';
import type { IssueTracker } from '../issue-tracker/issue-tracker.ts';
import { type PreparedReminder, prepareReminder } from '../prepare-reminder.ts';
import { type ReminderReport, remind } from '../remind/remind.ts';
import { describeReminder, failureOf, reminderGroups, reminderVerdict } from '../report/reminder-log.ts';
import { STAMP_VARIABLE } from '../rotation/stamp.ts';
import { SecretStore } from '../secrecy/secret-store.ts';
import { checkProxyEnvironment, completeProxyAddress } from '../transport/proxy.ts';
import { command, type Given } from './command.ts';
import { asUsageError, REACH_OPTIONS, refuseUnsafeProcess, stepInputs, TRIAL_OPTIONS } from './inputs.ts';
import { JSON_OPTION } from './options.ts';
import { printGroups } from './print.ts';
import { type Terminal, UsageError } from './terminal.ts';

type Environment = Terminal['environment'];

/** What is known of one key, or a list of them. */
const KEY_OPTIONS = {
  keys: { value: 'FILE', description: 'a YAML list of keys; $NAME in it is a variable of the environment' },
  name: { value: 'NAME', description: 'what to call the key' },
  'rotated-at': { value: 'TIME', description: 'when it was rotated' },
  'max-age-days': { value: 'DAYS', description: `how old it may be; ${REMINDER_INPUTS['max-age-days']} unless given` },
  domain: { value: 'HOST', description: 'of the key, where CLIENT_SECRET is given' },
  'client-id': { value: 'ID', description: 'of the OAuth app' },
  org: { value: 'ORG', isRare: true, description: 'the organization in the key' },
  issuer: { value: 'ADDRESS', description: 'of the identity provider' },
  provider: { value: 'NAME', description: 'its kind, as okta or entra' },
  'provider-client-id': { value: 'ID', isRare: true, description: 'of the app that may read its record of secrets' },
  'secret-name': { value: 'NAME', isRare: true, description: 'the variable with the key; FLYTE_API_KEY unless given' },
  'meta-variable': {
    value: 'NAME',
    isRare: true,
    description: `the variable with its stamp; ${STAMP_VARIABLE} unless given`,
  },
  environment: { value: 'NAME', isRare: true, description: 'the environment that holds the key' },
} as const;

const STAGE_OPTIONS = {
  'due-soon-days': {
    value: 'DAYS',
    isRare: true,
    description: `due soon before the end; ${REMINDER_INPUTS['due-soon-days']}`,
  },
  'due-days': { value: 'DAYS', isRare: true, description: `due before the end; ${REMINDER_INPUTS['due-days']}` },
  'urgent-days': {
    value: 'DAYS',
    isRare: true,
    description: `urgent before the end; ${REMINDER_INPUTS['urgent-days']}`,
  },
  at: { value: 'TIME', isRare: true, description: 'look as at this time' },
  'fail-on': { value: 'WHAT', description: 'exit with 1 on error, on warning, or never' },
} as const;

const ISSUE_OPTIONS = {
  tracker: { value: 'WHERE', description: 'keep an issue for each key: none or gitlab' },
  project: { value: 'PATH', description: 'of GitLab; CI_PROJECT_PATH unless given' },
  labels: { value: 'LABELS', description: 'of the issue, with commas' },
  assignees: { value: 'NAMES', description: 'of the issue, with commas' },
  'escalate-to': { value: 'NAMES', description: 'assigned too when it is urgent' },
  'dry-run': { description: 'say what would be done to the issue, and do nothing' },
} as const;

const VARIABLES = {
  FLYTE_API_KEY: 'the key',
  CLIENT_SECRET: 'the client secret, with --domain and --client-id',
  [STAMP_VARIABLE]: 'the stamp of the key',
  PROVIDER_TOKEN: "opens the provider's record, as PROVIDER_CLIENT_SECRET does",
};

/** What the action rotation-reminder does, in any CI system. */
export const rotationRemind = command({
  name: 'rotation remind',
  summary: 'Says how old keys are, tests them, and keeps an issue for each.',
  description: 'The same as the action rotation-reminder, for every other CI system.',
  options: { ...KEY_OPTIONS, ...STAGE_OPTIONS, ...ISSUE_OPTIONS, ...TRIAL_OPTIONS, json: JSON_OPTION },
  environment: { ...VARIABLES, GITLAB_TOKEN: 'with --tracker gitlab' },
  exits: ['all is well', 'a key does not work or has expired'],
  examples: [
    {
      call: 'union-auth rotation remind --fail-on warning',
      says: 'the key in FLYTE_API_KEY, failing also when it is due',
    },
    { call: 'union-auth rotation remind --keys keys.yaml --tracker gitlab', says: 'many keys, with issues in GitLab' },
  ],
  run: async (given, terminal) => await lookAtKeys(given, terminal, true),
});

/** The age of keys, and nothing else. */
export const rotationStatus = command({
  name: 'rotation status',
  summary: 'Says how old keys are and when they are due.',
  description: `Signs in nowhere. The age comes from the stamp in ${STAMP_VARIABLE}, from --rotated-at, and from the provider's record where PROVIDER_TOKEN opens it.`,
  options: { ...KEY_OPTIONS, ...STAGE_OPTIONS, ...REACH_OPTIONS, json: JSON_OPTION },
  environment: VARIABLES,
  exits: ['all is well', 'a key has expired, or with --fail-on warning is due'],
  examples: [
    { call: 'union-auth rotation status', says: 'the key in FLYTE_API_KEY, by its stamp' },
    { call: 'union-auth rotation status --keys keys.yaml --json', says: 'many keys, for another program' },
  ],
  run: async (given, terminal) => await lookAtKeys(given, terminal, false),
});

/** @param isTried whether each key is also tried. */
async function lookAtKeys(given: Given<string>, terminal: Terminal, isTried: boolean): Promise<0 | 1> {
  refuseUnsafeProcess(terminal);
  completeProxyAddress(process.env);
  const { environment } = terminal;
  const secrets = new SecretStore(() => undefined);
  try {
    const prepared = await prepareReminder(inputsFrom(given, terminal), secrets, environment);
    try {
      const tracker = openTracker(given, prepared, environment, secrets);
      terminal.progress('Looking at the keys ...');
      const report = await runReminder(prepared, tracker, environment, isTried).finally(() => terminal.progress(''));
      return conclude(report, prepared, given.flag('json'), terminal);
    } finally {
      prepared.transport.close();
    }
  } catch (error) {
    throw error instanceof FindingError ? asUsageError(error) : error;
  }
}

/** The options as the action would get them, with the secrets of one key out of the environment. */
function inputsFrom(given: Given<string>, { environment, readFile }: Terminal): StepInputs {
  const keys = given.text('keys');
  const key = environment[given.text('secret-name') ?? 'FLYTE_API_KEY'];
  const clientSecret = environment['CLIENT_SECRET'];
  const ofOneKey = {
    // The fields of a key go before a whole one, as their user had to name them.
    ...(clientSecret === undefined ? { 'api-key': key } : { 'client-secret': clientSecret }),
    meta: environment[given.text('meta-variable') ?? STAMP_VARIABLE],
  };
  const names = Object.keys(REMINDER_INPUTS).filter(
    (name) => given.text(name) ?? given.texts(name) ?? given.flag(name),
  );
  return stepInputs(names, given, {
    ...Object.fromEntries(Object.entries(REMINDER_INPUTS).filter(([name]) => !names.includes(name))),
    'github-token': undefined,
    ...(keys === undefined ? ofOneKey : { keys: new TextDecoder().decode(readFile(keys)) }),
    'provider-token': environment['PROVIDER_TOKEN'],
    'provider-client-secret': environment['PROVIDER_CLIENT_SECRET'],
  });
}

/** Where the issue is kept; nowhere unless it is asked for. */
function openTracker(
  given: Given<string>,
  { transport, retry }: PreparedReminder,
  environment: Environment,
  secrets: SecretStore,
): IssueTracker | undefined {
  switch (given.text('tracker') ?? 'none') {
    case 'none':
      return undefined;
    case 'gitlab': {
      const token = environment['GITLAB_TOKEN'] ?? '';
      secrets.protectToken(token);
      const apiUrl = environment['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4';
      const project = given.text('project') ?? environment['CI_PROJECT_PATH'] ?? '';
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
  isTried: boolean,
): Promise<ReminderReport> {
  const { trial: _untried, ...others } = effects;
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
    { ...(isTried ? effects : others), ...(tracker && { tracker }) },
  );
}

function conclude(
  found: ReminderReport,
  { options, reminder, transport }: PreparedReminder,
  isJson: boolean,
  terminal: Terminal,
): 0 | 1 {
  const report = failureOf(found, options.failOn);
  if (isJson) {
    terminal.print(`${JSON.stringify(describeReminder(report), undefined, 2)}\n`);
  } else {
    const groups = reminderGroups(report, transport.attempts, reminder.issues.dryRun);
    printGroups(groups, reminderVerdict(report), terminal);
  }
  return report.cause !== undefined && options.failOn !== 'never' ? 1 : 0;
}
