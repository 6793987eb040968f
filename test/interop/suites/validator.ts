import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import { type FetchedKeySet, judgeToken, type TokenJudgement } from '../../../src/control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from '../../../src/control-plane/verdict/profiles.ts';
import { tokenFinding } from '../../../src/control-plane/verdict/token-findings.ts';
import type { Suite } from '../suite.ts';
import { ownGoProgram, run } from '../tools.ts';

/** Enough that every rule is met many times. The seed settles what is tried; the keys are fresh in every run. */
const CASES = 6_000;
const SEED = 20_261_125;
/** Fewer cases than this at a stage prove little of its rules. */
const FEWEST_AT_STAGE = 30;
const NOW_SECONDS = 1_795_000_000;
/** Where a token may end, as the Go program names it. A panic of the server is one of them. */
const STAGES = ['accepted', 'signature', 'time', 'audience', 'claims', 'scope', 'panic'];
const PUBLIC_URL = 'https://union.example.com';

/** As the Go program names them, and as we do. */
const PROFILES = [
  ['flyte1', 'flyte1'],
  ['union', 'union'],
  ['flyte1-self', 'flyte1-own'],
] as const satisfies readonly (readonly [string, ControlPlaneKind])[];

interface Case {
  readonly token: string;
  readonly keySet: string;
  readonly keySetStatus: number;
  readonly allowedAudience: readonly string[];
  readonly subjectClaims: readonly string[];
  readonly appClaims: Readonly<Record<string, readonly string[]>>;
}

interface Verdict {
  readonly id: string;
  readonly decision: 'accept' | 'refuse' | 'panic';
  readonly stage?: string;
  readonly serverError?: string;
  readonly subject?: string;
  readonly identityType?: unknown;
}

export const suite: Suite = {
  name: 'validator',
  title: 'The validator: the libraries of flyteadmin (go-oidc, golang-jwt, go-jose) in a Go program of this repository',
  async run(bench) {
    const source = path.join(import.meta.dirname, '../validator');
    const program = await ownGoProgram(bench.cache, source);
    const signers = makeSigners();
    const external = fc.sample(tokenCase(signers, keySetOf(signers)), { numRuns: CASES, seed: SEED });
    const own = fc.sample(tokenCase(ownSigners(signers), ownKeySet(signers)), { numRuns: CASES, seed: SEED });
    const casesOf = (name: string): readonly Case[] => (name === 'flyte1-self' ? own : external);
    const lines = PROFILES.flatMap(([controlPlane]) =>
      casesOf(controlPlane).map((each, index) =>
        JSON.stringify({ ...each, id: String(index), controlPlane, publicUrl: PUBLIC_URL, at: NOW_SECONDS }),
      ),
    );
    const { stdout, stderr, exitCode } = await run(program, [], {
      input: `${lines.join('\n')}\n`,
      timeoutMilliseconds: 300_000,
    });
    const verdicts = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Verdict);
    if (exitCode !== 0 || verdicts.length !== lines.length) {
      throw new Error(`The validator gave ${verdicts.length} of ${lines.length} verdicts: ${stderr.slice(-300)}`);
    }
    for (const [index, [name, kind]] of PROFILES.entries()) {
      const counterpart = bench.counterpart(
        `flyteadmin's libraries, as ${name}`,
        'go-oidc 3.6.0, golang-jwt 4.5.2, go-jose 3.0.5',
      );
      const differences: string[] = [];
      const stages: Record<string, number> = {};
      for (const [position, each] of casesOf(name).entries()) {
        const theirs = verdicts[index * CASES + position];
        const ours = await judge(each, kind);
        const difference = theirs === undefined ? 'no verdict' : compare(ours, theirs, kind);
        const stage = theirs?.decision === 'panic' ? 'panic' : (theirs?.stage ?? 'accepted');
        stages[stage] = (stages[stage] ?? 0) + 1;
        if (difference !== undefined) {
          // With the whole case, which is made up: its keys do not come again.
          differences.push(`case ${position}: ${difference}: ${JSON.stringify(each)}`);
        }
      }
      counterpart.count(CASES - differences.length, differences);
      await counterpart.case('every stage decides many of the cases', () => assertStages(stages));
      counterpart.note(`${CASES} generated tokens: ${describe(stages)}`);
      counterpart.note('the steps and texts around the libraries come from a small program of this repository');
    }
  },
};

