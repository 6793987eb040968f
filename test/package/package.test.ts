import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../e2e/keys.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder } from '../e2e/temporary.ts';
import { type Deployment, startDeployment } from '../lab/deployment.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const PACKAGE = path.join(ROOT, 'dist/cli');
const folder = temporaryFolder();
const consumer = path.join(folder, 'consumer');
const globalFolder = path.join(folder, 'global');
const empty = path.join(folder, 'empty');
let tarball: string;

function npm(args: string[], cwd: string) {
  const cache = path.join(folder, 'npm-cache');
  const all = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier', '--cache', cache, ...args];
  const { status, stdout, stderr } = spawnSync('npm', all, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, stdout, stderr };
}

/** Packs the package and installs it, as a library and as a global command, with no network. */
beforeAll(() => {
  for (const place of [consumer, globalFolder, empty]) {
    mkdirSync(place);
  }
  const packed = npm(['pack', '--json', '--pack-destination', folder, PACKAGE], folder);
  expect(packed.status, packed.stderr).toBe(0);
  const [{ filename = '' } = {}] = JSON.parse(packed.stdout) as { filename: string }[];
  tarball = path.join(folder, filename);
  writeFileSync(path.join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  for (const [args, place] of [
    [['install', tarball], consumer],
    [['install', '--global', '--prefix', globalFolder, tarball], empty],
  ] as const) {
    const installed = npm([...args], place);
    expect(installed.status, installed.stderr).toBe(0);
  }
}, 120_000);

describe('the package', () => {
  it('holds what is needed and nothing else', () => {
    const { stdout } = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
    expect(stdout.trim().split('\n').sort()).toEqual([
      'package/LICENSE',
      'package/README.md',
      'package/index.js',
      'package/library.d.ts',
      'package/library.js',
      'package/licenses.txt',
      'package/package.json',
    ]);
  });

  it('brings no other package, no script and no Node', () => {
    expect(readdirSync(path.join(consumer, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'union-auth',
    ]);
    const manifest = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(manifest).filter((name) => /dependencies|scripts/i.test(name))).toEqual([]);
    const bin = path.join(consumer, 'node_modules/.bin');
    expect(readdirSync(bin).map((name) => name.replace(/\.(?:cmd|ps1)$/, ''))).not.toContain('node');
  });

  it('leaves the Node of the consumer as it was', () => {
    const version = (cwd: string): string => npm(['exec', '--', 'node', '--version'], cwd).stdout.trim();
    expect(version(consumer)).toMatch(/^v\d+/);
    expect(version(consumer)).toBe(version(empty));
  });

  it('has exports that every way of importing finds, by publint', async () => {
    const { messages } = await publint({ pkgDir: PACKAGE, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that are right for every way of importing an ES module, by are-the-types-wrong', async () => {
    const data = readFileSync(tarball);
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
    // The ways of Node 10 and of require() do not exist for an ES module.
    const others = 'problems' in result ? result.problems.filter(({ kind }) => !EXPECTED_PROBLEMS.includes(kind)) : [];
    expect(result.types).toMatchObject({ kind: 'included' });
    expect(others).toEqual([]);
  });
});

/** Of an ES module alone: `require` of it gives one too, and Node 10 knows no exports. */
const EXPECTED_PROBLEMS = ['CJSResolvesToESM', 'NoResolution'];

describe('the command', () => {
  const program = path.join(globalFolder, process.platform === 'win32' ? 'union-auth.cmd' : 'bin/union-auth');

  it('is installed by npm install --global', () => {
    const { status, stdout, stderr } = spawnSync(program, ['--version'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '1.0.0\n', stderr: '' });
  });

  it('runs with npx', () => {
    const { status, stdout } = npm(['exec', '--', 'union-auth', 'explain', 'idp/wrong-secret'], consumer);
    expect(status).toBe(0);
    expect(stdout).toContain('(idp/wrong-secret)');
  });
});

describe('the example of the library', () => {
  let lab: Deployment;
  beforeAll(async () => {
    lab = await startDeployment({ authority: await authority() });
  });
  afterAll(() => lab.stop());

  it('compiles against the declarations, and runs', async () => {
    copyFileSync(path.join(ROOT, 'docs/examples/library.ts'), path.join(consumer, 'example.ts'));
    const types = path.join(ROOT, 'node_modules/@types');
    writeFileSync(
      path.join(consumer, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          module: 'NodeNext',
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          types: ['node'],
          typeRoots: [types],
        },
        files: ['example.ts'],
      }),
    );
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const compiled = spawnSync(process.execPath, [tsc, '-p', consumer], { encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
    expect(existsSync(path.join(consumer, 'example.js'))).toBe(true);

    const example = (await import(/* @vite-ignore */ pathToFileURL(path.join(consumer, 'example.js')).href)) as {
      testedKey(key: string, options: object): Promise<string>;
      faultsOf(key: string): string[];
      verdictOn(token: string, keySet: object): Promise<string>;
      fixOf(text: string): string;
    };
    const options = {
      certificateAuthorities: lab.certificateAuthorityPem,
      connectTo: lab.connectTo,
      allowedAudience: [lab.audience],
    };
    const key = keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret: lab.clientSecret });
    expect(await example.testedKey(key, options)).toBe(key);
    const wrong = keyOf({ domain: lab.domain, clientId: lab.clientId });
    await expect(example.testedKey(wrong, options)).rejects.toThrow(/^The identity provider refuses the client id/);
    expect(example.faultsOf(`"${key}"`)).toEqual([expect.stringMatching(/^key\/quoted: /)]);
    expect(await example.verdictOn('not.a.token', { keys: [] })).toContain('token');
    expect(example.fixOf('idp/wrong-secret')).toContain('client secret');
    expect(example.fixOf('')).toBe('empty');
  });
});
