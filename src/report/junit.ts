import { definitionOf, type Finding, isError, linkOf } from '../findings/finding.ts';
import type { Report } from '../run-report.ts';

/**
 * The report as JUnit XML, which GitLab and Jenkins show beside the tests: one case for each finding, failed where it
 * is an error. A warning or a note is a case that passed, with what was found as its output.
 * Sources: docs.gitlab.com, "Unit test reports"; testmoapp/junitxml (the common form).
 */
export function junitReport({ findings, key }: Report): string {
  const failures = findings.filter(isError).length;
  const counts = `tests="${findings.length}" failures="${failures}" errors="0" skipped="0"`;
  const suite = `  <testsuite name="union-auth${key === undefined ? '' : attribute(` ${key.domain}`)}" ${counts}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="union-auth" ${counts}>`,
    suite,
    ...findings.map(testcase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(finding: Finding): string {
  const { title, cause, fix } = definitionOf(finding);
  const opening = `    <testcase classname="union-auth" name="${attribute(`${title} (${finding.code})`)}"`;
  if (finding.severity === 'pass') {
    return `${opening}/>`;
  }
  const said = `${finding.detail}\nCause: ${cause}\nFix: ${fix}\nMore: ${linkOf(finding)}`;
  return finding.severity === 'error'
    ? `${opening}>\n      <failure message="${attribute(finding.detail)}" type="${attribute(finding.code)}">${text(said)}</failure>\n    </testcase>`
    : `${opening}>\n      <system-out>${text(said)}</system-out>\n    </testcase>`;
}

function attribute(value: string): string {
  return text(value)
    .replaceAll('"', '&quot;')
    .replace(/[\r\n\t]/g, ' ');
}

/** XML 1.0 section 2.2: other characters can stand in no document, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function text(value: string): string {
  return value.replace(NOT_IN_XML, '?').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
