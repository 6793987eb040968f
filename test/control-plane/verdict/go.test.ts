import { describe, expect, it } from 'vitest';
import {
  firstValue,
  goBase64Url,
  goJson,
  goString,
  goText,
  hasDuplicates,
  itemsOf,
  membersOf,
  withoutPadding,
} from '../../../src/control-plane/verdict/go-json.ts';
import { goClaims, goSet, goType, goValue } from '../../../src/control-plane/verdict/go-text.ts';
import type { Json } from '../../../src/transport/json.ts';

/*
 * What Go makes of bytes and of JSON, by the rules of its packages. Whole tokens and key sets are held against
 * recordings of the real thing in token-verdicts.test.ts.
 */

describe('JSON as encoding/json reads it', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it.each<[string, Json | undefined]>([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['1e308', 1e308],
    ['1e309', undefined],
    ['-1e309', undefined],
    ['{"a":[1,{"b":1e309}]}', undefined],
    ['{"a":[1,{"b":1e308}]}', { a: [1, { b: 1e308 }] }],
    ['["1e309"]', ['1e309']],
    ['{"a":1}x', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(goJson(text)).toEqual(expected);
  });

  it('nests 10,000 levels and no more, brackets in texts not counted', () => {
    expect(goJson(nested(10_000))).toBeDefined();
    expect(goJson(nested(10_001))).toBeUndefined();
    expect(itemsOf(nested(10_001))).toBeUndefined();
    expect(goJson(`["${'['.repeat(10_001)}"]`)).toBeDefined();
    expect(goJson(`["\\"${'{'.repeat(10_001)}"]`)).toBeDefined();
    expect(goJson(`[${'[],{},'.repeat(10_001)}0]`)).toBeDefined();
    expect(goJson('{"a":'.repeat(10_001) + '1' + '}'.repeat(10_001))).toBeUndefined();
  });

  it.each([
    ['{"a":1} and more', '{"a":1}'],
    ['{"a":"}"}x', '{"a":"}"}'],
    ['{"a":"\\"}"}x', '{"a":"\\"}"}'],
    ['{"a":"\\\\"}x', '{"a":"\\\\"}'],
    ['[[1],[2]][3]', '[[1],[2]]'],
    ['"a" "b"', '"a"'],
    ['  \t\r\n{"a":1}', '{"a":1}'],
    [' null 1', 'null'],
    ['\n-12 3', '-12'],
    ['null,1', 'null'],
    ['true x', 'true'],
    ['false]', 'false'],
    ['-1.5e+3,2', '-1.5e+3'],
    ['12 3', '12'],
    ['\u00a0{}', ''],
    ['', ''],
    ['{"a":1', '{"a":1'],
    ['x', ''],
  ])('the first value of %j', (text, expected) => {
    expect(firstValue(text)).toBe(expected);
  });

  it.each<[string, [string, string][] | undefined]>([
    ['{}', []],
    [' { } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      ' {"a" : 1 , "a":[1,2] ,\n"b,c:}" : {"d":"}"}}',
      [
        ['a', '1'],
        ['a', '[1,2]'],
        ['b,c:}', '{"d":"}"}'],
      ],
    ],
    ['{"\\u0061:":"x:y"}', [['a:', '"x:y"']]],
    ['[]', undefined],
    ['null', undefined],
    ['"{"', undefined],
    ['{"a":1', undefined],
    ['{"a":1}x', undefined],
    ['', undefined],
  ])('the members of %j', (text, expected) => {
    expect(membersOf(text)?.map(({ name, value }) => [name, value])).toEqual(expected);
  });

  it.each<[string, string[] | undefined]>([
    ['[]', []],
    [' [ ] ', []],
    ['[1]', ['1']],
    [' [ 1 , "a,]" , [2,3] , {"b":[4]} ] ', ['1', '"a,]"', '[2,3]', '{"b":[4]}']],
    ['{}', undefined],
    ['[1', undefined],
    ['[1]x', undefined],
  ])('the items of %j', (text, expected) => {
    expect(itemsOf(text)).toEqual(expected);
  });

  it.each([
    ['{"a":1,"b":2}', false],
    ['{"a":1,"a":2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a":{"a":1}}', false],
    ['{"a":{"b":1,"b" : 2}}', true],
    ['[{"a":1},{"a":2}]', false],
    ['{"a":["a","a"]}', false],
    ['{"a":["b",{"c":1}],"b":1,"c":2}', false],
    ['{"a":[1],"a":2}', true],
    ['{"a":{},"b":[],"a":2}', true],
    ['{"a":"b","b":"a"}', false],
    ['["a","a"]', false],
    ['{"\\ud800":1,"\\udfff":2}', true],
    ['{"a":"{\\"a\\":1"}', false],
  ])('%s has a name twice: %s', (text, expected) => {
    expect(hasDuplicates(text)).toBe(expected);
  });
});

