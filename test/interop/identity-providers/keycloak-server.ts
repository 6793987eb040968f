import { existsSync } from 'node:fs';
import path from 'node:path';
import { Skipped, type Workbench } from '../suite.ts';
import { freePort, mavenFile, need, run, startServer } from '../tools.ts';
import { isUp, requestJson } from './http-json.ts';

export const KEYCLOAK_VERSION = '26.7.3';
const ADMINISTRATOR = { username: 'admin', password: 'made-up-for-the-bench' };
/** Both decide what is built; the first keeps nothing on disk, the second is a preview. */
const BUILD_OPTIONS = ['--db=dev-mem', '--cache=local', '--features=client-secret-rotation'];

export interface KeycloakServer {
  readonly port: number;
  /** A request below /admin/realms. */
  administer(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<AdminAnswer>;
  stop(): Promise<void>;
}

interface AdminAnswer {
  readonly document: unknown;
  /** The id of what was made. */
  readonly id: string;
}

/** Keycloak as its makers publish it. It takes its public address from the headers of the proxy in front of it. */
export async function startKeycloak(bench: Workbench): Promise<KeycloakServer> {
  await need('java', 'unzip');
  await needJava(17);
  const home = await unpack(bench.cache);
  const program = path.join(home, 'bin/kc.sh');
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startServer(
    program,
    [
      'start',
      '--optimized',
      '--http-enabled=true',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      '--hostname-strict=false',
      '--proxy-headers=xforwarded',
      '--log-level=error',
    ],
    async () => await isUp(`${origin}/realms/master`),
    {
      environment: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: ADMINISTRATOR.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: ADMINISTRATOR.password,
      },
      timeoutMilliseconds: 300_000,
    },
  );
  return {
    port,
    stop: server.stop,
    async administer(method, below, body) {
      const token = await signIn(origin);
      const { document, location } = await requestJson(method, `${origin}/admin/realms${below}`, { body, token });
      return { document, id: location.split('/').at(-1) ?? '' };
    },
  };
}

/** The one that Keycloak's start script takes. */
async function needJava(oldest: number): Promise<void> {
  const home = process.env['JAVA_HOME'];
  const { stderr } = await run(home ? path.join(home, 'bin/java') : 'java', ['-version']);
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (version < oldest) {
    throw new Skipped(`Keycloak needs Java ${oldest}, and here is ${version || 'none'}`);
  }
}

/** Its start would build it anew every time. */
async function unpack(cache: string): Promise<string> {
  const home = path.join(cache, `keycloak-${KEYCLOAK_VERSION}`);
  const mark = path.join(home, 'built-for-the-bench');
  if (!existsSync(mark)) {
    const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
    const archive = await mavenFile(cache, artifact, `keycloak-${KEYCLOAK_VERSION}.zip`);
    const script = `unzip -q -o "$1" -d "$2" && "$3/bin/kc.sh" build ${BUILD_OPTIONS.join(' ')} && touch "$4"`;
    const built = await run('sh', ['-c', script, 'sh', archive, cache, home, mark], { timeoutMilliseconds: 600_000 });
    if (built.exitCode !== 0) {
      throw new Error(`Keycloak can not be built: ${`${built.stdout}${built.stderr}`.slice(-500)}`);
    }
  }
  return home;
}

async function signIn(origin: string): Promise<string> {
  const body = new URLSearchParams({ ...ADMINISTRATOR, grant_type: 'password', client_id: 'admin-cli' });
  const response = await fetch(`${origin}/realms/master/protocol/openid-connect/token`, { method: 'POST', body });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) {
    throw new Error(`The administrator can not sign in to Keycloak: ${response.status}`);
  }
  return token;
}
