import { answers } from '../answers.ts';
import type { FaultCase } from '../fault-case.ts';
import { type Ending, fails, STEPS } from '../steps.ts';

/*
 * The kinds of JSON texts that suites for parsers have: those that every parser takes (y), those that none may take (n), and
 * those in which parsers differ (i). What matters to a step is whether the text is one object.
 */

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const OBJECTS: Readonly<Record<string, string | Buffer>> = {
  'y: an empty object': '{}',
  'y: an object in white space': '\t\r\n {"a" : 1 }\n ',
  'y: an empty name': '{"":0}',
  'y: a name twice': '{"a":1,"a":2}',
  'y: escapes': '{"a":"\\u0060\\u012a\\u12AB\\n\\/\\\\"}',
  'y: a pair of surrogates': '{"a":"\\ud83d\\ude39\\ud83d\\udc8d"}',
  'y: U+2028 and U+FFFF': '{"a":"\u2028\uffff"}',
  'y: U+0000, escaped': '{"a\\u0000b":"c\\u0000d"}',
  'y: __proto__': '{"__proto__":{"access_token":"a","expires_in":60,"token_type":"bearer","subject":"s","keys":[]}}',
  'y: constructor': '{"constructor":{"prototype":{"access_token":"a"}}}',
  'y: a number with 400 digits': `{"a":${'9'.repeat(400)}}`,
  'i: a number beyond any': '{"a":1e9999,"b":-1e9999}',
  'i: a number near zero': '{"a":1e-9999}',
  'i: half of a pair of surrogates': '{"a":"\\uD800"}',
  'i: surrogates the wrong way round': '{"a":"\\uDD1E\\uD834"}',
  'i: a byte order mark': '\ufeff{}',
  'i: 500 lists in each other': `{"a":${'['.repeat(500)}${']'.repeat(500)}}`,
};

const OTHER_VALUES: Readonly<Record<string, string | Buffer>> = {
  'y: an empty list': '[]',
  'y: a list': '[null, 1, "2", {}]',
  'y: a text': '"asd"',
  'y: a number': '-0.1e-2',
  'y: true': 'true',
  'y: null': 'null',
};

const BROKEN: Readonly<Record<string, string | Buffer>> = {
  'n: white space': ' ',
  'n: a comma at the end': '{"a":1,}',
  'n: two commas': '{"a":1,,"b":2}',
  'n: no colon': '{"a" "b"}',
  'n: two colons': '{"a"::"b"}',
  'n: a name without quotes': '{a:"b"}',
  'n: single quotes': "{'a':'b'}",
  'n: a comment': '{"a":"b"}/**/',
  'n: something behind it': '{"a":true} x',
  'n: two objects': '{}{}',
  'n: without its end': '{"a":"b"',
  'n: a bracket of the other kind': '{"a":1]',
  'n: a line break in a text': '{"a":"b\nc"}',
  'n: a tab in a text': '{"a":"\t"}',
  'n: an unknown escape': '{"a":"\\x00"}',
  'n: half of an escape': '{"a":"\\u00A"}',
  'n: a leading zero': '{"a":012}',
  'n: a leading plus': '{"a":+1}',
  'n: hexadecimal': '{"a":0x42}',
  'n: a point without digits': '{"a":1.}',
  'n: NaN': '{"a":NaN}',
  'n: Infinity': '{"a":-Infinity}',
  'n: a word with capitals': '{"a":True}',
  'n: a NUL byte': '{"a":"b\0c"}',
  'n: U+2060 in front': '\u2060{}',
  'n: 50,000 lists without an end': '['.repeat(50_000),
  'n: 20,000 objects without an end': '{"":'.repeat(12_000),
  'n: a form feed': '{\f}',
  'i: a byte that is no UTF-8': latin1('{"a":"\u00ff"}'),
  'i: a letter cut in the middle': latin1('{"a":"\u00e0"}'),
  'i: a letter spelled too long': latin1('{"a":"\u00c0\u00af"}'),
  'i: a surrogate in UTF-8': latin1('{"a":"\u00ed\u00a0\u0080"}'),
  'i: UTF-16': utf16('{"a":1}'),
};

const TYPE = { 'content-type': 'application/json' };

type Shape = 'object' | 'other' | 'broken';

/** How a run ends at each step where the answer is a JSON text of such a shape, and nothing that was asked for. */
const ENDINGS: readonly (readonly [FaultCase['step'], (shape: Shape, title: string) => Ending])[] = [
  [STEPS.token, (shape) => fails(shape === 'object' ? 'idp/no-access-token' : 'idp/not-json')],
  [
    STEPS['key-set'],
    // Go takes no byte order mark for white space.
    (_, title) => fails(title === 'i: a byte order mark' ? 'key-set/unreadable-key' : 'key-set/unreadable'),
  ],
  [STEPS.identity, (shape) => fails(shape === 'object' ? 'plane/identity-empty' : 'plane/unreadable-answer')],
  [
    STEPS.discovery,
    // The second route speaks JSON: what it says is read, and there is nothing in it.
    (shape) => fails(shape === 'object' ? 'discovery/token-endpoint-empty' : 'discovery/unreadable-answer'),
  ],
  [STEPS.reminder, () => fails('github/unreadable-answer')],
];

function textsOf(shape: Shape): Readonly<Record<string, string | Buffer>> {
  return shape === 'object' ? OBJECTS : shape === 'other' ? OTHER_VALUES : BROKEN;
}

/** Each text, at each step that reads JSON. */
export const JSON_CASES: readonly FaultCase[] = ENDINGS.flatMap(([step, endingOf]) =>
  (['object', 'other', 'broken'] as const).flatMap((shape) =>
    Object.entries(textsOf(shape)).map(([title, body]): FaultCase => {
      return { kind: 'json', step, title, fault: answers(200, TYPE, body), ending: endingOf(shape, title) };
    }),
  ),
);
