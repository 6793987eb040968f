import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { RecordedRequest } from '../lab/https-server.ts';
import { keyOf } from './keys.ts';
import { startProxy } from './proxy.ts';
import { scenario, scripted } from './scenario.ts';
import { temporaryFolder, writtenFile } from './temporary.ts';

const folder = temporaryFolder();

scenario('the route of the client: Connect with binary messages', { expect: { exit: 0 } });

scenario('Connect with JSON only', {
  lab: { controlPlane: { routes: { connectBinary: false, gateway: false } } },
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
});

scenario('the HTTP gateway only, in snake_case', {
  lab: { controlPlane: { routes: { connectBinary: false, connectJson: false } } },
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
});

scenario('the HTTP gateway only, in lowerCamelCase', {
  lab: { controlPlane: { routes: { connectBinary: false, connectJson: false, override: camelCaseGateway } } },
  expect: { exit: 0, warnings: ['discovery/client-route-fails'] },
});

function camelCaseGateway({ path }: RecordedRequest) {
  const issuer = 'https://login.example.test/oauth2/default';
  switch (path) {
    case '/.well-known/oauth-authorization-server':
      return { body: { issuer, tokenEndpoint: `${issuer}/token`, jwksUri: `${issuer}/jwks` } };
    case '/config/v1/flyte_client':
      return { body: { scopes: ['all'], authorizationMetadataKey: 'flyte-authorization', audience: '' } };
    default:
      return undefined;
  }
}

scenario('pins that equal what is advertised', {
  lab: { controlPlane: { publicClientConfig: { audience: 'https://union.example.test' } } },
  inputs: (lab) => ({ issuer: lab.issuer, 'token-url': lab.tokenEndpoint, scopes: 'all', audience: lab.audience }),
  expect: { exit: 0 },
});

scenario('an issuer pin that differs by a slash', {
  inputs: (lab) => ({ issuer: `${lab.issuer}/` }),
  expect: { exit: 0 },
});

scenario('an org', { inputs: { org: 'acme' }, expect: { exit: 0 } });

scenario('a domain in capitals', { inputs: { domain: ' Union.Example.TEST ' }, expect: { exit: 0 } });

scenario('a ready api-key', {
  inputs: ({ domain, clientId, clientSecret }) => ({ 'api-key': keyOf({ domain, clientId, clientSecret, org: 'o' }) }),
  expect: { exit: 0 },
});

scenario('export-env false', { inputs: { 'export-env': 'false' }, expect: { exit: 0 } });

scenario('verify offline', { inputs: { verify: 'offline' }, expect: { exit: 0 } });

scenario('verify offline without anything to remark', {
  inputs: { verify: 'offline', 'connect-to': undefined, 'ca-certificates': undefined },
  expect: { exit: 0 },
});

scenario('verify token', { inputs: { verify: 'token' }, expect: { exit: 0 } });

scenario('allowed-audience stated', {
  inputs: (lab) => ({ 'allowed-audience': `https://other.example.test\n${lab.audience}\n` }),
  expect: { exit: 0 },
});

scenario('subject-claims and app-claims stated', {
  inputs: { 'subject-claims': 'preferred_username\nsub', 'app-claims': 'azp=x\nidentitytype=app' },
  expect: { exit: 0 },
});

scenario('an issuer with a path, as Keycloak has it', {
  lab: { issuer: 'https://sso.example.test/realms/union' },
  expect: { exit: 0 },
});

scripted('a token endpoint that is known as that of Keycloak', {
  lab: { issuer: 'https://sso.example.test/realms/union' },
  arrange(lab) {
    const path = '/realms/union/protocol/openid-connect/token';
    lab.controlPlane.settings.metadata.tokenEndpoint = `https://sso.example.test${path}`;
    lab.provider.on('POST', path, async () => ({
      body: { access_token: await lab.signToken(), token_type: 'bearer', expires_in: 300 },
    }));
  },
  expect: { exit: 0 },
});

scenario('an advertised audience', {
  lab: {
    openIdProvider: { audience: 'api://flyte' },
    controlPlane: { publicClientConfig: { audience: 'api://flyte', scopes: [] } },
  },
  expect: { exit: 0 },
});

scenario('ES256', { lab: { openIdProvider: { signingAlgorithm: 'ES256' } }, expect: { exit: 0 } });

scenario('a provider that does not revoke JWTs', {
  lab: { openIdProvider: { revokesJwt: false } },
  expect: { exit: 0 },
});

scenario('another secret than the usual one, of every kind of letter', {
  lab: {
    clientSecret: 'a~b!c"d#e$f%g&h/i(j)k=l?m*n+',
    openIdProvider: { clients: [{ clientId: 'ci-client', clientSecret: 'a~b!c"d#e$f%g&h/i(j)k=l?m*n+' }] },
  },
  expect: { exit: 0 },
});

