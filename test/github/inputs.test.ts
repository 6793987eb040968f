import { describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import { StepInputs } from '../../src/github/inputs.ts';

const VALUE = 'Zq7~kWm-4Vx_9Tb';

/** The name as the runner makes it: capitals, spaces as underscores, hyphens as they are. */
function inputs(value: string | undefined): StepInputs {
  return new StepInputs({ 'INPUT_MY-INPUT': value });
}

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FindingError) {
      expect(error.finding.detail).toContain('my-input');
      expect(JSON.stringify(error.finding) + error.message).not.toContain(VALUE);
      return error.finding.code;
    }
    throw error;
  }
  return 'read';
}

describe('text', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['  \n ', ''],
    [' a b\n', 'a b'],
    ['a\nb', 'a\nb'],
  ])('%j is %j', (value, expected) => {
    expect(inputs(value).text('my-input')).toBe(expected);
  });

  it('has a largest length, after trimming', () => {
    expect(inputs(`  ${'x'.repeat(20_000)}  `).text('my-input')).toHaveLength(20_000);
    expect(codeOf(() => inputs(VALUE + 'x'.repeat(20_000)).text('my-input'))).toBe('input/too-long');
  });

  it('a space in a name is an underscore', () => {
    expect(new StepInputs({ INPUT_MY_INPUT: 'a' }).text('my input')).toBe('a');
  });
});

describe('line and lines', () => {
  it.each([`${VALUE}\nb`, `${VALUE}\r`, `${VALUE}\u00a0x`, `${VALUE}\u200bx`, `${VALUE}\u00e9`, `${VALUE}\0x`])(
    'a line can not hold %j',
    (value) => {
      const code = codeOf(() => inputs(value).line('my-input'));
      expect(code).toBe(value.trim() === VALUE ? 'read' : 'input/not-usable');
    },
  );

  it('lines are trimmed, and blank ones left out', () => {
    expect(inputs(' a \r\n\n  b c\n').lines('my-input')).toEqual(['a', 'b c']);
    expect(inputs(' \n ').lines('my-input')).toBeUndefined();
    expect(codeOf(() => inputs(`a\n${VALUE}\u200b`).lines('my-input'))).toBe('input/not-usable');
    expect(inputs('').line('my-input')).toBeUndefined();
  });
});

describe('boolean', () => {
  it.each([
    ['', true, true],
    ['', false, false],
    ['true', false, true],
    ['True', false, true],
    ['TRUE', false, true],
    ['false', true, false],
    ['False', true, false],
    ['FALSE', true, false],
    [' true ', false, true],
  ])('%j with the default %s is %s', (value, byDefault, expected) => {
    expect(inputs(value).boolean('my-input', byDefault)).toBe(expected);
  });

  it.each(['yes', 'no', '1', '0', 'on', 'tRUE', 'truee', VALUE])('%j is none', (value) => {
    expect(codeOf(() => inputs(value).boolean('my-input', true))).toBe('input/not-a-boolean');
  });
});

describe('word', () => {
  const words = ['error', 'warning', 'never'] as const;

  it('is one of the words, the first where nothing is given', () => {
    expect(inputs('never').word('my-input', words)).toBe('never');
    expect(inputs(undefined).word('my-input', words)).toBe('error');
  });

  it.each(['Error', 'err', 'error,', 'toString', VALUE])('%j is none', (value) => {
    expect(codeOf(() => inputs(value).word('my-input', words))).toBe('input/unknown-word');
  });
});

describe('whole number', () => {
  it.each([
    ['', 7],
    ['1', 1],
    ['120', 120],
    ['010', 10],
    [' 5 ', 5],
  ])('%j is %i', (value, expected) => {
    expect(inputs(value).wholeNumber('my-input', 7, [1, 120])).toBe(expected);
  });

  it.each(['0', '121', '-1', '1.5', '1e2', '0x10', '10s', '\u0661', 'Infinity', 'NaN', '9999999', VALUE])(
    '%j is out of range or no number',
    (value) => {
      expect(codeOf(() => inputs(value).wholeNumber('my-input', 7, [1, 120]))).toBe('input/not-a-number');
    },
  );
});

describe('certificates', () => {
  it('may be longer than any other input, not without end', () => {
    expect(inputs('x'.repeat(900_000)).longText('my-input')).toHaveLength(900_000);
    expect(codeOf(() => inputs(VALUE + 'x'.repeat(1_000_000)).longText('my-input'))).toBe('input/too-long');
  });
});
