import '../../src/catalogue.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { junitReport } from '../../src/report/junit.ts';
import type { Report } from '../../src/run-report.ts';

const FINDINGS: Finding[] = [
  { code: 'key/portable', severity: 'pass', detail: 'All clients read it alike.' },
  { code: 'input/connect-to-in-use', severity: 'warning', detail: 'It goes elsewhere.' },
  { code: 'idp/wrong-secret', severity: 'error', detail: 'said <"no"> & \u0007 \uffff' },
];

function reportOf(findings: Finding[]): Report {
  return { verdict: 'not-ready', findings, key: { domain: 'union.example.com', clientId: 'a', org: '' }, attempts: [] };
}

describe('junitReport', () => {
  it('has a case for each finding, failed where it is an error', () => {
    expect(junitReport(reportOf(FINDINGS))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="union-auth" tests="3" failures="1" errors="0" skipped="0">
        <testsuite name="union-auth union.example.com" tests="3" failures="1" errors="0" skipped="0">
          <testcase classname="union-auth" name="The key has the right shape (key/portable)"/>
          <testcase classname="union-auth" name="Connections are redirected by connect-to (input/connect-to-in-use)">
            <system-out>It goes elsewhere.
      Cause: The clients do not know connect-to, so they will connect to the address that DNS gives.
      Fix: Use it for tests and port-forwards only.
      More: https://github.com/org/union-auth-action/blob/v1/docs/findings.md#inputconnect-to-in-use</system-out>
          </testcase>
          <testcase classname="union-auth" name="The identity provider refuses the client id or the client secret (idp/wrong-secret)">
            <failure message="said &lt;&quot;no&quot;&gt; &amp; ? ?" type="idp/wrong-secret">said &lt;"no"&gt; &amp; ? ?
      Cause: The secret is wrong, expired or deactivated, or it belongs to another app than the client id.
      Fix: At the provider, open the app that has this client id, create a new client secret, and copy its value (not its id). Put it into the secret of this job.
      More: https://github.com/org/union-auth-action/blob/v1/docs/findings.md#idpwrong-secret</failure>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('holds nothing that XML forbids, whatever was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (detail) => {
        const xml = junitReport(reportOf([{ code: 'idp/wrong-secret', severity: 'error', detail }]));
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        const [, message = ''] = /message="([^"]*)"/.exec(xml) ?? [];
        expect(message).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
      }),
    );
  });
});