scenario('fail-on never with a key that is not ready', {
  inputs: { 'fail-on': 'never', 'client-secret': 'Zq7:made_8Kd2Lm5' },
  expect: { exit: 0, verdict: 'not-ready', warnings: ['key/colon-in-secret'] },
});

scenario('fail-on never with a key that is ready', { inputs: { 'fail-on': 'never' }, expect: { exit: 0 } });

scenario('fail-on warning with a warning', {
  inputs: { 'fail-on': 'warning' },
  expect: { exit: 1, code: 'input/connect-to-in-use' },
});

scenario('fail-on warning without a warning', {
  inputs: { 'fail-on': 'warning', verify: 'offline', 'connect-to': undefined },
  expect: { exit: 0 },
});

scenario('summary false', {
  inputs: { summary: 'false' },
  expect: { exit: 0 },
  also: ({ result }, expect) => expect(result.rawSummary).toBe(''),
});

scenario('cleanup false', {
  inputs: { cleanup: 'false' },
  expect: { exit: 0 },
  also: ({ result }, expect) => expect(result.state).toEqual({}),
});

scenario('ca-certificates as text', {
  expect: { exit: 0 },
  also({ result }, expect) {
    const bundle = readFileSync(result.exportedEnvironment['SSL_CERT_FILE'] ?? '', 'utf8');
    expect(bundle.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(rootCertificates.length + 1);
  },
});

scenario('ca-certificates as a path', {
  inputs: (lab) => ({ 'ca-certificates': writtenFile(folder, 'authority.pem', lab.certificateAuthorityPem) }),
  expect: { exit: 0 },
  also({ result }, expect) {
    expect(existsSync(result.exportedEnvironment['SSL_CERT_FILE'] ?? '')).toBe(true);
  },
});

scenario('SSL_CERT_FILE that is set already', {
  environment: { SSL_CERT_FILE: '/etc/ssl/company.pem' },
  expect: { exit: 0, warnings: ['runner/certificates-not-exported'] },
  also: ({ result }, expect) => expect(result.exportedEnvironment).not.toHaveProperty('SSL_CERT_FILE'),
});

const proxies: Record<string, string> = {};

scenario('through a proxy, with nothing to remark', {
  async arrange(lab) {
    const proxy = await startProxy(lab);
    proxies['https'] = proxy.url;
    return () => proxy.stop();
  },
  inputs: { 'connect-to': undefined, 'fail-on': 'warning' },
  environment: () => ({ HTTPS_PROXY: proxies['https'] ?? '' }),
  expect: { exit: 0 },
});

scenario('a scope that was not given', {
  lab: { controlPlane: { publicClientConfig: { scopes: ['all', 'offline_access'] } } },
  expect: { exit: 0, warnings: ['idp/scope-narrowed'] },
});

scenario('a domain without a dot', {
  lab: { domain: 'union' },
  expect: { exit: 0, warnings: ['key/domain-has-no-dot'] },
});

scripted('a client id that servers may decode', {
  inputs: { 'client-id': 'ci+client' },
  expect: { exit: 0, warnings: ['key/client-id-altered-by-decoding'] },
});

scripted('a secret outside ASCII', {
  inputs: { 'client-secret': 'Zq7-pässwörtchen-8Kd2' },
  expect: { exit: 0, warnings: ['key/non-ascii-secret'] },
});

for (const [name, file, text, warnings] of [
  [
    'insecure: true',
    'config.yaml',
    'admin:\n  endpoint: dns:///x\n  insecure: true\n',
    ['client/config-turns-auth-off'],
  ],
  ['scopes', '.flyte/config.yaml', 'admin:\n  scopes: [all]\n', ['client/config-scopes']],
  ['a config of another program', 'config.yaml', 'server:\n  port: 80\n', ['client/foreign-config']],
  ['a good config', '.flyte/config.yaml', 'admin:\n  endpoint: dns:///union.example.test\n', undefined],
] as const) {
  const workspace = temporaryFolder();
  writtenFile(workspace, file, text);
  scenario(`in the workspace: ${name}`, {
    inputs: { verify: 'offline' },
    environment: { GITHUB_WORKSPACE: workspace },
    expect: { exit: 0, ...(warnings && { warnings: [...warnings] }) },
  });
}

scenario('FLYTE_ADMIN_INSECURE beside a config', {
  inputs: { verify: 'offline' },
  environment: {
    GITHUB_WORKSPACE: folder,
    FLYTE_ADMIN_INSECURE: 'false',
  },
  arrange: () => void writtenFile(folder, 'config.yaml', 'admin:\n  endpoint: dns:///union.example.test\n'),
  expect: { exit: 0, warnings: ['client/environment-turns-auth-off'] },
});
