// Make access tokens of many shapes and record what a Flyte control plane makes of each.
//
// Usage, from the root of the repository: node test/recordings/make_token_vectors.mjs [--cases <file>]
//
// Keys are made anew on each run, so tokens and key sets differ from run to run; the verdicts do not.
// The judge is test/interop/validator, which links the libraries of the server and is run with `go run`.
// With --cases, the lines it was given are stored too, so that another judge can be given the same ones.

import { execFileSync } from 'node:child_process';
import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  sign as signBytes,
  webcrypto,
} from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// This import has to come before @peculiar/x509.
import '../lab/reflect-metadata.ts';
import * as x509 from '@peculiar/x509';

const here = dirname(fileURLToPath(import.meta.url));
const validator = join(here, '..', 'interop', 'validator');

const at = Date.UTC(2026, 10, 25, 12, 0, 0) / 1000;
const ours = 'https://union.example.com';
const chain = ['sub', 'client_id', 'azp'];

// ---- Keys

const rsa = (bits) => generateKeyPairSync('rsa', { modulusLength: bits });
const ec = (namedCurve) => generateKeyPairSync('ec', { namedCurve });
const pairs = {
  k1: rsa(2048),
  k2: rsa(2048),
  rsa512: rsa(512),
  rsa768: rsa(768),
  rsa1024: rsa(1024),
  p256: ec('P-256'),
  p384: ec('P-384'),
  p521: ec('P-521'),
  secp256k1: ec('secp256k1'),
  ed25519: generateKeyPairSync('ed25519'),
  ed448: generateKeyPairSync('ed448'),
  x25519: generateKeyPairSync('x25519'),
  rsaE3: generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
};
const secret = randomBytes(32);
const jwk = (name, more = {}) => ({ ...pairs[name].publicKey.export({ format: 'jwk' }), kid: name, ...more });
const privateJwk = (name, more = {}) => ({ ...pairs[name].privateKey.export({ format: 'jwk' }), kid: name, ...more });
const octJwk = (key, more = {}) => ({ kty: 'oct', k: key.toString('base64url'), kid: 'oct', ...more });
const without = (object, ...names) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
const good = jwk('k1', { use: 'sig', alg: 'RS256' });
const keySetOf = (...keys) => JSON.stringify({ keys });

async function certificateFor(name, algorithm) {
  const spki = pairs[name].publicKey.export({ type: 'spki', format: 'der' });
  const pkcs8 = pairs[name].privateKey.export({ type: 'pkcs8', format: 'der' });
  const usages = { publicKey: ['verify'], privateKey: ['sign'] };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: `CN=${name}`,
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2036-01-01'),
      signingAlgorithm: algorithm,
      keys: {
        publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, usages.publicKey),
        privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, usages.privateKey),
      },
    },
    webcrypto,
  );
  return Buffer.from(certificate.rawData);
}

const certificates = {
  k1: await certificateFor('k1', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }),
  k2: await certificateFor('k2', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }),
  p256: await certificateFor('p256', { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }),
};
const digest = (hash, bytes) => createHash(hash).update(bytes).digest();

// ---- Tokens

const base64url = (value) => Buffer.from(value).toString('base64url');
const text = (value) => (typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value));

/** The signature over `input` for the algorithm that `alg` names, whatever the header says. */
function signatureOf(input, { key = 'k1', alg = 'RS256', hmacKey = secret, salt } = {}) {
  const data = Buffer.from(input);
  const [, family, bits] = /^(HS|RS|PS|ES|EdDSA)(\d*)$/.exec(alg);
  if (family === 'HS') return createHmac(`sha${bits}`, hmacKey).update(data).digest();
  const privateKey = pairs[key].privateKey;
  if (family === 'EdDSA') return signBytes(null, data, privateKey);
  if (family === 'ES') return signBytes(`sha${bits}`, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (family === 'RS') return signBytes(`sha${bits}`, data, privateKey);
  const saltLength = salt ?? constants.RSA_PSS_SALTLEN_DIGEST;
  return signBytes(`sha${bits}`, data, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
}

const baseHeader = { alg: 'RS256', kid: 'k1', typ: 'JWT' };
const basePayload = {
  iss: 'https://idp.example.com/oauth2/default',
  sub: '0oaci',
  aud: ours,
  iat: at - 5,
  exp: at + 3600,
  cid: '0oaci',
  scp: ['all'],
  identitytype: 'app',
  preferred_username: '0oaci',
};

/** A signed token. `how` is passed to signatureOf; `how.signature` changes the bytes of the signature. */
function tokenOf(header = baseHeader, payload = basePayload, how = {}) {
  const input = `${base64url(text(header))}.${base64url(text(payload))}`;
  const signature = signatureOf(input, { alg: header.alg, ...how });
  return `${input}.${base64url(how.signature ? how.signature(signature) : signature)}`;
}

// ---- Vectors

const vectors = [];
const ids = new Set();

function add(id, title, { token, header, payload, how, keySet, ...rest } = {}) {
  if (ids.has(id)) throw new Error(`two vectors named ${id}`);
  ids.add(id);
  const known = /^(HS|RS|PS|ES)\d+$|^EdDSA$/.test(header?.alg ?? '');
  vectors.push({
    id,
    title,
    token: token ?? tokenOf(header, payload, { ...(known || header === undefined ? {} : { alg: 'RS256' }), ...how }),
    keySet: keySet ?? keySetOf(good),
    allowedAudience: [ours],
    ...rest,
  });
}

const claims = (changes, ...removed) => ({ payload: without({ ...basePayload, ...changes }, ...removed) });
const head = (changes, ...removed) => ({ header: without({ ...baseHeader, ...changes }, ...removed) });
/** The base payload as text, with `member` (for example `"exp":1e999`) put at its end, after the removal of `removed`. */
const rawClaims = (member, ...removed) => ({
  payload: `${JSON.stringify(without(basePayload, ...removed)).slice(0, -1)},${member}}`,
});
const rawHead = (header) => ({ header, how: { alg: 'RS256' } });
const rawKey = (json) => `{"keys":[${JSON.stringify(good)},${json}]}`;
const nested = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

// The vectors of the reference sheet.

add('V1', 'the token of an Okta custom authorization server');
add('V2', 'alg none and no signature', {
  token: `${base64url('{"alg":"none","kid":"k1"}')}.${base64url(text(basePayload))}.`,
});
add('V3', 'HS256, keyed with the PEM text of the RSA public key', {
  ...head({ alg: 'HS256' }),
  how: { hmacKey: pairs.k1.publicKey.export({ type: 'spki', format: 'pem' }) },
});
add('V4', 'the default audience of Okta', claims({ aud: 'api://default' }));
add('V5', 'two audiences, ours last', claims({ aud: ['account', ours] }));
add('V6', 'a number beside our audience', claims({ aud: [ours, 7] }));
add('V7', 'no aud', claims({}, 'aud'));
add('V8', 'aud with a slash at its end', claims({ aud: `${ours}/` }));
add('V9', 'expired one second ago', claims({ exp: at - 1 }));
add('V10', 'no exp', claims({}, 'exp'));
add('V11', 'exp as text', claims({ exp: String(at + 3600) }));
add('V12', 'nbf in 30 seconds', claims({ nbf: at + 30 }));
add('V13', 'iat in 30 seconds', claims({ iat: at + 30 }));
add('V14', 'iat with a fraction', claims({ iat: at - 4.5 }));
add('V15', 'no sub and no other claim to take it from', claims({}, 'sub'));
add('V16', 'no sub, client_id in the chain', { ...claims({ client_id: 'ci' }, 'sub'), subjectClaims: chain });
add('V17', 'no sub, only cid, which the chain does not name', { ...claims({}, 'sub'), subjectClaims: chain });
add('V18', 'sub is a number', claims({ sub: 42 }));
add('V19', 'identitytype user without a mapping', claims({ identitytype: 'user' }));
const entra = { idtyp: 'app', azp: 'azp-1', roles: ['x'] };
const entraMapping = { appClaims: { idtyp: ['app'] } };
add('V20', 'Entra ID with idtyp', { ...claims(entra, 'scp', 'cid', 'identitytype'), ...entraMapping });
add('V21', 'Entra ID without idtyp', { ...claims({ azp: 'azp-1' }, 'scp', 'cid', 'identitytype'), ...entraMapping });
add('V22', 'an opaque token', { token: 'ya29.a0AfH6SMBx' });
add('V23', 'an encrypted token', { token: `${base64url('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.AAAA.AAAA.AAAA.AAAA` });
add('V24', 'a kid that no key has', head({ kid: 'unknown' }));
add('V25', 'no kid and several keys', { ...head({}, 'kid'), keySet: keySetOf(jwk('p256'), jwk('k2'), good) });
add('V26', 'no kid and two RSA keys without alg', { ...head({}, 'kid'), keySet: keySetOf(jwk('k2'), jwk('k1')) });
add('V28', 'the key set is a web page', { keySet: '<!DOCTYPE html><title>Sign in</title>', keySetType: 'text/html' });
add('V29', 'HS256 and an empty key set', { ...head({ alg: 'HS256' }), keySet: '{"keys":[]}' });
add('V30', 'a key with use enc', { keySet: keySetOf({ ...good, use: 'enc' }) });
add('V31', 'a key with alg RS512, a token with RS256', { keySet: keySetOf({ ...good, alg: 'RS512' }) });
add('V32', 'a broken key beside the good one', {
  keySet: keySetOf(good, { kty: 'RSA', kid: 'broken', n: '!', e: 'AQAB' }),
});
const poison = {
  akp: ['kty AKP', { kty: 'AKP', alg: 'ML-DSA-65', pub: 'AAAA', kid: 'o' }],
  x25519: ['X25519', jwk('x25519')],
  ed448: ['Ed448', jwk('ed448')],
  secp256k1: ['secp256k1', jwk('secp256k1')],
  'no-kty': ['no kty', { kid: 'o', n: good.n, e: good.e }],
  'bad-x5c': ['x5c that is not a certificate', jwk('k2', { x5c: ['AAAA'] })],
  'bad-x5t': ['x5t of a wrong size', jwk('k2', { x5t: 'AAAA' })],
  'off-curve': ['a point that is not on the curve', jwk('p256', { y: jwk('p256').x })],
  'numeric-kid': ['a numeric kid', jwk('k2', { kid: 7 })],
  null: ['null in place of a key', null],
};
for (const [name, [title, key]] of Object.entries(poison)) {
  add(`V33-${name}`, `beside the good key: ${title}`, { keySet: keySetOf(good, key) });
}
const harmless = {
  ed25519: ['Ed25519', jwk('ed25519')],
  p521: ['P-521', jwk('p521')],
  oct: ['a symmetric key', octJwk(secret)],
  'rsa-oaep': ['a key for RSA-OAEP encryption', jwk('k2', { use: 'enc', alg: 'RSA-OAEP' })],
  'duplicate-kid': ['another key with the same kid', jwk('k2', { kid: 'k1' })],
  'rsa-512': ['an RSA key of 512 bits', jwk('rsa512')],
  'private-jwk': ['a private key', privateJwk('k2')],
};
for (const [name, [title, key]] of Object.entries(harmless)) {
  add(`V33-${name}`, `beside the good key: ${title}`, { keySet: keySetOf(good, key) });
}
add('V34', 'iss with a slash at its end', claims({ iss: `${basePayload.iss}/` }));
add('V35', 'iss of somebody else, signed with the right key', claims({ iss: 'https://evil.example/' }));
add('V36', 'Entra ID v1', {
  ...claims(
    { ...entra, iss: 'https://sts.windows.net/tid/', aud: 'api://union', appid: 'azp-1' },
    'scp',
    'cid',
    'identitytype',
  ),
  ...entraMapping,
  allowedAudience: ['api://union'],
});
add('V37', 'Entra ID v2, whose aud is a GUID', {
  ...claims({ ...entra, aud: '11111111-2222-3333-4444-555555555555' }, 'scp', 'cid', 'identitytype'),
  ...entraMapping,
  allowedAudience: ['api://union'],
});
add('V38', 'a Keycloak service account', claims({ client_id: 'ci', scope: 'all profile email' }, 'scp', 'cid'));
add('V39', 'Auth0 with its own profile', {
  ...claims({ azp: 'ci', gty: 'client-credentials', scope: 'all', sub: 'ci@clients' }, 'scp', 'cid', 'identitytype'),
  appClaims: { gty: ['client-credentials'] },
});
add('V40', 'Auth0 with the RFC 9068 profile', {
  ...claims({ client_id: 'ci', scope: 'all' }, 'scp', 'cid', 'identitytype'),
  ...head({ typ: 'at+jwt' }),
});
add('V41', 'Ory Hydra', claims({ client_id: 'ci', nbf: at, iat: at }, 'cid', 'identitytype'));
add('V42', 'scp as text, with client_id', claims({ scp: 'all', client_id: 'ci' }));
add('V43', 'scp as text, without client_id', claims({ scp: 'all' }));
add('V44', 'two scopes in one text', claims({ scp: 'all profile', client_id: 'ci' }));
add('V45', 'a list in scp', claims({ scp: [['all']] }));
add('V46', 'scp is an object', claims({ scp: { all: true } }));
add('V47', 'scp is null', claims({ scp: null }));
add('V48', 'client_id is a number', claims({ client_id: 7 }));
add('V49', 'email is null', claims({ email: null }));
add('V50', 'user_info is a text', claims({ user_info: 'x' }));
add('V51', 'another scope', claims({ scp: ['read'] }));
add('V52', 'ES256', { ...head({ alg: 'ES256', kid: 'p256' }), how: { key: 'p256' }, keySet: keySetOf(jwk('p256')) });
add('V53', 'EdDSA', {
  ...head({ alg: 'EdDSA', kid: 'ed25519' }),
  how: { key: 'ed25519' },
  keySet: keySetOf(jwk('ed25519')),
});
add('V54', 'PS256 with a key for RS256', head({ alg: 'PS256' }));
add('V55', 'RS256 with a key of 1024 bits', {
  ...head({ kid: 'rsa1024' }),
  how: { key: 'rsa1024' },
  keySet: keySetOf(jwk('rsa1024')),
});
add('V56', 'an unknown critical header', head({ crit: ['x'], x: 1 }));
add('V57', 'b64 false, signed as if it were not there', head({ crit: ['b64'], b64: false }));
add('V58', 'signature removed', { token: tokenOf().replace(/[^.]*$/, '') });
add('V59', 'payload changed after signing', {
  token: tokenOf().replace(/\.[^.]*\./, `.${base64url(JSON.stringify({ ...basePayload, sub: 'root' }))}.`),
});
add('V61', 'two aud members, ours last', {
  payload: JSON.stringify(basePayload).replace('"aud"', '"aud":"other","aud"'),
});
add('V62-leading-space', 'a space before the token', { token: ` ${tokenOf()}` });
add('V62-trailing-newline', 'a newline after the token', { token: `${tokenOf()}\n` });
add('V62', 'a space before and a newline after the token', { token: ` ${tokenOf()}\n` });
add('V63', 'typ at+jwt', head({ typ: 'at+jwt' }));
add('V64', 'an ID token', claims({ aud: '0oaci', nonce: 'n', at_hash: 'h' }, 'scp', 'cid'));
add('V65', 'an empty list of audiences', claims({ aud: [] }));

// How the token is written.

const [headerPart, payloadPart, signaturePart] = tokenOf().split('.');
const whole = `${headerPart}.${payloadPart}.${signaturePart}`;
add('form-empty', 'an empty token', { token: '' });
add('form-one-part', 'one part', { token: 'abc' });
add('form-two-parts', 'two parts', { token: `${headerPart}.${payloadPart}` });
add('form-four-parts', 'four parts', { token: `${whole}.AAAA` });
add('form-dot-at-end', 'a dot after the token', { token: `${whole}.` });
add('form-only-dots', 'two dots', { token: '..' });
add('form-bearer', 'the word Bearer before the token', { token: `Bearer ${whole}` });
add('form-quoted', 'quotes around the token', { token: `"${whole}"` });
add('form-space-in-header', 'a space within the header part', { token: `${whole.slice(0, 5)} ${whole.slice(5)}` });
add('form-newline-in-header', 'a newline within the header part', { token: `${whole.slice(0, 5)}\n${whole.slice(5)}` });
add('form-crlf-in-payload', 'CR LF within the payload part', {
  token: `${headerPart}.${payloadPart.slice(0, 9)}\r\n${payloadPart.slice(9)}.${signaturePart}`,
});
add('form-tab-in-payload', 'a tab within the payload part', {
  token: `${headerPart}.${payloadPart.slice(0, 9)}\t${payloadPart.slice(9)}.${signaturePart}`,
});
add('form-space-in-signature', 'a space within the signature part', {
  token: `${whole.slice(0, -5)} ${whole.slice(-5)}`,
});
add('form-nbsp-in-signature', 'a no-break space within the signature part', {
  token: `${whole.slice(0, -5)}\u00a0${whole.slice(-5)}`,
});
add('form-nel-in-signature', 'U+0085 within the signature part', {
  token: `${whole.slice(0, -5)}\u0085${whole.slice(-5)}`,
});
add('form-zwsp-in-signature', 'a zero width space within the signature part', {
  token: `${whole.slice(0, -5)}\u200b${whole.slice(-5)}`,
});
add('form-bom-before', 'a byte order mark before the token', { token: `\ufeff${whole}` });
add('form-nul-at-end', 'U+0000 after the token', { token: `${whole}\u0000` });
add('form-header-padded', 'base64 padding after the header part', {
  token: `${headerPart}=.${payloadPart}.${signaturePart}`,
});
add('form-payload-padded', 'base64 padding after the payload part', {
  token: `${headerPart}.${payloadPart}==.${signaturePart}`,
});
add('form-signature-padded', 'base64 padding after the signature part', { token: `${whole}==` });
add('form-signature-much-padding', 'seven padding signs after the signature part', { token: `${whole}=======` });
add('form-padding-inside', 'a padding sign within the signature part', {
  token: `${whole.slice(0, -5)}=${whole.slice(-5)}`,
});
add('form-standard-alphabet', 'the standard base64 alphabet in the signature part', {
  ...(() => {
    let token;
    do token = tokenOf(baseHeader, { ...basePayload, jti: randomBytes(4).toString('hex') });
    while (!/[-_][^.]*$/.test(token));
    return { token: token.replace(/[^.]*$/, (part) => part.replaceAll('-', '+').replaceAll('_', '/')) };
  })(),
});
/** The part with its last character replaced by one that has the same used bits but a bit set that counts for nothing. */
const loose = (part) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  if (part.length % 4 === 0) throw new Error('no unused bits in this part');
  return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1)) + 1];
};
/** JSON text of a length that leaves unused bits in its base64. */
const uneven = (object) =>
  [0, 1]
    .map((n) => JSON.stringify({ ...object, pad: 'x'.repeat(n) }))
    .find((json) => Buffer.byteLength(json) % 3 !== 0);
