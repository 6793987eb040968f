import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { RULES_OF_STAGE, recordings, type Vector } from '../control-plane/verdict/recorded-tokens.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import { type Called, call, forEachOf } from './command-line.ts';

interface Judgement {
  decision: 'accept' | 'refuse';
  controlPlane: string;
  decidedBy: string;
  serverError: string;
  subject: string;
  identityType: string;
  findings: { code: string; severity: string; detail: string }[];
}

const folder = temporaryFolder();
/** For many processes on a busy machine. */
const LONG = 180_000;
const AUDIENCE = ['--allowed-audience', recordings.publicUrl];
const AT = ['--at', recordings.at];

const good = vector('V1');
const goodToken = written('good-token', good.token);
const goodKeys = written('good-keys', good.keySet);
const GOOD = [...AUDIENCE, ...AT, '--token-file', goodToken, '--key-set-file', goodKeys];

function vector(id: string): Vector {
  const found = recordings.vectors.find((candidate) => candidate.id === id);
  if (found === undefined) {
    throw new Error(`there is no vector ${id}`);
  }
  return found;
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What could be pieced together to a token. */
function expectNoToken({ stdout, stderr }: Called, token: string): void {
  for (const part of token.split('.').filter(({ length }) => length >= 12)) {
    expect(stdout + stderr).not.toContain(part.slice(0, 12));
    expect(stdout + stderr).not.toContain(part.slice(-12));
  }
}

/** Exactly the members that scripts may rely on, in their order. */
function readJudgement(called: Called): Judgement {
  expect(called.stderr).toBe('');
  const judgement: Judgement = JSON.parse(called.stdout);
  expect(Object.keys(judgement)).toEqual([
    'decision',
    'controlPlane',
    'decidedBy',
    'serverError',
    'subject',
    'identityType',
    'findings',
  ]);
  expect(judgement.findings.filter(({ code }) => !Object.hasOwn(CATALOGUE, code))).toEqual([]);
  expect(called.status).toBe(judgement.decision === 'accept' ? 0 : 1);
  return judgement;
}

async function judge(args: readonly string[], token: string, input = ''): Promise<Judgement> {
  const called = await call(['token', 'judge', ...args, '--json'], input);
  expectNoToken(called, token);
  return readJudgement(called);
}

describe('the recorded tokens', () => {
  // A line end behind a token is taken off; what stands there beside it is another vector's business.
  const vectors = recordings.vectors.filter(({ id, token }) => id.startsWith('V') && token === token.trim());

  it('are enough', () => {
    expect(vectors.length).toBeGreaterThan(70);
  });

  it.each(['flyte1', 'union'] as const)(
    'are judged as %s did',
    async (name) => {
      const wrong = await forEachOf(vectors, async (one) => {
        const { id, token, keySet, allowedAudience, subjectClaims = [], appClaims = {} } = one;
        const many = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);
        const pairs = Object.entries(appClaims).flatMap(([claim, values]) =>
          values.map((value) => `${claim}=${value}`),
        );
        const judgement = await judge(
          [
            ...many('--allowed-audience', [...allowedAudience, recordings.publicUrl]),
            ...many('--subject-claims', subjectClaims),
            ...many('--app-claims', pairs),
            ...['--control-plane', name, ...AT],
            ...['--token-file', written(`${name}-${id}.token`, `${token}\n`)],
            ...['--key-set-file', written(`${name}-${id}.json`, keySet)],
          ],
          token,
        );
        const { decision, stage = '', subject = '' } = one[name];
        const isRight =
          judgement.controlPlane === name &&
          (decision === 'accept'
            ? judgement.decision === 'accept' &&
              judgement.decidedBy === 'every-rule' &&
              judgement.serverError === '' &&
              judgement.subject === subject
            : judgement.decision === 'refuse' &&
              RULES_OF_STAGE[stage]?.test(judgement.decidedBy) === true &&
              judgement.serverError !== '');
        return isRight ? [] : [`${id}: ${decision} ${stage} there, ${judgement.decision} ${judgement.decidedBy} here`];
      });
      expect(wrong.flat()).toEqual([]);
    },
    LONG,
  );
});

