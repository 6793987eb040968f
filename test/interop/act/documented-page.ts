import { readFileSync } from 'node:fs';
import path from 'node:path';

const PAGE = path.join(import.meta.dirname, '../../../docs/act.md');

/** What docs/act.md tells its reader to write, to run and to see. */
export interface DocumentedPage {
  /** The version of act that the page was tried with. */
  readonly version: string;
  readonly secrets: string;
  readonly variables: string;
  /** Keeps the two files out of version control. */
  readonly prepare: string;
  readonly command: string;
  /** What the log of the step ends with. */
  readonly lastLine: string;
  /** The finding that is named for a missing `.secrets`. */
  readonly codeWithoutSecret: string;
  readonly usesByName: string;
  readonly usesByPath: string;
}

export function readDocumentedPage(): DocumentedPage {
  const text = readFileSync(PAGE, 'utf8');
  return {
    version: found(/tried with act ([0-9.]+)\./, text),
    secrets: found(/`\.secrets`:\n\n```text\n([\s\S]*?)```/, text),
    variables: found(/`\.vars`:\n\n```text\n([\s\S]*?)```/, text),
    prepare: found(/```sh\n(printf [\s\S]*?)```/, text),
    command: found(/```sh\n(act [\s\S]*?)```/, text),
    lastLine: found(/ends with:\n\n```text\n(.*)\n```/, text),
    codeWithoutSecret: found(/Where `\.secrets` is missing, the job fails with \[`([^`]+)`\]/, text),
    usesByName: found(/Replace\n\n```yaml\n(.*)\n```/, text),
    usesByPath: found(/with\n\n```yaml\n(uses: \.\/)\n```/, text),
  };
}

function found(pattern: RegExp, text: string): string {
  const [, part] = pattern.exec(text) ?? [];
  if (part === undefined) {
    throw new Error(`docs/act.md has nothing like ${pattern.source}`);
  }
  return part;
}
