import { SHORTEST_SECRET_CHARACTERS, whyUnmaskable } from '../../src/secrecy/maskability.ts';
import { parseCommands } from '../runner/commands.ts';
import { findLeak } from '../runner/leak-oracle.ts';

/** Eight characters of a shorter secret may be a word of any log. */
const SHORTEST_LOOKED_FOR = Math.max(SHORTEST_SECRET_CHARACTERS, 12);

/** Words of the commands of hostile-text.ts, which stand in what is printed of an answer. */
const COMMAND_WORDS = /stop-commands|add-mask/;

/**
 * Whether nothing of a secret may be found: of one that is a word, or a part of the other fields, any log holds something.
 * @param others the fields that stand beside it and are printed.
 */
export function canBeLookedFor(secret: string, others: readonly string[]): boolean {
  const trimmed = secret.trim();
  return (
    !COMMAND_WORDS.test(trimmed) &&
    trimmed.length >= SHORTEST_LOOKED_FOR &&
    whyUnmaskable(trimmed, others) === undefined
  );
}

/** Where a secret, or a part of it, can be read, directly or after decoding. @returns a line for each place */
export function leaksIn(places: Readonly<Record<string, string>>, secrets: readonly string[]): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    secrets.flatMap((secret) => {
      const leak = text === '' ? undefined : findLeak(secret, text);
      return leak === undefined ? [] : [`${place}: ${leak}`];
    }),
  );
}

/** The commands in an output that are none of ours: hostile-text.ts gives the word "foreign" to each of its own. */
export function foreignCommands(output: string, own: readonly string[]): string[] {
  return parseCommands(output)
    .commands.filter(
      ({ name, properties, data }) => !own.includes(name) || properties['title'] === 'foreign' || data === 'foreign',
    )
    .map(({ line }) => `a command: ${line}`);
}

/** Characters that an output may not hold: only printable ASCII and the ends of lines may stand there. */
export function foreignCharacters(output: string): string[] {
  const found = new Set(output.match(/[^\n -~]/gu) ?? []);
  return [...found].map((character) => `a character: U+${character.codePointAt(0)?.toString(16)}`);
}
