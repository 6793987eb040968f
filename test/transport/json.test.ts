import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, jsonObject, member, stringMember, stringsMember } from '../../src/transport/json.ts';
import { suitePath } from './suites.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('reading a JSON object', () => {
  it.each(['[]', '"a"', '1', 'null', 'true', '', ' ', '{', '{"a":1}x', "{'a':1}", '{"a":NaN}', '<html>', '\ufffe{}'])(
    'is undefined for %j',
    (text) => {
      expect(jsonObject(bytes(text))).toBeUndefined();
    },
  );

  it('is undefined for what is no UTF-8', () => {
    expect(jsonObject(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toBeUndefined();
    expect(jsonObject(Buffer.from('{"a":1}', 'utf16le'))).toBeUndefined();
  });

  it('has the last of two members of one name, as Go and Python do', () => {
    expect(stringMember(jsonObject(bytes('{"a":"1","a":"2"}')) ?? {}, 'a')).toBe('2');
  });
});

describe('a JSON object', () => {
  it.each<[string, unknown, boolean]>([
    ['an object', {}, true],
    ['a list', [], false],
    ['null', null, false],
    ['a text', 'a', false],
    ['nothing', undefined, false],
  ])('is not taken for something else: %s', (_name, value, expected) => {
    expect(isJsonObject(value as Json | undefined)).toBe(expected);
  });
});

describe('members', () => {
  const object = jsonObject(
    bytes('{"__proto__":{"inherited":"x"},"toString":"own","n":1,"s":"text","list":["a",1,null,"b"],"nothing":null}'),
  );

  it.each([
    ['s', 'text'],
    ['toString', 'own'],
    ['n', undefined],
    ['inherited', undefined],
    ['constructor', undefined],
    ['hasOwnProperty', undefined],
    ['nothing', undefined],
  ])('%s as a text: %j', (name, expected) => {
    expect(stringMember(object ?? {}, name)).toBe(expected);
  });

  it('are never those of a prototype', () => {
    expect(member(object ?? {}, 'valueOf')).toBeUndefined();
    expect(member(object ?? {}, '__proto__')).toEqual({ inherited: 'x' });
    expect(({} as Record<string, unknown>)['inherited']).toBeUndefined();
  });

  it('are taken by the first name that fits', () => {
    expect(stringMember(object ?? {}, 'n', 's')).toBe('text');
    expect(stringsMember(object ?? {}, 'x', 'list')).toEqual(['a', 'b']);
    expect(stringsMember(object ?? {}, 's')).toEqual([]);
  });
});

const folder = suitePath('json-parsing');

describe.skipIf(folder === undefined)('the JSON parsing test suite', () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

  it('has its 318 files', () => {
    expect(files.length).toBeGreaterThanOrEqual(310);
  });

  it.each(files)('%s', (name) => {
    const content = readFileSync(join(folder ?? '', name));
    const object = jsonObject(content);
    if (name.startsWith('n_')) {
      expect(object).toBeUndefined();
    }
    if (name.startsWith('y_')) {
      // Every one of them is JSON; what is an object at its top is read.
      const value: unknown = JSON.parse(content.toString('utf8'));
      expect(object !== undefined).toBe(isObject(value));
      expect(object ?? value).toEqual(value);
    }
  });
});
