import { gzipSync } from 'node:zlib';
import type { FindingCode } from '../../src/catalogue.ts';
import type { Answer } from '../lab/answers.ts';
import type { ScriptedDeployment } from '../lab/deployment.ts';
import { startHttpsServer } from '../lab/https-server.ts';
import type { LabClient } from '../lab/openid-provider.ts';
import { type Inputs, scenario, scripted } from './scenario.ts';

const OUR_SECRET = 'Hj4-vW9s_Lp2.Xr7~';

function withClient(client: Omit<LabClient, 'clientId' | 'clientSecret'>) {
  return {
    clientSecret: OUR_SECRET,
    openIdProvider: {
      enforceClientAuthMethod: true,
      clients: [{ ...client, clientId: 'ci-client', clientSecret: OUR_SECRET }],
    },
  };
}

scenario('a wrong secret', {
  inputs: { 'client-secret': 'Qm3-nT8x_Bd5.Fk1~' },
  expect: { exit: 1, code: 'idp/wrong-secret' },
  also({ requests }, expect) {
    expect(requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(2);
  },
});

scenario('an unknown client', { inputs: { 'client-id': 'nobody' }, expect: { exit: 1, code: 'idp/wrong-secret' } });

scenario('an app that takes its secret only in the body', {
  lab: withClient({ authMethod: 'client_secret_post' }),
  expect: { exit: 1, code: 'idp/basic-not-accepted' },
});

scenario('an app without the grant', {
  lab: withClient({ grantTypes: ['authorization_code'] }),
  expect: { exit: 1, code: 'idp/generic/grant-not-enabled' },
});

/** The token endpoint gives these answers, the last of them for ever. */
function answers(name: string, script: Answer | readonly Answer[], code: FindingCode, inputs: Inputs = {}): void {
  scripted(name, {
    inputs,
    arrange: (lab) => lab.provider.on('POST', lab.provider.paths.token, script),
    expect: { exit: 1, code },
  });
}

/** The token endpoint grants a token, but with these members. */
function grants(name: string, members: object, code: FindingCode): void {
  scripted(name, {
    arrange: (lab) => grant(lab, members),
    expect: { exit: 1, code },
  });
}

function grant(lab: ScriptedDeployment, members: object, answer: Answer = {}): void {
  lab.provider.on('POST', lab.provider.paths.token, async () => ({
    ...answer,
    body: { access_token: await lab.signToken(), token_type: 'Bearer', expires_in: 3600, ...members },
  }));
}

for (const [error, status, code] of [
  ['invalid_grant', 400, 'idp/invalid-grant'],
  ['unauthorized_client', 400, 'idp/client-not-allowed'],
  ['unsupported_grant_type', 400, 'idp/grant-not-supported'],
  ['invalid_scope', 400, 'idp/invalid-scope'],
  ['invalid_target', 400, 'idp/invalid-audience'],
  ['access_denied', 403, 'idp/access-denied'],
  ['invalid_request', 400, 'idp/invalid-request'],
  ['invalid_dpop_proof', 400, 'idp/proof-of-possession'],
  ['temporarily_unavailable', 400, 'idp/server-error'],
  ['interaction_required', 400, 'idp/refused'],
] as const) {
  answers(`${status} ${error}`, { status, body: { error, error_description: 'As told.', trace_id: 't-1' } }, code);
}

answers('429 with a long Retry-After', { status: 429, headers: { 'retry-after': '3600' } }, 'idp/rate-limited');
answers('503 for ever', { status: 503, headers: { 'retry-after': '0' } }, 'idp/server-error');
answers('500 is not repeated', { status: 500, body: 'oops' }, 'idp/server-error');
answers('401 without a word', { status: 401 }, 'idp/wrong-secret');
answers('404', { status: 404, body: 'no such page' }, 'idp/not-a-token-endpoint');
answers('403 with a web page', html(403), 'idp/html');
answers('a web page on 200', html(200), 'idp/html');
answers('text on 200', { body: 'ok' }, 'idp/not-json');
answers('a list on 200', { body: '[]' }, 'idp/not-json');
answers('an error on 200', { body: { error: 'invalid_client' } }, 'idp/error-in-success');
answers('no access_token', { body: { id_token: 'x.y.z', expires_in: 3600 } }, 'idp/no-access-token');
grants('no expires_in', { expires_in: undefined }, 'idp/no-expires-in');
grants('an expires_in of zero', { expires_in: 0 }, 'idp/expires-in-not-usable');
grants('a token for DPoP', { token_type: 'DPoP' }, 'idp/token-type-not-bearer');
grants('no token_type', { token_type: undefined }, 'idp/token-type-not-bearer');
grants('a token with a line break', { access_token: 'eyJhbGciOi\nJub25lIn0' }, 'idp/token-not-sendable');
answers('a reset', { reset: true }, 'network/connection-lost', { retries: '0' });
answers('no answer in time', { hang: true }, 'network/timeout', { 'timeout-seconds': '1', retries: '0' });
answers('a switch of protocols', switched(), 'network/timeout', { 'timeout-seconds': '1', retries: '0' });
answers('a body byte by byte', drip(), 'network/timeout', { 'timeout-seconds': '1', retries: '0' });
answers('a body that is too large', { body: { access_token: 'x'.repeat(70_000) } }, 'network/answer-too-large');
answers('a small body that unpacks to a large one', bomb(), 'network/answer-too-large');

function html(status: number): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Blocked</html>' };
}

