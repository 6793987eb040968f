import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Skipped } from '../suite.ts';
import { type DebianProgram, debianProgram, freePort, run } from '../tools.ts';
import { isRoot, startAtPort } from './debian-program.ts';

/** What a forward proxy is to do beside tunnelling. */
export interface ProxyRules {
  /** The proxy that it passes every tunnel on to, which knows the servers of the lab. Without it it asks DNS. */
  readonly parentPort?: number;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A host that it does not let through. */
  readonly refusedHost?: string;
}

export interface ForwardProxy {
  /** Without credentials. */
  readonly address: string;
  /** host:port of each tunnel that it was asked for. */
  tunnels(): string[];
  stop(): Promise<void>;
}

/** A program that a runner can stand behind. */
export interface ForwardProxyProgram {
  readonly name: string;
  readonly version: string;
  /** Credentials that the program can be given: tinyproxy knows no quoting. */
  readonly credentials: { readonly user: string; readonly password: string };
  /** What it answers to a wrong password: RFC 9110 section 15.5.8 wants 407. */
  readonly wrongPasswordStatus: number;
  start(temporary: string, rules: ProxyRules): Promise<ForwardProxy>;
}

/** Beside what every machine has. */
const SQUID_PACKAGES = ['squid', 'squid-common', 'squid-langpack', 'libecap3', 'libltdl7'];
const SQUID_LIBRARIES = ['libnetfilter-conntrack3', 'libnfnetlink0'];

export async function squid(cache: string): Promise<ForwardProxyProgram> {
  const program = await debianProgram(cache, [...SQUID_PACKAGES, ...SQUID_LIBRARIES], 'usr/sbin/squid');
  if (isRoot && !isOpenToAll(program.root)) {
    throw new Skipped(`squid does not run as root, and no other user can read ${program.root}`);
  }
  return {
    name: 'squid',
    version: program.version,
    credentials: { user: 'build', password: 'pa ss@:/%w' },
    wrongPasswordStatus: 407,
    async start(temporary, rules) {
      const folder = mkdtempSync(path.join(temporary, 'squid-'));
      if (isRoot) {
        chmodSync(temporary, 0o711);
        chownSync(folder, Number((await run('id', ['-u', 'nobody'])).stdout), process.getgid?.() ?? 0);
      }
      const port = await freePort();
      const configuration = path.join(folder, 'squid.conf');
      writeFileSync(configuration, squidConfiguration(program, folder, port, rules));
      const service = `interop${port}`;
      const server = await startAtPort(program, ['-N', '-d', '1', '-n', service, '-f', configuration], port);
      const stop = async (): Promise<void> => {
        await server.stop();
        // Its shared memory outlives it, and bears the name of the service.
        for (const segment of globSync(`/dev/shm/${service}-*`)) {
          rmSync(segment);
        }
      };
      return proxyOf({ port, stop }, path.join(folder, 'access.log'), / CONNECT (\S+) /g);
    },
  };
}

function isOpenToAll(folder: string): boolean {
  const parent = path.dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

/** What `openssl passwd -apr1` makes of the password above. */
const SQUID_PASSWORDS = 'build:$apr1$interop1$mDt.dxcScVTR5GpUVnaGQ.\n';

function squidConfiguration({ root }: DebianProgram, folder: string, port: number, rules: ProxyRules): string {
  const { parentPort, credentials, refusedHost } = rules;
  const passwords = path.join(folder, 'passwords');
  writeFileSync(passwords, SQUID_PASSWORDS);
  return [
    `http_port 127.0.0.1:${port}`,
    'visible_hostname squid.example.test',
    'pid_filename none',
    `cache_log ${folder}/cache.log`,
    `access_log stdio:${folder}/access.log`,
    'cache deny all',
    `coredump_dir ${folder}`,
    `mime_table ${root}/usr/share/squid/mime.conf`,
    `icon_directory ${root}/usr/share/squid/icons`,
    `error_directory ${root}/usr/share/squid-langpack/en`,
    `unlinkd_program ${root}/usr/lib/squid/unlinkd`,
    'pinger_enable off',
    'shutdown_lifetime 0 seconds',
    ...(isRoot ? ['cache_effective_user nobody'] : []),
    ...(credentials === undefined
      ? []
      : [
          `auth_param basic program ${root}/usr/lib/squid/basic_ncsa_auth ${passwords}`,
          'acl known proxy_auth REQUIRED',
          'http_access deny !known',
        ]),
    ...(refusedHost === undefined ? [] : [`acl refused dstdomain ${refusedHost}`, 'http_access deny refused']),
    'http_access allow all',
    ...(parentPort === undefined
      ? []
      : [`cache_peer 127.0.0.1 parent ${parentPort} 0 no-query no-digest`, 'never_direct allow all']),
    '',
  ].join('\n');
}

export async function tinyproxy(cache: string): Promise<ForwardProxyProgram> {
  const program = await debianProgram(cache, ['tinyproxy-bin'], 'usr/bin/tinyproxy');
  return {
    name: 'tinyproxy',
    version: program.version,
    credentials: { user: 'build', password: 'correct-horse-battery' },
    wrongPasswordStatus: 401,
    async start(temporary, rules) {
      const folder = mkdtempSync(path.join(temporary, 'tinyproxy-'));
      const port = await freePort();
      const configuration = path.join(folder, 'tinyproxy.conf');
      writeFileSync(configuration, tinyproxyConfiguration(program, folder, port, rules));
      const server = await startAtPort(program, ['-d', '-c', configuration], port);
      return proxyOf(server, path.join(folder, 'tinyproxy.log'), /Request \(file descriptor \d+\): CONNECT (\S+) /g);
    },
  };
}

function tinyproxyConfiguration({ root }: DebianProgram, folder: string, port: number, rules: ProxyRules): string {
  const { parentPort, credentials, refusedHost } = rules;
  const filter = path.join(folder, 'filter');
  writeFileSync(filter, `^${refusedHost?.replaceAll('.', '\\.')}$\n`);
  return [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Timeout 30',
    `LogFile "${folder}/tinyproxy.log"`,
    'LogLevel Connect',
    `PidFile "${folder}/tinyproxy.pid"`,
    `DefaultErrorFile "${root}/usr/share/tinyproxy/default.html"`,
    'Allow 127.0.0.1',
    'ConnectPort 443',
    ...(credentials === undefined ? [] : [`BasicAuth ${credentials.user} ${credentials.password}`]),
    ...(refusedHost === undefined ? [] : [`Filter "${filter}"`]),
    ...(parentPort === undefined ? [] : [`Upstream http 127.0.0.1:${parentPort}`]),
    '',
  ].join('\n');
}

function proxyOf(server: { port: number; stop(): Promise<void> }, log: string, tunnel: RegExp): ForwardProxy {
  return {
    address: `127.0.0.1:${server.port}`,
    tunnels: () =>
      existsSync(log) ? [...readFileSync(log, 'utf8').matchAll(tunnel)].map(([, target]) => target ?? '') : [],
    stop: server.stop,
  };
}