describe('a good token', () => {
  it('in JSON', async () => {
    expect(await judge(GOOD, good.token)).toEqual({
      decision: 'accept',
      controlPlane: 'union',
      decidedBy: 'every-rule',
      serverError: '',
      subject: '0oaci',
      identityType: 'app',
      findings: [
        expect.objectContaining({ code: 'token/signature-valid', severity: 'pass' }),
        expect.objectContaining({ code: 'token/accepted', severity: 'pass' }),
      ],
    });
  });

  it('in words', async () => {
    const called = await call(['token', 'judge', ...GOOD]);
    expectNoToken(called, good.token);
    expect(called).toMatchObject({ status: 0, stderr: '' });
    expect(called.stdout).toMatchInlineSnapshot(`
      "The control plane (union) would accept this token. Decided by: every-rule.
      pass: The signature of the token is valid. One of the advertised keys made it. (token/signature-valid)
      pass: The token passes the rules of the control plane. Judged by the rules of the control plane of Union. (token/accepted)
      "
    `);
  });

  it('from standard input', async () => {
    const args = [...AUDIENCE, ...AT, '--key-set-file', goodKeys];
    expect((await judge(args, good.token, `${good.token}\n`)).decision).toBe('accept');
  });

  it('without a key set: its signature is not checked, and that is said', async () => {
    const { decision, findings } = await judge([...AUDIENCE, ...AT], good.token, good.token);
    expect(decision).toBe('accept');
    expect(findings).toContainEqual(expect.objectContaining({ code: 'key-set/not-advertised', severity: 'warning' }));
  });

  it('of another issuer than the named one', async () => {
    const { findings } = await judge([...GOOD, '--issuer', 'https://other.example.com'], good.token);
    expect(findings.map(({ code }) => code)).toContain('token/issuer-differs');
  });

  it('now: it has expired, or is not valid yet', async () => {
    const args = [...AUDIENCE, '--token-file', goodToken, '--key-set-file', goodKeys];
    expect((await judge([...args, '--at', '2030-01-01T00:00:00Z'], good.token)).decidedBy).toBe('time');
    expect((await judge([...args, '--at', '2020-01-01T00:00:00+02:00'], good.token)).decidedBy).toBe('time');
  });

  it('several audiences in one option, or in several', async () => {
    for (const args of [
      ['--allowed-audience', `api://x\n${recordings.publicUrl}`],
      ['--allowed-audience', 'api://x', ...AUDIENCE],
    ]) {
      const judged = await judge([...args, ...AT, '--key-set-file', goodKeys], good.token, good.token);
      expect(judged.decision).toBe('accept');
    }
  });
});