/** Every stage that a token can end at has to be met, also where our own code agrees with all of them. */
function assertStages(stages: Readonly<Record<string, number>>): void {
  for (const stage of STAGES) {
    const count = stages[stage] ?? 0;
    assert.ok(count >= FEWEST_AT_STAGE, `${stage} decides ${count} of ${CASES} cases: ${describe(stages)}`);
  }
}

function describe(stages: Readonly<Record<string, number>>): string {
  return Object.entries(stages)
    .toSorted(([, first], [, second]) => second - first)
    .map(([stage, count]) => `${count} ${stage}`)
    .join(', ');
}

function compare(ours: TokenJudgement, theirs: Verdict, kind: ControlPlaneKind): string | undefined {
  const accepts = theirs.decision === 'accept';
  if ((ours.decision === 'accept') !== accepts) {
    return `${ours.decision} (${ours.decidedBy}) here, ${theirs.decision} (${theirs.stage}) there: ${theirs.serverError ?? ''}`;
  }
  if (accepts) {
    const isApp = kind === 'union' && (ours.facts.identityType === 'app') !== (theirs.identityType === 'app');
    return (ours.facts.subject ?? '') !== (theirs.subject ?? '') || isApp
      ? `subject ${ours.facts.subject}, type ${ours.facts.identityType} here, ${theirs.subject}, ${String(theirs.identityType)} there`
      : undefined;
  }
  const isWorded =
    ['time', 'audience', 'claims', 'scope'].includes(theirs.stage ?? '') && theirs.serverError !== undefined;
  return isWorded && ours.serverError !== theirs.serverError
    ? `"${ours.serverError}" here, "${theirs.serverError}" there`
    : undefined;
}

async function judge(each: Case, kind: ControlPlaneKind): Promise<TokenJudgement> {
  const keySet: FetchedKeySet =
    each.keySetStatus === 200
      ? { body: Buffer.from(each.keySet) }
      : { missing: tokenFinding('key-set/unavailable', 'x', { severity: 'error' }) };
  const pairs = Object.entries(each.appClaims).flatMap(([claim, values]) =>
    values.map((value) => [claim, value] as const),
  );
  const audience = kind === 'flyte1-own' ? [PUBLIC_URL] : [...each.allowedAudience, PUBLIC_URL];
  return await judgeToken({
    token: each.token,
    keySet,
    settings: {
      allowedAudience: { value: audience, stated: true },
      subjectClaims: { value: each.subjectClaims, stated: true },
      appClaims: { value: pairs, stated: pairs.length > 0 },
    },
    clock: { nowSeconds: NOW_SECONDS, isSure: true, grainSeconds: 0 },
    controlPlane: kind,
    advertisedIssuer: '',
  });
}

interface Signer {
  readonly kid: string;
  readonly algorithms: readonly string[];
  readonly jwk: Readonly<Record<string, unknown>>;
  sign(algorithm: string, input: Buffer): Buffer;
}

function asymmetric(
  kid: string,
  algorithms: readonly string[],
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): Signer {
  return {
    kid,
    algorithms,
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' },
    sign: (algorithm, input) => {
      const hash = algorithm === 'EdDSA' ? null : `sha${algorithm.slice(2)}`;
      const padding = algorithm.startsWith('PS') ? { padding: 6, saltLength: 32 } : {};
      return sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363', ...padding });
    },
  };
}

