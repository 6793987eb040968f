import { createServer } from 'node:net';
import type { FindingCode } from '../../src/catalogue.ts';
import type { Answer } from '../lab/answers.ts';
import { createCertificateAuthority } from '../lab/certificates.ts';
import { failingNames, names } from './preload.ts';
import { startProxy } from './proxy.ts';
import { authority, scenario, scripted } from './scenario.ts';

const LOGIN_PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>';
const OFF = { connectBinary: false, connectJson: false, gateway: false };

/** Every route of the control plane gives the same answer. */
function everywhere(name: string, answer: Answer, code: FindingCode): void {
  scenario(name, {
    lab: { controlPlane: { routes: { override: () => answer } } },
    inputs: { retries: '0' },
    expect: { exit: 1, code },
  });
}

everywhere('a web page', { headers: { 'content-type': 'text/html' }, body: LOGIN_PAGE }, 'discovery/html');
everywhere('a web page that says it is protobuf', proto(LOGIN_PAGE), 'discovery/html');
everywhere('a redirect to a login page', redirect('https://login.example.test/login?next=%2F'), 'discovery/redirect');
everywhere('a redirect to nowhere', redirect('::set-env name=X::y'), 'discovery/redirect');
everywhere('401', { status: 401, body: 'unauthorized' }, 'discovery/refused');
everywhere(
  '403 with a web page',
  { status: 403, headers: { 'content-type': 'text/html' }, body: LOGIN_PAGE },
  'discovery/refused',
);
everywhere('404', { status: 404, body: 'no such page' }, 'discovery/not-a-control-plane');
everywhere('501', { status: 501, body: '' }, 'discovery/auth-not-configured');
everywhere(
  'unimplemented, as Connect says it',
  { status: 404, body: { code: 'unimplemented' } },
  'discovery/auth-not-configured',
);
everywhere('500', { status: 500, body: 'oops' }, 'discovery/server-error');
everywhere('503 of a load balancer', { status: 503, body: 'no healthy upstream' }, 'discovery/server-error');
everywhere('protobuf that can not be read', proto('\u0007\u00ff\u00ff'), 'discovery/unreadable-answer');
everywhere(
  'protobuf of the wrong type',
  { headers: { 'content-type': 'application/grpc' } },
  'discovery/unreadable-answer',
);
everywhere(
  'an answer without end',
  { headers: { 'content-type': 'application/proto' }, body: 'x'.repeat(300_000) },
  'network/answer-too-large',
);
everywhere(
  'an encoding that was not asked for',
  { headers: { 'content-encoding': 'br' }, body: 'x' },
  'network/answer-unreadable',
);
everywhere(
  'gzip that is none',
  { headers: { 'content-encoding': 'gzip' }, body: 'not gzip at all' },
  'network/answer-unreadable',
);
everywhere('a reset', { reset: true }, 'network/connection-lost');

function proto(text: string): Answer {
  return { headers: { 'content-type': 'application/proto' }, body: Buffer.from(text, 'latin1') };
}

function redirect(location: string): Answer {
  return { status: 302, headers: { location } };
}

scenario('no route at all', {
  lab: { controlPlane: { routes: OFF } },
  expect: { exit: 1, code: 'discovery/not-a-control-plane' },
});

scenario('503 once, then the answer', {
  arrange(lab) {
    let asked = 0;
    lab.controlPlane.settings.routes = {
      override: ({ path }) =>
        path.endsWith('GetOAuth2Metadata') && asked++ === 0
          ? { status: 503, headers: { 'retry-after': '0' } }
          : undefined,
    };
  },
  expect: { exit: 0 },
});

scenario('no token endpoint', {
  lab: { controlPlane: { metadata: { tokenEndpoint: '' } } },
  expect: { exit: 1, code: 'discovery/token-endpoint-empty' },
});

scenario('no metadata key', {
  lab: { controlPlane: { publicClientConfig: { authorizationMetadataKey: '' } } },
  expect: { exit: 1, code: 'discovery/metadata-key-empty' },
});