add('form-loose-bits-signature', 'unused bits set at the end of the signature part', {
  token: `${headerPart}.${payloadPart}.${loose(signaturePart)}`,
});
{
  const strictHeader = base64url(uneven(baseHeader));
  const strictPayload = base64url(uneven(basePayload));
  const strictSignature = base64url(signatureOf(`${strictHeader}.${strictPayload}`));
  add('form-loose-bits-header', 'unused bits set in the header part after signing', {
    token: `${loose(strictHeader)}.${strictPayload}.${strictSignature}`,
  });
  add('form-loose-bits-payload', 'unused bits set in the payload part after signing', {
    token: `${strictHeader}.${loose(strictPayload)}.${strictSignature}`,
  });
  const input = `${strictHeader}.${loose(strictPayload)}`;
  add('form-loose-bits-signed', 'unused bits set in the payload part before signing', {
    token: `${input}.${base64url(signatureOf(input))}`,
  });
  const padded = `${strictHeader}=.${strictPayload}`;
  add('form-padding-signed', 'padding in the header part before signing', {
    token: `${padded}.${base64url(signatureOf(padded))}`,
  });
}
add('form-one-character-part', 'a signature part of one character', { token: `${headerPart}.${payloadPart}.A` });
add('form-five-characters', 'a signature part of five characters', { token: `${headerPart}.${payloadPart}.AAAAA` });
add('form-empty-payload', 'an empty payload part', { payload: '' });
add('form-empty-header', 'an empty header part', { token: `.${payloadPart}.${signaturePart}` });
const flattened = { payload: payloadPart, protected: headerPart, signature: signaturePart };
add('form-json-flattened', 'the flattened JSON serialisation', { token: JSON.stringify(flattened) });
add('form-json-general', 'the general JSON serialisation', {
  token: JSON.stringify({ payload: payloadPart, signatures: [{ protected: headerPart, signature: signaturePart }] }),
});
add('form-json-two-dots', 'the flattened JSON serialisation with two dots in it', {
  token: JSON.stringify({ ...flattened, x: 'a.b.c' }),
});
add('form-json-tampered', 'the flattened JSON serialisation with a wrong signature', {
  token: JSON.stringify({ ...flattened, signature: 'AAAA' }),
});
add('form-json-no-signature', 'the flattened JSON serialisation without a signature', {
  token: JSON.stringify({ payload: payloadPart, protected: headerPart }),
});
add('form-json-empty-object', 'an empty JSON object', { token: '{}' });
add('form-json-three-signatures', 'the general JSON serialisation with two signatures', {
  token: JSON.stringify({
    payload: payloadPart,
    signatures: [
      { protected: headerPart, signature: signaturePart },
      { protected: headerPart, signature: signaturePart },
    ],
  }),
});

// The header.

