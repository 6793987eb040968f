import { CATALOGUE, definitionOf, type FindingCode, linkOf } from '../catalogue.ts';
import { firstValue } from '../control-plane/verdict/go-json.ts';
import type { Finding, FindingDefinition } from '../findings/finding.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import { GENERIC } from '../identity-provider/providers/generic.ts';
import { PROVIDERS } from '../identity-provider/providers.ts';
import {
  explainRefusal,
  hasWordsOfItsOwn,
  matchRefusal,
  type TokenRefusal,
  UNKNOWN_STATUS,
} from '../identity-provider/refusal.ts';
import { readTokenResponse, type TokenOutcome } from '../identity-provider/token-response.ts';
import { remoteText } from '../secrecy/remote-text.ts';
import { readOptions } from './options.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** A longer text is a log, and only its lines are looked at. */
const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** What `explain` prints with --json. */
interface Explanation {
  readonly provider: string;
  readonly finding: {
    readonly code: string;
    readonly title: string;
    readonly cause: string;
    readonly fix: string;
    readonly docs: string;
  };
  readonly detail: string;
  /** Codes that the same text could also mean: of other providers, or of other parts of a log. */
  readonly others: readonly string[];
}

/**
 * `union-auth explain`: an identity provider's answer, an error text of a client or of the control plane, or the code
 * of a finding, to cause and fix. Nothing is sent.
 * @returns 0: whatever it explains, it has explained it.
 */
export async function explain(args: string[], terminal: Terminal): Promise<0> {
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
  const provider = readProvider(values.provider);
  const explanation =
    code === undefined
      ? explainText(await terminal.readInput(values.file, 'Answer'), readStatus(values.status), provider)
      : explainCode(code);
  if (values.json === true) {
    terminal.print(`${JSON.stringify(explanation, undefined, 2)}\n`);
  } else {
    printExplanation(explanation, terminal);
  }
  return 0;
}

function readProvider(name: string | undefined): IdentityProvider | undefined {
  const provider = PROVIDERS.find((candidate) => candidate.name === name);
  if (name !== undefined && provider === undefined) {
    throw new UsageError(`--provider is none of ${PROVIDERS.map((candidate) => candidate.name).join(', ')}.`);
  }
  return provider;
}

function readStatus(status: string | undefined): number {
  if (status !== undefined && !/^[1-5]\d\d$/.test(status)) {
    throw new UsageError('--status is not the number of an HTTP status.');
  }
  return Number(status ?? UNKNOWN_STATUS);
}

function explainCode(code: string): Explanation {
  if (!Object.hasOwn(CATALOGUE, code)) {
    throw new UsageError('There is no finding with this code. docs/findings.md lists them all.');
  }
  const provider = PROVIDERS.find(({ name }) => code.startsWith(`idp/${name}/`))?.name ?? '';
  return explanationOf({ code, severity: 'error', detail: '' }, provider, []);
}

/** What somebody pastes: an answer of a token endpoint, a log that quotes one, or a text that somebody read in a log. */
function explainText(text: string, status: number, given: IdentityProvider | undefined): Explanation {
  const quoted = QUOTED_ANSWER.exec(text.slice(0, LONGEST_TEXT_CHARACTERS));
  if (quoted !== null && given === undefined) {
    const answer = firstValue(text.slice(quoted.index + quoted[0].length));
    const outcome = readAnswer(answer, Number(quoted[1]));
    if ('refusal' in outcome && outcome.refusal.error !== undefined) {
      return explainAnswer(outcome.refusal, given);
    }
  }
  const outcome = readAnswer(text, status);
  if ('granted' in outcome) {
    throw new UsageError('This answer holds a token: there is nothing to explain. token judge judges it.');
  }
  const isAnswer =
    given !== undefined ||
    status !== UNKNOWN_STATUS ||
    ('refusal' in outcome && ANSWER_SHAPES.has(outcome.refusal.shape));
  const known = searchErrorTexts(text);
  const [first, ...others] = known;
  if (first !== undefined && !(isAnswer && !isPlainText(outcome))) {
    const provider = PROVIDERS.find(({ name }) => first.startsWith(`idp/${name}/`))?.name ?? given?.name ?? '';
    return explanationOf({ code: first, severity: 'error', detail: '' }, provider, others);
  }
  if ('unusable' in outcome) {
    return explanationOf(outcome.unusable, given?.name ?? '', []);
  }
  if (!isAnswer && isPlainText(outcome)) {
    return explanationOf({ code: 'idp/refused', severity: 'error', detail: 'Nothing in this text is known.' }, '', []);
  }
  return explainAnswer(outcome.refusal, given);
}

