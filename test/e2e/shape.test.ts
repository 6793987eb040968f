import type { FindingCode } from '../../src/catalogue.ts';
import { base64, keyOf, SECRET } from './keys.ts';
import { type Inputs, scenario } from './scenario.ts';

const key = keyOf();

function refused(name: string, inputs: Inputs, code: FindingCode, secrets?: readonly string[]): void {
  scenario(name, {
    inputs,
    ...(secrets && { secrets }),
    expect: { exit: 1, code },
    also: ({ requests }, expect) => expect(requests).toEqual([]),
  });
}

for (const [name, inputs, code] of [
  ['domain: nothing', { domain: '' }, 'key/domain-empty'],
  ['domain: https://', { domain: 'https://union.example.test' }, 'key/domain-has-scheme'],
  ['domain: dns:///', { domain: 'dns:///union.example.test' }, 'key/domain-has-scheme'],
  ['domain: a port', { domain: 'union.example.test:443' }, 'key/domain-has-port'],
  ['domain: a path', { domain: 'union.example.test/console' }, 'key/domain-has-path'],
  ['domain: a slash at its end', { domain: 'union.example.test/' }, 'key/domain-has-trailing-slash'],
  ['domain: an IPv4 address', { domain: '10.0.0.7' }, 'key/domain-is-address'],
  ['domain: an IPv6 address', { domain: '[fd00::7]' }, 'key/domain-is-address'],
  ['domain: a letter outside ASCII', { domain: 'üniön.example.test' }, 'key/domain-not-ascii'],
  ['domain: an underscore', { domain: 'my_union.example.test' }, 'key/domain-not-a-host-name'],
  ['domain: localhost', { domain: 'localhost' }, 'key/domain-not-a-host-name'],
  ['domain: a user', { domain: 'me@union.example.test' }, 'key/domain-not-a-host-name'],
  ['domain: quotes', { domain: '"union.example.test"' }, 'key/quoted'],
  ['domain: a zero-width space', { domain: 'union\u200b.example.test' }, 'key/invisible-character'],
  ['domain: a line break', { domain: 'union.example.test\nx' }, 'key/control-character'],
  ['client-id: nothing', { 'client-id': '' }, 'key/client-id-empty'],
  ['client-id: a colon', { 'client-id': 'ci:client' }, 'key/colon-in-client-id'],
  ['client-id: a letter outside ASCII', { 'client-id': 'cï-client' }, 'key/client-id-not-ascii'],
  ['client-id: a line break', { 'client-id': 'ci\nclient' }, 'key/control-character'],
  ['client-id: a placeholder', { 'client-id': '<client-id>' }, 'key/placeholder'],
  ['client-id: too long', { 'client-id': 'c'.repeat(513) }, 'key/field-too-long'],
  ['client-secret: a colon', { 'client-secret': 'Zq7:made_8Kd2Lm5' }, 'key/colon-in-secret'],
  ['client-secret: several lines', { 'client-secret': 'Zq7made8Kd2Lm5\nTw9xYv3bNc6' }, 'key/control-character'],
  ['client-secret: quotes', { 'client-secret': "'Zq7made8Kd2Lm5'" }, 'key/quoted'],
  ['client-secret: a no-break space', { 'client-secret': 'Zq7made\u00a08Kd2Lm5' }, 'key/invisible-character'],
  ['client-secret: asterisks', { 'client-secret': '********' }, 'key/masked-value-pasted'],
  ['client-secret: too short', { 'client-secret': 'Zq7made' }, 'key/secret-too-short'],
  ['client-secret: too long', { 'client-secret': 'Zq7made_'.repeat(129) }, 'key/secret-too-long'],
  ['org: a colon', { org: 'my:org' }, 'key/colon-in-org'],
  ['org: a space', { org: 'my org' }, 'key/org-not-a-name'],
  ['org: too long', { org: 'o'.repeat(513) }, 'key/field-too-long'],
  ['two faults', { domain: 'https://union.example.test', 'client-id': 'ci:client' }, 'key/domain-has-scheme'],
] as const) {
  refused(name, inputs, code);
}

// What is no secret but a common word may stand in our own sentences.
refused('client-secret: a placeholder', { 'client-secret': 'changeme' }, 'key/placeholder', []);
refused('client-secret: an expression', { 'client-secret': '$' + '{{ secrets.X }}' }, 'key/placeholder', []);
refused('client-secret: the client id', { 'client-secret': 'ci-client' }, 'key/secret-equals-field', []);

