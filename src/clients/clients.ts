import type { Finding } from '../findings/finding.ts';
import type { Client, ClientName, ClientRequest, ConfigSections } from './client.ts';
import { configText } from './config-text.ts';
import { checkFlyteNames, FLYTE, FLYTE_FINDINGS } from './flyte.ts';
import { FLYTECTL } from './flytectl.ts';
import { checkFlytekitNames, FLYTEKIT, FLYTEKIT_FINDINGS } from './flytekit.ts';
import { checkKeyring, KEYRING_FINDINGS } from './keyring.ts';
import { checkPinnedVersion, type PinningFile, VERSION_FINDINGS } from './pinned-version.ts';
import { checkUnionNames, UNION, UNION_FINDINGS } from './union.ts';

export const CLIENT_FINDINGS = {
  ...FLYTE_FINDINGS,
  ...VERSION_FINDINGS,
  ...KEYRING_FINDINGS,
  ...FLYTEKIT_FINDINGS,
  ...UNION_FINDINGS,
} as const;

/** Every client that can be set up. */
export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  flyte: FLYTE,
  flytekit: FLYTEKIT,
  flytectl: FLYTECTL,
  union: UNION,
};

/** The names of all clients whose values are secrets, which no state may hold. */
export const SECRET_VARIABLES: readonly string[] = ['FLYTE_API_KEY', 'UNION_API_KEY', 'FLYTE_CLIENT_SECRET'];

/** What some clients are given, and the one file that all of them can read: none where none of them reads one. */
export interface ClientsSetup {
  readonly environment: Readonly<Record<string, string>>;
  readonly configFile?: string;
}

/** Sets up clients that are used side by side: flyte, flytekit and flytectl find their file by the same variable. */
export function setUpClients(names: readonly ClientName[], request: ClientRequest): ClientsSetup {
  const setups = names.map((name) => CLIENTS[name].setUp(request));
  const environment = Object.assign({}, ...setups.map((setup) => setup.environment)) as Record<string, string>;
  const configs = setups.flatMap(({ config }) => (config === undefined ? [] : [config]));
  return { environment, ...(configs.length > 0 && { configFile: configText(merge(configs)) }) };
}

/** Each reads its own names and leaves the others alone; a name that several read means the same to them. */
function merge(configs: readonly ConfigSections[]): ConfigSections {
  const sections = new Set(configs.flatMap((config) => Object.keys(config)));
  return Object.fromEntries(
    [...sections].map((name) => [
      name,
      Object.assign({}, ...configs.map((config) => config[name])) as ConfigSections[string],
    ]),
  );
}

/** Whether a config file is written where its user names none. */
export function needsConfig(names: readonly ClientName[]): boolean {
  return names.some((name) => CLIENTS[name].config === 'needed');
}

/** Whether any of them would read a config file. */
export function readsConfig(names: readonly ClientName[]): boolean {
  return names.some((name) => CLIENTS[name].config !== 'none');
}

/** What surrounds the clients of a job. */
export interface ClientSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The files that pin versions. */
  readonly files: readonly PinningFile[];
  /** Whether flyte would find a config file, wherever. */
  readonly hasConfig: boolean;
  /** Whether this step writes a config file. */
  readonly writesConfig: boolean;
  /** Whether this step sets the variables of the clients. */
  readonly exports: boolean;
}

/** What would keep the clients from using what they are given. */
export function checkClients(names: readonly ClientName[], surroundings: ClientSurroundings): Finding[] {
  const { environment, files, hasConfig, writesConfig, exports } = surroundings;
  const isFlyte = names.includes('flyte');
  return [
    ...(isFlyte ? checkPinnedVersion(files) : []),
    ...(isFlyte && !hasConfig && !writesConfig ? checkFlyteNames(environment) : []),
    ...(names.includes('flytekit') ? checkFlytekitNames(environment) : []),
    ...checkUnionNames(environment, exports && names.includes('union')),
    ...checkKeyring(names, environment, surroundings),
  ];
}
