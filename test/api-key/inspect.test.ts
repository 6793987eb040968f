import { describe, expect, it } from 'vitest';
import { KEY_DECODERS } from '../../src/api-key/decoders.ts';
import { encodeApiKey } from '../../src/api-key/encode.ts';
import type { KeyFields } from '../../src/api-key/fields.ts';
import { KEY_FINDINGS, type KeyFindingCode } from '../../src/api-key/findings.ts';
import { describeDecoded, inspectApiKey } from '../../src/api-key/inspect.ts';
import { findLeak } from '../runner/leak-oracle.ts';

const SECRET = 'Zq7~kWm-4Vx_9Tb.Rn2';
const PLAIN = `union.example.com:0oa1ci:${SECRET}:`;
const STANDARD = encode(PLAIN);

function encode(plain: string): string {
  return Buffer.from(plain, 'utf8').toString('base64');
}

function fieldsWith(given: Partial<KeyFields>): KeyFields {
  return { domain: 'union.example.com', clientId: '0oa1ci', clientSecret: SECRET, org: '', ...given };
}

function withFields(given: Partial<KeyFields>): string {
  const { domain, clientId, clientSecret, org } = fieldsWith(given);
  return encode(`${domain}:${clientId}:${clientSecret}:${org}`);
}

interface FaultyKey {
  name: string;
  key: string;
  /** All codes, in order. */
  codes: KeyFindingCode[];
  /** The secret that it holds, if not the usual one. */
  secret?: string;
}

const longPlain = `union.example.com:0oa1ci:${SECRET.repeat(5)}:`;

