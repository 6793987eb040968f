import { styleText } from 'node:util';
import { definitionOf, type Finding } from '../findings/finding.ts';
import type { LogGroup } from '../report/log.ts';
import type { Terminal } from './terminal.ts';

/** How a line of a report begins, and what colour that has. */
const COLOURS = [
  [/^ok\b/, 'green'],
  [/^note\b/, 'cyan'],
  [/^WARN\b/, 'yellow'],
  [/^FAIL\b/, 'red'],
] as const;

/** A report as people read it: its groups, indented, and one line that says how it ended. */
export function printGroups(groups: readonly LogGroup[], verdict: string, terminal: Terminal): void {
  for (const { title, lines } of groups) {
    const indented = lines.map((line) => `  ${coloured(line, terminal)}\n`).join('');
    terminal.print(`${styled('bold', title, terminal)}\n${indented}`);
  }
  terminal.print(`${styled('bold', verdict, terminal)}\n`);
}

function coloured(line: string, terminal: Terminal): string {
  const [, colour] = COLOURS.find(([mark]) => mark.test(line)) ?? [];
  return colour === undefined ? line : line.replace(/^\S+/, (mark) => styled(colour, mark, terminal));
}

/** A text with a format, where the terminal shows formats. */
export function styled(
  format: 'bold' | 'dim' | (typeof COLOURS)[number][1],
  text: string,
  { hasColors }: Terminal,
): string {
  return hasColors ? styleText(format, text, { validateStream: false }) : text;
}

/** Findings that stand alone, each with its fix. */
export function printFindings(findings: readonly Finding[], terminal: Pick<Terminal, 'print'>): void {
  for (const finding of findings) {
    const { title, fix } = definitionOf(finding);
    terminal.print(`${finding.severity}: ${title}. ${finding.detail} (${finding.code})\n  Fix: ${fix}\n`);
  }
}
