/**
 * White space as .NET has it (Char.IsWhiteSpace), which the runner's Trim and TrimStart use.
 * JavaScript's trim() also removes U+FEFF and keeps U+0085, so it can't stand in.
 */
const whiteSpace = '\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';

const atStart = new RegExp(`^[${whiteSpace}]+`);
const atEnd = new RegExp(`[${whiteSpace}]+$`);

export function trimStart(text: string): string {
  return text.replace(atStart, '');
}

export function trim(text: string): string {
  return trimStart(text).replace(atEnd, '');
}