/** Whole texts: what people store in the secret instead of the key. */
const wholes: FaultyKey[] = [
  { name: 'nothing', key: '', codes: ['key/empty'] },
  { name: 'white space alone', key: ' \r\n\t', codes: ['key/empty'] },
  { name: 'asterisks', key: '***', codes: ['key/masked-value-pasted'] },
  { name: 'a shell assignment', key: `FLYTE_API_KEY=${STANDARD}`, codes: ['key/assignment-pasted'] },
  { name: 'an export command', key: `export FLYTE_API_KEY="${STANDARD}"`, codes: ['key/assignment-pasted'] },
  { name: 'Bearer in front', key: `Bearer ${STANDARD}`, codes: ['key/authorization-pasted'] },
  { name: 'a Basic header value', key: `Basic ${encode(`0oa1ci:${SECRET}`)}`, codes: ['key/authorization-pasted'] },
  {
    name: 'a JSON Web Token',
    key: `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"a"}').toString('base64url')}.c2ln`,
    codes: ['key/token-pasted'],
  },
  { name: 'plain text', key: PLAIN, codes: ['key/not-encoded'] },
  { name: 'an expression', key: ['$', '{{ secrets.FLYTE_API_KEY }}'].join(''), codes: ['key/placeholder'] },
  { name: 'a placeholder in brackets', key: '<your-api-key>', codes: ['key/placeholder'] },
  { name: 'the word undefined', key: 'undefined', codes: ['key/placeholder'] },
  { name: 'the words of a template', key: 'your-api-key', codes: ['key/placeholder'] },
  { name: 'other characters', key: `${STANDARD.slice(0, 20)}!${STANDARD.slice(20)}`, codes: ['key/not-base64'] },
  {
    name: 'the URL-safe alphabet',
    key: Buffer.from(`union.example.com:abc123:s?>~ÿ¿>${SECRET}:`).toString('base64url'),
    codes: ['key/url-safe-alphabet', 'key/non-ascii-secret'],
    secret: `s?>~ÿ¿>${SECRET}`,
  },
  { name: 'without padding', key: encode(`${PLAIN}a`).replace(/=+$/, ''), codes: ['key/padding-lost'] },
  { name: 'with too much padding', key: `${encode(`${PLAIN}ab`)}==`, codes: ['key/padding-lost'] },
  { name: 'one character lost', key: encode(`${PLAIN}ab`).slice(0, -3), codes: ['key/cut'] },
  { name: 'bits left over', key: `${encode(`${PLAIN}a`).slice(0, -3)}R==`, codes: ['key/not-canonical'] },
  { name: 'wrapped at 76', key: encode(longPlain).replace(/.{76}/g, '$&\n'), codes: ['key/wrapped'] },
  { name: 'wrapped at 64 with CRLF', key: encode(longPlain).replace(/.{64}/g, '$&\r\n'), codes: ['key/wrapped'] },
  { name: 'a line break at the end', key: `${STANDARD}\n`, codes: ['key/whitespace'] },
  { name: 'spaces around', key: `  ${STANDARD} `, codes: ['key/whitespace'] },
  { name: 'a space inside', key: `${STANDARD.slice(0, 12)} ${STANDARD.slice(12)}`, codes: ['key/whitespace'] },
  { name: 'double quotes', key: `"${STANDARD}"`, codes: ['key/quoted'] },
  { name: 'single quotes', key: `'${STANDARD}'`, codes: ['key/quoted'] },
  { name: 'typographic quotes', key: `“${STANDARD}”`, codes: ['key/quoted'] },
  { name: 'percent-encoded', key: encode(`${PLAIN}a`).replaceAll('=', '%3D'), codes: ['key/percent-encoded'] },
  { name: 'encoded twice', key: encode(STANDARD), codes: ['key/encoded-twice'] },
  { name: 'the secret alone', key: encode(SECRET), codes: ['key/not-a-key'] },
  {
    name: 'JSON',
    key: encode(`{"client_id":"0oa1ci","client_secret":"${SECRET}","url":"https://union.example.com"}`),
    codes: ['key/json'],
  },
  {
    name: 'Latin-1 inside',
    key: Buffer.from(`union.example.com:0oa1ci:${SECRET}\u00e4:`, 'latin1').toString('base64'),
    codes: ['key/not-utf8'],
  },
  { name: 'a whole file', key: STANDARD.repeat(400), codes: ['key/too-long'] },
  { name: 'a byte order mark in front', key: `\ufeff${STANDARD}`, codes: ['key/invisible-character'] },
  {
    name: 'a zero-width space inside',
    key: `${STANDARD.slice(0, 9)}\u200b${STANDARD.slice(9)}`,
    codes: ['key/invisible-character'],
  },
  { name: 'the last colon missing', key: encode(PLAIN.slice(0, -1)), codes: ['key/final-colon-missing'] },
  { name: 'two fields', key: encode(`union.example.com:${SECRET}`), codes: ['key/too-few-fields'] },
  { name: 'echo without -n', key: encode(`${PLAIN}\n`), codes: ['key/newline-inside'] },
  { name: 'echo without -n and an org', key: encode(`${PLAIN}acme\r\n`), codes: ['key/newline-inside'] },
  { name: 'https:// inside', key: encode(`https://${PLAIN}`), codes: ['key/domain-has-scheme'] },
  { name: 'dns:/// inside', key: encode(`dns:///${PLAIN}`), codes: ['key/domain-has-scheme'] },
  { name: 'a port inside', key: encode(PLAIN.replace(':', ':8443:')), codes: ['key/domain-has-port'] },
  { name: 'IPv6 inside', key: encode(`[::1]:0oa1ci:${SECRET}:`), codes: ['key/domain-is-address'] },
  {
    name: 'a colon in the secret',
    key: encode(`union.example.com:0oa1ci:ab:${SECRET}:`),
    codes: ['key/too-many-fields'],
  },
  {
    name: 'a line break in a key with a field too many: both are said',
    key: encode(`${PLAIN}acme:eu`).replace(/^.{20}/, '$&\n'),
    codes: ['key/wrapped', 'key/too-many-fields'],
  },
  { name: 'a colon in the org', key: encode(`${PLAIN}acme:eu`), codes: ['key/too-many-fields'] },
  {
    name: 'wrapped, quoted and spaced',
    key: ` "${encode(longPlain).replace(/.{76}/g, '$&\n')}" `,
    codes: ['key/quoted', 'key/wrapped'],
  },
];

