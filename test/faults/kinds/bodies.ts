import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { FindingCode } from '../../../src/catalogue.ts';
import { answerOf } from '../../transport/raw-server.ts';
import { answers } from '../answers.ts';
import type { FaultCase } from '../fault-case.ts';
import type { Fault } from '../fault-server.ts';
import { ALL_STEPS, type Ending, endingOf, fails, passes, READING_STEPS, STEPS, type Step, warns } from '../steps.ts';

const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>::error::foreign</body></html>';
const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1024 * 1024;

/** How a run ends where a step is answered with success, and with something that is not what was asked for. */
function endingOfOther(step: Step, what: 'page' | 'text'): Ending {
  switch (step.name) {
    case 'discovery':
      return fails(what === 'page' ? 'discovery/html' : 'discovery/unreadable-answer');
    case 'provider-metadata':
      return passes(`200  GET ${step.host}/`);
    case 'token':
      return fails(what === 'page' ? 'idp/html' : 'idp/not-json');
    case 'key-set':
      return fails('key-set/unreadable');
    case 'identity':
      // A page may stand in the place of one route, and another may know more.
      return what === 'page' ? warns('plane/no-identity-route') : fails('plane/unreadable-answer');
    default:
      return endingOf(step, 'github/unreadable-answer');
  }
}

const PAGES: readonly (readonly [string, 'page' | 'text', Fault])[] = [
  ['a web page', 'page', answers(200, { 'content-type': 'text/html; charset=utf-8' }, HTML)],
  ['a web page without a type', 'page', answers(200, {}, HTML)],
  ['a web page that says it is JSON', 'page', answers(200, JSON_TYPE, HTML)],
  ['a web page behind white space', 'page', answers(200, {}, `\n\n  ${HTML}`)],
  ['XML', 'page', answers(200, { 'content-type': 'application/xml' }, '<?xml version="1.0"?><a/>')],
  ['text', 'text', answers(200, { 'content-type': 'text/plain' }, 'ok')],
  ['nothing', 'text', answers(200)],
  ['nothing, as JSON', 'text', answers(200, JSON_TYPE)],
  ['an image', 'text', answers(200, { 'content-type': 'image/png' }, Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['a form', 'text', answers(200, { 'content-type': 'application/x-www-form-urlencoded' }, 'access_token=a&x=b')],
  ['gRPC', 'text', answers(200, { 'content-type': 'application/grpc', 'grpc-status': '12' })],
  ['half of a JSON text', 'text', answers(200, JSON_TYPE, '{"access_token":"half-of-a-tok')],
  ['bytes that are no UTF-8', 'text', answers(200, JSON_TYPE, Buffer.from('[{"a":"\u00ff\u00fe"}', 'latin1'))],
];

/** More than the largest answer of any step. */
const HUGE = Buffer.alloc(17 * MEGABYTE, ' ');

const ENDLESS: Fault = {
  answer(exchange) {
    exchange.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
    const timer = setInterval(() => exchange.write(HUGE.subarray(0, MEGABYTE)), 5);
    exchange.onClose(() => clearInterval(timer));
  },
};

function packed(encoding: string, body: Buffer): Fault {
  return answers(200, { ...JSON_TYPE, 'content-encoding': encoding }, body);
}

const ZEROS = Buffer.alloc(50 * MEGABYTE);
const BOMB = gzipSync(ZEROS);
const DEFLATED_BOMB = deflateSync(ZEROS);
const PACKED = gzipSync('{"access_token":"a"}');

const BODIES: readonly (readonly [string, FindingCode, Fault])[] = [
  ['17 MB', 'network/answer-too-large', answers(200, JSON_TYPE, HUGE)],
  ['without an end', 'network/answer-too-large', ENDLESS],
  ['50 MB packed into 50 kB', 'network/answer-too-large', packed('gzip', BOMB)],
  ['50 MB packed by deflate', 'network/answer-too-large', packed('deflate', DEFLATED_BOMB)],
  ['said to be packed, and is not', 'network/answer-unreadable', packed('gzip', Buffer.from('{"a":1}'))],
  ['packed and cut', 'network/answer-unreadable', packed('gzip', PACKED.subarray(0, 18))],
  ['packed, with a changed byte', 'network/answer-unreadable', packed('gzip', changed(PACKED, 14))],
  ['packed twice', 'network/answer-unreadable', packed('gzip, gzip', gzipSync(PACKED))],
  ['packed by brotli, unasked', 'network/answer-unreadable', packed('br', brotliCompressSync('{}'))],
  ['packed in a way that nobody knows', 'network/answer-unreadable', packed('x-made-up', PACKED)],
];

function changed(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy.readUInt8(position) + 1) % 256, position);
  return copy;
}

