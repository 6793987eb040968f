import { explain } from './explain.ts';
import { keyEncode, keyInspect } from './key.ts';
import { rotationRemind } from './remind.ts';
import { rotationStamp } from './rotation.ts';
import { systemTerminal, type Terminal, UsageError } from './terminal.ts';
import { tokenJudge } from './token.ts';

const USAGE = `union-auth: builds and checks a FLYTE_API_KEY, and says why a sign-in fails

  union-auth key encode --domain HOST --client-id ID [--org ORG] [--output FILE] [--print] [--json]
      Builds a key. The client secret is read from CLIENT_SECRET in the environment, else from standard
      input, else asked for. The key goes to FILE (mode 0600), or to standard output where that is no
      terminal or --print is given. With --json name a FILE, or give
      --print to have the key in the JSON.

  union-auth key inspect [--json]
      Takes a key apart and judges its shape, without printing the secret. The key is read from standard
      input, or asked for.

  union-auth explain [--provider NAME] [--status NUMBER] [--file FILE] [--json]
  union-auth explain CODE [--json]
      Says what an answer of an identity provider means, an error text of a client or of the control plane,
      or the code of a finding: cause and fix. The text is read from FILE or from standard input. Nothing is
      sent.

  union-auth token judge --allowed-audience AUDIENCE [--token-file FILE] [--key-set-file FILE]
      [--subject-claims CLAIM] [--app-claims CLAIM=VALUE] [--control-plane auto|union|flyte1|flyte1-own|flyte2]
      [--issuer ADDRESS] [--provider NAME] [--at TIME] [--json]
      Judges an access token by the rules of the control plane, offline. The token is read from its FILE or
      from standard input; without a key set its signature is not checked. Options that take several values
      are given several times.

  union-auth rotation stamp [--rotated-at TIME] [--expires-at TIME] [--key-id ID] [--variable NAME]
      [--repository OWNER/NAME] [--environment NAME] [--json]
      Prints what the variable FLYTE_API_KEY_META beside the secret is to hold, and the line that writes it:
      when the key was rotated (now unless given), and a salted fingerprint of it. The key is read from
      standard input, or asked for.

  union-auth rotation remind [--keys FILE | --name NAME --rotated-at TIME --max-age-days DAYS ...]
      [--tracker none|gitlab] [--project PATH] [--fail-on error|warning|never] [--dry-run] [--json]
      Says how old keys are, tests that they work, and keeps an issue for each in GitLab. Takes the inputs
      of the rotation-reminder action as options; FILE is a YAML list of keys, in which $NAME is a variable
      of the environment. For one key, FLYTE_API_KEY (or CLIENT_SECRET) and FLYTE_API_KEY_META are read from
      the environment; so are GITLAB_TOKEN, PROVIDER_TOKEN and PROVIDER_CLIENT_SECRET.

Examples
  union-auth explain --provider okta --status 400 --file answer.json
  union-auth explain idp/okta/dpop-required
  union-auth token judge --allowed-audience https://union.example.com --key-set-file keys.json --token-file token.txt
  union-auth key encode --domain union.example.com --client-id ci-app --output key.txt
  printf %s "$FLYTE_API_KEY" | union-auth key inspect
  printf %s "$FLYTE_API_KEY" | union-auth rotation stamp --repository acme/app
  union-auth rotation remind --rotated-at 2026-11-22 --fail-on warning

Exit status: 0 the key or the token is ready, or the text is explained; 1 it is not, or a key does not work or has
expired; 2 the command was called in a wrong way.
`;

const COMMANDS: Readonly<Record<string, (args: string[], terminal: Terminal) => Promise<0 | 1>>> = {
  'key encode': keyEncode,
  'key inspect': keyInspect,
  'rotation remind': rotationRemind,
  'rotation stamp': rotationStamp,
  'token judge': tokenJudge,
  explain,
};

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help') {
    terminal.print(USAGE);
    return args.length === 0 ? 2 : 0;
  }
  const words = [2, 1].find((count) => Object.hasOwn(COMMANDS, args.slice(0, count).join(' '))) ?? 0;
  const command = COMMANDS[args.slice(0, words).join(' ')];
  if (command === undefined) {
    terminal.complain('Unknown command. See union-auth --help.');
    return 2;
  }
  try {
    return await command(args.slice(words), terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.complain(`${error.message} See union-auth --help.`);
      return 2;
    }
    throw error;
  }
}

/** A crash prints no stack and no message: either could hold what was typed. */
function crash(): never {
  process.stderr.write(
    'union-auth failed in a way that it does not know. Please report how it was called, without any secret.\n',
  );
  process.exit(1);
}

// Whoever reads has read enough.
process.stdout.on('error', () => process.exit(0));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
void run(process.argv.slice(2), systemTerminal).then((code) => {
  process.exitCode = code;
});
