/*
 * Writes sbom.cdx.json: which packages stand in which program of dist/, as CycloneDX. With --check it fails where the
 * file is not what src/ and package-lock.json give. Those who use the action get no node_modules that they could look
 * into, so the list stands beside dist/.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS, packagesIn, ROOT } from './programs.ts';

const TARGET = join(ROOT, 'sbom.cdx.json');
const REPOSITORY = 'org/union-auth-action';

interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
  readonly license: string;
}

const text = `${JSON.stringify(await describe(), undefined, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, 'utf8') === text) {
  console.log('sbom.cdx.json is what src/ and package-lock.json give.');
} else {
  console.error('sbom.cdx.json is not what src/ and package-lock.json give. Run `npm run sbom` and commit the result.');
  process.exitCode = 1;
}

/** Without a time and a serial number of the run: the same commit gives the same text. */
async function describe(): Promise<object> {
  const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockedPackage>>;
  };
  const programs = await Promise.all(
    Object.keys(PROGRAMS).map(async (name) => ({ folder: `dist/${name}`, packages: await packagesIn(name) })),
  );
  const packages = sorted(programs.flatMap((program) => program.packages));
  const licenses = [{ license: { id: license } }];
  const own = `pkg:github/${REPOSITORY}@v${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': own,
        name: 'union-auth-action',
        version,
        licenses,
        purl: own,
        externalReferences: [{ type: 'vcs', url: `https://github.com/${REPOSITORY}` }],
        components: programs.map(({ folder }) => ({ type: 'application', 'bom-ref': folder, name: folder, licenses })),
      },
    },
    components: packages.map((folder) => componentOf(folder, locked(lock.packages, folder))),
    dependencies: [
      { ref: own, dependsOn: programs.map(({ folder }) => folder) },
      ...programs.map((program) => ({
        ref: program.folder,
        dependsOn: program.packages.map((folder) => purlOf(folder, locked(lock.packages, folder))),
      })),
    ],
  };
}

function locked(packages: Readonly<Record<string, LockedPackage>>, folder: string): LockedPackage {
  const found = packages[folder];
  if (found === undefined) {
    throw new Error(`package-lock.json does not name ${folder}`);
  }
  return found;
}

function componentOf(folder: string, { version, integrity, license }: LockedPackage): object {
  const purl = purlOf(folder, { version });
  const [scope, name] = namesOf(folder);
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === undefined ? {} : { group: scope }),
    name,
    version,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}

function purlOf(folder: string, { version }: Pick<LockedPackage, 'version'>): string {
  return `pkg:npm/${namesOf(folder).filter(Boolean).join('/').replace('@', '%40')}@${version}`;
}

function namesOf(folder: string): readonly [scope: string | undefined, name: string] {
  const [, scope, name = ''] = /node_modules\/(?:(@[^/]+)\/)?([^/]+)$/.exec(folder) ?? [];
  return [scope, name];
}

function sorted(list: readonly string[]): string[] {
  return [...new Set(list)].sort((left, right) => (left < right ? -1 : 1));
}
