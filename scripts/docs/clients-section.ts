import { CLIENT_NAMES, type ClientName, type ClientRequest } from '../../src/clients/client.ts';
import { CLIENTS, setUpClients } from '../../src/clients/clients.ts';
import { blocks, code, prose, table } from './markdown.ts';

const EXAMPLE: ClientRequest = {
  apiKey: 'key',
  domain: 'union.example.com',
  clientId: 'ci-app',
  clientSecret: 'secret',
  org: '',
  scopes: [],
  audience: '',
  configFile: 'file',
  certificateFile: '',
  project: 'my-project',
  flyteDomain: 'development',
  imageBuilder: 'remote',
};

/** Every variable that can be exported, with the clients that it is for. */
export function exportedTable(): string {
  const names = [...new Set(CLIENT_NAMES.flatMap((name) => Object.keys(CLIENTS[name].variables)))];
  const rows = names.map((variable) => {
    const clients = CLIENT_NAMES.filter((name) => Object.hasOwn(CLIENTS[name].variables, variable));
    const meaning = clients.map((name) => CLIENTS[name].variables[variable])[0] ?? '';
    return [code(variable), clients.map(code).join(', '), prose(meaning)];
  });
  const certificates =
    'Only with `ca-certificates`, and only where it is not set: the public roots and your authority.';
  return table(['Variable', 'With `clients`', 'Value'], [...rows, ['`SSL_CERT_FILE`', 'any', certificates]]);
}

/** What one client is given, and where it looks for its config. */
export function clientSection(name: ClientName): string {
  const { variables, config, looksIn, title } = CLIENTS[name];
  const { configFile } = setUpClients([name], EXAMPLE);
  const written =
    config === 'needed'
      ? 'The config file is always written:'
      : 'The config file is written with `config-file`. With `config-project`, `config-domain` and `image-builder` it is:';
  return blocks(
    table(
      ['Variable', 'Value'],
      Object.entries(variables).map(([variable, meaning]) => [code(variable), prose(meaning)]),
    ),
    configFile === undefined ? 'No config file is written for it.' : `${written}\n\n\`\`\`yaml\n${configFile}\`\`\``,
    `Where ${title} looks for its config, the first that exists wins:`,
    looksIn.map((place, index) => `${index + 1}. ${prose(place)}`).join('\n'),
  );
}
