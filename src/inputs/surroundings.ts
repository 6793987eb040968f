import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { ClientName } from '../clients/client.ts';
import { checkClients } from '../clients/clients.ts';
import { type FlyteWorkspace, WORKSPACE_CONFIGS, type WorkspaceConfig } from '../clients/flyte.ts';
import { isPinningFile, type PinningFile } from '../clients/pinned-version.ts';
import type { Finding } from '../findings/finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Larger than the lock of any project that somebody maintains, and than any config. */
const LARGEST_FILE_BYTES = 8_000_000;
const MOST_PINNING_FILES = 20;

/** What a run is going to write for the clients. */
interface Writing {
  readonly writesConfig: boolean;
  /** Whether it sets the variables of the clients. */
  readonly exports: boolean;
}

/** What the clients will find around them, and what of it would keep them from using what they are given. */
export interface Surroundings {
  readonly workspace: FlyteWorkspace;
  readonly findings: readonly Finding[];
}

/** @param folder the workspace; nothing is read of one whose path is not absolute. */
export function readSurroundings(
  clients: readonly ClientName[],
  folder: string,
  environment: Environment,
  { writesConfig, exports }: Writing,
): Surroundings {
  const config = readWorkspaceConfig(folder);
  const findings = checkClients(clients, {
    environment,
    files: readPinningFiles(folder),
    hasConfig: config !== undefined || hasConfigElsewhere(environment),
    writesConfig,
    exports,
  });
  const workspace = clients.includes('flyte') ? { ...(config && { config }), writesConfig, environment } : {};
  return { workspace, findings };
}

/** The first config file that the flyte client would find in the workspace. */
function readWorkspaceConfig(workspace: string): WorkspaceConfig | undefined {
  if (!isAbsolute(workspace)) {
    return undefined;
  }
  for (const path of WORKSPACE_CONFIGS) {
    const text = readBounded(join(workspace, path));
    if (text !== undefined) {
      return { path, text };
    }
  }
  return undefined;
}

/** The files in the root of the workspace that can pin the version of a client. */
function readPinningFiles(workspace: string): PinningFile[] {
  if (!isAbsolute(workspace)) {
    return [];
  }
  try {
    return readdirSync(workspace)
      .filter(isPinningFile)
      .sort()
      .slice(0, MOST_PINNING_FILES)
      .flatMap((path) => {
        const text = readBounded(join(workspace, path));
        return text === undefined ? [] : [{ path, text }];
      });
  } catch {
    return [];
  }
}

function readBounded(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= LARGEST_FILE_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Whether flyte would find a config outside of the workspace: flyteorg/flyte-sdk src/flyte/config/_reader.py. */
function hasConfigElsewhere(environment: Environment): boolean {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '';
  return (
    ['UCTL_CONFIG', 'FLYTECTL_CONFIG'].some((name) => (environment[name] ?? '') !== '') ||
    (isAbsolute(home) && ['.union', '.flyte'].some((folder) => isFile(join(home, folder, 'config.yaml'))))
  );
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
