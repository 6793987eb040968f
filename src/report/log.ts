import { definitionOf, type Finding, linkOf } from '../findings/finding.ts';
import type { Report } from '../run-report.ts';

/** A part of the log that a reader can fold. */
export interface LogGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

const MARKS: Readonly<Record<Finding['severity'], string>> = {
  pass: 'ok  ',
  note: 'note',
  warning: 'WARN',
  error: 'FAIL',
};

/** What was found, then what was asked on the network. */
export function logGroups(report: Report): LogGroup[] {
  const groups = [
    { title: 'What was checked', lines: report.findings.flatMap(linesOf) },
    { title: 'Requests', lines: report.attempts.map(describeAttempt) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

/** One line that says how it ended. */
export function logVerdict(report: Report): string {
  const { verdict, key, cause, token, provider } = report;
  if (verdict === 'skipped') {
    return 'Skipped: this event has no secrets.';
  }
  if (cause !== undefined) {
    return `Not ready: ${definitionOf(cause).title} (${cause.code}).`;
  }
  const who = `client ${key?.clientId ?? ''} at ${key?.domain ?? ''}`;
  const end = token?.expiresAt === undefined ? '' : isoTime(token.expiresAt);
  const until = end === '' ? '' : ` The trial token is valid until ${end}.`;
  const what = provider === undefined ? 'the shape of the key is right; nothing was sent' : 'the next step can sign in';
  return `${verdict === 'ready' ? 'Ready' : 'Ready, with warnings'}: ${who}, ${what}.${until}`;
}

/** What an annotation says: code and what was seen, cause, fix, link. */
export function annotationOf(finding: Finding): { title: string; message: string } {
  const { title, cause, fix } = definitionOf(finding);
  return {
    title,
    message: `${finding.code}: ${finding.detail}\nCause: ${cause}\nFix: ${fix}\nMore: ${linkOf(finding)}`,
  };
}

/** Seconds since 1970 as 2026-11-22T17:00:00Z; empty where they are beyond any calendar. */
export function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A finding as the log has it: what was seen, and what to do where something is to be done. */
export function linesOf(finding: Finding): string[] {
  const { title, fix } = definitionOf(finding);
  const evidence = Object.entries(finding.evidence ?? {}).map(([name, value]) => `       ${name}: ${value}`);
  const remedy = finding.severity === 'error' || finding.severity === 'warning' ? [`       Fix: ${fix}`] : [];
  return [
    `${MARKS[finding.severity]}   ${title}. ${finding.detail}${finding.severity === 'pass' ? '' : ` (${finding.code})`}`,
    ...evidence,
    ...remedy,
  ];
}

export function describeAttempt({
  method,
  place,
  purpose,
  status,
  failure,
  milliseconds,
}: Report['attempts'][number]): string {
  return `${status ?? failure ?? ''}  ${method} ${place}  ${milliseconds} ms  ${purpose}`;
}
