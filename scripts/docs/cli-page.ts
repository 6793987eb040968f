import type { Command } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { blocks, code, GENERATED, prose, table } from './markdown.ts';

const OPENING = blocks(
  '# The command line',
  GENERATED,
  '`union-auth` does in a terminal, and in any CI system, what the actions do in GitHub Actions. It needs Node 22 or newer, on Linux, macOS or Windows, and brings everything else.',
  '```sh\nnpm install --global union-auth   # or, for one call: npx union-auth check\nunion-auth --help\n```',
  'Secrets come from the environment, from standard input or from a hidden prompt, and never from an argument: every user of a machine can read the arguments of a command. Colours are for terminals only, and `NO_COLOR` turns them off. With `--json` nothing but JSON is printed. What goes on is said on standard error, and only on a terminal.',
  'The exit status is 0 where all is ready, 1 where it is not, and 2 where the command was called in a wrong way; then nothing was done.',
);

/** docs/cli.md: every command with its options, its variables and its examples. */
export function cliPage(): string {
  const overview = table(
    ['Command', 'What it does'],
    COMMANDS.map(({ name, summary }) => [`[${code(name)}](#${name.replaceAll(' ', '-')})`, prose(summary)]),
  );
  return `${blocks(OPENING, overview, ...COMMANDS.map(section))}\n`;
}

function section({ name, summary, description, argument, options, environment, exits, examples }: Command): string {
  const usage = ['union-auth', name, ...(argument ? [`[${argument.name}]`] : []), '[options]'].join(' ');
  const rows = Object.entries(options).map(([option, { value, repeats, description: what }]) => [
    code(value === undefined ? `--${option}` : `--${option} <${value}>`),
    `${prose(what.replace(/ \(repeats\)$/, ''))}${repeats === true ? '; can be given several times' : ''}`,
  ]);
  const argumentRow = argument ? [[code(argument.name), prose(argument.description)]] : [];
  const variables = Object.entries(environment ?? {}).map(([variable, what]) => [code(variable), prose(what)]);
  const [zero, one] = exits;
  return blocks(
    `## ${name}`,
    prose(`${summary} ${description}`),
    `\`\`\`text\n${usage}\n\`\`\``,
    table(['Option', 'Meaning'], [...argumentRow, ...rows]),
    variables.length > 0 ? table(['Variable', 'Meaning'], variables) : '',
    `Exit status: 0 ${prose(zero)}${one === undefined ? '' : `; 1 ${prose(one)}`}.`,
    `\`\`\`sh\n${examples.map(({ call, says }) => `# ${says}\n${call}`).join('\n\n')}\n\`\`\``,
  );
}
