import { type Finding, findingsOf } from '../findings/finding.ts';
import { type Client, endpointOf, taskSection } from './client.ts';

export const FLYTE_FINDINGS = {
  'client/config-turns-auth-off': {
    title: 'A config file in the workspace turns authentication off',
    cause: '`insecure: true` means plain HTTP without any token, not "self-signed certificate".',
    fix: 'Remove `insecure`. For a private certificate authority give ca-certificates, and `caCertFilePath` in the config.',
    severity: 'warning',
  },
  'client/environment-turns-auth-off': {
    title: 'FLYTE_ADMIN_INSECURE turns authentication off',
    cause: 'Where a config file exists, any text in it counts as true, `false` too.',
    fix: 'Do not set FLYTE_ADMIN_INSECURE at all.',
    severity: 'warning',
  },
  'client/environment-skips-certificates': {
    title: 'FLYTE_ADMIN_INSECURESKIPVERIFY turns the check of certificates off',
    cause: 'Where a config file exists, any text in it counts as true, `false` too.',
    fix: 'Do not set FLYTE_ADMIN_INSECURESKIPVERIFY at all. For a private certificate authority give ca-certificates.',
    severity: 'warning',
  },
  'client/environment-ignored': {
    title: 'flyte will not read variables that are set for it',
    cause: 'Without a config file the flyte client reads none of the variables that stand for values of one.',
    fix: 'Give config-file, config-project, config-domain and image-builder, and call `flyte --config` with that file.',
    severity: 'warning',
  },
  'client/foreign-config': {
    title: 'A config.yaml in the workspace will be read as that of flyte',
    cause: 'The flyte client takes ./config.yaml before every other place, also where it belongs to another program.',
    fix: 'Call `flyte --config FILE ...` with the right file, or run flyte in another folder.',
    severity: 'warning',
  },
  'client/config-scopes': {
    title: 'A config file in the workspace names scopes of its own',
    cause:
      'The flyte client asks the identity provider for the scopes in `admin.scopes`, not for those that the deployment advertises. The trial was made with the latter.',
    fix: 'Remove `scopes` from the section `admin`, so that the client asks for what the deployment advertises.',
    severity: 'warning',
  },
} as const;

type FlyteFindingCode = keyof typeof FLYTE_FINDINGS;

const clientFinding = findingsOf(FLYTE_FINDINGS);

/**
 * Where the flyte client looks for a config file in the workspace; the first that exists wins.
 * Source: flyteorg/flyte-sdk src/flyte/config/_reader.py.
 */
export const WORKSPACE_CONFIGS = ['config.yaml', '.flyte/config.yaml'] as const;

/** The sections that flyte-sdk reads: src/flyte/config/_internal.py. */
const SECTIONS = ['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform'];

/**
 * The key, and that its crash reports stay off, since a malformed key has reached them (flyteorg/flyte-sdk
 * src/flyte/_sentry.py). The key brings address, client id and secret; a config file adds what no key holds. Where
 * flyte looks: src/flyte/config/_reader.py, resolve_config_path.
 */
export const FLYTE: Client = {
  name: 'flyte',
  title: 'flyte',
  variables: {
    FLYTE_API_KEY: 'The tested key. Masked.',
    FLYTE_DISABLE_SENTRY:
      '`true`: the crash reports of the `flyte` client stay off, since a malformed key has reached them.',
  },
  config: 'optional',
  looksIn: [
    '--config, before the command',
    './config.yaml',
    './.flyte/config.yaml',
    '.flyte/config.yaml in the root of the git repository',
    'the variable UCTL_CONFIG',
    'the variable FLYTECTL_CONFIG',
    '~/.union/config.yaml',
    '~/.flyte/config.yaml',
  ],
  setUp: (request) => ({
    environment: { FLYTE_API_KEY: request.apiKey, FLYTE_DISABLE_SENTRY: 'true' },
    config: {
      admin: {
        endpoint: endpointOf(request),
        // With an empty key it then fails at once; it would wait for a browser else.
        authType: 'ClientSecret',
        disableKeyring: true,
      },
      task: taskSection(request),
      image: { builder: request.imageBuilder },
    },
  }),
};

/** A file of the workspace, as far as the caller found one. */
export interface WorkspaceConfig {
  readonly path: string;
  readonly text: string;
}

