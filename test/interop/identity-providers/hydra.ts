import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cases } from '../../identity-provider/providers/hydra.ts';
import type { Workbench } from '../suite.ts';
import { freePort, goToolOfModule, need, startServer } from '../tools.ts';
import { startFront } from './front.ts';
import { isUp, requestJson } from './http-json.ts';
import { AUDIENCE, ProviderTrial, withoutAuthorization } from './provider-trial.ts';

/** As hydra/go.mod has it. */
const VERSION = 'v2.3.0';
const HOST = 'hydra.example.test';
const SECRET = 'Hy2_made-up.7dR4wK9~Tn3Bm';

export async function proveHydra(bench: Workbench): Promise<void> {
  // Its SQLite is in C.
  await need('cc');
  const source = path.join(import.meta.dirname, 'hydra');
  const flags = ['-tags', 'sqlite,json1'];
  const program = await goToolOfModule(bench.cache, source, 'github.com/ory/hydra/v2', flags, { CGO_ENABLED: '1' });
  await using servers = new AsyncDisposableStack();
  const server = await startHydra(bench, program);
  servers.defer(() => server.stop());
  const front = await startFront({ [HOST]: server.port });
  servers.defer(() => front.stop());
  const running = {
    ...front,
    provider: 'hydra',
    issuer: `https://${HOST}`,
    cases,
  } as const;
  const trial = await ProviderTrial.open(running, bench.counterpart('Ory Hydra', VERSION));
  await trial.recognised();
  await proveRefusals(trial, server.admin);
  await proveTokens(trial, server.admin);
}

async function proveRefusals(trial: ProviderTrial, admin: string): Promise<void> {
  const client = await makeClient(admin, {});
  await trial.refused('a wrong secret', { ...client, clientSecret: `${SECRET}x`, code: 'idp/hydra/wrong-secret' });
  await trial.refused('an unknown client', {
    clientId: '00000000-0000-4000-8000-000000000000',
    clientSecret: SECRET,
    code: 'idp/hydra/wrong-secret',
  });
  const renewed = await makeClient(admin, {});
  await requestJson('PUT', `${admin}/admin/clients/${renewed.clientId}`, {
    body: { ...PARTS, client_secret: `${SECRET}-next` },
  });
  await trial.refused('a secret that was replaced', { ...renewed, code: 'idp/hydra/wrong-secret' });
  await trial.refused('a client for the body', {
    ...(await makeClient(admin, { token_endpoint_auth_method: 'client_secret_post' })),
    code: 'idp/hydra/method-not-accepted',
  });
  await trial.refused('a public client', {
    ...(await makeClient(admin, { token_endpoint_auth_method: 'none' })),
    code: 'idp/hydra/method-not-accepted',
  });
  await trial.refused('a client without the grant', {
    ...(await makeClient(admin, { grant_types: ['authorization_code'] })),
    code: 'idp/hydra/grant-not-enabled',
  });
  await trial.refused('a scope that is not listed', {
    ...client,
    scopes: ['all', 'offline'],
    code: 'idp/hydra/scope-not-allowed',
  });
  await trial.refused('an audience that is not listed', {
    ...client,
    audience: 'https://union.example.com',
    code: 'idp/hydra/audience-not-allowed',
  });
  await trial.refused('a header that a proxy removed', {
    ...client,
    change: withoutAuthorization,
    code: 'idp/hydra/no-credentials',
  });
  await trial.refused('a client id with a percent sign', {
    clientId: 'ci%zz',
    clientSecret: SECRET,
    code: 'idp/hydra/basic-not-decodable',
  });
}

async function proveTokens(trial: ProviderTrial, admin: string): Promise<void> {
  const jwt = { access_token_strategy: 'jwt' };
  await trial.granted('an opaque token, as by default', {
    ...(await makeClient(admin, {})),
    decision: 'refuse',
    codes: ['token/opaque'],
  });
  await trial.granted('a JWT without an audience', {
    ...(await makeClient(admin, jwt)),
    appClaims: [],
    decision: 'refuse',
    codes: ['token/audience-missing', 'token/identity-type-not-app'],
  });
  const guided = await makeClient(admin, { ...jwt, audience: [AUDIENCE] });
  await trial.granted('a client as the guide makes it', {
    ...guided,
    audience: AUDIENCE,
    appClaims: [['client_id', guided.clientId]],
    decision: 'accept',
    codes: [],
  });
  await trial.granted('no scope asked for', {
    ...guided,
    scopes: [],
    audience: AUDIENCE,
    appClaims: [['client_id', guided.clientId]],
    decision: 'refuse',
    codes: ['token/scope-all-missing'],
  });
  await trial.action('a client as the guide makes it', {
    ...guided,
    audience: AUDIENCE,
    inputs: { 'app-claims': `client_id=${guided.clientId}` },
  });
  await trial.action('a client for the body', {
    ...(await makeClient(admin, { token_endpoint_auth_method: 'client_secret_post' })),
    code: 'idp/hydra/method-not-accepted',
  });
}

const PARTS = {
  client_secret: SECRET,
  grant_types: ['client_credentials'],
  scope: 'all',
  token_endpoint_auth_method: 'client_secret_basic',
};

async function makeClient(admin: string, parts: object): Promise<{ clientId: string; clientSecret: string }> {
  const { document } = await requestJson('POST', `${admin}/admin/clients`, { body: { ...PARTS, ...parts } });
  return { clientId: (document as { client_id: string }).client_id, clientSecret: SECRET };
}

async function startHydra(
  bench: Workbench,
  program: string,
): Promise<{ port: number; admin: string; stop(): Promise<void> }> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const admin = `http://127.0.0.1:${adminPort}`;
  const file = path.join(bench.temporary, 'hydra.json');
  const configuration = {
    dsn: 'memory',
    log: { level: 'error' },
    sqa: { opt_out: true },
    urls: { self: { issuer: `https://${HOST}` } },
    secrets: { system: ['made-up-for-the-bench-and-long-enough'] },
    serve: { public: { host: '127.0.0.1', port }, admin: { host: '127.0.0.1', port: adminPort } },
  };
  writeFileSync(file, JSON.stringify(configuration));
  const isReady = async (): Promise<boolean> => await isUp(`${admin}/health/ready`);
  const { stop } = await startServer(program, ['serve', 'all', '--dev', '--config', file], isReady);
  return { port, admin, stop };
}
