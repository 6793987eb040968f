import { describe, expect, it } from 'vitest';
import { findLeak, printedForms } from './leak-oracle.ts';
import { RunnerMasker } from './masker.ts';

const context = { domain: 'acme.example.com', clientId: 'flyte-ci', org: 'acme' };

const samples = [
  'Tq8~hunter-Zed_42',
  '8chars!~',
  `a"b'c\\d<e>f&g%h+i/j=k l~m!n(o)p*q`,
  `'"'"'\\'\\"&<>&lt;%25+/=`,
  'nJ48Q~aB3dE6gH9kL2mN5pQ8sT1vW4yZ7cF0xR.u',
  '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',
  '0123456789abcdef'.repeat(8),
  'gänz-geheimes-wört',
];

describe('the printed forms', () => {
  it('are many, and each has a name of its own', () => {
    const forms = printedForms('Tq8~hunter-Zed_42', context);
    expect(Object.keys(forms).length).toBeGreaterThanOrEqual(40);
  });

  // Literals, so that a form can't turn into another unseen.
  it('are what the tools print', () => {
    const forms = printedForms(`p'q"r<s> t~u%`, { domain: 'd.example', clientId: 'c', org: 'o' });
    expect(forms).toMatchObject({
      key: 'ZC5leGFtcGxlOmM6cCdxInI8cz4gdH51JTpv',
      'quote_plus (Python)': 'p%27q%22r%3Cs%3E+t~u%25',
      URLSearchParams: 'grant_type=client_credentials&client_secret=p%27q%22r%3Cs%3E+t%7Eu%25',
      encodeURIComponent: "https://idp.example/?secret=p'q%22r%3Cs%3E%20t~u%25",
      'percent, lower case': "p'q%22r%3cs%3e%20t~u%25",
      'percent sign escaped, as in a workflow command': `p'q"r<s> t~u%25`,
      JSON: '{"client_secret":"p\'q\\"r<s> t~u%"}',
      'JSON in JSON': '{"body":"{\\"client_secret\\":\\"p\'q\\\\\\"r<s> t~u%\\"}"}',
      'JSON, safe for HTML (Go)': '{"client_secret":"p\'q\\"r\\u003cs\\u003e t~u%"}',
      'shell, single quotes': `+ export SECRET='p'\\''q"r<s> t~u%'`,
      'Python repr': `'p\\'q"r<s> t~u%'`,
      'XML, named entities': 'p&apos;q&quot;r&lt;s&gt; t~u%',
      "HTML (Python's html.escape)": 'p&#x27;q&quot;r&lt;s&gt; t~u%',
      "HTML (Go's html.EscapeString)": 'p&#39;q&#34;r&lt;s&gt; t~u%',
      hex: '70277122723c733e20747e7525',
    });
  });

  it('wrap as base64 does', () => {
    const forms = printedForms('x'.repeat(60), context);
    const lengths = (name: string): number[] => (forms[name] ?? '').split('\n').map((line) => line.length);
    expect(lengths('key wrapped at 76')).toEqual([76, 48]);
    expect(lengths('key wrapped at 64')).toEqual([64, 60]);
  });
});

describe('the oracle sees through every unmasked form', () => {
  for (const secret of samples) {
    it.each(Object.entries(printedForms(secret, context)))(`of ${secret.slice(0, 12)}…: %s`, (_name, text) => {
      expect(findLeak(secret, text)).toBeDefined();
      // Also with a log around it, and a mask beside it.
      expect(findLeak(secret, `2026-01-01T00:00:00Z ***\n[debug] ${text} ***\ndone`)).toBeDefined();
    });
  }
});

