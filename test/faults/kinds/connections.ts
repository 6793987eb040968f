import type { Socket } from 'node:net';
import type { FindingCode } from '../../../src/catalogue.ts';
import { failingNames, names } from '../../e2e/preload.ts';
import { answers } from '../answers.ts';
import type { FaultCase } from '../fault-case.ts';
import type { Exchange, Fault } from '../fault-server.ts';
import { endingOfStatus } from '../status-endings.ts';
import { ALL_STEPS, endingOf, STEPS, type Step } from '../steps.ts';

const HALF_OF_THE_HEADERS = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-le';
const HALF_OF_THE_BODY =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"access_token": "half-of-a-token';
const HALF_OF_A_CHUNK =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"access_token": "half-of';
/** The beginning of a TLS record: a handshake of 122 bytes, of which two come. */
const HALF_OF_A_HANDSHAKE = Buffer.from('160303007a0200', 'hex');

/** Quick, and long enough for a machine that does other things too. */
const IMPATIENT = { 'timeout-seconds': '2', retries: '0' };

/** The places at which a connection can end or fall silent, each with what is sent before. */
const PHASES: readonly (readonly [name: string, play: (end: (socket: Ending) => void) => Fault])[] = [
  ['before TLS', (end) => ({ connection: (socket) => end(endingOfSocket(socket)) })],
  ['in TLS', (end) => ({ connection: (socket) => afterHello(socket, () => end(endingOfSocket(socket))) })],
  [
    'in the middle of a TLS record',
    (end) => ({
      connection: (socket) =>
        afterHello(socket, () => {
          socket.write(HALF_OF_A_HANDSHAKE);
          end(endingOfSocket(socket));
        }),
    }),
  ],
  ['before the headers', (end) => ({ answer: end })],
  ['in the headers', (end) => ({ answer: after(HALF_OF_THE_HEADERS, end) })],
  ['in the body', (end) => ({ answer: after(HALF_OF_THE_BODY, end) })],
  ['in a chunk', (end) => ({ answer: after(HALF_OF_A_CHUNK, end) })],
];

type Ending = Pick<Exchange, 'reset' | 'end'>;

function endingOfSocket(socket: Socket): Ending {
  return {
    reset: () => void setTimeout(() => socket.resetAndDestroy(), 30),
    end: () => void socket.end(),
  };
}

function afterHello(socket: Socket, then: () => void): void {
  socket.once('data', then);
}

function after(bytes: string, end: (exchange: Ending) => void): (exchange: Exchange) => void {
  return (exchange) => {
    exchange.write(bytes);
    end(exchange);
  };
}

/** In each phase, at each step. */
function atEachPhase(
  kind: FaultCase['kind'],
  code: FindingCode,
  end: (exchange: Ending) => void,
  inputs: FaultCase['inputs'] = {},
): FaultCase[] {
  return ALL_STEPS.flatMap((step) =>
    PHASES.map(([phase, play]): FaultCase => {
      return { kind, step, title: phase, fault: play(end), inputs, ending: endingOf(step, code) };
    }),
  );
}

/** Sends a text byte by byte, until the connection is given up. */
function drip(text: string): Fault {
  return {
    answer(exchange) {
      let sent = 0;
      const timer = setInterval(() => {
        exchange.write(text.charAt(sent % text.length));
        sent += 1;
      }, 50);
      exchange.onClose(() => clearInterval(timer));
    },
  };
}

const SLOW: readonly (readonly [string, Fault])[] = [
  ['headers byte by byte', drip(`HTTP/1.1 200 OK\r\n${'x-slow: yes\r\n'.repeat(500)}`)],
  ['a header without an end', drip(`HTTP/1.1 200 OK\r\nx-slow: ${'x'.repeat(5_000)}`)],
  ['a body byte by byte', drip(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"a":"${'x'.repeat(5_000)}`)],
  ['chunks of one byte', drip(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(1_000)}`)],
  ['100 Continue again and again', drip('HTTP/1.1 100 Continue\r\n\r\n')],
];

const NAMES: readonly (readonly [string, FindingCode])[] = [
  ['ENOTFOUND', 'network/name-not-found'],
  ['EAI_AGAIN', 'network/name-service-failed'],
  ['ETIMEOUT', 'network/failed'],
];

const UNSAFE_ADDRESSES = ['127.0.0.1', '169.254.169.254', '0.0.0.0', '100.100.100.200'];

/** The name of a later call of the control plane was looked up before. */
const LOOKED_UP = ALL_STEPS.filter(({ isLater }) => !isLater);

function lookUp(step: Step, title: string, environment: Record<string, string>, code: FindingCode): FaultCase {
  return { kind: 'names', step, title, isUnmapped: true, environment, ending: endingOf(step, code) };
}

/** From the name to the last byte: where a connection fails. */
export const CONNECTION_CASES: readonly FaultCase[] = [
  ...LOOKED_UP.flatMap((step) =>
    NAMES.map(([code, finding]) => lookUp(step, `the look-up ends with ${code}`, failingNames(code), finding)),
  ),
  ...LOOKED_UP.flatMap((step) =>
    UNSAFE_ADDRESSES.map((address) =>
      lookUp(step, `the name leads to ${address}`, names(address), 'network/address-refused'),
    ),
  ),
  ...['EHOSTUNREACH', 'ENETUNREACH'].map((code) =>
    lookUp(STEPS.token, `the connection ends with ${code}`, failingNames(code), 'network/unreachable'),
  ),
  ...ALL_STEPS.map(
    (step): FaultCase => ({
      kind: 'refusal',
      step,
      title: 'nothing listens',
      fault: { isRefused: true },
      ending: endingOf(step, 'network/refused'),
    }),
  ),
  ...atEachPhase('reset', 'network/connection-lost', (exchange) => exchange.reset()),
  ...atEachPhase('close', 'network/connection-lost', (exchange) => exchange.end()),
  ...atEachPhase('silence', 'network/timeout', () => undefined, IMPATIENT),
  ...ALL_STEPS.flatMap((step) =>
    SLOW.map(([title, fault]): FaultCase => {
      return { kind: 'slow', step, title, fault, inputs: IMPATIENT, ending: endingOf(step, 'network/timeout') };
    }),
  ),
  ...deadlines(),
];

/** A time-out or a pause that is longer than the time for the whole run, and more retries than there is time for. */
function deadlines(): FaultCase[] {
  const inputs = { 'timeout-seconds': '60', 'deadline-seconds': '3', retries: '10' };
  const steps = [STEPS.discovery, STEPS.token, STEPS['key-set'], STEPS.identity, STEPS.reminder];
  return steps.flatMap((step): FaultCase[] => {
    const at = (title: string, fault: Fault, ending: FaultCase['ending']): FaultCase => {
      return { kind: 'deadline', step, title, fault, inputs, ending };
    };
    const busy = answers(503, { 'retry-after': '1' });
    const limited = answers(429, { 'retry-after': '20' });
    return [
      at('no answer', { answer: () => undefined }, endingOf(step, 'network/deadline')),
      at('503 for ever, asked again each second', busy, endingOfStatus(step, 503)),
      at('429 for 20 s', limited, endingOfStatus(step, 429)),
    ];
  });
}
