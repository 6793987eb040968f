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

interface CertificateOptions extends CertificateDates {
  /** Default for servers. */
  purpose?: 'server' | 'client' | undefined;
}

export interface CertificateAuthority {
  certificatePem: string;
  issue(hostNames: readonly string[], options?: CertificateOptions): Promise<IssuedCertificate>;
  /** An authority below this one. What it issues is trusted only together with its own certificate. */
  createIntermediate(): Promise<CertificateAuthority>;
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
  const keys = await createKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: createSerialNumber(),
    name: [{ CN: [name] }],
    ...datesFrom({}),
    keys,
    signingAlgorithm: algorithm,
    extensions: await authorityExtensions(keys),
  });
  return authorityOf(certificate, keys);
}

/** A certificate that nobody vouches for but itself. */
export async function issueSelfSigned(hostNames: readonly string[]): Promise<IssuedCertificate> {
  const keys = await createKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: createSerialNumber(),
    name: [{ CN: [hostNames[0] ?? 'no host name'] }],
    ...datesFrom({}),
    keys,
    signingAlgorithm: algorithm,
    extensions: [alternativeNames(hostNames)],
  });
  return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: privateKeyToPem(keys.privateKey) };
}

// Both key identifiers and the key usage are there because strict clients (Python 3.13) refuse a chain without them.
async function authorityExtensions({ publicKey }: webcrypto.CryptoKeyPair): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
}

function alternativeNames(hostNames: readonly string[]): x509.Extension {
  return new x509.SubjectAlternativeNameExtension(
    hostNames.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
  );
}

function authorityOf(certificate: x509.X509Certificate, authorityKeys: webcrypto.CryptoKeyPair): CertificateAuthority {
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    async issue(hostNames, options = {}) {
      const keys = await createKeyPair();
      const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: createSerialNumber(),
        subject: [{ CN: [hostNames[0] ?? 'no host name'] }],
        issuer: certificate.subjectName,
        ...datesFrom(options),
        publicKey: keys.publicKey,
        signingKey: authorityKeys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([options.purpose === 'client' ? clientAuth : serverAuth]),
          alternativeNames(hostNames),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
        ],
      });
      return { certificatePem: `${issued.toString('pem')}\n`, keyPem: privateKeyToPem(keys.privateKey) };
    },
    async createIntermediate() {
      const keys = await createKeyPair();
      const intermediate = await x509.X509CertificateGenerator.create({
        serialNumber: createSerialNumber(),
        subject: [{ CN: ['Lab Intermediate Authority'] }],
        issuer: certificate.subjectName,
        ...datesFrom({}),
        publicKey: keys.publicKey,
        signingKey: authorityKeys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          ...(await authorityExtensions(keys)),
          await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
        ],
      });
      return authorityOf(intermediate, keys);
    },
  };
}
