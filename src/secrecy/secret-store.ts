import { derivedForms, givingAway, type SecretContext } from './derived-forms.ts';

/** Fewer characters than this are no credential but a word that a provider happens to return. */
const SHORTEST_TOKEN_PART = 16;
const SHORTEST_LINE = 8;
/** More of a token than that is no credential but an attempt to fill the memory. */
const LONGEST_WINDOWED_CHARACTERS = 4_096;
/** As many characters of a secret in a row as nothing may show. */
const WINDOW_CHARACTERS = 8;

/**
 * The one place that knows what must not be printed. Every form is handed to `registerMask` the moment it
 * becomes known and before anything derived from it is sent or printed; `redact` is the second net under it.
 */
export class SecretStore {
  readonly #registerMask: (value: string) => void;
  readonly #forms = new Set<string>();
  /** Every run of WINDOW_CHARACTERS of every text that gives a secret away, in lower case. */
  readonly #windows = new Set<string>();
  #longestFirst: string[] | undefined;

  constructor(registerMask: (value: string) => void) {
    this.#registerMask = registerMask;
  }

  /**
   * Masks a value. One of several lines is masked line by line and joined: the runner would register every line by
   * itself, and a line of one character would blank that character in the whole log
   * (actions/runner src/Runner.Worker/ActionCommandManager.cs, AddMaskCommandExtension).
   */
  protect(value: string): void {
    const lines = value.split(/[\r\n]/);
    for (const form of [lines.join(''), ...lines.filter((line) => line.trim().length >= SHORTEST_LINE)]) {
      if (form.trim() !== '' && !this.#forms.has(form)) {
        this.#forms.add(form);
        this.#longestFirst = undefined;
        this.#registerMask(form);
      }
    }
  }

  /** Masks a client secret in every form in which it can be printed. */
  protectClientSecret(secret: string, context: SecretContext): void {
    this.protect(secret);
    for (const form of derivedForms(secret, context)) {
      this.protect(form);
    }
    // What the other fields of the key say too gives nothing away.
    const open = new Set(Buffer.from(context.key, 'base64').toString().split(secret).flatMap(windowsOf));
    for (const text of new Set(givingAway(secret).map(inLowerCase))) {
      for (const window of windowsOf(text)) {
        if (!open.has(window)) {
          this.#windows.add(window);
        }
      }
    }
  }

  /**
   * Masks a token and, where it is a JWT, its signature: header and payload are no credential, and a mask of the
   * header would blank every other JWT of the job.
   */
  protectToken(token: string): void {
    if (token.length < SHORTEST_TOKEN_PART) {
      return;
    }
    this.protect(token);
    const signature = token.split('.').at(2);
    if (signature !== undefined && signature.length >= SHORTEST_TOKEN_PART) {
      this.protect(signature);
    }
    for (const window of windowsOf((signature ?? token).slice(0, LONGEST_WINDOWED_CHARACTERS))) {
      this.#windows.add(window);
    }
  }

  /** Replaces every known form by ***, longest first, so that no shorter form leaves the rest of a longer one. */
  redact(text: string): string {
    this.#longestFirst ??= [...this.#forms].sort((left, right) => right.length - left.length);
    return this.#longestFirst.reduce((redacted, form) => redacted.replaceAll(form, '***'), text);
  }

  /** As `redact`, for text that somebody else wrote: parts of a secret, in any case and in many encodings, go too. */
  redactRemote(text: string): string {
    const redacted = this.redact(text);
    const lower = inLowerCase(redacted);
    let result = '';
    let hiddenUntil = 0;
    for (let index = 0; index < redacted.length; index++) {
      if (this.#windows.has(lower.slice(index, index + WINDOW_CHARACTERS))) {
        result += '***';
        hiddenUntil = index + WINDOW_CHARACTERS;
      }
      result += index >= hiddenUntil ? redacted.charAt(index) : '';
    }
    return result.replace(/\*{4,}/g, '***');
  }
}

/** ASCII alone, so that every character keeps its place. */
function inLowerCase(text: string): string {
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function windowsOf(text: string): string[] {
  const lower = inLowerCase(text);
  return Array.from({ length: Math.max(0, lower.length - WINDOW_CHARACTERS + 1) }, (_, start) =>
    lower.slice(start, start + WINDOW_CHARACTERS),
  );
}
