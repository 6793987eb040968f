import type { Client, ClientName, ClientSettings } from './client.ts';
import { CLIENT_SECRET_VARIABLE, configFileText } from './config-file.ts';
import { flyteEnvironment } from './flyte.ts';

const CONFIG_VARIABLE = 'FLYTECTL_CONFIG';

const CONFIG_MEANING = 'The path of the config file that was written.';
const SECRET_MEANING = 'The client secret, which the config file names. Masked.';

/** Every client, with the environment that it gets. */
export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  flyte: {
    name: 'flyte',
    title: 'flyte',
    needsConfig: false,
    variables: {
      FLYTE_API_KEY: 'The tested key. Masked.',
      FLYTE_DISABLE_SENTRY: '`true`: its crash reports stay off, since a malformed key has reached them.',
      [CONFIG_VARIABLE]: 'Only where a config file was asked for: its path.',
    },
    notes: [
      'Version 2.0.10 or newer; 2.3.9 is the oldest that signs in reliably in CI. Versions 2.0.0 to 2.0.9 ignore `FLYTE_API_KEY` where any config file exists, and 2.1.8 to 2.3.8 can wait for a browser while they upload code.',
      'An empty `FLYTE_API_KEY` counts as none: the client then opens a browser and waits for it without end.',
      'It looks for a config file in this order: `--config`, which stands before the command; `./config.yaml`; `./.flyte/config.yaml`; `.flyte/config.yaml` at the root of the Git repository; `UCTL_CONFIG`; `FLYTECTL_CONFIG`; the home folder. A `config.yaml` of another program is taken for its own.',
      'It reads `FLYTE_ADMIN_*` and the like only where a config file exists, and then any text in a switch counts as true, `false` too.',
      'It keeps tokens in the keyring of the machine, by the host alone. On a runner of your own the token of another job is sent first. The config file that the action writes turns that off.',
      'The scopes and the audience are what the deployment tells it. Up to version 2.6.5 nothing in the environment or in a config file changes them.',
    ],
    environment: ({ apiKey }, configFile) => ({
      ...flyteEnvironment(apiKey),
      ...(configFile !== undefined && { [CONFIG_VARIABLE]: configFile }),
    }),
  },
  flytekit: {
    name: 'flytekit',
    title: 'flytekit (pyflyte)',
    needsConfig: true,
    variables: { [CONFIG_VARIABLE]: CONFIG_MEANING, [CLIENT_SECRET_VARIABLE]: SECRET_MEANING },
    notes: [
      'It does not know `FLYTE_API_KEY`. The action writes a config file for it and exports the secret that the file names.',
      'Configured by `FLYTE_PLATFORM_URL` and `FLYTE_CREDENTIALS_*` alone, without a config file, it prints its whole configuration with the secret as a warning. With the config file it does not.',
      '`FLYTE_CREDENTIALS_OAUTH_SCOPES`, `FLYTE_CREDENTIALS_AUTHORIZATION_METADATA_KEY` and `FLYTE_PLATFORM_AUTH`, which stand in older instructions, are no longer read.',
    ],
    environment: secretAndConfig,
  },
  flytectl: {
    name: 'flytectl',
    title: 'flytectl and uctl',
    needsConfig: true,
    variables: {
      [CONFIG_VARIABLE]: CONFIG_MEANING,
      UCTL_CONFIG: 'The same, for `uctl`.',
      [CLIENT_SECRET_VARIABLE]: SECRET_MEANING,
    },
    notes: [
      'They do not know `FLYTE_API_KEY` either, and their variables have a dot in the name, which a shell can not export. So they get a config file.',
      'A refused secret is tried up to five times, 15 seconds apart: a wrong one takes it a minute to say so.',
    ],
    environment: (settings, configFile) => {
      const shared = secretAndConfig(settings, configFile);
      return { ...shared, ...(configFile !== undefined && { UCTL_CONFIG: configFile }) };
    },
  },
  union: {
    name: 'union',
    title: 'union (the SDK of Union 1)',
    needsConfig: false,
    variables: { UNION_API_KEY: 'The tested key. Masked.' },
    notes: [
      'It takes the first of `UNION_API_KEY`, `UNION_SERVERLESS_API_KEY`, `UNIONAI_SERVERLESS_API_KEY` and `_UNION_EAGER_API_KEY` that exists, an empty one too.',
      'It reads the key with a split at every colon, so that the org must not hold one. A key that passes the check has none.',
    ],
    environment: ({ apiKey }) => ({ UNION_API_KEY: apiKey }),
  },
};

function secretAndConfig({ fields }: ClientSettings, configFile: string | undefined): Readonly<Record<string, string>> {
  return {
    [CLIENT_SECRET_VARIABLE]: fields.clientSecret,
    ...(configFile !== undefined && { [CONFIG_VARIABLE]: configFile }),
  };
}

/** What the environment and the config file of several clients together are. */
export interface ClientSetup {
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined where no file is written. */
  readonly config: string | undefined;
}

/**
 * What clients need to sign in with credentials that were tested.
 * @param configFile where the config file will stand; undefined where none is to be written.
 */
export function setUpClients(
  names: readonly ClientName[],
  settings: ClientSettings,
  configFile: string | undefined,
): ClientSetup {
  const environments = names.map((name) => CLIENTS[name].environment(settings, configFile));
  return {
    environment: Object.assign({}, ...environments) as Record<string, string>,
    config: configFile === undefined ? undefined : configFileText(names, settings),
  };
}
