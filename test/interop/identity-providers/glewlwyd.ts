import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { cases } from '../../identity-provider/providers/generic.ts';
import type { Workbench } from '../suite.ts';
import { debianProgram, freePort, startServer } from '../tools.ts';
import { startFront } from './front.ts';
import { isUp } from './http-json.ts';
import { ProviderTrial, withoutAuthorization } from './provider-trial.ts';

const VERSION = '2.7.5';
const HOST = 'glewlwyd.example.test';
const ISSUER = `https://${HOST}/api/oidc`;
const SECRET = 'Gw6_made-up.3kD8yB5~Nh7Us';
/** With what it is linked to; the rest is in every Debian. */
const PACKAGES = [
  'glewlwyd=2.7.5-3+deb12u1',
  ...['libcbor0.8', 'libconfig9', 'libhoel1.4', 'libiddawc1.1', 'libjansson4', 'libldap-2.5-0', 'libmariadb3'],
  ...['libmicrohttpd12', 'liboath0', 'liborcania2.3', 'libpq5', 'librhonabwy1.1', 'libulfius2.7', 'libyder2.0'],
];

export async function proveGlewlwyd(bench: Workbench): Promise<void> {
  await using servers = new AsyncDisposableStack();
  const server = await startGlewlwyd(bench);
  servers.defer(() => server.stop());
  const front = await startFront({ [HOST]: server.port });
  servers.defer(() => front.stop());
  await setUp(`http://127.0.0.1:${server.port}/api`);
  const running = {
    ...front,
    provider: 'generic',
    issuer: ISSUER,
    cases,
  } as const;
  const counterpart = bench.counterpart('Glewlwyd', VERSION);
  counterpart.note('answers 403 without a body to a wrong secret, an unknown, disabled or public client, and no scope');
  const trial = await ProviderTrial.open(running, counterpart);
  await trial.recognised();
  await proveServer(trial);
}

async function proveServer(trial: ProviderTrial): Promise<void> {
  const client = (clientId: string) => ({ clientId, clientSecret: SECRET });
  const forbidden = { code: 'idp/refused', answer: { status: 403, body: '' } } as const;
  await trial.refused('a wrong secret', { ...client('ci'), clientSecret: `${SECRET}x`, ...forbidden });
  await trial.refused('an unknown client', { ...client('no-such-client'), ...forbidden });
  await trial.refused('a client that is disabled', { ...client('disabled'), ...forbidden });
  await trial.refused('a public client', { ...client('public'), ...forbidden });
  await trial.refused('a client for the body', { ...client('post'), ...forbidden });
  await trial.refused('a header that a proxy removed', { ...client('ci'), change: withoutAuthorization, ...forbidden });
  await trial.refused('a client without the grant', {
    ...client('no-grant'),
    code: 'idp/client-not-allowed',
    answer: { status: 400, body: { error: 'authorization_type_invalid' } },
  });
  await trial.refused('a scope that it does not know', {
    ...client('ci'),
    scopes: ['offline'],
    code: 'idp/invalid-scope',
    answer: { status: 400, body: { error: 'scope_invalid' } },
  });
  await trial.refused('no scope', { ...client('ci'), scopes: [], ...forbidden });
  const asMade = ['token/audience-mismatch', 'token/scope-all-missing', 'token/identity-type-not-app'] as const;
  await trial.granted('a token as it is made', { ...client('ci'), decision: 'refuse', codes: asMade });
  await trial.granted('a scope that it leaves out', {
    ...client('ci'),
    scopes: ['all', 'offline'],
    decision: 'refuse',
    codes: asMade,
  });
  await trial.action('a token as it is made', {
    ...client('ci'),
    acceptedAudience: 'all',
    code: 'token/scope-all-missing',
  });
  await trial.action('a wrong secret', { ...client('ci'), clientSecret: `${SECRET}x`, code: forbidden.code });
}

