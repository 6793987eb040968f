import { CommanderError, Option, Command as Parser } from 'commander';
import type { Command, Given } from './command.ts';
import { refuseDebugging } from './inputs.ts';
import { styled } from './print.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { VERSION } from './version.ts';

/** What the groups of commands are about. */
const GROUPS: Readonly<Record<string, string>> = {
  key: 'Build an API key, or take one apart',
  token: 'Judge a token',
  rotation: 'How old keys are, and when to rotate them',
};

/** Wide enough for every option in one line, and for no line to be long. */
const WIDEST_HELP_COLUMNS = 100;
/** Where nobody knows how wide it is. */
const DEFAULT_COLUMNS = 100;

/** How the call ended, or what is wrong with it. */
type Outcome = { readonly status: 0 | 1 } | { readonly usage: string } | undefined;

/**
 * Reads the arguments, and runs the command that they name.
 * @returns the exit status: 2 for a call that is wrong, of which nothing was done.
 */
export async function runProgram(
  args: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<0 | 1 | 2> {
  if (args.length === 0) {
    terminal.print(helpOf('', commands, terminal));
    return 2;
  }
  let status: 0 | 1 | undefined;
  const program = buildProgram(commands, terminal, async (command, given) => {
    refuseDebugging(terminal);
    status = await command.run(given, terminal);
  });
  try {
    refuseSecrets(args, commands);
    await program.parseAsync([...args], { from: 'user' });
    return status ?? 0;
  } catch (error) {
    const outcome = outcomeOf(error, wordsOf(args, commands));
    if (outcome === undefined) {
      throw error;
    }
    if ('status' in outcome) {
      return outcome.status;
    }
    terminal.complain(outcome.usage);
    return 2;
  }
}

/** The help of a command, or of all where none is named, as the terminal would show it. */
export function helpOf(name: string, commands: readonly Command[], terminal: Terminal): string {
  let text = '';
  const program = buildProgram(commands, { ...terminal, print: (part) => (text += part) }, async () => undefined);
  const found = name
    .split(' ')
    .reduce((parser: Parser | undefined, word) => parser?.commands.find((inner) => inner.name() === word), program);
  (name === '' ? program : found)?.outputHelp();
  return text;
}

function buildProgram(
  commands: readonly Command[],
  terminal: Terminal,
  run: (command: Command, given: Given<string>) => Promise<void>,
): Parser {
  const program = parserOf('union-auth', terminal)
    .usage('<command> [options]')
    .description('Builds and checks a FLYTE_API_KEY, and says why a sign-in fails.')
    .version(VERSION, '--version', 'print the version')
    .addHelpText('after', GENERAL_HELP);
  for (const command of commands) {
    const words = command.name.split(' ');
    const [group = '', word] = words;
    const parent = word === undefined ? program : groupOf(group, program, terminal);
    parent.addCommand(subcommand(words.at(-1) ?? '', command, terminal, run));
  }
  // The commands of a group beside the others: there are few enough for one list.
  program.configureHelp({
    ...program.configureHelp(),
    visibleCommands: () => program.commands.flatMap((inner) => (inner.commands.length > 0 ? inner.commands : [inner])),
    subcommandTerm: (inner) =>
      [inner.parent, inner]
        .map((parser) => parser?.name())
        .filter((word) => word !== 'union-auth')
        .join(' '),
  });
  return program;
}

const GENERAL_HELP = `
Secrets come from the environment, standard input or a hidden prompt, never from an argument.

Exit status: 0 ready, 1 not ready, 2 the command was called in a wrong way.

Start here:
  union-auth check --help       test a key as the clients would use it
  union-auth explain --help     an error text, to its cause and its fix`;

function groupOf(name: string, program: Parser, terminal: Terminal): Parser {
  const known = program.commands.find((inner) => inner.name() === name);
  if (known !== undefined) {
    return known;
  }
  const group = parserOf(name, terminal).description(GROUPS[name] ?? '');
  program.addCommand(group);
  return group;
}

function subcommand(
  name: string,
  command: Command,
  terminal: Terminal,
  run: (command: Command, given: Given<string>) => Promise<void>,
): Parser {
  const parser = parserOf(name, terminal)
    .summary(command.summary)
    .description(`${command.summary}\n\n${command.description}`);
  for (const [option, { value, repeats, isRare, description }] of Object.entries(command.options)) {
    const flags = value === undefined ? `--${option}` : `--${option} <${value}>`;
    const built = new Option(flags, description);
    built.hideHelp(isRare === true);
    parser.addOption(repeats === true ? built.argParser(collect) : built);
  }
  if (command.argument !== undefined) {
    parser.argument(`[${command.argument.name}]`, command.argument.description);
  }
  parser.addHelpText('after', tailOf(command, terminal));
  return parser.action(async () => {
    await run(command, givenOf(parser));
  });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function givenOf(parser: Parser): Given<string> {
  // Commander keeps an option under its name in camel case.
  const values: Readonly<Record<string, unknown>> = parser.opts();
  const valueOfOption = (name: string): unknown =>
    values[name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
  return {
    argument: parser.args[0],
    text: (name) => {
      const value = valueOfOption(name);
      return typeof value === 'string' ? value : undefined;
    },
    texts: (name) => {
      const value = valueOfOption(name);
      return Array.isArray(value) ? value.map(String) : undefined;
    },
    flag: (name) => valueOfOption(name) === true,
  };
}

/** What stands under the options: variables, exit statuses, examples. */
function tailOf({ options, environment = {}, exits: [zero, one], examples }: Command, terminal: Terminal): string {
  const title = (text: string): string => styled('bold', text, terminal);
  const width = Math.max(0, ...Object.keys(environment).map(({ length }) => length));
  const variables = Object.entries(environment).map(([name, says]) => `  ${name.padEnd(width)}  ${says}`);
  const calls = examples.map(({ call, says }) => `  ${styled('dim', `# ${says}`, terminal)}\n  ${call}`);
  const rare = Object.entries(options).flatMap(([name, { isRare }]) => (isRare === true ? [`--${name}`] : []));
  return [
    ...(rare.length > 0 ? ['', 'Rarely needed, described in docs/cli.md:', ...wrapped(rare)] : []),
    ...(variables.length > 0 ? ['', title('Environment:'), ...variables] : []),
    '',
    `${title('Exit status:')} 0 ${zero}${one === undefined ? '' : `, 1 ${one}`}, 2 wrong call`,
    '',
    title('Examples:'),
    ...calls,
  ].join('\n');
}

/** Words in lines that are no wider than a help may be. */
function wrapped(words: readonly string[]): string[] {
  const text = words.join(' ');
  return (
    text.match(new RegExp(`\\S.{0,${WIDEST_HELP_COLUMNS - 4}}(?=\\s|$)`, 'g'))?.map((line) => `  ${line.trim()}`) ?? []
  );
}

function parserOf(name: string, terminal: Terminal): Parser {
  return new Parser(name)
    .helpCommand(false)
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: (text) => terminal.print(text),
      // Its own words would repeat what was typed, which may be a secret.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.columns ?? DEFAULT_COLUMNS, WIDEST_HELP_COLUMNS),
      getOutHasColors: () => terminal.hasColors,
    })
    .configureHelp({ styleTitle: (text) => styled('bold', text, terminal) });
}

/** Options that people expect to give a secret with. */
const SECRET_OPTION =
  /^--(?:client-secret|secret|api-key|flyte-api-key|key|token|access-token|password|provider-token)(?:=|$)/;

/** @throws UsageError where an argument would hold a secret: every user of the machine can read it. */
function refuseSecrets(args: readonly string[], commands: readonly Command[]): void {
  const named = args.find((arg) => SECRET_OPTION.test(arg));
  const name = named?.replace(/^--|=.*$/gs, '') ?? '';
  if (named !== undefined && !commands.some(({ options }) => Object.hasOwn(options, name))) {
    throw new UsageError(
      `--${name} is refused: other users of the machine can read the arguments of a command. ${SECRETS_COME_FROM}`,
    );
  }
}

const SECRETS_COME_FROM =
  'Put a client secret into CLIENT_SECRET, a key into FLYTE_API_KEY, or give it on standard input.';

/** @param words of the command that was called, each with a space behind it. */
function outcomeOf(error: unknown, words: string): Outcome {
  if (error instanceof UsageError) {
    return { usage: `${error.message} See union-auth --help.` };
  }
  if (!(error instanceof CommanderError)) {
    return undefined;
  }
  switch (error.code) {
    case 'commander.helpDisplayed':
    case 'commander.version':
      return { status: 0 };
    case 'commander.help':
      // A group, or nothing at all, was named.
      return { usage: 'A command is missing. See union-auth --help.' };
    case 'commander.unknownCommand':
      return { usage: `Unknown command.${suggestionIn(error)} See union-auth --help.` };
    case 'commander.unknownOption':
      return { usage: `Unknown option${nameIn(error)}.${suggestionIn(error)} See union-auth ${words}--help.` };
    case 'commander.optionMissingArgument':
      return { usage: `The option${nameIn(error)} has no value. See union-auth ${words}--help.` };
    default:
      return {
        usage: `There is an argument too many. ${SECRETS_COME_FROM} See union-auth ${words}--help.`,
      };
  }
}

/** The name of an option, where it looks like one: what else stands there may be a secret. */
function nameIn({ message }: CommanderError): string {
  const [, name] = /option '(--[a-z][a-z-]{1,30})[ =']/.exec(message) ?? [];
  return name === undefined ? '' : ` ${name}`;
}

/** What Commander takes for the right name: one of ours. */
function suggestionIn({ message }: CommanderError): string {
  const [, name] = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message) ?? [];
  return name === undefined ? '' : ` Did you mean ${name}?`;
}

/** The command or the group that the arguments begin with. */
function wordsOf(args: readonly string[], commands: readonly Command[]): string {
  const known = [2, 1]
    .map((count) => args.slice(0, count).join(' '))
    .find((name) => name !== '' && commands.some((command) => `${command.name} `.startsWith(`${name} `)));
  return known === undefined ? '' : `${known} `;
}
