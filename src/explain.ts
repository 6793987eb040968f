import { stripVTControlCharacters } from 'node:util';
import { inspectApiKey } from './api-key/inspect.ts';
import { CATALOGUE, type FindingCode } from './catalogue.ts';
import { firstValue } from './control-plane/verdict/go-json.ts';
import { definitionOf, type Finding, type FindingDefinition, linkOf } from './findings/finding.ts';
import type { IdentityProvider } from './identity-provider/identity-provider.ts';
import { GENERIC } from './identity-provider/providers/generic.ts';
import { PROVIDERS } from './identity-provider/providers.ts';
import {
  explainRefusal,
  hasWordsOfItsOwn,
  matchRefusal,
  type TokenRefusal,
  UNKNOWN_STATUS,
} from './identity-provider/refusal.ts';
import { readTokenResponse, type TokenOutcome } from './identity-provider/token-response.ts';
import { remoteText } from './secrecy/remote-text.ts';
import { jsonObject } from './transport/json.ts';

/** Cause and fix of what somebody read elsewhere. All text in it may be printed. */
export interface Explanation {
  readonly provider: string;
  readonly finding: {
    readonly code: string;
    readonly title: string;
    readonly cause: string;
    readonly fix: string;
    readonly docs: string;
  };
  readonly detail: string;
  /** What the support of the provider asks for: its error code, the ids of the request. */
  readonly evidence: Readonly<Record<string, string>>;
  /** Codes that the same text could also mean: of other providers, or of other parts of a log. */
  readonly others: readonly string[];
}

/** Why there is no explanation: the text is something else than an error, or nothing in it is known. */
export type Unexplained = 'empty' | 'access-token' | 'api-key' | 'unknown';

/** The explanation of a finding by its code; undefined where there is no such code. */
export function explainCode(code: string): Explanation | undefined {
  return Object.hasOwn(CATALOGUE, code)
    ? explanationOf({ code, severity: 'error', detail: '' }, ownerOfCode(code), [])
    : undefined;
}

/** The name of the provider whose own finding it is; empty where every provider can cause it. */
function ownerOfCode(code: string): string {
  return PROVIDERS.find(({ name }) => code.startsWith(`idp/${name}/`))?.name ?? '';
}

/**
 * What somebody pastes: an answer of a token endpoint, a log that quotes one, or an error text of a client or of a
 * control plane.
 * @param status of the answer; UNKNOWN_STATUS where it is not known.
 * @param given the provider, where the user named it.
 */
export function explainText(
  text: string,
  status: number,
  given: IdentityProvider | undefined,
): Explanation | Unexplained {
  if (text.trim() === '' && status === UNKNOWN_STATUS) {
    return 'empty';
  }
  if (ACCESS_TOKEN.test(text)) {
    return 'access-token';
  }
  if (inspectApiKey(text.trim()).fields !== undefined) {
    return 'api-key';
  }
  const outcome = readAnswer(text, status);
  if ('granted' in outcome) {
    return 'access-token';
  }
  if ('unusable' in outcome) {
    return explanationOf(outcome.unusable, given?.name ?? '', []);
  }
  const { refusal } = outcome;
  const isAnswer = ANSWER_SHAPES.has(refusal.shape) || (status !== UNKNOWN_STATUS && refusal.shape !== 'text');
  if (isAnswer || (given !== undefined && refusal.shape === 'web-page')) {
    return explainAnswer(refusal, given);
  }
  return explainLog(text, given) ?? explainUnknown(refusal, status, given);
}

/** A JWT in the compact form (RFC 7515 section 7.1), and nothing else. */
const ACCESS_TOKEN = /^\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/;

/** What only a token endpoint says. */
const ANSWER_SHAPES: ReadonlySet<TokenRefusal['shape']> = new Set(['oauth', 'okta-api']);

function readAnswer(text: string, status: number): TokenOutcome {
  const body = Buffer.from(text);
  const holdsToken = status === UNKNOWN_STATUS && jsonObject(body)?.['access_token'] !== undefined;
  return readTokenResponse({ status: holdsToken ? 200 : status, headers: {}, body, milliseconds: 0 }, Date.now());
}

