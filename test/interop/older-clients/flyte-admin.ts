import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startProxy } from '../../e2e/proxy.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import { plainEnvironment, type SignedInJob, signIn } from '../flyte-clients/job.ts';
import { startServer } from '../tools.ts';

/** A control plane of Flyte 1 beside a provider of the lab, as the older clients meet them after the action ran. */
export interface FlyteAdmin {
  readonly lab: Deployment;
  readonly job: SignedInJob;
  /** The environment of a next step: what the action exported, and a proxy that leads the names to the servers. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where the names lead. */
  readonly connectTo: readonly string[];
  /** What the last call was for, as the control plane saw it. */
  lastCall(): Readonly<Record<string, unknown>>;
  /** The last token that the control plane got is one that our provider gave out. @returns the request for it. */
  assertSignedIn(): Promise<RecordedRequest>;
}

/** What varies between the cases. */
export interface FlyteAdminOptions {
  /** Of the action. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What the control plane advertises. */
  readonly audience?: string;
}

/** Runs the action, starts a control plane in Python on the published definitions, and ends all with what is proved. */
export async function withFlyteAdmin(
  python: string,
  folder: string,
  { inputs, audience = '' }: FlyteAdminOptions,
  use: (admin: FlyteAdmin) => Promise<void>,
): Promise<void> {
  await using started = new AsyncDisposableStack();
  const lab = await startDeployment({ controlPlane: { publicClientConfig: { audience } } });
  started.defer(() => lab.stop());
  const actionsProxy = await startProxy(lab);
  started.defer(() => actionsProxy.stop());
  const job = await signIn(lab, actionsProxy, inputs);
  started.defer(() => job.end());
  lab.requests.length = 0;
  const server = await startFlyteAdmin(lab, audience, python, folder);
  started.defer(() => server.stop());
  const lines = (): Record<string, unknown>[] =>
    server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  // The older clients speak gRPC, so that their control plane is another server under the same name.
  const address = `${lab.domain}:443:`;
  const connectTo = lab.connectTo.map((line) =>
    line.startsWith(address) ? `${address}127.0.0.1:${lines()[0]?.['port']}` : line,
  );
  const proxy = await startProxy({ ...lab, connectTo });
  started.defer(() => proxy.stop());
  await use({
    lab,
    job,
    connectTo,
    lastCall: () => lines().at(-1) ?? {},
    // gRPC for Python reads the name in small letters alone.
    environment: { ...plainEnvironment(folder, proxy), https_proxy: proxy.url, ...job.exported },
    assertSignedIn: () => assertSignedIn(lab, lines()),
  });
}

async function startFlyteAdmin(lab: Deployment, audience: string, python: string, folder: string) {
  const { certificatePem: certificate, keyPem: key } = await lab.authority.issue([lab.domain]);
  const settings = { certificate, key, tokenEndpoint: lab.tokenEndpoint, scopes: ['all'], audience };
  const file = path.join(folder, 'flyte-admin.json');
  await writeFile(file, JSON.stringify(settings));
  return await startServer(python, [path.join(import.meta.dirname, 'flyte_admin.py'), file], (log) =>
    /"port"/.test(log),
  );
}

async function assertSignedIn(lab: Deployment, lines: readonly Record<string, unknown>[]): Promise<RecordedRequest> {
  const authorization = String(lines.at(-1)?.['authorization']);
  const token = /^Bearer (.+)$/.exec(authorization)?.[1];
  assert.ok(token !== undefined && (await lab.provider.isActive(token)), 'the control plane got no good token');
  const asked = lab.requests.filter(({ server, method }) => server === 'provider' && method === 'POST');
  assert.equal(asked.length, 1, `${asked.length} token requests`);
  return asked[0] as RecordedRequest;
}
