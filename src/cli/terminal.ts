import { readFileSync, statSync } from 'node:fs';
import { remoteText } from '../secrecy/remote-text.ts';

/** What a command can do to the terminal, and where its secrets come from. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was called. */
  readonly folder: string;
  readonly outputIsTerminal: boolean;
  /** Whether what is printed may have colours: a terminal, and nobody asked for none (no-color.org). */
  readonly hasColors: boolean;
  /** The width of standard output; undefined where it is no terminal. */
  readonly columns: number | undefined;
  print(text: string): void;
  /** What is going on now, on standard error, and only where that is a terminal. Empty: nothing any more. */
  progress(text: string): void;
  /** One line on standard error. */
  complain(line: string): void;
  /** A secret from standard input as it is, less one line end; asked for without echo on a terminal. */
  readSecret(prompt: string): Promise<string>;
  /**
   * The text of a file, or of standard input where none is named, less one line end. On a terminal it may have many
   * lines, is not shown, and ends with Ctrl-D.
   */
  readInput(path: string | undefined, prompt: string): Promise<string>;
  /** @throws UsageError where it can't be read. */
  readFile(path: string): Uint8Array;
}

/** The command was called in a wrong way. */
export class UsageError extends Error {}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = /[\b\u007f]/;

/** Larger ones are no answer, no token and no key set. */
const LARGEST_INPUT_BYTES = 2 * 1024 * 1024;

function readFile(path: string): Uint8Array {
  let size: number;
  try {
    size = statSync(path).size;
    if (size <= LARGEST_INPUT_BYTES) {
      return readFileSync(path);
    }
  } catch {
    throw new UsageError('A file that is named can not be read.');
  }
  throw new UsageError('A file that is named is larger than 2 MiB. Cut it to the lines around the error.');
}

/** As Windows PowerShell writes it with `>`, or as everybody else does. */
function decodeText(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes).replace(/\r?\n$/, '');
}

/** A terminal says itself how many colours it has, and Node heeds NO_COLOR, FORCE_COLOR and TERM=dumb in that. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && stream.hasColors();
}

export const systemTerminal: Terminal = {
  environment: process.env,
  folder: process.cwd(),
  outputIsTerminal: process.stdout.isTTY === true,
  hasColors: hasColors(process.stdout),
  columns: process.stdout.isTTY === true ? process.stdout.columns : undefined,
  print: (text) => {
    process.stdout.write(text);
  },
  progress: (text) => {
    if (process.stderr.isTTY === true) {
      process.stderr.write(`\r\u001b[K${remoteText(text)}`);
    }
  },
  complain: (line) => {
    process.stderr.write(`union-auth: ${remoteText(line)}\n`);
  },
  readSecret: async (prompt) =>
    process.stdin.isTTY === true ? await askHidden(prompt, 'line') : decodeText(await readStandardInput()),
  readInput: async (path, prompt) => {
    if (path !== undefined) {
      return decodeText(readFile(path));
    }
    return process.stdin.isTTY === true
      ? await askHidden(`${prompt} (it is not shown; end it with Ctrl-D)`, 'text')
      : decodeText(await readStandardInput());
  },
  readFile,
};

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_INPUT_BYTES) {
      throw new UsageError('What came on standard input is larger than 2 MiB.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads what is typed or pasted, without echo: one line, or all lines up to Ctrl-D. */
async function askHidden(prompt: string, extent: 'line' | 'text'): Promise<string> {
  const { stdin, stderr } = process;
  // Before the prompt, so that nothing is shown of what is typed or pasted at once.
  stdin.setRawMode(true);
  stderr.write(`${prompt}: `);
  stdin.setEncoding('utf8');
  let typed = '';
  try {
    for await (const chunk of stdin as AsyncIterable<string>) {
      for (const character of chunk) {
        const isLineEnd = character === '\r' || character === '\n';
        if (character === CTRL_D || (isLineEnd && extent === 'line')) {
          return typed.replace(/\n$/, '');
        }
        if (character === CTRL_C) {
          throw new UsageError('Nothing was given.');
        }
        // A terminal in raw mode gives a carriage return for every line end.
        typed = BACKSPACE.test(character) ? typed.slice(0, -1) : typed + (isLineEnd ? '\n' : character);
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}
