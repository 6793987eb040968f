import { X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { checkCertificates, readCertificates } from '../../../src/control-plane/verdict/certificates.ts';
import type { Json, JsonObject } from '../../../src/transport/json.ts';
import {
  EC_CERTIFICATE,
  EC_KEY,
  ED25519_CERTIFICATE,
  ED25519_KEY,
  OTHER_CERTIFICATES,
  RSA_CERTIFICATE,
  RSA_KEY,
} from './key-certificates.ts';

/*
 * By the rules of go-jose v3.0.5: shared.go, parseCertificateChain, and jwk.go, UnmarshalJSON.
 * Most cases were also held against that release, built with Go 1.26.
 */

const DER = Buffer.from(EC_CERTIFICATE, 'base64');
const PEM = new X509Certificate(DER).toString();

describe('the member x5c', () => {
  it.each<[string, JsonObject, count: number]>([
    ['none', {}, 0],
    ['null', { x5c: null }, 0],
    ['an empty list', { x5c: [] }, 0],
    ['one', { x5c: [EC_CERTIFICATE] }, 1],
    ['a chain', { x5c: [EC_CERTIFICATE, RSA_CERTIFICATE] }, 2],
    ['in lines of 64', { x5c: [EC_CERTIFICATE.replace(/.{64}/g, '$&\r\n\n')] }, 1],
  ])('%s', (_name, object, count) => {
    expect(readCertificates(object)).toHaveLength(count);
    expect(readCertificates(object)).toBeInstanceOf(Array);
  });

  it.each<[string, Json]>([
    ['a text', EC_CERTIFICATE],
    ['an object', {}],
  ])('is no list: %s', (_name, x5c) => {
    expect(readCertificates({ x5c })).toBe('its x5c is not a list');
  });

  it.each<[string, Json]>([
    ['a number', 7],
    ['null', null],
    ['a list', [EC_CERTIFICATE]],
    ['nothing', ''],
    ['base64 of something else', 'AAAA'],
    ['base64url', EC_CERTIFICATE.replaceAll('+', '-').replaceAll('/', '_')],
    ['no padding', EC_CERTIFICATE.replace(/=+$/, '')],
    ['too much padding', `${EC_CERTIFICATE}=`],
    ['spaces in front', `    ${EC_CERTIFICATE}`],
    ['spaces behind', `${EC_CERTIFICATE}    `],
    ['a byte behind the certificate', Buffer.concat([DER, Buffer.alloc(1)]).toString('base64')],
    ['PEM', Buffer.from(PEM).toString('base64')],
  ])('holds something else: %s', (_name, entry) => {
    expect(readCertificates({ x5c: [EC_CERTIFICATE, entry] })).toBe(
      'its x5c holds something that is not a certificate',
    );
  });
});

/** What is wrong with a key that has this certificate. */
function check(certificate: string | undefined, material: JWK = EC_KEY, object: JsonObject = {}): string | undefined {
  const chain = certificate === undefined ? [] : [new X509Certificate(Buffer.from(certificate, 'base64'))];
  return checkCertificates(object, material, chain);
}

describe('the certificate of a key', () => {
  const another = 'its certificate is that of another key';

  it.each<[string, string | undefined, JWK, string | undefined]>([
    ['none', undefined, EC_KEY, undefined],
    ['its own, EC', EC_CERTIFICATE, EC_KEY, undefined],
    ['its own, RSA', RSA_CERTIFICATE, RSA_KEY, undefined],
    ['its own, RSA with zeros in front of its exponent', RSA_CERTIFICATE, { ...RSA_KEY, e: 'AAABAAE' }, undefined],
    ['its own, Ed25519', ED25519_CERTIFICATE, ED25519_KEY, undefined],
    ['that of another key of its type', OTHER_CERTIFICATES.p256, EC_KEY, another],
    ['that of an RSA key', RSA_CERTIFICATE, EC_KEY, another],
    ['that of an EC key', EC_CERTIFICATE, RSA_KEY, another],
    ['that of an Ed25519 key', ED25519_CERTIFICATE, EC_KEY, another],
    ['that of a DSA key', OTHER_CERTIFICATES.dsa, EC_KEY, another],
    // crypto/x509 refuses the whole certificate: the set is as unreadable.
    ['that of a key on a curve that Go does not know', OTHER_CERTIFICATES.brainpoolP256r1, EC_KEY, another],
    // crypto/x509 parseCertificate reads no key of a type that it does not know, and go-jose compares none then.
    ['that of an RSASSA-PSS key', OTHER_CERTIFICATES.rsaPss, RSA_KEY, undefined],
    ['that of an Ed448 key', OTHER_CERTIFICATES.ed448, EC_KEY, undefined],
    ['that of a key that nobody knows', OTHER_CERTIFICATES.unknown, EC_KEY, undefined],
    ['a secret has none', undefined, { kty: 'oct', k: 'AA' }, undefined],
    ['a secret has one', EC_CERTIFICATE, { kty: 'oct', k: 'AA' }, 'a secret key has a certificate'],
  ])('%s', (_name, certificate, material, expected) => {
    expect(check(certificate, material)).toBe(expected);
  });
});

describe.each([
  ['x5t', new X509Certificate(DER).fingerprint],
  ['x5t#S256', new X509Certificate(DER).fingerprint256],
])('the thumbprint %s', (name, fingerprint) => {
  const hex = fingerprint.replaceAll(':', '').toLowerCase();
  const digest = Buffer.from(hex, 'hex');
  const encoded = (text: string): string => Buffer.from(text).toString('base64url');

  it.each<[string, Json]>([
    ['null', null],
    ['empty', ''],
    ['the digest', digest.toString('base64url')],
    ['the digest with padding', `${digest.toString('base64url')}==`],
    ['its hex form', encoded(hex)],
    ['its hex form in capitals', encoded(hex.toUpperCase())],
  ])('%s', (_name, thumbprint) => {
    expect(check(EC_CERTIFICATE, EC_KEY, { [name]: thumbprint })).toBeUndefined();
    expect(check(undefined, EC_KEY, { [name]: thumbprint })).toBeUndefined();
  });

  it.each<[string, string]>([
    ['no base64url', '!'],
    ['too short', digest.subarray(1).toString('base64url')],
    ['too long', Buffer.concat([digest, digest.subarray(1)]).toString('base64url')],
    ['no hex at its beginning', encoded(`g${hex.slice(1)}`)],
    ['no hex at its end', encoded(`${hex.slice(1)}g`)],
  ])('%s', (_name, thumbprint) => {
    expect(check(EC_CERTIFICATE, EC_KEY, { [name]: thumbprint })).toBe(`its ${name} is not a thumbprint`);
    expect(check(undefined, EC_KEY, { [name]: thumbprint })).toBe(`its ${name} is not a thumbprint`);
  });

  it('of another certificate', () => {
    const other = { [name]: Buffer.alloc(digest.length, 1).toString('base64url') };
    expect(check(EC_CERTIFICATE, EC_KEY, other)).toBe(`its ${name} is that of another certificate`);
    // Nothing to compare it with.
    expect(check(undefined, EC_KEY, other)).toBeUndefined();
  });
});
