/**
 * Stands in for undici in the bundles: @actions/http-client imports it for dispatchers of fetch, and @actions/github
 * for a fetch through them, which nothing here uses, and the real one costs 900 kB and about 50 ms of CPU. See
 * scripts/build.ts.
 */
export class ProxyAgent {
  // @actions/github makes one while it is loaded, where the runner has a proxy.
}

export async function fetch(): Promise<never> {
  throw new Error('undici is not part of this bundle');
}
