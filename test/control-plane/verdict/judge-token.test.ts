import { createHmac, createPublicKey, generateKeyPairSync, KeyObject, sign as signBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FetchedKeySet } from '../../../src/control-plane/verdict/judge-token.ts';
import { ASSUMED_APP_CLAIMS, judgeToken } from '../../../src/control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from '../../../src/control-plane/verdict/profiles.ts';
import type { ControlPlaneSettings } from '../../../src/control-plane/verdict/rule.ts';
import { tokenFinding } from '../../../src/control-plane/verdict/token-findings.ts';
import { runs } from '../../runs.ts';

/*
 * What a user gets for a token: the findings and what they weigh, with the settings of the control plane stated and
 * assumed. What the control plane itself does with the same tokens is held against recordings in
 * token-verdicts.test.ts; where a finding is an error though the control plane accepts, the reason stands beside it.
 */

const AUDIENCE = 'https://union.example.com';
const ISSUER = 'https://idp.example.com/oauth2/default';
const NOW = 1_795_000_000;

interface Keys {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

let rsa: Keys;
let other: Keys;

async function makeKeys(algorithm: string, kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm } };
}

/** The RSA key for another algorithm of its family: to make one takes long. */
async function rsaKeysFor(algorithm: string, kid: string): Promise<Keys> {
  const privateKey = (await importJWK(
    { ...(await exportJWK(rsa.privateKey)), alg: algorithm },
    algorithm,
  )) as CryptoKey;
  return { privateKey, jwk: { ...rsa.jwk, kid, alg: algorithm } };
}

beforeAll(async () => {
  rsa = await makeKeys('RS256', 'k1');
  other = await makeKeys('RS256', 'k2');
});

const base = {
  iss: ISSUER,
  sub: '0oaci',
  aud: AUDIENCE,
  iat: NOW - 5,
  exp: NOW + 3600,
  cid: '0oaci',
  scp: ['all'],
  identitytype: 'app',
  preferred_username: '0oaci',
};

function keySetOf(...keys: JWK[]): FetchedKeySet {
  return { body: Buffer.from(JSON.stringify({ keys })) };
}

/** Claims and header parameters that are undefined are left out. */
async function tokenOf(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  { privateKey }: Keys = rsa,
): Promise<string> {
  const payload = JSON.parse(JSON.stringify({ ...base, ...claims })) as Record<string, unknown>;
  const protectedHeader = JSON.parse(
    JSON.stringify({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header }),
  ) as JWTHeaderParameters;
  return await new SignJWT(payload).setProtectedHeader(protectedHeader).sign(privateKey);
}