/** A log: first an answer that it quotes, then the words of a provider in it, then those of clients and control planes. */
function explainLog(text: string, given: IdentityProvider | undefined): Explanation | undefined {
  const readings = readingsOf(text);
  const answers = readings.map(quotedAnswer).filter((refusal) => refusal !== undefined);
  // Of two readings the one that a provider would have written is right.
  const quoted = answers.find((answer) => matchesOf(answer).some(({ isItsOwn }) => isItsOwn)) ?? answers[0];
  if (quoted !== undefined) {
    return explainAnswer(quoted, given);
  }
  const [first, ...others] = new Set([
    ...readings.flatMap((reading) => spokenIn(reading, given)),
    ...searchErrorTexts(readings),
  ]);
  if (first === undefined) {
    return explainUnknownNumber(text);
  }
  const provider = ownerOfCode(first) || (given?.name ?? '');
  return explanationOf({ code: first, severity: 'error', detail: '' }, provider, others);
}

/** In front of each line of a downloaded log: job and step of `gh run view --log`, and the time of the runner. */
const LINE_PREFIX = /^\ufeff?(?:[^\t\n]*\t[^\t\n]*\t)?\ufeff?\d{4}-\d\d-\d\dT[\d:.]+Z ?/gm;

const BOX_EDGE = /[|\u2500-\u257f]/;

/** What the client drew a box around, in lines or in ASCII signs. No pattern here looks for the end of white space. */
function unboxed(line: string): string {
  const bare = line.trim();
  if (/^\+-[-+]*$/.test(bare)) {
    return '';
  }
  const start = BOX_EDGE.test(bare.slice(0, 1)) ? 1 : 0;
  const end = BOX_EDGE.test(bare.slice(-1)) ? -1 : undefined;
  return bare
    .slice(start, end)
    .replace(/[\u2500-\u257f]+/g, '')
    .trim();
}

/** The ways to read a log: as one line where its lines were broken between words, and where they were broken within. */
function readingsOf(text: string): string[] {
  const lines = stripVTControlCharacters(text).replace(LINE_PREFIX, '').split('\n').map(unboxed);
  return [...new Set([' ', ''].map((between) => lines.join(between).replace(/\s+/g, ' ').trim()))];
}

/** A code of Entra that has no finding still names the provider. */
function explainUnknownNumber(text: string): Explanation | undefined {
  const [code] = /\bAADSTS\d{4,8}\b/.exec(text) ?? [];
  return code === undefined
    ? undefined
    : explanationOf(
        { code: 'idp/refused', severity: 'error', detail: `${code}: a code of Entra that has no finding of its own` },
        'entra',
        [],
      );
}

/** Braces that begin something else than an answer, and numbers of other errors. */
const MOST_BRACES = 1000;

/** Longer than any answer that a client quotes. */
const LONGEST_QUOTED_CHARACTERS = 16 * 1024;

