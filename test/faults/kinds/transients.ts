import type { FindingCode } from '../../../src/catalogue.ts';
import { preload } from '../../e2e/preload.ts';
import { answers } from '../answers.ts';
import type { FaultCase } from '../fault-case.ts';
import type { Fault } from '../fault-server.ts';
import { PINNED_DISCOVERY, passes, STEPS, type Step } from '../steps.ts';

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

/** A name that leads to the server of the step, and at first does not: `first` is what the first look-up ends with. */
function wayward(step: Step, title: string, first: string, code: FindingCode): FaultCase {
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
        const found = host !== '${name}' ? failed('ENOTFOUND') : ++asked === 1 ? ${first} : '127.0.0.1';
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

const WAYS: readonly (readonly [title: string, first: string, code: FindingCode])[] = [
  ['EAI_AGAIN, once', "failed('EAI_AGAIN')", 'network/name-service-failed'],
  ['no route, once', "failed('EHOSTUNREACH')", 'network/unreachable'],
  ...REFUSALS,
];

/** Faults that meet the first attempt, or one of the first two, and then no more. */
export const TRANSIENT_CASES: readonly FaultCase[] = [
  ...REPEATED.flatMap((step) =>
    PASSING.map(([title, fault, inputs = {}]): FaultCase => {
      return { kind: 'transient', step, title, fault, times: 1, inputs, ending: passes() };
    }),
  ),
  ...REPEATED.flatMap((step) => WAYS.map(([title, first, code]) => wayward(step, title, first, code))),
];
