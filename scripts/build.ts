/*
 * Builds dist/ from src/: tsc to JavaScript, then one folder a program with ncc; dist/cli is a package for npm, with
 * the command, the library and its declarations. With --check it builds beside dist/
 * and fails where the two differ.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { PROGRAMS, packagesIn, REAL_PACKAGES, ROOT, SHIMS, TRANSPORT } from './programs.ts';
import { tidy } from './tidy-bundle.ts';

/**
 * Inside the repository, so that modules are found, and the same for every build, since module ids are made from
 * paths. git ignores it.
 */
const WORK = join(ROOT, 'build-output');
/**
 * From this program on all that is needed of src/ is one file. `main` and `post` come before: `main` may end before it
 * sends anything, and what is about the network is a file of its own there.
 */
const FIRST_EAGER_PROGRAM = 'rotation-reminder';
/** What loads such files. */
const LAZY_IMPORTS = ['authenticate.js', 'trial/try-deployment.js'];

/** The folder that is the package union-auth. */
const PACKAGE = 'cli';

/** Node 22, from the release on that the parser of the command line needs. */
const OLDEST_NODE = '>=22.12.0';

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
  rewrite(join(compiled, `${TRANSPORT}.js`), (code) => code.replace("'@actions/http-client'", "'http-client-itself'"));
  // ncc takes aliases from the `paths` of the tsconfig in its working folder, and from nowhere else.
  writeFileSync(config, JSON.stringify({ compilerOptions: { baseUrl: '.', paths: aliases() } }));
  process.chdir(WORK);
  writeFileSync(join(WORK, 'package.json'), '{ "type": "module" }\n');
  for (const [name, entries] of Object.entries(PROGRAMS)) {
    if (name === FIRST_EAGER_PROGRAM) {
      for (const file of LAZY_IMPORTS) {
        rewrite(join(compiled, file), importingAtOnce);
      }
    }
    const folder = join(target, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, entry] of Object.entries(entries)) {
      const { code, assets } = await ncc(join(compiled, `${entry}.js`), { cache: false, quiet: true, externals: {} });
      const texts = Object.entries(assets).map(([path, { source }]) => [path, String(source)] as const);
      const isCode = ([path]: readonly [string, string]): boolean => path.endsWith('.js');
      const programs = tidy({ [file]: code, ...Object.fromEntries(texts.filter(isCode)) });
      const others = texts.filter((text) => !isCode(text));
      for (const [path, text] of [...Object.entries(programs), ...others]) {
        writeFileSync(join(folder, path), text);
      }
    }
    writeFileSync(join(folder, 'licenses.txt'), await licensesOf(name));
  }
  writePackage(join(target, PACKAGE));
}

/**
 * What npm needs of the package union-auth. It has no dependencies, and no Node: an optional dependency on one, as the
 * package.json of this repository has it, would replace that of the consumer.
 */
function writePackage(folder: string): void {
  const { version, license } = JSON.parse(read(join(ROOT, 'package.json')) ?? '{}') as Record<string, string>;
  const description = 'Builds and checks a FLYTE_API_KEY for Union and Flyte, and says why a sign-in fails';
  const manifest = {
    name: 'union-auth',
    version,
    description,
    keywords: ['flyte', 'union', 'oauth', 'oidc', 'ci', 'client-credentials'],
    homepage: 'https://github.com/org/union-auth-action#readme',
    repository: { type: 'git', url: 'git+https://github.com/org/union-auth-action.git', directory: `dist/${PACKAGE}` },
    license,
    type: 'module',
    engines: { node: OLDEST_NODE },
    bin: { 'union-auth': './index.js' },
    exports: { '.': { types: './library.d.ts', default: './library.js' } },
    types: './library.d.ts',
    sideEffects: false,
    files: ['index.js', 'library.js', 'library.d.ts', 'licenses.txt'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(join(folder, 'library.d.ts'), declarations());
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(ROOT, 'docs/package.md'), join(folder, 'README.md'));
}

/** The types of the library in one file, which names no other. */
function declarations(): string {
  const entry = { filePath: join(ROOT, 'src/index.ts'), output: { exportReferencedTypes: false, noBanner: true } };
  const [text = ''] = generateDtsBundle([entry], { preferredConfigPath: join(ROOT, 'tsconfig.json') });
  return text;
}

/** As the `paths` of a tsconfig have them, for the compiled files. */
function aliases(): Record<string, string[]> {
  const compiled = (shim: string): string => shim.replace(/ts$/, 'js');
  return Object.fromEntries([
    ...Object.entries(SHIMS).map(([name, shim]) => [name, [`./scripts/shims/${compiled(shim)}`]]),
    ...Object.entries(REAL_PACKAGES).map(([name, path]) => [name, [`../node_modules/${path}`]]),
  ]);
}

/** What ncc itself writes are the licences of one chunk alone. */
async function licensesOf(program: string): Promise<string> {
  const packages = await packagesIn(program);
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

/** Imports at its head what a module would import when it comes to it. */
function importingAtOnce(code: string): string {
  const imports: string[] = [];
  const eager = code.replace(/\bimport\((["'][^"']+["'])\)/g, (_, specifier) => {
    imports.push(`import * as imported${imports.length} from ${specifier};\n`);
    return `Promise.resolve(imported${imports.length - 1})`;
  });
  return `${imports.join('')}${eager}`;
}

function rewrite(path: string, change: (text: string) => string): void {
  const text = read(path) ?? '';
  const changed = change(text);
  if (changed === text) {
    throw new Error(`${relative(ROOT, path)} holds nothing to rewrite`);
  }
  writeFileSync(path, changed);
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
