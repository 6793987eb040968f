/** NODE_OPTIONS that run code in the step before its own: to play a fault that no server can play. */
export function preload(code: string): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** DNS that fails with a code for every name. */
export function failingNames(code: string): { NODE_OPTIONS: string } {
  return preload(`${IMPORTS}
    dns.lookup = (host, options, callback) =>
      process.nextTick(callback, Object.assign(new Error('made up'), { code: '${code}' }));
    syncBuiltinESMExports();`);
}

/** DNS that gives one address for every name. */
export function names(address: string): { NODE_OPTIONS: string } {
  return preload(`${IMPORTS}
    dns.lookup = (host, options, callback) => process.nextTick(callback, null, [{ address: '${address}', family: 4 }]);
    syncBuiltinESMExports();`);
}

const IMPORTS = "import dns from 'node:dns'; import { syncBuiltinESMExports } from 'node:module';";
