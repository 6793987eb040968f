import { proveForwardProxy } from '../proxies/forward-cases.ts';
import { squid, tinyproxy } from '../proxies/forward-proxies.ts';
import { proveIngress } from '../proxies/ingress-cases.ts';
import { nginxProgram } from '../proxies/nginx.ts';
import type { Suite } from '../suite.ts';

export const suite: Suite = {
  name: 'proxies',
  title: 'Proxies and servers of Debian: squid and tinyproxy before the runner, nginx before the control plane',
  async run(bench) {
    const { cache } = bench;
    await bench.attempt('squid', async () => proveForwardProxy(bench, await squid(cache)));
    await bench.attempt('tinyproxy', async () => proveForwardProxy(bench, await tinyproxy(cache)));
    await bench.attempt('nginx', async () => proveIngress(bench, await nginxProgram(cache)));
  },
};
