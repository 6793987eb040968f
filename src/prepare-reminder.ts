import { inspectApiKey } from './api-key/inspect.ts';
import { authenticate, protectCredentials } from './authenticate.ts';
import { FindingError } from './findings/finding.ts';
import type { StepInputs } from './github/inputs.ts';
import { readSecretRecords, recordFinding } from './identity-provider/secret-records.ts';
import { type AuthOptions, type RequestOptions, readOptions } from './inputs/auth-inputs.ts';
import {
  PROVIDER_CREDENTIALS,
  type ReminderOptions,
  readReminderOptions,
  readWritten,
} from './inputs/reminder-inputs.ts';
import type { ReminderEffects } from './remind/remind.ts';
import { credentialsOf, readKeys } from './rotation/key-list.ts';
import type { WatchedKey } from './rotation/watched-key.ts';
import type { Report } from './run-report.ts';
import type { SecretStore } from './secrecy/secret-store.ts';
import { createTransport, type Transport } from './transport/http-client.ts';
import { type RetryEffects, systemRetryEffects } from './transport/retry.ts';
import { readHttpsUrl } from './transport/urls.ts';

/** A run of the reminder as far as it is the same for every CI system. */
export interface PreparedReminder {
  readonly keys: readonly WatchedKey[];
  readonly reminder: ReminderOptions;
  readonly options: AuthOptions;
  readonly request: RequestOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For the tracker and the provider's records; to be closed at the end. */
  readonly transport: Transport;
  readonly retry: RetryEffects;
  readonly effects: Pick<ReminderEffects, 'secrets' | 'trial' | 'records'>;
}

/**
 * Masks every credential, judges the inputs, and binds what needs no CI system.
 * @param variables what a list of keys may name as $NAME.
 * @throws FindingError for the first input that can't be used.
 */
export async function prepareReminder(
  inputs: StepInputs,
  secrets: SecretStore,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<PreparedReminder> {
  for (const name of PROVIDER_CREDENTIALS) {
    secrets.protectToken(inputs.untested(name));
  }
  const written = await readWritten(inputs, variables);
  for (const one of written.flatMap(credentialsOf)) {
    protectCredentials(one, secrets);
  }
  const reminder = readReminderOptions(inputs);
  const { options, request } = readOptions(inputs);
  const now = reminder.at ?? Date.now();
  const keys = readKeys(written, reminder.thresholds, now);
  const transport = createTransport(options);
  const retry = systemRetryEffects(options.retries);
  const records = recordsEffect(reminder, transport, retry, secrets);
  const trial = (key: WatchedKey): Promise<Report> => tryKey(key, request, options, secrets);
  const effects = { secrets, trial, ...(records && { records }) };
  return { keys, reminder, options, request, now, transport, retry, effects };
}

/** As a deploy would sign in, on a connection of its own. */
async function tryKey(
  { credentials, issuer }: WatchedKey,
  request: RequestOptions,
  options: AuthOptions,
  secrets: SecretStore,
): Promise<Report> {
  const { report } = await authenticate(
    {
      ...request,
      remarks: [],
      pins: { ...request.pins, ...(issuer !== '' && { issuer }) },
      credentials: credentials ?? { apiKey: '' },
      workspace: {},
    },
    { secrets, openTransport: (create) => create(options), retry: systemRetryEffects(options.retries) },
  );
  return report;
}

function recordsEffect(
  { recordAccess }: ReminderOptions,
  transport: Transport,
  retry: RetryEffects,
  secrets: SecretStore,
): ReminderEffects['records'] {
  return (
    recordAccess &&
    (async ({ issuer, clientId, credentials, identityProvider }) => {
      const url = readHttpsUrl(issuer);
      if (!(url instanceof URL)) {
        const detail = issuer === '' ? 'No issuer is known.' : 'The issuer can not be used as an address.';
        throw new FindingError(recordFinding('record/issuer-unknown', detail));
      }
      const clientSecret = credentials && clientSecretIn(credentials);
      const place = { issuer: url, clientId, ...(clientSecret !== undefined && { clientSecret }) };
      const protect = (credential: string): void => secrets.protectToken(credential);
      return await readSecretRecords(identityProvider, place, recordAccess, transport, retry, protect);
    })
  );
}

function clientSecretIn(credentials: NonNullable<WatchedKey['credentials']>): string | undefined {
  return 'clientSecret' in credentials
    ? credentials.clientSecret
    : inspectApiKey(credentials.apiKey).fields?.clientSecret;
}