describe('a bad token', () => {
  async function signed(claims: JWTPayload): Promise<string> {
    const { privateKey } = await generateKeyPair('RS256');
    return await new SignJWT({ aud: recordings.publicUrl, sub: 'ci', exp: 4_000_000_000, ...claims })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
  }

  it('of another audience', async () => {
    const args = ['--allowed-audience', 'api://flyte', ...AT, '--token-file', goodToken, '--key-set-file', goodKeys];
    expect(await judge(args, good.token)).toMatchObject({
      decision: 'refuse',
      decidedBy: 'audience',
      serverError: expect.stringMatching(
        /invalid audience \[&\{\[https:\/\/union\.example\.com\] .*wanted \[map\[api:\/\/flyte:\{\}\]\]/,
      ),
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'token/audience-mismatch', severity: 'error' }),
      ]),
    });
  });

  it('in words, with the fix of the provider that its issuer names', async () => {
    const token = await signed({ iss: 'https://sso.acme.com/realms/acme', client_id: 'ci', scope: 'all' });
    const called = await call(['token', 'judge', ...AUDIENCE, ...AT], token);
    expectNoToken(called, token);
    expect(called).toMatchObject({ status: 1, stderr: '' });
    expect(called.stdout).toContain('would refuse this token. Decided by: scope.');
    expect(called.stdout).toContain('Hardcoded claim: Token Claim Name `scp`, Claim value `["all"]`');
  });

  it('with the fix of a provider that is named', async () => {
    const token = await signed({ client_id: 'ci', scope: 'all' });
    const { stdout } = await call(['token', 'judge', ...AUDIENCE, ...AT, '--provider', 'pingone'], token);
    expect(stdout).toContain('PingOne admin console > Applications > Resources');
  });

  it('is accepted by Flyte 2, which does not look', async () => {
    const token = await signed({ aud: 'api://other', exp: 1_700_000_000 });
    const { decision, findings } = await judge([...AUDIENCE, ...AT, '--control-plane', 'flyte2'], token, token);
    expect(decision).toBe('accept');
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('token/not-verified');
  });

  it.each([
    ['opaque', 'ory_at_Zq7kWm4VxTbRn2Kd8Lm5'],
    ['of three parts that are no JSON', 'bm90LWpzb24tYXQtYWxs.bm90LWpzb24tYXQtYWxs.bm90LWpzb24tYXQtYWxs'],
    ['a secret that was pasted in its place', 'Zq7-kWm_4Vx~9Tb.Rn2-Kd8Lm5'],
  ])('%s', async (_name, token) => {
    const judgement = await judge([...AUDIENCE, ...AT], token, token);
    expect([judgement.decision, judgement.decidedBy]).toEqual(['refuse', 'form']);
  });

  it('that is empty: a wrong call', async () => {
    const { status, stderr } = await call(['token', 'judge', ...AUDIENCE, ...AT], '\n');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('There is no token.') });
  });

  it.each([
    ['behind Bearer', (token: string) => `Bearer ${token}`],
    ['in a header', (token: string) => `authorization: bearer ${token}`],
    ['in quotes', (token: string) => `"${token}"`],
    ['with white space around', (token: string) => `  ${token}\n\n`],
    ['in an answer', (token: string) => JSON.stringify({ access_token: token, expires_in: 3600 })],
    ['broken over lines', (token: string) => token.replace(/.{76}/g, '$&\n')],
  ])('%s, as it was copied', async (_name, copied) => {
    const args = [...AUDIENCE, ...AT, '--key-set-file', goodKeys, '--json'];
    expect(readJudgement(await call(['token', 'judge', ...args], copied(good.token)))).toMatchObject({
      decision: 'accept',
    });
  });

  it.each([
    ['the mask of a log', '***', 'mask'],
    ['an API key', Buffer.from('union.example.com:ci:Zq7-kWm_4Vx~9Tb.Rn2:').toString('base64'), 'key inspect'],
  ])('that is %s: a wrong call', async (_name, text, complaint) => {
    const { status, stdout, stderr } = await call(['token', 'judge', ...AUDIENCE], text);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining(complaint) });
  });

  it('a provider is named in any case, and its own control plane is meant', async () => {
    const args = [...AUDIENCE, ...AT, '--control-plane', 'flyte1', '--provider', 'Flyte', '--json'];
    const { stdout } = await call(['token', 'judge', ...args], good.token);
    expect(JSON.parse(stdout)).toMatchObject({ controlPlane: 'flyte1-own' });
  });

  it('without a key set: accepted only if its signature is valid, and the fix is an option', async () => {
    const { status, stdout } = await call(['token', 'judge', ...AUDIENCE, ...AT], good.token);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^The control plane \(union\) would accept this token, if its signature is valid: /);
    expect(stdout).toContain('Give --key-set-file');
  });

  it('that is an ID token: the fix is the access token, not another audience', async () => {
    const token = await signed({ sub: 'ci', aud: '0oaci', nonce: 'n', scp: ['all'] });
    const { stdout } = await call(['token', 'judge', ...AUDIENCE, ...AT], token);
    expect(stdout).toContain(
      '(token/audience-mismatch)\n  Fix: Send what the token endpoint answers as `access_token`',
    );
  });

  it('that has expired: since when, and how long it was valid', async () => {
    const now = Math.floor(Date.parse(recordings.at) / 1000);
    const token = await signed({ aud: recordings.publicUrl, scp: ['all'], iat: now - 3660, exp: now - 60 });
    const { stdout } = await call(['token', 'judge', ...AUDIENCE, ...AT], token);
    expect(stdout).toContain('The token expired 60 s ago. It was valid for 3600 s.');
  });

  it('whose times are in milliseconds', async () => {
    const token = await signed({ aud: recordings.publicUrl, scp: ['all'], iat: Date.parse(recordings.at) });
    expect((await call(['token', 'judge', ...AUDIENCE, ...AT], token)).stdout).toContain('looks like milliseconds');
  });

  it('whose claims hold commands', async () => {
    const hostile = '\n::set-env name=X::y ##[error]foreign \u001b[31mred\u202e';
    const token = await signed({ sub: hostile, aud: hostile, iss: hostile, scp: [hostile], identitytype: hostile });
    for (const json of [[], ['--json']]) {
      const called = await call(
        ['token', 'judge', ...AUDIENCE, ...AT, '--issuer', 'https://x.example', ...json],
        token,
      );
      expect(called.status).toBe(1);
      expect(called.stdout.replaceAll('\n', '')).toMatch(/^[ -~]*$/);
      expect(called.stdout).not.toMatch(/::|##\[/);
    }
  });

  it('beside a key set that is none', async () => {
    const keys = written('not-keys', 'the-content-of-another-file-Zq7kWm');
    const called = await call(['token', 'judge', ...AUDIENCE, ...AT, '--key-set-file', keys, '--json'], good.token);
    expect(readJudgement(called)).toMatchObject({ decision: 'refuse', decidedBy: 'key-set' });
    expect(called.stdout).not.toContain('Zq7kWm');
  });
});

