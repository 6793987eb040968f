import { resolve } from 'node:path';
import { encodeUnchecked } from '../api-key/encode.ts';
import { checkFields, type KeyFields } from '../api-key/fields.ts';
import { inspectApiKey } from '../api-key/inspect.ts';
import { shellExports } from '../ci/shell.ts';
import { CLIENT_NAMES, type ClientName, type ClientRequest } from '../clients/client.ts';
import { CLIENTS, SECRET_VARIABLES, setUpClients } from '../clients/clients.ts';
import { FindingError, isError } from '../findings/finding.ts';
import { command, type Given } from './command.ts';
import { removeFile, writeNewFile } from './files.ts';
import { asUsageError } from './inputs.ts';
import { JSON_OPTION } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

const OPTIONS = {
  domain: { value: 'HOST', description: 'the deployment, where FLYTE_API_KEY is not given' },
  'client-id': { value: 'ID', description: 'of the OAuth app' },
  org: { value: 'ORG', description: 'the organization; none for self-hosted deployments' },
  scopes: { value: 'SCOPES', description: 'for flytekit and flytectl; else what the deployment tells them' },
  audience: { value: 'AUDIENCE', description: 'the same' },
  project: { value: 'ID', description: 'for flyte' },
  'flyte-domain': { value: 'NAME', description: 'for flyte, as development' },
  'image-builder': { value: 'NAME', description: 'for flyte: remote or local' },
  'ca-file': { value: 'FILE', description: 'certificates that the client trusts in place of its own' },
  output: { value: 'FILE', description: 'write the config file here, new and for you alone' },
  // Not env-file: Node takes an option of that name for its own, wherever it stands.
  'exports-file': { value: 'FILE', description: 'write the exports here, secrets too, new and for you alone' },
  json: JSON_OPTION,
} as const;

type Name = keyof typeof OPTIONS;

/** In the place of a path where the config file is only printed. */
const NO_FILE = '';

/** The config file of a client, and the variables that it needs. */
export const config = command({
  name: 'config',
  summary: "Writes a client's config file, or the variables that it needs.",
  description: `For ${CLIENT_NAMES.join(', ')}. The config file never holds a secret. Without --output it is printed; secrets go nowhere but into --exports-file, which a shell can source. Nothing is sent.`,
  argument: { name: 'client', description: CLIENT_NAMES.join(', ') },
  options: OPTIONS,
  environment: {
    FLYTE_API_KEY: 'the key to take the fields from',
    CLIENT_SECRET: 'the client secret, with --domain, --client-id and --exports-file',
  },
  exits: ['written or printed'],
  examples: [
    { call: 'union-auth config flytekit', says: 'the key in FLYTE_API_KEY: print the config file' },
    {
      call: 'union-auth config flytectl --output flytectl.yaml --exports-file flytectl.env && . ./flytectl.env',
      says: 'write both, and go on in this shell',
    },
  ],
  async run(given, terminal) {
    const name = CLIENT_NAMES.find((candidate) => candidate === given.argument);
    if (name === undefined) {
      throw new UsageError(`config needs the name of a client: ${CLIENT_NAMES.join(', ')}.`);
    }
    const fields = await fieldsOf(given, terminal);
    const output = given.text('output');
    const exportsFile = given.text('exports-file');
    const path = output === undefined ? NO_FILE : resolve(terminal.folder, output);
    const { environment, configFile: text } = setUpClients([name], requestOf(given, fields, path));
    if (output !== undefined && text === undefined) {
      throw new UsageError(`${name} reads no config file.`);
    }
    if (output !== undefined) {
      writeNewFile(output, text ?? '', '--output');
    }
    if (exportsFile !== undefined) {
      try {
        writeNewFile(exportsFile, shellExports(withoutPlaceholder(environment, output)), '--exports-file');
      } catch (error) {
        removeFile(output);
        throw error;
      }
    }
    report(name, text, given, terminal);
    return 0;
  },
});

function requestOf(given: Given<Name>, fields: KeyFields, configFile: string): ClientRequest {
  const word = (name: Name, form: RegExp): string => {
    const text = given.text(name) ?? '';
    if (text !== '' && !form.test(text)) {
      throw new UsageError(`--${name} holds something that it can not be.`);
    }
    return text;
  };
  const scopes = word('scopes', /^[!-~]+(?:[ ,]+[!-~]+)*$/);
  return {
    ...fields,
    apiKey: encodeUnchecked(fields),
    scopes: scopes === '' ? [] : scopes.split(/[ ,]+/),
    audience: word('audience', /^[!-~]+$/),
    configFile,
    certificateFile: word('ca-file', /^\P{Cc}+$/u),
    project: word('project', /^[\w-][\w.-]*$/),
    flyteDomain: word('flyte-domain', /^[\w-][\w.-]*$/),
    imageBuilder: word('image-builder', /^[\w-]+$/),
  };
}

/** The secret is asked for only where it is written. */
async function fieldsOf(given: Given<Name>, terminal: Terminal): Promise<KeyFields> {
  const { environment } = terminal;
  const needsSecret = given.text('exports-file') !== undefined;
  const domain = given.text('domain');
  const clientId = given.text('client-id');
  if (domain === undefined && clientId === undefined) {
    const key = environment['FLYTE_API_KEY'] ?? (await terminal.readSecret('Key'));
    const { fields, findings } = inspectApiKey(key);
    const fault = findings.find(isError);
    if (fields === undefined) {
      throw fault ? asUsageError(new FindingError(fault)) : new UsageError('There is no key.');
    }
    return fields;
  }
  if (domain === undefined || clientId === undefined) {
    throw new UsageError('config needs --domain and --client-id, or FLYTE_API_KEY.');
  }
  const secret = needsSecret ? (environment['CLIENT_SECRET'] ?? (await terminal.readSecret('Client secret'))) : '';
  const fields = { domain: domain.toLowerCase(), clientId, clientSecret: secret, org: given.text('org') ?? '' };
  const fault = checkFields(fields).find(
    (finding) => isError(finding) && (needsSecret || !/secret/.test(finding.code)),
  );
  if (fault !== undefined) {
    throw asUsageError(new FindingError(fault));
  }
  return fields;
}

/** Without a config file of its own there is none to name. */
function withoutPlaceholder(
  environment: Readonly<Record<string, string>>,
  output: string | undefined,
): Readonly<Record<string, string>> {
  return output === undefined
    ? Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== NO_FILE))
    : environment;
}

function report(name: ClientName, text: string | undefined, given: Given<Name>, { print }: Terminal): void {
  const output = given.text('output');
  const exportsFile = given.text('exports-file');
  const { variables } = CLIENTS[name];
  if (given.flag('json')) {
    const files = {
      ...(output !== undefined && { config: output }),
      ...(exportsFile !== undefined && { exports: exportsFile }),
    };
    print(
      `${JSON.stringify({ client: name, config: text ?? null, variables: Object.keys(variables), files }, undefined, 2)}\n`,
    );
    return;
  }
  if (output === undefined) {
    print(text ?? '');
  }
  const secrets = Object.keys(variables).filter((variable) => SECRET_VARIABLES.includes(variable));
  const lines = [
    ...(output === undefined ? [] : [`# Written to ${output}.`]),
    ...(exportsFile === undefined
      ? [
          `# It needs ${Object.keys(variables).join(', ')}. Not shown here: ${secrets.join(', ')}; --exports-file writes all.`,
        ]
      : [`# The variables are in ${exportsFile}: source it, and remove it.`]),
  ];
  print(`${lines.join('\n')}\n`);
}
