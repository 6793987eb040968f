/*
 * node scripts/make-release.ts TAG FOLDER: writes what a release holds into an empty folder. The package union-auth as
 * npm takes it, the bill of materials, their checksums, and notes.md, the part of CHANGELOG.md for this version. Fails
 * where the tag, package.json and CHANGELOG.md name different versions.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = dirname(import.meta.dirname);
const [tag = '', target = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const notes = notesOf(version, readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'));

if (tag !== `v${version}`) {
  fail(`The tag is ${tag}, and package.json says ${version}.`);
} else if (notes === undefined) {
  fail(`CHANGELOG.md has no section "## [${version}] - " with a day.`);
} else if (target === '') {
  fail('Say in which folder.');
} else {
  makeRelease(resolve(target), notes);
}

function makeRelease(folder: string, text: string): void {
  mkdirSync(folder);
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, join(ROOT, 'dist/cli')], {
    // npm is a batch file there.
    shell: process.platform === 'win32',
  });
  copyFileSync(join(ROOT, 'sbom.cdx.json'), join(folder, 'sbom.cdx.json'));
  const sums = readdirSync(folder)
    .sort()
    .map((file) => `${sha256Of(join(folder, file))}  ${file}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
  writeFileSync(join(folder, 'notes.md'), text);
  process.stdout.write(sums.join(''));
}

/** @returns undefined where the version has no section, or an empty one. */
function notesOf(wanted: string, changelog: string): string | undefined {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((part) => /^## \[([^\]]+)\] - \d{4}-\d\d-\d\d$/m.exec(part)?.[1] === wanted);
  // The addresses of the links stand behind the last section.
  const text =
    section
      ?.replace(/^.*\n/, '')
      .replaceAll(/^\[[^\]]+\]: .*$/gm, '')
      .trim() ?? '';
  return text === '' ? undefined : `${text}\n`;
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
