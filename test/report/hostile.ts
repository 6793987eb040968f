import type { Report } from '../../src/run-report.ts';

/** What a server, a token or a key could put into any text, if nothing was done. */
export const HOSTILE =
  'EVIL ](https://evil.example) ![EVIL](https://evil.example/x.png) [EVIL](//evil.example) <EVIL@evil.example> @EVIL ' +
  '<img src=https://evil.example/EVIL> <script>EVIL</script> </details> | EVIL | `EVIL` ``EVIL`` ```\nEVIL\r\n# EVIL\n' +
  '\n- EVIL https://evil.example/EVIL www.evil.example #1 EVIL/EVIL#2 &lt;EVIL&gt; <!-- EVIL --> \\` EVIL';

/** A report in which every text is hostile. */
export function hostileReport(verdict: Report['verdict'], text = HOSTILE): Report {
  const finding = { code: 'idp/refused', severity: 'error', detail: text, evidence: { error: text } } as const;
  const warning = { code: 'idp/scope-narrowed', severity: 'warning', detail: text } as const;
  return {
    verdict,
    ...(verdict === 'not-ready' && { cause: finding }),
    findings: verdict === 'not-ready' ? [finding, warning] : [warning],
    key: { domain: text, clientId: text, org: text },
    deployment: { route: 'http-gateway' },
    provider: { name: 'generic', issuer: text, tokenEndpoint: text, scopes: [text, text], audience: text },
    token: {
      format: 'jwt',
      issuer: text,
      audience: [text],
      subject: text,
      identityType: text,
      scopes: [text],
      expiresAt: 1_795_000_000,
    },
    attempts: [{ purpose: 'token exchange', method: 'POST', place: text, milliseconds: 5, status: 400 }],
  };
}
