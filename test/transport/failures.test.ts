import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/transport/failures.ts';

function failed(code: unknown, message = 'remote text'): Error {
  return Object.assign(new Error(message), { code });
}

describe('what an error of a request is', () => {
  it.each<[string, unknown, string]>([
    ['a code of Node', failed('ECONNREFUSED'), 'network/refused'],
    ['a code that nobody knows', failed('E_NEW'), 'network/failed'],
    ['a code of TLS that nobody knows', failed('ERR_SSL_NEW'), 'network/tls-failed'],
    ['a code of the parser that nobody knows', failed('HPE_NEW'), 'network/connection-lost'],
    ['a code of a decoder', failed('Z_DATA_ERROR'), 'network/answer-unreadable'],
    ['an error without a code', new Error('ECONNREFUSED'), 'network/failed'],
    ['a code that is a number', failed(5), 'network/failed'],
    // Only what Node throws says what happened: a value from outside that looks like it does not.
    ['no error, with a code', { code: 'ECONNREFUSED' }, 'network/failed'],
    ['nothing', undefined, 'network/failed'],
  ])('%s', (_name, error, code) => {
    expect(failureOf(error, false, false)).toBe(code);
  });

  it.each([
    ['tunneling socket could not be established, statusCode=502', 'network/proxy-failed'],
    ['tunneling socket could not be established, statusCode=407', 'network/proxy-refused'],
    ['tunneling socket could not be established, statusCode=5', 'network/proxy-unreachable'],
    ['tunneling socket could not be established, cause=connect ECONNREFUSED', 'network/proxy-unreachable'],
  ])('%s', (message, code) => {
    expect(failureOf(failed('ECONNRESET', message), false, false)).toBe(code);
  });

  it('the end of the run counts before that of an attempt, and both before a code', () => {
    expect(failureOf(failed('ECONNREFUSED'), true, true)).toBe('network/deadline');
    expect(failureOf(failed('ECONNREFUSED'), false, true)).toBe('network/timeout');
  });
});
