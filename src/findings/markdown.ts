/** Our own text: placeholders in angle brackets are no HTML, and no letter makes emphasis. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[<*]|(?<!\w)_|_(?!\w)/g, '\\$&')))
    .join('');
}

/** Text of others stands in code spans alone: no link, image, mention or HTML can come of it. Fits a table's cell. */
export function codeSpan(text: string, longest: number = Number.POSITIVE_INFINITY): string {
  const plain = text.replace(/[`|\r\n]/g, ' ').trim();
  const cut = plain.length > longest ? `${plain.slice(0, longest)}...` : plain;
  return cut === '' ? '' : `\`${cut}\``;
}

/** A table without a heading of its own: the rows whose value is not empty. */
export function factsTable(rows: readonly (readonly [name: string, value: string])[]): string {
  const filled = rows.filter(([, value]) => value !== '');
  return filled.length === 0
    ? ''
    : ['| | |', '| --- | --- |', ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