const rs = JSON.stringify(baseHeader);
add('header-no-alg', 'no alg', { ...rawHead({ kid: 'k1' }) });
add('header-alg-lower-case', 'alg rs256', rawHead({ ...baseHeader, alg: 'rs256' }));
add('header-alg-empty', 'an empty alg', rawHead({ ...baseHeader, alg: '' }));
add('header-alg-null', 'alg null', rawHead({ ...baseHeader, alg: null }));
add('header-alg-number', 'alg is a number', rawHead({ ...baseHeader, alg: 256 }));
add('header-alg-list', 'alg is a list', rawHead({ ...baseHeader, alg: ['RS256'] }));
add('header-alg-space', 'a space after the name of the algorithm', rawHead({ ...baseHeader, alg: 'RS256 ' }));
add('header-alg-none-signed', 'alg none with a signature', rawHead({ ...baseHeader, alg: 'none' }));
add('header-alg-None', 'alg None', { token: `${base64url('{"alg":"None"}')}.${payloadPart}.` });
add('header-alg-es256k', 'alg ES256K with a key of that curve', rawHead({ ...baseHeader, alg: 'ES256K' }));
add('header-alg-other-name', 'ALG in place of alg', rawHead('{"ALG":"RS256","kid":"k1"}'));
add(
  'header-alg-and-other-case',
  'alg and ALG with different values',
  rawHead('{"alg":"RS256","ALG":"none","kid":"k1"}'),
);
add('header-alg-escaped', 'escapes in the name alg', rawHead('{"\\u0061lg":"RS256","kid":"k1"}'));
add('header-duplicate-alg', 'alg twice with the same value', rawHead('{"alg":"RS256","alg":"RS256","kid":"k1"}'));
add(
  'header-duplicate-alg-escaped',
  'alg twice, once with an escape',
  rawHead('{"alg":"RS256","\\u0061lg":"RS256","kid":"k1"}'),
);
add('header-duplicate-other', 'an unknown member twice', rawHead('{"alg":"RS256","kid":"k1","x":1,"x":1}'));
add('header-duplicate-nested', 'a duplicate within a member', rawHead('{"alg":"RS256","kid":"k1","x":{"a":1,"a":2}}'));
add(
  'header-duplicate-in-crit',
  'a duplicate within an object in a list',
  rawHead('{"alg":"RS256","kid":"k1","x":[{"a":1,"a":2}]}'),
);
add('header-null', 'the header is null', rawHead('null'));
add('header-list', 'the header is a list', rawHead('[]'));
add('header-number', 'the header is a number', rawHead('7'));
add('header-text', 'the header is a text', rawHead('"RS256"'));
add('header-empty-object', 'the header is an empty object', rawHead('{}'));
add('header-not-json', 'the header is not JSON', rawHead('alg=RS256'));
add('header-trailing-text', 'text after the header object', rawHead(`${rs}x`));
add('header-trailing-object', 'a second object after the header', rawHead(`${rs}{}`));
add('header-white-space', 'white space around the header object', rawHead(` \n${rs}\t\r\n`));
add('header-bom', 'a byte order mark before the header object', rawHead(`\ufeff${rs}`));
add(
  'header-invalid-utf8',
  'bytes that are not UTF-8 in an unknown member',
  rawHead(
    Buffer.concat([Buffer.from('{"alg":"RS256","kid":"k1","x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  ),
);
add('header-huge-number', 'the number 1e999 in an unknown member', rawHead('{"alg":"RS256","kid":"k1","x":1e999}'));
add('header-deep', '500 levels in an unknown member', rawHead(`{"alg":"RS256","kid":"k1","x":${nested(500)}}`));
add(
  'header-too-deep',
  '10,001 levels in an unknown member',
  rawHead(`{"alg":"RS256","kid":"k1","x":${nested(10001)}}`),
);
add('header-proto', '__proto__ as a member', rawHead('{"alg":"RS256","__proto__":{"kid":"k1"}}'));
add('header-proto-alg', 'alg only within __proto__', rawHead('{"kid":"k1","__proto__":{"alg":"RS256"}}'));
add('header-typ-number', 'typ is a number', rawHead({ ...baseHeader, typ: 7 }));
add('header-cty', 'cty JWT', head({ cty: 'JWT' }));
add('header-zip', 'zip DEF', head({ zip: 'DEF' }));
add('header-kid-empty', 'an empty kid', { ...head({ kid: '' }), keySet: keySetOf(jwk('k2'), good) });
add('header-kid-null', 'kid null', { ...head({ kid: null }), keySet: keySetOf(jwk('k2'), good) });
add('header-kid-number', 'kid is a number', head({ kid: 7 }));
add('header-kid-list', 'kid is a list', head({ kid: ['k1'] }));
add('header-kid-case', 'kid in another case', head({ kid: 'K1' }));
add('header-kid-key-without', 'a kid, and a key without one', { keySet: keySetOf(without(good, 'kid')) });
add('header-kid-key-empty', 'a kid, and a key with an empty one', { keySet: keySetOf({ ...good, kid: '' }) });
add('header-kid-surrogates', 'different lone surrogates as kid of token and key', {
  ...rawHead('{"alg":"RS256","kid":"\\udfff"}'),
  keySet: JSON.stringify({ keys: [good] }).replace('"k1"', '"\\ud800"'),
});
add('header-kid-replacement', 'bytes that are not UTF-8 as kid, and a key named U+FFFD', {
  ...rawHead(Buffer.concat([Buffer.from('{"alg":"RS256","kid":"'), Buffer.from([0xff]), Buffer.from('"}')])),
  keySet: keySetOf({ ...good, kid: '\ufffd' }),
});
add('header-kid-normalisation', 'kid in another Unicode normal form', {
  ...head({ kid: 'caf\u00e9' }),
  keySet: keySetOf({ ...good, kid: 'cafe\u0301' }),
});
add('header-kid-wrong-key', 'the kid of another key', { ...head({ kid: 'k2' }), keySet: keySetOf(good, jwk('k2')) });
add('header-kid-second-of-two', 'two keys with the kid, the second one made the token', {
  keySet: keySetOf(jwk('k2', { kid: 'k1' }), good),
});
add('header-crit-empty', 'an empty crit', head({ crit: [] }));
add('header-crit-null', 'crit null', head({ crit: null }));
add('header-crit-text', 'crit is a text', head({ crit: 'b64' }));
add('header-crit-number', 'a number in crit', head({ crit: [7] }));
add('header-crit-null-member', 'null in crit', head({ crit: [null] }));
add('header-crit-exp', 'exp is critical', head({ crit: ['exp'], exp: at + 3600 }));
add('header-crit-alg', 'alg is critical', head({ crit: ['alg'] }));
add('header-crit-b64-true', 'b64 is critical and true', head({ crit: ['b64'], b64: true }));
add('header-crit-b64-absent', 'b64 is critical and absent', head({ crit: ['b64'] }));
add('header-b64-true', 'b64 true without crit', head({ b64: true }));
add('header-b64-false', 'b64 false without crit', head({ b64: false }));
add('header-b64-text', 'b64 is a text', head({ b64: 'false' }));
add('header-b64-null', 'b64 null', head({ b64: null }));
{
  const unencoded = base64url(JSON.stringify({ ...baseHeader, b64: false, crit: ['b64'] }));
  const signature = base64url(signatureOf(`${unencoded}.${JSON.stringify(basePayload)}`));
  add('header-b64-false-signed-raw', 'b64 false, signed over the payload before its encoding', {
    token: `${unencoded}.${payloadPart}.${signature}`,
  });
  const unlisted = base64url(JSON.stringify({ ...baseHeader, b64: false }));
  const other = base64url(signatureOf(`${unlisted}.${JSON.stringify(basePayload)}`));
  add('header-b64-false-signed-raw-uncritical', 'the same without crit', {
    token: `${unlisted}.${payloadPart}.${other}`,
  });
}
add('header-jwk', 'the public key in the header', head({ jwk: jwk('k1') }));
add('header-jwk-foreign', 'another public key in the header, which made the token', {
  ...head({ jwk: jwk('k2') }),
  how: { key: 'k2' },
});
add('header-jwk-private', 'a private key in the header', head({ jwk: privateJwk('k2') }));
add('header-jwk-oct', 'a symmetric key in the header', head({ jwk: octJwk(secret) }));
add('header-jwk-empty', 'an empty jwk', head({ jwk: {} }));
add('header-jwk-null', 'jwk null', head({ jwk: null }));
add('header-jwk-text', 'jwk is a text', head({ jwk: 'k1' }));
add('header-jwk-ed448', 'a jwk of a kind that is not known', head({ jwk: jwk('ed448') }));
add('header-jwk-e-zero', 'a jwk with e of zero', head({ jwk: jwk('k1', { e: 'AA' }) }));
add('header-jku', 'jku', head({ jku: 'https://evil.example/keys' }));
add('header-x5c', 'the certificate of the key', head({ x5c: [certificates.k1.toString('base64')] }));
add('header-x5c-empty', 'an empty x5c', head({ x5c: [] }));
add('header-x5c-null', 'x5c null', head({ x5c: null }));
add('header-x5c-text', 'x5c is a text', head({ x5c: certificates.k1.toString('base64') }));
add('header-x5c-bad', 'x5c that is not a certificate', head({ x5c: ['AAAA'] }));
add(
  'header-x5c-base64url',
  'x5c in the URL alphabet without padding',
  head({ x5c: [certificates.k1.toString('base64url')] }),
);
add('header-x5t-any', 'x5t of a wrong size', head({ x5t: 'AAAA' }));
add('header-x5t-number', 'x5t is a number', head({ x5t: 7 }));
add('header-nonce', 'a nonce', head({ nonce: 'n' }));
add('header-nonce-number', 'a nonce that is a number', head({ nonce: 7 }));
add('header-nonce-null', 'nonce null', head({ nonce: null }));

add(
  'header-duplicate-surrogates',
  'two names that are one after the replacement of lone surrogates',
  rawHead('{"alg":"RS256","kid":"k1","\\ud800":1,"\\ud801":2}'),
);
add('header-kid-space', 'a space after kid', head({ kid: 'k1 ' }));
add('header-alg-bad-key-set', 'a header that cannot be read and a key set that cannot be read', {
  ...rawHead({ ...baseHeader, alg: 7 }),
  keySet: '{',
});
add('header-crit-bad-key-set', 'an unknown critical header and a key set that cannot be read', {
  ...head({ crit: ['x'] }),
  keySet: '{',
});
add('header-kid-unknown-bad-key', 'an unknown kid and a key that cannot be read', {
  ...head({ kid: 'x' }),
  keySet: keySetOf(good, { kty: 'AKP' }),
});

// The signature.

for (const alg of ['RS384', 'RS512', 'PS384', 'PS512']) add(`signature-${alg.toLowerCase()}`, alg, head({ alg }));
for (const [name, salt] of [
  ['none', 0],
  ['20', 20],
  ['maximal', constants.RSA_PSS_SALTLEN_MAX_SIGN],
]) {
  add(`signature-ps256-salt-${name}`, `PS256 with a salt of another length (${name})`, {
    ...head({ alg: 'PS256' }),
    how: { salt },
  });
}
const curves = { p256: ['ES256', 32], p384: ['ES384', 48], p521: ['ES512', 66] };
const half = { ES256: 32, ES384: 48, ES512: 66 };
for (const [key, [, size]] of Object.entries(curves)) {
  for (const alg of Object.keys(half)) {
    const resize = (signature) => {
      const grow = (bytes) => Buffer.concat([Buffer.alloc(Math.max(0, half[alg] - size)), bytes]).subarray(-half[alg]);
      return Buffer.concat([grow(signature.subarray(0, size)), grow(signature.subarray(size))]);
    };
    const fields = { ...head({ alg, kid: key }), keySet: keySetOf(jwk(key)) };
    add(`signature-${alg.toLowerCase()}-${key}`, `${alg} with a key of ${key}, halves of the size of ${alg}`, {
      ...fields,
      how: { key, signature: resize },
    });
    if (curves[key][0] !== alg) {
      add(
        `signature-${alg.toLowerCase()}-${key}-own-size`,
        `${alg} with a key of ${key}, halves of the size of the key`,
        { ...fields, how: { key } },
      );
    }
  }
}
const es = { ...head({ alg: 'ES256', kid: 'p256' }), keySet: keySetOf(jwk('p256')) };
const der = signBytes('sha256', Buffer.from(`${base64url(text(es.header))}.${payloadPart}`), pairs.p256.privateKey);
add('signature-es256-der', 'ES256 with a signature in DER', {
  ...es,
  token: `${base64url(text(es.header))}.${payloadPart}.${base64url(der)}`,
});
add('signature-es256-long', 'ES256 with one byte too much', {
  ...es,
  how: { key: 'p256', signature: (bytes) => Buffer.concat([bytes, Buffer.from([0])]) },
});
add('signature-es256-short', 'ES256 with one byte too few', {
  ...es,
  how: { key: 'p256', signature: (bytes) => bytes.subarray(0, 63) },
});
add('signature-es256-zero', 'ES256 with a signature of zeros', {
  ...es,
  how: { key: 'p256', signature: (bytes) => Buffer.alloc(bytes.length) },
});
add('signature-es256-high-s', 'ES256 with the other s', {
  ...es,
  how: {
    key: 'p256',
    signature: (bytes) => {
      const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
      const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
      return Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
    },
  },
});
add('signature-es256-rsa-key', 'alg ES256 and an RSA key', { ...head({ alg: 'ES256' }), how: { key: 'p256' } });
add('signature-rs256-ec-key', 'alg RS256 and an EC key', { ...head({ kid: 'p256' }), keySet: keySetOf(jwk('p256')) });
add('signature-rs256-oct-key', 'alg RS256 and a symmetric key', {
  ...head({ kid: 'oct' }),
  keySet: keySetOf(octJwk(secret)),
});
add('signature-eddsa-rsa-key', 'alg EdDSA and an RSA key', { ...head({ alg: 'EdDSA' }), how: { key: 'ed25519' } });
add('signature-eddsa-short', 'EdDSA with one byte too few', {
  ...head({ alg: 'EdDSA', kid: 'ed25519' }),
  how: { key: 'ed25519', signature: (bytes) => bytes.subarray(0, 63) },
  keySet: keySetOf(jwk('ed25519')),
});
add('signature-eddsa-name', 'alg Ed25519', {
  ...head({ alg: 'Ed25519', kid: 'ed25519' }),
  how: { key: 'ed25519', alg: 'EdDSA' },
  keySet: keySetOf(jwk('ed25519')),
});
add('signature-rs256-long', 'RS256 with a zero byte after the signature', {
  how: { alg: 'RS256', signature: (bytes) => Buffer.concat([bytes, Buffer.from([0])]) },
});
add('signature-rs256-leading-zero', 'RS256 with a zero byte before the signature', {
  how: { alg: 'RS256', signature: (bytes) => Buffer.concat([Buffer.from([0]), bytes]) },
});
add('signature-rs256-short', 'RS256 with one byte too few', {
  how: { alg: 'RS256', signature: (bytes) => bytes.subarray(0, 255) },
});
add('signature-rs256-other-hash', 'header RS256, signed as RS512', { header: baseHeader, how: { alg: 'RS512' } });
add('signature-rs256-signed-ps256', 'header RS256, signed as PS256', { header: baseHeader, how: { alg: 'PS256' } });
add('signature-e3', 'RS256 with the exponent 3', {
  ...head({ kid: 'rsaE3' }),
  how: { key: 'rsaE3' },
  keySet: keySetOf(jwk('rsaE3')),
});
add('signature-rsa-512', 'RS256 with a key of 512 bits', {
  ...head({ kid: 'rsa512' }),
  how: { key: 'rsa512' },
  keySet: keySetOf(jwk('rsa512')),
});
add('signature-rsa-768', 'RS256 with a key of 768 bits', {
  ...head({ kid: 'rsa768' }),
  how: { key: 'rsa768' },
  keySet: keySetOf(jwk('rsa768')),
});
for (const alg of ['HS256', 'HS384', 'HS512']) {
  add(`signature-${alg.toLowerCase()}`, `${alg} with its symmetric key in the set`, {
    ...head({ alg, kid: 'oct' }),
    keySet: keySetOf(octJwk(secret)),
  });
}
add('signature-hs256-wrong', 'HS256 with another symmetric key', {
  ...head({ alg: 'HS256', kid: 'oct' }),
  how: { hmacKey: 'other' },
  keySet: keySetOf(octJwk(secret)),
});
add('signature-hs256-empty-key', 'HS256 with an empty key, and an empty k in the set', {
  ...head({ alg: 'HS256', kid: 'oct' }),
  how: { hmacKey: '' },
  keySet: keySetOf({ kty: 'oct', kid: 'oct', k: '' }),
});
add('signature-hs256-truncated', 'HS256 with half of the signature', {
  ...head({ alg: 'HS256', kid: 'oct' }),
  how: { signature: (bytes) => bytes.subarray(0, 16) },
  keySet: keySetOf(octJwk(secret)),
});
add('signature-private-jwk', 'only the private key in the set', { keySet: keySetOf(privateJwk('k1')) });
add('signature-private-ec-jwk', 'only the private EC key in the set', {
  ...es,
  how: { key: 'p256' },
  keySet: keySetOf(privateJwk('p256')),
});
add('signature-private-ed-jwk', 'only the private Ed25519 key in the set', {
  ...head({ alg: 'EdDSA', kid: 'ed25519' }),
  how: { key: 'ed25519' },
  keySet: keySetOf(privateJwk('ed25519')),
});

// Times.

const times = {
  now: at,
  'now-and-a-half': at + 0.5,
  'now-and-most': at + 0.999999,
  'next-second': at + 1,
  'last-second-and-a-half': at - 0.5,
  zero: 0,
  'zero-point-five': 0.5,
  negative: -1,
  'negative-half': -0.5,
  milliseconds: at * 1000,
  'year-10000': 253402300800,
  '1e15': 1e15,
  '1e18': 1e18,
  '9.22e18': 9.22e18,
  'almost-2-63': 2 ** 63 - 1024,
  '2-63': 2 ** 63,
  '1e20': 1e20,
  'minus-1e18': -1e18,
  'minus-2-63': -(2 ** 63),
  'minus-1e20': -1e20,
  null: null,
  true: true,
  text: String(at),
  'empty-text': '',
  list: [at],
  object: {},
};
for (const name of ['exp', 'iat', 'nbf']) {
  for (const [title, value] of Object.entries(times))
    add(`time-${name}-${title}`, `${name}: ${JSON.stringify(value)}`, claims({ [name]: value }));
  for (const raw of ['1e300', '1e999', '-0', '0.0', '1e-400', '-1e300', `${at}.0`, `${at + 3600}e0`]) {
    add(`time-${name}-raw-${raw}`, `${name}: ${raw}`, rawClaims(`"${name}":${raw}`, name));
  }
  add(
    `time-${name}-case`,
    `${name.toUpperCase()} in capitals, in the past for exp and in the future for the others`,
    claims({ [name.toUpperCase()]: name === 'exp' ? at - 60 : at + 60 }),
  );
  add(`time-${name}-twice`, `${name} twice, the last one good`, {
    payload: JSON.stringify({ ...basePayload, [name]: name === 'exp' ? at + 60 : at - 60 }).replace(
      `"${name}"`,
      `"${name}":${name === 'exp' ? at - 60 : at + 60},"${name}"`,
    ),
  });
}
add('time-exp-and-nbf', 'expired and not valid yet', claims({ exp: at - 60, nbf: at + 60 }));
add('time-exp-and-iat', 'expired and issued later', claims({ exp: at - 60, iat: at + 60 }));
add('time-all', 'expired, issued later and not valid yet', claims({ exp: at - 60, iat: at + 60, nbf: at + 90 }));
add('time-none', 'no times at all', claims({}, 'exp', 'iat'));
add('time-exp-and-audience', 'expired and for another audience', claims({ exp: at - 60, aud: 'other' }));
add('time-exp-and-signature', 'expired and tampered with', {
  token: tokenOf(baseHeader, { ...basePayload, exp: at - 60 }).replace(/.{6}$/, 'AAAAAA'),
});
for (const iat of ['1e300', '-1e300', '1e15', '-62135596800', '-62135596801', '253402300799', `${at - 5}.9`]) {
  add(
    `time-printed-${iat}`,
    `iat ${iat} in the text about the audience`,
    rawClaims(`"iat":${iat},"aud":"other"`, 'iat', 'aud'),
  );
}

for (const nbf of ['-1.5', '-0.5', '0', '1.9', 'null', '-62167219201', '-1e12']) {
  add(
    `time-printed-nbf-${nbf}`,
    `nbf ${nbf} in the text about the audience`,
    rawClaims(`"nbf":${nbf},"aud":"other"`, 'nbf', 'aud'),
  );
}
for (const exp of ['253402300799', '253402300800', '1e15', '9.22e18', '1795611600.999']) {
  add(
    `time-printed-exp-${exp}`,
    `exp ${exp} in the text about the audience`,
    rawClaims(`"exp":${exp},"aud":"other"`, 'exp', 'aud'),
  );
}

// The payload as JSON.

const rawPayload = JSON.stringify(basePayload);
add('json-null', 'the payload is null', { payload: 'null' });
add('json-list', 'the payload is a list', { payload: '[]' });
add('json-number', 'the payload is a number', { payload: '7' });
add('json-text', 'the payload is a text', { payload: '"x"' });
add('json-true', 'the payload is true', { payload: 'true' });
add('json-empty-object', 'the payload is an empty object', { payload: '{}' });
add('json-not-json', 'the payload is not JSON', { payload: 'sub=x' });
add('json-cut', 'the payload ends too early', { payload: rawPayload.slice(0, -1) });
add('json-only-space', 'the payload is white space', { payload: '  ' });
add('json-bom', 'a byte order mark before the payload', { payload: `\ufeff${rawPayload}` });
add('json-white-space', 'white space around the payload', { payload: ` \n${rawPayload}\t\r\n` });
add('json-form-feed', 'a form feed before the payload', { payload: `\f${rawPayload}` });
add('json-trailing-text', 'text after the payload', { payload: `${rawPayload}garbage` });
add('json-trailing-brace', 'a brace after the payload', { payload: `${rawPayload}}` });
add('json-trailing-object', 'a second object after the payload', { payload: `${rawPayload}{"aud":"other"}` });
add('json-two-objects', 'the good object comes second', { payload: `{"aud":"other"} ${rawPayload}` });
add('json-null-then-object', 'null and then the object', { payload: `null${rawPayload}` });
add('json-comma', 'a comma too much', { payload: rawPayload.replace(/}$/, ',}') });
add('json-comment', 'a comment', { payload: `/* */${rawPayload}` });
add('json-single-quotes', 'single quotes', { payload: rawPayload.replaceAll('"', "'") });
add('json-nan', 'NaN as a value', rawClaims('"x":NaN'));
add('json-leading-zero', 'a number with a leading zero', rawClaims('"x":01'));
add('json-plus', 'a number with a plus sign', rawClaims('"x":+1'));
add('json-point', 'a number that ends in a point', rawClaims('"x":1.'));
add('json-huge-number', 'the number 1e999 in an unknown claim', rawClaims('"x":1e999'));
add('json-huge-number-nested', 'the number 1e999 within a list', rawClaims('"x":[{"y":-1e999}]'));
add('json-largest-number', 'the largest number', rawClaims('"x":1.7976931348623157e308'));
add('json-long-integer', 'an integer of 400 digits', rawClaims(`"x":${'9'.repeat(400)}`));
add('json-control-character', 'a newline within a text', rawClaims('"x":"a\nb"'));
add('json-delete-character', 'U+007F within a text', rawClaims('"x":"a\u007fb"'));
add('json-nul-escape', 'an escaped U+0000', rawClaims('"x":"\\u0000"'));
add('json-bad-escape', 'an unknown escape', rawClaims('"x":"\\x41"'));
add('json-lone-surrogate', 'a lone surrogate in sub', rawClaims('"sub":"\\ud800"', 'sub'));
add('json-lone-surrogate-name', 'a lone surrogate in the name of a claim', rawClaims('"\\udc00":1'));
add('json-surrogate-pair', 'a surrogate pair in sub', rawClaims('"sub":"\\ud83d\\ude00"', 'sub'));
const invalid = (before, after) =>
  Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(after)]);
add('json-invalid-utf8-sub', 'bytes that are not UTF-8 in sub', {
  payload: invalid(`${JSON.stringify(without(basePayload, 'sub')).slice(0, -1)},"sub":"a`, 'b"}'),
});
add('json-cesu-sub', 'a surrogate in UTF-8 in sub', {
  payload: Buffer.concat([
    Buffer.from(`${JSON.stringify(without(basePayload, 'sub')).slice(0, -1)},"sub":"a`),
    Buffer.from([0xed, 0xa0, 0x80, 0xe2, 0x82]),
    Buffer.from('"}'),
  ]),
});
add('json-invalid-utf8-outside', 'bytes that are not UTF-8 outside of a text', {
  payload: invalid(rawPayload.slice(0, -1), '}'),
});
for (const hex of [
  'e08080',
  'f4908080',
  'f09f98',
  'c3',
  '80',
  'eda0bdedb880',
  'f0808080',
  'efbfbe',
  'f8888080',
  'e282e282ac',
]) {
  add(`json-utf8-${hex}`, `the bytes ${hex} in sub`, {
    payload: Buffer.concat([
      Buffer.from(`${JSON.stringify(without(basePayload, 'sub')).slice(0, -1)},"sub":"a`),
      Buffer.from(hex, 'hex'),
      Buffer.from('b"}'),
    ]),
  });
}
const syntax = [
  '"x"',
  '"x":',
  '"x":1 2',
  '"x":tru',
  '"x":nul1',
  '"x":[1 2]',
  '"x":[1,]',
  '"x":-',
  '"x":1e',
  '"x":1e+x',
  '"x":"\\u12g4"',
  '"x":"\u0000"',
  'x:1',
  '"x" 1',
  '"x"::1',
  '"x":.5',
  '"x":\'1\'',
  '"x":"\\\u00e9"',
  '"x":\u00e9',
  '"x":"\t"',
  '"x":[{]',
  '"x":{"a"}',
  '"x":fals\u0080',
];
for (const [index, member] of syntax.entries()) add(`json-syntax-${index}`, `the member ${member}`, rawClaims(member));
add('json-cut-in-text', 'the payload ends within a text', { payload: '{"x":"a' });
add('json-cut-in-literal', 'the payload ends within a literal', { payload: 'tru' });
add('json-cut-after-minus', 'the payload ends after a minus sign', { payload: '-' });
add('json-overflow-before-syntax', 'a number that is too large and then an error of syntax', rawClaims('"x":1e999,}'));
add('json-two-overflows', 'two numbers that are too large', rawClaims('"x":1e999,"y":2e999'));
add(
  'json-depth-mixed',
  'objects and lists, 10,001 levels',
  rawClaims(`"x":${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}`),
);
add('json-replacement-audience', 'bytes that are not UTF-8 in aud, and U+FFFD allowed', {
  payload: Buffer.concat([
    Buffer.from(`${JSON.stringify(without(basePayload, 'aud')).slice(0, -1)},"aud":"`),
    Buffer.from([0xff]),
    Buffer.from('"}'),
  ]),
  allowedAudience: ['\ufffd'],
});
add('json-deep-1000', '1,000 levels in a claim', rawClaims(`"x":${nested(1000)}`));
add('json-deep-9999', '9,999 levels in a claim, 10,000 with the payload itself', rawClaims(`"x":${nested(9999)}`));
add('json-deep-10000', '10,000 levels in a claim, 10,001 with the payload itself', rawClaims(`"x":${nested(10000)}`));
add('json-deep-11000', '11,000 levels in a claim', rawClaims(`"x":${nested(11000)}`));
add('json-deep-objects', '1,000 levels of objects', rawClaims(`"x":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`));
add('json-duplicate-other-case', 'AUD after aud', rawClaims('"AUD":"other"'));
add('json-only-capitals', 'AUD in place of aud', rawClaims(`"AUD":"${ours}"`, 'aud'));
add('json-duplicate-aud', 'two aud members, ours first', rawClaims('"aud":"other"'));
add('json-duplicate-escaped', 'aud and then aud with an escape', rawClaims('"\\u0061ud":"other"'));
add('json-duplicate-scp', 'two scp members, the last one without all', rawClaims('"scp":["read"]'));
add(
  'json-duplicate-objects',
  'two objects of the same name',
  rawClaims('"user_info":{"subject":7},"user_info":{"name":"x"}'),
);
add('json-proto', '__proto__ holds an audience', rawClaims(`"__proto__":{"aud":"${ours}"}`, 'aud'));
add('json-proto-scope', '__proto__ holds client_id', rawClaims('"__proto__":{"client_id":7}'));
add('json-proto-null', '__proto__ is null', rawClaims('"__proto__":null'));
add(
  'json-constructor',
  'constructor and toString as claims',
  rawClaims('"constructor":"x","toString":7,"hasOwnProperty":null'),
);
add('json-empty-name', 'a claim with an empty name', rawClaims('"":1'));

// Audiences.

const audiences = {
  empty: '',
  null: null,
  number: 7,
  true: true,
  object: { [ours]: true },
  nested: [[ours]],
  'with-null': [ours, null],
  twice: [ours, ours],
  'upper-case': ours.toUpperCase(),
  space: `${ours} `,
  'in-one-text': `${ours} account`,
  port: `${ours}:443`,
  path: `${ours}/path`,
  html: '<&>\u2028',
};
for (const [name, aud] of Object.entries(audiences))
  add(`audience-${name}`, `aud: ${JSON.stringify(aud)}`, claims({ aud }));
add('audience-many-not-ours', 'a list without ours', claims({ aud: ['a b', 'c'] }));
add('audience-allowed-empty', 'an empty text as aud and as allowed audience', {
  ...claims({ aud: '' }),
  allowedAudience: [''],
});
add('audience-none-allowed', 'no allowed audience beside the public URL', { allowedAudience: [] });
add('audience-public-url', 'the public URL although only another audience is allowed', {
  allowedAudience: ['api://union'],
});
add('audience-wanted-order', 'several allowed audiences and none of them', {
  ...claims({ aud: 'other' }),
  allowedAudience: ['z', 'a', 'B', ours, 'a'],
});
add(
  'audience-allowed-constructor',
  'an audience named constructor that is not allowed',
  claims({ aud: 'constructor' }),
);
add(
  'audience-text-members',
  'all members of the claims in the text',
  claims({ aud: 'other', jti: 'j-1', nbf: at - 10 }),
);
add('audience-text-no-members', 'hardly any claims in the text', { payload: { aud: 'other' } });
add(
  'audience-text-other-types',
  'claims of other types in the text',
  claims({ aud: 'other', jti: 7, iss: null, sub: ['x'] }),
);

// Subjects.

const subjects = { empty: '', number: 7, null: null, list: ['x'], object: {}, space: ' ', true: true };
for (const [name, sub] of Object.entries(subjects))
  add(`subject-${name}`, `sub: ${JSON.stringify(sub)}`, claims({ sub }));
for (const [name, sub] of Object.entries(subjects)) {
  add(`subject-chain-${name}`, `sub: ${JSON.stringify(sub)} with client_id next in the chain`, {
    ...claims({ sub, client_id: 'ci' }),
    subjectClaims: chain,
  });
}
add('subject-chain-order', 'client_id comes before sub in the chain', {
  ...claims({ client_id: 'ci' }),
  subjectClaims: ['client_id', 'sub'],
});
add('subject-chain-without-sub', 'the chain does not name sub, which is the last resort', {
  subjectClaims: ['oid', 'azp'],
});
add('subject-chain-no-names', 'an empty chain', { ...claims({}, 'sub'), subjectClaims: [] });
add('subject-chain-empty-name', 'an empty name in the chain', { ...rawClaims('"":"x"', 'sub'), subjectClaims: [''] });
add('subject-chain-case', 'the chain in capitals', { ...claims({}, 'sub'), subjectClaims: ['SUB', 'CID'] });
add('subject-chain-constructor', 'the chain names members every JavaScript object has', {
  subjectClaims: ['constructor', 'toString', '__proto__'],
});
add('subject-chain-proto', 'the chain names __proto__ and the token has it', {
  ...rawClaims('"__proto__":"p"'),
  subjectClaims: ['__proto__'],
});
add('subject-chain-dotted', 'a dotted name in the chain', { ...claims({ a: { b: 'x' } }), subjectClaims: ['a.b'] });
add('subject-chain-url', 'a claim named by a URL', {
  ...claims({ 'https://example.com/id': 'x' }),
  subjectClaims: ['https://example.com/id'],
});

// Scopes.

const scopes = {
  'empty-list': [],
  'empty-text-in-list': [''],
  'empty-text': '',
  capitals: ['ALL'],
  'capitals-text': 'ALL',
  twice: ['all', 'all'],
  many: ['z', 'all', 'a'],
  'in-one-member': ['all profile'],
  'space-after': ['all '],
  number: 7,
  float: 1e21,
  small: 1e-7,
  true: true,
  object: { b: 1, a: ['x', null] },
  'number-in-list': ['all', 7],
  'null-in-list': [null],
  'comma-text': 'all,profile',
};
for (const [name, scp] of Object.entries(scopes)) {
  add(`scope-${name}`, `scp: ${JSON.stringify(scp)}`, claims({ scp }));
  add(`scope-client-${name}`, `scp: ${JSON.stringify(scp)}, with client_id`, claims({ scp, client_id: 'ci' }));
}
add('scope-absent', 'no scp and no client_id', claims({}, 'scp'));
add('scope-absent-client', 'no scp, with client_id', claims({ client_id: 'ci' }, 'scp'));
add('scope-scope-list', 'scope as a list, with client_id', claims({ scope: ['all'], client_id: 'ci' }, 'scp'));
add('scope-capital-name', 'SCP, with client_id', claims({ SCP: ['all'], client_id: 'ci' }, 'scp'));

add('scope-read-text', 'another scope as text, without client_id', claims({ scp: 'read' }));
for (const value of [1e20, 123456789, 0.0001, 0.00001, -0.5, 1234567.891, 1e100]) {
  add(`scope-printed-${value}`, `scp: ${value}`, claims({ scp: value }));
}
add(
  'scope-printed-nested',
  'an object with all kinds of values in scp',
  claims({ scp: { z: [1, [2.5], {}], '': null, b: false, a: { c: 'x y' }, B: [] } }),
);

// client_id, email, user_info.

const clients = { empty: '', null: null, true: true, list: ['ci'], object: {}, space: ' ' };
for (const [name, clientId] of Object.entries(clients)) {
  add(`client-${name}`, `client_id: ${JSON.stringify(clientId)}`, claims({ client_id: clientId }));
  add(
    `client-${name}-no-scope`,
    `client_id: ${JSON.stringify(clientId)}, no scp`,
    claims({ client_id: clientId }, 'scp'),
  );
}
const emails = { empty: '', number: 7, true: true, list: [], object: {}, good: 'a@example.com' };
for (const [name, email] of Object.entries(emails))
  add(`email-${name}`, `email: ${JSON.stringify(email)}`, claims({ email }));
add('email-null-wrong-audience', 'email null and another audience', claims({ email: null, aud: 'other' }));
add('email-null-bad-scope', 'email null and scp null', claims({ email: null, scp: null }));
add('email-verified', 'email_verified', claims({ email_verified: null }));
const userInfos = {
  empty: {},
  null: null,
  list: [],
  number: 7,
  false: false,
  'empty-text': '',
  subject: { subject: 'u' },
  'subject-number': { subject: 7 },
  'subject-null': { subject: null },
  'subject-list': { subject: [] },
  'subject-object': { subject: {} },
  'subject-true': { subject: true },
  'subject-capital': { Subject: 'x' },
  'subject-capital-number': { Subject: 7 },
  'capitals-number': { PREFERRED_USERNAME: 7 },
  'long-s': { '\u017fubject': 7 },
  'no-underscore': { preferredUsername: 7 },
  name: { name: 7 },
  'given-name': { given_name: 7 },
  'family-name': { family_name: true },
  email: { email: 7 },
  picture: { picture: {} },
  'two-errors': { subject: 7, name: [] },
  unknown: { x: 7, roles: ['a'] },
  'internal-names': { state: 7, sizeCache: 'x', unknownFields: {} },
  'additional-claims': { additional_claims: { a: [1, null, 'x', { b: true }] } },
  'additional-claims-null': { additional_claims: null },
  'additional-claims-number': { additional_claims: 5 },
  'additional-claims-list': { additional_claims: [] },
  'additional-claims-text': { additional_claims: 'x' },
};
for (const [name, info] of Object.entries(userInfos))
  add(`user-info-${name}`, `user_info: ${JSON.stringify(info)}`, claims({ user_info: info }));
add(
  'user-info-and-email',
  'user_info and email',
  claims({ user_info: { email: 'a@example.com' }, email: 'b@example.com' }),
);
add(
  'user-info-before-client',
  'user_info and client_id are both wrong',
  claims({ user_info: { subject: 7 }, client_id: 7 }),
);
add('client-before-scope', 'client_id and scp are both wrong', claims({ client_id: 7, scp: null }));

// The type of an identity.

const types = {
  absent: undefined,
  number: 7,
  null: null,
  empty: '',
  list: ['app'],
  object: { a: 1 },
  other: 'service',
  capitals: 'APP',
};
for (const [name, identitytype] of Object.entries(types)) {
  add(`type-${name}`, `identitytype: ${JSON.stringify(identitytype)} without a mapping`, claims({ identitytype }));
  add(`type-mapped-${name}`, `identitytype: ${JSON.stringify(identitytype)}, mapped by itself`, {
    ...claims({ identitytype }),
    appClaims: { identitytype: ['app'] },
  });
}
const mapped = (title, name, payload, appClaims) =>
  add(`type-mapping-${name}`, title, { ...claims(payload, 'identitytype'), appClaims });
mapped('a mapped claim that is a number', 'number', { idtyp: 7 }, { idtyp: ['7'] });
mapped('a mapped claim that is a list', 'list', { idtyp: ['app'] }, { idtyp: ['app'] });
mapped('a mapped claim that is true', 'true', { idtyp: true }, { idtyp: ['true'] });
mapped('a mapped claim that is null', 'null', { idtyp: null }, { idtyp: [''] });
mapped('an empty text on both sides', 'empty-text', { idtyp: '' }, { idtyp: [''] });
mapped('a mapping without values', 'no-values', { idtyp: 'app' }, { idtyp: [] });
mapped('a mapping without claims', 'no-claims', { idtyp: 'app' }, {});
mapped(
  'the second of two claims fits',
  'second-claim',
  { idtyp: 'user', gty: 'cc' },
  { idtyp: ['app'], gty: ['x', 'cc'] },
);
mapped('another case', 'case', { idtyp: 'APP' }, { idtyp: ['app'] });
mapped('another case in the name', 'name-case', { IDTYP: 'app' }, { idtyp: ['app'] });
mapped('members every JavaScript object has', 'constructor', {}, { constructor: ['app'], toString: ['app'] });
add('type-mapping-proto', '__proto__ as a mapped claim', {
  ...rawClaims('"__proto__":"app"', 'identitytype'),
  appClaims: JSON.parse('{"__proto__":["app"]}'),
});
mapped(
  'a mapped sub, after the chain has replaced it',
  'sub',
  { sub: 7, client_id: 'ci', scp: ['all'] },
  { sub: ['ci'] },
);
vectors.at(-1).subjectClaims = chain;

// Key sets.

const sets = {
  'empty-object': '{}',
  'keys-null': '{"keys":null}',
  'keys-object': '{"keys":{}}',
  'keys-text': '{"keys":"x"}',
  'keys-number': '{"keys":7}',
  'keys-empty': '{"keys":[]}',
  list: `[${JSON.stringify(good)}]`,
  'empty-list': '[]',
  'one-key': JSON.stringify(good),
  null: 'null',
  number: '7',
  text: '"x"',
  empty: '',
  'white-space': ' \n',
  'trailing-text': `${keySetOf(good)}x`,
  'trailing-object': `${keySetOf(good)}{}`,
  'surrounding-space': ` \r\n${keySetOf(good)}\n\t`,
  bom: `\ufeff${keySetOf(good)}`,
  cut: keySetOf(good).slice(0, -1),
  'comma-too-much': keySetOf(good).replace(/]}$/, ',]}'),
  capital: keySetOf(good).replace('"keys"', '"Keys"'),
  capitals: keySetOf(good).replace('"keys"', '"KEYS"'),
  'long-s': keySetOf(good).replace('"keys"', '"key\u017f"'),
  'kelvin-sign': keySetOf(good).replace('"keys"', '"\u212aeys"'),
  escaped: keySetOf(good).replace('"keys"', '"\\u006beys"'),
  'other-name': keySetOf(good).replace('"keys"', '"Key"'),
  'twice-good-last': `{"keys":[],"keys":[${JSON.stringify(good)}]}`,
  'twice-good-first': `{"keys":[${JSON.stringify(good)}],"keys":[]}`,
  'twice-capital-last': `{"keys":[${JSON.stringify(good)}],"Keys":[]}`,
  'twice-null-last': `{"keys":[${JSON.stringify(good)}],"keys":null}`,
  'twice-number-last': `{"keys":[${JSON.stringify(good)}],"keys":7}`,
  'twice-poison-first': `{"keys":[{"kty":"AKP"}],"keys":[${JSON.stringify(good)}]}`,
  'twice-shorter-last': `{"keys":[${JSON.stringify(jwk('k2'))},${JSON.stringify(good)}],"keys":[${JSON.stringify(jwk('p256'))}]}`,
  'unknown-members': JSON.stringify({ issuer: 7, keys: [good], expires: null }),
  'huge-number-unknown': keySetOf(good).replace('{"keys"', '{"x":1e999,"keys"'),
  'deep-unknown': keySetOf(good).replace('{"keys"', `{"x":${nested(9999)},"keys"`),
  'too-deep-unknown': keySetOf(good).replace('{"keys"', `{"x":${nested(10000)},"keys"`),
  'key-text': rawKey('"k2"'),
  'key-number': rawKey('7'),
  'key-list': rawKey('[]'),
  'key-empty-object': rawKey('{}'),
  'key-nested-list': `{"keys":[[${JSON.stringify(good)}]]}`,
  'duplicate-in-key': rawKey(`{"kid":"x",${JSON.stringify(jwk('k2')).slice(1)}`),
  'duplicate-unknown-in-key': rawKey(`{"zz":1,"zz":1,${JSON.stringify(jwk('k2')).slice(1)}`),
  'duplicate-deeply-nested-in-key': rawKey(`{"zz":[{"a":{"b":1,"b":1}}],${JSON.stringify(jwk('k2')).slice(1)}`),
  'duplicate-nested-in-key': rawKey(`{"zz":{"a":1,"a":1},${JSON.stringify(jwk('k2')).slice(1)}`),
  'huge-number-in-key': rawKey(`{"zz":1e999,${JSON.stringify(jwk('k2')).slice(1)}`),
  'deep-in-key': rawKey(`{"zz":${nested(9000)},${JSON.stringify(jwk('k2')).slice(1)}`),
  'control-character-in-key': rawKey(`{"zz":"a\u0001",${JSON.stringify(jwk('k2')).slice(1)}`),
  'lone-surrogate-in-key': rawKey(`{"zz":"\\ud800",${JSON.stringify(jwk('k2')).slice(1)}`),
  'proto-in-key': rawKey(`{"__proto__":{"kty":"RSA"},"kid":"x"}`),
  'capital-members': rawKey('{"KTY":"AKP","kty":"oct","k":"AAAA"}'),
  'capital-kid': `{"keys":[${JSON.stringify(good).replace('"kid"', '"KID"')}]}`,
  'thousand-keys': JSON.stringify({
    keys: [...Array.from({ length: 999 }, () => ({ kty: 'oct', kid: 'k1', k: 'AAAA' })), good],
  }),
};
for (const [name, keySet] of Object.entries(sets))
  add(`set-${name}`, `key set: ${name.replaceAll('-', ' ')}`, { keySet });
