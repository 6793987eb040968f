import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { definitionOf } from '../../src/findings/finding.ts';
import type { PlannedTrial, ProviderAddresses } from '../../src/identity-provider/identity-provider.ts';
import { isTrustedDestination, ownerOf, PROVIDERS, recogniseProvider } from '../../src/identity-provider/providers.ts';
import { explainRefusal, matchRefusal, readRefusal, type TokenRefusal } from '../../src/identity-provider/refusal.ts';
import { findTraps } from '../../src/identity-provider/traps.ts';
import type { HttpResponse } from '../../src/transport/http-client.ts';
import type { JsonObject } from '../../src/transport/json.ts';
import type { CaseAddresses, ProviderAnswerCase, ProviderCases } from './provider-cases.ts';

const DOMAIN = 'union.example.com';
const NOW = 1_795_000_000_000;
const FOLDER = join(import.meta.dirname, 'providers');

const all: ProviderCases[] = await Promise.all(
  readdirSync(FOLDER).map(async (file) => ((await import(join(FOLDER, file))) as { cases: ProviderCases }).cases),
);
const byName = new Map(all.map((cases) => [cases.provider, cases]));

function addressesOf({ issuer, tokenEndpoint, jwksUri }: CaseAddresses, domain = DOMAIN): ProviderAddresses {
  const url = (text: string | undefined): URL | undefined => (text === undefined ? undefined : new URL(text));
  return { issuer: url(issuer), tokenEndpoint: url(tokenEndpoint), jwksUri: url(jwksUri), domain };
}

function refusalOf({ status, body, headers = {} }: Omit<ProviderAnswerCase, 'code'>): TokenRefusal {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response: HttpResponse = { status, headers, body: Buffer.from(text), milliseconds: 1 };
  return readRefusal(response, NOW);
}

