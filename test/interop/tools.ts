import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Skipped } from './suite.ts';

/** Long enough for a slow registry; a program that hangs ends with it. */
const INSTALL_TIMEOUT_MILLISECONDS = 15 * 60_000;

export interface Finished {
  /** -1 where there is none: it did not start, or a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  /** In place of the whole environment. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
}

/** Process groups that run, by the id of their leader. None outlives this run. */
const groups = new Set<number>();

process.on('exit', () => {
  for (const leader of groups) {
    killGroup(leader);
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(128 + os.constants.signals[signal]));
}

/** Keeps a detached child in mind until it and everything that holds its pipes has ended. */
function remember(child: ChildProcess): void {
  const { pid } = child;
  if (pid !== undefined) {
    groups.add(pid);
    child.once('close', () => groups.delete(pid));
  }
}

/** The whole group: a start script leaves its server behind else. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined || !groups.has(leader)) {
    return;
  }
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Runs a program to its end. Never throws for how it ends. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { cwd, environment = process.env, input = '', timeoutMilliseconds = 120_000 } = options;
  const child = spawn(file, args, { cwd, env: environment, detached: true });
  remember(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child.pid);
    // What left the group may hold them still.
    child.stdout.destroy();
    child.stderr.destroy();
  }, timeoutMilliseconds);
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', ({ message }) => {
      stderr = message;
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
  clearTimeout(timer);
  return { exitCode, stdout, stderr, timedOut };
}

/** Whether a program is on this machine. */
async function has(program: string): Promise<boolean> {
  return (await run('sh', ['-c', `command -v ${program}`])).exitCode === 0;
}

export async function need(...programs: readonly string[]): Promise<void> {
  for (const program of programs) {
    if (!(await has(program))) {
      throw new Skipped(`${program} is not on this machine`);
    }
  }
}

/** Runs an installer; a registry that can't be reached is a skip, said in one line. */
async function install(what: string, file: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const finished = await run(file, args, { timeoutMilliseconds: INSTALL_TIMEOUT_MILLISECONDS, ...options });
  if (finished.exitCode !== 0) {
    const last = `${finished.stdout}\n${finished.stderr}`.trim().split('\n').at(-1) ?? '';
    throw new Skipped(`${what} can not be installed: ${last.slice(0, 200)}`);
  }
}

/** Does something once for a folder that lasts, and again only where it did not come to its end. */
async function makeOnce(folder: string, make: () => Promise<void>): Promise<void> {
  const mark = path.join(folder, '.complete');
  if (!existsSync(mark)) {
    mkdirSync(folder, { recursive: true });
    await make();
    writeFileSync(mark, '');
  }
}

function shortHash(list: readonly string[]): string {
  return createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
}

/** A virtual environment of Python with pinned packages. @returns its folder of programs. */
export async function pythonEnvironment(cache: string, name: string, packages: readonly string[]): Promise<string> {
  await need('python3');
  const folder = path.join(cache, `python-${name}-${shortHash(packages)}`);
  await makeOnce(folder, async () => {
    await install('a virtual environment', 'python3', ['-m', 'venv', folder]);
    await install(packages.join(' '), path.join(folder, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      ...packages,
    ]);
  });
  return path.join(folder, 'bin');
}

/** A Go program by its module path and version. @returns the program. */
export async function goProgram(cache: string, modulePath: string, version: string): Promise<string> {
  await need('go');
  const name = modulePath.split('/').at(-1) ?? modulePath;
  const folder = path.join(cache, `go-${name}-${version}`);
  await makeOnce(folder, async () => {
    await install(`${modulePath}@${version}`, 'go', ['install', `${modulePath}@${version}`], {
      environment: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
    });
  });
  return path.join(folder, name);
}

/** A Go program of our own, from its folder in this repository. @returns the program. */
export async function ownGoProgram(cache: string, source: string): Promise<string> {
  return await goBuild(cache, source, ['.']);
}

/** A Go program by its package path, at the versions of a module of this repository that only names it. @returns the program. */
export async function goToolOfModule(
  cache: string,
  source: string,
  packagePath: string,
  flags: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  return await goBuild(cache, source, [...flags, packagePath], environment);
}

/** Said only where a registry was reached: a pin of ours is wrong. */
const WRONG_PIN = /unknown revision|checksum mismatch|404 Not Found|410 Gone/;

/** A module that can't be fetched is a skip; what does not build with its modules at hand is a failure. */
async function goBuild(
  cache: string,
  source: string,
  args: readonly string[],
  added: NodeJS.ProcessEnv = {},
): Promise<string> {
  await need('go');
  const name = path.basename(source);
  const program = path.join(cache, name);
  mkdirSync(cache, { recursive: true });
  const options = {
    cwd: source,
    environment: { ...process.env, ...added },
    timeoutMilliseconds: INSTALL_TIMEOUT_MILLISECONDS,
  };
  const build = (): Promise<Finished> => run('go', ['build', '-o', program, ...args], options);
  let built = await build();
  if (built.exitCode !== 0 && !WRONG_PIN.test(built.stderr)) {
    await install(`the modules of ${name}`, 'go', ['mod', 'download'], options);
    built = await build();
  }
  if (built.exitCode !== 0) {
    throw new Error(`${name} does not build: ${built.stderr.trim().slice(-500)}`);
  }
  return program;
}

/** A package of the npm registry, in a folder of its own. @returns the folder of the package. */
export async function npmPackage(cache: string, name: string, version: string): Promise<string> {
  await need('npm');
  const folder = path.join(cache, `npm-${name}-${version}`);
  await makeOnce(folder, async () => {
    const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
    await install(`${name}@${version}`, 'npm', args);
  });
  return path.join(folder, 'node_modules', name);
}

/** A file of Maven Central. @returns its path. */
export async function mavenFile(cache: string, artifact: string, target: string): Promise<string> {
  await need('java', 'mvn');
  const file = path.join(cache, target);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
    const folder = path.join(cache, 'maven');
    await install(artifact, 'mvn', ['-q', '-B', copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`]);
    const [, name = '', version = '', packaging = 'jar'] = artifact.split(':');
    renameSync(path.join(folder, `${name}-${version}.${packaging}`), file);
  }
  return file;
}

/** Debian packages unpacked into a folder, without installing them. @returns the folder. */
export async function debianPackages(cache: string, packages: readonly string[]): Promise<string> {
  await need('apt-get', 'dpkg-deb');
  const [first = ''] = packages[0]?.split('=') ?? [];
  const folder = path.join(cache, `debian-${first}-${shortHash(packages)}`);
  await makeOnce(folder, async () => {
    await install(packages.join(' '), 'sh', ['-c', `apt-get download ${packages.join(' ')}`], { cwd: folder });
    await install(packages.join(' '), 'sh', ['-c', 'for f in ./*.deb; do dpkg-deb -x "$f" root; done'], {
      cwd: folder,
    });
  });
  return path.join(folder, 'root');
}

/** A program of Debian that is unpacked and not installed, so that its own paths are below `root`. */
export interface DebianProgram {
  readonly root: string;
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly version: string;
}

/** The packages that a package of Debian needs and that are not installed here, itself among them. */
export async function debianClosure(name: string): Promise<string[]> {
  await need('apt-get');
  const { stdout } = await run('apt-get', ['--simulate', '--no-install-recommends', 'install', name]);
  const packages = [...stdout.matchAll(/^Inst (\S+) /gm)].flatMap(([, found]) => found ?? []);
  if (!packages.includes(name)) {
    throw new Skipped(`Debian has no package ${name} for this machine`);
  }
  return [name, ...packages.filter((other) => other !== name).sort()];
}

/**
 * @param program its path below the root. The first package is the one that holds it.
 * @param versionOption with which it prints its version and does nothing else.
 */
export async function debianProgram(
  cache: string,
  packages: readonly string[],
  program: string,
  versionOption = '-v',
): Promise<DebianProgram> {
  const root = await debianPackages(cache, packages);
  // The last one holds what libpulse finds by a path of its own, were it installed.
  const places = ['usr/lib/*-linux-gnu*', 'lib/*-linux-gnu*', 'usr/lib/*-linux-gnu*/pulseaudio'];
  const libraries = globSync(places, { cwd: root });
  const folders = [...libraries.map((folder) => path.join(root, folder)), process.env['LD_LIBRARY_PATH'] ?? ''];
  const environment = {
    PATH: process.env['PATH'],
    LD_LIBRARY_PATH: folders.filter((folder) => folder !== '').join(':'),
  };
  const file = path.join(root, program);
  const { exitCode, stdout, stderr } = await run(file, [versionOption], { environment });
  const [version] = /\d+(\.\d+)+/.exec(stdout + stderr) ?? [];
  // The linker names versions too, where it misses a library.
  if (exitCode !== 0 || version === undefined) {
    throw new Skipped(`it does not start here: ${stderr.trim().slice(0, 200)}`);
  }
  return { root, file, environment, version };
}

/** A port of loopback that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) {
    throw new Error('loopback has no free port');
  }
  return address.port;
}

/** Starts a server and waits until it is ready. @returns what stops it. */
export async function startServer(
  file: string,
  args: readonly string[],
  isReady: (log: string) => boolean | Promise<boolean>,
  options: RunOptions = {},
): Promise<{ stop(): Promise<void>; log(): string }> {
  const { cwd, environment = process.env, timeoutMilliseconds = 120_000 } = options;
  const child = spawn(file, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  remember(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async (): Promise<void> => {
    killGroup(child.pid);
    await ended;
  };
  const deadline = Date.now() + timeoutMilliseconds;
  while (Date.now() < deadline) {
    if (failure !== undefined) {
      throw new Error(`${path.basename(file)} does not start: ${failure.message}`);
    }
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) {
      killGroup(child.pid);
      throw new Error(`${path.basename(file)} ended with ${end}: ${log.slice(-500)}`);
    }
    if (await isReady(log)) {
      return { stop, log: () => log };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`${path.basename(file)} was not ready in time: ${log.slice(-500)}`);
}

/** What git would give to somebody else, as it stands in the working tree: no node_modules. */
export async function listedFiles(folder: string): Promise<string[]> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { exitCode, stdout, stderr } = await run('git', list, { cwd: folder });
  if (exitCode !== 0) {
    throw new Skipped(`git does not know the files of this folder: ${stderr.split('\n', 1)[0]}`);
  }
  return stdout.split('\0').filter((name) => name !== '' && existsSync(path.join(folder, name)));
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')) as unknown;
}