/** What surrounds the flyte client in the workspace. */
export interface FlyteWorkspace {
  readonly config?: WorkspaceConfig;
  /** Whether this step writes a config file that the client is to read. */
  readonly writesConfig?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What in the workspace would turn authentication off, or be read as a config by mistake. */
export function checkWorkspace({
  config,
  writesConfig,
  environment = {},
}: FlyteWorkspace): Finding<FlyteFindingCode>[] {
  const findings = config === undefined ? [] : checkConfig(config);
  // Without a config file the flyte client reads none of the FLYTE_ADMIN_* variables.
  const place = config?.path ?? (writesConfig === true ? 'the config file of this step' : undefined);
  if (place === undefined) {
    return findings;
  }
  // FLYTE_ADMIN_DISABLEKEYRING is read alike, and does no harm.
  for (const [name, code] of [
    ['FLYTE_ADMIN_INSECURE', 'client/environment-turns-auth-off'],
    ['FLYTE_ADMIN_INSECURESKIPVERIFY', 'client/environment-skips-certificates'],
  ] as const) {
    if ((environment[name] ?? '') !== '') {
      findings.push(clientFinding(code, `${name} is set, and there is ${place}.`));
    }
  }
  return findings;
}

function checkConfig(config: WorkspaceConfig): Finding<FlyteFindingCode>[] {
  const findings: Finding<FlyteFindingCode>[] = [];
  const sections = topLevelKeys(config.text);
  if (sections.length > 0 && !sections.some((section) => SECTIONS.includes(section))) {
    findings.push(clientFinding('client/foreign-config', `${config.path} has none of the sections of flyte.`));
  }
  if (/^(true|yes|on)$/.test(adminValue(config.text, 'insecure') ?? '')) {
    findings.push(clientFinding('client/config-turns-auth-off', `${config.path} says insecure: true.`));
  }
  if (hasAdminList(config.text, 'scopes')) {
    findings.push(clientFinding('client/config-scopes', `${config.path} has admin.scopes.`));
  }
  return findings;
}

/** What stands for values of a config file, and does nothing without one: src/flyte/config/_config.py, Config.auto. */
const CONFIG_VARIABLES = [
  'FLYTE_ADMIN_ENDPOINT',
  'FLYTE_ADMIN_CACERTFILEPATH',
  'FLYTE_ADMIN_DISABLEKEYRING',
  'FLYTE_ADMIN_AUTHTYPE',
  'FLYTE_ADMIN_CLIENTID',
  'FLYTE_ADMIN_CLIENTSECRETENVVAR',
  'FLYTE_ADMIN_CLIENTSECRETLOCATION',
  'FLYTE_TASK_ORG',
  'FLYTE_TASK_PROJECT',
  'FLYTE_TASK_DOMAIN',
  'FLYTE_IMAGE_BUILDER',
  'FLYTE_IMAGE_REGISTRY',
];

/** For where there is no config file. */
export function checkFlyteNames(
  environment: Readonly<Record<string, string | undefined>>,
): Finding<FlyteFindingCode>[] {
  const set = CONFIG_VARIABLES.filter((name) => (environment[name] ?? '') !== '');
  const detail = `No config file was found in the workspace and the home folder. Set: ${set.join(', ')}.`;
  return set.length === 0 ? [] : [clientFinding('client/environment-ignored', detail)];
}

/** The keys at the left margin: enough to tell whose file it is, without a YAML parser in the bundle. */
function topLevelKeys(text: string): string[] {
  return [...text.matchAll(/^["']?([A-Za-z_][\w.-]*)["']?\s*:/gm)].map(([, key]) => key ?? '');
}

/** A plain value in the section `admin`, in lower case. */
function adminValue(text: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:\\s*["']?([A-Za-z]+)`, 'm');
  return adminSections(text)
    .map((section) => value.exec(section)?.[1]?.toLowerCase())
    .find((found) => found !== undefined);
}

/**
 * Whether the section `admin` has a list under a name that is not empty: an empty one overrides nothing
 * (flyteorg/flyte-sdk src/flyte/remote/_client/auth/_client_config.py, with_override).
 */
function hasAdminList(text: string, name: string): boolean {
  const list = new RegExp(`(?:^|[{,\\s])["']?${name}["']?\\s*:(?!\\s*(?:\\[\\s*\\]|null\\b|~))\\s*[[-]`, 'm');
  return adminSections(text).some((section) => list.test(section));
}

/** The text of the section `admin`, in block style and in flow style, without comments. */
function adminSections(text: string): string[] {
  const plain = text.replace(/(^|\s)#.*$/gm, '$1');
  const block = /^["']?admin["']?\s*:[^\n]*\n((?:[ \t]+[^\n]*\n?|[ \t]*\n)*)/m.exec(plain)?.[1] ?? '';
  const flow = /["']?admin["']?\s*:\s*(\{[^}]*\})/.exec(plain)?.[1] ?? '';
  return [block, flow];
}
