import { type Explanation, explainCode, explainText, type Unexplained } from '../explain.ts';
import { UNKNOWN_STATUS } from '../identity-provider/refusal.ts';
import { command } from './command.ts';
import { JSON_OPTION, providerNamed } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** An identity provider's answer, an error text of a client or of the control plane, or a code, to cause and fix. */
export const explain = command({
  name: 'explain',
  summary: 'Says what an error means: its cause and its fix.',
  description:
    "Takes an identity provider's answer, a log or an error text of a client or of the control plane, from FILE or standard input, or the code of a finding. Nothing is sent.",
  argument: { name: 'code', description: 'the code of a finding, as idp/wrong-secret' },
  options: {
    provider: { value: 'NAME', description: 'whose answer it is, as okta or entra' },
    status: { value: 'NUMBER', description: 'the HTTP status of the answer' },
    file: { value: 'FILE', description: 'read the text from here' },
    json: JSON_OPTION,
  },
  exits: ['explained', 'nothing in the text is known'],
  examples: [
    { call: 'union-auth explain --provider okta --status 400 --file answer.json', says: 'an answer that was saved' },
    { call: 'union-auth explain < deploy.log', says: 'the log of a deploy that failed' },
    { call: 'union-auth explain idp/okta/dpop-required', says: 'a finding of this tool' },
  ],
  async run(given, terminal) {
    const provider = providerNamed(given.text('provider'));
    const code = given.argument;
    if (code !== undefined && (given.text('provider') ?? given.text('status') ?? given.text('file')) !== undefined) {
      throw new UsageError('explain takes a code, or an answer with its provider and status, not both.');
    }
    const explained =
      code === undefined
        ? explainText(
            await terminal.readInput(given.text('file'), 'Answer'),
            readStatus(given.text('status')),
            provider,
          )
        : explainCode(code);
    if (explained === undefined) {
      throw new UsageError(
        'There is no finding with this code: docs/findings.md lists them all. To explain a file, give it with --file.',
      );
    }
    if (typeof explained === 'string' && explained !== 'unknown') {
      throw new UsageError(NOT_AN_ERROR[explained]);
    }
    const explanation = explained === 'unknown' ? undefined : explained;
    if (given.flag('json')) {
      terminal.print(`${JSON.stringify(explanation ?? { finding: null }, undefined, 2)}\n`);
    } else if (explanation === undefined) {
      terminal.print(NOTHING_KNOWN);
    } else {
      printExplanation(explanation, terminal);
    }
    return explanation === undefined ? 1 : 0;
  },
});

const NOT_AN_ERROR: Readonly<Record<Exclude<Unexplained, 'unknown'>, string>> = {
  empty: 'There is nothing to explain: the input is empty.',
  'access-token': 'This is a token, or an answer that holds one: there is nothing to explain. token judge judges it.',
  'api-key': 'This is an API key: there is nothing to explain. key inspect takes it apart.',
};

const NOTHING_KNOWN = `Nothing in this text is known.

  Try:   the line of the client with "received from IDP" and those below it; the answer of the token endpoint alone,
         with --provider and --status; or the lines of the control plane's log around "Failed to parse Access Token".
`;

function readStatus(status: string | undefined): number {
  if (status !== undefined && !/^[1-5]\d\d$/.test(status)) {
    throw new UsageError('--status is not the number of an HTTP status.');
  }
  return Number(status ?? UNKNOWN_STATUS);
}

function printExplanation({ provider, finding, detail, evidence, others }: Explanation, { print }: Terminal): void {
  print(`${finding.title} (${finding.code})\n`);
  if (detail !== '') {
    print(`  Seen:  ${detail}\n`);
  }
  if (provider !== '' && provider !== 'generic') {
    print(`  At:    ${provider}\n`);
  }
  for (const [name, value] of Object.entries(evidence)) {
    print(`         ${name}: ${value}\n`);
  }
  print(`  Cause: ${finding.cause}\n  Fix:   ${finding.fix}\n  More:  ${finding.docs}\n`);
  if (others.length > 0) {
    print(`  Could also be: ${others.join(', ')}\n`);
  }
}
