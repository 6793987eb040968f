/*
 * Clones HEAD twice, installs and builds each clone in other surroundings, and compares the hashes of dist/ with that
 * of the committed one. Prints all of them, and fails where one differs.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = dirname(import.meta.dirname);

/** What must not matter: the length of the path, the rights of new files, the time zone, the language, the time. */
const SURROUNDINGS = [
  { folder: 'a', umask: 0o022, environment: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } },
  {
    folder: 'a-much-longer-folder with a space/and-one-below-it',
    umask: 0o077,
    environment: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  },
] as const;

const temporary = mkdtempSync(join(tmpdir(), 'reproducible-'));
try {
  const hashes = SURROUNDINGS.map((surroundings) => buildIn(surroundings));
  const committed = hashOf(join(temporary, SURROUNDINGS[0].folder, 'committed'));
  console.log(`${committed}  as committed`);
  if (hashes.some((hash) => hash !== committed)) {
    console.error('dist/ depends on where it is built.');
    process.exitCode = 1;
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function buildIn({ folder, umask, environment }: (typeof SURROUNDINGS)[number]): string {
  const clone = join(temporary, folder);
  const former = process.umask(umask);
  try {
    const run = (file: string, ...args: string[]): void => {
      execFileSync(file, args, {
        cwd: clone,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'inherit'],
        // npm is a batch file there.
        shell: process.platform === 'win32' && file === 'npm',
      });
    };
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
    run('git', 'mv', 'dist', 'committed');
    run('npm', 'run', '--silent', 'build');
    const hash = hashOf(join(clone, 'dist'));
    console.log(
      `${hash}  built in ${clone.length} characters, umask ${umask.toString(8)}, ${environment.TZ}, ${environment.LANG}`,
    );
    return hash;
  } finally {
    process.umask(former);
  }
}

/** The hash of a list with the hash of each file, as `sha256sum` would print it, in the order of the names. */
function hashOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const lines = files.map((file) => `${sha256Of(readFileSync(join(folder, file)))}  ${file}\n`);
  return sha256Of(lines.join(''));
}

function sha256Of(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