const OWN_ADDRESSES = [
  'https://sso.acme.com/realms/acme https://gateway.acme.com/token',
  'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI https://auth.acme.com/oauth2/token',
];

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))('%s', (name, provider) => {
  const cases = byName.get(name);

  it('has cases', () => {
    expect(cases).toBeDefined();
  });

  it('is recognised by its addresses, and by no look-alike', () => {
    for (const addresses of cases?.recognised ?? []) {
      expect([addresses, recogniseProvider(addressesOf(addresses)).name]).toEqual([addresses, name]);
    }
    for (const addresses of cases?.notRecognised ?? []) {
      expect([addresses, recogniseProvider(addressesOf(addresses)).name]).not.toEqual([addresses, name]);
    }
  });

  it('may be sent the secret at every pair of addresses that are its own', () => {
    const pairs = (cases?.recognised ?? []).flatMap(({ issuer, tokenEndpoint }) =>
      issuer === undefined || tokenEndpoint === undefined ? [] : [{ issuer, tokenEndpoint }],
    );
    // An address of the customer's own can belong to anybody: there the user has to say so.
    const open = pairs.filter(({ issuer, tokenEndpoint }) => !OWN_ADDRESSES.includes(`${issuer} ${tokenEndpoint}`));
    for (const { issuer, tokenEndpoint } of open) {
      const destination = { domain: DOMAIN, issuer: new URL(issuer), pinned: false };
      expect([issuer, tokenEndpoint, isTrustedDestination(new URL(tokenEndpoint), destination)]).toEqual([
        issuer,
        tokenEndpoint,
        true,
      ]);
    }
  });

  it('is recognised by its metadata on any domain, and by no document of another one', () => {
    const elsewhere = addressesOf({ issuer: 'https://login.customer.example/' });
    for (const document of cases?.metadata ?? []) {
      expect([document, recogniseProvider(elsewhere, document as JsonObject).name]).toEqual([document, name]);
    }
  });

  it('has an answer for every finding that has a pattern, and a trap for every other one', () => {
    const answered = new Set(cases?.answers.map(({ code }) => code));
    const trapped = new Set(cases?.traps?.flatMap(({ codes }) => codes));
    const unproved = Object.entries(provider.findings).filter(
      ([code, { answer }]) => !(answer ? answered.has(code) : trapped.has(code)),
    );
    expect(unproved.map(([code]) => code)).toEqual([]);
  });

  it.each((cases?.answers ?? []).map((answer) => [JSON.stringify(answer.body).slice(0, 120), answer] as const))(
    'explains %s',
    (_body, { code, ...answer }) => {
      const finding = explainRefusal(refusalOf(answer), provider);
      expect(finding).toMatchObject({ code, severity: 'error' });
      expect(finding.detail).toContain(String(answer.status));
      expect(definitionOf(finding).fix).toMatch(/\.$/);
    },
  );

  it.each((cases?.traps ?? []).map((trap) => [trap.name, trap] as const))('trap: %s', (_name, { trial, codes }) => {
    const { issuer, tokenEndpoint, jwksUri, domain = DOMAIN, ...rest } = trial;
    const secret = trial.clientSecret ?? 'Zq7-kWm_4Vx~9Tb.Rn2';
    const planned: PlannedTrial = {
      ...addressesOf(
        { ...(issuer && { issuer }), ...(tokenEndpoint && { tokenEndpoint }), ...(jwksUri && { jwksUri }) },
        domain,
      ),
      clientId: 'ci-client',
      grant: { scopes: ['all'], audience: '' },
      isAdvertised: true,
      allowedAudience: undefined,
      ...rest,
      clientSecret: secret,
    };
    const findings = provider.traps?.(planned) ?? [];
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('advises on findings that exist, and its codes are its own', () => {
    expect(Object.keys(provider.advice).filter((code) => !Object.hasOwn(CATALOGUE, code))).toEqual([]);
    expect(Object.keys(provider.findings).filter((code) => !code.startsWith(`idp/${name}/`))).toEqual([]);
  });

  it('says how to make an app for CI', () => {
    expect(provider.setUp.length).toBeGreaterThanOrEqual(3);
    expect(provider.notes.length).toBeGreaterThanOrEqual(1);
  });

  it('is not upset by hostile metadata', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('token_endpoint', 'issuer', 'jwks_uri', 'x'), fc.jsonValue()),
        (document) => {
          expect(typeof (provider.recognisesMetadata?.(document as JsonObject) ?? false)).toBe('boolean');
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('precision', () => {
  const answers = all.flatMap(({ provider, answers: own }) => own.map((answer) => ({ provider, answer })));
  const bytesOf = ({ body }: ProviderAnswerCase): string => (typeof body === 'string' ? body : JSON.stringify(body));

  it('the table has at least 100 answers', () => {
    expect(answers.length).toBeGreaterThanOrEqual(100);
  });

  it('no answer gives a finding of its own at another provider, unless that one is known to give the same bytes', () => {
    const shared: string[] = [];
    const wrong: string[] = [];
    for (const { provider: from, answer } of answers) {
      for (const provider of PROVIDERS.filter(({ name }) => name !== from)) {
        const match = matchRefusal(refusalOf(answer), provider);
        if (match !== undefined) {
          const isShared = byName.get(provider.name)?.answers.some((theirs) => bytesOf(theirs) === bytesOf(answer));
          (isShared ? shared : wrong).push(`${from} ${answer.code} at ${provider.name}: ${match.code}`);
        }
      }
    }
    console.log(`${answers.length} answers, ${PROVIDERS.length} providers. The same bytes at two providers:`);
    console.log(shared.join('\n'));
    expect(wrong).toEqual([]);
  });

  it('an answer of another provider gets the general finding, by its error', () => {
    const entra = PROVIDERS.find(({ name }) => name === 'entra');
    const okta = byName.get('okta')?.answers[0];
    expect(okta && entra && explainRefusal(refusalOf(okta), entra).code).toBe('idp/wrong-secret');
  });
});

describe('a host that is the provider\u2019s', () => {
  it.each([
    ['acme.okta.com', 'okta'],
    ['acme-admin.okta.com', 'okta'],
    ['login.microsoftonline.com', 'entra'],
    ['acme.eu.auth0.com', 'auth0'],
    ['accounts.google.com', 'google'],
    ['auth.pingone.eu', 'pingone'],
    ['union.example.com', undefined],
    ['okta.com.evil.example', undefined],
    ['okta.example.com', undefined],
  ])('%s: %s', (host, owner) => {
    expect(ownerOf(host)?.name).toBe(owner);
  });
});

describe('scopes that are meant for people', () => {
  const trial = (scopes: string[]): PlannedTrial => ({
    ...addressesOf({ issuer: 'https://idp.example.com/' }),
    clientId: 'ci',
    clientSecret: 'Zq7-kWm_4Vx~9Tb.Rn2',
    grant: { scopes, audience: '' },
    isAdvertised: true,
    allowedAudience: undefined,
  });
  const generic = PROVIDERS.find(({ name }) => name === 'generic');
  const dex = PROVIDERS.find(({ name }) => name === 'dex');

  it('are a warning, but not where apps may ask for them', () => {
    const [found] = generic ? findTraps(trial(['all', 'offline']), generic) : [];
    expect(found).toMatchObject({ code: 'idp/scopes-for-people', severity: 'warning' });
    expect(found?.detail).toContain('offline');
    expect(generic && findTraps(trial(['all']), generic)).toEqual([]);
    expect(dex && findTraps(trial(['openid']), dex)).toEqual([]);
  });
});

describe('any body at all', () => {
  const inner = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.jsonValue());
  const errorText = fc.oneof(
    fc.constantFrom(
      ...all.flatMap(({ answers }) =>
        answers.map(({ body }) => (typeof body === 'object' ? String(body['error_description'] ?? '') : body)),
      ),
    ),
    fc.string(),
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string().map((text) => Buffer.from(text)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc
      .record(
        {
          error: fc.oneof(inner, fc.constantFrom('invalid_client', 'invalid_scope', 'access_denied')),
          error_description: errorText,
          error_codes: inner,
          errorCode: inner,
          errorSummary: inner,
          message: inner,
        },
        { requiredKeys: [] },
      )
      .map((value) => Buffer.from(JSON.stringify(value))),
    // A real answer with a byte changed.
    fc
      .tuple(fc.constantFrom(...all.flatMap(({ answers }) => answers)), fc.nat(), fc.nat({ max: 255 }))
      .map(([answer, position, byte]) => {
        const bytes = Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
        bytes[position % Math.max(1, bytes.length)] = byte;
        return bytes;
      }),
  );

  it('gives one error, of this provider or of all, and never throws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        body,
        fc.constantFrom(...PROVIDERS),
        (status, bytes, provider) => {
          const finding = explainRefusal(
            readRefusal({ status, headers: {}, body: bytes, milliseconds: 1 }, NOW),
            provider,
          );
          expect(Object.hasOwn(CATALOGUE, finding.code)).toBe(true);
          expect(finding.severity).toBe('error');
          expect(finding.code.split('/').length === 2 || finding.code.startsWith(`idp/${provider.name}/`)).toBe(true);
        },
      ),
      { numRuns: 50_000 },
    );
  });

  it.each([
    ['10,000 nested lists', `{"error":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a prototype', '{"__proto__":{"error":"invalid_client"},"constructor":{"error":"x"}}'],
    ['an error twice', '{"error":"invalid_scope","error":"invalid_client"}'],
    ['a long description', `{"error":"invalid_client","error_description":"${'AADSTS'.repeat(9_000)}"}`],
    ['codes without end', `{"error":"invalid_client","error_codes":[${'7,'.repeat(20_000)}7]}`],
    ['codes that are no numbers', '{"error":"invalid_client","error_codes":["7000215",{},null,1e400]}'],
    ['another encoding', '\u00ff\u00fe{\u0000"'],
  ])('%s', (_name, text) => {
    for (const provider of PROVIDERS) {
      expect(explainRefusal(refusalOf({ status: 401, body: text }), provider).code).toMatch(/^idp\//);
    }
  });
});
