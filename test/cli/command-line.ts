import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PROGRAM = join(import.meta.dirname, '../../dist/cli/index.js');
/** More at once only wait for each other. */
const MOST_PROCESSES = 4;

export interface Called {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Calls the built command line, with an input on its standard input and nothing else in its environment.
 * @param program another file than the built one.
 */
export async function call(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  folder: string = import.meta.dirname,
  program: string = PROGRAM,
): Promise<Called> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return await ending(spawn(process.execPath, [program, ...args], { env, cwd: folder }), input);
}

/** Runs a line of shell with nothing on its standard input. */
export async function callShell(
  line: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Called> {
  return await ending(spawn('sh', ['-c', line], { env: { ...environment }, cwd: folder }), '');
}

async function ending(child: ChildProcessWithoutNullStreams, input: string): Promise<Called> {
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A command that reads no input may have ended before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

/** Runs a task for each item, a few at once. @returns the results in the order of the items. */
export async function forEachOf<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) {
      results[index] = await task(item);
    }
  };
  await Promise.all(Array.from({ length: MOST_PROCESSES }, worker));
  return results;
}

/** `script` of util-linux gives a program a terminal; other systems have another one by this name. */
export const HAS_TERMINAL =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/**
 * Calls the built command line on a pseudo-terminal of 100 columns, and types once a text has appeared.
 * @returns the exit status and all that the terminal showed.
 */
export async function callOnTerminal(
  args: readonly string[],
  typing: { readonly after: string; readonly text: string } | undefined,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number | null; shown: string }> {
  const words = [process.execPath, PROGRAM, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const commandLine = `stty cols 100; ${words.join(' ')}`;
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...environment };
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', commandLine, '/dev/null'], { env });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => undefined);
  let shown = '';
  let hasTyped = false;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    shown += chunk;
    if (typing !== undefined && !hasTyped && shown.includes(typing.after)) {
      hasTyped = true;
      child.stdin.write(typing.text);
    }
  });
  const status = await ended;
  return { status, shown };
}

/** What leads the command to a deployment of the lab. @param certificates a file with its authority. */
export function reachOf({ connectTo }: { readonly connectTo: readonly string[] }, certificates: string): string[] {
  return ['--ca-certificates', certificates, ...connectTo.flatMap((mapping) => ['--connect-to', mapping])];
}