function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Signed without any library that would look at header or claims. */
function rawToken(header: unknown, payload: unknown): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${signBytes('sha256', Buffer.from(input), KeyObject.from(rsa.privateKey)).toString('base64url')}`;
}

interface Settings {
  stated?: boolean;
  allowedAudience?: string[];
  subjectClaims?: string[];
  appClaims?: (readonly [string, string])[];
}

function settingsOf({ stated = true, allowedAudience, subjectClaims, appClaims }: Settings): ControlPlaneSettings {
  return {
    allowedAudience: { value: allowedAudience ?? [AUDIENCE], stated },
    subjectClaims: { value: subjectClaims ?? ['sub'], stated },
    appClaims: { value: appClaims ?? ASSUMED_APP_CLAIMS, stated },
  };
}

async function judge(
  token: string,
  settings: Settings = {},
  keySet: FetchedKeySet = keySetOf(rsa.jwk),
  controlPlane: ControlPlaneKind = 'union',
) {
  const judgement = await judgeToken({
    token,
    keySet,
    settings: settingsOf(settings),
    clock: { nowSeconds: NOW, isSure: true, grainSeconds: 1 },
    controlPlane,
    advertisedIssuer: ISSUER,
  });
  const { findings } = judgement;
  return {
    ...judgement,
    accepted: findings.every(({ severity }) => severity !== 'error'),
    // Stands behind every refusal, and has a test of its own.
    codes: findings
      .filter(({ severity, code }) => severity !== 'pass' && code !== 'token/refusal-may-not-be-final')
      .map(({ code, severity }) => `${severity} ${code}`),
    passes: findings.filter(({ severity }) => severity === 'pass').map(({ code }) => code),
  };
}

interface Vector {
  vector: string;
  claims: Record<string, unknown>;
  /** Where all settings are stated. */
  stated: string[];
  /** Where none is, if that differs. */
  assumed?: string[];
  settings?: Settings;
}

/** What a strict client would not let pass is a note. */
const strict = ['note token/strict-client-refuses'];

const idtyp: Settings = { appClaims: [['idtyp', 'app']] };
const chain: Settings = { subjectClaims: ['sub', 'client_id', 'azp'] };

const vectors: Vector[] = [
  { vector: 'V1 the shape of Okta', claims: {}, stated: [] },
  {
    vector: 'V4 another audience',
    claims: { aud: 'api://default' },
    stated: ['error token/audience-mismatch'],
    assumed: ['warning token/audience-mismatch'],
  },
  { vector: 'V5 one audience of two', claims: { aud: ['account', AUDIENCE] }, stated: [] },
  {
    vector: 'V6 an audience that is a number',
    claims: { aud: [AUDIENCE, 7] },
    stated: ['error token/audience-missing'],
  },
  { vector: 'V7 no audience (Cognito)', claims: { aud: undefined }, stated: ['error token/audience-missing'] },
  {
    vector: 'V8 a trailing slash',
    claims: { aud: `${AUDIENCE}/` },
    stated: ['error token/audience-mismatch'],
    assumed: ['warning token/audience-mismatch'],
  },
  { vector: 'V9 expired a second ago', claims: { exp: NOW - 1 }, stated: ['error token/expired'] },
  { vector: 'V10 no expiry', claims: { exp: undefined }, stated: ['warning token/never-expires'] },
  { vector: 'V11 expiry as a text', claims: { exp: String(NOW + 3600) }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V12 not before in 30 s', claims: { nbf: NOW + 30 }, stated: ['error token/not-yet-valid'] },
  { vector: 'V13 issued in 30 s', claims: { iat: NOW + 30 }, stated: ['error token/not-yet-valid'] },
  { vector: 'V14 a fractional time', claims: { iat: NOW - 0.25 }, stated: [] },
  {
    vector: 'V15 no subject: accepted there, and refused by the services behind it',
    claims: { sub: undefined },
    stated: ['error token/subject-missing'],
    assumed: ['warning token/subject-missing'],
  },
  { vector: 'V16 subject from the chain', claims: { sub: undefined, client_id: 'ci' }, settings: chain, stated: [] },
  {
    vector: 'V17 cid is not in the chain',
    claims: { sub: undefined },
    settings: chain,
    stated: ['error token/subject-missing'],
    assumed: ['warning token/subject-missing'],
  },
  {
    vector: 'V18 subject is a number',
    claims: { sub: 42 },
    stated: ['error token/subject-missing'],
    assumed: ['warning token/subject-missing'],
  },
  {
    vector: 'V19 identity type user',
    claims: { identitytype: 'user' },
    stated: ['error token/identity-type-not-app'],
    assumed: ['warning token/identity-type-not-app'],
  },
  {
    vector: 'V20 Entra, mapped',
    claims: { identitytype: undefined, idtyp: 'app', azp: 'a', roles: ['r'], scp: undefined, cid: undefined },
    settings: idtyp,
    stated: [],
  },
  {
    vector: 'V21 Entra, the claim is absent',
    claims: { identitytype: undefined, azp: 'a', roles: ['r'], scp: undefined },
    settings: idtyp,
    stated: ['error token/identity-type-not-app'],
    assumed: ['warning token/identity-type-not-app'],
  },
  {
    vector: 'V34 issuer with a slash: not looked at there',
    claims: { iss: `${ISSUER}/` },
    stated: ['note token/issuer-differs'],
  },
  {
    vector: 'V35 another issuer: not looked at there',
    claims: { iss: 'https://evil.example/' },
    stated: ['note token/issuer-differs'],
  },
  {
    vector: 'V37 Entra v2: a GUID where api:// is allowed',
    claims: { aud: '9c1f6a5e-7d2b-4c83-a0e4-5b3f8d6e2a17' },
    settings: { allowedAudience: ['api://union'] },
    stated: ['error token/audience-mismatch'],
    assumed: ['warning token/audience-mismatch'],
  },
  {
    vector: 'V38 Keycloak: client_id and scope, no scp',
    claims: { client_id: 'ci', scope: 'all profile email', scp: undefined },
    stated: ['error token/scope-all-missing'],
  },
  {
    vector: 'V39 Auth0',
    claims: { azp: 'ci', gty: 'client-credentials', scope: 'all', scp: undefined, identitytype: undefined },
    stated: [],
  },
  {
    vector: 'V40 Auth0, RFC 9068',
    claims: { client_id: 'ci', scope: 'all', scp: undefined },
    stated: ['error token/scope-all-missing'],
  },
  {
    vector: 'V41 Hydra: no identity type',
    claims: { client_id: 'ci', identitytype: undefined, nbf: NOW, iat: NOW },
    stated: ['error token/identity-type-not-app'],
    assumed: ['warning token/identity-type-not-app'],
  },
  {
    vector: 'V42 scp as a text beside client_id: dropped by one release',
    claims: { scp: 'all', client_id: 'ci' },
    stated: ['warning token/scope-all-missing'],
  },
  { vector: 'V43 scp as a text', claims: { scp: 'all' }, stated: [] },
  {
    vector: 'V44 two words in one text',
    claims: { scp: 'all profile', client_id: 'ci' },
    stated: ['error token/scope-all-missing'],
  },
  { vector: 'V46 scp is an object', claims: { scp: {} }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V47 scp is null', claims: { scp: null }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V48 client_id is a number', claims: { client_id: 7 }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V49 email is null', claims: { email: null }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V50 user_info is a text', claims: { user_info: 'x' }, stated: ['error token/claim-of-wrong-type'] },
  { vector: 'V51 another scope', claims: { scp: ['read'] }, stated: ['error token/scope-all-missing'] },
  {
    vector: 'V64 an ID token',
    claims: { aud: '0oaci', nonce: 'n' },
    stated: ['error token/audience-mismatch'],
    assumed: ['warning token/audience-mismatch'],
  },
  { vector: 'V65 an empty list of audiences (Hydra)', claims: { aud: [] }, stated: ['error token/audience-missing'] },
];

describe('the claims', () => {
  it.each(vectors)('$vector, stated', async ({ claims, settings, stated }) => {
    const { codes, passes } = await judge(await tokenOf(claims), { ...settings, stated: true });
    expect(codes).toEqual(stated);
    expect(passes).toContain('token/signature-valid');
    expect(passes.includes('token/accepted')).toBe(stated.every((code) => code.startsWith('note')));
  });

  it.each(vectors)('$vector, assumed', async ({ claims, settings, stated, assumed = stated }) => {
    const { codes } = await judge(await tokenOf(claims), { ...settings, stated: false });
    expect(codes).toEqual(assumed);
  });

  it.each<[ControlPlaneKind, stated: boolean]>([
    ['union', true],
    ['union', false],
    ['flyte1', true],
    ['flyte2', false],
  ])('are told in words: %s, stated: %s', async (kind, stated) => {
    const said: string[] = [];
    for (const { vector, claims, settings } of vectors) {
      const judgement = await judge(await tokenOf(claims), { ...settings, stated }, keySetOf(rsa.jwk), kind);
      const { findings, decision, decidedBy, serverError, facts, assumed } = judgement;
      said.push(
        `${vector}: ${decision} by ${decidedBy}: ${serverError ?? ''}`,
        `  ${facts.subject ?? ''} ${facts.identityType ?? ''} ${facts.scopes?.join() ?? ''}`,
        ...findings
          .filter(({ code }) => code !== 'token/signature-valid')
          .map((finding) => `  ${finding.severity} ${finding.detail}${assumed.includes(finding) ? ' (assumed)' : ''}`),
      );
    }
    expect(said.join('\n')).toMatchSnapshot();
  });

  it('V45 a list in scp', async () => {
    const { codes } = await judge(await tokenOf({ scp: [['all']] }));
    expect(codes).toContain('error token/claim-of-wrong-type');
  });

  it('V36 Entra v1, with the settings that its guide gives', async () => {
    const claims = {
      iss: 'https://sts.windows.net/tid/',
      aud: 'api://union',
      idtyp: 'app',
      identitytype: undefined,
      scp: undefined,
    };
    const { accepted, facts } = await judge(await tokenOf(claims), { ...idtyp, allowedAudience: ['api://union'] });
    expect(accepted).toBe(true);
    expect(facts).toMatchObject({ identityType: 'app', audience: ['api://union'], subject: '0oaci' });
  });

  it('V61 the last of two members of one name counts', async () => {
    const payload = JSON.stringify(base).replace('"aud":', '"aud":"x","aud":');
    expect((await judge(rawToken({ alg: 'RS256', kid: 'k1' }, payload))).codes).toEqual(strict);
    const twisted = JSON.stringify({ ...base, aud: undefined }).replace(/}$/, `,"aud":"${AUDIENCE}","aud":"x"}`);
    expect((await judge(rawToken({ alg: 'RS256', kid: 'k1' }, twisted))).codes).toEqual([
      'error token/audience-mismatch',
      ...strict,
    ]);
  });

  it('a token expires in the second that exp names', async () => {
    expect((await judge(await tokenOf({ exp: NOW }))).codes).toEqual(['error token/expired']);
  });

  it('nbf and iat may be now', async () => {
    expect((await judge(await tokenOf({ nbf: NOW, iat: NOW }))).codes).toEqual([]);
  });

  it('shows only what is listed, of the right types', async () => {
    const { facts } = await judge(await tokenOf({ email: 'someone@example.com', jti: 'x', groups: ['a'] }));
    expect(facts).toEqual({
      format: 'jwt',
      issuer: ISSUER,
      audience: [AUDIENCE],
      subject: '0oaci',
      identityType: 'app',
      scopes: ['all'],
      expiresAt: NOW + 3600,
    });
  });
});

describe('what is shown of a token', () => {
  it('has no empty scope', async () => {
    expect((await judge(await tokenOf({ scp: ['', 'all'] }))).facts.scopes).toEqual(['all']);
  });

  it('says nothing of what the token does not, or says in another type', async () => {
    const { facts, codes } = await judge(await tokenOf({ iss: undefined, sub: undefined, exp: 'tomorrow' }));
    expect(Object.keys(facts)).toEqual(['format', 'audience', 'scopes', 'identityType']);
    expect(codes).not.toContain('note token/issuer-differs');
  });
});

describe('the signature', () => {
  const invalid = ['error token/signature-invalid'];

  it('V2 alg none', async () => {
    expect((await judge(`${encoded({ alg: 'none' })}.${encoded(base)}.`)).accepted).toBe(false);
    expect((await judge(`${encoded({ alg: 'none' })}.${encoded(base)}.AAAA`)).codes).toEqual(invalid);
  });

  it('V3 HS256 with the public key as its secret', async () => {
    const input = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded(base)}`;
    const pem = createPublicKey({ key: { ...rsa.jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const mac = createHmac('sha256', pem).update(input).digest('base64url');
    expect((await judge(`${input}.${mac}`)).codes).toEqual(invalid);
  });

  it('V24 an unknown kid', async () => {
    expect((await judge(await tokenOf({}, { kid: 'unknown' }))).codes).toEqual(invalid);
  });

  it.each([
    [
      'another key',
      'RS256',
      1,
      'The one advertised key is not the one that made the signature. Its algorithm is RS256.',
    ],
    [
      'several',
      'RS256',
      2,
      'None of the 2 advertised keys is the one that made the signature. Its algorithm is RS256.',
    ],
    ['no key', 'RS256', 0, 'The key set is empty. Its algorithm is RS256.'],
    ['none', 'none', 0, 'The key set is empty. The token is not signed.'],
  ])('says what was seen: %s', async (_name, alg, count, detail) => {
    const token = `${encoded({ alg })}.${encoded(base)}.AAAA`;
    const { findings } = await judge(token, {}, keySetOf(...[rsa.jwk, other.jwk].slice(0, count)));
    expect(findings[0]?.detail).toBe(detail);
  });

  it('V25 no kid, several keys: each is tried', async () => {
    const token = await tokenOf({}, { kid: undefined });
    expect((await judge(token, {}, keySetOf(other.jwk, rsa.jwk))).codes).toEqual(strict);
    expect((await judge(token, {}, keySetOf(other.jwk))).codes).toEqual(invalid);
  });

  it('V26 no kid, keys without alg', async () => {
    const { alg: _, ...bare } = rsa.jwk;
    const { alg: __, ...otherBare } = other.jwk;
    expect((await judge(await tokenOf({}, { kid: undefined }), {}, keySetOf(otherBare, bare))).codes).toEqual(strict);
  });

  it('no kid, several keys without one: that is one remark and not two', async () => {
    const bare = [other, rsa].map(({ jwk: { kid: _, ...rest } }): JWK => rest);
    const { findings } = await judge(await tokenOf({}, { kid: undefined }), {}, keySetOf(...bare));
    expect(findings.filter(({ severity }) => severity === 'note').map(({ detail }) => detail)).toEqual([
      'The token does not say which of several keys made its signature (no kid).',
    ]);
  });

  it('several keys of one kid: each is tried', async () => {
    const keySet = keySetOf({ ...other.jwk, kid: 'k1' }, rsa.jwk);
    const { findings } = await judge(await tokenOf({}), {}, keySet);
    expect(findings.filter(({ severity }) => severity === 'note').map(({ detail }) => detail)).toEqual([
      'Several keys of the set have the kid "k1".',
    ]);
  });

  it('V29 HS256 and an empty key set (authentik)', async () => {
    const input = `${encoded({ alg: 'HS256' })}.${encoded(base)}`;
    const token = `${input}.${createHmac('sha256', 'secret').update(input).digest('base64url')}`;
    expect((await judge(token, {}, keySetOf())).codes).toEqual(invalid);
    // Where the set publishes the secret itself, the control plane takes the token: everybody can make one.
    const symmetric = { kty: 'oct', k: Buffer.from('secret').toString('base64url') };
    expect((await judge(token, {}, keySetOf(symmetric))).codes).toEqual(['warning key-set/secret-published']);
  });

  it('a set that publishes many secrets is told in one short sentence', async () => {
    const secrets = Array.from({ length: 40 }, (_, index) => ({
      kty: 'oct',
      k: 'AAAA',
      kid: `k${10 + Math.floor(index / 2)}`,
    }));
    const { findings } = await judge(await tokenOf({}), {}, keySetOf(rsa.jwk, ...secrets));
    expect(findings.find(({ code }) => code === 'key-set/secret-published')?.detail).toBe(
      'The set publishes the secret half of "k10", "k11", "k12", "k13", "k14", "k15", "k16", "k17", "k18", "k19" and 10 more.',
    );
  });

  it('V30 a key for encryption: taken all the same', async () => {
    expect((await judge(await tokenOf({}), {}, keySetOf({ ...rsa.jwk, use: 'enc' }))).codes).toEqual(strict);
  });

  it('V31 a key of another alg: taken all the same', async () => {
    expect((await judge(await tokenOf({}), {}, keySetOf({ ...rsa.jwk, alg: 'RS512' }))).codes).toEqual(strict);
  });

  it.each(['ES256', 'ES384', 'EdDSA', 'PS256', 'RS512'])('V52 to V54 %s', async (algorithm) => {
    const keys = await (/^[RP]S/.test(algorithm) ? rsaKeysFor : makeKeys)(algorithm, 'k9');
    const token = await tokenOf({}, { alg: algorithm, kid: 'k9' }, keys);
    expect((await judge(token, {}, keySetOf(other.jwk, keys.jwk))).codes).toEqual([]);
  });

  it('V54 PS256 by a key that is labelled RS256: taken all the same', async () => {
    const keys = await rsaKeysFor('PS256', 'k9');
    const token = await tokenOf({}, { alg: 'PS256', kid: 'k9' }, keys);
    expect((await judge(token, {}, keySetOf({ ...keys.jwk, alg: 'RS256' }))).codes).toEqual(strict);
  });

  it('V55 a key of 1024 bits: taken all the same', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const input = `${encoded({ alg: 'RS256', kid: 'weak' })}.${encoded(base)}`;
    const token = `${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    const jwk = { ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'weak' };
    expect((await judge(token, {}, keySetOf(jwk))).codes).toEqual(['warning key-set/weak-key']);
  });

  it('a signature that no key made is refused beside a key of 1024 bits too', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const jwk = { ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'weak' };
    const forged = `${encoded({ alg: 'RS256', kid: 'weak' })}.${encoded(base)}.${Buffer.alloc(128, 1).toString('base64url')}`;
    expect((await judge(forged, {}, keySetOf(jwk))).codes).toEqual(invalid);
  });

  it('V56 a critical header that nobody knows', async () => {
    expect((await judge(rawToken({ alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 }, base))).codes).toEqual(invalid);
  });

  it('V57 an unencoded payload', async () => {
    expect((await judge(rawToken({ alg: 'RS256', kid: 'k1', crit: ['b64'], b64: false }, base))).codes).toEqual(
      invalid,
    );
  });

  it('V58 and V59 stripped, tampered', async () => {
    const [header = '', , signature = ''] = (await tokenOf({})).split('.');
    expect((await judge(`${header}.${encoded(base)}.`)).codes).toEqual(invalid);
    expect((await judge(`${header}.${encoded({ ...base, sub: 'admin' })}.${signature}`)).codes).toEqual(invalid);
  });

  it('V63 typ at+jwt', async () => {
    expect((await judge(await tokenOf({}, { typ: 'at+jwt' }))).codes).toEqual([]);
  });

  it.each([
    [
      'V27 the key set is not to be had',
      { missing: tokenFinding('key-set/unavailable', 'x') },
      'warning key-set/unavailable',
    ],
    ['V28 the key set is a web page', { missing: tokenFinding('key-set/unreadable', 'x') }, 'error key-set/unreadable'],
    ['no list in it', { body: Buffer.from('{"keys":"none"}') }, 'error key-set/unreadable-key'],
    ['no address of it', { missing: tokenFinding('key-set/not-advertised', 'x') }, 'warning key-set/not-advertised'],
  ] as [string, FetchedKeySet, string][])('%s', async (_name, keySet, code) => {
    expect((await judge(await tokenOf({}), {}, keySet)).codes).toEqual([code]);
  });

  it.each([
    ['null', 'null'],
    ['a number', '7'],
    ['an object without kty', '{}'],
    ['a modulus that is no base64url', '{"kty":"RSA","kid":"k9","n":"!","e":"AQAB"}'],
    ['a curve that go-jose does not know', '{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}'],
    ['a key for encryption on X25519', '{"kty":"OKP","crv":"X25519","x":"AA"}'],
  ])('V32 and V33: %s beside the good key makes the set unreadable', async (_name, bad) => {
    const body = Buffer.from(`{"keys":[${bad},${JSON.stringify(rsa.jwk)}]}`);
    const { codes, decision, decidedBy } = await judge(await tokenOf({}), {}, { body });
    expect({ codes, decision, decidedBy }).toEqual({
      codes: ['error key-set/unreadable-key'],
      decision: 'refuse',
      decidedBy: 'key-set',
    });
  });

  it('names the key that spoils a set', async () => {
    const body = Buffer.from(
      `{"keys":[${JSON.stringify(rsa.jwk)},{"kty":"OKP","crv":"Ed448","x":"AA","kid":"k-ed448"}]}`,
    );
    const { findings } = await judge(await tokenOf({}), {}, { body });
    expect(findings[0]?.detail).toBe('Key 2 of 2 ("k-ed448"): its curve Ed448 is not known to the library.');
  });
});

describe('the form of a token', () => {
  it.each([
    ['V22 opaque', 'ya29.A0ARrdaM', 'error token/opaque'],
    ['V22 a word', 'opaque-token', 'error token/opaque'],
    ['V23 encrypted, five parts', 'eyJ.a.b.c.d', 'error token/opaque'],
    ['nothing', '', 'error token/opaque'],
    ['parts that are no JSON', 'abc.def.ghi', 'error token/unreadable'],
    ['a header that is a list', `${encoded([])}.${encoded({})}.AA`, 'error token/unreadable'],
    ['base64 of the other alphabet', 'e+30.e/30.AA', 'error token/unreadable'],
  ])('%s', async (_name, token, code) => {
    const { codes, facts } = await judge(token);
    expect(codes).toEqual([code]);
    expect(facts).toEqual({ format: 'opaque' });
  });

  it('five parts are told to be encrypted, others not to be three', async () => {
    expect((await judge('eyJ.a.b.c.d')).findings[0]?.detail).toBe('The token has five parts: it is encrypted.');
    expect((await judge('opaque-token')).findings[0]?.detail).toBe('The token has not the three parts of a JWT.');
  });

  it.each([
    ['claims that are no JSON', { alg: 'RS256', kid: 'k1' }, 'x'],
    ['an alg that nobody knows', { alg: 'RS999' }, '{}'],
  ])('%s: nothing else is said of it, and nothing shown', async (_name, header, payload) => {
    const { codes, facts, decision, readable } = await judge(rawToken(header, payload));
    expect({ codes, facts, decision, readable }).toEqual({
      codes: ['error token/unreadable'],
      facts: { format: 'opaque' },
      decision: 'refuse',
      readable: undefined,
    });
  });

  it('a provider is given the algorithm and the claims', async () => {
    const { readable } = await judge(await tokenOf({ sub: 'someone' }));
    expect(readable).toEqual({ algorithm: 'RS256', claims: { ...base, sub: 'someone' } });
  });

  it('V62 a space in front', async () => {
    expect((await judge(` ${await tokenOf({})}`)).accepted).toBe(false);
  });

  it('V62 a line break behind: taken by the libraries; no header can carry it, which the exchange checks', async () => {
    expect((await judge(`${await tokenOf({})}\n`)).decision).toBe('accept');
  });
});

describe('the profiles', () => {
  it('Flyte 2 verifies nothing itself: everything is a note, and nothing is refused', async () => {
    const token = await tokenOf({ aud: 'x', exp: NOW - 10, scp: ['read'] });
    const { decision, decidedBy, codes } = await judge(token, {}, keySetOf(other.jwk), 'flyte2');
    expect({ decision, decidedBy }).toEqual({ decision: 'accept', decidedBy: 'every-rule' });
    expect(codes).toEqual([
      'note token/signature-invalid',
      'note token/expired',
      'note token/audience-mismatch',
      'note token/scope-all-missing',
      'note token/not-verified',
    ]);
  });

  it('Flyte 1 knows neither subjectClaimNames nor identityTypeClaimsForApps', async () => {
    const token = await tokenOf({ sub: undefined, client_id: 'ci', identitytype: undefined });
    const settings = { ...chain, ...idtyp };
    const flyte1 = await judge(token, settings, undefined, 'flyte1');
    expect(flyte1.codes).toEqual(['note token/subject-missing']);
    expect(flyte1.facts.subject).toBeUndefined();
    const union = await judge(token, settings);
    expect(union.codes).toEqual(['error token/identity-type-not-app']);
    expect(union.facts).toMatchObject({ subject: 'ci', identityType: 'user' });
  });

  it('Flyte 2: what passed stays passed', async () => {
    const { passes } = await judge(await tokenOf({}), {}, undefined, 'flyte2');
    expect(passes).toContain('token/signature-valid');
  });

  it('what refuses stands before what does not, since the first error is taken for the cause', async () => {
    const token = await tokenOf({ exp: undefined, aud: 'x', scp: ['read'] });
    expect((await judge(token)).codes).toEqual([
      'error token/audience-mismatch',
      'error token/scope-all-missing',
      'warning token/never-expires',
    ]);
  });

  const missing = { missing: tokenFinding('key-set/unreadable', 'x') };

  it.each<[string, string | undefined, () => FetchedKeySet, words: string]>([
    ['no key set', undefined, () => missing, 'fetching keys oidc: get keys failed'],
    ['an unknown key', undefined, () => keySetOf({ kty: 'x' }), 'fetching keys oidc: failed to decode keys'],
    ['no list of keys', undefined, () => ({ body: Buffer.from('{}') }), 'failed to verify id token signature'],
    ['another key', undefined, () => keySetOf(other.jwk), 'failed to verify id token signature'],
    [
      'a word',
      'word',
      () => keySetOf(rsa.jwk),
      'oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts',
    ],
  ])('the words of the server: %s', async (_name, token, keySet, words) => {
    const { serverError } = await judge(token ?? (await tokenOf({})), {}, keySet(), 'flyte1');
    expect(serverError).toContain(`access token err: ${words}, access token err: `);
  });

  it('gives the words that a client reads', async () => {
    const token = await tokenOf({ aud: 'api://other' });
    expect((await judge(token, {}, undefined, 'flyte1')).serverError).toMatch(
      /^token parse error id token err: access token err: invalid audience \[&\{\[api:\/\/other\] .* wanted \[map\[/,
    );
    expect((await judge(await tokenOf({ scp: ['read'] }))).serverError).toBe(
      "authenticated user doesn't have required scope",
    );
  });

  it('a token of 10 KB is a warning, since an ingress has limits that the rules do not know', async () => {
    const { codes, decision } = await judge(
      await tokenOf({ groups: Array.from({ length: 400 }, (_, n) => `group-${n}`) }),
    );
    expect({ codes, decision }).toEqual({ codes: ['warning token/large'], decision: 'accept' });
  });
});

describe("a token of Flyte's own authorization server", () => {
  async function judgeOwn(token: string, keySet: FetchedKeySet = keySetOf(rsa.jwk)) {
    return await judge(token, {}, keySet, 'flyte1-own');
  }

  it.each([
    ['a word', 'word', 'error token/opaque', 'token contains an invalid number of segments'],
    ['five parts', 'e30.AA.AA.AA.AA', 'error token/opaque', 'token contains an invalid number of segments'],
    ['no header', `${encoded('x')}.e30.AA`, 'error token/unreadable', 'invalid header'],
    ['no claims', `${encoded({ alg: 'RS256' })}.${encoded('x')}.AA`, 'error token/unreadable', 'invalid claims'],
  ])('%s', async (_name, token, code, words) => {
    const { codes, facts, serverError, decidedBy } = await judgeOwn(token);
    expect({ codes, facts, decidedBy }).toEqual({ codes: [code], facts: { format: 'opaque' }, decidedBy: 'form' });
    expect(serverError).toContain(` access token err: ${words}, access token`);
  });

  it.each(['ES256', 'PS256', 'HS256', 'none'])('the algorithm %s is none of its own', async (alg) => {
    const { codes, serverError, decidedBy } = await judgeOwn(`${encoded({ alg })}.${encoded(base)}.AA`);
    expect({ codes, decidedBy }).toEqual({ codes: ['error token/signature-invalid'], decidedBy: 'signature' });
    expect(serverError).toContain(` access token err: unexpected signing method: ${alg}, access token`);
  });

  it.each([
    ['another key', () => keySetOf(other.jwk)],
    ['an empty key set', () => keySetOf()],
    ['no key set at all', () => ({ body: Buffer.from('[]') })],
  ])('%s: the signature is refused in the words of its library', async (_name, keySet) => {
    const { codes, serverError } = await judgeOwn(await tokenOf({}), keySet());
    expect(codes).toEqual(['error token/signature-invalid']);
    expect(serverError).toContain(` access token err: crypto/rsa: verification error, access token`);
  });

  it('without its key set the claims are judged alone', async () => {
    const missing = tokenFinding('key-set/unavailable', 'It answered 500.');
    const { codes, decision } = await judgeOwn(await tokenOf({ aud: 'x' }), { missing });
    expect({ codes, decision }).toEqual({
      codes: ['error token/audience-mismatch', 'warning key-set/unavailable'],
      decision: 'refuse',
    });
    expect((await judgeOwn(await tokenOf({}), { missing })).codes).toEqual(['warning key-set/unavailable']);
  });

  it('a good one is taken', async () => {
    const { codes, passes } = await judgeOwn(await tokenOf({}));
    expect({ codes, passes }).toEqual({ codes: [], passes: ['token/signature-valid', 'token/accepted'] });
  });
});

describe('any token at all', () => {
  it('is judged without a crash, with one decision and a reason for it', async () => {
    const good = [
      await tokenOf({}),
      await tokenOf({ client_id: 'ci', scp: 'all' }),
      await tokenOf({ aud: ['x', AUDIENCE] }),
    ];
    const claim = fc.oneof(fc.jsonValue(), fc.constant(AUDIENCE), fc.integer(), fc.double());
    const claims = fc.dictionary(
      fc.constantFrom(
        ...Object.keys(base),
        'client_id',
        'email',
        'user_info',
        'nbf',
        'idtyp',
        '__proto__',
        'constructor',
      ),
      claim,
    );
    const mutated = fc
      .tuple(fc.constantFrom(...good), fc.nat(), fc.constantFrom('.', 'A', '=', '-', ' ', '\n', '\u00e9', ''))
      .map(([token, position, character]) => {
        const at = position % token.length;
        return token.slice(0, at) + character + token.slice(at + 1);
      });
    const built = fc
      .tuple(fc.jsonValue(), claims)
      .map(([header, payload]) => `${encoded(header)}.${encoded(payload)}.AA`);
    const token = fc.oneof(
      { weight: 2, arbitrary: mutated },
      {
        weight: 2,
        arbitrary: claims.map((payload) => `${encoded({ alg: 'RS256', kid: 'unknown' })}.${encoded(payload)}.AA`),
      },
      { weight: 1, arbitrary: built },
      { weight: 1, arbitrary: fc.string() },
    );
    await fc.assert(
      fc.asyncProperty(
        token,
        fc.constantFrom<ControlPlaneKind>('union', 'flyte1', 'flyte1-own', 'flyte2'),
        async (text, kind) => {
          const { decision, decidedBy, findings, serverError } = await judge(text, {}, keySetOf(rsa.jwk), kind);
          const weighed = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
          if (decision === 'refuse') {
            expect(weighed.length).toBeGreaterThan(0);
            expect(decidedBy).not.toBe('every-rule');
            expect(serverError).toMatch(/\S/);
          } else {
            expect({ decidedBy, serverError }).toEqual({ decidedBy: 'every-rule', serverError: undefined });
          }
        },
      ),
      { numRuns: runs(50_000) },
    );
  });
});
