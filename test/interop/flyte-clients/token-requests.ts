import assert from 'node:assert/strict';
import { flyteTokenRequest } from '../../../src/identity-provider/token-request.ts';
import { forEachOf } from '../../cli/command-line.ts';
import { startDeployment } from '../../lab/deployment.ts';
import type { RecordedRequest } from '../../lab/https-server.ts';
import type { Counterpart } from '../suite.ts';
import { type FlyteProgram, runProgram } from './flyte-command.ts';
import { signIn, withLab } from './job.ts';

interface Wanted {
  readonly name: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly scopes?: readonly string[];
  readonly audience?: string;
}

const CASES: readonly Wanted[] = [
  { name: 'letters and digits' },
  { name: 'plus, slash, equals', clientSecret: 'p+w/d==made-up-91' },
  { name: 'percent and what looks like an escape', clientSecret: '100%a%2Bb%zz-made-up' },
  { name: 'as Entra ID makes them', clientSecret: '8Q~fake.Value-0_~xMade' },
  { name: 'ampersand and a parameter', clientSecret: 'a&b&scope=evil-made-up' },
  { name: "marks that browsers leave alone: !*'()", clientSecret: "wow!*'(made)up(once)" },
  { name: 'space inside, quotes, backslash', clientSecret: 'two words "say" \\n hi' },
  { name: 'letters outside ASCII', clientSecret: 'Straße-café-秘密-🔑-made' },
  { name: 'all marks of ASCII', clientSecret: '!"#$%&\'()*+,-./;<=>?@[\\]^_`{|}~' },
  { name: 'an id with plus, percent and at sign', clientId: 'app+ci%2B@example' },
  { name: 'no scope at all', scopes: [] },
  { name: 'two scopes', scopes: ['all', 'offline'] },
  { name: 'the default scope of Entra ID', scopes: ['api://made-up-app/.default'] },
  { name: 'scopes in quotes and brackets', scopes: ["['all'", "'offline']"] },
  { name: 'an audience', audience: 'https://union.example.test' },
  { name: 'an audience with marks', audience: 'api://x y+b&c=d%20~*' },
];

const COMPARED = ['authorization', 'accept', 'cache-control', 'content-type'] as const;

/** The token request of the client, that of the action and the one that the code describes: all three alike. */
export async function proveTokenRequests(row: Counterpart, flyte: FlyteProgram): Promise<void> {
  await forEachOf(CASES, (wanted) => row.case(`token request: ${wanted.name}`, () => proveRequest(flyte, wanted)));
}

async function proveRequest({ program }: FlyteProgram, wanted: Wanted): Promise<void> {
  const { clientId = 'ci-client', clientSecret = 'madeUpSecret456', scopes = ['all'], audience = '' } = wanted;
  const lab = await startDeployment({
    provider: 'scripted',
    clientId,
    clientSecret,
    controlPlane: { publicClientConfig: { scopes: [...scopes], audience } },
  });
  await withLab(lab, async (_lab, proxy) => {
    const tokenRequest = (): RecordedRequest | undefined =>
      lab.requests.find(({ server, path }) => server === 'provider' && path === lab.provider.paths.token);
    const job = await signIn(lab, proxy);
    try {
      const ofAction = tokenRequest();
      lab.requests.length = 0;
      const ended = await runProgram(program, ['whoami'], { environment: job.environment, cwd: job.workspace });
      assert.equal(ended.exitCode, 0, ended.text.slice(-300));
      const ofClient = tokenRequest();
      assert.ok(ofClient !== undefined && ofAction !== undefined, 'a token request is missing');
      const described = flyteTokenRequest({ clientId, clientSecret }, { scopes, audience });
      assert.deepEqual(judgedParts(ofClient), judgedParts(ofAction), 'the action and the client differ');
      assert.deepEqual(judgedParts(ofClient), {
        line: `POST ${lab.provider.paths.token} HTTP/1.1`,
        headers: COMPARED.map((name) => [described.headers[name]]),
        body: described.body,
      });
    } finally {
      await job.end();
    }
  });
}

/** What a provider may judge a request by, byte for byte. */
function judgedParts({ method, path, httpVersion, rawHeaders, body }: RecordedRequest) {
  const valuesOf = (wanted: string): string[] =>
    rawHeaders.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return {
    line: `${method} ${path} HTTP/${httpVersion}`,
    headers: COMPARED.map(valuesOf),
    body: body.toString('latin1'),
  };
}
