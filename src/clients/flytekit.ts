import { type Finding, findingsOf } from '../findings/finding.ts';
import { type Client, clientSecretSection, configEnvironment, SECRET_VARIABLE, taskSection } from './client.ts';

export const FLYTEKIT_FINDINGS = {
  'client/flytekit-name-not-read': {
    title: 'A variable is set that flytekit no longer reads',
    cause: 'flytekit reads FLYTE_CREDENTIALS_OAUTH_SCOPES, FLYTE_PLATFORM_AUTH and others only up to 0.30.',
    fix: 'Remove it. The scopes are read from FLYTE_CREDENTIALS_SCOPES or the config file; the header comes from the deployment.',
    severity: 'warning',
  },
  'client/flytekit-variable-wins': {
    title: 'A variable wins over the config file of flytekit',
    cause:
      'flytekit takes its variables before the file, and an empty one too: an empty FLYTE_PLATFORM_URL leads it to localhost.',
    fix: 'Remove it from env: the config file holds what was tested.',
    severity: 'warning',
  },
} as const;

const flytekitFinding = findingsOf(FLYTEKIT_FINDINGS);

/** No longer among the names in flyteorg/flytekit flytekit/configuration/internal.py. */
const NAMES_NOT_READ = [
  'FLYTE_CREDENTIALS_OAUTH_SCOPES',
  'FLYTE_CREDENTIALS_AUTHORIZATION_METADATA_KEY',
  'FLYTE_PLATFORM_AUTH',
];

/**
 * A config file, and not FLYTE_PLATFORM_URL alone: without a file flytekit logs its whole configuration with the secret
 * as a warning (flyteorg/flytekit flytekit/configuration/plugin.py, get_remote). Where flytekit looks:
 * flytekit/configuration/file.py, get_config_file.
 */
export const FLYTEKIT: Client = {
  name: 'flytekit',
  title: 'flytekit (pyflyte)',
  variables: {
    FLYTECTL_CONFIG: 'The path of the config file.',
    [SECRET_VARIABLE]: 'The client secret, which the config file names. Masked.',
  },
  config: 'needed',
  looksIn: ['--config', 'the variable FLYTECTL_CONFIG', './flytekit.config', '~/.flyte/config', '~/.flyte/config.yaml'],
  setUp: (request) => ({
    environment: configEnvironment(request),
    config: { admin: clientSecretSection(request), task: taskSection(request) },
  }),
};

/** What stands for values that the written file holds: flytekit/configuration/file.py, ConfigEntry.read. */
const NAMES_THAT_WIN = [
  'FLYTE_PLATFORM_URL',
  'FLYTE_PLATFORM_INSECURE',
  'FLYTE_PLATFORM_INSECURE_SKIP_VERIFY',
  'FLYTE_PLATFORM_CA_CERT_FILE_PATH',
  'FLYTE_CREDENTIALS_CLIENT_ID',
  'FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR',
  'FLYTE_CREDENTIALS_SCOPES',
  'FLYTE_CREDENTIALS_AUDIENCE',
];

/** Names of older set-ups, which public instructions still give. */
export function checkFlytekitNames(
  environment: Readonly<Record<string, string | undefined>>,
): Finding<keyof typeof FLYTEKIT_FINDINGS>[] {
  const notRead = NAMES_NOT_READ.filter((name) => (environment[name] ?? '') !== '');
  const winning = NAMES_THAT_WIN.filter((name) => environment[name] !== undefined);
  return [
    ...(notRead.length > 0 ? [flytekitFinding('client/flytekit-name-not-read', `Set: ${notRead.join(', ')}.`)] : []),
    ...(winning.length > 0 ? [flytekitFinding('client/flytekit-variable-wins', `Set: ${winning.join(', ')}.`)] : []),
  ];
}