const raw = (bytes: string | Buffer): Fault => ({ answer: (exchange) => exchange.end(bytes) });
const OK = 'HTTP/1.1 200 OK\r\n';

const SYNTAX: readonly (readonly [string, FindingCode, Fault])[] = [
  ['a line of text', 'network/connection-lost', raw('HELLO\r\n\r\n')],
  ['HTTP/0.9', 'network/connection-lost', raw('<html>hello</html>')],
  ['HTTP/2', 'network/connection-lost', raw(Buffer.from('000012040000000000000300000080', 'hex'))],
  ['HTTP/9.9', 'network/connection-lost', raw('HTTP/9.9 200 OK\r\n\r\n')],
  ['a status of two digits', 'network/connection-lost', raw('HTTP/1.1 20 OK\r\n\r\n')],
  ['a status of four digits', 'network/connection-lost', raw('HTTP/1.1 2000 OK\r\n\r\n')],
  ['a status that is a word', 'network/connection-lost', raw('HTTP/1.1 OK\r\n\r\n')],
  ['a negative length', 'network/connection-lost', raw(`${OK}content-length: -1\r\n\r\n`)],
  ['a length that is a word', 'network/connection-lost', raw(`${OK}content-length: many\r\n\r\n`)],
  ['two lengths', 'network/connection-lost', raw(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`)],
  [
    'a length and chunks',
    'network/connection-lost',
    raw(`${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
  ],
  ['a chunk of no size', 'network/connection-lost', raw(`${OK}transfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n`)],
  [
    'a chunk of more bytes than there are',
    'network/connection-lost',
    raw(`${OK}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n`),
  ],
  ['a header without a colon', 'network/connection-lost', raw(`${OK}broken header\r\n\r\n`)],
  ['a space before a colon', 'network/connection-lost', raw(`${OK}broken : x\r\n\r\n`)],
  ['a NUL in a header', 'network/connection-lost', raw(`${OK}x-nul: a\0b\r\n\r\n`)],
  ['headers of 100 kB', 'network/answer-too-large', raw(`${OK}x-large: ${'x'.repeat(100_000)}\r\n\r\n`)],
  ['10,000 headers', 'network/answer-too-large', raw(`${OK}${'x-many: yes\r\n'.repeat(10_000)}\r\n`)],
];

function networkCases(kind: FaultCase['kind'], steps: readonly Step[], faults: typeof BODIES): FaultCase[] {
  return steps.flatMap((step) =>
    faults.map(([title, code, fault]): FaultCase => ({ kind, step, title, fault, ending: endingOf(step, code) })),
  );
}

/** Node drops such an answer without a word. */
const SWITCH = raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');

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

/** An answer comes whole, and can not be used. */
export const BODY_CASES: readonly FaultCase[] = [
  ...ALL_STEPS.flatMap((step) =>
    PAGES.map(([title, what, fault]): FaultCase => {
      return { kind: 'page', step, title, fault, ending: endingOfOther(step, what) };
    }),
  ),
  ...networkCases('body', ALL_STEPS, BODIES),
  ...networkCases('syntax', READING_STEPS, SYNTAX),
  ...ALL_STEPS.map(
    (step): FaultCase => ({
      kind: 'syntax',
      step,
      title: 'another protocol',
      fault: SWITCH,
      inputs: { 'timeout-seconds': '2', retries: '0' },
      ending: endingOf(step, 'network/timeout'),
    }),
  ),
  ...HINTS,
];
