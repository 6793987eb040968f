import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Finding, FindingError } from '../../src/findings/finding.ts';
import { createTransport, type HttpRequest } from '../../src/transport/http-client.ts';

type Callback = (error: Error | null, addresses?: LookupAddress[]) => void;

/** What the name service answers. */
let answer: string[] | { code: string };

vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (_host: string, options: { all?: boolean }, callback: Callback) => {
    if (options.all !== true) {
      // As the real one: the first address alone, of which nobody can tell whether the others are allowed.
      callback(null, (Array.isArray(answer) ? answer[0] : '') as unknown as LookupAddress[]);
    } else if (Array.isArray(answer)) {
      callback(
        null,
        answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    } else {
      callback(Object.assign(new Error('from the name service'), { code: answer.code }));
    }
  },
}));

beforeEach(() => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function codeFor(given: typeof answer): Promise<string> {
  return (await findingFor(given)).code;
}

/** What a request ends with: none of these can succeed. */
async function findingFor(given: typeof answer): Promise<Finding> {
  answer = given;
  const transport = createTransport({
    timeoutSeconds: 0.5,
    deadlineSeconds: 5,
    connectTo: [],
    certificateAuthorities: '',
  });
  const request: HttpRequest = {
    purpose: 'a test',
    method: 'GET',
    url: new URL('https://union.example.test:9/'),
    headers: {},
    maximumBytes: 10,
  };
  const outcome: unknown = await transport.send(request).catch((error: unknown) => error);
  transport.close();
  expect(outcome).toBeInstanceOf(FindingError);
  return (outcome as FindingError).finding;
}

describe('a name that leads to', () => {
  it.each([
    ['this machine', ['127.0.0.1']],
    ['this machine, IPv6', ['::1']],
    ['this machine, mapped', ['::ffff:127.0.0.1']],
    ['a metadata service', ['169.254.169.254']],
    ['the metadata service of AWS, IPv6', ['fd00:ec2::254']],
    ['a deployment and a metadata service', ['10.0.0.1', '169.254.169.254']],
    ['nobody', ['0.0.0.0']],
  ])('%s is refused', async (_name, addresses) => {
    expect(await codeFor(addresses)).toBe('network/address-refused');
  });

  it('a private address is tried', async () => {
    // What answers there differs from machine to machine; what counts is that it is not refused beforehand.
    expect(await codeFor(['10.255.255.1'])).not.toBe('network/address-refused');
  });

  it.each([
    ['nothing', { code: 'ENOTFOUND' }, 'network/name-not-found'],
    ['no answer', { code: 'EAI_AGAIN' }, 'network/name-service-failed'],
    ['no address', [], 'network/name-not-found'],
  ])('%s is told', async (_name, given, code) => {
    expect(await codeFor(given as typeof answer)).toBe(code);
  });
});

/** A connection can fail with any of these; here the look-up does, which takes the same way. */
describe('the codes of Node and OpenSSL', () => {
  it.each([
    ['ENOTFOUND', 'network/name-not-found'],
    ['EAI_AGAIN', 'network/name-service-failed'],
    ['ECONNREFUSED', 'network/refused'],
    ['EHOSTUNREACH', 'network/unreachable'],
    ['ENETUNREACH', 'network/unreachable'],
    ['EADDRNOTAVAIL', 'network/unreachable'],
    ['ETIMEDOUT', 'network/timeout'],
    ['ECONNRESET', 'network/connection-lost'],
    ['EPIPE', 'network/connection-lost'],
    ['ECONNABORTED', 'network/connection-lost'],
    ['ERR_STREAM_PREMATURE_CLOSE', 'network/connection-lost'],
    ['HPE_HEADER_OVERFLOW', 'network/answer-too-large'],
    ['HPE_INVALID_CONSTANT', 'network/connection-lost'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network/tls-untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network/tls-untrusted'],
    ['CERT_UNTRUSTED', 'network/tls-untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'network/tls-incomplete-chain'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'network/tls-incomplete-chain'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network/tls-incomplete-chain'],
    ['CERT_HAS_EXPIRED', 'network/tls-expired'],
    ['CERT_NOT_YET_VALID', 'network/tls-not-yet-valid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network/tls-wrong-host'],
    ['EPROTO', 'network/tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network/tls-failed'],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'network/tls-failed'],
    ['CERT_SIGNATURE_FAILURE', 'network/tls-failed'],
    ['CRL_HAS_EXPIRED', 'network/tls-failed'],
    ['INVALID_CA', 'network/tls-failed'],
    ['UNABLE_TO_GET_CRL', 'network/tls-failed'],
    ['CA_MD_TOO_WEAK', 'network/tls-failed'],
    ['EE_KEY_TOO_SMALL', 'network/tls-failed'],
    ['PATH_LENGTH_EXCEEDED', 'network/tls-failed'],
    ['HOSTNAME_MISMATCH', 'network/tls-failed'],
    ['Z_DATA_ERROR', 'network/answer-unreadable'],
    ['E_Z_DATA_ERROR', 'network/failed'],
    ['E_ERR_SSL', 'network/failed'],
    ['E_HPE_INVALID', 'network/failed'],
    ['EMFILE', 'network/failed'],
  ])('%s is %s, and is named', async (code, expected) => {
    const finding = await findingFor({ code });
    expect(finding.code).toBe(expected);
    const seen = code === 'ETIMEDOUT' ? 'did not answer within 0.5 s' : `failed with ${code}`;
    expect(finding.detail).toBe(`a test: union.example.test:9/ ${seen}.`);
  });

  it.each(['', 'a sentence', 'lower', 'E'.repeat(61)])('%j is no code, and is not repeated', async (code) => {
    expect(await findingFor({ code })).toMatchObject({
      code: 'network/failed',
      detail: 'a test: union.example.test:9/ failed.',
    });
  });

  it('one of 60 characters is', async () => {
    const code = 'E'.repeat(60);
    expect((await findingFor({ code })).detail).toBe(`a test: union.example.test:9/ failed with ${code}.`);
  });

  it('an address that is refused says so in its code, and no more', async () => {
    expect(await findingFor(['127.0.0.1'])).toMatchObject({
      code: 'network/address-refused',
      detail: 'a test: union.example.test:9/ failed.',
    });
  });
});
