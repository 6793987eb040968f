import { KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// This import has to come before @peculiar/x509.
import './reflect-metadata.ts';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayInMilliseconds = 24 * 60 * 60 * 1000;

export interface IssuedCertificate {
  certificatePem: string;
  keyPem: string;
}

export interface CertificateDates {
  notBefore?: Date | undefined;
  notAfter?: Date | undefined;
}

export interface CertificateAuthority {
  certificatePem: string;
  issue(hostNames: readonly string[], options?: CertificateDates): Promise<IssuedCertificate>;
}

function createKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function createSerialNumber(): string {
  // The first bit must be 0: a serial number is a positive integer.
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function datesFrom(options: CertificateDates): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: options.notBefore ?? new Date(Date.now() - dayInMilliseconds),
    notAfter: options.notAfter ?? new Date(Date.now() + 30 * dayInMilliseconds),
  };
}

function privateKeyToPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

export async function createCertificateAuthority(name = 'Lab Certificate Authority'): Promise<CertificateAuthority> {
  const authorityKeys = await createKeyPair();
  // Both key identifiers and the key usage are there because strict clients (Python 3.13) refuse a chain without them.
  const authorityCertificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: createSerialNumber(),
    name: [{ CN: [name] }],
    ...datesFrom({}),
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });

  return {
    certificatePem: `${authorityCertificate.toString('pem')}\n`,
    async issue(hostNames, options = {}) {
      const keys = await createKeyPair();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: createSerialNumber(),
        subject: [{ CN: [hostNames[0] ?? 'no host name'] }],
        issuer: authorityCertificate.subjectName,
        ...datesFrom(options),
        publicKey: keys.publicKey,
        signingKey: authorityKeys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(
            hostNames.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
          ),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
        ],
      });
      return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: privateKeyToPem(keys.privateKey) };
    },
  };
}