/** Fields inside a key that is encoded well. */
const inside: FaultyKey[] = [
  { name: 'domain empty', key: withFields({ domain: '' }), codes: ['key/domain-empty'] },
  {
    name: 'domain with a path',
    key: withFields({ domain: 'union.example.com/console' }),
    codes: ['key/domain-has-path'],
  },
  {
    name: 'domain with a slash',
    key: withFields({ domain: 'union.example.com/' }),
    codes: ['key/domain-has-trailing-slash'],
  },
  { name: 'domain is IPv4', key: withFields({ domain: '10.0.0.1' }), codes: ['key/domain-is-address'] },
  { name: 'domain is a number', key: withFields({ domain: '2130706433' }), codes: ['key/domain-is-address'] },
  { name: 'domain in Cyrillic', key: withFields({ domain: 'uniоn.example.com' }), codes: ['key/domain-not-ascii'] },
  {
    name: 'domain with an underscore',
    key: withFields({ domain: 'union_dev.example.com' }),
    codes: ['key/domain-not-a-host-name'],
  },
  { name: 'domain localhost', key: withFields({ domain: 'localhost' }), codes: ['key/domain-not-a-host-name'] },
  {
    name: 'domain with a user',
    key: withFields({ domain: 'me@union.example.com' }),
    codes: ['key/domain-not-a-host-name'],
  },
  {
    name: 'domain with a final dot',
    key: withFields({ domain: 'union.example.com.' }),
    codes: ['key/domain-not-a-host-name'],
  },
  { name: 'domain in quotes', key: withFields({ domain: '"union.example.com"' }), codes: ['key/quoted'] },
  { name: 'domain with a space', key: withFields({ domain: ' union.example.com' }), codes: ['key/surrounding-space'] },
  {
    name: 'domain with a BOM',
    key: withFields({ domain: '\ufeffunion.example.com' }),
    codes: ['key/invisible-character'],
  },
  { name: 'domain with a tab', key: withFields({ domain: 'union\t.example.com' }), codes: ['key/control-character'] },
  { name: 'domain a single word', key: withFields({ domain: 'union' }), codes: ['key/domain-has-no-dot'] },
  { name: 'id empty', key: withFields({ clientId: '' }), codes: ['key/client-id-empty'] },
  { name: 'id not ASCII', key: withFields({ clientId: 'fl\u00fcte' }), codes: ['key/client-id-not-ascii'] },
  { name: 'id with a plus', key: withFields({ clientId: 'ci+prod' }), codes: ['key/client-id-altered-by-decoding'] },
  { name: 'id too long', key: withFields({ clientId: 'a'.repeat(513) }), codes: ['key/field-too-long'] },
  { name: 'id a placeholder', key: withFields({ clientId: '<client-id>' }), codes: ['key/placeholder'] },
  { name: 'id in quotes', key: withFields({ clientId: "'0oa1ci'" }), codes: ['key/quoted'] },
  { name: 'id with a space behind', key: withFields({ clientId: '0oa1ci ' }), codes: ['key/surrounding-space'] },
  { name: 'secret empty', key: withFields({ clientSecret: '' }), codes: ['key/client-secret-empty'] },
  {
    name: 'secret masked',
    key: withFields({ clientSecret: '***' }),
    codes: ['key/masked-value-pasted'],
  },
  {
    name: 'secret a placeholder',
    key: withFields({ clientSecret: 'changeme' }),
    codes: ['key/placeholder'],
    secret: 'changeme',
  },
  {
    name: 'secret equals the id',
    key: withFields({ clientId: 'Kb93mWx02a', clientSecret: 'Kb93mWx02a' }),
    codes: ['key/secret-equals-field'],
    secret: 'Kb93mWx02a',
  },
  {
    name: 'secret a label of the domain',
    key: withFields({ clientSecret: 'EXAMPLE', domain: 'union.example.com' }),
    codes: ['key/placeholder'],
    secret: 'EXAMPLE',
  },
  {
    name: 'secret the first label',
    key: withFields({ domain: 'plumtree.example.com', clientSecret: 'plumtree' }),
    codes: ['key/secret-equals-field'],
    secret: 'plumtree',
  },
  {
    name: 'secret short',
    key: withFields({ clientSecret: 'Qz7~k4V' }),
    codes: ['key/secret-too-short'],
    secret: 'Qz7~k4V',
  },
  { name: 'secret long', key: withFields({ clientSecret: SECRET.repeat(54) }), codes: ['key/secret-too-long'] },
  {
    name: 'secret with a line break',
    key: withFields({ clientSecret: `${SECRET}\nabc` }),
    codes: ['key/control-character'],
  },
  { name: 'secret with NUL', key: withFields({ clientSecret: `${SECRET}\0` }), codes: ['key/control-character'] },
  {
    name: 'secret with a no-break space',
    key: withFields({ clientSecret: `${SECRET}\u00a0x` }),
    codes: ['key/invisible-character'],
  },
  {
    name: 'secret with a space in front',
    key: withFields({ clientSecret: ` ${SECRET}` }),
    codes: ['key/surrounding-space'],
  },
  { name: 'secret in quotes', key: withFields({ clientSecret: `"${SECRET}"` }), codes: ['key/quoted'] },
  { name: 'secret not ASCII', key: withFields({ clientSecret: `${SECRET}\u00e4` }), codes: ['key/non-ascii-secret'] },
  { name: 'org with a space', key: withFields({ org: 'my org' }), codes: ['key/org-not-a-name'] },
  { name: 'org not ASCII', key: withFields({ org: '\u00e4cme' }), codes: ['key/org-not-a-name'] },
  { name: 'org too long', key: withFields({ org: 'a'.repeat(513) }), codes: ['key/field-too-long'] },
  { name: 'org with a tab', key: withFields({ org: 'ac\tme' }), codes: ['key/control-character'] },
  {
    name: 'three faults of shape at once',
    key: withFields({ domain: 'union.example.com/', clientId: '', org: 'my org' }),
    codes: ['key/domain-has-trailing-slash', 'key/client-id-empty', 'key/org-not-a-name'],
  },
];

