import type { ClientName, ClientSettings } from './client.ts';

/** The variable that the config file names in place of the secret. */
export const CLIENT_SECRET_VARIABLE = 'FLYTE_CLIENT_SECRET';

/**
 * The config file of flyte, flytekit and flytectl, which read the same section `admin`. It never holds the secret.
 *
 * Every scalar is written as a JSON text, which YAML 1.2 and both parsers of the clients read as that text
 * (yaml.org/spec/1.2.2, section 1.1): no value can open a list, a comment or an anchor.
 * What one of them does not know it leaves alone: real ones of all three were signed in with the same file.
 * Sources: flyteorg/flyte-sdk src/flyte/config/_internal.py; flyteorg/flytekit flytekit/configuration/internal.py;
 * flyteorg/flyte flyteidl/clients/go/admin/config.go.
 */
export function configFileText(clients: readonly ClientName[], settings: ClientSettings): string {
  const { fields, scopes, audience, certificateFile, project, domain, imageBuilder } = settings;
  const hasCredentials = clients.some((name) => name === 'flytekit' || name === 'flytectl');
  const isFlytes = clients.includes('flyte');
  const admin = [
    ['endpoint', `dns:///${fields.domain}`],
    ...(hasCredentials
      ? ([
          ['authType', 'ClientSecret'],
          ['clientId', fields.clientId],
          ['clientSecretEnvVar', CLIENT_SECRET_VARIABLE],
          ...(scopes && scopes.length > 0 ? ([['scopes', scopes]] as const) : []),
          ...(audience === '' ? [] : ([['audience', audience]] as const)),
        ] as const)
      : []),
    ...(certificateFile === undefined ? [] : ([['caCertFilePath', certificateFile]] as const)),
    // A token that another job left in the keyring of the machine would be sent first.
    ...(isFlytes ? ([['disableKeyring', true]] as const) : []),
  ] as const;
  const task = [
    ...(fields.org === '' ? [] : ([['org', fields.org]] as const)),
    ...(project === '' ? [] : ([['project', project]] as const)),
    ...(domain === '' ? [] : ([['domain', domain]] as const)),
  ];
  const image = imageBuilder === '' ? [] : ([['builder', imageBuilder]] as const);
  return [section('admin', admin), ...(isFlytes ? [section('task', task), section('image', image)] : [])].join('');
}

function section(name: string, entries: readonly (readonly [string, unknown])[]): string {
  const lines = entries.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return lines.length === 0 ? '' : `${name}:\n${lines.join('')}`;
}
