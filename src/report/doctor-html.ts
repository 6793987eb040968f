import type { DoctorReport, DoctorRow } from '../deployment/doctor/doctor-report.ts';
import { definitionOf, linkOf } from '../findings/finding.ts';
import { countsOf, isExplained, OUTCOMES, type Section, type ShownRow, sectionsOf, VERDICTS } from './doctor-page.ts';

const OUTCOME_TITLES: Readonly<Record<DoctorRow['outcome'], string>> = {
  error: 'Fault',
  warning: 'Warning',
  note: 'Note',
  'not-checked': 'Not checked',
  pass: 'Passed',
};

/**
 * A report as one page to attach to a ticket: no script, nothing from elsewhere, readable in the dark and on paper.
 * The policy in its head holds it to that, should a text ever escape the escaping.
 * @param when as it is to be shown; empty for no date.
 */
export function doctorHtml(report: DoctorReport, when = ''): string {
  const { domain, provider, verdict } = report;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Authentication of ${text(domain)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header class="${verdict}">
<p class="kind">Authentication of a deployment</p>
<h1>${text(domain)}</h1>
<p class="verdict">${VERDICTS[verdict]}</p>
<p class="facts">Identity provider: ${text(provider)}${when === '' ? '' : ` &middot; ${text(when)}`}</p>
${sums(report)}
</header>
${whatToDo(report)}${sectionsOf(report).map(section).join('\n')}
<footer>
<p>Checked from outside, without a person in front of a browser: nobody was signed in. A row that is not checked says what it waits for. This page holds no secret.</p>
</footer>
</main>
</body>
</html>
`;
}

function sums(report: DoctorReport): string {
  const counts = countsOf(report);
  const items = OUTCOMES.filter((outcome) => counts[outcome] > 0).map(
    (outcome) => `<li class="${outcome}"><b>${counts[outcome]}</b> ${counted(counts[outcome], outcome)}</li>`,
  );
  return `<ul class="sums">${items.join('')}</ul>`;
}

function counted(count: number, outcome: DoctorRow['outcome']): string {
  const isNoun = outcome === 'error' || outcome === 'warning' || outcome === 'note';
  return `${OUTCOME_TITLES[outcome].toLowerCase()}${isNoun && count !== 1 ? 's' : ''}`;
}

/** What is to be done, before everything that is well. */
function whatToDo(report: DoctorReport): string {
  const items = sectionsOf(report).flatMap(({ title, rows }) =>
    rows
      .filter(({ outcome }) => outcome === 'error' || outcome === 'warning')
      .map(({ finding, outcome, check, seen }) => {
        const { title: what, fix } = finding === undefined ? { title: check, fix: '' } : definitionOf(finding);
        return `<li><span class="badge ${outcome}">${OUTCOME_TITLES[outcome]}</span> <b>${text(title)}:</b> ${prose(what)}.<p class="seen">${text(seen)}</p>${prose(fix)}</li>`;
      }),
  );
  return items.length === 0
    ? ''
    : `<section class="todo">
<h2>What to do</h2>
<ol>
${items.join('\n')}
</ol>
</section>
`;
}

function section({ title, purpose, clientId, rows }: Section): string {
  const id = clientId === '' ? '' : ` <code>${text(clientId)}</code>`;
  return `<section>
<h2>${text(title)}${id} <small>${text(purpose)}</small></h2>
<table>
<thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">Seen</th></tr></thead>
<tbody>
${rows.map(tableRow).join('\n')}
</tbody>
</table>
</section>`;
}

function tableRow(row: ShownRow): string {
  const { check, outcome, seen } = row;
  const badge = `<span class="badge ${outcome}">${OUTCOME_TITLES[outcome]}</span>`;
  return `<tr class="${outcome}"><td>${badge}</td><th scope="row">${text(check)}</th><td>${explained(row)}<p class="seen">${text(seen)}</p>${remedy(row)}</td></tr>`;
}

function explained(row: ShownRow): string {
  return row.finding !== undefined && isExplained(row)
    ? `<p><b>${prose(definitionOf(row.finding).title)}</b> <code>${text(row.finding.code)}</code></p>`
    : '';
}

function remedy(row: ShownRow): string {
  if (row.finding === undefined || !isExplained(row)) {
    return '';
  }
  const { cause, fix } = definitionOf(row.finding);
  const link = linkOf(row.finding);
  return `<dl><dt>Cause</dt><dd>${prose(cause)}</dd><dt>Fix</dt><dd>${prose(fix)}</dd><dt>More</dt><dd><a href="${text(link)}" rel="noreferrer">${text(link.replace(/^.*\//, ''))}</a></dd></dl>`;
}

/** Text of any origin, as text: in an element and in a quoted attribute alike. */
function text(raw: string): string {
  return raw
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Our own text, whose names of settings stand between backticks. */
function prose(raw: string): string {
  return text(raw).replace(/`([^`]*)`/g, '<code>$1</code>');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5a6475; --paper: #f6f7f9; --card: #fff; --line: #dfe3ea;
  --error: #b42318; --error-bg: #fdecea; --warning: #8a5300; --warning-bg: #fff4db; --note: #1f5fa8; --note-bg: #e8f1fc;
  --not-checked: #5a6475; --not-checked-bg: #eceff3; --pass: #1b6e3c; --pass-bg: #e6f5ec; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ef; --soft: #9aa5b6; --paper: #12161d; --card: #1a2029; --line: #2d3644;
    --error: #ff9d92; --error-bg: #3d1a17; --warning: #ffc96b; --warning-bg: #3a2a0c; --note: #8fc1ff; --note-bg: #15293f;
    --not-checked: #a9b3c2; --not-checked-bg: #252d39; --pass: #7fd8a2; --pass-bg: #143323; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header, section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem; margin-bottom: 1.25rem; }
header { border-left: 6px solid var(--pass); }
header.ready-with-warnings { border-left-color: var(--warning); }
header.not-ready { border-left-color: var(--error); }
.kind, .facts, small, footer { color: var(--soft); }
.kind { margin: 0; font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; }
h1 { margin: .1rem 0 .4rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
small { font-weight: 400; font-size: .85rem; margin-left: .35rem; }
.verdict { margin: 0; font-size: 1.15rem; font-weight: 600; color: var(--pass); }
.ready-with-warnings .verdict { color: var(--warning); }
.not-ready .verdict { color: var(--error); }
.facts { margin: .15rem 0 0; }
.sums { list-style: none; margin: .9rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.sums li { padding: .15rem .7rem; border-radius: 999px; font-size: .85rem; }
.todo ol { margin: 0; padding-left: 1.3rem; }
.todo li + li { margin-top: .6rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead th { text-align: left; font-size: .75rem; font-weight: 600; color: var(--soft); text-transform: uppercase; letter-spacing: .04em; padding: 0 .75rem .4rem 0; }
thead th:nth-child(1) { width: 7.2rem; }
thead th:nth-child(2) { width: 13rem; }
tbody td, tbody th { border-top: 1px solid var(--line); padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; }
tbody th { font-weight: 500; }
p.seen, td p { margin: 0; }
.todo .seen { color: var(--soft); }
h2 code { font-weight: 400; }
tr.not-checked th, tr.not-checked .seen, tr.pass .seen { color: var(--soft); }
dl { display: grid; grid-template-columns: 3.6rem 1fr; gap: .15rem .5rem; margin: .4rem 0 .2rem; }
dt { color: var(--soft); }
dd { margin: 0; }
code { font: .86em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--not-checked-bg); border-radius: 4px; padding: .05em .3em; }
a { color: var(--note); }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 999px; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.badge.error, .sums .error { background: var(--error-bg); color: var(--error); }
.badge.warning, .sums .warning { background: var(--warning-bg); color: var(--warning); }
.badge.note, .sums .note { background: var(--note-bg); color: var(--note); }
.badge.not-checked, .sums .not-checked { background: var(--not-checked-bg); color: var(--not-checked); }
.badge.pass, .sums .pass { background: var(--pass-bg); color: var(--pass); }
footer { font-size: .85rem; padding: 0 .25rem; }
@media (max-width: 40rem) {
  header, section { padding: 1rem; }
  table, tbody, tr, tbody td, tbody th { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: .6rem 0; }
  tbody td, tbody th { border: 0; padding: .1rem 0; }
  small { display: block; margin: .1rem 0 0; }
  dl { grid-template-columns: 1fr; }
}
@media print {
  :root { color-scheme: light; }
  body { background: #fff; font-size: 11px; }
  main { max-width: none; padding: 0; }
  header, section { border-radius: 0; }
  tr, li { break-inside: avoid; }
  .badge, .sums li, header { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
