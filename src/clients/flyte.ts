import { type Finding, findingsOf } from '../findings/finding.ts';

export const CLIENT_FINDINGS = {
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

export type ClientFindingCode = keyof typeof CLIENT_FINDINGS;

const clientFinding = findingsOf(CLIENT_FINDINGS);

/**
 * Where the flyte client looks for a config file in the workspace; the first that exists wins.
 * Source: flyteorg/flyte-sdk src/flyte/config/_reader.py.
 */
export const WORKSPACE_CONFIGS = ['config.yaml', '.flyte/config.yaml'] as const;

/** The sections that flyte-sdk reads: src/flyte/config/_internal.py. */
const SECTIONS = ['admin', 'console', 'task', 'image', 'local', 'logger', 'union', 'storage', 'platform'];

/**
 * The names that the flyte client is given, and no other: the key, and that its crash reports stay off, since a
 * malformed key has reached them (flyteorg/flyte-sdk src/flyte/_sentry.py).
 */
export function flyteEnvironment(apiKey: string): Readonly<Record<string, string>> {
  return { FLYTE_API_KEY: apiKey, FLYTE_DISABLE_SENTRY: 'true' };
}

/** A file of the workspace, as far as the caller found one. */
export interface WorkspaceConfig {
  readonly path: string;
  readonly text: string;
}

/** What in the workspace would turn authentication off, or be read as a config by mistake. */
export function checkFlyteConfig(
  config: WorkspaceConfig | undefined,
  adminInsecure: string | undefined,
): Finding<ClientFindingCode>[] {
  if (config === undefined) {
    // Without a config file the flyte client reads none of the FLYTE_ADMIN_* variables.
    return [];
  }
  const findings: Finding<ClientFindingCode>[] = [];
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
  if (adminInsecure !== undefined && adminInsecure !== '') {
    findings.push(
      clientFinding('client/environment-turns-auth-off', `FLYTE_ADMIN_INSECURE is set, and there is ${config.path}.`),
    );
  }
  return findings;
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
