import { CLIENT_NAMES, type ClientName } from '../clients/client.ts';
import { needsConfig, readsConfig } from '../clients/clients.ts';
import { FindingError } from '../findings/finding.ts';
import { type InputFindingCode, inputFinding, type StepInputs } from '../github/inputs.ts';

/** For whom something is written, and what beside the credentials. */
export interface ClientOptions {
  readonly clients: readonly ClientName[];
  /** As the user wrote it; empty where none is named. */
  readonly configFile: string;
  readonly writesConfig: boolean;
  readonly project: string;
  readonly flyteDomain: string;
  readonly imageBuilder: string;
}

/** @throws FindingError for what can't be used, and for what no client would read. */
export function readClients(inputs: StepInputs): ClientOptions {
  const clients = readNames(inputs);
  const configFile = readPath(inputs);
  const writesConfig = configFile !== '' || needsConfig(clients);
  const values = {
    project: readId(inputs, 'config-project'),
    flyteDomain: readId(inputs, 'config-domain'),
    imageBuilder: readId(inputs, 'image-builder'),
  };
  if (configFile !== '' && !readsConfig(clients)) {
    fail('input/conflict', `config-file is given, and ${clients.join(', ')} reads none.`);
  }
  if (!writesConfig && Object.values(values).some((value) => value !== '')) {
    fail('input/conflict', 'config-project, config-domain or image-builder is given, and config-file is not.');
  }
  if (values.imageBuilder !== '' && !clients.includes('flyte')) {
    fail('input/conflict', 'image-builder is given, and flyte is not among the clients.');
  }
  return { clients, configFile, writesConfig, ...values };
}

function readNames(inputs: StepInputs): ClientName[] {
  const words = (inputs.lines('clients') ?? ['flyte'])
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((word) => word !== '');
  const unknown = words.find((word) => !CLIENT_NAMES.some((name) => name === word));
  if (unknown !== undefined || words.length === 0) {
    fail('input/unknown-word', `clients holds a word that is none of ${CLIENT_NAMES.join(', ')}.`);
  }
  // In the order of the table, each once.
  return CLIENT_NAMES.filter((name) => words.includes(name));
}

function readPath(inputs: StepInputs): string {
  const path = inputs.line('config-file') ?? '';
  if (path.split(/[/\\]/).includes('..')) {
    fail('input/not-usable', 'config-file leads out of its folder with "..".');
  }
  return path;
}

function readId(inputs: StepInputs, name: 'config-project' | 'config-domain' | 'image-builder'): string {
  const id = inputs.line(name) ?? '';
  if (!/^([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})?$/.test(id)) {
    fail('input/not-usable', `${name} holds something else than letters, digits, hyphens, dots and underscores.`);
  }
  return id;
}

function fail(code: InputFindingCode, detail: string): never {
  throw new FindingError(inputFinding(code, detail));
}
