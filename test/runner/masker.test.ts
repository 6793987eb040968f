import { describe, expect, it } from 'vitest';
import { RunnerMasker } from './masker.ts';

// The vectors V01 to V44 of security.md 1.6, rebuilt. Texts and expectations are literals: base64 by coreutils,
// what is masked by reasoning, noted where it isn't plain. None comes from the model under test.

const secret = 'Tq8~hunter-Zed_42'; // 17 bytes
// base64 of it         VHE4fmh1bnRlci1aZWRfNDI=   padded: 17 mod 3 is 2
// of bytes 1 to 16     cTh+aHVudGVyLVplZF80Mg==   padded: 16 mod 3 is 1
// of bytes 2 to 16     OH5odW50ZXItWmVkXzQy       whole:  15 mod 3 is 0

interface Vector {
  name: string;
  masks: string[];
  text: string;
  expected: string;
}

// acme.example:cli:Tq8~hunter-Zed_42:org, where the secret starts at byte 17, 18 and 19.
const keyAtShift2 = 'YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVplZF80Mjpvcmc=';
const keyAtShift0 = 'YWNtZS5leGFtcGxlOmNsaWU6VHE4fmh1bnRlci1aZWRfNDI6b3Jn';
const keyAtShift1 = 'YWNtZS5leGFtcGxlOmNsaWVuOlRxOH5odW50ZXItWmVkXzQyOm9yZw==';

const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const unsigned = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjbGkifQ';

