import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cases } from '../../identity-provider/providers/flyte.ts';
import type { Workbench } from '../suite.ts';
import { freePort, ownGoProgram, startServer } from '../tools.ts';
import { type Front, startFront } from './front.ts';
import { isUp } from './http-json.ts';
import { AUDIENCE, DOMAIN, ProviderTrial, withoutAuthorization } from './provider-trial.ts';

/** As flyte/go.mod has it, and flyteadmin v1.16.8. */
const VERSION = 'fosite v0.42.2';
const NAME = "Flyte's own authorization server";
const METADATA = 'oauth-authorization-server';
const SECRET = 'Fl3_made-up.5wP9tC2~Mz8Xq';

export async function proveFlyte(bench: Workbench): Promise<void> {
  const program = await ownGoProgram(bench.cache, path.join(import.meta.dirname, 'flyte'));
  const counterpart = bench.counterpart(NAME, VERSION);
  counterpart.note('a stand-in: the library of flyteadmin v1.16.8, put together as flyteadmin does');
  const common = { provider: 'flyte', metadataName: METADATA, cases } as const;
  await withServer(bench, program, async (front, issuer) => {
    const running = { ...front, ...common, issuer, controlPlane: 'flyte1-own' } as const;
    const trial = await ProviderTrial.open(running, counterpart);
    await proveServer(trial);
    await proveAction(trial);
  });
}

async function withServer(
  bench: Workbench,
  program: string,
  use: (front: Front, issuer: string) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const issuer = `https://${DOMAIN}`;
  const file = path.join(bench.temporary, 'flyte.json');
  const confidential = { secret: SECRET, grantTypes: ['client_credentials'], scopes: ['all', 'offline'] };
  const staticClients = [
    { id: 'ci', ...confidential },
    { id: 'only-all', ...confidential, scopes: ['all'] },
    { id: 'no-grant', ...confidential, grantTypes: ['authorization_code'] },
    { id: 'flytectl', ...confidential, secret: '', public: true },
  ];
  writeFileSync(file, JSON.stringify({ issuer, address: `127.0.0.1:${port}`, staticClients }));
  const isReady = async (): Promise<boolean> => await isUp(`http://127.0.0.1:${port}/oauth2/jwks`);
  await using servers = new AsyncDisposableStack();
  const server = await startServer(program, [file], isReady);
  servers.defer(() => server.stop());
  const front = await startFront({ [DOMAIN]: port });
  servers.defer(() => front.stop());
  await use(front, issuer);
}

/** The control plane that has such a server of its own speaks no Connect. */
const FLYTE_1 = { connectJson: false, connectBinary: false };

async function proveAction(trial: ProviderTrial): Promise<void> {
  const client = { clientId: 'ci', clientSecret: SECRET, acceptedAudience: `https://${DOMAIN}`, routes: FLYTE_1 };
  await trial.action('a static client', { ...client, warnings: ['discovery/client-route-fails'] });
  await trial.action('a wrong secret', { ...client, clientSecret: `${SECRET}x`, code: 'idp/flyte/wrong-secret' });
}

const client = (clientId: string) => ({ clientId, clientSecret: SECRET });

async function proveServer(trial: ProviderTrial): Promise<void> {
  await trial.recognised();
  await trial.refused('a wrong secret', {
    ...client('ci'),
    clientSecret: `${SECRET}x`,
    code: 'idp/flyte/wrong-secret',
  });
  await trial.refused('an unknown client', { ...client('no-such-client'), code: 'idp/flyte/wrong-secret' });
  await trial.refused('a client without the grant', { ...client('no-grant'), code: 'idp/flyte/grant-not-enabled' });
  await trial.refused('a client for people', { ...client('flytectl'), code: 'idp/flyte/public-client' });
  await trial.refused('a scope that is not listed', {
    ...client('only-all'),
    scopes: ['all', 'offline'],
    code: 'idp/flyte/scope-not-allowed',
  });
  await trial.refused('an audience', { ...client('ci'), audience: AUDIENCE, code: 'idp/flyte/audience-not-allowed' });
  await trial.refused('a client id with a percent sign', {
    ...client('ci%zz'),
    code: 'idp/flyte/basic-not-decodable',
  });
  await trial.refused('a header that a proxy removed', {
    ...client('ci'),
    change: withoutAuthorization,
    code: 'idp/flyte/no-credentials',
  });
  await trial.granted('the default scopes of a control plane', {
    ...client('ci'),
    scopes: ['all', 'offline'],
    decision: 'accept',
    codes: [],
  });
  await trial.granted('no scope asked for', {
    ...client('ci'),
    scopes: [],
    decision: 'accept',
    codes: [],
  });
}