scenario('a metadata key that is no name of a header', {
  lab: { controlPlane: { publicClientConfig: { authorizationMetadataKey: 'flyte authorization' } } },
  expect: { exit: 1, code: 'discovery/metadata-key-not-usable' },
});

for (const [name, tokenEndpoint] of [
  ['http', 'http://login.example.test/token'],
  ['a user', 'https://union@login.example.test/token'],
  ['an address instead of a name', 'https://0x7f000001/token'],
  ['workflow commands', 'https://login.example.test/\n::error::foreign'],
] as const) {
  scenario(`a token endpoint with ${name}`, {
    lab: { controlPlane: { metadata: { tokenEndpoint } } },
    expect: { exit: 1, code: 'discovery/bad-address' },
  });
}

scenario('a token endpoint on a host that nobody vouches for', {
  lab: { controlPlane: { metadata: { tokenEndpoint: 'https://evil.example.test/token' } } },
  expect: { exit: 1, code: 'idp/secret-destination-refused' },
});

for (const [name, inputs] of [
  ['issuer', { issuer: 'https://login.example.test/oauth2/other' }],
  ['token-url', { 'token-url': 'https://login.example.test/oauth2/other/token' }],
  ['scopes', { scopes: 'all, offline_access' }],
  ['audience', { audience: 'api://flyte' }],
] as const) {
  scenario(`a pin that differs: ${name}`, { inputs, expect: { exit: 1, code: 'discovery/pin-differs' } });
}

scenario('no answer, but a token-url and an issuer', {
  lab: { controlPlane: { routes: OFF } },
  inputs: (lab) => ({ 'token-url': lab.tokenEndpoint, issuer: lab.issuer, scopes: 'all' }),
  expect: { exit: 0, warnings: ['discovery/skipped-for-pins'] },
});

scripted('no answer, but an issuer, whose own document names the token endpoint', {
  lab: { controlPlane: { routes: OFF } },
  inputs: (lab) => ({ issuer: lab.issuer }),
  expect: { exit: 0, warnings: ['discovery/skipped-for-pins'] },
});

scripted('no answer, and an issuer that has no document', {
  lab: { controlPlane: { routes: OFF } },
  arrange(lab) {
    lab.provider.on('GET', lab.provider.paths.metadata, { status: 404 });
    lab.provider.on('GET', lab.provider.paths.openIdMetadata, { status: 404 });
  },
  inputs: (lab) => ({ issuer: lab.issuer }),
  expect: { exit: 1, code: 'discovery/token-endpoint-empty' },
});

// The network.

const direct = { 'connect-to': undefined, retries: '0' };

scenario('a name that does not exist', {
  inputs: { ...direct, domain: 'union.invalid' },
  environment: failingNames('ENOTFOUND'),
  expect: { exit: 1, code: 'network/name-not-found' },
});

for (const [code, finding] of [
  ['EAI_AGAIN', 'network/name-service-failed'],
  ['EHOSTUNREACH', 'network/unreachable'],
  ['EMADEUP', 'network/failed'],
] as const) {
  scenario(`a connection that fails with ${code}`, {
    inputs: direct,
    environment: failingNames(code),
    expect: { exit: 1, code: finding },
  });
}

for (const address of ['127.0.0.1', '169.254.169.254']) {
  scenario(`a name that leads to ${address}`, {
    inputs: direct,
    environment: names(address),
    expect: { exit: 1, code: 'network/address-refused' },
  });
}

scenario('a name that only a cloud has', {
  inputs: { ...direct, domain: 'metadata.google.internal' },
  expect: { exit: 1, code: 'network/address-refused' },
});

let closedPort = 0;
scenario('a connection that is refused', {
  async arrange() {
    closedPort = await portOf((server) => server.close());
  },
  inputs: () => ({ 'connect-to': `union.example.test:443:127.0.0.1:${closedPort}`, retries: '0' }),
  expect: { exit: 1, code: 'network/refused' },
});