describe('bytes', () => {
  it('become text: what is no UTF-8 is replaced, a byte order mark stays', () => {
    expect(goText(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
    expect(goText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  it.each<[string, string | undefined]>([
    ['', ''],
    ['YQ', 'a'],
    ['YR', 'a'],
    ['Y\r\n\nQ\n', 'a'],
    ['YWI', 'ab'],
    ['Y', undefined],
    ['YWJjZ', undefined],
    ['YQ==', undefined],
    ['+w', undefined],
    ['/w', undefined],
    ['Y Q', undefined],
    ['\u00e9Q', undefined],
    ['YQ\u00e9', undefined],
  ])('%j in base64url', (text, expected) => {
    expect(goBase64Url(text)?.toString()).toBe(expected);
  });

  it.each([
    ['YQ==', 'YQ'],
    ['YQ', 'YQ'],
    ['=YQ=', '=YQ'],
    ['===', ''],
    ['', ''],
  ])('%j without padding', (text, expected) => {
    expect(withoutPadding(text)).toBe(expected);
  });

  it.each<[Json | undefined, string]>([
    ['a', 'a'],
    ['a\ud800', 'a\ufffd'],
    [1, ''],
    [null, ''],
    [undefined, ''],
  ])('%j as a text', (value, expected) => {
    expect(goString(value)).toBe(expected);
  });
});

describe('values as fmt prints them', () => {
  it.each<[Json, type: string, value: string]>([
    [null, '<nil>', '<nil>'],
    [true, 'bool', 'true'],
    ['a b', 'string', 'a b'],
    ['a\ud800', 'string', 'a\ufffd'],
    [[], '[]interface {}', '[]'],
    [['a', 1, null], '[]interface {}', '[a 1 <nil>]'],
    [{}, 'map[string]interface {}', 'map[]'],
    [{ b: 1, a: [{}], B: 'x' }, 'map[string]interface {}', 'map[B:x a:[map[]] b:1]'],
    // In the order of their bytes, which is not that of UTF-16.
    [{ '\u{10000}': 1, '\uffff': 2 }, 'map[string]interface {}', 'map[\uffff:2 \u{10000}:1]'],
    [0, 'float64', '0'],
    [-0, 'float64', '-0'],
    [-1.5, 'float64', '-1.5'],
    [999_999, 'float64', '999999'],
    [1_000_000, 'float64', '1e+06'],
    [-1_234_567.5, 'float64', '-1.2345675e+06'],
    [0.0001, 'float64', '0.0001'],
    [0.00001, 'float64', '1e-05'],
    [-0.000012, 'float64', '-1.2e-05'],
    [1e100, 'float64', '1e+100'],
    [1.795e9, 'float64', '1.795e+09'],
    [-1e-7, 'float64', '-1e-07'],
    [-1.25e-100, 'float64', '-1.25e-100'],
    [-2e10, 'float64', '-2e+10'],
  ])('%j', (value, type, printed) => {
    expect(goType(value)).toBe(type);
    expect(goValue(value)).toBe(printed);
  });

  it('are cut where they are deep', () => {
    const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(goValue(nested(21))).toBe(`${'['.repeat(21)}1${']'.repeat(21)}`);
    expect(goValue(nested(22))).toBe(`${'['.repeat(21)}...${']'.repeat(21)}`);
    const inMaps = (depth: number): Json => (depth === 0 ? 1 : { a: inMaps(depth - 1) });
    expect(goValue(inMaps(22))).toContain('a:...]');
    expect(goValue(inMaps(21))).not.toContain('...');
  });

  it('a set of texts is sorted by bytes, each once', () => {
    expect(goSet([])).toBe('map[]');
    expect(goSet(['b', 'a', 'B', 'b'])).toBe('map[B:{} a:{} b:{}]');
  });

  it.each<[string, Json | undefined, string]>([
    ['a second', 1_795_000_000, '2026-11-18 11:06:40 +0000 UTC'],
    ['half a second', 1.9, '1970-01-01 00:00:01 +0000 UTC'],
    ['before 1970', -1.9, '1969-12-31 23:59:59 +0000 UTC'],
    ['none', undefined, '0001-01-01 00:00:00 +0000 UTC'],
    ['a text', '1', '0001-01-01 00:00:00 +0000 UTC'],
    ['the year 10000', 253_402_300_800, '10000-01-01 00:00:00 +0000 UTC'],
    ['the year 1', -62_135_596_800, '0001-01-01 00:00:00 +0000 UTC'],
    ['the year -1', -62_198_755_200, '-0001-01-01 00:00:00 +0000 UTC'],
    ['the year 0', -62_167_219_200, '0000-01-01 00:00:00 +0000 UTC'],
    ['the year -978', -93_000_000_000, '-0978-12-13 02:40:00 +0000 UTC'],
    ['the year -10000', -377_736_739_200, '-10000-01-01 00:00:00 +0000 UTC'],
    ['the year 99999', 3_093_527_980_799, '99999-12-31 23:59:59 +0000 UTC'],
    ['the year 100000', 3_093_527_980_800, '100000-01-01 00:00:00 +0000 UTC'],
    ['the last day of JavaScript', 8_640_000_000_000, '275760-09-13 00:00:00 +0000 UTC'],
    ['the first day of JavaScript', -8_640_000_000_000, '-271821-04-20 00:00:00 +0000 UTC'],
    ['beyond int64', 2 ** 63, '292277026596-12-04 15:30:08 +0000 UTC'],
    ['beyond int64, negative', -(2 ** 63), '292277026596-12-04 15:30:08 +0000 UTC'],
    ['a year that JavaScript has not', 1e15, '... +0000 UTC'],
  ])('a time: %s', (_name, exp, printed) => {
    const zero = '0001-01-01 00:00:00 +0000 UTC';
    const claims = { ...(exp !== undefined && { exp }), iss: 'i', sub: 's', jti: 'j' };
    expect(goClaims(claims, ['a', 'b'])).toBe(`&{[a b] i s ${printed} ${zero} ${zero} j}`);
  });

  it('claims are printed in the order of the struct', () => {
    expect(goClaims({ iat: 1, nbf: 2, exp: 3, sub: 1 }, [])).toBe(
      '&{[]   1970-01-01 00:00:03 +0000 UTC 1970-01-01 00:00:01 +0000 UTC 1970-01-01 00:00:02 +0000 UTC }',
    );
  });
});