describe('the oracle finds', () => {
  const secret = 'Tq8~hunter-Zed_42';

  it.each([
    ['8 characters in the middle', 'x 8~hunter x'],
    ['8 characters beside a mask', '***-Zed_42***unter-Zed***'],
    ['base64 cut at any character', 'H4fmh1bnRlci1aZWRfN***'],
    ['base64 broken over lines', 'VHE4fmh1\nbnRlci1aZW\nRfNDI='],
    ['hexadecimal at an odd offset', '0547138' + '7e68756e7465722d5a'],
    ['the bytes of a buffer, as Node shows them', '<Buffer 00 71 38 7e 68 75 6e 74 65 72 ... 9 more bytes>'],
    ['mixed entities', 'Tq8&#126;hunter&#x2d;Zed'],
    ['escapes of JSON', 'Tq8\\u007ehunter\\u002dZed'],
    ['escapes of Python', '8\\x7ehunter\\x2dZed'],
    ['JSON in JSON with escapes', 'Tq8\\\\u007ehunter\\\\u002dZed'],
    ['percent twice', 'Tq8%257Ehunter%252DZed'],
    ['base64 in percent', 'VHE4fmh1bnRlci1aZWRfNDI%3D'],
  ])('%s', (_name, text) => {
    expect(findLeak(secret, text)).toBeDefined();
  });

  // Too short between the escapes for any other way of reading.
  it.each([
    ['a plus in a URL', 'ab+c/def+gh', 'ab+c%2Fdef+gh'],
    ['a plus for a space', 'ab c/def gh', 'ab+c%2Fdef+gh'],
    ['quotes of a shell', "ab'cdef'gh'ij", "'ab'\\''cdef'\\''gh'\\''ij'"],
    ['quotes of shlex', "ab'cdef'gh'ij", `'ab'"'"'cdef'"'"'gh'"'"'ij'`],
  ])('%s', (_name, value, text) => {
    expect(findLeak(value, text)).toBeDefined();
  });

  it('says where, for the reader of a failed test', () => {
    expect(findLeak(secret, 'a VHE4fmh1bnRlci1aZWRfNDI= b')).toBe('text > base64: Tq8~hunt');
  });

  it('a short secret as a whole', () => {
    expect(findLeak('abc', 'x abc x')).toBeDefined();
    expect(findLeak('abc', 'x ab c x')).toBeUndefined();
  });
});

describe('the oracle keeps quiet', () => {
  const secret = 'Tq8~hunter-Zed_42';

  it.each([
    ['nothing', ''],
    ['a mask', '*** ***'],
    ['7 characters', '***~hunter***'],
    ['7 characters twice', '~hunter\nTq8~hun'],
    ['base64 of 7 characters', 'fmh1bnRlcg=='],
    ['a mask inside base64', 'VHE4fmh1***1aZWRfNDI='],
    ['another secret', 'SGVsbG8sIHdvcmxkISBIb3cgYXJlIHlvdT8='],
  ])('at %s', (_name, text) => {
    expect(findLeak(secret, text)).toBeUndefined();
  });

  it('at the forms of every other secret', () => {
    for (const text of Object.values(printedForms('zzzzzz-nothing-alike-zzzzzz', context))) {
      expect(findLeak(secret, text)).toBeUndefined();
    }
  });

  it('without a secret', () => {
    expect(findLeak('', 'anything')).toBeUndefined();
  });
});

/** security.md 1.4 measured these on the runner's own masker: the model and the oracle must agree with it. */
describe('with the raw secret alone registered', () => {
  const secrets = randomSecrets(300);
  const leaks = new Map<string, number>();
  let checks = 0;
  for (const secret of secrets) {
    const masker = new RunnerMasker();
    masker.addMask(secret);
    for (const [name, text] of Object.entries(printedForms(secret, context))) {
      const masked = text.split('\n').map((line) => masker.mask(line));
      checks += 1;
      if (findLeak(secret, masked.join('\n')) !== undefined) {
        leaks.set(name, (leaks.get(name) ?? 0) + 1);
      }
    }
  }
  const share = (name: string): number => (leaks.get(name) ?? 0) / secrets.length;

  it.each(['raw secret', 'key taken apart', 'Basic, raw', 'JSON', 'XML, named entities', 'base64 of the secret'])(
    'nothing leaks from: %s',
    (name) => {
      expect(share(name)).toBe(0);
    },
  );

  it.each(['hex', 'base64 of the key'])('everything leaks from: %s', (name) => {
    expect(share(name)).toBe(1);
  });

  it('two keys of three leak, and nearly every Basic value of Flyte', () => {
    expect(share('key')).toBeGreaterThan(0.55);
    expect(share('key')).toBeLessThan(0.78);
    expect(share('Basic, secret quoted as Flyte does')).toBeGreaterThan(0.95);
  });

  it('about half of all forms leak', () => {
    const all = [...leaks.values()].reduce((sum, count) => sum + count, 0);
    expect(all / checks).toBeGreaterThan(0.35);
    expect(all / checks).toBeLessThan(0.65);
  });
});

/** Printable ASCII but the colon, 8 to 64 characters; the same ones in each run. */
function randomSecrets(count: number): string[] {
  let state = 20260817;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const alphabet = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).filter(
    (character) => character !== ':',
  );
  return Array.from({ length: count }, () => {
    const length = 8 + next(57);
    return Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
  });
}
