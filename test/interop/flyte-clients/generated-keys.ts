import fc from 'fast-check';

const SEED = 20_261_125;

const field = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9._~-]{1,24}$/) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 24 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 16 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 16 }) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n', 'None', '\ufeff', 'a'.repeat(90)) },
);
const domain = fc.oneof(
  { weight: 6, arbitrary: fc.domain() },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'https://union.example.com',
      'dns:///union.example.com',
      'union.example.com:8443',
      '[::1]',
    ),
  },
  { weight: 1, arbitrary: field },
);
const org = fc.oneof(fc.constantFrom('', 'None', 'acme', '\r\n'), field);

/** The text inside a key: most often the four fields, else too few or too many. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(domain, field, field, org).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.array(field, { maxLength: 7 }).map((parts) => parts.join(':')) },
);

const encoded = fc
  .tuple(text, fc.constantFrom('base64', 'base64', 'base64', 'base64', 'latin1', 'base64url', 'plain', 'twice'))
  .map(([plain, how]) => {
    switch (how) {
      case 'plain':
        return plain;
      case 'latin1':
        return Buffer.from(plain, 'latin1').toString('base64');
      case 'twice':
        return Buffer.from(Buffer.from(plain).toString('base64')).toString('base64');
      default:
        return Buffer.from(plain).toString(how === 'base64url' ? 'base64url' : 'base64');
    }
  });

/** What copying does to a text: each takes the key and a place in it. */
const DAMAGES: readonly ((key: string, at: number, character: string) => string)[] = [
  (key) => key,
  (key) => key,
  (key) => `${key}\n`,
  (key) => `"${key}"`,
  (key) => key.replace(/.{76}/g, '$&\n'),
  (key) => key.replace(/=+$/, ''),
  (key) => `${key}=`,
  (key, at) => key.slice(0, at),
  (key, at) => key.slice(at),
  (key, at) => key.slice(0, at) + key.slice(at + 1),
  (key, at, character) => key.slice(0, at) + character + key.slice(at),
  (key, at, character) => key.slice(0, at) + character + key.slice(at + 1),
  (key, at) => `${key.slice(0, at)}=${key.slice(at)}`,
];

const damaged = fc
  .tuple(encoded, fc.constantFrom(...DAMAGES), fc.nat(), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
  .map(([key, damage, place, character]) => damage(key, place % (key.length + 1), character))
  // A lone half of a pair can't stand in an environment.
  .filter((key) => key.isWellFormed());

/** Keys, good and bad: the same ones on every run. */
export function generateKeys(count: number): string[] {
  return fc.sample(damaged, { numRuns: count, seed: SEED });
}

/** Four fields that a key can hold, and some that it can't. */
export function generateFields(count: number) {
  const fields = fc.record({ domain, clientId: field, clientSecret: field, org });
  return fc.sample(fields, { numRuns: count, seed: SEED });
}
