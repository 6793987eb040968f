import { describe, expect, it } from 'vitest';
import { derivedForms } from '../../src/secrecy/derived-forms.ts';
import { findLeak, printedForms } from '../runner/leak-oracle.ts';
import type { PrintedContext } from '../runner/printed-forms.ts';
import { runs } from '../runs.ts';
import { masksOf, registeredMasks, runnerWith, storeOf } from './masks.ts';
import { printableSecret, providerSecret, type Random, seededRandom } from './random-secrets.ts';

/** As long as they get: a domain of 45 characters, an id as Entra ID and Keycloak make them. */
const REALISTIC: PrintedContext = {
  domain: 'flyte-production.eu-central-1.platform.acme.i',
  clientId: '9c1f6a5e-7d2b-4c83-a0e4-5b3f8d6e2a17',
  org: 'acme',
};

const CONTEXTS: PrintedContext[] = [
  { domain: 'union.example.com', clientId: '0oa1ci', org: '' },
  { domain: 'union.example.com', clientId: 'flyte-ci', org: 'acme' },
  { domain: 'a.example.co', clientId: 'ci', org: '' },
  REALISTIC,
  { ...REALISTIC, org: '' },
];

/**
 * What the runner's masks do not cover: forms that security research has not seen in logs, left out to keep the number
 * of masks at 40. What this action itself prints is held against these too (SecretStore.redactRemote).
 */
const NOT_MASKED = {
  'secrets of providers': ['base64 of the secret, twice'],
  'printable ASCII': [
    'percent encoded twice',
    'shell, double quotes',
    'hex, upper case',
    'base64 of the secret, twice',
  ],
} as const;

const KINDS = [
  ['secrets of providers', providerSecret],
  ['printable ASCII', printableSecret],
] as const;

/** The names of the printed forms from which any of the secret can be read after masking. */
function leakingForms(secret: string, context: PrintedContext, isTested: (form: string) => boolean): string[] {
  const masker = runnerWith(masksOf(secret, context));
  const forms = Object.entries(printedForms(secret, context))
    .filter(([name]) => isTested(name))
    .map(
      ([name, text]) =>
        [
          name,
          text
            .split('\n')
            .map((line) => masker.mask(line))
            .join('\n'),
        ] as const,
    );
  // All at once first. The `#` keeps two forms from being read as one text, as nobody would.
  return findLeak(secret, forms.map(([, text]) => text).join('\n#\n')) === undefined
    ? []
    : forms.filter(([, text]) => findLeak(secret, text) !== undefined).map(([name]) => name);
}

function leaksAmong(
  count: number,
  seed: number,
  makeSecret: (random: Random) => string,
  isTested: (form: string) => boolean,
): string[] {
  const random = seededRandom(seed);
  const leaks: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const secret = makeSecret(random);
    const context = CONTEXTS[index % CONTEXTS.length] ?? REALISTIC;
    leaks.push(...leakingForms(secret, context, isTested).map((form) => `${form}: ${secret}`));
  }
  return leaks;
}

describe.each(KINDS)('masked by the runner, no printed form gives a secret away: %s', (kind, makeSecret) => {
  const known: readonly string[] = NOT_MASKED[kind];

  it.each([1, 2, 3, 4, 5])('2,000 secrets, batch %i', (seed) => {
    expect(leaksAmong(runs(2_000), seed, makeSecret, (form) => !known.includes(form))).toEqual([]);
  });

  it.each(known)('what this action prints itself is held against them too: %s', (form) => {
    const random = seededRandom(6);
    for (let index = 0; index < runs(200); index += 1) {
      const secret = makeSecret(random);
      const printed = printedForms(secret, REALISTIC)[form] ?? '';
      expect(findLeak(secret, printed), printed).toBeDefined();
      expect(findLeak(secret, storeOf(secret, REALISTIC).redactRemote(printed)), printed).toBeUndefined();
    }
  });

  it('also the shortest secrets, 2,000 of 8 to 12 characters', () => {
    const leaks = leaksAmong(
      runs(2_000),
      7,
      (random) => makeSecret(random, 8, 12),
      (form) => !known.includes(form),
    );
    expect(leaks).toEqual([]);
  });
});

describe('the test itself', () => {
  it.each(KINDS)('masks what the store registers: %s', (_name, makeSecret) => {
    const random = seededRandom(9);
    for (let index = 0; index < 30; index += 1) {
      const secret = makeSecret(random);
      expect(registeredMasks(secret, REALISTIC)).toEqual(masksOf(secret, REALISTIC));
    }
  });

  it('finds what is not masked', () => {
    const secret = 'Zq7~kWm-4Vx_9Tb.Rn2';
    const all = printedForms(secret, REALISTIC);
    expect(Object.keys(all).length).toBeGreaterThanOrEqual(40);
    for (const known of Object.values(NOT_MASKED).flat()) {
      expect(Object.keys(all)).toContain(known);
    }
    // The raw secret alone, as GitHub registers a secret of the repository.
    const masker = runnerWith([secret]);
    const leaking = Object.values(all).filter((text) => findLeak(secret, masker.mask(text)) !== undefined);
    expect(leaking.length).toBeGreaterThan(5);
  });
});