/** The last JSON object of a text that a token endpoint would answer with, since a job ends with what failed it. */
function quotedAnswer(text: string): TokenRefusal | undefined {
  let position = text.lastIndexOf('{');
  for (let tried = 0; position >= 0 && tried < MOST_BRACES; tried++) {
    const status = /\b([45]\d\d)\b[^{\d]*$/.exec(text.slice(Math.max(0, position - STATUS_CHARACTERS), position))?.[1];
    const outcome = readAnswer(
      firstValue(text.slice(position, position + LONGEST_QUOTED_CHARACTERS)),
      Number(status ?? UNKNOWN_STATUS),
    );
    if ('refusal' in outcome && ANSWER_SHAPES.has(outcome.refusal.shape) && isKnown(outcome.refusal)) {
      return outcome.refusal;
    }
    position = position === 0 ? -1 : text.lastIndexOf('{', position - 1);
  }
  return undefined;
}

/** Any program may write a member `error` into its log: only an error that a token endpoint gives is an answer. */
function isKnown(refusal: TokenRefusal): boolean {
  return matchesOf(refusal).length > 0 || explainRefusal(refusal, GENERIC).code !== 'idp/refused';
}

/** Where a status can stand in front of an answer. */
const STATUS_CHARACTERS = 80;

/** Findings whose words or numbers stand anywhere in a text, whoever wrote them there. */
function spokenIn(text: string, given: IdentityProvider | undefined): string[] {
  const numbers = [...text.matchAll(/\bAADSTS(\d{4,8})\b/g)].slice(-MOST_BRACES).map(([, number]) => Number(number));
  return PROVIDERS.filter((provider) => given === undefined || provider === given).flatMap(({ findings }) =>
    Object.entries(findings).flatMap(([code, { answer }]) => {
      const isNumbered = answer?.numbers?.some((number) => numbers.includes(number)) === true;
      const isWorded = answer?.description instanceof RegExp && answer.description.test(text);
      return isNumbered || isWorded ? [code] : [];
    }),
  );
}

/** Nothing in it is known: then it is an answer only where the user says so. */
function explainUnknown(
  refusal: TokenRefusal,
  status: number,
  given: IdentityProvider | undefined,
): Explanation | 'unknown' {
  const isSaid = status !== UNKNOWN_STATUS || given !== undefined || refusal.shape === 'web-page';
  return isSaid ? explainAnswer(refusal, given) : 'unknown';
}

function explainAnswer(refusal: TokenRefusal, given: IdentityProvider | undefined): Explanation {
  const matches = matchesOf(refusal);
  // Without a name, words that one provider alone uses name it.
  const owners = matches.filter(({ isItsOwn }) => isItsOwn);
  const isOfEntra = /^AADSTS\d/.test(refusal.description ?? '');
  const speaker = isOfEntra ? PROVIDERS.find(({ name }) => name === 'entra') : undefined;
  const provider = given ?? speaker ?? (owners.length === 1 ? owners[0]?.provider : undefined) ?? GENERIC;
  const finding = explainRefusal(refusal, provider);
  const others = matches.map(({ code }) => code).filter((code) => code !== finding.code);
  return explanationOf(finding, provider.name, others);
}

/** What the answer would mean at each provider that knows it. */
function matchesOf(refusal: TokenRefusal) {
  return PROVIDERS.flatMap((provider) => {
    const match = matchRefusal(refusal, provider);
    return match === undefined ? [] : [{ provider, code: match.code, isItsOwn: hasWordsOfItsOwn(match.pattern) }];
  });
}

/** Shorter ones stand in too many texts. */
const SHORTEST_ERROR_TEXT = 12;

/**
 * The codes of the findings whose error texts stand in a text, the longest text first. What the control plane says
 * after any refusal comes last: the same log may have the reason.
 */
function searchErrorTexts(readings: readonly string[]): FindingCode[] {
  const found = Object.entries<FindingDefinition>(CATALOGUE).flatMap(([code, { errorTexts = [] }]) =>
    errorTexts
      .map((errorText) => (errorText.split('...')[0] ?? '').replace(/\s+/g, ' ').trim())
      .filter(
        (errorText) =>
          errorText.length >= SHORTEST_ERROR_TEXT && readings.some((reading) => reading.includes(errorText)),
      )
      .map((errorText) => ({ code: code as FindingCode, length: errorText.length })),
  );
  const rank = (code: string): number => Number(code.startsWith('plane/'));
  const sorted = found.toSorted((one, other) => rank(one.code) - rank(other.code) || other.length - one.length);
  return [...new Set(sorted.map(({ code }) => code))];
}

function explanationOf(finding: Finding, provider: string, others: readonly string[]): Explanation {
  const { title, cause, fix } = definitionOf(finding);
  return {
    provider,
    finding: { code: finding.code, title, cause, fix, docs: linkOf(finding) },
    detail: remoteText(finding.detail),
    evidence: Object.fromEntries(
      Object.entries(finding.evidence ?? {}).map(([name, value]) => [name, remoteText(value)]),
    ),
    others,
  };
}
