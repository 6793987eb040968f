import type { Answer } from '../../lab/answers.ts';
import type { FaultCase } from '../fault-case.ts';
import type { FaultLab } from '../fault-lab.ts';
import { type Ending, fails, passes, STEPS } from '../steps.ts';

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
    arrange(lab: FaultLab) {
      const { provider } = lab.deployment;
      provider.on('POST', provider.paths.token, async () => await make(await lab.signToken()));
      return {};
    },
    ending,
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (body: string, headers = JSON_TYPE): Answer => ({ headers, body });
const REST = '"expires_in":3600,"token_type":"Bearer"';

/** A token is there, and something about the text that holds it is odd. */
export const GRANT_CASES: readonly FaultCase[] = [
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
