import { FindingError } from '../../src/findings/finding.ts';
import { createTransport, type Transport, type TransportOptions } from '../../src/transport/http-client.ts';
import type { RetryEffects } from '../../src/transport/retry.ts';

/** No retry, no waiting, no chance. */
export const ONCE: RetryEffects = { retries: 0, random: () => 0, now: () => 0, sleep: async () => undefined };

/** A transport that finds `hosts` on loopback. */
export function transportTo(
  hosts: Readonly<Record<string, number>>,
  certificateAuthorities: string,
  options: Partial<TransportOptions> = {},
): Transport {
  return createTransport({
    timeoutSeconds: 20,
    deadlineSeconds: 60,
    connectTo: Object.entries(hosts).map(([host, addressPort]) => ({
      host,
      port: 443,
      address: '127.0.0.1',
      addressPort,
    })),
    certificateAuthorities,
    ...options,
  });
}

/** The code of the finding that a promise ends with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no failure',
    (error: unknown) => {
      if (error instanceof FindingError) {
        return error.finding.code;
      }
      throw error;
    },
  );
}