async function setUp(api: string): Promise<void> {
  const send = async (below: string, body: object, cookie = ''): Promise<Response> => {
    const headers = { 'content-type': 'application/json', cookie };
    const response = await fetch(`${api}/${below}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${below} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    }
    return response;
  };
  // The administrator that its database is made with.
  const signedIn = await send('auth/', { username: 'admin', password: 'password' });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';', 1)[0];
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  await send(
    'mod/plugin/',
    {
      module: 'oidc',
      name: 'oidc',
      display_name: 'OpenID Connect',
      parameters: {
        iss: ISSUER,
        'jwt-type': 'rsa',
        'jwt-key-size': '256',
        key: keys.privateKey,
        cert: keys.publicKey,
        'access-token-duration': 3600,
        'refresh-token-duration': 1_209_600,
        'code-duration': 600,
        'refresh-token-rolling': false,
        'allow-non-oidc': true,
        'auth-type-client-enabled': true,
        'auth-type-code-enabled': true,
        'auth-type-token-enabled': false,
        'auth-type-implicit-enabled': false,
        'auth-type-password-enabled': false,
        'auth-type-refresh-enabled': false,
        'jwks-show': true,
      },
    },
    cookie,
  );
  await send('scope/', { name: 'all', display_name: 'all', password_required: false, scheme: {} }, cookie);
  for (const [id, parts] of Object.entries(CLIENTS)) {
    await send('client/', { ...PARTS, client_id: id, name: id, ...parts }, cookie);
  }
}

const PARTS = {
  source: 'database',
  enabled: true,
  confidential: true,
  client_secret: SECRET,
  authorization_type: ['client_credentials'],
  scope: ['all'],
  redirect_uri: ['https://app.example.test/callback'],
  token_endpoint_auth_method: ['client_secret_basic'],
};
const CLIENTS = {
  ci: {},
  disabled: { enabled: false },
  public: { confidential: false },
  post: { token_endpoint_auth_method: ['client_secret_post'] },
  'no-grant': { authorization_type: ['code'] },
};

async function startGlewlwyd(bench: Workbench): Promise<{ port: number; stop(): Promise<void> }> {
  const { root, file: program, environment } = await debianProgram(bench.cache, PACKAGES, 'usr/bin/glewlwyd');
  const port = await freePort();
  const database = path.join(bench.temporary, 'glewlwyd.db');
  const schema = path.join(root, 'usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz');
  const connection = new DatabaseSync(database);
  connection.exec(gunzipSync(readFileSync(schema)).toString('utf8'));
  connection.close();

  const modules = path.join(root, 'usr/lib/glewlwyd');
  const settings = {
    port,
    bind_address: '127.0.0.1',
    external_url: `https://${HOST}`,
    login_url: 'login.html',
    api_prefix: 'api',
    log_mode: 'console',
    log_level: 'ERROR',
    cookie_domain: '127.0.0.1',
    cookie_secure: 0,
    session_key: 'GLEWLWYD2_SESSION_ID',
    admin_session_authentication: 'cookie',
    profile_session_authentication: 'cookie',
    admin_scope: 'g_admin',
    profile_scope: 'g_profile',
    user_module_path: path.join(modules, 'user'),
    user_middleware_module_path: path.join(modules, 'user_middleware'),
    client_module_path: path.join(modules, 'client'),
    user_auth_scheme_module_path: path.join(modules, 'scheme'),
    plugin_module_path: path.join(modules, 'plugin'),
    hash_algorithm: 'SHA512',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const file = path.join(bench.temporary, 'glewlwyd.conf');
  writeFileSync(file, [...lines, `database = { type = "sqlite3" path = "${database}" };`, ''].join('\n'));

  const isReady = async (): Promise<boolean> => await isUp(`http://127.0.0.1:${port}/config`);
  const options = { environment, timeoutMilliseconds: 30_000 };
  const { stop } = await startServer(program, [`--config-file=${file}`], isReady, options);
  return { port, stop };
}