add('set-two-bad-keys', 'two keys that cannot be read', {
  keySet: keySetOf({ kty: 'first' }, good, { kty: 'second' }),
});
add('set-bad-key-then-syntax', 'a key that cannot be read and then an error of syntax', {
  keySet: '{"keys":[{"kty":"AKP"}],}',
});
add('set-bad-key-then-type', 'a key that cannot be read and then keys of another type', {
  keySet: '{"keys":[{"kty":"AKP"}],"keys":7}',
});
add('set-type-then-bad-key', 'keys of another type and then a key that cannot be read', {
  keySet: '{"keys":7,"keys":[{"kty":"AKP"}]}',
});
for (const [name, contentType] of Object.entries({
  empty: ' ',
  broken: ';',
  'html-upper': 'TEXT/HTML',
  'json-broken-parameter': 'application/json; charset',
})) {
  add(`set-broken-type-${name}`, `a broken key set with the content type ${JSON.stringify(contentType)}`, {
    keySet: '{',
    keySetType: contentType,
  });
}
add('set-wrong-type', 'a good key set with another content type', { keySetType: 'text/plain' });
add('set-broken-wrong-type', 'a broken key set with another content type', {
  keySet: '{"keys":7}',
  keySetType: 'text/plain; charset=utf-8',
});
add('set-broken-no-type', 'a broken key set with parameters on its content type', {
  keySet: '{"keys":7}',
  keySetType: 'Application/JSON; charset=utf-8',
});
add('set-broken-jwk-type', 'a broken key set with the content type of key sets', {
  keySet: '{',
  keySetType: 'application/jwk-set+json',
});
for (const status of [201, 204, 404])
  add(`set-status-${status}`, `status ${status}`, { keySetStatus: status, ...(status === 204 ? { keySet: '' } : {}) });

