import { readFileSync, statSync } from 'node:fs';
import { remoteText } from '../secrecy/remote-text.ts';

/** What a command can do to the terminal, and where its secrets come from. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly outputIsTerminal: boolean;
  print(text: string): void;
  /** One line on standard error. */
  complain(line: string): void;
  /** A secret from standard input as it is, less one line end; asked for without echo on a terminal. */
  readSecret(prompt: string): Promise<string>;
  /** The text of a file, or of standard input where none is named, less one line end. */
  readInput(path: string | undefined, prompt: string): Promise<string>;
  /** @throws UsageError where it can't be read. */
  readFile(path: string): Uint8Array;
}

/** The command was called in a wrong way. */
export class UsageError extends Error {}

const CTRL_C = '\u0003';
const BACKSPACE = /[\b\u007f]/;

/** Larger ones are no answer, no token and no key set. */
const LARGEST_INPUT_BYTES = 2 * 1024 * 1024;

function readFile(path: string): Uint8Array {
  try {
    if (statSync(path).size <= LARGEST_INPUT_BYTES) {
      return readFileSync(path);
    }
  } catch {
    // The user needs no more than that.
  }
  throw new UsageError('A file that is named can not be read, or is larger than 2 MiB.');
}

export const systemTerminal: Terminal = {
  environment: process.env,
  outputIsTerminal: process.stdout.isTTY === true,
  print: (text) => {
    process.stdout.write(text);
  },
  complain: (line) => {
    process.stderr.write(`union-auth: ${remoteText(line)}\n`);
  },
  readSecret: async (prompt) =>
    process.stdin.isTTY === true ? await askHidden(prompt) : (await readStandardInput()).replace(/\r?\n$/, ''),
  readInput: async (path, prompt) =>
    path === undefined
      ? await systemTerminal.readSecret(prompt)
      : Buffer.from(readFile(path))
          .toString()
          .replace(/\r?\n$/, ''),
  readFile,
};

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_INPUT_BYTES) {
      throw new UsageError('What came on standard input is larger than 2 MiB.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function askHidden(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(`${prompt}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  let typed = '';
  try {
    for await (const chunk of stdin as AsyncIterable<string>) {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          return typed;
        }
        if (character === CTRL_C) {
          throw new UsageError('Nothing was given.');
        }
        typed = BACKSPACE.test(character) ? typed.slice(0, -1) : typed + character;
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}