for (const [name, text, code] of [
  ['a row of asterisks', '************', 'key/masked-value-pasted'],
  ['an Authorization header', `Basic ${base64(`ci-client:${SECRET}`)}`, 'key/authorization-pasted'],
  ['a token', `${base64('{"alg":"none"}').replace(/=+$/, '')}.eyJzdWIiOiJ4In0.`, 'key/token-pasted'],
  ['a placeholder', '<your key here>', 'key/placeholder'],
  ['a letter outside the alphabet', `${key.slice(0, 20)}!${key.slice(20)}`, 'key/not-base64'],
  ['something behind the padding', `${keyOf({ org: 'o' })}QQ==`, 'key/not-base64'],
  ['the URL-safe alphabet', key.replaceAll('+', '-').replaceAll('/', '_'), 'key/url-safe-alphabet'],
  ['no padding', keyOf({ org: 'o' }).replace(/=+$/, ''), 'key/padding-lost'],
  ['the end cut off', `${key.replace(/=+$/, '').slice(0, 45)}`, 'key/cut'],
  ['stray bits at the end', 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY6YTpiOmR=', 'key/not-canonical'],
  ['several lines', `${key.slice(0, 30)}\n${key.slice(30)}`, 'key/wrapped'],
  ['spaces in it', `${key.slice(0, 30)} ${key.slice(30)}`, 'key/whitespace'],
  ['quotes', `"${key}"`, 'key/quoted'],
  ['a byte order mark', `\ufeff${key.slice(0, 9)}\u200b${key.slice(9)}`, 'key/invisible-character'],
  ['percent-encoding', encodeURIComponent(keyOf({ org: 'o' })), 'key/percent-encoded'],
  ['encoded twice', base64(key), 'key/encoded-twice'],
  ['no colon inside', base64('only some text without a colon!'), 'key/not-a-key'],
  ['JSON inside', base64(JSON.stringify({ domain: 'd', clientId: 'c', secret: SECRET, org: '', x: 1 })), 'key/json'],
  ['JSON with three members inside', base64(JSON.stringify({ domain: 'd', id: 'c', secret: SECRET })), 'key/json'],
  ['bytes that are no text', base64(Buffer.from('ff'.repeat(30), 'hex')), 'key/not-utf8'],
  ['too long', 'QUJD'.repeat(4200), 'key/too-long'],
  ['a line break inside, from echo', base64(`union.example.test:ci-client:${SECRET}:\n`), 'key/newline-inside'],
  ['the last colon missing', base64(`union.example.test:ci-client:${SECRET}`), 'key/final-colon-missing'],
  ['the secret alone', base64(`ci-client:${SECRET}`), 'key/too-few-fields'],
  ['a colon too many', keyOf({ clientSecret: `${SECRET}:x` }), 'key/too-many-fields'],
  ['https:// inside', keyOf({ domain: 'https://union.example.test' }), 'key/domain-has-scheme'],
  ['a port inside', keyOf({ domain: 'union.example.test:443' }), 'key/domain-has-port'],
  ['an IPv6 address inside', keyOf({ domain: '[fd00::7]' }), 'key/domain-is-address'],
  ['no domain inside', keyOf({ domain: '' }), 'key/domain-empty'],
  ['no client id inside', keyOf({ clientId: '' }), 'key/client-id-empty'],
  ['no secret inside', keyOf({ clientSecret: '' }), 'key/client-secret-empty'],
  ['a space before a field inside', keyOf({ clientSecret: ` ${SECRET}` }), 'key/surrounding-space'],
  ['a short secret inside', keyOf({ clientSecret: 'Zq7' }), 'key/secret-too-short'],
  ['wrapped and quoted', `"${key.slice(0, 30)}\n${key.slice(30)}"`, 'key/quoted'],
] as const) {
  refused(`api-key: ${name}`, { 'api-key': text }, code);
}

// Only a part of these texts is secret.
for (const [name, text, code] of [
  ['an assignment', `FLYTE_API_KEY=${key}`, 'key/assignment-pasted'],
  ['an export', `export FLYTE_API_KEY="${key}"`, 'key/assignment-pasted'],
  ['four fields in clear', `union.example.test:ci-client:${SECRET}:`, 'key/not-encoded'],
] as const) {
  refused(`api-key: ${name}`, { 'api-key': text }, code, [key]);
}