// Single keys: what makes one unreadable. `beside` puts it next to the good key, `alone` uses it for the token.

const k2 = jwk('k2', { kid: 'o' });
const p256 = jwk('p256', { kid: 'o' });
const ed = jwk('ed25519', { kid: 'o' });
const bytesOf = (value) => Buffer.from(value, 'base64url');
const x5c = [certificates.k2.toString('base64')];
const padLeft = (value) => base64url(Buffer.concat([Buffer.from([0]), bytesOf(value)]));
const beside = {
  'kty-lower-case': { ...k2, kty: 'rsa' },
  'kty-empty': { ...k2, kty: '' },
  'kty-null': { ...k2, kty: null },
  'kty-number': { ...k2, kty: 7 },
  'use-number': { ...k2, use: 7 },
  'use-null': { ...k2, use: null },
  'use-list': { ...k2, use: ['sig'] },
  'alg-number': { ...k2, alg: 7 },
  'alg-unknown': { ...k2, alg: 'XX' },
  'alg-null': { ...k2, alg: null },
  'kid-null': { ...k2, kid: null },
  'kid-true': { ...k2, kid: true },
  'crv-number-on-rsa': { ...k2, crv: 7 },
  'k-on-rsa': { ...k2, k: '!' },
  'k-number-on-rsa': { ...k2, k: 7 },
  'x-bad-on-rsa': { ...k2, x: '!' },
  'qi-bad-on-rsa': { ...k2, qi: '!' },
  'key-ops-text': { ...k2, key_ops: 'verify' },
  'key-ops-number': { ...k2, key_ops: 7 },
  'unknown-members': { ...k2, ext: 7, exp: 'x', nbf: null, issuer: {} },
  'oth-on-rsa': { ...k2, oth: 'x' },
  'n-missing': without(k2, 'n'),
  'n-empty': { ...k2, n: '' },
  'n-null': { ...k2, n: null },
  'n-number': { ...k2, n: 7 },
  'n-one': { ...k2, n: 'AQ' },
  'n-padded': { ...k2, n: `${k2.n}==` },
  'n-standard-alphabet': { ...k2, n: '+/+/' },
  'n-space': { ...k2, n: `${k2.n.slice(0, 4)} ${k2.n.slice(4)}` },
  'n-newline': { ...k2, n: `${k2.n.slice(0, 4)}\n${k2.n.slice(4)}` },
  'n-one-character': { ...k2, n: 'A' },
  'n-loose-bits': { ...k2, n: 'AB' },
  'n-not-ascii': { ...k2, n: 'é' },
  'e-missing': without(k2, 'e'),
  'e-zero': { ...k2, e: 'AA' },
  'e-empty': { ...k2, e: '' },
  'e-null': { ...k2, e: null },
  'e-number': { ...k2, e: 65537 },
  'e-huge': { ...k2, e: 'A'.repeat(2) + '_'.repeat(80) },
  'd-null': { ...k2, d: null },
  'd-empty': { ...k2, d: '' },
  'd-only': { ...k2, d: privateJwk('k2').d },
  'd-number': { ...k2, d: 7 },
  'private-swapped-primes': { ...privateJwk('k2'), p: privateJwk('k2').q, q: privateJwk('k2').p },
  'private-bad-primes': { ...privateJwk('k2'), p: privateJwk('k1').p },
  'private-bad-d': { ...privateJwk('k2'), d: privateJwk('k1').d },
  'private-bad-dp': { ...privateJwk('k2'), dp: privateJwk('k1').dp },
  'private-bad-qi': { ...privateJwk('k2'), qi: 'AQ' },
  'private-no-dp': without(privateJwk('k2'), 'dp', 'dq', 'qi'),
  'private-no-q': without(privateJwk('k2'), 'q'),
  'private-small': privateJwk('rsa512'),
  'private-p-one': { ...privateJwk('k2'), p: 'AQ', q: privateJwk('k2').n },
  'ec-no-y': without(p256, 'y'),
  'ec-no-x': without(p256, 'x'),
  'ec-y-null': { ...p256, y: null },
  'ec-y-empty': { ...p256, y: '' },
  'ec-no-crv': without(p256, 'crv'),
  'ec-crv-lower-case': { ...p256, crv: 'p-256' },
  'ec-crv-other': { ...p256, crv: 'P-384' },
  'ec-crv-openssl': { ...p256, crv: 'prime256v1' },
  'ec-x-short': { ...p256, x: base64url(bytesOf(p256.x).subarray(1)) },
  'ec-x-long': { ...p256, x: padLeft(p256.x) },
  'ec-y-long': { ...p256, y: padLeft(p256.y) },
  'ec-zero': { ...p256, x: base64url(Buffer.alloc(32)), y: base64url(Buffer.alloc(32)) },
  'ec-beyond-field': { ...p256, x: base64url(Buffer.alloc(32, 255)) },
  'ec-swapped': { ...p256, x: p256.y, y: p256.x },
  'ec-private': privateJwk('p256'),
  'ec-private-d-short': { ...privateJwk('p256'), d: base64url(bytesOf(privateJwk('p256').d).subarray(1)) },
  'ec-private-d-long': { ...privateJwk('p256'), d: padLeft(privateJwk('p256').d) },
  'ec-private-d-wrong': { ...privateJwk('p256'), d: base64url(Buffer.alloc(32, 255)) },
  'ec-private-d-empty': { ...p256, d: '' },
  'ec-p384': jwk('p384'),
  'okp-no-crv': without(ed, 'crv'),
  'okp-crv-lower-case': { ...ed, crv: 'ed25519' },
  'okp-no-x': without(ed, 'x'),
  'okp-x-null': { ...ed, x: null },
  'okp-x-empty': { ...ed, x: '' },
  'okp-x-short': { ...ed, x: base64url(bytesOf(ed.x).subarray(0, 31)) },
  'okp-x-long': { ...ed, x: base64url(Buffer.concat([bytesOf(ed.x), Buffer.from([1])])) },
  'okp-x-not-a-point': { ...ed, x: base64url(Buffer.alloc(32, 255)) },
  'okp-private': privateJwk('ed25519'),
  'okp-private-d-short': { ...privateJwk('ed25519'), d: 'AAAA' },
  'okp-private-d-long': { ...privateJwk('ed25519'), d: base64url(Buffer.alloc(99)) },
  'okp-private-d-empty': { ...ed, d: '' },
  'okp-private-x-long': { ...privateJwk('ed25519'), x: base64url(Buffer.alloc(40)) },
  'oct-no-k': { kty: 'oct', kid: 'o' },
  'oct-k-null': { kty: 'oct', kid: 'o', k: null },
  'oct-k-empty': { kty: 'oct', kid: 'o', k: '' },
  'oct-k-number': { kty: 'oct', kid: 'o', k: 7 },
  'oct-k-padded': { kty: 'oct', kid: 'o', k: 'AAA=' },
  'oct-upper-case': { kty: 'OCT', kid: 'o', k: 'AAAA' },
  x5c: { ...k2, x5c },
  'x5c-empty': { ...k2, x5c: [] },
  'x5c-null': { ...k2, x5c: null },
  'x5c-text': { ...k2, x5c: x5c[0] },
  'x5c-number': { ...k2, x5c: [7] },
  'x5c-null-member': { ...k2, x5c: [null] },
  'x5c-empty-member': { ...k2, x5c: [''] },
  'x5c-base64url': { ...k2, x5c: [certificates.k2.toString('base64url')] },
  'x5c-newlines': { ...k2, x5c: [x5c[0].replace(/.{64}/g, '$&\n')] },
  'x5c-spaces': { ...k2, x5c: [x5c[0].replace(/.{64}/g, '$& ')] },
  'x5c-pem': { ...k2, x5c: [`-----BEGIN CERTIFICATE-----\n${x5c[0]}\n-----END CERTIFICATE-----`] },
  'x5c-no-padding': {
    ...k2,
    x5c: [
      Buffer.concat([certificates.k2, Buffer.from([0])])
        .toString('base64')
        .replace(/=+$/, ''),
    ],
  },
  'x5c-trailing-byte': { ...k2, x5c: [Buffer.concat([certificates.k2, Buffer.from([0])]).toString('base64')] },
  'x5c-other-key': { ...k2, x5c: [certificates.k1.toString('base64')] },
  'x5c-other-kind': { ...k2, x5c: [certificates.p256.toString('base64')] },
  'x5c-second-other-key': { ...k2, x5c: [...x5c, certificates.k1.toString('base64')] },
  'x5c-second-bad': { ...k2, x5c: [...x5c, 'AAAA'] },
  'x5c-ec': { ...p256, x5c: [certificates.p256.toString('base64')] },
  'x5c-private': { ...privateJwk('k2'), x5c },
  'x5c-oct': { kty: 'oct', k: 'AAAA', x5c },
  'x5c-ed': { ...ed, x5c },
  'x5t-empty': { ...k2, x5t: '' },
  'x5t-null': { ...k2, x5t: null },
  'x5t-number': { ...k2, x5t: 7 },
  'x5t-padded': { ...k2, x5t: `${base64url(Buffer.alloc(20))}=` },
  'x5t-standard-alphabet': { ...k2, x5t: Buffer.alloc(20, 255).toString('base64') },
  'x5t-hex': { ...k2, x5t: base64url('ab'.repeat(20)) },
  'x5t-hex-capitals': { ...k2, x5t: base64url('AB'.repeat(20)) },
  'x5t-not-hex': { ...k2, x5t: base64url('zz'.repeat(20)) },
  'x5t-hex-unencoded': { ...k2, x5t: 'ab'.repeat(20) },
  'x5t-size-of-s256': { ...k2, x5t: base64url(Buffer.alloc(32)) },
  'x5t-right-with-x5c': { ...k2, x5c, x5t: base64url(digest('sha1', certificates.k2)) },
  'x5t-wrong-with-x5c': { ...k2, x5c, x5t: base64url(Buffer.alloc(20)) },
  'x5t-wrong-without-x5c': { ...k2, x5t: base64url(Buffer.alloc(20)) },
  's256-right-with-x5c': { ...k2, x5c, 'x5t#S256': base64url(digest('sha256', certificates.k2)) },
  's256-wrong-with-x5c': { ...k2, x5c, 'x5t#S256': base64url(Buffer.alloc(32)) },
  's256-wrong-size': { ...k2, 'x5t#S256': base64url(Buffer.alloc(31)) },
  's256-size-of-x5t': { ...k2, 'x5t#S256': base64url(Buffer.alloc(20)) },
  's256-hex': { ...k2, 'x5t#S256': base64url('ab'.repeat(32)) },
  's256-lower-case-name': { ...k2, 'x5t#s256': 'AAAA' },
  's256-bad-encoding': { ...k2, 'x5t#S256': '!' },
  's256-number': { ...k2, 'x5t#S256': 7 },
  x5u: { ...k2, x5u: 'https://idp.example.com/certs' },
  'x5u-empty': { ...k2, x5u: '' },
  'x5u-number': { ...k2, x5u: 7 },
  'x5u-relative': { ...k2, x5u: 'certs/1' },
  'x5u-bad-escape': { ...k2, x5u: 'https://idp.example.com/%zz' },
  'x5u-bad-escape-query': { ...k2, x5u: 'https://idp.example.com/?%zz' },
  'x5u-no-scheme': { ...k2, x5u: ':x' },
  'x5u-colon-first-segment': { ...k2, x5u: '1a:b' },
  'x5u-space-in-host': { ...k2, x5u: 'https://a b/' },
  'x5u-space-in-path': { ...k2, x5u: 'https://a/b c' },
  'x5u-bad-port': { ...k2, x5u: 'https://a:x/' },
  'x5u-big-port': { ...k2, x5u: 'https://a:99999/' },
  'x5u-control-character': { ...k2, x5u: 'https://a/\u0001' },
  'x5u-bracket': { ...k2, x5u: 'https://[::1/' },
  'x5u-ipv6': { ...k2, x5u: 'https://[::1]:80/' },
  'x5u-mailto': { ...k2, x5u: 'mailto:x' },
  'x5u-escape-cut': { ...k2, x5u: 'https://a/%' },
  'x5u-escape-relative': { ...k2, x5u: '%zz' },
  'x5u-escape-user': { ...k2, x5u: 'https://u%zz@a/' },
  'x5u-escape-host': { ...k2, x5u: 'https://a%41/' },
  'x5u-escape-fragment': { ...k2, x5u: 'https://a/#%zz' },
  'x5u-user-space': { ...k2, x5u: 'https://u v@a/' },
  'x5u-backslash': { ...k2, x5u: 'https://a\\b/' },
  'x5u-not-ascii': { ...k2, x5u: 'https://\u00e9/\u00e9' },
  'x5u-leading-space': { ...k2, x5u: ' https://a/' },
  'x5u-delete-character': { ...k2, x5u: 'https://a/\u007f' },
  'x5u-two-hashes': { ...k2, x5u: 'https://a/#b#c' },
  'x5u-two-colons': { ...k2, x5u: 'https://a:1:2/' },
  'x5u-only-scheme': { ...k2, x5u: 'https:' },
  'x5u-angle': { ...k2, x5u: 'https://<a>/' },
  'two-errors-type-first': { ...k2, kid: 7, n: '!' },
  'two-errors-base64-first': { n: '!', ...without(k2, 'n'), kid: 7 },
  'two-errors-type-and-kty': { kid: 7 },
  'two-errors-types': { alg: [], kid: 7 },
  'two-errors-base64': { n: '!', e: 7 },
  'two-errors-base64-later': { e: 7, n: '!' },
  'two-errors-x5c-and-kty': { kty: 'AKP', x5c: ['AAAA'] },
  'two-errors-x5u-and-x5t': { ...k2, x5u: ':', x5t: '!' },
  'two-errors-x5t-and-s256': { ...k2, x5t: 'AAAA', 'x5t#S256': '!' },
  'two-errors-x5c-key-and-x5u': { ...k2, x5c: [certificates.k1.toString('base64')], x5u: ':' },
  'oct-x5c-no-k': { kty: 'oct', x5c },
  'ec-private-no-y': without(privateJwk('p256'), 'y'),
  'ec-private-x-short': { ...privateJwk('p256'), x: 'AAAA' },
  'ec-private-off-curve': { ...privateJwk('p256'), y: privateJwk('p256').x },
  'private-no-n-no-q': without(privateJwk('k2'), 'n', 'q'),
  'private-d-zero': { ...privateJwk('k2'), d: 'AA' },
  'private-other-d': { ...without(privateJwk('k2'), 'dp', 'dq', 'qi'), d: privateJwk('k1').d },
  'private-e-zero': { ...privateJwk('k2'), e: 'AA' },
  'x5u-null': { ...k2, x5u: null },
};
for (const [name, key] of Object.entries(beside))
  add(`key-${name}`, `beside the good key: ${name.replaceAll('-', ' ')}`, { keySet: keySetOf(good, key) });
