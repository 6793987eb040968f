import { type Finding, FindingError, findingsOf } from '../findings/finding.ts';

export const INPUT_FINDINGS = {
  'input/conflict': {
    title: 'Two inputs exclude each other',
    cause: 'The step gives a whole key and fields of a key, or an input that another one turns off.',
    fix: 'Give api-key alone, or domain, client-id, client-secret and org. Give project together with verify: deployment.',
    severity: 'error',
  },
  'input/not-a-boolean': {
    title: 'An input is neither true nor false',
    cause: 'Only the words of the YAML core schema are read: true, True, TRUE, false, False, FALSE.',
    fix: 'Write true or false.',
    severity: 'error',
  },
  'input/unknown-word': {
    title: 'An input is not one of its words',
    cause: 'A typing error.',
    fix: 'Write one of the words that are named above.',
    severity: 'error',
  },
  'input/not-a-number': {
    title: 'An input is not a number in its range',
    cause: 'A typing error, or a unit behind the number.',
    fix: 'Write a whole number in the range that is named above.',
    severity: 'error',
  },
  'input/not-an-address': {
    title: 'An input is not an https address',
    cause: 'It has another scheme, a user, a fragment, or is no address.',
    fix: "Copy the address from the provider's metadata document.",
    severity: 'error',
  },
  'input/not-usable': {
    title: 'An input holds text that it can not hold',
    cause: 'A control character, an invisible character, or text in another form than described.',
    fix: 'See the description of the input.',
    severity: 'error',
  },
  'input/too-long': {
    title: 'An input is too long',
    cause: 'The content of a file was pasted into it.',
    fix: 'Copy the value again.',
    severity: 'error',
  },
  'input/not-certificates': {
    title: 'ca-certificates holds no certificate',
    cause: 'It is neither PEM text nor the path of a file with PEM text.',
    fix: 'Give text that starts with -----BEGIN CERTIFICATE-----, or the path of such a file.',
    severity: 'error',
  },
  'input/connect-to-in-use': {
    title: 'Connections are redirected by connect-to',
    cause: 'The clients do not know connect-to, so they will connect to the address that DNS gives.',
    fix: 'Use it for tests and port-forwards only.',
    severity: 'warning',
  },
} as const;

export type InputFindingCode = keyof typeof INPUT_FINDINGS;

export const inputFinding = findingsOf(INPUT_FINDINGS);

/** Longer than any value of any input but certificates and lists. */
const LONGEST_INPUT_CHARACTERS = 20_000;
const LONGEST_TEXT_CHARACTERS = 1_000_000;

/**
 * Reads the inputs of a step from the environment, as the runner passes them: `INPUT_` and the name in capitals,
 * spaces as underscores (actions/toolkit packages/core/src/core.ts, getInput). Everything is trimmed before it is
 * judged. Every method throws a FindingError that names the input and never its value.
 */
export class StepInputs {
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /** The trimmed text, however long: for masking it before anything is judged. */
  untested(name: string): string {
    return this.raw(name).trim();
  }

  /** The trimmed text, empty where the input is not given. */
  text(name: string): string {
    const value = this.untested(name);
    if (value.length > LONGEST_INPUT_CHARACTERS) {
      throw fault('input/too-long', `${name} has more than ${LONGEST_INPUT_CHARACTERS} characters.`);
    }
    return value;
  }

  /** A text of one line of printable ASCII, undefined where it is not given. */
  line(name: string): string | undefined {
    const value = this.text(name);
    if (!/^[ -~]*$/.test(value)) {
      throw fault('input/not-usable', `${name} holds a line break, a control character or a character outside ASCII.`);
    }
    return value === '' ? undefined : value;
  }

  /** The lines that are not empty, each trimmed; undefined where there are none. */
  lines(name: string): string[] | undefined {
    const lines = this.text(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.some((line) => !/^[ -~]+$/.test(line))) {
      throw fault('input/not-usable', `${name} holds a control character or a character outside ASCII.`);
    }
    return lines.length === 0 ? undefined : lines;
  }

  /** Certificates and lists of keys may be long. */
  longText(name: string): string {
    const value = this.untested(name);
    if (value.length > LONGEST_TEXT_CHARACTERS) {
      throw fault('input/too-long', `${name} has more than ${LONGEST_TEXT_CHARACTERS} characters.`);
    }
    return value;
  }

  /** The words of the YAML 1.2 core schema, as @actions/core reads them. */
  boolean(name: string, byDefault: boolean): boolean {
    const value = this.text(name);
    if (value === '') {
      return byDefault;
    }
    if (/^(true|True|TRUE)$/.test(value)) {
      return true;
    }
    if (/^(false|False|FALSE)$/.test(value)) {
      return false;
    }
    throw fault('input/not-a-boolean', `${name} is neither true nor false.`);
  }

  word<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.text(name);
    const word = value === '' ? words[0] : words.find((candidate) => candidate === value);
    if (word === undefined) {
      throw fault('input/unknown-word', `${name} is none of ${words.join(', ')}.`);
    }
    return word;
  }

  wholeNumber(name: string, byDefault: number, [smallest, largest]: readonly [number, number]): number {
    const value = this.text(name);
    if (value === '') {
      return byDefault;
    }
    const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= smallest && number <= largest)) {
      throw fault('input/not-a-number', `${name} is not a whole number from ${smallest} to ${largest}.`);
    }
    return number;
  }

  private raw(name: string): string {
    return this.#environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
  }
}

function fault(code: InputFindingCode, detail: string): FindingError {
  const finding: Finding = inputFinding(code, detail);
  return new FindingError(finding);
}
