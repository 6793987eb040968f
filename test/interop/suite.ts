/** One counterpart that nobody here wrote, with what was proved against it. A row of docs/compatibility.md. */
export interface Row {
  readonly suite: string;
  readonly counterpart: string;
  readonly version: string;
  passed: number;
  readonly failures: string[];
  /** How many of its cases could not be tried. */
  skippedCases: number;
  /** Why it did not run at all; a counted skip. */
  skipped?: string;
  /** What a reader should know of the result, as differences that are let stand. */
  readonly notes: string[];
}

/** Something that a suite needs is not on this machine, or can't be fetched: not a failure. */
export class Skipped extends Error {}

export interface Suite {
  /** As `npm run interop -- NAME` names it. */
  readonly name: string;
  readonly title: string;
  /** Installs, starts, proves and stops its counterparts. What it throws ends the suite as one failure, or as a skip. */
  run(bench: Workbench): Promise<void>;
}

/** What a suite works with: folders that last, and a place for its results. */
export class Workbench {
  /** Kept between runs: downloads, virtual environments, built programs. One for each suite. */
  readonly cache: string;
  /** Removed when the suite is over. */
  readonly temporary: string;
  readonly rows: Row[] = [];
  readonly #suite: string;

  constructor(suite: string, folders: { cache: string; temporary: string }) {
    this.#suite = suite;
    this.cache = folders.cache;
    this.temporary = folders.temporary;
  }

  /** Begins a row. */
  counterpart(name: string, version: string): Counterpart {
    return new Counterpart(this.#addRow(name, version));
  }

  /** One counterpart of several: where it can't be had, or breaks, the others still run. */
  async attempt(name: string, prove: () => Promise<void>): Promise<void> {
    try {
      await prove();
    } catch (error) {
      if (error instanceof Skipped) {
        this.skip(name, error.message);
      } else {
        await this.counterpart(name, '').case('runs', () => {
          throw error;
        });
      }
    }
  }

  /** A row for what could not be tried, with one line that says why. */
  skip(name: string, reason: string): void {
    this.#addRow(name, '').skipped = reason;
    console.log(`  skipped  ${name}: ${reason}`);
  }

  #addRow(counterpart: string, version: string): Row {
    const row: Row = {
      suite: this.#suite,
      counterpart,
      version,
      passed: 0,
      failures: [],
      skippedCases: 0,
      notes: [],
    };
    this.rows.push(row);
    return row;
  }
}

export class Counterpart {
  readonly #row: Row;

  constructor(row: Row) {
    this.#row = row;
    console.log(`  ${row.counterpart} ${row.version}`);
  }

  get version(): string {
    return this.#row.version;
  }

  /** One thing that is proved: it passes where `prove` does not throw. */
  async case(name: string, prove: () => unknown): Promise<void> {
    try {
      await prove();
      this.#row.passed++;
      console.log(`    ok    ${name}`);
    } catch (error) {
      if (error instanceof Skipped) {
        this.#row.skippedCases++;
        this.#row.notes.push(`${name}: skipped, ${error.message}`);
        console.log(`    skip  ${name}: ${error.message}`);
        return;
      }
      const why = error instanceof Error ? error.message : String(error);
      this.#row.failures.push(`${name}: ${why}`);
      console.log(`    FAIL  ${name}: ${why}`);
    }
  }

  /** Many like cases at once, as agreements over generated input: each difference is one failure. */
  count(agreements: number, differences: readonly string[]): void {
    this.#row.passed += agreements;
    this.#row.failures.push(...differences);
    console.log(`    ${agreements} agree, ${differences.length} differ`);
    for (const difference of differences.slice(0, MOST_SHOWN)) {
      console.log(`    FAIL  ${difference}`);
    }
  }

  note(text: string): void {
    this.#row.notes.push(text);
  }
}

const MOST_SHOWN = 20;
