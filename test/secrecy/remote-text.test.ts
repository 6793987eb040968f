import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remoteText } from '../../src/secrecy/remote-text.ts';
import { parseCommands, registeredCommands } from '../runner/commands.ts';
import { runs } from '../runs.ts';
import { readSuite } from '../transport/suites.ts';

const commands = [...registeredCommands, 'internal-set-repo-path'];

const PREFIXES: Record<string, string> = {
  start: '',
  space: ' ',
  tab: '\t',
  'no-break space': '\u00a0',
  'line separator': '\u2028',
  CR: 'a\r',
  LF: 'a\n',
  CRLF: 'a\r\n',
  ESC: '\u001b[31m',
  'zero-width space': '\u200b',
  'soft hyphen': '\u00ad',
  BOM: '\ufeff',
  NEL: '\u0085',
  NUL: '\0',
  'word joiner': '\u2060',
};

/** The ways to write one command. */
function spellings(name: string): string[] {
  return [
    `::${name}::data`,
    `::${name} name=x,title=y::data`,
    `::${name.toUpperCase()}::data`,
    `:::${name}::data`,
    `::::${name}::data`,
    `: :${name}::data`,
    `:\u200b:${name}::data`,
    `\uff1a\uff1a${name}\uff1a\uff1adata`,
    `:\n:${name}::data`,
    `##[${name}]data`,
    `##[${name} name=x;title=y]data`,
    `####[${name}]data`,
    `###[${name}]data`,
    `##\u00ad[${name}]data`,
    `##[##[${name}]data`,
    `\uff03\uff03[${name}]data`,
    `#\r#[${name}]data`,
  ];
}

function expectHarmless(text: string): void {
  // At the start of a line, in the middle of one, and behind what the log puts in front.
  for (const line of [text, `FAIL   ${text}`, `${text}${text}`, `  ${text}`]) {
    expect(parseCommands(`${line}\n`).commands).toEqual([]);
  }
  expect(text).toMatch(/^[ -~]*$/);
}

describe('text from the network is never a command of the runner', () => {
  it('the runner would obey them if nothing was done', () => {
    const raw = commands.flatMap((name) => spellings(name).slice(0, 2)).join('\n');
    expect(parseCommands(raw).commands.length).toBeGreaterThan(20);
    expect(commands).toHaveLength(16);
  });

  it.each(Object.entries(PREFIXES))('after: %s', (_name, prefix) => {
    for (const name of commands) {
      for (const spelling of spellings(name)) {
        expectHarmless(remoteText(prefix + spelling));
        expectHarmless(remoteText(`${prefix}denied: ${spelling}${prefix}${spelling}`));
      }
    }
  });

  it('nor after a redaction, nor after a cut', () => {
    expectHarmless(remoteText('SECRET:SECRET:add-mask::x', (text) => text.replaceAll('SECRET', '')));
    expectHarmless(remoteText('#SECRET#SECRET[add-mask]x', (text) => text.replaceAll('SECRET', '')));
    for (let longest = 1; longest < 40; longest += 1) {
      expectHarmless(remoteText('a::b::add-mask::x##[add-mask]y', undefined, longest));
    }
  });

  it('whatever it is made of', () => {
    const pieces = fc.constantFrom(
      ...':#[] \t\r\n=,;%*a\u00a0\u001b\u200b\u00ad\ufeff\uff1a\u2028\u0085\0',
      ...commands,
      '%0A',
      '%3A',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expectHarmless(remoteText(parts.join('')));
      }),
      { numRuns: runs(10_000) },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        const clean = remoteText(text);
        expectHarmless(clean);
        expect(clean.length).toBeLessThanOrEqual(503);
      }),
      { numRuns: runs(2_000) },
    );
  });

  const naughty = readSuite<string[]>('naughty-strings.json');

  it.skipIf(naughty === undefined)('the naughty strings', () => {
    for (const text of naughty ?? []) {
      expectHarmless(remoteText(text));
    }
  });
});

describe('ordinary text stays as it is', () => {
  it.each([
    'AADSTS7000215: Invalid client secret provided. Trace ID: 6f6b-1 Timestamp: 2026-11-22 17:00:00Z',
    "The client secret supplied for a confidential client is invalid: 'code'",
    'https://login.example.com/oauth2/default/v1/token?x=1',
    'issue #12 [link] a#b [c]',
  ])('%s', (text) => {
    expect(remoteText(text)).toBe(text);
  });

  it.each([
    ['line breaks become spaces', 'a\r\n\r\nb\tc', 'a b c'],
    ['other scripts become one sign', 'caf\u00e9\u00e9 \u{1f600}!', 'caf? ?!'],
    ['what is long is cut', 'x'.repeat(600), `${'x'.repeat(500)}...`],
    ['500 characters are not long', 'x'.repeat(500), 'x'.repeat(500)],
    ['white space around goes', ' \n a b\r\n\t', 'a b'],
    ['a command keeps all its signs', '::add-mask::x', ': :add-mask: :x'],
    ['so does one in brackets', 'a ##[error]b', 'a # # [error]b'],
    ['and one of Azure Pipelines, in any case', 'a ##VSO[task.complete]b', 'a # # VSO[task.complete]b'],
    ['two signs that begin no command stay together', '## Title, ##vsoNot', '## Title, ##vsoNot'],
  ])('%s', (_name, text, expected) => {
    expect(remoteText(text)).toBe(expected);
  });

  it('a secret that is echoed is redacted before anything else, and once more after', () => {
    const redact = (text: string): string => text.replaceAll('Zq7~kWm-4Vx', '***');
    expect(remoteText('got Zq7~kWm-4Vx!', redact)).toBe('got ***!');
    expect(remoteText(`${'x'.repeat(495)}Zq7~kWm-4Vx`, redact)).toBe(`${'x'.repeat(495)}***`);
    expect(remoteText('Zq7~kWm\n4Vx', (text) => text.replaceAll('Zq7~kWm 4Vx', '***'))).toBe('***');
  });
});