function makeSigners(): Signer[] {
  const secret = Buffer.from('a-secret-of-a-key-set-that-gives-it-away');
  return [
    asymmetric('rsa', ['RS256', 'RS512', 'PS256'], generateKeyPairSync('rsa', { modulusLength: 2048 })),
    asymmetric('short', ['RS256'], generateKeyPairSync('rsa', { modulusLength: 1024 })),
    asymmetric('p256', ['ES256'], generateKeyPairSync('ec', { namedCurve: 'P-256' })),
    asymmetric('p521', ['ES512'], generateKeyPairSync('ec', { namedCurve: 'P-521' })),
    asymmetric('ed', ['EdDSA'], generateKeyPairSync('ed25519')),
    {
      kid: 'oct',
      algorithms: ['HS256'],
      jwk: { kty: 'oct', kid: 'oct', k: secret.toString('base64url') },
      sign: (_algorithm, input) => createHmac('sha256', secret).update(input).digest(),
    },
  ];
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** A value in one of `times` cases, and null in the others. */
function rarely<Value>(times: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}

/** A value that a claim or a member should not have. */
const odd = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      '',
      ' ',
      'all',
      'app',
      PUBLIC_URL,
      `${PUBLIC_URL}/`,
      7,
      -1,
      0,
      0.5,
      1e20,
      [],
      ['all'],
      ['all', 7],
      [['all']],
      ['read'],
      {},
      { subject: 7 },
      { email: 7 },
    ),
    fc.integer({ min: NOW_SECONDS - 3, max: NOW_SECONDS + 3 }),
    fc.string({ maxLength: 8 }),
    fc.jsonValue({ maxDepth: 2 }),
  );

const BASE_CLAIMS = {
  iss: 'https://idp.example.com/',
  sub: 'ci-app',
  aud: PUBLIC_URL,
  iat: NOW_SECONDS - 5,
  exp: NOW_SECONDS + 3600,
  identitytype: 'app',
};

const CLAIM_NAMES = [
  'aud',
  'sub',
  'exp',
  'iat',
  'nbf',
  'scp',
  'client_id',
  'email',
  'user_info',
  'identitytype',
  'idtyp',
  'azp',
  '__proto__',
];

/** Claims that are right but for a few, as text, so that a name can stand there twice. */
function payload(): fc.Arbitrary<string> {
  const change = fc.tuple(fc.constantFrom(...CLAIM_NAMES), fc.option(odd(), { nil: undefined }));
  const scopes = fc.constantFrom<unknown>(['all'], ['all'], ['all', 'read'], ['read'], 'all', []);
  const claims = fc.tuple(scopes, fc.array(change, { maxLength: 3 })).map(([scp, changes]) => {
    const merged = { ...BASE_CLAIMS, scp, ...Object.fromEntries(changes) };
    const members = Object.entries(merged).filter(([, value]) => value !== undefined);
    return members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  });
  const twice = rarely(12, fc.tuple(fc.constantFrom(...CLAIM_NAMES), odd()));
  const end = fc.constantFrom('', '', '', '', '', ' ', '\n', 'x', '{}', '\u0000');
  return fc.tuple(claims, twice, end).map(([members, again, rest]) => {
    const more = again === null ? [] : [`${JSON.stringify(again[0])}:${JSON.stringify(again[1])}`];
    return `{${[...members, ...more].join(',')}}${rest}`;
  });
}

