/** Plain text as Markdown: code spans stay, addresses become code, nothing else is markup. */
export function prose(text: string): string {
  const spanned = splitSpans(text)
    .map((part) => (isSpan(part) ? part : part.replace(/\w+:\/\/[\w./<>-]*[\w>]/g, '`$&`')))
    .join('');
  return splitSpans(spanned)
    .map((part) => (isSpan(part) ? part : part.replace(/[*<|]|(?<!\w)_|_(?!\w)/g, '\\$&')))
    .join('');
}

function splitSpans(text: string): string[] {
  return text.split(/(`[^`]*`)/);
}

function isSpan(part: string): boolean {
  return part.startsWith('`');
}

/** A text that is shown as it is, whatever signs it holds. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  return [line(heads), line(heads.map(() => '---')), ...rows.map((cells) => line(cells))].join('\n');
}

/** The parts of a page that are there, with an empty line between them. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

export const GENERATED = '<!-- Written by scripts/generate-docs.ts from the code. Do not edit: run `npm run docs`. -->';
