import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

export const ROOT = dirname(import.meta.dirname);

/** The programs of dist/: each folder with its files, and what each file is made from, below src/. */
export const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  main: { 'index.js': 'actions/main' },
  post: { 'index.js': 'actions/post' },
  'rotation-reminder': { 'index.js': 'actions/rotation-reminder' },
  cli: { 'index.js': 'cli/index', 'library.js': 'index' },
};

/** What packages import and nothing here calls, or not always, with what stands in for it below scripts/shims/. */
export const SHIMS: Readonly<Record<string, string>> = {
  undici: 'undici.ts',
  '@actions/core': 'actions-core.ts',
  '@actions/http-client': 'actions-http-client.ts',
  tunnel: 'tunnel.cts',
};

/** By these names the shims, and the transport, import the real ones all the same. */
export const REAL_PACKAGES: Readonly<Record<string, string>> = {
  'actions-core-itself/*': '@actions/core/lib/*',
  'http-client-itself': '@actions/http-client/lib/index.js',
  'tunnel-itself': 'tunnel/index.js',
};

/** The file below src/, without its ending, that imports the real @actions/http-client. */
export const TRANSPORT = 'transport/http-client';

/** @returns the folders of the packages of which something is in a program, from the root of the repository. */
export async function packagesIn(folder: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: Object.values(PROGRAMS[folder] ?? {}).map((entry) => join(ROOT, 'src', `${entry}.ts`)),
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'bundle',
    platform: 'node',
    format: 'esm',
    plugins: [shims],
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = files.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort((left, right) => (left < right ? -1 : 1));
}

const shims: Plugin = {
  name: 'shims',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, importer }) => {
      const shim = importer === join(ROOT, 'src', `${TRANSPORT}.ts`) ? undefined : SHIMS[path];
      const real = REAL_PACKAGES[path];
      return shim !== undefined
        ? { path: join(ROOT, 'scripts/shims', shim) }
        : real === undefined
          ? undefined
          : { path: join(ROOT, 'node_modules', real) };
    });
  },
};
