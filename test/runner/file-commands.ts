import process from 'node:process';

interface FileCommandPair {
  name: string;
  value: string;
}

interface FileCommandResult {
  /** Those in front of an error count: the runner reads lazily and has stored them by then. */
  pairs: FileCommandPair[];
  error: string | undefined;
}

/**
 * Reads what a step wrote to GITHUB_ENV, GITHUB_OUTPUT or GITHUB_STATE.
 * EnvFileKeyValuePairs in src/Runner.Worker/FileCommandManager.cs of actions/runner 2.336.0.
 */
export function parseFileCommands(text: string, platform: NodeJS.Platform = process.platform): FileCommandResult {
  const pairs: FileCommandPair[] = [];
  // File.ReadAllText takes a byte order mark off.
  const lines = new LineReader(text.replace(/^\uFEFF/, ''), platform);
  try {
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      if (line.text !== '') {
        pairs.push(readPair(line.text, lines));
      }
    }
    return { pairs, error: undefined };
  } catch (error) {
    return { pairs, error: error instanceof Error ? error.message : String(error) };
  }
}

function readPair(line: string, lines: LineReader): FileCommandPair {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (equals !== -1 && (heredoc === -1 || equals < heredoc)) {
    return { name: line.slice(0, equals), value: line.slice(equals + 1) };
  }
  if (heredoc === -1) {
    throw new Error(`Invalid format '${line}'`);
  }
  const name = line.slice(0, heredoc);
  const delimiter = line.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  return { name, value: readHeredoc(delimiter, lines) };
}

function readHeredoc(delimiter: string, lines: LineReader): string {
  // The value ends in front of the line break before the delimiter; breaks inside it stay as written.
  let value = '';
  let lastBreak = '';
  for (;;) {
    const line = lines.next();
    if (line === undefined) {
      throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    if (line.text === delimiter) {
      return value;
    }
    if (line.lineBreak === '') {
      throw new Error('Invalid value. EOF marker missing new line.');
    }
    value += lastBreak + line.text;
    lastBreak = line.lineBreak;
  }
}

interface Line {
  text: string;
  lineBreak: string;
}

/** Only a line feed ends a line; on Windows CR LF does too. A carriage return elsewhere belongs to the value. */
class LineReader {
  readonly #text: string;
  readonly #isWindows: boolean;
  #index = 0;

  constructor(text: string, platform: NodeJS.Platform) {
    this.#text = text;
    this.#isWindows = platform === 'win32';
  }

  next(): Line | undefined {
    if (this.#index >= this.#text.length) {
      return undefined;
    }
    const start = this.#index;
    const lineFeed = this.#text.indexOf('\n', start);
    if (lineFeed === -1) {
      this.#index = this.#text.length;
      return { text: this.#text.slice(start), lineBreak: '' };
    }
    this.#index = lineFeed + 1;
    const lineBreak = this.#isWindows && lineFeed > start && this.#text[lineFeed - 1] === '\r' ? '\r\n' : '\n';
    return { text: this.#text.slice(start, this.#index - lineBreak.length), lineBreak };
  }
}