describe('a wrong call', () => {
  it.each([
    ['no audience', [], 'needs --allowed-audience'],
    ['an unknown control plane', [...AUDIENCE, '--control-plane', 'flyte3'], '--control-plane must be one of'],
    ['an unknown provider', [...AUDIENCE, '--provider', 'oktaa'], '--provider must be one of'],
    ['a time without a zone', [...AUDIENCE, '--at', '2026-11-25T12:00:00'], '--at must be a time'],
    ['a time that is none', [...AUDIENCE, '--at', '2026-13-45T99:00:00Z'], '--at must be a time'],
    ['app claims without a value', [...AUDIENCE, '--app-claims', 'identitytype'], '--app-claims must be claim=value'],
    ['a token as an argument', [...AUDIENCE, good.token], 'There is an argument too many'],
    ['a token as an option', [...AUDIENCE, '--token', good.token], '--token is refused'],
    ['a token file that is not there', [...AUDIENCE, '--token-file', join(folder, 'none')], 'can not be read'],
    ['a folder in place of a token file', [...AUDIENCE, '--token-file', folder], 'can not be read'],
    ['a key set file that is not there', [...AUDIENCE, '--key-set-file', join(folder, 'none')], 'can not be read'],
  ])('%s', async (_name, args, complaint) => {
    const called = await call(['token', 'judge', ...args], good.token);
    expect({ status: called.status, stdout: called.stdout }).toEqual({ status: 2, stdout: '' });
    expect(called.stderr).toMatch(/^union-auth: [ -~]+\n$/);
    expect(called.stderr).toContain(complaint);
    expectNoToken(called, good.token);
  });

  it('a file that is too large, whose content is not named', async () => {
    const file = written('large', good.token.repeat(30_000));
    const called = await call(['token', 'judge', ...AUDIENCE, '--token-file', file]);
    expect(called).toMatchObject({ status: 2, stdout: '' });
    expectNoToken(called, good.token);
  });
});
