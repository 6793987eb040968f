import type { KeyFields } from '../api-key/fields.ts';

export const CLIENT_NAMES = ['flyte', 'flytekit', 'flytectl', 'union'] as const;

export type ClientName = (typeof CLIENT_NAMES)[number];

/** What the clients are to be set up with. The domain of the fields is that of the deployment. */
export interface ClientRequest extends KeyFields {
  readonly apiKey: string;
  /** Stated by the user; empty where a client is to ask for what the deployment advertises. */
  readonly scopes: readonly string[];
  readonly audience: string;
  /** Where the config file is written; empty where none is. */
  readonly configFile: string;
  /** A bundle of certificates that the clients have to trust, or empty. */
  readonly certificateFile: string;
  /** The project and the domain of Flyte that a client works in where its user names none. */
  readonly project: string;
  readonly flyteDomain: string;
  readonly imageBuilder: string;
}

/** A client that is told nothing but its credentials. */
export const NOTHING_STATED = {
  scopes: [],
  audience: '',
  configFile: '',
  certificateFile: '',
  project: '',
  flyteDomain: '',
  imageBuilder: '',
} as const;

export type ConfigValue = string | boolean | readonly string[];

/** A config file: sections with their values. One with an empty text or list is not written. */
export type ConfigSections = Readonly<Record<string, Readonly<Record<string, ConfigValue>>>>;

interface ClientSetup {
  /** The names that the client is given, and no other. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config?: ConfigSections;
}

/** A program that signs in, and what it reads. */
export interface Client {
  readonly name: ClientName;
  readonly title: string;
  /** Every name that `setUp` can give, with its meaning. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether it reads the config file that is written: only where somebody asks for one, always, or never. */
  readonly config: 'optional' | 'needed' | 'none';
  /** Where it looks for its config, the first that exists wins. */
  readonly looksIn: readonly string[];
  setUp(request: ClientRequest): ClientSetup;
}

/** The variable that config files name in place of the client secret, so that no file holds it. */
export const SECRET_VARIABLE = 'FLYTE_CLIENT_SECRET';

/** The section that flytekit and flytectl read alike: flyteorg/flyte flyteidl/clients/go/admin/config.go. */
export function clientSecretSection(request: ClientRequest): Readonly<Record<string, ConfigValue>> {
  return {
    endpoint: endpointOf(request),
    authType: 'ClientSecret',
    clientId: request.clientId,
    clientSecretEnvVar: SECRET_VARIABLE,
    scopes: request.scopes,
    audience: request.audience,
    caCertFilePath: request.certificateFile,
  };
}

/** The form that every client reads: flytekit takes `https://` for a part of the name. */
export function endpointOf({ domain }: ClientRequest): string {
  return `dns:///${domain}`;
}

/** The same names in flyte, flytekit and flytectl. */
export function taskSection({ project, flyteDomain, org }: ClientRequest): Readonly<Record<string, ConfigValue>> {
  return { project, domain: flyteDomain, org };
}

/** What flytekit and flytectl are given beside their file, by the same two names. */
export function configEnvironment({ configFile, clientSecret }: ClientRequest): Readonly<Record<string, string>> {
  return { FLYTECTL_CONFIG: configFile, [SECRET_VARIABLE]: clientSecret };
}
