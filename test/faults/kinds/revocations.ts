import type { Answer } from '../../lab/answers.ts';
import type { FaultCase } from '../fault-case.ts';
import { notes, STEPS } from '../steps.ts';

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

/** The trial token is to be revoked, and stays: that fails no run. */
export const REVOCATION_CASES: readonly FaultCase[] = REVOCATIONS.map(([title, answer]): FaultCase => {
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
});
