import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificates } from '../../src/transport/certificates.ts';
import { createCertificateAuthority } from '../lab/certificates.ts';

let one: string;
let other: string;

beforeAll(async () => {
  one = `${(await createCertificateAuthority('One')).certificatePem.trim()}\n`;
  other = `${(await createCertificateAuthority('Other')).certificatePem.trim()}\n`;
});

describe('the certificates of a PEM text', () => {
  it('are given without what stands around them', () => {
    expect(readCertificates(one)).toBe(one);
    expect(readCertificates(`# One\n${one}\n# Other\n\n${other}# end`)).toBe(one + other);
    expect(readCertificates(`${one}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${other}`)).toBe(
      one + other,
    );
  });

  it('are read under their older name too', () => {
    expect(readCertificates(one.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'))).toBe(one);
    expect(readCertificates(one.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'))).toBe(one);
  });

  it.each<[string, () => string]>([
    ['nothing', () => ''],
    ['a text without any', () => 'ca.pem'],
    ['a private key alone', () => '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
    ['one that is cut', () => one.slice(0, 200)],
    ['one that is cut, behind a good one', () => other + one.slice(0, 200)],
    ['one that holds nothing', () => '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
  ])('are none in %s', (_name, text) => {
    expect(readCertificates(text())).toBeUndefined();
  });
});