const alone = {
  'n-leading-zero': { ...good, n: padLeft(good.n) },
  'n-padded': { ...good, n: `${good.n}==` },
  'n-newline': { ...good, n: `${good.n.slice(0, 9)}\r\n${good.n.slice(9)}` },
  'e-leading-zeros': { ...good, e: 'AAAAAAABAAE' },
  'e-truncated': { ...good, e: base64url(Buffer.from('01000000000000000000010001', 'hex')) },
  'e-nine-bytes': { ...good, e: base64url(Buffer.from('010000000000010001', 'hex')) },
  'e-two': { ...good, e: 'Ag' },
  'e-one': { ...good, e: 'AQ' },
  'e-33-bits': { ...good, e: base64url(Buffer.from('0100000001', 'hex')) },
  'd-null': { ...good, d: null },
  'no-use-no-alg': without(good, 'use', 'alg'),
  'use-other': { ...good, use: 'x' },
  'key-ops-sign': { ...good, key_ops: ['sign'] },
  'alg-es256': { ...good, alg: 'ES256' },
  x5c: { ...good, x5c: [certificates.k1.toString('base64')] },
};
for (const [name, key] of Object.entries(alone))
  add(`alone-${name}`, `the only key: ${name.replaceAll('-', ' ')}`, { keySet: keySetOf(key) });