/** Keys as they are, with a member changed, or of kinds that few libraries know. */
function keySetOf(signers: readonly Signer[]): fc.Arbitrary<readonly [string, number]> {
  const names = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'x', 'y', 'crv', 'k', 'd', 'x5c', 'x5t', 'key_ops', 'KTY'];
  const value = fc.constantFrom<unknown>(
    undefined,
    null,
    7,
    '',
    'AQAB',
    'sig',
    'enc',
    'RS256',
    'EC',
    '!',
    'AQ==',
    [],
    ['AAAA'],
    {},
    'rsa',
    'P-256',
  );
  const strange = fc.constantFrom<unknown>(
    null,
    7,
    {},
    { kty: 'AKP' },
    { kty: 'OKP', crv: 'X25519', x: 'AA' },
    { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' },
    { kty: 'oct', k: '' },
  );
  const good = fc.constantFrom(...signers.map(({ jwk }) => jwk));
  const changed = fc
    .tuple(good, fc.constantFrom(...names), value)
    .map(([jwk, name, other]) => ({ ...jwk, [name]: other }));
  const key = fc.oneof(
    { weight: 30, arbitrary: good },
    { weight: 4, arbitrary: changed },
    { weight: 1, arbitrary: strange },
  );
  const keys = fc.oneof(
    { weight: 6, arbitrary: fc.constant(signers.map(({ jwk }) => jwk as unknown)) },
    { weight: 4, arbitrary: fc.array(key as fc.Arbitrary<unknown>, { maxLength: 5 }) },
  );
  const name = fc.constantFrom('keys', 'keys', 'keys', 'keys', 'keys', 'Keys', 'other');
  const status = fc.constantFrom(...Array.from({ length: 9 }, () => 200), 404);
  return fc
    .tuple(keys, name, status)
    .map(([list, member, code]) => [JSON.stringify({ [member]: list }), code] as const);
}

function tokenCase(signers: readonly Signer[], keySet: fc.Arbitrary<readonly [string, number]>): fc.Arbitrary<Case> {
  const header = fc
    .tuple(
      fc.constantFrom(...signers),
      fc.nat({ max: 2 }),
      fc.constantFrom<unknown>('own', 'own', 'own', 'own', undefined, '', 'unknown', 7, null),
      rarely(6, fc.tuple(fc.constantFrom('typ', 'crit', 'b64', 'jwk', 'x5c', 'alg', 'nonce', 'key_id'), odd())),
    )
    .map(([signer, algorithm, kid, extra]) => {
      const alg = signer.algorithms[algorithm % signer.algorithms.length] ?? 'none';
      const members = {
        alg,
        typ: 'JWT',
        kid: kid === 'own' ? signer.kid : kid,
        ...(extra && { [extra[0]]: extra[1] }),
      };
      return { signer, alg, text: JSON.stringify(members) };
    });
  const token = fc
    .tuple(header, payload(), rarely(10, fc.tuple(fc.nat(), fc.constantFrom('A', '.', '=', '\n', ' ', ''))))
    .map(([{ signer, alg, text }, claims, change]) => {
      const input = `${encoded(text)}.${encoded(claims)}`;
      const whole = `${input}.${signer.sign(alg, Buffer.from(input)).toString('base64url')}`;
      if (change === null) {
        return whole;
      }
      const at = change[0] % whole.length;
      return whole.slice(0, at) + change[1] + whole.slice(at + 1);
    });
  const settings = fc.record({
    token,
    keySet,
    allowedAudience: fc.constantFrom([], ['api://flyte'], ['', 'account'], [`${PUBLIC_URL}/`]),
    subjectClaims: fc.constantFrom<string[]>([], ['sub'], ['client_id', 'azp'], ['azp', 'sub']),
    appClaims: fc.constantFrom<Record<string, string[]>>(
      {},
      { idtyp: ['app'] },
      { identitytype: ['app'], azp: ['ci'] },
      { sub: ['ci-app'] },
    ),
  });
  return settings.map(({ keySet: [body, status], ...rest }) => ({ ...rest, keySet: body, keySetStatus: status }));
}

/** Mostly those of RSA: a server that issues its tokens itself refuses the others before it reads a claim. */
function ownSigners(signers: readonly Signer[]): readonly Signer[] {
  const rsa = signers.filter(({ jwk }) => jwk['kty'] === 'RSA');
  return [...signers, ...Array.from({ length: 8 }, () => rsa).flat()];
}

/** A server that issues its tokens itself has its own keys at hand, and they are of RSA. */
function ownKeySet(signers: readonly Signer[]): fc.Arbitrary<readonly [string, number]> {
  const keys = signers.filter(({ jwk }) => jwk['kty'] === 'RSA').map(({ jwk }) => jwk);
  return fc
    .constantFrom(keys, keys.slice(0, 1), keys.slice(1), keys.toReversed())
    .map((list) => [JSON.stringify({ keys: list }), 200] as const);
}