/** As the clients of Flyte quote an answer (flyteorg/flyte-sdk _token_client.py, flytekit token_client.py). */
const QUOTED_ANSWER = /Status Code \((\d{3})\) received from IDP: (?=\{)/;
const LONGEST_TEXT_CHARACTERS = 1024 * 1024;
/** What only a token endpoint says. */
const ANSWER_SHAPES: ReadonlySet<TokenRefusal['shape']> = new Set(['oauth', 'okta-api']);

function readAnswer(text: string, status: number): TokenOutcome {
  const body = Buffer.from(text).subarray(0, LONGEST_ANSWER_BYTES);
  return readTokenResponse({ status, headers: {}, body, milliseconds: 0 }, Date.now());
}

function isPlainText(outcome: TokenOutcome): boolean {
  return 'refusal' in outcome && (outcome.refusal.shape === 'text' || outcome.refusal.shape === 'empty');
}

function explainAnswer(refusal: TokenRefusal, given: IdentityProvider | undefined): Explanation {
  const matches = PROVIDERS.flatMap((provider) => {
    const match = matchRefusal(refusal, provider);
    return match === undefined ? [] : [{ provider, code: match.code, isItsOwn: hasWordsOfItsOwn(match.pattern) }];
  });
  // Without a name, words that one provider alone uses name it.
  const owners = matches.filter(({ isItsOwn }) => isItsOwn);
  const provider = given ?? (owners.length === 1 ? owners[0]?.provider : undefined) ?? GENERIC;
  const finding = explainRefusal(refusal, provider);
  const others = matches.map(({ code }) => code).filter((code) => code !== finding.code);
  return explanationOf(finding, provider.name, others);
}

/** Shorter ones stand in too many texts. */
const SHORTEST_ERROR_TEXT = 8;

/** The codes of the findings whose error texts stand in a text, the longest text first. */
function searchErrorTexts(text: string): FindingCode[] {
  const plain = inOneLine(text);
  const found = Object.entries<FindingDefinition>(CATALOGUE).flatMap(([code, { errorTexts = [] }]) =>
    errorTexts
      .map((errorText) => inOneLine(errorText.split('...')[0] ?? ''))
      .filter((errorText) => errorText.length >= SHORTEST_ERROR_TEXT && plain.includes(errorText))
      .map((errorText) => ({ code: code as FindingCode, length: errorText.length })),
  );
  return [...new Set(found.toSorted((one, other) => other.length - one.length).map(({ code }) => code))];
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function explanationOf(finding: Finding, provider: string, others: readonly string[]): Explanation {
  const { title, cause, fix } = definitionOf(finding);
  return {
    provider,
    finding: { code: finding.code, title, cause, fix, docs: linkOf(finding) },
    detail: remoteText(finding.detail),
    others,
  };
}

function printExplanation({ provider, finding, detail, others }: Explanation, { print }: Terminal): void {
  print(`${finding.title} (${finding.code})\n`);
  if (detail !== '') {
    print(`  Seen:  ${detail}\n`);
  }
  if (provider !== '' && provider !== 'generic') {
    print(`  At:    ${provider}\n`);
  }
  print(`  Cause: ${finding.cause}\n  Fix:   ${finding.fix}\n  More:  ${finding.docs}\n`);
  if (others.length > 0) {
    print(`  Could also be: ${others.join(', ')}\n`);
  }
}
