import { type Explanation, explainCode, explainText, type Unexplained } from '../explain.ts';
import { UNKNOWN_STATUS } from '../identity-provider/refusal.ts';
import { providerNamed, readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

/**
 * `union-auth explain`: an identity provider's answer, an error text of a client or of the control plane, or the code
 * of a finding, to cause and fix. Nothing is sent.
 * @returns 0 where it has an explanation, 1 where nothing in the text is known.
 */
export async function explain(args: string[], terminal: Terminal): Promise<0 | 1> {
  const { values, positionals } = readOptions(
    args,
    {
      provider: { type: 'string' },
      status: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean' },
    },
    true,
  );
  const [code, ...rest] = positionals;
  if (rest.length > 0) {
    throw new UsageError('explain takes at most one code of a finding.');
  }
  const provider = providerNamed(values.provider);
  if (code !== undefined && (values.provider ?? values.status ?? values.file) !== undefined) {
    throw new UsageError('explain takes a code, or an answer with its provider and status, not both.');
  }
  const explained =
    code === undefined
      ? explainText(await terminal.readInput(values.file, 'Answer'), readStatus(values.status), provider)
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
  if (values.json === true) {
    terminal.print(`${JSON.stringify(explanation ?? { finding: null }, undefined, 2)}\n`);
  } else if (explanation === undefined) {
    terminal.print(NOTHING_KNOWN);
  } else {
    printExplanation(explanation, terminal);
  }
  return explanation === undefined ? 1 : 0;
}

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
