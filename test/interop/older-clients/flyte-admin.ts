import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Proxy as LabProxy, startProxy } from '../../e2e/proxy.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import { startServer } from '../tools.ts';

/** A control plane of Flyte 1 beside a provider of the lab, as the older clients meet them. */
export interface FlyteAdmin {
  readonly lab: Deployment;
  /** Host and port, past the proxy. */
  readonly endpoint: string;
  readonly proxy: LabProxy;
  /** Leads the name of the deployment to this control plane, and all others as the first proxy does. */
  readonly clientProxy: LabProxy;
  /** The same, as curl has it. */
  readonly connectTo: readonly string[];
  /** The certificate authority of both. */
  readonly authorityFile: string;
  /** The environment of a job: the proxy leads the name of the provider to the lab. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts both, written in Python on the published definitions, and ends them with what is proved. */
export async function withFlyteAdmin(
  python: string,
  folder: string,
  use: (admin: FlyteAdmin, assertSignedIn: () => Promise<RecordedRequest>) => Promise<void>,
): Promise<void> {
  const lab = await startDeployment();
  const proxy = await startProxy(lab);
  try {
    const server = await startFlyteAdmin(lab, python, folder);
    try {
      const lines = (): Record<string, unknown>[] =>
        server
          .log()
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      const authorityFile = path.join(folder, 'authority.pem');
      await writeFile(authorityFile, lab.certificateAuthorityPem);
      const endpoint = `localhost:${lines()[0]?.['port']}`;
      const toAdmin = `${lab.domain}:443:127.0.0.1:${lines()[0]?.['port']}`;
      const others = lab.connectTo.filter((mapping) => !mapping.startsWith(`${lab.domain}:`));
      const connectTo = [toAdmin, ...others];
      const clientProxy = await startProxy({ connectTo, requests: [] });
      const environment = environmentOf(proxy, folder);
      await use({ lab, endpoint, proxy, clientProxy, connectTo, authorityFile, environment }, () =>
        assertSignedIn(lab, lines()),
      ).finally(() => clientProxy.stop());
    } finally {
      await server.stop();
    }
  } finally {
    await Promise.all([proxy.stop(), lab.stop()]);
  }
}

async function startFlyteAdmin(lab: Deployment, python: string, folder: string) {
  const { certificatePem: certificate, keyPem: key } = await lab.authority.issue(['localhost', lab.domain]);
  const settings = { certificate, key, tokenEndpoint: lab.tokenEndpoint, scopes: ['all'], audience: '' };
  const file = path.join(folder, 'flyte-admin.json');
  await writeFile(file, JSON.stringify(settings));
  return await startServer(python, [path.join(import.meta.dirname, 'flyte_admin.py'), file], (log) =>
    /"port"/.test(log),
  );
}

function environmentOf(proxy: LabProxy, home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' };
}

/** The last token that the control plane got is one that our provider gave out. @returns the request for it. */
async function assertSignedIn(lab: Deployment, lines: readonly Record<string, unknown>[]): Promise<RecordedRequest> {
  const authorization = String(lines.at(-1)?.['authorization']);
  const token = /^Bearer (.+)$/.exec(authorization)?.[1];
  assert.ok(token !== undefined && (await lab.provider.isActive(token)), 'the control plane got no good token');
  const asked = lab.requests.filter(({ server, method }) => server === 'provider' && method === 'POST');
  assert.equal(asked.length, 1, `${asked.length} token requests`);
  return asked[0] as RecordedRequest;
}
