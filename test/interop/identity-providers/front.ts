import { type CertificateAuthority, createCertificateAuthority } from '../../lab/certificates.ts';
import type { Reachable } from '../../lab/lab-client.ts';
import { startReverseProxy } from './reverse-proxy.ts';

let shared: Promise<CertificateAuthority> | undefined;

export function certificateAuthority(): Promise<CertificateAuthority> {
  shared ??= createCertificateAuthority();
  return shared;
}

export interface Front extends Reachable {
  readonly authority: CertificateAuthority;
  stop(): Promise<void>;
}

/** Puts servers of loopback behind TLS and the host names that they call themselves by. */
export async function startFront(ports: Readonly<Record<string, number>>): Promise<Front> {
  const authority = await certificateAuthority();
  const proxies = await Promise.all(
    Object.entries(ports).map(async ([hostName, port]) => {
      const proxy = await startReverseProxy(authority, hostName, () => ({ port }));
      return { proxy, connectTo: `${hostName}:443:127.0.0.1:${proxy.port}` };
    }),
  );
  return {
    authority,
    certificateAuthorityPem: authority.certificatePem,
    connectTo: proxies.map(({ connectTo }) => connectTo),
    async stop() {
      await Promise.all(proxies.map(({ proxy }) => proxy.stop()));
    },
  };
}
