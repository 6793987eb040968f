/*
 * node test/bench/adversarial.ts: how long the readers of remote text take for 100 kB that were made to keep them
 * busy. Exits with 1 where one takes longer than it may; docs/performance.md says why that is here and not in a test.
 */

import { judgeToken } from '../../src/control-plane/verdict/judge-token.ts';
import { readKeySet } from '../../src/control-plane/verdict/key-set.ts';
import type { ControlPlaneKind } from '../../src/control-plane/verdict/profiles.ts';
import { PROVIDERS } from '../../src/identity-provider/providers.ts';
import { explainRefusal, readRefusal } from '../../src/identity-provider/refusal.ts';
import { credentialsIn } from '../../src/identity-provider/token-response.ts';
import { remoteText } from '../../src/secrecy/remote-text.ts';
import { titleOf } from '../../src/transport/web-page.ts';

const SIZE = 100_000;
const LIMIT_MILLISECONDS = 50;
const ROUNDS = 5;

/** Texts on which patterns that go back and forth take their time. */
const TEXTS: Readonly<Record<string, string>> = {
  spaces: ' '.repeat(SIZE),
  'line breaks': '\r\n'.repeat(SIZE / 2),
  colons: ':'.repeat(SIZE),
  'a and AADSTS': 'AADSTS'.repeat(SIZE / 6),
  'AADSTS and digits': `AADSTS${'7'.repeat(SIZE)}`,
  'half of a description': 'Client authentication failed. Either the client or '.repeat(SIZE / 50),
  'quotes and brackets': '["'.repeat(SIZE / 2),
  'nested lists': `${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2)}`,
  'nested objects': `${'{"a":'.repeat(SIZE / 6)}1${'}'.repeat(SIZE / 6)}`,
  'members without end': `{${Array.from({ length: SIZE / 12 }, (_, index) => `"m${index}":${index}`).join(',')}}`,
  'one name without end': `{${'"a":1,'.repeat(SIZE / 6)}"a":1}`,
  backslashes: '\\'.repeat(SIZE),
  'titles that do not end': '<title>'.repeat(SIZE / 7),
  dots: '.'.repeat(SIZE),
  'padding before the end': `${'='.repeat(SIZE)}a`,
  base64: 'QUJD'.repeat(SIZE / 4),
};

const settings = {
  allowedAudience: { value: ['https://union.example.com'], stated: true },
  subjectClaims: { value: ['sub'], stated: true },
  appClaims: { value: [['idtyp', 'app']] as const, stated: true },
};

function judge(token: string, body: string, controlPlane: ControlPlaneKind): Promise<unknown> {
  return judgeToken({
    token,
    keySet: { body: Buffer.from(body) },
    settings,
    clock: { nowSeconds: 1_795_000_000, isSure: true, grainSeconds: 0 },
    controlPlane,
    advertisedIssuer: 'https://idp.example.com/',
  });
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const HEADER = encoded('{"alg":"RS256","kid":"k"}');

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'the answer of a token endpoint, at every provider': (text) => {
    const bodies = [text, JSON.stringify({ error: 'invalid_client', error_description: text }), `{"error":${text}}`];
    for (const body of bodies) {
      const refusal = readRefusal({ status: 400, headers: {}, body: Buffer.from(body), milliseconds: 0 }, 0);
      for (const provider of PROVIDERS) {
        explainRefusal(refusal, provider);
      }
      credentialsIn(Buffer.from(body));
    }
  },
  'a token': (text) => judge(text, '{"keys":[]}', 'union'),
  'the padded parts of a token': (text) => judge(`${HEADER}${text}.${text}.${text}b`, '{"keys":[]}', 'union'),
  'the header of a token': (text) => judge(`${encoded(text)}.${encoded('{}')}.AA`, '{"keys":[]}', 'flyte1'),
  'the claims of a token': (text) => judge(`${HEADER}.${encoded(text)}.AA`, '{"keys":[]}', 'union'),
  'a claim of a token': (text) =>
    judge(`${HEADER}.${encoded(JSON.stringify({ aud: text, sub: text, scp: text }))}.AA`, '{}', 'union'),
  'a key set': (text) => readKeySet(Buffer.from(text)),
  'a key of a key set': (text) =>
    readKeySet(
      Buffer.from(
        `{"keys":[{"kty":"RSA","n":${JSON.stringify(text)},"e":"AQAB","x5u":${JSON.stringify(text)},"x5t":${JSON.stringify(text)}}]}`,
      ),
    ),
  'a web page': (text) => titleOf(Buffer.from(`<html>${text}`)),
  'text for the log': (text) => remoteText(text),
};

const rows: { reader: string; text: string; milliseconds: number }[] = [];
for (const [reader, read] of Object.entries(READERS)) {
  for (const [name, text] of Object.entries(TEXTS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await read(text);
      times.push(performance.now() - start);
    }
    rows.push({ reader, text: name, milliseconds: times.toSorted((one, other) => one - other)[2] ?? Number.NaN });
  }
}
for (const reader of Object.keys(READERS)) {
  const slowest = rows
    .filter((row) => row.reader === reader)
    .toSorted((one, other) => other.milliseconds - one.milliseconds)[0];
  console.log(`${reader.padEnd(52)}${slowest?.milliseconds.toFixed(1).padStart(8)} ms  ${slowest?.text}`);
}
const slow = rows.filter(({ milliseconds }) => milliseconds > LIMIT_MILLISECONDS);
console.log(`${rows.length} medians of ${ROUNDS}, ${slow.length} above ${LIMIT_MILLISECONDS} ms.`);
process.exitCode = slow.length === 0 ? 0 : 1;
