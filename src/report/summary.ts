import { definitionOf, linkOf } from '../catalogue.ts';
import type { Finding } from '../findings/finding.ts';
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
  const parts = [`## ${HEADINGS[report.verdict]}`, ...opening(report), factsTable(report, exported), checks(report)];
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

function factsTable({ key, provider, token, deployment }: Report, exported: readonly string[]): string {
  const rows: [string, string][] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') {
      rows.push([name, code(value)]);
    }
  };
  add('Deployment', key?.domain);
  add('Client id', key?.clientId);
  add('Org', key?.org);
  add('Found by', deployment?.route);
  add('Identity provider', provider?.name);
  add('Issuer', provider?.issuer);
  add('Token endpoint', provider?.tokenEndpoint);
  add('Scopes', provider?.scopes.join(' '));
  add('Audience asked for', provider?.audience);
  add('Audience of the token', token?.audience?.join(' '));
  add('Subject', token?.subject);
  add('Identity type', token?.identityType);
  add('Trial token valid until', token?.expiresAt === undefined ? undefined : isoTime(token.expiresAt));
  add('Exported', exported.join(' '));
  return rows.length === 0
    ? ''
    : ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
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

/** Our own text: placeholders in angle brackets are no HTML. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[<*]|(?<!\w)_|_(?!\w)/g, '\\$&')))
    .join('');
}

/** Remote text stands in code spans alone: no link, image, mention or HTML can come of it. */
function code(text: string): string {
  const plain = text.replace(/[`|\r\n]/g, ' ').trim();
  const cut = plain.length > LONGEST_CELL_CHARACTERS ? `${plain.slice(0, LONGEST_CELL_CHARACTERS)}...` : plain;
  return cut === '' ? '' : `\`${cut}\``;
}

function linked(finding: Finding): string {
  return `[\`${finding.code}\`](${linkOf(finding)})`;
}
