import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type FindingCode } from '../../src/catalogue.ts';
import { definitionOf, type FindingDefinition, linkOf } from '../../src/findings/finding.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import type { ProviderAnswerCase, ProviderCases } from '../identity-provider/provider-cases.ts';
import { type Called, call, forEachOf } from './command-line.ts';

const CASES = join(import.meta.dirname, '../identity-provider/providers');
const folder = temporaryFolder();
/** For many processes on a busy machine. */
const LONG = 180_000;

const all: ProviderCases[] = await Promise.all(
  readdirSync(CASES).map(async (file) => ((await import(join(CASES, file))) as { cases: ProviderCases }).cases),
);

interface Explanation {
  provider: string;
  finding: { code: string; title: string; cause: string; fix: string; docs: string };
  detail: string;
  others: string[];
}

/** A call that explains something, and what it printed. */
async function explain(args: readonly string[], input: string | object = ''): Promise<Explanation> {
  const called = await call(['explain', ...args, '--json'], typeof input === 'string' ? input : JSON.stringify(input));
  expect({ status: called.status, stderr: called.stderr }).toEqual({ status: 0, stderr: '' });
  return readExplanation(called);
}

/** Exactly the members that scripts may rely on, in their order. */
function readExplanation({ stdout }: Called): Explanation {
  const explanation: Explanation = JSON.parse(stdout);
  expect(Object.keys(explanation)).toEqual(['provider', 'finding', 'detail', 'evidence', 'others']);
  expect(Object.keys(explanation.finding)).toEqual(['code', 'title', 'cause', 'fix', 'docs']);
  expect(Object.values(explanation.finding).every((text) => typeof text === 'string' && text !== '')).toBe(true);
  expect(explanation.others.every((code) => Object.hasOwn(CATALOGUE, code))).toBe(true);
  return explanation;
}

/** A wrong call: one line on standard error, and nothing else. */
async function wrongCall(args: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await call(['explain', ...args], input);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^union-auth: [ -~]+\n$/);
  return stderr;
}

