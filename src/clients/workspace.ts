import { type Finding, findingsOf } from '../findings/finding.ts';
import type { ClientName } from './client.ts';
import { checkFlyteConfig, type WorkspaceConfig } from './flyte.ts';

export const WORKSPACE_FINDINGS = {
  'client/version-ignores-key': {
    title: 'This version of flyte ignores FLYTE_API_KEY',
    cause: 'flyte 2.0.0 to 2.0.9 use the key only where no config file is found; else they wait for a browser.',
    fix: 'Pin flyte to 2.3.9 or newer.',
    severity: 'warning',
  },
  'client/version-can-hang': {
    title: 'This version of flyte can wait for a browser in CI',
    cause: 'flyte 2.1.8 to 2.3.8 lose the credentials of the key while they upload code, and then ask for a sign-in.',
    fix: 'Pin flyte to 2.3.9 or newer.',
    severity: 'warning',
  },
  'client/environment-is-always-true': {
    title: 'A switch of flyte is on whatever its variable says',
    cause: 'The flyte client takes any text in it for true, `false` too.',
    fix: 'Do not set the variable at all, or write the setting into the config file.',
    severity: 'warning',
  },
  'client/dead-variable': {
    title: 'flytekit no longer reads a variable that is set',
    cause: 'It stands in older instructions. flytekit read it last in version 0.30.',
    fix: 'Remove it. For scopes set FLYTE_CREDENTIALS_SCOPES; the header and the mode come from the deployment and the config file.',
    severity: 'note',
  },
  'client/keyring-is-shared': {
    title: 'The flyte client may send the token of another job',
    cause: 'On a runner that is not thrown away it keeps tokens in the keyring of the machine, by the host alone.',
    fix: 'Let the action write a config file (config-file), which turns that off, or set admin.disableKeyring in yours.',
    severity: 'note',
  },
} as const;

type WorkspaceFindingCode = keyof typeof WORKSPACE_FINDINGS;

const workspaceFinding = findingsOf(WORKSPACE_FINDINGS);

/** What the caller found where the clients will run. */
export interface Workspace {
  /** The first config file that flyte would find. */
  readonly config?: WorkspaceConfig;
  /** The environment of the job. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Files that can pin flyte to a version, by their names. */
  readonly pinFiles: Readonly<Record<string, string>>;
}

/** The files in which a version of flyte is pinned. */
export const PIN_FILES = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'Pipfile.lock',
  'requirements.txt',
  'requirements.lock',
  'requirements-dev.txt',
  'pyproject.toml',
] as const;

/** What in the workspace or in the environment of the job would keep the clients from using the credentials. */
export function checkWorkspace(
  { config, environment, pinFiles }: Workspace,
  clients: readonly ClientName[],
  writesConfig: boolean,
): Finding[] {
  return [
    ...(clients.includes('flyte')
      ? [
          ...checkFlyteConfig(config, environment['FLYTE_ADMIN_INSECURE']),
          ...checkSwitches(environment, config !== undefined || writesConfig),
          ...checkKeyring(config, environment, writesConfig),
          ...checkPins(pinFiles),
        ]
      : []),
    ...(clients.includes('flytekit') ? checkDeadVariables(environment) : []),
  ];
}

/** flyteorg/flyte-sdk src/flyte/config/_reader.py: bool() of a text. Without a config file none of them is read. */
const SWITCHES = ['FLYTE_ADMIN_INSECURESKIPVERIFY', 'FLYTE_ADMIN_DISABLEKEYRING'] as const;

function checkSwitches(environment: Workspace['environment'], hasConfig: boolean): Finding[] {
  return SWITCHES.flatMap((name) => {
    const isMeantOff = /^(false|no|off|0)$/i.test(environment[name] ?? '');
    return hasConfig && isMeantOff
      ? [workspaceFinding('client/environment-is-always-true', `${name} is set to a word for off.`)]
      : [];
  });
}

/** actions/runner sets RUNNER_ENVIRONMENT; a runner of GitHub is thrown away after the job. */
function checkKeyring(
  config: WorkspaceConfig | undefined,
  environment: Workspace['environment'],
  writesConfig: boolean,
): Finding[] {
  const isTurnedOff = writesConfig || /disableKeyring["']?\s*:\s*["']?(true|yes|on)\b/i.test(config?.text ?? '');
  return environment['RUNNER_ENVIRONMENT'] === 'self-hosted' && !isTurnedOff
    ? [
        workspaceFinding(
          'client/keyring-is-shared',
          'The runner is self-hosted, and no config file turns the keyring off.',
        ),
      ]
    : [];
}

/** flyteorg/flytekit flytekit/configuration/internal.py: none of these is among its entries any more. */
const DEAD_VARIABLES = [
  'FLYTE_CREDENTIALS_OAUTH_SCOPES',
  'FLYTE_CREDENTIALS_AUTHORIZATION_METADATA_KEY',
  'FLYTE_PLATFORM_AUTH',
] as const;

function checkDeadVariables(environment: Workspace['environment']): Finding[] {
  const set = DEAD_VARIABLES.filter((name) => environment[name] !== undefined);
  return set.length === 0 ? [] : [workspaceFinding('client/dead-variable', `Set: ${set.join(', ')}.`)];
}

/** Every version that a file pins flyte to. */
export function pinnedVersions(pinFiles: Workspace['pinFiles']): { file: string; version: string }[] {
  return Object.entries(pinFiles).flatMap(([file, text]) =>
    [...PINNED_FLYTE, ...(file === 'Pipfile.lock' ? [PIPFILE_FLYTE] : [])]
      .flatMap((pattern) => [...text.matchAll(pattern)])
      .map(([, version = '']) => ({ file, version })),
  );
}

/** `flyte==2.1.9` of requirements and of PEP 508; the entry of uv, poetry and pdm. */
const PINNED_FLYTE = [
  /(?:^|["'\s])flyte(?:\[[\w,\s-]*\])?\s*={2,3}\s*(\d+\.\d+\.\d+)\b/gim,
  /^name\s*=\s*"flyte"\s*\n(?:(?!\[\[)[^\n]+\n)*?version\s*=\s*"(\d+\.\d+\.\d+)"/gm,
];
const PIPFILE_FLYTE = /"flyte"\s*:\s*\{[^}]*"version"\s*:\s*"==(\d+\.\d+\.\d+)"/g;

function checkPins(pinFiles: Workspace['pinFiles']): Finding[] {
  const findings = pinnedVersions(pinFiles).flatMap(({ file, version }) => {
    const code = faultOfVersion(version);
    return code === undefined ? [] : [workspaceFinding(code, `${file} pins flyte to ${version}.`)];
  });
  return findings.slice(0, 1);
}

/** flyteorg/flyte-sdk #808 (2.0.10), #959 (2.1.8), and the forwarding of the credentials in 2.3.9. */
function faultOfVersion(version: string): WorkspaceFindingCode | undefined {
  const number = version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  const isWithin = (first: number, last: number): boolean => number >= first && number <= last;
  return isWithin(2_000_000, 2_000_009)
    ? 'client/version-ignores-key'
    : isWithin(2_001_008, 2_003_008)
      ? 'client/version-can-hang'
      : undefined;
}
