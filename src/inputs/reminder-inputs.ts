import { FindingError } from '../findings/finding.ts';
import { inputFinding, type StepInputs } from '../github/inputs.ts';
import type { RecordAccess } from '../identity-provider/secret-records.ts';
import { rotationFinding } from '../rotation/findings.ts';
import { KEY_FIELDS, type KeyField, readTime, readWrittenKeys, type WrittenKey } from '../rotation/key-list.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../rotation/stage.ts';
import type { IssueSettings } from '../rotation/track-key.ts';
import type { Json } from '../transport/json.ts';
import { AUTH_INPUTS } from './auth-inputs.ts';
import { readYaml } from './yaml.ts';

/** How the trial of a key goes, by the inputs of the main action. */
const TRIAL_INPUTS = {
  'token-url': '',
  'allowed-audience': '',
  'subject-claims': '',
  'app-claims': '',
  'control-plane': AUTH_INPUTS['control-plane'],
  'ca-certificates': '',
  'connect-to': '',
  'timeout-seconds': AUTH_INPUTS['timeout-seconds'],
  'deadline-seconds': '120',
  retries: AUTH_INPUTS.retries,
};

/** The inputs of rotation-reminder/action.yml with their defaults; a test holds the two equal. */
export const REMINDER_INPUTS = {
  keys: '',
  ...(Object.fromEntries(KEY_FIELDS.map((name) => [name, ''])) as Record<KeyField, ''>),
  'max-age-days': AUTH_INPUTS['max-age-days'],
  'due-soon-days': String(DEFAULT_THRESHOLDS.dueSoonDays),
  'due-days': String(DEFAULT_THRESHOLDS.dueDays),
  'urgent-days': String(DEFAULT_THRESHOLDS.urgentDays),
  ...TRIAL_INPUTS,
  'provider-token': '',
  'provider-client-id': '',
  'provider-client-secret': '',
  'secrets-token': '',
  'github-token': AUTH_INPUTS['github-token'],
  issue: 'true',
  'issue-repository': '',
  labels: 'key-rotation',
  assignees: '',
  'escalate-to': '',
  'keep-enabled': 'false',
  'dry-run': 'false',
  at: '',
  'fail-on': 'error',
  summary: 'true',
} as const;

/** What opens the provider's record. */
export const PROVIDER_CREDENTIALS = ['provider-token', 'provider-client-secret'] as const;

export const GITHUB_TOKENS = ['secrets-token', 'github-token'] as const;

/** The inputs that hold a secret: read once, then removed from the environment. */
export const SECRET_REMINDER_INPUTS = [
  'keys',
  'api-key',
  'client-secret',
  ...PROVIDER_CREDENTIALS,
  ...GITHUB_TOKENS,
] as const;

const THRESHOLD_RANGE_DAYS = [0, 3_650] as const;
const REPOSITORY = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/;
/** docs.github.com: letters, digits and hyphens; apps end in [bot]. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}(?:\[bot\])?$/;
const LONGEST_LABEL_CHARACTERS = 50;

export interface ReminderOptions {
  readonly thresholds: Thresholds;
  /** Milliseconds since 1970; absent for now. */
  readonly at?: number;
  readonly issues: IssueSettings;
  readonly hasIssue: boolean;
  readonly issueRepository: string;
  readonly keepEnabled: boolean;
  readonly recordAccess?: RecordAccess;
}

/**
 * The keys as they were written: the list, else the inputs of one key.
 * @param variables what the list may name as $NAME.
 * @throws FindingError
 */
export async function readWritten(
  inputs: StepInputs,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<WrittenKey[]> {
  const list = inputs.longText('keys');
  const one = Object.fromEntries(
    KEY_FIELDS.map((name) => [name, inputs.text(name)] as const).filter(([, text]) => text !== ''),
  );
  if (list === '') {
    return [one];
  }
  const others = Object.keys(one).filter((name) => name !== 'max-age-days');
  if (others.length > 0) {
    throw new FindingError(inputFinding('input/conflict', `keys is given, and ${others.join(', ')} too.`));
  }
  const written = readWrittenKeys(await parseYaml(list), variables);
  const maxAge = inputs.text('max-age-days');
  return written.map((key) => ({ 'max-age-days': maxAge, ...key }));
}

/** Nothing of the list is repeated in an error. */
async function parseYaml(text: string): Promise<Json> {
  const read = await readYaml(text);
  if ('value' in read) {
    return read.value;
  }
  const detail =
    read.fault === 'alias'
      ? 'keys uses an alias, which is not followed.'
      : `keys is no YAML${read.line === undefined ? '' : ` (line ${read.line})`}.`;
  throw new FindingError(rotationFinding('rotation/keys-unreadable', detail));
}

/** @throws FindingError for the first input that can't be used. */
export function readReminderOptions(inputs: StepInputs): ReminderOptions {
  const days = (name: 'due-soon-days' | 'due-days' | 'urgent-days'): number =>
    inputs.wholeNumber(name, Number(REMINDER_INPUTS[name]), THRESHOLD_RANGE_DAYS);
  const at = readAt(inputs);
  const recordAccess = readRecordAccess(inputs);
  return {
    thresholds: { dueSoonDays: days('due-soon-days'), dueDays: days('due-days'), urgentDays: days('urgent-days') },
    ...(at !== undefined && { at }),
    issues: {
      labels: readLabels(inputs),
      assignees: readLogins(inputs, 'assignees'),
      escalateTo: readLogins(inputs, 'escalate-to'),
      dryRun: inputs.boolean('dry-run', false),
    },
    hasIssue: inputs.boolean('issue', true),
    issueRepository: readRepository(inputs),
    keepEnabled: inputs.boolean('keep-enabled', false),
    ...(recordAccess && { recordAccess }),
  };
}

function readAt(inputs: StepInputs): number | undefined {
  const text = inputs.text('at');
  return text === '' ? undefined : readTime(text, 'at');
}

function readLabels(inputs: StepInputs): string[] {
  const labels = listed(inputs.text('labels'), /\r?\n|,/);
  if (labels.some((label) => label.length > LONGEST_LABEL_CHARACTERS)) {
    throw unusable(`labels has one of more than ${LONGEST_LABEL_CHARACTERS} characters.`);
  }
  return labels;
}

function readLogins(inputs: StepInputs, name: 'assignees' | 'escalate-to'): string[] {
  const logins = listed(inputs.text(name), /[\s,]+/).map((login) => login.replace(/^@/, ''));
  if (logins.some((login) => !LOGIN.test(login))) {
    throw unusable(`${name} holds something that is no name of a person.`);
  }
  return logins;
}

function listed(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readRepository(inputs: StepInputs): string {
  const repository = inputs.text('issue-repository');
  if (repository !== '' && !REPOSITORY.test(repository)) {
    throw unusable('issue-repository is not owner/name.');
  }
  return repository;
}

/** What the provider's own record is read with. */
function readRecordAccess(inputs: StepInputs): RecordAccess | undefined {
  const token = inputs.text('provider-token');
  const clientId = inputs.text('provider-client-id');
  const clientSecret = inputs.text('provider-client-secret');
  if (token !== '' && (clientId !== '' || clientSecret !== '')) {
    throw new FindingError(
      inputFinding('input/conflict', 'provider-token is given, and provider-client-id or provider-client-secret too.'),
    );
  }
  if (token !== '') {
    return { token };
  }
  return clientId === '' || clientSecret === '' ? undefined : { clientId, clientSecret };
}

function unusable(detail: string): FindingError {
  return new FindingError(inputFinding('input/not-usable', detail));
}
