import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

/** What the runner needs of an action.yml. */
export interface ActionMetadata {
  /** In the order of the file; undefined where an input has no default. */
  inputs: Map<string, string | undefined>;
  main: string;
  post: string | undefined;
}

export async function readActionMetadata(actionDirectory: string): Promise<ActionMetadata> {
  const document: unknown = parse(await readFile(path.join(actionDirectory, 'action.yml'), 'utf8'));
  const runs = field(document, 'runs');
  const main = scalar(field(runs, 'main'));
  if (main === undefined) {
    throw new Error(`action.yml in ${actionDirectory} has no runs.main`);
  }
  const inputs = new Map<string, string | undefined>();
  const declared = field(document, 'inputs');
  for (const name of isRecord(declared) ? Object.keys(declared) : []) {
    inputs.set(name, scalar(field(field(declared, name), 'default')));
  }
  return { inputs, main, post: scalar(field(runs, 'post')) };
}

/**
 * Replaces `${{ github.… }}` and `${{ runner.… }}` in a default, the only contexts of use there
 * (EvaluateDefaultInput in src/Runner.Worker/ActionManifestManager.cs). Anything else is an error of the test.
 */
export function evaluateDefault(text: string, contexts: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (expression, name: string) => {
    const value = contexts[name];
    if (value === undefined) {
      throw new Error(`The stand-in for the runner can't evaluate ${expression}`);
    }
    return value;
  });
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** YAML's true and 30 reach an action as the text 'true' and '30'. */
function scalar(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
