import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cases } from '../../identity-provider/providers/dex.ts';
import type { Counterpart, Workbench } from '../suite.ts';
import { freePort, ownGoProgram, startServer } from '../tools.ts';
import { type Front, startFront } from './front.ts';
import { isUp } from './http-json.ts';
import { AUDIENCE, ProviderTrial, withoutAuthorization } from './provider-trial.ts';

/** As dex/go.mod has it. */
const VERSION = 'v0.0.0-20260806151424-ab64ed778070';
const HOST = 'dex.example.test';
const ISSUER = `https://${HOST}/dex`;
const SECRET = 'Dx1_made-up.4bN8qL2~Wy6Ge';
const WITH_THE_GRANT = ['authorization_code', 'client_credentials'];
/** What Dex takes where its configuration names none. */
const BY_DEFAULT = ['authorization_code', 'implicit', 'password', 'refresh_token'];

export async function proveDex(bench: Workbench): Promise<void> {
  const program = await ownGoProgram(bench.cache, path.join(import.meta.dirname, 'dex'));
  const counterpart = bench.counterpart('Dex', VERSION);
  counterpart.note('its packages, started by a program of this repository');
  await withDex(bench, program, WITH_THE_GRANT, async (front) => proveWithGrant(await openTrial(front, counterpart)));
  await withDex(bench, program, BY_DEFAULT, async (front) => proveWithoutGrant(await openTrial(front, counterpart)));
}

const client = (clientId: string) => ({ clientId, clientSecret: SECRET, scopes: ['openid'] });

async function proveWithGrant(trial: ProviderTrial): Promise<void> {
  await trial.recognised();
  await proveRefusals(trial);
  await trial.granted('a token as Dex makes it', {
    ...client('ci'),
    decision: 'refuse',
    codes: ['token/audience-mismatch', 'token/identity-type-not-app'],
  });
  await trial.granted('no scope asked for', {
    ...client('ci'),
    scopes: [],
    allowedAudience: ['ci'],
    decision: 'accept',
    codes: ['token/identity-type-not-app'],
  });
  await trial.granted('a deployment that knows the id of the client', {
    ...client('ci'),
    scopes: ['openid', 'profile'],
    allowedAudience: ['ci'],
    appClaims: [['preferred_username', 'CI of acme']],
    decision: 'accept',
    codes: [],
  });
  await trial.granted('a token for a client that trusts the one of CI', {
    ...client('ci'),
    scopes: ['openid', 'profile', `audience:server:client_id:${AUDIENCE}`],
    appClaims: [['preferred_username', 'CI of acme']],
    decision: 'accept',
    codes: [],
  });
  await trial.action('a deployment that knows the id of the client', {
    ...client('ci'),
    scopes: ['openid', 'profile'],
    acceptedAudience: 'ci',
    inputs: { 'app-claims': 'preferred_username=CI of acme' },
  });
  await trial.action('a wrong secret', {
    ...client('ci'),
    clientSecret: `${SECRET}x`,
    code: 'idp/dex/wrong-secret',
  });
  await trial.action('the scope all', { ...client('ci'), scopes: ['all'], code: 'idp/dex/unknown-scope' });
}

async function proveRefusals(trial: ProviderTrial): Promise<void> {
  await trial.refused('a wrong secret', {
    ...client('ci'),
    clientSecret: `${SECRET}x`,
    code: 'idp/dex/wrong-secret',
  });
  await trial.refused('an unknown client', { ...client('no-such-client'), code: 'idp/dex/wrong-secret' });
  await trial.refused('the scope all', { ...client('ci'), scopes: ['all'], code: 'idp/dex/unknown-scope' });
  await trial.refused('a refresh token', {
    ...client('ci'),
    scopes: ['openid', 'offline_access'],
    code: 'idp/dex/scope-for-people',
  });
  await trial.refused('an identity of another provider', {
    ...client('ci'),
    scopes: ['openid', 'federated:id'],
    code: 'idp/dex/scope-for-people',
  });
  await trial.refused('a token for a client that does not trust the one of CI', {
    ...client('ci'),
    scopes: ['openid', 'audience:server:client_id:flyte'],
    code: 'idp/dex/audience-not-trusted',
  });
  await trial.refused('a public client', { ...client('public'), code: 'idp/dex/public-client' });
  await trial.refused('a header that a proxy removed', {
    ...client('ci'),
    change: withoutAuthorization,
    code: 'idp/dex/wrong-secret',
  });
  await trial.refused('a client id with a percent sign', {
    ...client('ci%zz'),
    code: 'idp/dex/basic-header-malformed',
  });
  await trial.refused('a secret with a percent sign that something did not encode', {
    ...client('ci'),
    change: ({ headers, body }) => ({ headers: { ...headers, authorization: `Basic ${btoa('ci:%zz')}` }, body }),
    code: 'idp/dex/basic-header-malformed',
  });
}

async function proveWithoutGrant(trial: ProviderTrial): Promise<void> {
  await trial.refused('the grant is off', { ...client('ci'), code: 'idp/dex/grant-not-enabled' });
  await trial.action('the grant is off', { ...client('ci'), code: 'idp/dex/grant-not-enabled' });
}

async function openTrial(front: Front, counterpart: Counterpart): Promise<ProviderTrial> {
  const running = { ...front, provider: 'dex', issuer: ISSUER, cases } as const;
  return await ProviderTrial.open(running, counterpart);
}

async function withDex(
  bench: Workbench,
  program: string,
  grantTypes: readonly string[],
  use: (front: Front) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const file = path.join(bench.temporary, 'dex.json');
  const staticClients = [
    { id: 'ci', name: 'CI of acme', secret: SECRET },
    { id: 'public', name: 'people', public: true, secret: SECRET },
    { id: 'flyte', name: 'a deployment', secret: SECRET },
    { id: AUDIENCE, name: 'a deployment that trusts', secret: SECRET, trustedPeers: ['ci'] },
  ];
  writeFileSync(file, JSON.stringify({ issuer: ISSUER, address: `127.0.0.1:${port}`, grantTypes, staticClients }));
  const isReady = async (): Promise<boolean> => await isUp(`http://127.0.0.1:${port}/dex/keys`);
  await using servers = new AsyncDisposableStack();
  const server = await startServer(program, [file], isReady);
  servers.defer(() => server.stop());
  const front = await startFront({ [HOST]: port });
  servers.defer(() => front.stop());
  await use(front);
}
