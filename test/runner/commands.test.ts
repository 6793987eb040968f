import { describe, expect, it } from 'vitest';
import { type Command, parseCommands, registeredCommands } from './commands.ts';

function only(line: string): Command | undefined {
  const { commands } = parseCommands(line);
  expect(commands.length).toBeLessThanOrEqual(1);
  return commands[0];
}

describe('version 2 commands', () => {
  it('reads name, properties and data', () => {
    expect(only('::error title=A title,file=a.ts,line=3::What went wrong')).toEqual({
      name: 'error',
      properties: { title: 'A title', file: 'a.ts', line: '3' },
      data: 'What went wrong',
      version: 2,
      line: '::error title=A title,file=a.ts,line=3::What went wrong',
    });
  });

  it('unescapes data and properties, each by its own table, the percent sign last', () => {
    const command = only('::warning title=a%3Ab%2Cc%0Ad%253A::x%0Ay%0Dz%3A%2C%250A');
    expect(command?.properties['title']).toBe('a:b,c\nd%3A');
    expect(command?.data).toBe('x\ny\rz%3A%2C%0A');
  });

  it('drops properties without a value', () => {
    expect(only('::error k1=,k2=,=v,title=t::')?.properties).toEqual({ title: 't' });
  });

  it.each([' ', '\t', '\u00A0', '\u2028', '\u3000', '\u0085', ' \u2003\t'])('trims %j in front', (space) => {
    expect(only(`${space}::debug::x`)?.name).toBe('debug');
  });

  it.each(registeredCommands)('knows %s, in any case', (name) => {
    expect(only(`::${name}::token-of-mine`)?.name).toBe(name);
    expect(only(`::${name.toUpperCase()}::token-of-mine`)?.name).toBe(name);
  });

  it.each([
    'text ::error::x',
    '::unknown::x',
    '::error',
    ':error::x',
    '::error\u00A0title=x::y',
    '：：error：：x',
    '::internal-set-repo-path::x',
  ])('leaves %j alone', (line) => {
    expect(parseCommands(line)).toEqual({ commands: [], logLines: [line] });
  });
});

describe('version 1 commands', () => {
  it('stand anywhere in a line and have their own escapes', () => {
    expect(only('some text ##[set-output name=a%3Bb;other=1]v%5D%3B%0A%25')).toMatchObject({
      name: 'set-output',
      properties: { name: 'a;b', other: '1' },
      data: 'v];\n%',
      version: 1,
    });
  });

  it('only the first mark of a line counts', () => {
    expect(only('##[unknown]x ##[error]y')).toBeUndefined();
    expect(only('##[error y')).toBeUndefined();
  });
});

// [U] in security.md: taken as true, since a model that is too strict costs nothing.
describe('code points without weight', () => {
  it.each(['\u200B', '\u00AD', '\uFEFF', '\u200D', '\u2060', '\u001B', '\u0000', '\u0007'])(
    '%j hides no command',
    (character) => {
      expect(only(`${character}::add-mask::x`)?.name).toBe('add-mask');
      expect(only(`:${character}:add-mask::x`)?.name).toBe('add-mask');
      expect(only(`text #${character}#[add-mask]x`)?.name).toBe('add-mask');
    },
  );

  it('they stay in the data of an ordinary command', () => {
    expect(only('::notice::a\u200Bb')?.data).toBe('a\u200Bb');
  });
});

describe('lines', () => {
  it('end at a carriage return too', () => {
    const { commands, logLines } = parseCommands('text\r::error::one\r\n::error::two\nmore\n\nend');
    expect(commands.map((command) => command.data)).toEqual(['one', 'two']);
    expect(logLines).toEqual(['text', 'more', '', 'end']);
  });
});

describe('stop-commands', () => {
  it('stops everything until its token, and both lines are printed', () => {
    const { commands, logLines } = parseCommands(
      ['::stop-commands::Token-1', '::add-mask::hidden', '##[error]x', '::token-1::', '::add-mask::seen'].join('\n'),
    );
    expect(commands.map((command) => [command.name, command.data])).toEqual([
      ['stop-commands', 'Token-1'],
      ['add-mask', 'seen'],
    ]);
    expect(logLines).toEqual(['::stop-commands::Token-1', '::add-mask::hidden', '##[error]x', '::token-1::']);
  });

  it('the token works in version 1 form, and only once', () => {
    const { commands } = parseCommands('::stop-commands::abc\ntext ##[abc]\n::debug::1\n::abc::\n::debug::2');
    expect(commands.map((command) => command.name)).toEqual(['stop-commands', 'debug', 'debug']);
  });

  it.each(['', 'pause-logging', 'error', 'STOP-COMMANDS'])('refuses the token %j', (token) => {
    const { commands } = parseCommands(`::stop-commands::${token}\n::debug::still read`);
    expect(commands.at(-1)?.data).toBe('still read');
  });
});
