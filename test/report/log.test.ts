import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { linkOf } from '../../src/findings/finding.ts';
import { annotationOf, isoTime, logGroups, logVerdict } from '../../src/report/log.ts';
import { reportOf } from '../../src/run-report.ts';
import { SecretStore } from '../../src/secrecy/secret-store.ts';
import { parseCommands, registeredCommands } from '../runner/commands.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { hostileReport } from './hostile.ts';

const codes = Object.keys(CATALOGUE);

describe('annotations', () => {
  it.each(codes)('%s: the title is constant, since the runner does not mask it', (code) => {
    const titles = ['first detail', 'Zq7~kWm-4Vx_9Tb.Rn2', 'x\ny::error::'].map(
      (detail) => annotationOf({ code, severity: 'error', detail, evidence: { a: detail } }).title,
    );
    expect(new Set(titles).size).toBe(1);
    expect(titles[0]).toMatch(/^[A-Za-z][ -~]{5,120}[^.\s]$/);
  });

  it('say what was seen, its cause, its fix and where to read more', () => {
    const { message } = annotationOf({ code: 'idp/wrong-secret', severity: 'error', detail: 'It answered 401.' });
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual(['idp/wrong-secret', 'Cause', 'Fix', 'More']);
    expect(message).toContain('It answered 401.');
    expect(message).toContain(linkOf({ code: 'idp/wrong-secret' }));
  });
});

describe('the log', () => {
  const secret = 'Zq7~kWm-4Vx_9Tb.Rn2';
  const hostile = [
    ...registeredCommands.map((name) => `\r\n::${name}::x\n##[${name}]y`),
    `bad secret ${secret}`,
    '\u001b[31mred\u001b[0m',
  ].join(' ');

  function linesOf(): string[] {
    const store = new SecretStore(() => undefined);
    store.protectClientSecret(secret, { key: 'x'.repeat(20), clientId: 'ci' });
    const { findings, attempts, verdict: _, cause: __, ...facts } = hostileReport('not-ready', hostile);
    const report = reportOf({ findings: [...findings], facts }, store, undefined);
    const lines = [...logGroups(report).flatMap((group) => [group.title, ...group.lines]), logVerdict(report)];
    const ready = reportOf({ findings: [], facts }, store, undefined);
    expect(attempts).toHaveLength(1);
    return [...lines, ...logGroups(ready).flatMap((group) => group.lines), logVerdict(ready)];
  }

  it('holds no command, no control character and no secret, whatever was answered', () => {
    const lines = linesOf();
    expect(lines.length).toBeGreaterThan(5);
    expect(parseCommands(lines.join('\n')).commands).toEqual([]);
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]*$/);
    }
    expect(findLeak(secret, lines.join('\n'))).toBeUndefined();
  });

  it('ends with how it ended', () => {
    expect(logVerdict({ verdict: 'skipped', findings: [], attempts: [] })).toMatch(/^Skipped/);
    expect(
      logVerdict({
        verdict: 'not-ready',
        cause: { code: 'key/empty', severity: 'error', detail: 'x' },
        findings: [],
        attempts: [],
      }),
    ).toBe('Not ready: The API key is empty (key/empty).');
    const key = { domain: 'union.example.com', clientId: 'ci', org: '' };
    expect(logVerdict({ verdict: 'ready', key, findings: [], attempts: [] })).toBe(
      'Ready: client ci at union.example.com, the shape of the key is right; nothing was sent.',
    );
  });

  it('names the fix of what is wrong, and the code of all that is not right', () => {
    const [group] = logGroups({
      verdict: 'not-ready',
      findings: [
        { code: 'discovery/found', severity: 'pass', detail: 'It answered.' },
        { code: 'idp/wrong-secret', severity: 'error', detail: 'It answered 401.', evidence: { trace_id: 't-1' } },
      ],
      attempts: [],
    });
    expect(group?.lines[0]).not.toContain('discovery/found');
    expect(group?.lines.join('\n')).toMatch(/FAIL.*\(idp\/wrong-secret\)\n +trace_id: t-1\n +Fix: /);
  });

  it.each([
    [1_795_000_000, '2026-11-18T11:06:40Z'],
    [0, '1970-01-01T00:00:00Z'],
    [1e300, ''],
    [Number.NaN, ''],
  ])('%d s is %s', (seconds, expected) => {
    expect(isoTime(seconds)).toBe(expected);
  });
});

describe('the verdict', () => {
  const store = new SecretStore(() => undefined);
  const finding = (severity: 'pass' | 'note' | 'warning' | 'error', code = 'x/y') => ({ code, severity, detail: 'd' });

  it.each([
    ['nothing', [], 'ready', undefined],
    ['passes and notes', [finding('pass'), finding('note')], 'ready', undefined],
    ['a warning', [finding('pass'), finding('warning')], 'ready-with-warnings', undefined],
    [
      'an error',
      [finding('warning'), finding('error', 'a/first'), finding('error', 'b/second')],
      'not-ready',
      'a/first',
    ],
  ] as const)('of %s', (_name, findings, verdict, cause) => {
    const report = reportOf({ findings: [...findings], facts: {} }, store, undefined);
    expect(report.verdict).toBe(verdict);
    expect(report.cause?.code).toBe(cause);
  });
});
