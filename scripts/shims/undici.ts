/**
 * Stands in for undici in the bundles: @actions/http-client imports it for dispatchers of fetch, which nothing here
 * uses, and the real one costs 900 kB and about 50 ms of CPU. See scripts/build.ts.
 */
export class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this bundle');
  }
}
