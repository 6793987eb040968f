import { describe, expect, it } from 'vitest';
import { parseFileCommands } from './commands.ts';

/** Cases of src/Test/L0/Worker/SetEnvFileCommandL0.cs of actions/runner, and what its source adds to them. */
describe('parseFileCommands', () => {
  it.each([
    ['', []],
    ['A=my value\n', [['A', 'my value']]],
    [
      '\nA=1\n\nB=2\n\n',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['A=', [['A', '']]],
    [
      'A==abc\nB=def=ghi\nC=jkl=\n',
      [
        ['A', '=abc'],
        ['B', 'def=ghi'],
        ['C', 'jkl='],
      ],
    ],
    ['A=x<<y\n', [['A', 'x<<y']]],
    ['A<<EOF\none\ntwo\nEOF\n', [['A', 'one\ntwo']]],
    ['A<<EOF\nEOF\n', [['A', '']]],
    ['A<<EOF\n\nEOF\n', [['A', '']]],
    ['A<<EOF\nhello\n\nthree\n\nEOF\n', [['A', 'hello\n\nthree\n']]],
    ['A<<=EOF\nhello\n=EOF\n', [['A', 'hello']]],
    ['A<<<EOF\nhello\n<EOF\n', [['A', 'hello']]],
    ['A<<EOF\n EOF\nEOF', [['A', ' EOF']]],
    [
      'A<<EOF\nB=2\nEOF\nC=3',
      [
        ['A', 'B=2'],
        ['C', '3'],
      ],
    ],
    ['\uFEFFA=1', [['A', '1']]],
    ['=1', [['', '1']]],
  ])('reads %j', (text, expected) => {
    const { pairs, error } = parseFileCommands(text, 'linux');
    expect(error).toBeUndefined();
    expect(pairs.map(({ name, value }) => [name, value])).toEqual(expected);
  });

  it.each([
    ['A<<EOF\nvalue\n', 'Matching delimiter not found'],
    ['A<<EOF\nvalue', 'EOF marker missing new line'],
    ['<<EOF\nEOF\n', 'must not be empty'],
    ['A<<\n\n', 'must not be empty'],
    ['no sign\n', 'Invalid format'],
  ])('refuses %j, and keeps what stood in front', (text, message) => {
    const { pairs, error } = parseFileCommands(`FIRST=1\n${text}`, 'linux');
    expect(pairs).toEqual([{ name: 'FIRST', value: '1' }]);
    expect(error).toContain(message);
  });

  it('ends lines at a line feed alone, and on Windows at CR LF too', () => {
    const text = 'A=1\r\nB<<EOF\r\nx\r\ny\nz\r\nEOF\r\n';
    expect(parseFileCommands(text, 'win32').pairs).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: 'x\r\ny\nz' },
    ]);
    // On Linux the delimiter is EOF and CR, so the same text reads with a CR at the end of each value.
    expect(parseFileCommands(text, 'linux').pairs).toEqual([
      { name: 'A', value: '1\r' },
      { name: 'B', value: 'x\r\ny\nz\r' },
    ]);
  });

  it('a carriage return alone is no line break', () => {
    expect(parseFileCommands('A=1\rB=2\n', 'win32').pairs).toEqual([{ name: 'A', value: '1\rB=2' }]);
  });
});