/** Fields that are given one by one, with what only a field can have. */
const fields: { name: string; fields: Partial<KeyFields>; codes: KeyFindingCode[] }[] = [
  { name: 'colon in the id', fields: { clientId: 'api://app' }, codes: ['key/colon-in-client-id'] },
  { name: 'colon in the secret', fields: { clientSecret: `ab:${SECRET}` }, codes: ['key/colon-in-secret'] },
  { name: 'colon in the org', fields: { org: 'acme:eu' }, codes: ['key/colon-in-org'] },
  { name: 'domain with https://', fields: { domain: 'https://union.example.com' }, codes: ['key/domain-has-scheme'] },
  { name: 'domain with dns:///', fields: { domain: 'dns:///union.example.com' }, codes: ['key/domain-has-scheme'] },
  { name: 'domain with a port', fields: { domain: 'union.example.com:8443' }, codes: ['key/domain-has-port'] },
  {
    name: 'domain with a port and a path',
    fields: { domain: 'union.example.com:8443/x' },
    codes: ['key/domain-has-port'],
  },
  { name: 'domain is IPv6', fields: { domain: '[2001:db8::1]' }, codes: ['key/domain-is-address'] },
  { name: 'half a character in the secret', fields: { clientSecret: `${SECRET}\ud83d` }, codes: ['key/not-utf8'] },
  { name: 'half a character in the id', fields: { clientId: `ci\udc00` }, codes: ['key/not-utf8'] },
];

function expectNoEcho(secret: string, findings: unknown): void {
  expect(findLeak(secret, JSON.stringify(findings))).toBeUndefined();
}