const vectors: Vector[] = [
  { name: 'V01 plain', masks: [secret], text: `token ${secret}.`, expected: 'token ***.' },
  // Only the form cut at byte 2 has no padding, so the other two never occur in front of a colon.
  { name: 'V02 key, secret at shift 2', masks: [secret], text: keyAtShift2, expected: keyAtShift2 },
  { name: 'V02 key, secret at shift 0', masks: [secret], text: keyAtShift0, expected: keyAtShift0 },
  {
    name: 'V03 key, secret at shift 1',
    masks: [secret],
    text: keyAtShift1,
    expected: 'YWNtZS5leGFtcGxlOmNsaWVuOlRx***Om9yZw==',
  },
  // The secret ends the text, so the padding is there, at every shift.
  {
    name: 'V04 Basic, cli:',
    masks: [secret],
    text: 'Basic Y2xpOlRxOH5odW50ZXItWmVkXzQy',
    expected: 'Basic Y2xpOlRx***',
  },
  {
    name: 'V04 Basic, clie:',
    masks: [secret],
    text: 'Basic Y2xpZTpUcTh+aHVudGVyLVplZF80Mg==',
    expected: 'Basic Y2xpZTpU***',
  },
  {
    name: 'V04 Basic, clien:',
    masks: [secret],
    text: 'Basic Y2xpZW46VHE4fmh1bnRlci1aZWRfNDI=',
    expected: 'Basic Y2xpZW46***',
  },
  {
    name: 'V05 key without padding, registered with it',
    masks: [secret, keyAtShift2],
    text: 'YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVplZF80Mjpvcmc',
    expected: 'YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVplZF80Mjpvcmc',
  },
  {
    name: 'V06 key as base64url',
    masks: [secret, keyAtShift2],
    text: 'YWNtZS5leGFtcGxlOmNsaTpUcTh-aHVudGVyLVplZF80Mjpvcmc',
    expected: 'YWNtZS5leGFtcGxlOmNsaTpUcTh-aHVudGVyLVplZF80Mjpvcmc',
  },
  // + is %2B and = is %3D in the form that the runner derives.
  {
    name: 'V07 key percent-encoded',
    masks: [keyAtShift2],
    text: 'k=YWNtZS5leGFtcGxlOmNsaTpUcTh%2BaHVudGVyLVplZF80Mjpvcmc%3D&x=1',
    expected: 'k=***&x=1',
  },
  {
    name: 'V08 key wrapped, first line',
    masks: [keyAtShift2],
    text: 'YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVpl',
    expected: 'YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVpl',
  },
  {
    name: 'V09 key registered wrapped, its second line',
    masks: ['YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVpl\nZF80Mjpvcmc='],
    text: 'second: ZF80Mjpvcmc=',
    expected: 'second: ***',
  },
  {
    name: 'V10 key registered wrapped, joined: the lines touch and become one',
    masks: ['YWNtZS5leGFtcGxlOmNsaTpUcTh+aHVudGVyLVpl\nZF80Mjpvcmc='],
    text: `FLYTE_API_KEY=${keyAtShift2}`,
    expected: 'FLYTE_API_KEY=***',
  },
  // base64 of acme.example:clien:Tq8~hunter-Zed_42:org and a newline: the mask ended in ==, so it isn't found.
  {
    name: 'V11 key with a newline at its end',
    masks: [keyAtShift1],
    text: 'YWNtZS5leGFtcGxlOmNsaWVuOlRxOH5odW50ZXItWmVkXzQyOm9yZwo=',
    expected: 'YWNtZS5leGFtcGxlOmNsaWVuOlRxOH5odW50ZXItWmVkXzQyOm9yZwo=',
  },
  // other.example.com:cli:Tq8~hunter-Zed_423:other, 18 bytes at shift 1: bytes 2 to 17 end in padding.
  {
    name: 'V12 key of another domain',
    masks: ['Tq8~hunter-Zed_423'],
    text: 'b3RoZXIuZXhhbXBsZS5jb206Y2xpOlRxOH5odW50ZXItWmVkXzQyMzpvdGhlcg==',
    expected: 'b3RoZXIuZXhhbXBsZS5jb206Y2xpOlRxOH5odW50ZXItWmVkXzQyMzpvdGhlcg==',
  },
  { name: 'V13 RFC 3986', masks: ['a b/c!(d)*e'], text: 'q=a%20b%2Fc%21%28d%29%2Ae', expected: 'q=***' },
  { name: 'V14 encodeURIComponent', masks: ['a b/c!(d)*e'], text: 'a%20b%2Fc!(d)*e', expected: 'a%20b%2Fc!(d)*e' },
  { name: 'V15 form', masks: ['a b/c!(d)*e'], text: 'a+b%2Fc%21%28d%29*e', expected: 'a+b%2Fc%21%28d%29*e' },
  { name: 'V15 lower case', masks: ['a b/c'], text: 'a%20b%2fc', expected: 'a%20b%2fc' },
  { name: 'V16 JSON', masks: ['pa"ss\\wo/rd'], text: '{"s":"pa\\"ss\\\\wo/rd"}', expected: '{"s":"***"}' },
  {
    name: 'V17 JSON in JSON',
    masks: ['pa"ss\\word'],
    text: '"pa\\\\\\"ss\\\\\\\\word"',
    expected: '"pa\\\\\\"ss\\\\\\\\word"',
  },
  {
    name: 'V18 JSON of Go',
    masks: ['pass<word>'],
    text: '"pass\\u003cword\\u003e"',
    expected: '"pass\\u003cword\\u003e"',
  },
  { name: 'V19 shell', masks: ["pass'word"], text: "+ s='pass'\\''word'", expected: "+ s='pass'\\''word'" },
  { name: 'V20 XML', masks: [`a<b>"c"'d'&e`], text: 'x a&lt;b&gt;&quot;c&quot;&apos;d&apos;&amp;e', expected: 'x ***' },
  {
    name: 'V20 HTML',
    masks: ["pass'word"],
    text: 'pass&#39;word pass&#x27;word',
    expected: 'pass&#39;word pass&#x27;word',
  },
  // cli:pa%2Bss%2Fword, which is cli: and pa+ss/word quoted.
  {
    name: 'V21 Basic as Flyte sends it',
    masks: ['pa+ss/word'],
    text: 'Basic Y2xpOnBhJTJCc3MlMkZ3b3Jk',
    expected: 'Basic Y2xpOnBhJTJCc3MlMkZ3b3Jk',
  },
  { name: 'V22 percent sign', masks: ['100%sure!'], text: '100%sure! 100%25sure!', expected: '*** 100%25sure!' },
  { name: 'V23 one letter', masks: ['a'], text: 'a banana: YQ==', expected: '*** b***n***n***: ***' },
  { name: 'V24 a word', masks: ['production'], text: 'deploy to production-eu', expected: 'deploy to ***-eu' },
  { name: 'V25 a brace', masks: ['{\n"k": 1\n}'], text: '{"other": {}}', expected: '***"other": ***' },
  { name: 'V26 lines, first', masks: ['first-line\nsecond-line'], text: '> first-line', expected: '> ***' },
  { name: 'V27 lines, second', masks: ['first-line\r\nsecond-line'], text: '> second-line', expected: '> ***' },
  { name: 'V28 lines, joined', masks: ['first-line\nsecond-line'], text: 'first-linesecond-line', expected: '***' },
  {
    name: 'V29 lines are trimmed',
    masks: ['  padded-one\t\n padded-two '],
    text: 'padded-one|padded-two',
    expected: '***|***',
  },
  { name: 'V29 white space alone', masks: [' \t\n '], text: 'a b\tc', expected: 'a b\tc' },
  { name: 'V30 prefix', masks: [secret], text: 'Tq8~hunter-Zed', expected: 'Tq8~hunter-Zed' },
  { name: 'V31 case', masks: [secret], text: 'tq8~hunter-zed_42', expected: 'tq8~hunter-zed_42' },
  { name: 'V32 split', masks: [secret], text: 'Tq8~hunt\ner-Zed_42', expected: 'Tq8~hunt\ner-Zed_42' },
  { name: 'V33 spaced', masks: ['abcdefgh'], text: 'a b c d e f g h', expected: 'a b c d e f g h' },
  { name: 'V34 ANSI', masks: ['abcdefgh'], text: 'abcd\u001B[0mefgh', expected: 'abcd\u001B[0mefgh' },
  { name: 'V35 overlap', masks: ['abcdef', 'defghi'], text: 'xabcdefghix', expected: 'x***x' },
  { name: 'V35 overlap with itself', masks: ['abab'], text: 'xababababx', expected: 'x***x' },
  { name: 'V35 adjacent', masks: ['left', 'right'], text: 'leftright left-right', expected: '*** ***-***' },
  { name: 'V36 three stars', masks: ['***'], text: 'a *** b **** c', expected: 'a *** b *** c' },
  { name: 'V37 quoted', masks: ['"long-enough"'], text: 'value long-enough', expected: 'value ***' },
  // "quoted" is eight characters long, and the rule asks for more.
  { name: 'V38 short quoted', masks: ['"quoted"'], text: 'value quoted', expected: 'value quoted' },
  { name: 'V38 quotes for a command line', masks: ['pa"ssword'], text: '-e S=pa\\"ssword', expected: '-e S=***' },
  // A backslash stays single there, which the JSON form doubles.
  { name: 'V38 the same with a backslash', masks: ['pa"ss\\word'], text: '-e S=pa\\"ss\\word', expected: '-e S=***' },
  { name: 'V38 quotes in an expression', masks: ["pa'ssword"], text: "'pa''ssword'", expected: "'***'" },
  // secret&secret&secret: split behind its last &, and "secret" has the six characters it needs.
  {
    name: 'V39 ampersands',
    masks: ['secret&secret&secret'],
    text: 'secret&secret&\u001B[96msecret\u001B[0m',
    expected: '***\u001B[96m***\u001B[0m',
  },
  {
    name: 'V39 ampersand and plus',
    masks: ['secret&+secret&secret'],
    text: 'secret&+\u001B[96ms\u001B[0mecret&secret',
    expected: '***\u001B[96ms\u001B[0m***',
  },
  { name: 'V39 short part', masks: ['longer-part&tiny'], text: 'longer-part& tiny', expected: '*** tiny' },
  {
    name: 'V40 JWT whole',
    masks: [`${unsigned}.${signature}`],
    text: `Bearer ${unsigned}.${signature}`,
    expected: 'Bearer ***',
  },
  { name: 'V41 JWT, no signature', masks: [`${unsigned}.${signature}`], text: unsigned, expected: unsigned },
  { name: 'V42 JWT, signature only', masks: [`${unsigned}.${signature}`], text: signature, expected: signature },
  { name: 'V42 JWT, signature registered', masks: [signature], text: `x.${signature}`, expected: 'x.***' },
  { name: 'V43 ensure_ascii', masks: ['pässword'], text: '"p\\u00e4ssword"', expected: '"p\\u00e4ssword"' },
  // Newtonsoft escapes U+2028, in lower-case hexadecimal.
  { name: 'V43 line separator', masks: ['pass\u2028word'], text: '"pass\\u2028word"', expected: '"***"' },
  {
    name: 'V44 hexadecimal',
    masks: [secret],
    text: '5471387e68756e7465722d5a65645f3432',
    expected: '5471387e68756e7465722d5a65645f3432',
  },
];

