import type { FindingCode } from '../../../src/catalogue.ts';
import { preload } from '../../e2e/preload.ts';
import type { Answer } from '../../lab/answers.ts';
import { answerOf } from '../../transport/raw-server.ts';
import type { FaultCase } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import type { Fault } from '../fault-server.ts';
import { type Ending, fails, notes, PINNED_DISCOVERY, passes, STEPS, type Step, warns } from '../steps.ts';
import { answers } from './http.ts';

const REPEATED = [PINNED_DISCOVERY, STEPS['provider-metadata'], STEPS.token, STEPS['key-set'], STEPS.reminder];

const PASSING: readonly (readonly [title: string, fault: Fault, inputs?: FaultCase['inputs']])[] = [
  ['a reset before TLS, once', { connection: (socket) => void socket.resetAndDestroy() }],
  ['a close before TLS, once', { connection: (socket) => void socket.end() }],
  ['a reset before the headers, once', { answer: (exchange) => exchange.reset() }],
  ['a close before the headers, once', { answer: (exchange) => exchange.end() }],
  ['a body that is cut, once', { answer: (exchange) => exchange.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{') }],
  ['no HTTP, once', { answer: (exchange) => exchange.end('HELLO\r\n\r\n') }],
  ['silence, once', { answer: () => undefined }, { 'timeout-seconds': '2' }],
  ['502, once', answers(502, { 'content-type': 'text/html' }, '<html>Bad Gateway</html>')],
  ['503, once', answers(503)],
  ['504, once', answers(504)],
];

/** A name that leads to the server of the step, and at first does not: `fails` is what the first look-up ends with. */
function wayward(step: Step, title: string, fails: string, code: FindingCode): FaultCase {
  const name = 'way.example.test';
  return {
    kind: 'transient',
    step,
    title,
    isUnmapped: true,
    environment: preload(`import dns from 'node:dns'; import { syncBuiltinESMExports } from 'node:module';
      let asked = 0;
      const failed = (code) => Object.assign(new Error('made up'), { code });
      dns.lookup = (host, options, callback) => process.nextTick(() => {
        const found = host !== '${name}' ? failed('ENOTFOUND') : ++asked === 1 ? ${fails} : '127.0.0.1';
        if (typeof found !== 'string') callback(found);
        else if (options.all) callback(null, [{ address: found, family: 4 }]);
        else callback(null, found, 4);
      });
      syncBuiltinESMExports();`),
    arrange: ({ ports }) => ({ connectTo: [`${step.host}:443:${name}:${ports.get(step.host) ?? 0}`] }),
    ending: passes(`${code}  `),
  };
}

/** Linux has the whole network 127.0.0.0/8; nothing of the lab listens at another address of it. */
const REFUSALS = process.platform === 'linux' ? ([['a refusal, once', "'127.0.0.2'", 'network/refused']] as const) : [];

const WAYS: readonly (readonly [title: string, fails: string, code: FindingCode])[] = [
  ['EAI_AGAIN, once', "failed('EAI_AGAIN')", 'network/name-service-failed'],
  ['no route, once', "failed('EHOSTUNREACH')", 'network/unreachable'],
  ...REFUSALS,
];

/** The answer of the token endpoint, around which something else is odd. */
function grants(
  title: string,
  make: (token: string) => Answer | Promise<Answer>,
  ending: Ending = passes(),
): FaultCase {
  return {
    kind: 'json',
    step: STEPS.token,
    title,
    arrange({ deployment }: FaultLab) {
      const { provider } = deployment;
      provider.on('POST', provider.paths.token, async () => await make(await deployment.signToken()));
      return {};
    },
    ending,
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (body: string, headers = JSON_TYPE): Answer => ({ headers, body });
const REST = '"expires_in":3600,"token_type":"Bearer"';

const GRANTS: readonly FaultCase[] = [
  grants('y: the last of two tokens counts', (token) => json(`{"access_token":"x","access_token":"${token}",${REST}}`)),
  grants(
    'y: the last of two tokens is empty',
    (token) => json(`{"access_token":"${token}",${REST},"access_token":""}`),
    fails('idp/no-access-token'),
  ),
  grants('y: two expiries', (token) => json(`{"expires_in":0,"access_token":"${token}",${REST}}`)),
  grants(
    'y: two expiries, the last is none',
    (token) => json(`{"access_token":"${token}",${REST},"expires_in":0}`),
    fails('idp/expires-in-not-usable'),
  ),
  grants('y: a token of escapes', (token) => json(`{"access_token":"${escaped(token)}",${REST}}`)),
  grants('i: a token behind a byte order mark', (token) => json(`\ufeff{"access_token":"${token}",${REST}}`)),
  grants(
    'n: a token, and then something',
    (token) => json(`{"access_token":"${token}",${REST}} ,`),
    fails('idp/not-json'),
  ),
  grants('y: a token as text/plain', (token) =>
    json(`{"access_token":"${token}",${REST}}`, { 'content-type': 'text/plain' }),
  ),
  grants('y: a token as HTML', (token) => json(`{"access_token":"${token}",${REST}}`, { 'content-type': 'text/html' })),
  grants('y: a token that is a number', () => json(`{"access_token":12345678,${REST}}`), fails('idp/no-access-token')),
  grants(
    'y: a token that is a list',
    (token) => json(`{"access_token":["${token}"],${REST}}`),
    fails('idp/no-access-token'),
  ),
  grants(
    'y: an expiry beyond any',
    (token) => json(`{"access_token":"${token}","expires_in":1e999,"token_type":"Bearer"}`),
    fails('idp/expires-in-not-usable'),
  ),
  grants(
    'y: a negative expiry',
    (token) => json(`{"access_token":"${token}","expires_in":-1,"token_type":"Bearer"}`),
    fails('idp/expires-in-not-usable'),
  ),
  grants(
    'y: a token that is no JWT',
    () => json(`{"access_token":"opaque-token-0123456789",${REST}}`),
    fails('token/opaque'),
  ),
  grants(
    'y: half of a JWT',
    (token) => json(`{"access_token":"${token.slice(0, token.length / 2)}",${REST}}`),
    fails('token/opaque'),
  ),
  grants(
    'y: a JWT with a changed signature',
    (token) => json(`{"access_token":"${token.slice(0, -8)}AAAAAAAA",${REST}}`),
    fails('token/signature-invalid'),
  ),
];

function escaped(text: string): string {
  return [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Heads that come before the answer, which is the right one. */
const HINTS: readonly FaultCase[] = [100, 102, 103].map((status): FaultCase => {
  return {
    kind: 'syntax',
    step: STEPS['key-set'],
    title: `${status} before the answer`,
    fault: {
      answer(exchange) {
        exchange.write(`HTTP/1.1 ${status} X\r\nlink: </style.css>\r\n\r\n`);
        exchange.end(answerOf(404, { connection: 'close' }));
      },
    },
    ending: warns('key-set/unavailable', '404  GET keys.example.test/'),
    requests: 1,
  };
});

const REVOCATIONS: readonly (readonly [string, Answer])[] = [
  ['a reset', { reset: true }],
  ['no answer', { hang: true }],
  ['302', { status: 302, headers: { location: 'https://login.example.test/' } }],
  ['400', { status: 400, body: { error: 'unsupported_token_type' } }],
  ['401', { status: 401 }],
  ['404', { status: 404 }],
  ['429', { status: 429, headers: { 'retry-after': '1' } }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['a body of 1 MB', { body: 'x'.repeat(1024 * 1024) }],
  ['a wrong encoding', { headers: { 'content-encoding': 'br' }, body: 'x' }],
];

/** Faults that pass, and what comes around an answer that is right. */
export const TRANSIENT_CASES: readonly FaultCase[] = [
  ...REPEATED.flatMap((step) =>
    PASSING.map(([title, fault, inputs = {}]): FaultCase => {
      return { kind: 'transient', step, title, fault, times: 1, inputs, ending: passes() };
    }),
  ),
  ...REPEATED.flatMap((step) => WAYS.map(([title, fails, code]) => wayward(step, title, fails, code))),
  ...GRANTS,
  ...HINTS,
  ...REVOCATIONS.map(([title, answer]): FaultCase => {
    return {
      kind: 'revocation',
      step: STEPS.token,
      title,
      inputs: answer.hang ? { 'timeout-seconds': '2' } : {},
      arrange({ deployment: { provider } }) {
        provider.on('POST', provider.paths.revocation, answer);
        return {};
      },
      ending: notes('idp/token-not-revoked'),
    };
  }),
];
