import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTransport, type HttpRequest } from '../../src/transport/http-client.ts';
import { codeOf } from './effects.ts';

type Callback = (error: Error | null, addresses?: LookupAddress[]) => void;

/** What the name service answers. */
let answer: string[] | { code: string };

vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (_host: string, _options: unknown, callback: Callback) => {
    if (Array.isArray(answer)) {
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
  const code = await codeOf(transport.send(request));
  transport.close();
  return code;
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