let plainPort = 0;
scenario('a server that speaks no TLS', {
  async arrange() {
    let stop = (): void => undefined;
    plainPort = await portOf((server) => {
      server.on('connection', (socket) =>
        socket.on('error', () => socket.destroy()).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      );
      stop = () => server.close();
    });
    return async () => stop();
  },
  inputs: () => ({ 'connect-to': `union.example.test:443:127.0.0.1:${plainPort}`, retries: '0' }),
  expect: { exit: 1, code: 'network/tls-failed' },
});

async function portOf(then: (server: ReturnType<typeof createServer>) => void): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  then(server);
  return typeof address === 'object' && address !== null ? address.port : 0;
}

scenario('an authority that nobody trusts, and no chain to it', {
  inputs: { 'ca-certificates': undefined, retries: '0' },
  expect: { exit: 1, code: 'network/tls-incomplete-chain' },
});

const stranger = await createCertificateAuthority('Stranger');
const issued = await stranger.issue(['union.example.test']);
scenario('an authority that nobody trusts', {
  lab: {
    controlPlane: {
      certificate: { ...issued, certificatePem: issued.certificatePem + stranger.certificatePem },
    },
  },
  expect: { exit: 1, code: 'network/tls-untrusted' },
});

const day = 24 * 60 * 60 * 1000;
scenario('a certificate that has expired', {
  lab: {
    controlPlane: {
      certificateDates: { notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - day) },
    },
  },
  expect: { exit: 1, code: 'network/tls-expired' },
});

scenario('a certificate that is not valid yet', {
  lab: {
    controlPlane: {
      certificateDates: { notBefore: new Date(Date.now() + day), notAfter: new Date(Date.now() + 9 * day) },
    },
  },
  expect: { exit: 1, code: 'network/tls-not-yet-valid' },
});

const otherName = await (await authority()).issue(['console.example.test']);
scenario('a certificate for another host', {
  lab: { controlPlane: { certificate: otherName } },
  expect: { exit: 1, code: 'network/tls-wrong-host' },
});

scenario('a control plane that never answers', {
  lab: { controlPlane: { routes: { override: () => ({ hang: true }) } } },
  inputs: { 'timeout-seconds': '1', retries: '0' },
  expect: { exit: 1, code: 'network/timeout' },
});

scenario('the time for the whole run is over', {
  lab: { controlPlane: { routes: { override: () => ({ hang: true }) } } },
  inputs: { 'deadline-seconds': '1' },
  expect: { exit: 1, code: 'network/deadline' },
});

let proxyUrl = '';
scenario('a proxy that refuses', {
  async arrange(lab) {
    const proxy = await startProxy(lab, { refuses: true });
    proxyUrl = proxy.url;
    return () => proxy.stop();
  },
  inputs: direct,
  environment: () => ({ HTTPS_PROXY: proxyUrl }),
  expect: { exit: 1, code: 'network/proxy-refused' },
});

let absentProxyUrl = '';
let failingProxyUrl = '';
scenario('a proxy that fails', {
  async arrange(lab) {
    const proxy = await startProxy(lab, { fails: true });
    failingProxyUrl = proxy.url;
    return () => proxy.stop();
  },
  inputs: { ...direct, retries: '0' },
  environment: () => ({ HTTPS_PROXY: failingProxyUrl }),
  expect: { exit: 1, code: 'network/proxy-failed' },
});

scenario('a proxy that is not there', {
  async arrange(lab) {
    const proxy = await startProxy(lab);
    absentProxyUrl = proxy.url;
    await proxy.stop();
  },
  inputs: { ...direct, retries: '0' },
  environment: () => ({ HTTPS_PROXY: absentProxyUrl }),
  expect: { exit: 1, code: 'network/proxy-unreachable' },
  also: ({ result }, expect) => expect(result.log).toContain('failed with ECONNREFUSED.'),
});

scenario('a proxy that only the client would use', {
  inputs: {},
  environment: { ALL_PROXY: 'socks5://proxy.example.test:1080' },
  expect: { exit: 0, warnings: ['network/proxy-unsupported'] },
});
