import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doctorHtml } from '../../src/report/doctor-html.ts';
import { describeDoctor } from '../../src/report/doctor-json.ts';
import { doctorTable } from '../../src/report/doctor-table.ts';
import { reportWith } from './doctor-reports.ts';
import { HOSTILE } from './hostile.ts';

/** Every tag and, in it, every attribute. */
function tagsOf(html: string): string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

const OWN_TAGS = new Set(tagsOf(doctorHtml(reportWith('plain'), '2026-11-26')));

describe('the page', () => {
  it('makes no element, attribute or link of what was read elsewhere', () => {
    const html = doctorHtml(reportWith(HOSTILE), HOSTILE);
    expect(html).toContain('EVIL');
    expect(tagsOf(html).filter((tag) => !OWN_TAGS.has(tag))).toEqual([]);
  });

  it('whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'`=/ !-abc;#x\n'), maxLength: 40 }), (text) => {
        const html = doctorHtml(reportWith(`EVIL${text}EVIL`));
        expect(tagsOf(html).filter((tag) => !OWN_TAGS.has(tag))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('has no script and loads nothing', () => {
    const html = doctorHtml(reportWith(HOSTILE));
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|form|svg|base)\b/i);
    expect(html.replace(/<a href="[^"]*"/g, '')).not.toMatch(/<[^>]*https?:|url\(|@import/i);
    for (const [, link] of html.matchAll(/<a href="([^"]*)"/g)) {
      expect(link).toMatch(/^https:\/\/github\.com\/org\/union-auth-action\/blob\//);
    }
    expect(html).toContain("default-src 'none'");
  });

  it('says of each fault what was seen, the cause and the fix, and joins what waits', () => {
    const html = doctorHtml(reportWith('what was seen'));
    expect(html).toContain('The provider calls itself otherwise than the settings do');
    expect(html).toContain('<code>flyte.configmap.adminServer.auth.appAuth.externalAuthServer.baseUrl</code>');
    expect(html).toContain('Token is accepted, Subject');
    expect(html).toContain('<b>1</b> fault<');
  });

  it('is the same for the same report', () => {
    expect(doctorHtml(reportWith('x'), '2026-11-26')).toBe(doctorHtml(reportWith('x'), '2026-11-26'));
  });
});

describe('the table', () => {
  it('keeps its width, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const plain = text.replace(/[^ -~]+/g, '?');
        const lines = doctorTable(reportWith(plain)).split('\n');
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the JSON', () => {
  it('is the contract', () => {
    expect(describeDoctor(reportWith('seen'))).toMatchInlineSnapshot(`
      {
        "domain": "seen",
        "provider": "generic",
        "rows": [
          {
            "app": "deployment",
            "check": "Apps in the file",
            "outcome": "pass",
            "seen": "seen",
          },
          {
            "app": "provider",
            "check": "Issuer is baseUrl",
            "finding": {
              "cause": "baseUrl is not the issuer of the metadata, letter by letter; a slash at the end counts. The control plane then does not start: issuer did not match.",
              "code": "deployment/metadata-issuer-differs",
              "docs": "https://github.com/org/union-auth-action/blob/v1/docs/findings.md#deploymentmetadata-issuer-differs",
              "fix": "Set \`flyte.configmap.adminServer.auth.appAuth.externalAuthServer.baseUrl\` and \`flyte.configmap.adminServer.auth.userAuth.openId.baseUrl\` (issuer of the file) to the issuer that the metadata names, exactly as it stands there.",
              "title": "The provider calls itself otherwise than the settings do",
            },
            "outcome": "error",
            "seen": "seen",
          },
          {
            "app": "cli",
            "check": "PKCE with S256",
            "finding": {
              "cause": "Its metadata has no code_challenge_methods_supported. Some providers offer PKCE all the same.",
              "code": "deployment/pkce-not-stated",
              "docs": "https://github.com/org/union-auth-action/blob/v1/docs/findings.md#deploymentpkce-not-stated",
              "fix": "Sign in once with the CLI. Where that fails, enable PKCE with S256 for its app at the provider.",
              "title": "The provider does not say whether it offers PKCE",
            },
            "outcome": "note",
            "seen": "seen",
          },
          {
            "app": "cli",
            "check": "Device sign-in starts",
            "finding": {
              "cause": "The metadata has no device_authorization_endpoint. On a machine without a browser nobody can sign in with the CLI.",
              "code": "deployment/device-endpoint-missing",
              "docs": "https://github.com/org/union-auth-action/blob/v1/docs/findings.md#deploymentdevice-endpoint-missing",
              "fix": "Enable the device authorization grant at the provider, where people sign in from machines without a browser.",
              "title": "The device sign-in is not offered",
            },
            "outcome": "warning",
            "seen": "seen",
          },
          {
            "app": "operator",
            "check": "Token is accepted",
            "outcome": "not-checked",
            "seen": "seen",
          },
          {
            "app": "operator",
            "check": "Subject",
            "outcome": "not-checked",
            "seen": "seen",
          },
        ],
        "verdict": "not-ready",
      }
    `);
  });
});
