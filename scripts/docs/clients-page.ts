import { anchorOf } from '../../src/catalogue.ts';
import { CLIENT_NAMES } from '../../src/clients/client.ts';
import { CLIENTS } from '../../src/clients/clients.ts';
import { CLIENT_FINDINGS } from '../../src/clients/flyte.ts';
import { WORKSPACE_FINDINGS } from '../../src/clients/workspace.ts';
import { blocks, code, GENERATED, prose, table } from './markdown.ts';

const OPENING = blocks(
  '# Clients',
  GENERATED,
  'What each client of Union and Flyte reads, and what the input `clients` exports for it. `flyte` alone is the default; several can be named. Every client was signed in for real with what is written here: [compatibility.md](compatibility.md).',
  'A config file is written where a client can not do without one, or where `config-file`, `config-project`, `config-domain` or `image-builder` asks for it. It never holds the secret, is readable for its owner alone, overwrites nothing, and is removed at the end of the job. Without a path it stands outside of the workspace. The output `config-file` is its path.',
);

/** docs/clients.md: every client with its variables and its traps. */
export function clientsPage(): string {
  const traps = Object.entries({ ...CLIENT_FINDINGS, ...WORKSPACE_FINDINGS }).map(([finding, { title, severity }]) => [
    `[${code(finding)}](findings.md#${anchorOf(finding)})`,
    severity,
    `${prose(title)}.`,
  ]);
  return `${blocks(
    OPENING,
    ...CLIENT_NAMES.map(section),
    '## What the action looks for',
    'In the workspace and in the environment of the job, before anything is sent:',
    table(['Finding', 'Weight', 'What it means'], traps),
  )}\n`;
}

function section(name: (typeof CLIENT_NAMES)[number]): string {
  const { title, variables, notes } = CLIENTS[name];
  return blocks(
    `## ${title}`,
    `In \`clients\`: ${code(name)}.`,
    table(
      ['Variable', 'Value'],
      Object.entries(variables).map(([variable, meaning]) => [code(variable), meaning]),
    ),
    notes.map((note) => `- ${note}`).join('\n'),
  );
}
