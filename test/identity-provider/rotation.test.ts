import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { withClientId } from '../../src/identity-provider/rotation.ts';

const GAP = /\b(?:ends|end) (?:at once|when|then)\b/;
const WARNING = /have the next steps ready|deploys fail until the new key is written/;

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))('rotation at %s', (_name, provider) => {
  const { rotation } = provider;
  const { overlap, newSecret, oldSecret, notes } = rotation;
  const lines: readonly string[] = [...newSecret, ...oldSecret, ...notes];

  it('says how a new secret is made and what becomes of the old one, in sentences', () => {
    expect(newSecret.length).toBeGreaterThanOrEqual(1);
    expect(oldSecret.length).toBeGreaterThanOrEqual(1);
    expect(lines.filter((line) => !/^[A-Z`*][^\n]*[.!]$/.test(line))).toEqual([]);
    // Every backtick has its partner, so that nothing after it is code by mistake.
    expect(lines.filter((line) => line.split('`').length % 2 === 0)).toEqual([]);
  });

  it('names the app, by the one placeholder that there is, in code alone', () => {
    expect(newSecret.some((line) => line.includes('{client-id}'))).toBe(true);
    const placeholders = lines.flatMap((line) => line.match(/\{[^}]*\}/g) ?? []);
    expect(new Set(placeholders)).toEqual(new Set(['{client-id}']));
    const outsideOfCode = lines.map((line) => line.replace(/`[^`]*`/g, ''));
    expect(outsideOfCode.filter((line) => /[{}<]/.test(line))).toEqual([]);
  });

  it('says so where the old secret ends with the new one, or may, and how to keep the gap short', () => {
    const text = newSecret.join(' ');
    expect([GAP.test(text), WARNING.test(text)]).toEqual(overlap === 'always' ? [false, false] : [true, true]);
  });

  it('has nothing of a client id but a name in it', () => {
    const filled = withClientId(rotation, 'ci-client');
    expect(JSON.stringify(filled)).not.toContain('{client-id}');
    expect(JSON.stringify(filled)).toContain('ci-client');
    const hostile = [
      "a'b",
      'a`b',
      'a\nb',
      'a b',
      '$(id)',
      'a;b',
      '<img>',
      '|',
      '--help',
      '-h',
      '',
      'a'.repeat(201),
      '\u2028',
    ];
    for (const clientId of hostile) {
      expect([clientId, withClientId(rotation, clientId)]).toEqual([clientId, withClientId(rotation, '')]);
    }
    expect(JSON.stringify(withClientId(rotation, ''))).toContain('<client id>');
  });
});

describe('any client id at all', () => {
  const rotation = { overlap: 'never', newSecret: ['`{client-id}`'], oldSecret: [], notes: [] } as const;

  it('never ends a code span, a line or a word of a command, and no placeholder in it is filled', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('$&', "$'", '$1', '{client-id}')),
        (clientId) => {
          const [line = ''] = withClientId(rotation, clientId).newSecret;
          expect(line).toMatch(/^`(?:[\w.@:/+][\w.@:/+-]*|<client id>)`$/);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
