import type { FindingCode } from '../../../src/catalogue.ts';
import { createCertificateAuthority, issueSelfSigned } from '../../lab/certificates.ts';
import type { FaultCase } from '../fault-case.ts';
import type { Fault } from '../fault-server.ts';
import { ALL_STEPS, endingOf } from '../steps.ts';

const DAY = 24 * 60 * 60 * 1000;

type Tls = NonNullable<Fault['tls']>;

/** Instead of a handshake. */
function says(bytes: string | Buffer): Fault {
  return { connection: (socket) => void socket.once('data', () => socket.end(bytes)) };
}

const alert = (description: number): Buffer => Buffer.from([0x15, 3, 3, 0, 2, 2, description]);

/** A fault with a certificate. */
function certificate(issue: (...given: Parameters<Tls>) => ReturnType<NonNullable<IssuedBy>>): Fault {
  return { tls: async (authority, hostName) => ({ certificate: await issue(authority, hostName) }) };
}
type IssuedBy = Parameters<Tls>[0]['issue'];

const FAULTS: readonly (readonly [string, FindingCode, Fault])[] = [
  [
    'expired',
    'network/tls-expired',
    certificate((authority, host) =>
      authority.issue([host], { notBefore: new Date(Date.now() - 3 * DAY), notAfter: new Date(Date.now() - DAY) }),
    ),
  ],
  [
    'not valid yet',
    'network/tls-not-yet-valid',
    certificate((authority, host) => authority.issue([host], { notBefore: new Date(Date.now() + DAY) })),
  ],
  ['for another host', 'network/tls-wrong-host', certificate((authority) => authority.issue(['www.example.test']))],
  [
    'for the parent domain',
    'network/tls-wrong-host',
    certificate((authority, host) => authority.issue([host.replace(/^[^.]+\./, '')])),
  ],
  ['for an address', 'network/tls-wrong-host', certificate((authority) => authority.issue(['127.0.0.1']))],
  ['self-signed', 'network/tls-untrusted', certificate((_, host) => issueSelfSigned([host]))],
  [
    'of an unknown authority',
    'network/tls-incomplete-chain',
    certificate(async (_, host) => (await createCertificateAuthority('Another Authority')).issue([host])),
  ],
  [
    'of an unknown authority that is sent along',
    'network/tls-untrusted',
    certificate(async (_, host) => {
      const other = await createCertificateAuthority('Another Authority');
      const { certificatePem, keyPem } = await other.issue([host]);
      return { certificatePem: certificatePem + other.certificatePem, keyPem };
    }),
  ],
  [
    'without the intermediate certificate',
    'network/tls-incomplete-chain',
    certificate(async (authority, host) => (await authority.createIntermediate()).issue([host])),
  ],
  [
    'for a client, not a server',
    'network/tls-failed',
    certificate((authority, host) => authority.issue([host], { purpose: 'client' })),
  ],
  [
    'TLS 1.1 and nothing newer',
    'network/tls-failed',
    { tls: () => ({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }) },
  ],
  [
    'a client certificate is demanded',
    'network/tls-failed',
    { tls: () => ({ requestCert: true, rejectUnauthorized: true }) },
  ],
  ['an alert: unrecognized_name', 'network/tls-failed', says(alert(112))],
  ['an alert: handshake_failure', 'network/tls-failed', says(alert(40))],
  ['plain HTTP', 'network/tls-failed', says('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')],
  ['the greeting of SSH', 'network/tls-failed', says('SSH-2.0-OpenSSH_9.2p1\r\n')],
  ['zeros', 'network/tls-failed', says(Buffer.alloc(64))],
];

/** What keeps a handshake from being made, at every step. Nothing is sent, and it is not tried again. */
export const TLS_CASES: readonly FaultCase[] = ALL_STEPS.flatMap((step) =>
  FAULTS.map(([title, code, fault]): FaultCase => {
    return { kind: 'tls', step, title, fault, ending: endingOf(step, code), requests: 0 };
  }),
);
