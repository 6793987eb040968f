import path from 'node:path';
import { cases } from '../../identity-provider/providers/generic.ts';
import type { Workbench } from '../suite.ts';
import { npmPackage } from '../tools.ts';
import { startFront } from './front.ts';
import { AUDIENCE, ProviderTrial } from './provider-trial.ts';

const VERSION = '9.3.0';
const HOST = 'mock.example.test';
const CLIENT = { clientId: 'ci', clientSecret: 'Om5_made-up.8sF3vH7~Jk2Rd' };

/** What is used of the package, whose types are not on this machine before it is installed. */
interface MockServer {
  readonly issuer: { url: string; readonly keys: { generate(algorithm: string): Promise<unknown> } };
  readonly service: { once<Value>(event: string, listener: (value: Value) => void): void };
  start(port: number, host: string): Promise<void>;
  stop(): Promise<void>;
  address(): { readonly port: number };
}
interface MockModule {
  readonly OAuth2Server: new () => MockServer;
}
interface Token {
  readonly payload: Record<string, unknown>;
}
interface Answer {
  statusCode: number;
  body: Record<string, unknown>;
}

/** It knows no clients and refuses nothing by itself: tests of applications make it say what they need. */
export async function proveOauth2MockServer(bench: Workbench): Promise<void> {
  const folder = await npmPackage(bench.cache, 'oauth2-mock-server', VERSION);
  const { OAuth2Server } = (await import(path.join(folder, 'dist/index.mjs'))) as MockModule;
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await using servers = new AsyncDisposableStack();
  await server.start(0, '127.0.0.1');
  servers.defer(() => server.stop());
  server.issuer.url = `https://${HOST}`;
  const front = await startFront({ [HOST]: server.address().port });
  servers.defer(() => front.stop());
  const running = {
    ...front,
    provider: 'generic',
    issuer: `https://${HOST}`,
    cases,
  } as const;
  const trial = await ProviderTrial.open(running, bench.counterpart('oauth2-mock-server', VERSION));
  await proveServer(trial, server);
}

async function proveServer(trial: ProviderTrial, { service }: MockServer): Promise<void> {
  const claim = (claims: object): void =>
    service.once<Token>('beforeTokenSigning', ({ payload }) => Object.assign(payload, claims));
  const answer = (change: (answer: Answer) => void): void => service.once('beforeResponse', change);
  const guided = { aud: AUDIENCE, sub: 'ci', scp: ['all'], identitytype: 'app' };

  await trial.recognised();
  await trial.granted('a token as the package makes it', {
    ...CLIENT,
    decision: 'refuse',
    codes: ['token/audience-missing', 'token/subject-missing', 'token/identity-type-not-app'],
  });
  claim(guided);
  await trial.granted('claims as the guide has them', { ...CLIENT, decision: 'accept', codes: [] });
  const refusal = { error: 'invalid_client' };
  answer((response) => Object.assign(response, { statusCode: 401, body: refusal }));
  await trial.refused('a refusal that a test sets', {
    ...CLIENT,
    code: 'idp/wrong-secret',
    answer: { status: 401, body: refusal },
  });
  claim(guided);
  await trial.action('claims as the guide has them', CLIENT);
  answer(({ body }) => {
    delete body['expires_in'];
  });
  await trial.action('no expires_in', { ...CLIENT, code: 'idp/no-expires-in' });
}
