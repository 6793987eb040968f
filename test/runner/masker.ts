import { encoders } from './encoders.ts';
import { trim } from './white-space.ts';

interface Range {
  start: number;
  end: number;
}

/**
 * What the runner does to a line before anyone reads it.
 * Model of src/Sdk/DTLogging/Logging/SecretMasker.cs and ValueSecret.cs of actions/runner 2.336.0.
 */
export class RunnerMasker {
  readonly #originals = new Set<string>();
  readonly #values = new Set<string>();

  /** As `::add-mask::` registers (AddMaskCommandExtension in ActionCommandManager.cs): whole, then each line trimmed. */
  addMask(value: string): void {
    // Data of white space alone gets a warning from the runner and masks nothing.
    if (trim(value) === '') {
      return;
    }
    this.addValue(value);
    for (const line of value.split(/[\r\n]/)) {
      this.addValue(trim(line));
    }
  }

  /** As a job's secrets are registered before its first step (InitializeSecretMasker in Worker.cs): trimmed first. */
  addJobSecret(value: string): void {
    this.addMask(trim(value));
  }

  /** SecretMasker.AddValue: the value with its encoded forms, no splitting. There is no shortest length. */
  addValue(value: string): void {
    if (value === '' || this.#originals.has(value)) {
      return;
    }
    this.#originals.add(value);
    this.#values.add(value);
    for (const encode of encoders) {
      const encoded = encode(value);
      if (encoded !== '') {
        this.#values.add(encoded);
      }
    }
  }

  mask(line: string): string {
    let masked = '';
    let position = 0;
    for (const range of merge(this.#find(line))) {
      masked += line.slice(position, range.start) + '***';
      position = range.end;
    }
    return masked + line.slice(position);
  }

  /** Ordinal search that moves on by one character after a hit, so a value may overlap itself (ValueSecret.cs). */
  #find(line: string): Range[] {
    const hits: Range[] = [];
    for (const value of this.#values) {
      let start = line.indexOf(value);
      while (start !== -1) {
        hits.push({ start, end: start + value.length });
        start = line.indexOf(value, start + 1);
      }
    }
    return hits;
  }
}

/** `Start <= End` in SecretMasker.cs: hits that only touch become one too. */
function merge(hits: Range[]): Range[] {
  const merged: Range[] = [];
  for (const hit of hits.sort((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last !== undefined && hit.start <= last.end) {
      last.end = Math.max(last.end, hit.end);
    } else {
      merged.push({ ...hit });
    }
  }
  return merged;
}
