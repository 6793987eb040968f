import type { Terminal } from './terminal.ts';

/** An option of a command; a flag where it takes no value. */
export interface OptionDefinition {
  /** What its value is called in the help, as HOST. */
  readonly value?: string;
  /** It can be given several times. */
  readonly repeats?: true;
  /** Few need it: the help only names it, and docs/cli.md describes it. */
  readonly isRare?: true;
  /** A few words, so that a help fits a screen. */
  readonly description: string;
}

/** A call that works as it stands: a test runs every one of them. */
interface Example {
  readonly call: string;
  /** What it is for, in a few words. */
  readonly says: string;
}

/** What a command was called with. */
export interface Given<Name extends string> {
  readonly argument: string | undefined;
  text(name: Name): string | undefined;
  texts(name: Name): readonly string[] | undefined;
  flag(name: Name): boolean;
}

/** One command, as the parser, its help and docs/cli.md know it. */
export interface CommandDefinition<Name extends string> {
  /** One word, or the name of a group and a word. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What else a user must know: where secrets come from, what is sent where. */
  readonly description: string;
  readonly argument?: { readonly name: string; readonly description: string };
  readonly options: Readonly<Record<Name, OptionDefinition>>;
  /** The variables of the environment that it reads. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What its exit statuses 0 and 1 say; 2 is a wrong call, everywhere. */
  readonly exits: readonly [zero: string, one?: string];
  readonly examples: readonly Example[];
  /** @throws UsageError where it was called in a wrong way. */
  run(given: Given<Name>, terminal: Terminal): Promise<0 | 1>;
}

/** A command whose options are not known by name any more. */
export type Command = CommandDefinition<string>;

/** Binds the names of the options to what `run` may ask for. */
export function command<const Name extends string>(definition: CommandDefinition<Name>): Command {
  // `run` is only ever given the options of its own definition.
  return definition as unknown as Command;
}
