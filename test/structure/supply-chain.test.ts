import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../e2e/temporary.ts';

const ROOT = path.join(import.meta.dirname, '../..');

interface LockedPackage {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

interface BillOfMaterials {
  readonly components: readonly { 'bom-ref': string; group?: string; name: string; version: string }[];
  readonly dependencies: readonly { ref: string; dependsOn: readonly string[] }[];
}

const lock = json<{ lockfileVersion: number; packages: Record<string, LockedPackage> }>('package-lock.json');
const packages = Object.entries(lock.packages).filter(([folder]) => folder !== '');
const bill = json<BillOfMaterials>('sbom.cdx.json');

function text(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function json<T>(file: string): T {
  return JSON.parse(text(file)) as T;
}

describe('package-lock.json', () => {
  it('names every package by a strong hash, and none from outside of the registry', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([]);
    const elsewhere = packages.filter(
      ([, { resolved = 'https://registry.npmjs.org/' }]) => !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  it('has every package that we name at one version, and runs no install script', () => {
    const { devDependencies, optionalDependencies } = json<Record<string, Record<string, string>>>('package.json');
    for (const [name, version] of Object.entries({ ...devDependencies, ...optionalDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
    expect(text('.npmrc').split('\n')).toContain('ignore-scripts=true');
  });

  it('has only licences that the review of dependencies lets in', () => {
    const allowed =
      /allow-licenses: (.*)/.exec(text('.github/workflows/dependency-review.yml'))?.[1]?.split(', ') ?? [];
    const used = packages.flatMap(([, { license = '' }]) => license.replaceAll(/[()]/g, '').split(/ (?:OR|AND) /));
    expect([...new Set(used)].sort()).toEqual([...allowed].sort());
  });
});

describe('sbom.cdx.json', () => {
  const programs = readdirSync(path.join(ROOT, 'dist'));

  it.each(programs)('lists for dist/%s what its licenses.txt holds', (program) => {
    const { dependsOn = [] } = bill.dependencies.find(({ ref }) => ref === `dist/${program}`) ?? {};
    const listed = bill.components.filter((component) => dependsOn.includes(component['bom-ref']));
    const names = listed.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    expect([...new Set(names)].sort()).toEqual(namesInLicenses(`dist/${program}/licenses.txt`));
  });

  it('names each package once, as the lock has it', () => {
    const references = bill.components.map((component) => component['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
    expect(new Set(bill.dependencies.flatMap(({ dependsOn }) => dependsOn))).toEqual(
      new Set([...references, ...programs.map((program) => `dist/${program}`)]),
    );
    for (const { group, name, version } of bill.components) {
      const full = group === undefined ? name : `${group}/${name}`;
      expect(
        packages.some(([folder, found]) => folder.endsWith(`node_modules/${full}`) && found.version === version),
      ).toBe(true);
    }
  });
});

const ACTION_PROGRAMS = ['main', 'post', 'rotation-reminder'];

it.each(ACTION_PROGRAMS)('dist/%s starts no process and runs no text as code', (program) => {
  const files = globSync(`dist/${program}/*.js`, { cwd: ROOT });
  expect(files.length).toBeGreaterThan(0);
  const found = files.flatMap((file) =>
    [...text(file).matchAll(/child_process|new Function\b|\beval\(|node:vm|worker_threads/g)].map(
      ([word]) => `${file}: ${word}`,
    ),
  );
  expect(found).toEqual([]);
});

/** A package begins with its name and its licence, in a line each. */
function namesInLicenses(file: string): string[] {
  const lines = text(file).split('\n');
  const licenseOf = new Map(
    packages.map(([folder, { license = '' }]) => [folder.replace(/^.*node_modules\//, ''), license]),
  );
  const names = lines.filter((line, at) => licenseOf.get(line) !== undefined && licenseOf.get(line) === lines[at + 1]);
  return [...new Set(names)].sort();
}

describe('the tests', () => {
  it('fuzz by properties, in the form that OpenSSF Scorecard looks for', () => {
    const files = globSync('test/**/*.test.ts', { cwd: ROOT }).filter((file) =>
      /from\s+['"]fast-check['"]/.test(text(file)),
    );
    expect(files.length).toBeGreaterThan(5);
  });
});

describe('the files of a release', () => {
  const folder = temporaryFolder();

  /** A repository whose changelog has a section for the version. */
  function makeRelease(tag: string, changelog: string) {
    const repository = path.join(folder, `${tag}-${changelog.length}`);
    for (const file of ['scripts/make-release.ts', 'package.json', 'sbom.cdx.json', 'dist/cli']) {
      cpSync(path.join(ROOT, file), path.join(repository, file), { recursive: true });
    }
    writeFileSync(path.join(repository, 'CHANGELOG.md'), changelog);
    const { status, stderr } = spawnSync(process.execPath, ['scripts/make-release.ts', tag, 'release'], {
      cwd: repository,
      encoding: 'utf8',
    });
    return { status, stderr, release: path.join(repository, 'release') };
  }

  const { version } = json<{ version: string }>('package.json');
  const changelog = `# Changelog

## [Unreleased]

## [${version}] - 2026-12-01

- Something.

## [0.9.0] - 2026-11-01

- Something older.

[Unreleased]: https://github.com/org/union-auth-action/commits/main
`;

  it('are the package, the bill of materials, their checksums and the notes', () => {
    const { status, stderr, release } = makeRelease(`v${version}`, changelog);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(release).sort()).toEqual(
      ['SHA256SUMS', 'notes.md', 'sbom.cdx.json', `union-auth-${version}.tgz`].sort(),
    );
    expect(readFileSync(path.join(release, 'notes.md'), 'utf8')).toBe('- Something.\n');
    if (process.platform === 'linux') {
      expect(spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: release }).status).toBe(0);
    }
  });

  it('are the same each time', () => {
    const sums = ['', '\n'].map((end) =>
      readFileSync(path.join(makeRelease(`v${version}`, changelog + end + end).release, 'SHA256SUMS'), 'utf8'),
    );
    expect(sums[0]).toBe(sums[1]);
  });

  it('are not made for the tag of another version', () => {
    expect(makeRelease('v0.0.1', changelog)).toMatchObject({ status: 1, stderr: expect.stringContaining('v0.0.1') });
  });

  it('are not made where the changelog does not name the version', () => {
    const { status, stderr } = makeRelease(`v${version}`, changelog.replaceAll(version, '7.0.0'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('CHANGELOG.md') });
  });
});

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<
    Record<string, { name: string; strategy?: { matrix: Readonly<Record<string, readonly string[]>> } }>
  >;
}

/** The checks that a pull request gets, by the names under which GitHub lists them. */
function checksOfPullRequests(): string[] {
  const files = globSync('.github/workflows/*.yml', { cwd: ROOT });
  return files.flatMap((file) => {
    const workflow = parse(text(file)) as Workflow;
    return 'pull_request' in workflow.on
      ? Object.values(workflow.jobs).flatMap(({ name, strategy }) => expand(name, strategy?.matrix ?? {}))
      : [];
  });
}

function expand(name: string, matrix: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(matrix).reduce(
    (names, [key, values]) =>
      names.flatMap((one) => values.map((value) => one.replace(`\${{ matrix.${key} }}`, value))),
    [name],
  );
}

describe('the rules for main', () => {
  const { rules, conditions, bypass_actors } = json<{
    rules: { type: string; parameters?: Record<string, unknown> }[];
    conditions: unknown;
    bypass_actors: unknown[];
  }>('.github/rulesets/main.json');
  const ruleOf = (type: string) => rules.find((rule) => rule.type === type);

  it('are those of the highest tier of OpenSSF Scorecard', () => {
    expect(conditions).toEqual({ ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } });
    expect(bypass_actors).toEqual([]);
    expect(rules.map(({ type }) => type)).toEqual(expect.arrayContaining(['deletion', 'non_fast_forward']));
    expect(ruleOf('pull_request')?.parameters).toMatchObject({
      required_approving_review_count: 2,
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: true,
      require_last_push_approval: true,
    });
    expect(ruleOf('required_status_checks')?.parameters).toMatchObject({ strict_required_status_checks_policy: true });
  });

  it('wait for every check that a pull request gets', () => {
    const required = ruleOf('required_status_checks')?.parameters?.['required_status_checks'] as { context: string }[];
    expect(new Set(required.map(({ context }) => context))).toEqual(new Set(checksOfPullRequests()));
  });
});

it('the tag of a version stays where it is, and v1 can move', () => {
  const { rules, conditions } = json<{ rules: { type: string }[]; conditions: unknown }>(
    '.github/rulesets/version-tags.json',
  );
  expect(new Set(rules.map(({ type }) => type))).toEqual(new Set(['deletion', 'non_fast_forward', 'update']));
  expect(conditions).toEqual({ ref_name: { include: ['refs/tags/v*.*.*'], exclude: [] } });
});

it('everything has an owner, and what runs with rights has more of them', () => {
  const lines = text('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first = '', ...rest] = lines.map((line) => line.split(/\s+/)[0] ?? '');
  expect(first).toBe('*');
  for (const pattern of rest) {
    expect(globSync(pattern.slice(1), { cwd: ROOT }), pattern).toHaveLength(1);
  }
  expect(rest).toEqual(expect.arrayContaining(['/.github/', '/dist/', '/action.yml', '/package-lock.json']));
});
