import { describe, expect, it } from 'vitest';
import * as encodings from '../../src/secrecy/encodings.ts';
import { readRecording } from '../transport/suites.ts';

interface RecordedCase {
  name: string;
  clientId: string;
  clientSecret: string;
  request: { headers: [string, string][] };
}

const { cases } = readRecording<{ cases: RecordedCase[] }>('token-requests.json');

describe('quotePlus is what the flyte client does, by its recorded headers', () => {
  it.each(cases)('$name', ({ clientId, clientSecret, request }) => {
    const header = request.headers.find(([name]) => name === 'Authorization')?.[1] ?? '';
    const sent = Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8');
    expect(`${clientId}:${encodings.quotePlus(clientSecret)}`).toBe(sent);
  });

  it('replaces half a character instead of throwing', () => {
    expect(encodings.quotePlus('a\ud83db')).toBe('a%EF%BF%BDb');
    expect(encodings.uriComponent('\udc00')).toBe('%EF%BF%BD');
  });
});

const marks = ` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`;

/** Written down by the tools that are named, not by the code under test. */
describe('the encodings give what the tools give', () => {
  it.each([
    // python3 -c 'import urllib.parse as u; print(u.quote_plus(marks))'
    [
      'quotePlus',
      encodings.quotePlus,
      '+%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~',
    ],
    // python3 -c 'import urllib.parse as u; print(u.quote(marks, safe=""))'
    [
      'percentEncode',
      encodings.percentEncode,
      '%20%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~',
    ],
    // WHATWG URL, application/x-www-form-urlencoded serializing: * - . _ stay, ~ does not
    [
      'formEncode',
      encodings.formEncode,
      '+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D%7E',
    ],
    // ECMA-262, encodeURIComponent: - _ . ! ~ * ' ( ) stay
    [
      'uriComponent',
      encodings.uriComponent,
      "%20!%22%23%24%25%26'()*%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~",
    ],
  ] as const)('%s', (_name, encode, expected) => {
    expect(encode(marks)).toBe(expected);
  });

  it.each([
    ['lowerCasePercent', () => encodings.lowerCasePercent('a%2F%3DB%C3%84'), 'a%2f%3dB%c3%84'],
    // Go: json.Marshal("a<b>&\"c\"")
    ['goJson', () => encodings.goJson('a<b>&"c"'), 'a\\u003cb\\u003e\\u0026\\"c\\"'],
    ['goJson, line separators', () => encodings.goJson('a\u2028b'), 'a\\u2028b'],
    ['jsonInJson', () => encodings.jsonInJson('a"b\\c'), 'a\\\\\\"b\\\\\\\\c'],
    // bash: set -x; : "p'q"
    ['shellQuoted', () => encodings.shellQuoted("p'q"), "p'\\''q"],
    // python3: repr
    ['pythonRepr, one kind of quote', () => encodings.pythonRepr("p'q\\"), "p'q\\\\"],
    ['pythonRepr, both kinds', () => encodings.pythonRepr(`p'q"`), `p\\'q"`],
    // python3: html.escape
    ['htmlEscaped, Python', () => encodings.htmlEscaped(`<a'&">`, '&#x27;', '&quot;'), '&lt;a&#x27;&amp;&quot;&gt;'],
    // Go: html.EscapeString
    ['htmlEscaped, Go', () => encodings.htmlEscaped(`<a'&">`, '&#39;', '&#34;'), '&lt;a&#39;&amp;&#34;&gt;'],
    // .NET: SecurityElement.Escape
    ['xmlEscaped', () => encodings.xmlEscaped(`<a'&">`), '&lt;a&apos;&amp;&quot;&gt;'],
    // bash: "\"\\\$\`" is "\$`; POSIX section 2.2.3
    ['doubleQuoted', () => encodings.doubleQuoted(`a"b\\c$d\`e'!`), `a\\"b\\\\c\\$d\\\`e'!`],
    // RFC 4648 section 10
    ['base64', () => encodings.base64('foobar'), 'Zm9vYmFy'],
    ['base64, padded', () => encodings.base64('fooba'), 'Zm9vYmE='],
    ['base64 of bytes', () => encodings.base64(Uint8Array.of(0xff, 0xfe)), '//4='],
  ])('%s', (_name, ours, expected) => {
    expect(ours()).toBe(expected);
  });
});
