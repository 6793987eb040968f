/** Ways in which someone who reads a log may get a value back. Each returns the text with what it can decode decoded. */
export interface Decoder {
  name: string;
  decode(text: string): string;
}

/** Eight bytes need eleven base64 characters whatever the alignment, so shorter runs can't give a window away. */
const shortestBase64Run = 11;

/** Both alphabets at once: `-` and `_` decode to what `+` and `/` do. A line break inside is a wrapped value. */
const base64Run = /[A-Za-z0-9+/_-]+(?:\r?\n[A-Za-z0-9+/_-]+)*/g;

/**
 * Any stretch of a run decodes alike at the right one of four alignments, so all four are decoded.
 * `***` and `=` are in neither alphabet and break a run.
 */
function fromBase64(text: string): string {
  const decoded: string[] = [];
  for (const [run] of text.matchAll(base64Run)) {
    const joined = run.replace(/[\r\n]+/g, '');
    if (joined.length < shortestBase64Run) {
      continue;
    }
    for (let offset = 0; offset < 4; offset += 1) {
      decoded.push(Buffer.from(joined.slice(offset), 'base64').toString('utf8'));
    }
  }
  return decoded.join('\n');
}

function fromHex(text: string): string {
  const decoded: string[] = [];
  for (const [run] of text.matchAll(/[0-9A-Fa-f]{16,}/g)) {
    for (let offset = 0; offset < 2; offset += 1) {
      const whole = run.slice(offset, run.length - ((run.length - offset) % 2));
      decoded.push(Buffer.from(whole, 'hex').toString('utf8'));
    }
  }
  return decoded.join('\n');
}

/** Bytes beside each other, as Node shows a buffer and hexdump a file. */
function fromSpacedHex(text: string): string {
  return [...text.matchAll(/[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2}){7,}/g)]
    .map(([run]) => Buffer.from(run.replaceAll(' ', ''), 'hex').toString('utf8'))
    .join('\n');
}

function fromPercent(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
  });
}

/** application/x-www-form-urlencoded, where a plus is a space. */
function fromForm(text: string): string {
  return fromPercent(text.replaceAll('+', ' '));
}

const backslashNames: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** JSON strings, Go's and Python's literals, JavaScript's: one reader takes them all. */
function fromBackslashes(text: string): string {
  return text.replace(
    /\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\s\S]))/g,
    (_all, unicode: string | undefined, byte: string | undefined, letter: string | undefined) => {
      const code = unicode ?? byte;
      if (code !== undefined) {
        return String.fromCharCode(Number.parseInt(code, 16));
      }
      return letter === undefined ? '' : (backslashNames[letter] ?? letter);
    },
  );
}

const entityNames: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
};

function fromHtml(text: string): string {
  return text.replace(
    /&(?:#[xX]([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([a-z]+));/g,
    (all, hexadecimal: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) {
        return entityNames[name] ?? all;
      }
      const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** A quote inside single quotes: '\'' (bash, zsh, `set -x`) or '"'"' (Python's shlex.quote). */
function fromShell(text: string): string {
  return text.replaceAll("'\\''", "'").replaceAll(`'"'"'`, "'");
}

export const decoders: readonly Decoder[] = [
  { name: 'base64', decode: fromBase64 },
  { name: 'hex', decode: fromHex },
  { name: 'spaced hex', decode: fromSpacedHex },
  { name: 'percent', decode: fromPercent },
  { name: 'form', decode: fromForm },
  { name: 'backslashes', decode: fromBackslashes },
  { name: 'html', decode: fromHtml },
  { name: 'shell', decode: fromShell },
];
