import type { KeyFields } from '../api-key/fields.ts';

export const CLIENT_NAMES = ['flyte', 'flytekit', 'flytectl', 'union'] as const;

export type ClientName = (typeof CLIENT_NAMES)[number];

/** What a client is told, once the credentials have been tested. */
export interface ClientSettings {
  readonly apiKey: string;
  readonly fields: KeyFields;
  /** What the trial asked for; undefined where there was none, and then the client asks for what it is told. */
  readonly scopes: readonly string[] | undefined;
  readonly audience: string;
  /** A bundle that the client is to trust instead of its own authorities; undefined for these. */
  readonly certificateFile: string | undefined;
  /** For the config file; empty where they are not given. */
  readonly project: string;
  readonly domain: string;
  readonly imageBuilder: string;
}

/** One client, and how it takes its credentials. */
export interface Client {
  readonly name: ClientName;
  /** As its makers write it. */
  readonly title: string;
  /** Whether it signs in by a config file alone. */
  readonly needsConfig: boolean;
  /** The names that it is given and no other, each with what it holds. */
  readonly variables: Readonly<Record<string, string>>;
  /** What to know about it, in Markdown, for docs/clients.md. */
  readonly notes: readonly string[];
  /** The values of its variables. @param configFile the path of the config file; undefined where none is written. */
  environment(settings: ClientSettings, configFile: string | undefined): Readonly<Record<string, string>>;
}

/** The names whose values are secrets. */
export const SECRET_VARIABLES = ['FLYTE_API_KEY', 'UNION_API_KEY', 'FLYTE_CLIENT_SECRET'] as const;