/** Nobody asked for it, and Node drops the request without a word. */
function switched(): Answer {
  return { status: 101, headers: { connection: 'upgrade', upgrade: 'other' } };
}

function drip(): Answer {
  return { body: { access_token: 'x'.repeat(200) }, dripEveryMs: 100 };
}

function bomb(): Answer {
  return { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(50_000_000)) };
}

scripted('429 with a short Retry-After, then a token', {
  arrange(lab) {
    let asked = 0;
    lab.provider.on('POST', lab.provider.paths.token, async () =>
      asked++ === 0
        ? { status: 429, headers: { 'retry-after': '1' } }
        : { body: { access_token: await lab.signToken(), token_type: 'Bearer', expires_in: 60 } },
    );
  },
  expect: { exit: 0 },
});

scripted('503 once, then a token', {
  arrange(lab) {
    let asked = 0;
    lab.provider.on('POST', lab.provider.paths.token, async () =>
      asked++ === 0
        ? { status: 503, body: 'starting' }
        : { body: { access_token: await lab.signToken(), token_type: 'Bearer', expires_in: '60' } },
    );
  },
  expect: { exit: 0 },
});

scripted('a redirect: the other server sees nothing', {
  async arrange(lab) {
    const other = await startHttpsServer({
      name: 'other',
      authority: lab.authority,
      requests: lab.requests,
      hostNames: ['other.example.test'],
      handler: (_request, response) => void response.end('{}'),
    });
    lab.connectTo.push(`other.example.test:443:127.0.0.1:${other.port}`);
    const headers = { location: 'https://other.example.test/token?a=::error::b' };
    lab.provider.on('POST', lab.provider.paths.token, { status: 307, headers });
    return () => other.stop();
  },
  expect: { exit: 1, code: 'idp/redirect' },
  also({ requests }, expect) {
    expect(requests.filter(({ server }) => server === 'other')).toEqual([]);
  },
});

scripted('an answer slower than the client waits', {
  arrange: (lab) => grant(lab, {}, { delayMs: 5_100 }),
  expect: { exit: 0, warnings: ['network/slow'] },
});

scripted('a clock that differs', {
  arrange(lab) {
    const date = new Date(Date.now() - 600_000);
    const then = Math.floor(date.getTime() / 1000);
    lab.provider.on('POST', lab.provider.paths.token, async () => ({
      headers: { date: date.toUTCString() },
      body: { access_token: await lab.signToken({ iat: then }), token_type: 'Bearer', expires_in: 3600 },
    }));
  },
  expect: { exit: 0, warnings: ['idp/clock-differs'] },
});

scripted('a token endpoint whose token can not be revoked', {
  arrange: (lab) => lab.provider.on('POST', lab.provider.paths.revocation, { status: 503 }),
  expect: { exit: 0 },
});

scripted('a revocation endpoint on another host, which gets nothing', {
  arrange(lab) {
    const metadata = {
      issuer: lab.issuer,
      jwks_uri: lab.provider.jwksUri,
      revocation_endpoint: 'https://evil.example.test/',
    };
    lab.provider.on('GET', lab.provider.paths.metadata, { body: metadata });
  },
  expect: { exit: 0 },
});

scripted('a body that is cut off', {
  async arrange(lab) {
    const broken = await startHttpsServer({
      name: 'provider',
      authority: lab.authority,
      requests: lab.requests,
      hostNames: ['login.example.test'],
      handler(_request, response) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"access_token": "x', () => response.socket?.destroy());
      },
    });
    lab.connectTo[1] = `login.example.test:443:127.0.0.1:${broken.port}`;
    return () => broken.stop();
  },
  inputs: { retries: '0' },
  expect: { exit: 1, code: 'network/connection-lost' },
});

scripted('a lifetime of two years', {
  arrange: (lab) => grant(lab, { expires_in: 63_072_000 }),
  expect: { exit: 0, warnings: ['idp/lifetime-long'] },
});

scripted('a Date that lags a second behind the token', {
  arrange(lab) {
    const now = Math.floor(Date.now() / 1000);
    lab.provider.on('POST', lab.provider.paths.token, async () => ({
      headers: { date: new Date(now * 1000).toUTCString() },
      body: { access_token: await lab.signToken({ iat: now + 1, nbf: now + 1 }), token_type: 'Bearer', expires_in: 60 },
    }));
  },
  expect: { exit: 0 },
});

scripted('an answer that repeats what is public masks none of it', {
  arrange: (lab) => grant(lab, { resource: lab.audience, who: lab.clientId, aud: lab.audience }),
  expect: { exit: 0 },
  also: ({ result }, expect) => expect(result.masks).not.toContain('https://union.example.test'),
});

scripted('a token in an answer that the client can not use is revoked', {
  arrange(lab) {
    grant(lab, { expires_in: undefined });
  },
  expect: { exit: 1, code: 'idp/no-expires-in' },
  also: ({ requests }, expect) =>
    expect(requests.map(({ path }) => path)).toContain('/oauth2/default/token/revocation'),
});
