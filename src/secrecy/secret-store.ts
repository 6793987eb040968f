import { derivedForms, type SecretContext } from './derived-forms.ts';

/** Fewer characters than this are no credential but a word that a provider happens to return. */
const SHORTEST_TOKEN_PART = 16;

/**
 * The one place that knows what must not be printed. Every form is handed to `registerMask` the moment it
 * becomes known and before anything derived from it is sent or printed; `redact` is the second net under it.
 */
export class SecretStore {
  readonly #registerMask: (value: string) => void;
  readonly #forms = new Set<string>();
  #longestFirst: string[] | undefined;

  constructor(registerMask: (value: string) => void) {
    this.#registerMask = registerMask;
  }

  /** Masks a value as it is and each of its lines, as the runner does with a job's secrets. */
  protect(value: string): void {
    for (const form of [value, ...value.split(/\r?\n/)]) {
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
  }

  /** Replaces every known form by ***, longest first, so that no shorter form leaves the rest of a longer one. */
  redact(text: string): string {
    this.#longestFirst ??= [...this.#forms].sort((left, right) => right.length - left.length);
    return this.#longestFirst.reduce((redacted, form) => redacted.replaceAll(form, '***'), text);
  }
}
