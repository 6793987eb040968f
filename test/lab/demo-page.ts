import type { StepResult } from '../runner/action-runner.ts';
import type { Annotation } from '../runner/step-log.ts';

const width = Math.min(process.stdout.columns ?? 100, 120);
const hasColour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';

/** Select Graphic Rendition parameters (ECMA-48 section 8.3.117). */
const STYLES = { bold: 1, faint: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export function styled(text: string, ...styles: (keyof typeof STYLES)[]): string {
  const start = styles.map((style) => `\u001b[${STYLES[style]}m`).join('');
  return hasColour ? `${start}${text}\u001b[0m` : text;
}

export function heading(text: string): void {
  console.log(`\n${styled(text, 'bold', 'cyan')}\n${styled('─'.repeat(Math.min(width, text.length)), 'faint')}`);
}

export function part(title: string, lines: readonly string[]): void {
  console.log(`\n  ${styled(title, 'bold')}`);
  for (const line of lines) {
    console.log(line === '' ? '' : `    ${line}`);
  }
}

export function table(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(first)}  ${value}`);
}

/** The lines of a log with the marks of the findings in colour. */
function colourLine(line: string): string {
  if (/^(FAIL|Not ready|Error: )/.test(line)) {
    return styled(line, 'red');
  }
  if (/^(WARN|Warning: )/.test(line)) {
    return styled(line, 'yellow');
  }
  return /^(ok |Ready)/.test(line) ? styled(line, 'green') : line.startsWith('▼') ? styled(line, 'bold') : line;
}

export function linesOf(text: string): string[] {
  return text.trimEnd().split('\n');
}

/** The log with the lines of each group under its title; where a group ends stands only in what was printed. */
export function foldedLog({ log, stdout }: StepResult): string[] {
  const sizes = [...stdout.matchAll(/^::group::.*\n([\s\S]*?)^::endgroup::/gm)].map(
    ([, content = '']) => content.split('\n').length - 1,
  );
  let left = 0;
  return linesOf(log).map((line) => {
    if (line.startsWith('▼')) {
      left = sizes.shift() ?? 0;
      return colourLine(line);
    }
    return left-- > 0 ? `  ${colourLine(line)}` : colourLine(line);
  });
}

/** As the page of a run shows it above the logs. */
export function boxOf({ level, title, message }: Annotation): string[] {
  const inner = width - 8;
  const wrapped = linesOf(message).flatMap((line) => wrap(line, inner));
  const name = `${level === 'error' ? 'Error' : 'Warning'}: ${title}`.slice(0, inner - 2);
  const colour = level === 'error' ? 'red' : 'yellow';
  const side = styled('│', colour);
  return [
    styled(`┌ ${name} ${'─'.repeat(inner - name.length)}┐`, colour),
    ...wrapped.map((line) => `${side} ${line.padEnd(inner)} ${side}`),
    styled(`└${'─'.repeat(inner + 2)}┘`, colour),
  ];
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > columns) {
      lines.push(word.slice(0, columns));
    } else {
      lines[lines.length - 1] = last === '' ? word.slice(0, columns) : `${last} ${word}`;
    }
  }
  return lines;
}
