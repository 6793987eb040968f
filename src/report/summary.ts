import { definitionOf, type Finding, linkOf } from '../findings/finding.ts';
import { codeSpan, factsTable, prose } from '../findings/markdown.ts';
import type { Report } from '../run-report.ts';
import { isoTime } from './log.ts';

const HEADINGS: Readonly<Record<Report['verdict'], string>> = {
  ready: 'Ready to deploy',
  'ready-with-warnings': 'Ready to deploy, with warnings',
  'not-ready': 'Not ready to deploy',
  skipped: 'Skipped',
};

/** The longest value that a table cell can hold and still be read. */
const LONGEST_CELL_CHARACTERS = 200;

/** The job summary, in Markdown: the verdict, its cause and fix, what was found out, what was exported. */
export function summaryOf(report: Report, exported: readonly string[]): string {
  const parts = [`## ${HEADINGS[report.verdict]}`, ...opening(report), facts(report, exported), checks(report)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function opening({ cause, findings, verdict }: Report): string[] {
  if (cause !== undefined) {
    const { title, cause: why, fix } = definitionOf(cause);
    return [
      `**${title}** (${linked(cause)})`,
      `Seen: ${code(cause.detail)}`,
      `Cause: ${prose(why)}`,
      `**Fix:** ${prose(fix)}`,
    ];
  }
  if (verdict === 'skipped') {
    return ['This event has no secrets, and `on-missing-secret` is `skip`.'];
  }
  return findings
    .filter(({ severity }) => severity === 'warning')
    .map(
      (finding) =>
        `**${definitionOf(finding).title}** (${linked(finding)}): ${code(finding.detail)} ${prose(definitionOf(finding).fix)}`,
    );
}

function facts({ key, provider, token, deployment }: Report, exported: readonly string[]): string {
  const rows: [string, string | undefined][] = [
    ['Deployment', key?.domain],
    ['Client id', key?.clientId],
    ['Org', key?.org],
    ['Found by', deployment?.route],
    ['Identity provider', provider?.name],
    ['Issuer', provider?.issuer],
    ['Token endpoint', provider?.tokenEndpoint],
    ['Scopes', provider?.scopes.join(' ')],
    ['Audience asked for', provider?.audience],
    ['Audience of the token', token?.audience?.join(' ')],
    ['Subject', token?.subject],
    ['Identity type', token?.identityType],
    ['Trial token valid until', token?.expiresAt === undefined ? undefined : isoTime(token.expiresAt)],
    ['Exported', exported.join(' ')],
  ];
  return factsTable(rows.map(([name, value]) => [name, code(value ?? '')]));
}

function checks({ findings, attempts }: Report): string {
  if (findings.length === 0) {
    return '';
  }
  const lines = findings.map(
    (finding) => `- ${finding.severity}: ${definitionOf(finding).title}. ${code(finding.detail)}`,
  );
  const requests = attempts.map(
    ({ method, place, status, failure, milliseconds }) =>
      `- ${code(`${method} ${place}`)} ${status ?? failure ?? ''} in ${milliseconds} ms`,
  );
  return [
    '<details><summary>What was checked</summary>',
    '',
    ...lines,
    ...(requests.length > 0 ? ['', 'Requests:', '', ...requests] : []),
    '',
    '</details>',
  ].join('\n');
}

function code(text: string): string {
  return codeSpan(text, LONGEST_CELL_CHARACTERS);
}

function linked(finding: Finding): string {
  return `[\`${finding.code}\`](${linkOf(finding)})`;
}
