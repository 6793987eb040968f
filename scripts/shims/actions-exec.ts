/**
 * Stands in for @actions/exec in the bundles: @actions/core imports it to name the platform, which nothing here asks
 * for. Without it no bundle can start another process. See scripts/build.ts.
 */
export async function getExecOutput(): Promise<never> {
  throw new Error('@actions/exec is not part of this bundle');
}
