import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { Skipped } from './suite.ts';

/** Long enough for a slow registry; a program that hangs ends with it. */
const INSTALL_TIMEOUT_MILLISECONDS = 15 * 60_000;

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** In place of the whole environment. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
}

/** Runs a program to its end. Never throws for how it ends. */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { cwd, environment = process.env, input = '', timeoutMilliseconds = 120_000 } = options;
  const child = spawn(file, args, { cwd, env: environment, timeout: timeoutMilliseconds, killSignal: 'SIGKILL' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode: exitCode ?? -1, stdout, stderr };
  } catch (error) {
    return { exitCode: -1, stdout, stderr: error instanceof Error ? error.message : String(error) };
  }
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

/** A virtual environment of Python with pinned packages. @returns its folder of programs. */
export async function pythonEnvironment(cache: string, name: string, packages: readonly string[]): Promise<string> {
  await need('python3');
  const key = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const folder = path.join(cache, `python-${name}-${key}`);
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
  await need('go');
  const program = path.join(cache, path.basename(source));
  mkdirSync(cache, { recursive: true });
  await install(`the modules of ${path.basename(source)}`, 'go', ['build', '-o', program, '.'], { cwd: source });
  return program;
}

/** A Go program by its package path, at the versions of a module of this repository that only names it. @returns the program. */
export async function goToolOfModule(
  cache: string,
  source: string,
  packagePath: string,
  flags: readonly string[] = [],
): Promise<string> {
  await need('go');
  const program = path.join(cache, path.basename(source));
  mkdirSync(cache, { recursive: true });
  await install(packagePath, 'go', ['build', ...flags, '-o', program, packagePath], { cwd: source });
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
  const folder = path.join(cache, `debian-${packages.join('-')}`.slice(0, 80));
  await makeOnce(folder, async () => {
    await install(packages.join(' '), 'sh', ['-c', `apt-get download ${packages.join(' ')}`], { cwd: folder });
    await install(packages.join(' '), 'sh', ['-c', 'for f in ./*.deb; do dpkg-deb -x "$f" root; done'], {
      cwd: folder,
    });
  });
  return path.join(folder, 'root');
}

/** A port of loopback that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
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
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) {
      // The whole group: a start script leaves its server behind else.
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
      await ended;
    }
  };
  const deadline = Date.now() + timeoutMilliseconds;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`${path.basename(file)} ended with ${child.exitCode}: ${log.slice(-500)}`);
    }
    if (await isReady(log)) {
      return { stop, log: () => log };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`${path.basename(file)} was not ready in time: ${log.slice(-500)}`);
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')) as unknown;
}