describe('a faulty key is told what is wrong', () => {
  it.each([...wholes, ...inside])('$name', ({ key, codes, secret = SECRET }) => {
    const { findings, clients, fields: accepted } = inspectApiKey(key);
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(accepted === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
    expectNoEcho(secret, findings);
    expectNoEcho(secret, Object.values(clients).map(describeDecoded));
  });

  it.each(fields)('given as a field: $name', ({ fields: given, codes }) => {
    const { key, findings } = encodeApiKey(fieldsWith(given));
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(key).toBeUndefined();
    expectNoEcho(SECRET, findings);
  });

  it('in words that say which part it is', () => {
    const said = [
      ...[...wholes, ...inside].map(({ name, key }) => ({ name, findings: inspectApiKey(key).findings })),
      ...fields.map(({ name, fields: given }) => ({ name, findings: encodeApiKey(fieldsWith(given)).findings })),
    ].map(({ name, findings }) => [name, ...findings.map(({ detail }) => `  ${detail}`)].join('\n'));
    expect(said.join('\n')).toMatchSnapshot();
  });

  it('has enough cases, and reaches every code of the room', () => {
    const reached = new Set([...wholes, ...inside, ...fields].flatMap(({ codes }) => codes));
    expect(wholes.length + inside.length).toBeGreaterThanOrEqual(45);
    const faults = Object.entries(KEY_FINDINGS).filter(([, { severity }]) => severity !== 'pass');
    expect(reached).toEqual(new Set(faults.map(([code]) => code)));
  });
});

describe('the edges of the rules', () => {
  const label63 = 'a'.repeat(63);
  const name253 = `${`${label63}.`.repeat(3)}${'a'.repeat(57)}.com`;

  it.each<[domain: string, ...KeyFindingCode[]]>([
    [name253],
    [`a.${name253}`, 'key/domain-not-a-host-name'],
    [`${label63}.com`],
    [`a${label63}.com`, 'key/domain-not-a-host-name'],
    [`union.${label63}`],
    [`union.a${label63}`, 'key/domain-not-a-host-name'],
    ['a.b'],
    ['1.b'],
    ['a-b.xn--p1ai'],
    ['-a.example.com', 'key/domain-not-a-host-name'],
    ['a-.example.com', 'key/domain-not-a-host-name'],
    ['a.example.com-', 'key/domain-not-a-host-name'],
    ['a.example.-com', 'key/domain-not-a-host-name'],
    ['a.example.1com', 'key/domain-not-a-host-name'],
    ['a..com', 'key/domain-not-a-host-name'],
    ['.a.com', 'key/domain-not-a-host-name'],
    ['LOCALHOST', 'key/domain-not-a-host-name'],
    ['ci.localhost', 'key/domain-not-a-host-name'],
    ['localhost.example.com'],
    ['ci.localhost.example.com'],
    ['ci.mylocalhost'],
    ['mylocalhost', 'key/domain-has-no-dot'],
    ['10', 'key/domain-is-address'],
    ['10.1', 'key/domain-is-address'],
    ['10.1.2.3', 'key/domain-is-address'],
    ['10.11.12.13', 'key/domain-is-address'],
    ['10.1.2.3:8443', 'key/domain-is-address'],
    // In hexadecimal digits alone, as many a domain of Germany is.
    ['cafe.de:8443', 'key/domain-has-port'],
    ['10.1.2.3.4', 'key/domain-not-a-host-name'],
    ['a10.1.2.3', 'key/domain-not-a-host-name'],
    ['10.1.2.3a', 'key/domain-not-a-host-name'],
    ['::1', 'key/domain-is-address'],
    ['[FE80::1]', 'key/domain-is-address'],
    ['::ffff:10.1.2.3', 'key/domain-is-address'],
    ['x[::1]', 'key/domain-not-a-host-name'],
    ['[::1]x', 'key/domain-not-a-host-name'],
    ['h2+tls.a-b://union.example.com', 'key/domain-has-scheme'],
    ['HTTPS://union.example.com', 'key/domain-has-scheme'],
    ['union.example.com/https://union.example.com', 'key/domain-has-path'],
    ['union.example.com:', 'key/domain-has-port'],
    ['union.example.com:80?x', 'key/domain-has-port'],
    ['union.example.com:80#x', 'key/domain-has-port'],
    ['union.example.com:a', 'key/domain-not-a-host-name'],
    ['union.example.com:80a', 'key/domain-not-a-host-name'],
    [':8443', 'key/domain-not-a-host-name'],
    ['union.example.com/x:80', 'key/domain-has-path'],
    ['union.example.com?x:80', 'key/domain-has-path'],
    ['union.example.com#x:80', 'key/domain-has-path'],
    ['union.example.com//', 'key/domain-has-path'],
    ['/', 'key/domain-has-path'],
    ['"union.example.com\'', 'key/domain-not-a-host-name'],
    ['“union.example.com”', 'key/quoted'],
    ['union.“example”.com', 'key/domain-not-ascii'],
    ['“union”.example.com', 'key/domain-not-ascii'],
    ['union.example.“com”', 'key/domain-not-ascii'],
    ['"union".example.com', 'key/domain-not-a-host-name'],
    ['union.example."com"', 'key/domain-not-a-host-name'],
    ['union.example.com ', 'key/surrounding-space'],
    ['union.example .com', 'key/domain-not-a-host-name'],
  ])('the domain %s', (domain, ...codes) => {
    expect(encodeApiKey(fieldsWith({ domain })).findings.map(({ code }) => code)).toEqual(codes);
  });

  it.each<[id: string, ...KeyFindingCode[]]>([
    ['a'.repeat(512)],
    ['ci%2Fprod', 'key/client-id-altered-by-decoding'],
    ['ci <dev>'],
    ['<dev> ci'],
    ['ci***'],
    ['***ci'],
    ['**'],
    ['***', 'key/placeholder'],
    ['****', 'key/placeholder'],
    ['ci {{ x }}'],
    ['{{ x }} ci'],
    ['{{ x }}', 'key/placeholder'],
    [['$', '{{ vars.CLIENT_ID }}'].join(''), 'key/placeholder'],
    ['{x}'],
    ['<>', 'key/placeholder'],
    ['undefined', 'key/placeholder'],
    ['null', 'key/placeholder'],
    ['nullable'],
    ['is-undefined'],
    ['"'],
  ])('the client id %s', (clientId, ...codes) => {
    expect(encodeApiKey(fieldsWith({ clientId })).findings.map(({ code }) => code)).toEqual(codes);
  });

  it.each<[org: string, ...KeyFindingCode[]]>([
    ['a'.repeat(512)],
    ['acme\n', 'key/newline-inside'],
    ['acme\r', 'key/newline-inside'],
    ['ac\nme', 'key/control-character'],
    ['\nacme', 'key/control-character'],
    [' acme', 'key/surrounding-space'],
    ['"acme"', 'key/quoted'],
    ['acme\u200b', 'key/invisible-character'],
    ['acme\ud83d', 'key/not-utf8'],
    ['null', 'key/placeholder'],
  ])('the org %j', (org, ...codes) => {
    expect(encodeApiKey(fieldsWith({ org })).findings.map(({ code }) => code)).toEqual(codes);
  });

  it.each<[name: string, secret: string, ...KeyFindingCode[]]>([
    ['what would be a placeholder elsewhere', '<Zq7~kWm-4Vx>'],
    ['short, with a colon', 'a:b', 'key/colon-in-secret'],
    ['short, with a tab', 'a\tb', 'key/control-character'],
    ['in quotes over two lines', '"Zq7~kWm\n4Vx_9Tb"', 'key/control-character'],
    ['with a quote at one end', 'Zq7~kWm-4Vx"'],
  ])('a secret: %s', (_name, clientSecret, ...codes) => {
    expect(encodeApiKey(fieldsWith({ clientSecret })).findings.map(({ code }) => code)).toEqual(codes);
  });

  const padded = encode(`${PLAIN}a`);

  it.each<[name: string, key: string, ...KeyFindingCode[]]>([
    ['one asterisk', '*', 'key/masked-value-pasted'],
    ['asterisks with a space around', ' ***\n', 'key/masked-value-pasted'],
    ['asterisks in front', `***${STANDARD}`, 'key/not-base64'],
    ['asterisks behind', `${STANDARD}***`, 'key/not-base64'],
    ['an assignment with spaces', `FLYTE_API_KEY = ${STANDARD}`, 'key/assignment-pasted'],
    ['an assignment of several lines', `FLYTE_API_KEY=\n${STANDARD}`, 'key/assignment-pasted'],
    ['an export of a lower-case name', `export  key1 = ${STANDARD}`, 'key/assignment-pasted'],
    ['an assignment of nothing', 'FLYTE_API_KEY=', 'key/url-safe-alphabet'],
    ['an assignment further on', `a FLYTE_API_KEY=${STANDARD}`, 'key/whitespace', 'key/not-base64'],
    ['bearer in lower case', `bearer ${STANDARD}`, 'key/authorization-pasted'],
    ['a header with its name', `authorization: Basic ${STANDARD}`, 'key/not-encoded'],
    ['a token without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', 'key/token-pasted'],
    ['three parts that are no token', 'abc.def.ghi', 'key/not-base64'],
    ['two parts', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0', 'key/not-base64'],
    ['four parts', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.a.b', 'key/not-base64'],
    ['a colon in quotes', `"${PLAIN}"`, 'key/quoted', 'key/not-base64'],
    ['an expression without the dollar sign', '{{ secrets.FLYTE_API_KEY }}', 'key/placeholder'],
    ['the word null in capitals', 'NULL', 'key/placeholder'],
    ['a word that begins with null', 'nullable', 'key/not-utf8'],
    ['a template with spaces', 'your api key', 'key/placeholder'],
    ['a template with underscores', 'YOUR_API_KEY', 'key/placeholder'],
    ['the word yours', 'yours', 'key/cut'],
    ['a byte order mark and a space', `\ufeff ${STANDARD}`, 'key/invisible-character', 'key/whitespace'],
    ['two zero-width spaces', `\u200b\u200b${STANDARD}`, 'key/invisible-character'],
    ['a quote in front alone', `"${STANDARD}`, 'key/quoted'],
    ['a quote behind alone', `${STANDARD}'`, 'key/quoted'],
    ['a quote behind, and a space', `${STANDARD}" `, 'key/quoted'],
    ['a quote inside', `${STANDARD.slice(0, 8)}"${STANDARD.slice(8)}`, 'key/not-base64'],
    ['an encoded plus sign', `${padded.slice(0, 8)}%2b${padded.slice(8)}`, 'key/percent-encoded'],
    ['an encoded slash', `${padded.slice(0, 8)}%2F${padded.slice(8)}`, 'key/percent-encoded'],
    ['three signs of padding', `${padded}=`, 'key/padding-lost'],
    ['four signs of padding', `${STANDARD}====`, 'key/padding-lost'],
    ['a quote inside a text with colons', PLAIN.replace('~', '"'), 'key/not-encoded'],
    ['a placeholder further on', 'abc<your-api-key>', 'key/not-base64'],
    [
      'a space inside, and a faulty field',
      withFields({ clientId: '' }).replace(/^.{9}/, '$& '),
      'key/whitespace',
      'key/client-id-empty',
    ],
    ['a sign behind, and a faulty field', `${withFields({ clientId: '' })}%`, 'key/not-base64', 'key/client-id-empty'],
    ['padding inside', `${padded}${padded}`, 'key/not-base64'],
    ['JSON after a space', encode(` {"a":1}`), 'key/json'],
    ['a list of JSON', encode(`[1]`), 'key/not-a-key'],
    ['faulty base64 of too few fields', encode('ab:c').replace(/=+$/, ''), 'key/padding-lost'],
    ['faulty base64 of one field', encode('abcd').replace(/=+$/, ''), 'key/padding-lost'],
    ['encoded twice, too few fields', encode(encode('ab:c')), 'key/not-a-key'],
    ['encoded twice, three fields', encode(encode('ab:c:d')), 'key/encoded-twice'],
    ['encoded twice with a line break', encode(`${STANDARD}\n`), 'key/encoded-twice'],
    ['three fields, the first no host name', encode(`a_b:0oa1ci:${SECRET}`), 'key/too-few-fields'],
    ['a scheme after a space', encode(` HTTPS://${PLAIN}`), 'key/domain-has-scheme'],
    ['a scheme further on', encode(`union.example.com:0oa1ci:https://${SECRET}:`), 'key/too-many-fields'],
    ['an address after a space', encode(` [FE80::1]:0oa1ci:${SECRET}:`), 'key/domain-is-address'],
    ['an address further on', encode(`union.example.com:[::1]:${SECRET}:`), 'key/too-many-fields'],
    ['a port and a path', encode(PLAIN.replace(':', ':8443/console:')), 'key/domain-has-port'],
    ['a port of six digits', encode(PLAIN.replace(':', ':844300:')), 'key/too-many-fields'],
    ['letters before a port', encode(PLAIN.replace(':', ':a8443:')), 'key/too-many-fields'],
    ['letters behind a port', encode(PLAIN.replace(':', ':8443a:')), 'key/too-many-fields'],
    ['a port and one field more', encode(`${PLAIN.replace(':', ':8443:')}:`), 'key/too-many-fields'],
  ])('the whole: %s', (_name, key, ...codes) => {
    expect(inspectApiKey(key).findings.map(({ code }) => code)).toEqual(codes);
  });

  it('a text of 16,384 characters may be a key; of a longer one no client is asked', () => {
    const keyOfBytes = (bytes: number): string => encode(`${PLAIN}${'o'.repeat(bytes)}`.slice(0, bytes));
    const longest = inspectApiKey(keyOfBytes(12_288));
    expect(longest.findings.map(({ code }) => code)).toEqual(['key/field-too-long']);
    expect(Object.values(longest.clients).filter(({ accepts }) => !accepts)).toEqual([]);
    const longer = inspectApiKey(keyOfBytes(12_291));
    expect(longer.findings.map(({ code }) => code)).toEqual(['key/too-long']);
    expect(Object.values(longer.clients).filter(({ accepts }) => accepts)).toEqual([]);
  });
});

describe('what follows the padding', () => {
  const padded = encode(`${PLAIN}a`);

  it.each([
    ['two keys in a row', `${padded}${padded}`],
    ['the % that zsh prints after a line without an end', `${padded}%`],
    ['a closing quote alone', `${padded}"`],
  ])('is not taken for the value of a variable: %s', (_name, key) => {
    expect(inspectApiKey(key).findings.map(({ code }) => code)).not.toContain('key/assignment-pasted');
  });
});

describe('a good key', () => {
  it.each([
    ['the standard one', PLAIN, { domain: 'union.example.com', clientId: '0oa1ci', clientSecret: SECRET, org: '' }],
    [
      'with an org',
      `${PLAIN}acme`,
      { domain: 'union.example.com', clientId: '0oa1ci', clientSecret: SECRET, org: 'acme' },
    ],
    [
      'with org None',
      `${PLAIN}None`,
      { domain: 'union.example.com', clientId: '0oa1ci', clientSecret: SECRET, org: 'None' },
    ],
    [
      'with a secret of every mark',
      'a.b.example:ci@x:!"#$%&\'()*+,-./;<=>?@[\\]^_`{|}~:',
      { domain: 'a.b.example', clientId: 'ci@x', clientSecret: '!"#$%&\'()*+,-./;<=>?@[\\]^_`{|}~', org: '' },
    ],
  ])('%s gives its fields and no finding', (_name, plain, expected) => {
    expect(inspectApiKey(encode(plain))).toMatchObject({ fields: expected, findings: [] });
  });

  it('is what encoding gives', () => {
    // printf %s 'union.example.com:abc123:secret456:' | base64 -w0
    const { key } = encodeApiKey({
      domain: 'union.example.com',
      clientId: 'abc123',
      clientSecret: 'secret456',
      org: '',
    });
    expect(key).toBe('dW5pb24uZXhhbXBsZS5jb206YWJjMTIzOnNlY3JldDQ1Njo=');
  });
});

describe('what may be shown of a decoded key', () => {
  it('is everything but the secret where all fields are in place', () => {
    expect(describeDecoded(KEY_DECODERS['flyte-sdk'](`${STANDARD}`))).toEqual({
      accepts: true,
      domain: 'union.example.com',
      clientId: '0oa1ci',
      org: '',
    });
  });

  it('is that also where a field gives a warning', () => {
    const key = withFields({ clientSecret: `${SECRET}\u00e4` });
    expect(describeDecoded(KEY_DECODERS['flyte-sdk'](key))).toMatchObject({ domain: 'union.example.com', org: '' });
  });

  it.each([
    ['a port', PLAIN.replace(':', ':8443:')],
    ['a scheme', `https://${PLAIN}`],
    ['a colon in the secret', `union.example.com:0oa1ci:ab:${SECRET}:`],
    ['a colon in the id', `union.example.com:api:0oa1ci-app-client:${SECRET}:`],
    ['a colon in the org', `${PLAIN}${SECRET}:x`],
  ])('is nothing where %s shifts the fields', (_name, plain) => {
    for (const decode of Object.values(KEY_DECODERS)) {
      const decoded = decode(encode(plain));
      expect(describeDecoded(decoded)).toEqual(
        decoded.accepts ? { accepts: true, domain: '***', clientId: '***', org: '***' } : decoded,
      );
      expectNoEcho(SECRET, describeDecoded(decoded));
    }
  });
});
