import '../../src/catalogue.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../src/report/summary.ts';
import type { Report } from '../../src/run-report.ts';
import { HOSTILE, hostileReport } from './hostile.ts';

/** What is left of Markdown when its code spans of one backtick are taken out, line by line. */
function outsideOfCode(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      expect([line, (line.match(/`/g) ?? []).length % 2]).toEqual([line, 0]);
      expect([line, /``/.test(line)]).toEqual([line, false]);
      return line.replace(/`[^`]*`/g, '');
    })
    .join('\n');
}

describe('the job summary', () => {
  it.each(['ready', 'ready-with-warnings', 'not-ready', 'skipped'] as const)(
    'makes no link, image, mention, HTML or line of what was read elsewhere: %s',
    (verdict) => {
      const summary = summaryOf(hostileReport(verdict), ['FLYTE_API_KEY']);
      const rest = outsideOfCode(summary);
      expect(summary).toContain('EVIL');
      expect(rest).not.toMatch(/EVIL|evil/);
      // Only our own links and our own HTML.
      for (const [link] of rest.matchAll(/https?:\/\/[^\s)]+/g)) {
        expect(link).toMatch(/^https:\/\/github\.com\/org\/union-auth-action\/blob\//);
      }
      expect(rest.match(/<[a-z/!][^>]*>/gi)).toEqual(['<details>', '<summary>', '</summary>', '</details>']);
      expect(rest).not.toMatch(/!\[|@/);
    },
  );

  it('keeps each table row a row of two cells', () => {
    const rows = summaryOf(hostileReport('ready'), [])
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows) {
      expect(row.match(/\|/g)).toHaveLength(3);
    }
  });

  it('whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'`|\\\r\n<>[]()!@#*_~ ab&;:/'), maxLength: 40 }), (text) => {
        const marked = `EVIL${text}EVIL`;
        const rest = outsideOfCode(summaryOf(hostileReport('not-ready', marked), []));
        expect(rest).not.toContain('EVIL');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has no cell without end', () => {
    const summary = summaryOf(hostileReport('ready', 'x'.repeat(5_000)), []);
    expect(Math.max(...summary.split('\n').map((line) => line.length))).toBeLessThan(1_000);
  });

  it.each<[Report['verdict'], string]>([
    ['ready', '## Ready to deploy'],
    ['ready-with-warnings', '## Ready to deploy, with warnings'],
    ['not-ready', '## Not ready to deploy'],
    ['skipped', '## Skipped'],
  ])('starts with the verdict: %s', (verdict, heading) => {
    expect(summaryOf(hostileReport(verdict), []).split('\n')[0]).toBe(heading);
  });

  it('says what to do about the cause, and what was exported', () => {
    const report: Report = {
      verdict: 'not-ready',
      cause: { code: 'key/empty', severity: 'error', detail: 'There is no key.' },
      findings: [{ code: 'key/empty', severity: 'error', detail: 'There is no key.' }],
      attempts: [],
    };
    const summary = summaryOf(report, []);
    expect(summary).toContain('**The API key is empty**');
    expect(summary).toContain('`There is no key.`');
    expect(summary).toContain('**Fix:** Check the name of the secret');
    expect(summaryOf(hostileReport('ready', 'x'), ['FLYTE_API_KEY', 'SSL_CERT_FILE'])).toContain(
      '| Exported | `FLYTE_API_KEY SSL_CERT_FILE` |',
    );
  });

  it('shows neither the claims nor the members that are not listed', () => {
    expect(HOSTILE).toContain('EVIL');
    const report = { ...hostileReport('ready', 'x'), secretMember: 'never-to-be-shown' };
    expect(summaryOf(report, [])).not.toContain('never-to-be-shown');
  });
});
