import { printedForms } from '../runner/printed-forms.ts';
import type { Random } from '../secrecy/random-secrets.ts';

/** Every command that a runner knows (actions/runner src/Runner.Common/ExtensionManager.cs and ActionCommandManager.cs). */
export const COMMANDS = [
  'set-env name=FOREIGN',
  'add-path',
  'set-output name=foreign',
  'save-state name=foreign',
  'add-mask',
  'add-matcher',
  'remove-matcher owner=x',
  'debug',
  'warning title=foreign',
  'error title=foreign',
  'notice title=foreign',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
  'internal-set-repo-path repoFullName=x',
] as const;

/** What a runner, or a comparison by culture, may not see in front of a command or inside its marks. */
const UNSEEN = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u3000',
  '\u2028',
  '\u2029',
  '\u0085',
  '\r',
  '\n',
  '\r\n',
  '\u0000',
  '\u0007',
  '\u001b[0m',
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\u200d',
  '\u2060',
  '%0A',
  '%0D%0A',
  '\\n',
] as const;

/** Ways to write a command, of both versions, behind and between what is not seen. */
export const ENCODINGS: readonly ((command: string) => string)[] = [
  ...UNSEEN.flatMap((unseen) => [
    (command: string) => `${unseen}::${command}::foreign`,
    (command: string) => `text${unseen}##[${command}]foreign`,
  ]),
  (command) => `\n:\u200b:${command}::foreign`,
  (command) => `\n#\u00ad#[${command}]foreign`,
  (command) => `\n\uff1a\uff1a${command}\uff1a\uff1aforeign`,
  (command) => `\n::${command.toUpperCase()}::foreign`,
  (command) => `:::${command}::foreign`,
  (command) => `###[${command}]foreign`,
];

/** All commands after each other, so that a share of the cases has each of them. */
export const COMMAND_CASES = ENCODINGS.flatMap((encode) => COMMANDS.map((command) => encode(command)));

/** What a server may say that wants to do harm: what it was sent, in many forms, beside commands. */
export function hostileText(
  random: Random,
  secret: string,
  context: { readonly domain: string; readonly clientId: string; readonly org: string },
  command: string,
): string {
  const forms = Object.values(printedForms(secret, context));
  const chosen = Array.from({ length: 1 + Math.floor(random() * 4) }, () => forms[Math.floor(random() * forms.length)]);
  return [command, ...chosen, command].join(random() < 0.5 ? '\n' : ' ');
}