const edAlone = {
  'x-long': { ...ed, x: base64url(Buffer.concat([bytesOf(ed.x), Buffer.from([1, 2])])) },
  'x-padded': { ...ed, x: `${ed.x}=` },
  'alg-rs256': { ...ed, alg: 'RS256', use: 'enc' },
};
for (const [name, key] of Object.entries(edAlone)) {
  add(`alone-ed25519-${name}`, `the only key: Ed25519, ${name.replaceAll('-', ' ')}`, {
    ...head({ alg: 'EdDSA', kid: 'o' }),
    how: { key: 'ed25519' },
    keySet: keySetOf(key),
  });
}

// Tokens of a control plane that issues them itself.

const own = (id, title, more) => add(`self-${id}`, title, { ...more, self: true });
const ownHeader = { alg: 'RS256', key_id: 'k1', typ: 'JWT' };
const ownPayload = { ...without(basePayload, 'cid', 'identitytype'), client_id: 'flytepropeller', user_info: {} };
const ownToken = { header: ownHeader, payload: ownPayload };
own('plain', 'a token of the control plane itself', ownToken);
own('no-key-id', 'no key_id, the first key made it', {
  ...ownToken,
  header: { alg: 'RS256' },
  keySet: keySetOf(good, jwk('k2')),
});
own('no-key-id-second', 'no key_id, the second key made it', {
  ...ownToken,
  header: { alg: 'RS256' },
  how: { key: 'k2' },
  keySet: keySetOf(good, jwk('k2')),
});
own('key-id-second', 'key_id names the second key', {
  ...ownToken,
  header: { alg: 'RS256', key_id: 'k2' },
  how: { key: 'k2' },
  keySet: keySetOf(good, jwk('k2')),
});
own('key-id-unknown', 'an unknown key_id, the first key made it', {
  ...ownToken,
  header: { alg: 'RS256', key_id: 'x' },
});
own('key-id-number', 'key_id is a number', { ...ownToken, header: { alg: 'RS256', key_id: 7 } });
own('kid-ignored', 'kid names a key and counts for nothing', {
  ...ownToken,
  header: { alg: 'RS256', kid: 'k2' },
  keySet: keySetOf(good, jwk('k2')),
});
for (const alg of ['RS384', 'RS512', 'PS256'])
  own(alg.toLowerCase(), alg, { ...ownToken, header: { alg, key_id: 'k1' } });