describe('the number of masks', () => {
  it.each(KINDS)('is at most 40 up to 128 characters: %s', (_name, makeSecret) => {
    const random = seededRandom(8);
    let most: { count: number; secret: string } = { count: 0, secret: '' };
    for (let index = 0; index < runs(6_000); index += 1) {
      // One half at the full length, where there are the most.
      const secret = index % 2 === 0 ? makeSecret(random, 128, 128) : makeSecret(random);
      const { length: count } = masksOf(secret, CONTEXTS[3 + (index % 4 > 1 ? 1 : 0)] ?? REALISTIC);
      most = count > most.count ? { count, secret } : most;
    }
    expect(most).toSatisfy(({ count }: typeof most) => count <= 40);
  });

  it('is small for a secret without marks', () => {
    expect(masksOf('Zq7kWm4Vx9TbRn2Zq7kWm4Vx9TbRn2aB', REALISTIC).length).toBeLessThanOrEqual(18);
  });
});

describe('the derived forms', () => {
  const secret = 'Zq7~k+m/4Vx_9Tb=Rn2';
  const key = Buffer.from(`union.example.com:0oa1ci:${secret}:`).toString('base64');
  const formsOfSecret = (): string[] => derivedForms(secret, { key, clientId: '0oa1ci' });

  it('have no repeats, none of fewer than 8 characters, and not the secret itself', () => {
    const forms = formsOfSecret();
    expect(new Set(forms).size).toBe(forms.length);
    expect(forms.filter((form) => form.length < 8)).toEqual([]);
    expect(forms).not.toContain(secret);
  });

  it('hold the key, the key without padding and the header value that flyte sends', () => {
    const forms = formsOfSecret();
    expect(forms).toContain(key);
    expect(forms).toContain(key.replace(/=+$/, ''));
    // python3: base64.b64encode(("0oa1ci:" + urllib.parse.quote_plus(secret)).encode())
    expect(forms).toContain(Buffer.from('0oa1ci:Zq7~k%2Bm%2F4Vx_9Tb%3DRn2').toString('base64'));
    expect(forms).toContain('Zq7~k%2Bm%2F4Vx_9Tb%3DRn2');
    expect(forms).toContain('Zq7~k%2bm%2f4Vx_9Tb%3dRn2');
    expect(forms).toContain('5a71377e6b2b6d2f3456785f3954623d526e32');
  });
});

describe('the key in other spellings', () => {
  // Its base64 has + and / and ends with ==.
  const secret = 'Zq???>>>kWm-4Vx_9T';
  const plain = `union.example.com:0oa1ci:${secret}:ab`;
  const key = Buffer.from(plain).toString('base64');
  const formsOfSecret = (): string[] => derivedForms(secret, { key, clientId: '0oa1ci' });

  it('is masked without its padding, and in the URL-safe alphabet', () => {
    const forms = formsOfSecret();
    expect(key).toMatch(/^(?=.*\+)(?=.*\/).*==$/);
    expect(forms).toContain(key.slice(0, -2));
    expect(forms).toContain(Buffer.from(plain).toString('base64url'));
  });

  it('leaves no mask of a few characters, however long its last line is', () => {
    for (let length = 0; length < 80; length += 1) {
      const masks = masksOf(secret, { domain: 'union.example.com', clientId: '0oa1ci', org: 'o'.repeat(length) });
      expect(masks.filter((mask) => mask.length < 8)).toEqual([]);
    }
  });
});

describe('a wrapped key', () => {
  it.each([64, 76])('of %i columns shows no line with any of the secret', (columns) => {
    const random = seededRandom(columns);
    for (let index = 0; index < runs(500); index += 1) {
      const secret = providerSecret(random);
      const context = CONTEXTS[index % CONTEXTS.length] ?? REALISTIC;
      const before = `${context.domain}:${context.clientId}:`;
      const key = Buffer.from(`${before}${secret}:${context.org}`).toString('base64');
      const masker = runnerWith(masksOf(secret, context));
      const lines = key.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
      // What a reader puts together of the lines that he still sees.
      const seen = lines.map((line) => masker.mask(line).replaceAll('***', ' '));
      expect(findLeak(secret, seen.join(''))).toBeUndefined();
      expect(findLeak(secret, seen.join('\n'))).toBeUndefined();
    }
  });

  it('keeps the lines before the secret readable, as they hold only domain and client id', () => {
    const context = { ...REALISTIC, clientId: 'flyte-production-deployments-of-the-platform' };
    const secret = 'Zq7~kWm-4Vx_9Tb.Rn2-Zq7~kWm-4Vx_9Tb.Rn2';
    const key = Buffer.from(`${context.domain}:${context.clientId}:${secret}:acme`).toString('base64');
    const masker = runnerWith(masksOf(secret, context));
    expect(masker.mask(key.slice(0, 64))).toBe(key.slice(0, 64));
    expect(masker.mask(key.slice(128, 192))).toBe('***');
  });
});
