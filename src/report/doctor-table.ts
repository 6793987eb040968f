import type { DoctorReport, DoctorRow } from '../deployment/doctor/doctor-report.ts';
import { definitionOf, linkOf } from '../findings/finding.ts';
import { isExplained, type ShownRow, sectionsOf, sumOf, VERDICTS } from './doctor-page.ts';

/** No line is longer, so that it fits a terminal and a ticket. */
const WIDTH = 100;
const MARK_WIDTH = 6;
const CHECK_WIDTH = 30;
const LABEL_WIDTH = 7;

const MARKS: Readonly<Record<DoctorRow['outcome'], string>> = {
  pass: 'ok',
  note: 'note',
  warning: 'WARN',
  error: 'FAIL',
  'not-checked': '-',
};

/** A report as plain text: one table for each part of the deployment, and under a row what to do about it. */
export function doctorTable(report: DoctorReport): string {
  const head = [
    `${report.domain}, identity provider ${report.provider}`,
    `${VERDICTS[report.verdict]}: ${sumOf(report)}`,
  ];
  const sections = sectionsOf(report).map(({ title, purpose, clientId, rows }) => {
    const heading = `${title}${clientId === '' ? '' : ` ${clientId}`} (${purpose})`;
    return [...wrapped(heading, WIDTH), '-'.repeat(WIDTH), ...rows.flatMap(linesOfRow)].join('\n');
  });
  const foot = report.rows.some(isExplained) ? [`${PAGE} stands at ${ADDRESS}${PAGE}.`] : [];
  return `${[head.flatMap((line) => wrapped(line, WIDTH)).join('\n'), ...sections, ...foot].join('\n\n')}\n`;
}

/** A whole link would be too long for a line. */
const PAGE = 'docs/findings.md';
const ADDRESS = linkOf({ code: '' }).replace(`${PAGE}#`, '');

function linesOfRow(row: ShownRow): string[] {
  const { check, outcome, seen, finding } = row;
  const mark = MARKS[outcome].padEnd(MARK_WIDTH);
  if (finding === undefined || !isExplained(row)) {
    return cells(mark, check, seen);
  }
  const { title, cause, fix } = definitionOf(finding);
  const detail = (label: string, text: string): string[] =>
    hanging(`${' '.repeat(MARK_WIDTH)}${`${label}:`.padEnd(LABEL_WIDTH)}`, text);
  return [
    ...cells(mark, check, `${title} (${finding.code})`),
    ...detail('Seen', seen),
    ...detail('Cause', cause),
    ...detail('Fix', fix),
    ...detail('More', linkOf(finding).replace(ADDRESS, '')),
  ];
}

/** Two cells side by side. */
function cells(mark: string, check: string, text: string): string[] {
  const left = wrapped(check, CHECK_WIDTH - 2);
  const right = wrapped(text, WIDTH - MARK_WIDTH - CHECK_WIDTH);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `${index === 0 ? mark : ' '.repeat(MARK_WIDTH)}${(left[index] ?? '').padEnd(CHECK_WIDTH)}${right[index] ?? ''}`.trimEnd(),
  );
}

/** Text behind a lead, and under itself from the second line on. */
function hanging(lead: string, text: string): string[] {
  const [first = '', ...rest] = wrapped(text, WIDTH - lead.length);
  return [`${lead}${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(lead.length)}${line}`)];
}

/** Words on lines of a width; a longer word is broken. */
function wrapped(text: string, width: number): string[] {
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
