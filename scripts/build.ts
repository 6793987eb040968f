/*
 * Builds dist/ from src/: tsc to JavaScript, then one folder a program with ncc. With --check it builds beside dist/
 * and fails where the two differ.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build as bundle } from 'esbuild';
import ts from 'typescript';

const ROOT = dirname(import.meta.dirname);
/**
 * Inside the repository, so that modules are found, and the same for every build, since module ids are made from
 * paths. git ignores it.
 */
const WORK = join(ROOT, 'build-output');
const PROGRAMS = {
  main: 'actions/main',
  post: 'actions/post',
  'rotation-reminder': 'actions/rotation-reminder',
  cli: 'cli/index',
};

/** Packages that others import and that nothing here calls, each with what stands in for it. */
const SHIMS = { undici: ['./scripts/shims/undici.js'], '@actions/exec': ['./scripts/shims/actions-exec.js'] };

interface Bundle {
  readonly code: string;
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
}
const ncc = createRequire(import.meta.url)('@vercel/ncc') as (input: string, options: object) => Promise<Bundle>;

const isCheck = process.argv.includes('--check');
rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
try {
  const built = join(WORK, 'dist');
  await build(built);
  if (isCheck) {
    compare(built, join(ROOT, 'dist'));
  } else {
    rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
    cpSync(built, join(ROOT, 'dist'), { recursive: true });
  }
} finally {
  rmSync(WORK, { recursive: true, force: true });
}

async function build(target: string): Promise<void> {
  const compiled = join(WORK, 'src');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const config = join(WORK, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { noEmit: false, rootDir: ROOT, outDir: WORK, removeComments: true },
      include: [join(ROOT, 'src'), join(ROOT, 'scripts/shims')],
    }),
  );
  execFileSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' });
  // ncc takes aliases from the `paths` of the tsconfig in its working folder, and from nowhere else.
  writeFileSync(config, JSON.stringify({ compilerOptions: { baseUrl: '.', paths: SHIMS } }));
  process.chdir(WORK);
  writeFileSync(join(WORK, 'package.json'), '{ "type": "module" }\n');
  for (const [name, entry] of Object.entries(PROGRAMS)) {
    if (!existsSync(join(compiled, `${entry}.js`))) {
      continue;
    }
    const folder = join(target, name);
    mkdirSync(folder, { recursive: true });
    const { code, assets } = await ncc(join(compiled, `${entry}.js`), {
      cache: false,
      quiet: true,
      externals: {},
    });
    writeFileSync(join(folder, 'index.js'), withoutComments(code));
    writeFileSync(join(folder, 'licenses.txt'), await licensesOf(join(compiled, `${entry}.js`)));
    for (const [path, { source }] of Object.entries(assets)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
  }
}

/** What ncc itself writes are the licences of one chunk alone. */
async function licensesOf(entry: string): Promise<string> {
  const { metafile } = await bundle({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    outfile: 'bundle.js',
    platform: 'node',
    format: 'esm',
    alias: Object.fromEntries(Object.entries(SHIMS).map(([name, [path = '']]) => [name, join(WORK, path)])),
    logLevel: 'error',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .sort((left, right) => (left < right ? -1 : 1));
  return packages.map((folder) => licenseIn(join(ROOT, folder))).join('\n');
}

function licenseIn(folder: string): string {
  const { name, license } = JSON.parse(read(join(folder, 'package.json')) ?? '{}') as {
    name: string;
    license?: string;
  };
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => read(join(folder, file)) ?? '');
  if (license === undefined && texts.length === 0) {
    throw new Error(`${name} names no license`);
  }
  return [name, license ?? '', ...texts].map((text) => `${text.replaceAll('\r\n', '\n').trim()}\n`).join('');
}

/** A tenth of a bundle is comments of packages; what they say stands in their repositories, and in licenses.txt. */
function withoutComments(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext, removeComments: true };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

function compare(fresh: string, committed: string): void {
  const files = new Set([...filesBelow(fresh), ...filesBelow(committed)]);
  const stale = [...files].filter((file) => read(join(fresh, file)) !== read(join(committed, file)));
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds: ${stale.join(', ')}. Run \`npm run build\` and commit the result.`);
    process.exitCode = 1;
  } else {
    console.log(`dist/ is what src/ builds (${files.size} files).`);
  }
}

function filesBelow(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