own('hs256', 'HS256', { ...ownToken, header: { alg: 'HS256' } });
own('none', 'alg none', { token: `${base64url('{"alg":"none"}')}.${base64url(text(ownPayload))}.` });
own('es256', 'ES256', {
  ...ownToken,
  header: { alg: 'ES256', key_id: 'p256' },
  how: { key: 'p256' },
  keySet: keySetOf(jwk('p256')),
});
own('ec-first', 'the first key is an EC key', { ...ownToken, keySet: keySetOf(jwk('p256'), good) });
own('tampered', 'a wrong signature', { ...ownToken, how: { key: 'k2' } });
own('expired', 'expired', { ...ownToken, payload: { ...ownPayload, exp: at - 1 } });
own('expired-tampered', 'expired and a wrong signature', {
  ...ownToken,
  payload: { ...ownPayload, exp: at - 1 },
  how: { key: 'k2' },
});
own('iat-future', 'issued later', { ...ownToken, payload: { ...ownPayload, iat: at + 30 } });
own('nbf-future', 'not valid yet', { ...ownToken, payload: { ...ownPayload, nbf: at + 30 } });
own('allowed-audience', 'an allowed audience that is not the public URL', {
  ...ownToken,
  payload: { ...ownPayload, aud: 'api://union' },
  allowedAudience: ['api://union'],
});
own('no-scope', 'no scp', { ...ownToken, payload: without(ownPayload, 'scp') });
own('opaque', 'an opaque token', { token: 'abc' });
own('no-keys', 'no keys', { ...ownToken, keySet: '{"keys":[]}' });
own('crit', 'an unknown critical header', { ...ownToken, header: { ...ownHeader, crit: ['x'] } });
own('alg-unknown', 'an unknown alg', { ...ownToken, header: { alg: 'XX' } });
own('alg-absent', 'no alg', { ...ownToken, header: {} });
own('alg-number', 'alg is a number', { ...ownToken, header: '{"alg":7}', how: { alg: 'RS256' } });
own('payload-and-alg', 'a payload that is not JSON and an unknown alg', {
  ...ownToken,
  header: { alg: 'XX' },
  payload: 'x',
});
own('header-null', 'the header is null', { ...ownToken, header: 'null', how: { alg: 'RS256' } });
own('header-list', 'the header is a list', { ...ownToken, header: '[]', how: { alg: 'RS256' } });
own('header-trailing', 'text after the header', { ...ownToken, header: '{"alg":"RS256"}x', how: { alg: 'RS256' } });
own('bearer', 'the word Bearer before the token', { token: `Bearer ${whole}` });
own('signature-space', 'a space within the signature part', { token: `${whole.slice(0, -5)} ${whole.slice(-5)}` });
own('signature-padded', 'padding after the signature part', { token: `${whole}==` });
own('duplicate-alg', 'alg twice', { ...ownToken, header: '{"alg":"RS256","alg":"RS256"}', how: { alg: 'RS256' } });
for (const vector of vectors) if (/^V\d+$/.test(vector.id)) vector.self = true;

// ---- Verdicts

/** The errors of a key set that cannot be read end in the whole of it, which the recording has anyway. */
function withoutKeySet(verdict, keySet) {
  if (keySet.length < 40 || !verdict.error?.endsWith(keySet)) return verdict;
  const error = `${verdict.error.slice(0, -keySet.length)}{keySet}`;
  return { ...verdict, error, serverError: verdict.serverError.replace(verdict.error, () => error) };
}

const profilesOf = (vector) => ['flyte1', 'union', ...(vector.self ? ['flyte1-self'] : [])];
const cases = vectors.flatMap((vector) =>
  profilesOf(vector).map((controlPlane) => ({
    ...without(vector, 'title', 'self'),
    controlPlane,
    publicUrl: ours,
    at,
  })),
);
const lines = cases.map((one) => `${JSON.stringify(one)}\n`).join('');
const go = (args, input) =>
  execFileSync('go', args, { cwd: validator, encoding: 'utf8', maxBuffer: 1 << 28, ...input }).trimEnd();
const verdicts = go(['run', '.'], { input: lines })
  .split('\n')
  .map((line) => JSON.parse(line));

let next = 0;
const recorded = vectors.map((vector) => ({
  ...without(vector, 'self'),
  ...Object.fromEntries(
    profilesOf(vector).map((profile) => {
      const verdict = verdicts[next++];
      if (verdict?.id !== vector.id) throw new Error(`no verdict for ${vector.id}`);
      return [profile, withoutKeySet(without(verdict, 'id'), vector.keySet)];
    }),
  ),
}));

const modules = ['coreos/go-oidc/v3', 'go-jose/go-jose/v3', 'golang-jwt/jwt/v4', 'ory/x', 'lestrrat-go/jwx'].map(
  (name) => `github.com/${name}`,
);
const versions = go(['list', '-m', ...modules])
  .split('\n')
  .map((line) => line.replace('github.com/', ''));
const preamble = {
  at: new Date(at * 1000).toISOString(),
  publicUrl: ours,
  source: `flyteadmin v1.16.8 (flyte1, flyte1-self) and branch mike/prefer-access-token @9f029cf (union), by test/interop/validator: ${versions.join(', ')}, ${go(['env', 'GOVERSION'])}`,
};
// One vector a line, so that a change of one vector is a change of one line; and escapes for all that an editor
// might not show or might change.
const escaped = (value, indent) =>
  JSON.stringify(value, null, indent).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
writeFileSync(
  join(here, 'token-verdicts.json'),
  `${escaped(preamble, 2).slice(0, -2)},\n  "vectors": [\n${recorded.map((vector) => `    ${escaped(vector)}`).join(',\n')}\n  ]\n}\n`,
);
console.log(`${recorded.length} vectors`);
if (process.argv[2] === '--cases') writeFileSync(process.argv[3], lines);
