import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_DECODERS, type KeyClient } from '../../src/api-key/decoders.ts';
import { encodeApiKey } from '../../src/api-key/encode.ts';
import type { KeyFields } from '../../src/api-key/fields.ts';
import { describeDecoded, inspectApiKey } from '../../src/api-key/inspect.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { runs } from '../runs.ts';
import { readSuite } from '../transport/suites.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

function textOf(alphabet: Iterable<string>, minLength: number, maxLength: number) {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
}

/** A label of RFC 1123: letters, digits, hyphens inside. */
const label = fc
  .tuple(textOf(LETTERS + DIGITS, 1, 1), textOf(`${LETTERS}${DIGITS}-`, 0, 20), textOf(LETTERS + DIGITS, 1, 1))
  .map((parts) => parts.join(''));
const topLabel = fc.tuple(textOf(LETTERS, 1, 1), textOf(LETTERS + DIGITS, 0, 10)).map((parts) => parts.join(''));
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 6 }), topLabel)
  .map(([labels, top]) => [...labels, top].join('.'))
  .filter((name) => !/(^|\.)localhost$/i.test(name));

const isQuoted = (text: string): boolean => /^(["'`])[\s\S]*\1$/.test(text);
const isTemplate = (text: string): boolean => /^(\*{3,}|<.*>|\$?\{\{.*\}\}|undefined|null|[xX]{4,}|\.{3,})$/.test(text);

const clientId = textOf(
  PRINTABLE.filter((character) => !':+%'.includes(character)),
  1,
  100,
).filter((id) => id === id.trim() && !isQuoted(id) && !isTemplate(id));

const org = fc.oneof(
  fc.constant(''),
  textOf(
    PRINTABLE.filter((character) => !': '.includes(character)),
    1,
    60,
  ).filter((name) => !isQuoted(name) && !isTemplate(name)),
);

/** Long enough to be no word of an example and no field beside it. */
const clientSecret = fc
  .oneof(
    textOf(
      PRINTABLE.filter((character) => character !== ':'),
      16,
      128,
    ),
    textOf(`${LETTERS}${DIGITS}-_.~`, 16, 128),
  )
  .filter((secret) => secret === secret.trim() && !isQuoted(secret) && !isTemplate(secret));

const validFields: fc.Arbitrary<KeyFields> = fc.record({ domain, clientId, clientSecret, org }).filter((fields) => {
  const secret = fields.clientSecret.toLowerCase();
  const { domain: host, clientId: id, org: name } = fields;
  return ![host, id, name, ...host.split('.'), ...id.split('.'), ...name.split('.')].some(
    (other) => other.toLowerCase() === secret,
  );
});

/** No test of its own is `src`: the text of a key, as anyone would write it. */
function plainKey(fields: KeyFields): string {
  return Buffer.from(`${fields.domain}:${fields.clientId}:${fields.clientSecret}:${fields.org}`).toString('base64');
}

describe('encoding and taking apart', () => {
  it('gives the same fields back, for all valid fields', () => {
    fc.assert(
      fc.property(validFields, (fields) => {
        const { key, findings } = encodeApiKey(fields);
        expect(findings).toEqual([]);
        expect(key).toBe(plainKey(fields));
        expect(inspectApiKey(key ?? '')).toMatchObject({ fields, findings: [] });
      }),
      { numRuns: runs(2_000) },
    );
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  textOf(`${LETTERS}${DIGITS}+/=-_ \n`, 0, 80),
);
const anyField = fc.oneof(
  domain,
  clientId,
  clientSecret,
  org,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', 'None', '"x"', 'a:b', 'https://a.b', '8443', '\ufeff', 'union.example.com/'),
);
const keyOfAnyFields = fc
  .array(anyField, { minLength: 1, maxLength: 6 })
  .map((fields) => Buffer.from(fields.join(':')).toString('base64'));
const oneFaultyField = fc
  .tuple(validFields, fc.constantFrom('domain', 'clientId', 'clientSecret', 'org'), anyField)
  .map(([fields, name, value]) => plainKey({ ...fields, [name]: value }));
/** A valid key with one thing inserted, replaced or cut: the ways in which copying goes wrong. */
const mutated = fc
  .tuple(
    validFields.map(plainKey),
    fc.nat({ max: 400 }),
    fc.nat({ max: 3 }),
    fc.oneof(
      fc.constantFrom('', '\n', '\r\n', ' ', '=', '==', '"', '-', '_', '%3D', '\u200b', '\u00e9', 'A', '/', '+', '\0'),
      fc.string({ unit: 'binary', maxLength: 2 }),
      textOf(LETTERS + DIGITS, 1, 4),
    ),
  )
  .map(([key, position, cut, insert]) => {
    const at = position % (key.length + 1);
    return key.slice(0, at) + insert + key.slice(at + cut);
  });

describe('what the inspector accepts', () => {
  it.each([
    ['random texts', anyText, 5_000, 0],
    ['mutations of valid keys', mutated, 5_000, 100],
    ['keys of random fields', keyOfAnyFields, 3_000, 0],
    ['keys with one random field', oneFaultyField, 5_000, 500],
  ] as const)('all four decoders read alike: %s', (_name, keys, numRuns, fewestAccepted) => {
    let accepted = 0;
    fc.assert(
      fc.property(keys, (key) => {
        const { fields, findings } = inspectApiKey(key);
        expect(fields === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
        if (fields === undefined) {
          return;
        }
        accepted += 1;
        for (const decode of Object.values(KEY_DECODERS)) {
          expect(decode(key)).toEqual({ accepts: true, ...fields });
        }
        // And as anyone would read it who knows the format.
        expect(Object.values(fields)).toEqual(Buffer.from(key, 'base64').toString('utf8').split(':'));
        expect(plainKey(fields)).toBe(key);
      }),
      { numRuns: runs(numRuns) },
    );
    expect(accepted).toBeGreaterThanOrEqual(runs(fewestAccepted));
  });

  it('never shows a secret whatever was done to the key', () => {
    fc.assert(
      fc.property(
        clientSecret.filter((secret) => secret.length >= 20),
        domain,
        fc.constantFrom('a', 'b:c', 'x y', '"q"'),
        fc.constantFrom(':', '::', ':8443:', ': ', ''),
        (secret, host, id, separator) => {
          const key = Buffer.from(`${host}${separator}${id}:${secret}:`).toString('base64');
          const { findings, clients } = inspectApiKey(key);
          expect(findLeak(secret, JSON.stringify(findings))).toBeUndefined();
          for (const client of Object.keys(clients) as KeyClient[]) {
            expect(findLeak(secret, JSON.stringify(describeDecoded(clients[client])))).toBeUndefined();
          }
        },
      ),
      { numRuns: runs(1_000) },
    );
  });
});

const naughty = readSuite<string[]>('naughty-strings.json');

describe.skipIf(naughty === undefined)('the naughty strings', () => {
  const good: KeyFields = {
    domain: 'union.example.com',
    clientId: '0oa1ci',
    clientSecret: 'Zq7~kWm-4Vx_9Tb.Rn2',
    org: 'acme',
  };

  /** Findings are made of our own words: none of eight characters of a stranger stands in them. */
  function expectNoEcho(stranger: string, findings: readonly { detail: string; evidence?: unknown }[]): void {
    if (stranger.length >= 8) {
      expect(findLeak(stranger, JSON.stringify(findings))).toBeUndefined();
    }
    for (const { detail, evidence } of findings) {
      expect(detail).toMatch(/^[ -~]+$/);
      expect(evidence).toBeUndefined();
    }
  }

  it.each(['domain', 'clientId', 'clientSecret', 'org'] as const)('as %s: taken or refused, never echoed', (name) => {
    let refused = 0;
    for (const text of naughty ?? []) {
      const fields = { ...good, [name]: text };
      const { key, findings } = encodeApiKey(fields);
      expectNoEcho(text, findings);
      expect(key === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
      refused += key === undefined ? 1 : 0;
      const inspected = inspectApiKey(plainKey(fields));
      expectNoEcho(text, inspected.findings);
      if (key !== undefined) {
        expect(inspected.fields).toEqual(fields);
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('as the whole key: refused, never echoed', () => {
    for (const text of naughty ?? []) {
      const { findings, fields, clients } = inspectApiKey(text);
      expect(fields).toBeUndefined();
      expect(findings.length).toBeGreaterThan(0);
      expectNoEcho(text, findings);
      for (const decoded of Object.values(clients)) {
        if (text.length >= 8) {
          expect(findLeak(text, JSON.stringify(describeDecoded(decoded)))).toBeUndefined();
        }
      }
    }
  });
});