/** An access token that nobody issued. */
const MADE_UP_TOKEN = ['{"alg":"RS256"}', '{"sub":"ci"}', 'no signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

const textOf = ({ body }: Pick<ProviderAnswerCase, 'body'>): string =>
  typeof body === 'string' ? body : JSON.stringify(body);

describe('an answer of a provider', () => {
  const answers = all.flatMap(({ provider, answers: own }) => own.map((answer) => ({ provider, answer })));

  it(
    `each of the ${answers.length} known ones has its finding where the provider is named`,
    async () => {
      const wrong = await forEachOf(answers, async ({ provider, answer }) => {
        const args = ['--provider', provider, '--status', String(answer.status)];
        const { provider: told, finding, detail } = await explain(args, textOf(answer));
        expect([told, detail]).toEqual([provider, expect.stringContaining(String(answer.status))]);
        return finding.code === answer.code ? [] : [`${provider} ${answer.code}: ${finding.code}`];
      });
      expect(wrong.flat()).toEqual([]);
    },
    LONG,
  );

  it('says the same in words', async () => {
    const body = { error: 'invalid_dpop_proof', error_description: 'The DPoP proof JWT header is missing.' };
    const { status, stdout } = await call(['explain', '--provider', 'okta', '--status', '400'], JSON.stringify(body));
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "The Okta app demands DPoP, which no Flyte client can send (idp/okta/dpop-required)
        Seen:  The token endpoint of Okta answered 400 with invalid_dpop_proof: The DPoP proof JWT header is missing.
        At:    okta
               status: 400
               error: invalid_dpop_proof
        Cause: API Services apps require a DPoP proof by default.
        Fix:   Admin Console > Applications > the CI app > General > General Settings > Proof of possession: clear "Require Demonstrating Proof of Possession (DPoP) header in token requests".
        More:  https://github.com/org/union-auth-action/blob/v1/docs/findings.md#idpoktadpop-required
      "
    `);
  });

  it('names the provider whose words it are, where none is named', async () => {
    const body = { error: 'invalid_client', error_description: "Invalid value for 'client_id' parameter." };
    expect(await explain(['--status', '401'], body)).toMatchObject({
      provider: 'okta',
      finding: { code: 'idp/okta/unknown-client' },
      others: [],
    });
  });

  it('names all that it could be, where several providers use the same words', async () => {
    const { provider, finding, others } = await explain(['--status', '401'], {
      error: 'invalid_client',
      error_description:
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
    });
    expect({ provider, code: finding.code, others }).toEqual({
      provider: 'generic',
      code: 'idp/wrong-secret',
      others: ['idp/flyte/wrong-secret', 'idp/hydra/wrong-secret'],
    });
  });

  it('gives the general finding with the advice of the provider', async () => {
    const { finding } = await explain(['--provider', 'pingfederate', '--status', '401'], { error: 'invalid_client' });
    expect(finding).toMatchObject({ code: 'idp/wrong-secret', fix: expect.stringContaining('PingFederate admin') });
  });

  it('is read from a file, and has no status that nobody gave', async () => {
    const file = join(folder, 'answer.json');
    writeFileSync(file, '{"error":"invalid_target"}\n');
    expect(await explain(['--file', file])).toMatchObject({
      provider: 'generic',
      finding: { code: 'idp/invalid-audience' },
      detail: 'The token endpoint answered with invalid_target.',
    });
  });

  it.each([
    ['nothing', '', '401', 'idp/wrong-secret'],
    ['nothing at all at 404', '', '404', 'idp/not-a-token-endpoint'],
    ['a web page', '<!DOCTYPE html><html><title>Sign in</title></html>', '403', 'idp/html'],
    ['a text', 'upstream connect error', '503', 'idp/server-error'],
    ['an error with a status of success', '{"error":"invalid_target"}', '200', 'idp/error-in-success'],
    ['no token with a status of success', '{"id_token":"x"}', '200', 'idp/no-access-token'],
  ])('%s', async (_name, input, status, code) => {
    expect((await explain(['--status', status], input)).finding.code).toBe(code);
  });
});

describe('a code', () => {
  it.each(['idp/okta/dpop-required', 'plane/token-refused', 'key/quoted', 'event/secret-not-set'] as FindingCode[])(
    '%s',
    async (code) => {
      const { title, cause, fix } = definitionOf({ code, severity: 'error', detail: '' });
      expect(await explain([code])).toEqual({
        provider: code.startsWith('idp/okta/') ? 'okta' : '',
        finding: { code, title, cause, fix, docs: linkOf({ code }) },
        detail: '',
        evidence: {},
        others: [],
      });
    },
  );

  it.each(['idp/okta/nothing-like-it', 'constructor', '__proto__', 'Zq7-kWm_4Vx~9Tb.Rn2', '::error::x\u001b[31m'])(
    'that is none, and is not repeated: %j',
    async (code) => {
      const complaint = await wrongCall([code]);
      expect(complaint).toContain('There is no finding with this code');
      expect(complaint).not.toContain(code);
    },
  );
});

describe('a text of a log', () => {
  it('by the words of the client', async () => {
    const log = [
      '2026-11-25 12:00:00 INFO starting',
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3.12/json/decoder.py", line 356, in raw_decode',
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
      '',
    ].join('\n');
    expect(await explain([], log)).toMatchObject({ finding: { code: 'idp/html' }, detail: '' });
  });

  it.each([
    ['json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)', 'idp/html'],
    [
      "E1125 rpc error: code = Unauthenticated desc = x, authenticated user doesn't have required scope",
      'token/scope-all-missing',
    ],
    ['nginx: upstream sent too big header while reading response header from upstream', 'token/large'],
    ['AADSTS7000222: The provided client secret keys are expired. Visit the Azure portal', 'idp/entra/secret-expired'],
    ["ConnectError: Illegal header name b''", 'discovery/metadata-key-empty'],
  ])('%s', async (log, code) => {
    expect((await explain([], `line before\n${log}\nline after`)).finding.code).toBe(code);
  });

  it(
    'each of the error texts of the catalogue leads to a finding that has it',
    async () => {
      const texts = Object.entries<FindingDefinition>(CATALOGUE).flatMap(([code, { errorTexts = [] }]) =>
        errorTexts.map((text) => ({ code, text })),
      );
      const wrong = await forEachOf(texts, async ({ code, text }) => {
        const { status, stdout } = await call(['explain', '--json'], `E 12:00 ${text}\n`);
        const { finding, others }: Explanation =
          status === 0 ? JSON.parse(stdout) : { finding: { code: '' }, others: [] };
        return [finding.code, ...others].includes(code) ? [] : [`${code}: ${text} -> ${finding.code}`];
      });
      expect(wrong.flat()).toEqual([]);
    },
    LONG,
  );
});

describe('a log as it was copied', () => {
  const BOX = [
    '╭─ Error ─────────────────────────────────────────────────────────╮',
    '│ Status Code (401) received from IDP:                             │',
    '│ {"error":"invalid_client","error_description":"The client secret │',
    '│ supplied for a confidential client is invalid."}                 │',
    '╰─────────────────────────────────────────────────────────────────╯',
  ];
  const ASCII_BOX = [
    '+-- Error ------------------------------------------------------+',
    '| Status Code (401) received from IDP: {"error":"invalid_client",|',
    '| "error_description":"The client secret supplied for a          |',
    '| confidential client is invalid."}                              |',
    '+---------------------------------------------------------------+',
  ];
  const IN_A_WORD = [
    '│ received from IDP: {"error":"invalid_client","error_desc│',
    '│ ription":"The client secret supplied for a confiden     │',
    '│ tial client is invalid."}                               │',
  ];
  const timed = (line: string): string => `2026-11-25T10:12:20.1234567Z ${line}`;
  const coloured = (line: string): string => `\u001b[31m${line}\u001b[0m`;
  const viewed = (line: string): string => `deploy\tRun flyte\t${timed(line)}`;

  it.each([
    ['a box', BOX],
    ['a box with the times of the runner', BOX.map(timed)],
    ['a box in colours with the times of the runner', BOX.map(coloured).map(timed)],
    ['a box of gh run view --log', BOX.map(viewed)],
    ['a box with Windows line ends', BOX.map((line) => `${line}\r`)],
    ['a box of ASCII signs', ASCII_BOX.map(timed)],
    ['a box that breaks a word', IN_A_WORD],
  ])('%s', async (_name, lines) => {
    expect((await explain([], `${lines.join('\n')}\n`)).finding.code).toBe('idp/okta/wrong-secret');
  });

  it('a file that Windows PowerShell wrote', async () => {
    const file = join(folder, 'utf-16.log');
    writeFileSync(file, `\ufeff${BOX.join('\r\n')}`, 'utf16le');
    expect((await explain(['--file', file])).finding.code).toBe('idp/okta/wrong-secret');
  });
});

describe('what must not come out', () => {
  const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjaSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';

  it('a token: there is nothing to explain', async () => {
    const answer = JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 });
    const complaint = await wrongCall(['--status', '200'], answer);
    expect(complaint).toContain('token judge');
    expect(complaint).not.toContain(TOKEN.slice(-12));
  });

  it.each([
    ['without expires_in', { token_type: 'Bearer' }, 'idp/no-expires-in'],
    ['that is no bearer token', { token_type: 'DPoP', expires_in: 60 }, 'idp/token-type-not-bearer'],
    ['with an error beside it', { error: 'invalid_scope', expires_in: 60 }, undefined],
  ])('a token %s', async (_name, members, code) => {
    const { status, stdout, stderr } = await call(
      ['explain', '--status', '200', '--json'],
      JSON.stringify({ access_token: TOKEN, ...members }),
    );
    expect(stdout + stderr).not.toContain(TOKEN.slice(-12));
    if (code !== undefined) {
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ finding: { code } });
    }
  });

  const HOSTILE = [
    '::set-env name=PATH::/tmp/evil',
    '\r\n::stop-commands::x',
    '##[add-path]/tmp/evil',
    '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example.test\u0007link\u0000\u0085\u202e\u2028',
  ].join('\n');

  it.each([
    ['in a description', { error: 'invalid_scope', error_description: HOSTILE }],
    ['in an error', { error: HOSTILE }],
    ['in the words of a provider', { error: 'invalid_scope', error_description: `Invalid scopes: ${HOSTILE}` }],
    ['in a message', { message: HOSTILE }],
    ['in a web page', `<html><title>${HOSTILE}</title></html>`],
    ['in a text', HOSTILE],
  ])('a command or a control character %s', async (_name, input) => {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    for (const args of [['explain'], ['explain', '--json']]) {
      const { status, stdout, stderr } = await call([...args, '--status', '400'], text);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.replaceAll('\n', '')).toMatch(/^[ -~]*$/);
      expect(stdout).not.toMatch(/::|##\[/);
    }
  });

  it('a long answer is explained, and shortened', async () => {
    const description = 'Client authentication failed '.repeat(10_000);
    const { finding, detail } = await explain([], { error: 'invalid_client', error_description: description });
    expect(finding.code).toBe('idp/wrong-secret');
    expect(detail.length).toBeLessThan(1_000);
  });

  it('more than anybody would paste is not read', async () => {
    expect(await wrongCall([], 'x'.repeat(3_000_000))).toContain('larger than 2 MiB');
  });
});

describe('what is easily taken for something else', () => {
  it('an error without words names no provider', async () => {
    expect((await explain(['--status', '401'], { error: 'invalid_client' })).provider).toBe('generic');
  });

  it('the web page of a token endpoint is not that of an ingress', async () => {
    const page = '<html><head><title>403 Forbidden</title></head></html>';
    expect((await explain(['--provider', 'okta', '--status', '403'], page)).finding.code).toBe('idp/html');
  });

  it('an error of Connect is one of the control plane', async () => {
    const message =
      'token parse error [JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata, caused by: x';
    expect((await explain([], { code: 'unauthenticated', message })).finding.code).toMatch(/^(plane|token)\//);
  });

  it('an answer of a provider in a line of a log is read', async () => {
    const body = { error: 'invalid_client', error_description: "Invalid value for 'client_id' parameter." };
    const log = `RuntimeError: Status Code (401) received from IDP: ${JSON.stringify(body)}`;
    expect((await explain([], log)).finding.code).toBe('idp/okta/unknown-client');
  });

  it('the words of the client without the name of their class', async () => {
    expect((await explain([], 'E: Expecting value: line 1 column 1 (char 0)')).finding.code).toBe('idp/html');
  });

  it.each([
    ['prose', 'the build is green'],
    ['prose of another language', 'Die Anmeldung ist fehlgeschlagen. \u30ed\u30b0\u30a4\u30f3'],
    ['signs', '\u0000\u0001\ufffd{{{{'],
    ['a long line', 'x'.repeat(1_000_000)],
    ['edges of boxes alone', '│ '.repeat(300_000)],
  ])('%s says nothing: exit 1, and no finding', async (_name, text) => {
    const plain = await call(['explain'], text);
    expect(plain).toMatchObject({ status: 1, stderr: '' });
    expect(plain.stdout).toMatch(/^Nothing in this text is known\./);
    expect(await call(['explain', '--json'], text)).toMatchObject({ status: 1, stdout: '{\n  "finding": null\n}\n' });
  });

  it.each([
    ['an access token', MADE_UP_TOKEN, 'token judge'],
    ['an API key', Buffer.from('union.example.com:ci:Zq7-kWm_4Vx~9Tb.Rn2:').toString('base64'), 'key inspect'],
  ])('%s is named, and not printed', async (_name, text, command) => {
    const complaint = await wrongCall([], `${text}\n`);
    expect(complaint).toContain(command);
    expect(complaint).not.toContain(text.slice(-12));
  });

  it('what the control plane says after any refusal does not hide the reason in the same log', async () => {
    const log = [
      '{"msg":"Failed to parse Access Token from context. Error: failed to validate token: Token is expired"}',
      '{"msg":"token parse error [JWT_VERIFICATION_FAILED] Could not retrieve id token from metadata <nil>"}',
    ];
    expect((await explain([], log.join('\n'))).finding.code).toBe('token/expired');
    expect((await explain([], log[1] ?? '')).finding.code).toBe('plane/token-refused');
  });

  it('a code of Entra that has no finding still names Entra', async () => {
    const answer = { error: 'invalid_client', error_description: 'AADSTS99999999: Something new. Trace ID: x' };
    expect((await explain([], answer)).provider).toBe('entra');
    const { provider, detail } = await explain([], 'it said AADSTS99999999: Something new.');
    expect([provider, detail]).toEqual(['entra', expect.stringContaining('AADSTS99999999')]);
  });

  it('of several answers the last is explained', async () => {
    const answers = ['{"error":"invalid_scope"}', '{"error":"invalid_client"}'];
    expect((await explain([], answers.join('\nthen '))).finding.code).toBe('idp/wrong-secret');
  });

  it('the error of another program in a log of JSON is no answer', async () => {
    const log = [
      '{"level":"error","error":"context canceled","msg":"x"}',
      '{"level":"error","error":"failed to validate token: Token is expired","msg":"x"}',
    ];
    expect((await explain([], log.join('\n'))).finding.code).toBe('token/expired');
  });

  it('an answer behind many lines of JSON is found', async () => {
    const lines = '{"level":"info","msg":"x"}\n'.repeat(40_000);
    const answer = '{"error":"invalid_client","error_description":"Invalid value for \'client_id\' parameter."}';
    expect((await explain([], lines + answer)).finding.code).toBe('idp/okta/unknown-client');
  });
});

describe('a wrong call', () => {
  it.each([
    ['an unknown provider', ['--provider', 'oktaa']],
    ['a provider by a name of all objects', ['--provider', 'constructor']],
    ['a status that is none', ['--status', '4000']],
    ['a status in words', ['--status', 'four']],
    ['two codes', ['idp/html', 'idp/refused']],
    ['an unknown option', ['--secret', 'Zq7-kWm_4Vx~9Tb.Rn2']],
    ['an option without its value', ['--file']],
    ['a file that is not there', ['--file', join(folder, 'no-such-file-Zq7')]],
    ['a folder', ['--file', folder]],
  ])('%s', async (_name, args) => {
    const complaint = await wrongCall(args);
    expect(complaint).toMatch(/See union-auth (?:explain )?--help\.$/m);
    for (const value of args.filter((arg) => /Zq7|oktaa|constructor|four/.test(arg))) {
      expect(complaint).not.toContain(value);
    }
  });

  it.each(['Okta', 'azure', 'AzureAD'])('%s is a provider', async (name) => {
    const { provider } = await explain(['--provider', name, '--status', '401'], { error: 'invalid_client' });
    expect(provider).toBe(name === 'Okta' ? 'okta' : 'entra');
  });

  it('an unknown provider: the known ones are named', async () => {
    const complaint = await wrongCall(['--provider', 'x']);
    expect(PROVIDERS.filter(({ name }) => !complaint.includes(name))).toEqual([]);
  });
});