describe('the masking vectors', () => {
  it.each(vectors)('$name', ({ masks, text, expected }) => {
    const masker = new RunnerMasker();
    for (const mask of masks) {
      masker.addMask(mask);
    }
    expect(masker.mask(text)).toBe(expected);
  });
});

describe('registration', () => {
  it('trims the secrets of a job, and keeps a mask as it is', () => {
    const job = new RunnerMasker();
    job.addJobSecret('  abcdefgh \n');
    expect(job.mask('[abcdefgh]')).toBe('[***]');

    const step = new RunnerMasker();
    step.addMask(' abcdefgh ');
    // The trimmed line is a mask too, and both hits overlap.
    expect(step.mask('[ abcdefgh ]')).toBe('[***]');
  });

  it('masks nothing before a value is added', () => {
    expect(new RunnerMasker().mask(secret)).toBe(secret);
    expect(new RunnerMasker().mask('')).toBe('');
  });
});

/** src/Test/L0/HostContextL0.cs of actions/runner: what its authors expect of the encoders together. */
describe("the runner's own cases", () => {
  const masker = new RunnerMasker();
  const values = [
    'Password123!',
    'Pass"word"123!',
    'Pass word 123!',
    'Pass<word>123!',
    "Pass'word'123!",
    '"Password123!!"',
    '"short"',
  ];
  for (const value of values) {
    masker.addValue(value);
  }

  it.each([
    ['123Password123!123', '123***123'],
    ['password123', 'password123'],
    ['123Pass\\"word\\"123!123', '123***123'],
    ['123Pass%20word%20123%21123', '123***123'],
    ['123Pass&lt;word&gt;123!123', '123***123'],
    ["123Pass''word''123!123", '123***123'],
    ['OlBhc3N3b3JkMTIzIQ==', 'OlBh***'],
    ['YTpQYXNzd29yZDEyMyE=', 'YTpQ***'],
    ['YWI6UGFzc3dvcmQxMjMh', 'YWI6***'],
    ['123Password123!!123', '123***123'],
    ['123short123', '123short123'],
    ['123"short"123', '123***123'],
  ])('%s', (text, expected) => {
    expect(masker.mask(text)).toBe(expected);
  });
});
