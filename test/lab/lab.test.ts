import { gzipSync } from 'node:zlib';
import { toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCertificateAuthority } from './certificates.ts';
import { type Deployment, type ScriptedDeployment, startDeployment } from './deployment.ts';
import {
  authMetadataService,
  findMethod,
  identityService,
  projectService,
  type UnaryMethod,
} from './flyte-definitions.ts';
import { connectionFor, type LabResponse, send } from './lab-client.ts';

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** What Python's quote_plus leaves: letters, digits and _.-~ */
function quotePlus(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${quotePlus(clientId)}:${quotePlus(clientSecret)}`).toString('base64')}`;
}

function requestToken(lab: Deployment<unknown>, clientId = lab.clientId, clientSecret = lab.clientSecret) {
  return send(lab, lab.tokenEndpoint, {
    method: 'POST',
    headers: { ...formType, authorization: basic(clientId, clientSecret) },
    body: 'grant_type=client_credentials&scope=all',
  });
}

function postToken(lab: Deployment<unknown>, clientId: string, clientSecret: string) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  return send(lab, lab.tokenEndpoint, { method: 'POST', headers: formType, body: body.toString() });
}

function accessTokenOf(response: LabResponse): string {
  return (response.json() as { access_token: string }).access_token;
}

/** Calls with the real Connect client; only the look-up of the host name is replaced. */
async function callByClient(
  lab: Deployment<unknown>,
  useBinaryFormat: boolean,
  method: UnaryMethod,
  input: Record<string, unknown> = {},
  token?: string,
) {
  const { host, port, servername, ca } = connectionFor(lab, `https://${lab.domain}`);
  const transport = createConnectTransport({
    httpVersion: '1.1',
    baseUrl: `https://${lab.domain}:${port}`,
    useBinaryFormat,
    nodeOptions: {
      ca,
      servername,
      agent: false,
      lookup: (_name, _options, done) => done(null, [{ address: host, family: 4 }]),
    },
  });
  const headers: Record<string, string> = token === undefined ? {} : { 'flyte-authorization': `Bearer ${token}` };
  return (await transport.unary(method, undefined, undefined, headers, input)).message;
}

function callConnect(lab: Deployment<unknown>, path: string, token?: string, body = '{}') {
  const authorization: Record<string, string> = token === undefined ? {} : { 'flyte-authorization': `Bearer ${token}` };
  return send(lab, `https://${lab.domain}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body,
  });
}

const getMetadata = findMethod(authMetadataService, 'GetOAuth2Metadata');
const getPublicClientConfig = findMethod(authMetadataService, 'GetPublicClientConfig');
const getUserInfo = findMethod(identityService, 'UserInfo');
const getProject = findMethod(projectService, 'GetProject');
const userInfoPath = 'flyteidl2.auth.IdentityService/UserInfo';
const metadataPath = 'flyteidl2.auth.AuthMetadataService/GetOAuth2Metadata';
const clientConfigPath = 'flyteidl2.auth.AuthMetadataService/GetPublicClientConfig';

describe('a deployment with the real provider', () => {
  let lab: Deployment;
  const written = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info'), vi.spyOn(console, 'error')];
  beforeAll(async () => {
    lab = await startDeployment();
  });
  afterAll(() => lab.stop());

  it('accepts the nasty secret in form encoding and signs with the published key', async () => {
    const response = await requestToken(lab);
    expect(response.status).toBe(200);
    expect(response.json()).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'all' });
    const keys = (await send(lab, lab.provider.jwksUri)).json() as JSONWebKeySet;
    expect(keys).toMatchObject(lab.provider.publicJwks);
    const verified = await jwtVerify(accessTokenOf(response), createLocalJWKSet(keys), {
      issuer: lab.issuer,
      audience: 'https://union.example.test',
    });
    expect(verified.protectedHeader).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: 'lab-key-1' });
    expect(verified.payload).toMatchObject({
      sub: 'ci-client',
      scp: ['all'],
      identitytype: 'app',
      preferred_username: 'ci-client',
    });
  });

  it('refuses a wrong secret, an unknown client and a client without the grant', async () => {
    const wrong = await requestToken(lab, 'ci-client', 'wrong');
    expect([wrong.status, wrong.json()]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'client authentication failed' },
    ]);
    expect((await requestToken(lab, 'nobody', 'wrong')).status).toBe(401);
    const noGrant = await requestToken(lab, 'no-grant', 'no-grant-secret');
    expect([noGrant.status, noGrant.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  });

  it('accepts a secret in the body', async () => {
    expect((await postToken(lab, 'post-client', 'plain-secret')).status).toBe(200);
  });

  it.each(['oauth-authorization-server', 'openid-configuration'])('builds %s from the issuer', async (name) => {
    const expected = {
      issuer: 'https://login.example.test/oauth2/default',
      token_endpoint: 'https://login.example.test/oauth2/default/token',
      jwks_uri: 'https://login.example.test/oauth2/default/jwks',
      revocation_endpoint: 'https://login.example.test/oauth2/default/token/revocation',
    };
    const url = `${lab.issuer}/.well-known/${name}`;
    expect((await send(lab, url)).json()).toMatchObject(expected);
    const withPort = await send(lab, url, { headers: { host: `login.example.test:${lab.provider.port}` } });
    expect(withPort.json()).toMatchObject(expected);
    expect(lab.provider).toMatchObject({ tokenEndpoint: expected.token_endpoint, jwksUri: expected.jwks_uri });
    expect(lab.provider.revocationEndpoint).toBe(expected.revocation_endpoint);
    expect((await send(lab, 'https://login.example.test/token')).status).toBe(404);
  });

  it('revokes a token for its own client only', async () => {
    const token = accessTokenOf(await requestToken(lab));
    const revoke = (authorization: string) =>
      send(lab, lab.provider.revocationEndpoint, {
        method: 'POST',
        headers: { ...formType, authorization },
        body: `token=${token}&token_type_hint=access_token`,
      });
    expect(await lab.provider.isActive(token)).toBe(true);
    expect((await revoke(basic('ci-client', 'wrong'))).status).toBe(401);
    expect((await revoke(basic('post-client', 'plain-secret'))).status).toBe(200);
    expect(await lab.provider.isActive(token)).toBe(true);
    expect((await revoke(basic(lab.clientId, lab.clientSecret))).status).toBe(200);
    expect(await lab.provider.isActive(token)).toBe(false);
    expect(await lab.provider.isActive('x.y.z')).toBe(false);
  });

  it.each([true, false])('speaks Connect with the real client (binary: %s)', async (useBinaryFormat) => {
    expect(await callByClient(lab, useBinaryFormat, getMetadata)).toMatchObject({
      issuer: lab.issuer,
      tokenEndpoint: lab.tokenEndpoint,
      scopesSupported: ['all'],
    });
    expect(await callByClient(lab, useBinaryFormat, getPublicClientConfig)).toMatchObject({
      scopes: ['all'],
      authorizationMetadataKey: 'flyte-authorization',
      audience: '',
    });
    const token = accessTokenOf(await requestToken(lab));
    expect(await callByClient(lab, useBinaryFormat, getUserInfo, {}, token)).toMatchObject({ subject: 'ci-client' });
    expect(await callByClient(lab, useBinaryFormat, getProject, { id: 'flytesnacks' }, token)).toMatchObject({
      project: { id: 'flytesnacks', domains: [{ id: 'development' }] },
    });
    const failureOf = (call: Promise<unknown>) => call.then(() => undefined, ConnectError.from);
    const missing = callByClient(lab, useBinaryFormat, getProject, { id: 'none' }, token);
    expect(await failureOf(missing)).toMatchObject({ code: Code.NotFound });
    const anonymous = callByClient(lab, useBinaryFormat, getProject, { id: 'flytesnacks' });
    expect(await failureOf(anonymous)).toMatchObject({ code: Code.Unauthenticated });
  });

  it('takes the gzip of an empty binary message, as flyte sends it', async () => {
    const response = await send(lab, `https://${lab.domain}/${clientConfigPath}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/proto',
        'content-encoding': 'gzip',
        'connect-protocol-version': '1',
      },
      body: gzipSync(Buffer.alloc(0)),
    });
    expect([response.status, response.headers['content-type']]).toEqual([200, 'application/proto']);
    const message = await callByClient(lab, true, getPublicClientConfig);
    expect(Buffer.from(toBinary(getPublicClientConfig.output, message))).toEqual(response.body);
  });

  it('answers JSON in lowerCamelCase without the empty fields, by POST and by GET', async () => {
    const expected = {
      clientId: 'flytectl',
      redirectUri: 'http://localhost:53593/callback',
      scopes: ['all'],
      authorizationMetadataKey: 'flyte-authorization',
    };
    expect((await callConnect(lab, clientConfigPath)).json()).toEqual(expected);
    const query = '?connect=v1&encoding=json&message=%7B%7D';
    expect((await send(lab, `https://${lab.domain}/${clientConfigPath}${query}`)).json()).toEqual(expected);
  });

  it('answers the gateway in both casings with the empty fields', async () => {
    const get = async (path: string, accept: string) =>
      (await send(lab, `https://${lab.domain}${path}`, { headers: { accept } })).json();
    const metadata = '/.well-known/oauth-authorization-server';
    expect(await get(metadata, 'application/json')).toMatchObject({
      token_endpoint: lab.tokenEndpoint,
      device_authorization_endpoint: '',
    });
    expect(await get(metadata, '*/*')).toMatchObject({ tokenEndpoint: lab.tokenEndpoint });
    const config = '/config/v1/flyte_client';
    expect(await get(config, 'application/json')).toMatchObject({
      authorization_metadata_key: 'flyte-authorization',
      audience: '',
    });
    expect(await get(config, 'application/json, */*')).toMatchObject({
      redirectUri: 'http://localhost:53593/callback',
    });
  });

  it('knows who a token belongs to', async () => {
    const token = accessTokenOf(await requestToken(lab));
    const accepted = await callConnect(lab, userInfoPath, token);
    expect([accepted.status, accepted.json()]).toEqual([200, { subject: 'ci-client', preferredUsername: 'ci-client' }]);
    const viaGateway = await send(lab, `https://${lab.domain}/me`, {
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
    });
    expect(viaGateway.json()).toMatchObject({ subject: 'ci-client', preferred_username: 'ci-client' });
  });

  it('refuses no token, a foreign signature and a token that is no JWT', async () => {
    const none = await callConnect(lab, userInfoPath);
    expect([none.status, none.json()]).toEqual([
      401,
      { code: 'unauthenticated', message: 'Request unauthenticated with Bearer' },
    ]);
    const token = accessTokenOf(await requestToken(lab));
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`;
    expect((await callConnect(lab, userInfoPath, forged)).json()).toMatchObject({
      message: expect.stringContaining('failed to verify id token signature'),
    });
    expect((await callConnect(lab, userInfoPath, 'opaque')).text).toContain('malformed jwt');
    const viaGateway = await send(lab, `https://${lab.domain}/me`);
    expect([viaGateway.status, viaGateway.json()]).toMatchObject([401, { code: 16 }]);
  });

  it('turns routes off and replaces them', async () => {
    const { settings } = lab.controlPlane;
    const status = async (path: string, contentType?: string) =>
      (
        await send(lab, `https://${lab.domain}${path}`, {
          ...(contentType && { method: 'POST', headers: { 'content-type': contentType }, body: '{}' }),
        })
      ).status;
    settings.routes = { connectJson: false, gateway: false };
    expect(await status(`/${metadataPath}`, 'application/json')).toBe(404);
    expect(await status('/config/v1/flyte_client')).toBe(404);
    expect(await callByClient(lab, true, getMetadata)).toBeDefined();
    settings.routes = { connectBinary: false };
    expect(await status(`/${metadataPath}`, 'application/proto')).toBe(404);
    expect(await status(`/${metadataPath}`, 'application/json')).toBe(200);
    settings.routes = {
      override: ({ path }) => (path === '/me' ? { status: 302, headers: { location: '/login' } } : undefined),
    };
    expect(await status('/me')).toBe(302);
    expect(await status('/config/v1/flyte_client')).toBe(200);
    settings.routes = undefined;
  });

  it('records all requests in order', async () => {
    lab.requests.length = 0;
    await requestToken(lab);
    await callConnect(lab, metadataPath);
    expect(lab.requests.map(({ server, method, path }) => `${server} ${method} ${path}`)).toEqual([
      'provider POST /oauth2/default/token',
      `control-plane POST /${metadataPath}`,
    ]);
    expect(lab.requests[0]).toMatchObject({
      httpVersion: '1.1',
      headers: { host: 'login.example.test', ...formType },
      body: Buffer.from('grant_type=client_credentials&scope=all'),
    });
    expect(lab.requests[0]?.rawHeaders).toContainEqual(['host', 'login.example.test']);
  });

  it('leaves the terminal alone', () => {
    for (const spy of written) {
      expect(spy).not.toHaveBeenCalled();
    }
  });
});

describe('options of the real provider', () => {
  it('plays another deployment', async () => {
    const lab = await startDeployment({
      domain: 'flyte.example.test',
      issuer: 'https://identity.example.test',
      openIdProvider: {
        signingAlgorithm: 'ES256',
        lifetimeSeconds: 60,
        audience: 'api://flyte',
        claims: { scp: 'openid all', sub: 'service-principal', client_id: undefined },
        enforceClientAuthMethod: true,
        revokesJwt: false,
      },
    });
    const response = await requestToken(lab);
    expect(response.json()).toMatchObject({ expires_in: 60 });
    const token = accessTokenOf(response);
    expect(decodeJwt(token)).toMatchObject({ iss: lab.issuer, aud: 'api://flyte', sub: 'service-principal' });
    expect(decodeJwt(token)).not.toHaveProperty('client_id');
    expect((await callConnect(lab, userInfoPath, token)).text).toContain("doesn't have required scope");
    lab.controlPlane.settings.accessTokenRules.audience = 'https://flyte.example.test';
    expect((await callConnect(lab, userInfoPath, token)).text).toContain('invalid audience');

    expect((await requestToken(lab, 'post-client', 'plain-secret')).status).toBe(401);
    expect((await postToken(lab, 'post-client', 'plain-secret')).status).toBe(200);
    expect((await postToken(lab, lab.clientId, lab.clientSecret)).status).toBe(401);
    const revocation = await send(lab, lab.provider.revocationEndpoint, {
      method: 'POST',
      headers: { ...formType, authorization: basic(lab.clientId, lab.clientSecret) },
      body: `token=${token}`,
    });
    expect(revocation.json()).toMatchObject({ error: 'unsupported_token_type' });
    await lab.stop();
  });

  it('issues and revokes opaque tokens', async () => {
    const lab = await startDeployment({
      openIdProvider: { accessTokenFormat: 'opaque', servesInsertedMetadataPath: true },
    });
    const token = accessTokenOf(await requestToken(lab));
    expect(token).not.toContain('.');
    expect(await lab.provider.isActive(token)).toBe(true);
    const revoked = await send(lab, lab.provider.revocationEndpoint, {
      method: 'POST',
      headers: { ...formType, authorization: basic(lab.clientId, lab.clientSecret) },
      body: `token=${token}`,
    });
    expect(revoked.status).toBe(200);
    expect(await lab.provider.isActive(token)).toBe(false);
    const inserted = 'https://login.example.test/.well-known/oauth-authorization-server/oauth2/default';
    expect((await send(lab, inserted)).json()).toMatchObject({ token_endpoint: lab.tokenEndpoint });
    await lab.stop();
  });

  it('presents certificates that TLS refuses', async () => {
    const authority = await createCertificateAuthority();
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
    const lab = await startDeployment({
      authority,
      openIdProvider: { certificateDates: { notBefore: new Date(0), notAfter: yesterday } },
      controlPlane: { certificate: await authority.issue(['other.example.test']) },
    });
    await expect(requestToken(lab)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    await expect(callConnect(lab, metadataPath)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    const { certificatePem } = await createCertificateAuthority('another');
    const foreign = { ...lab, certificateAuthorityPem: certificatePem };
    await expect(callConnect(foreign, metadataPath)).rejects.toMatchObject({
      code: expect.stringMatching(/CERT|SIGNATURE/),
    });
    await lab.stop();
  });
});

describe('a deployment with the scripted provider', () => {
  let lab: ScriptedDeployment;
  beforeAll(async () => {
    lab = await startDeployment({ provider: 'scripted' });
  });
  afterAll(() => lab.stop());

  it('answers like a good provider by default', async () => {
    const token = accessTokenOf(await requestToken(lab));
    expect((await callConnect(lab, userInfoPath, token)).json()).toMatchObject({ subject: 'ci-client' });
    const metadata = (await send(lab, `${lab.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ issuer: lab.issuer, token_endpoint: lab.tokenEndpoint });
    expect((await send(lab, lab.provider.jwksUri)).json()).toEqual(lab.provider.publicJwks);
    expect((await send(lab, `${lab.issuer}/nowhere`)).status).toBe(404);
  });

  it.each([
    ['an expired token', { exp: 1 }, 'Token is expired'],
    ['a token from the future', { iat: 9999999999 }, 'Token used before issued'],
    ['a token that is not valid yet', { nbf: 9999999999 }, 'Token is not valid yet'],
    ['the scope in another claim', { scp: undefined, scope: 'all', client_id: 'ci-client' }, 'required scope'],
  ])('refuses %s', async (_name, claims, message) => {
    expect((await callConnect(lab, userInfoPath, await lab.signToken(claims))).text).toContain(message);
  });

  it.each([
    ['no scope and no client_id', { scp: undefined }, {}],
    ['no exp and no kid', { exp: undefined }, { kid: undefined }],
  ])('accepts %s', async (_name, claims, header) => {
    expect((await callConnect(lab, userInfoPath, await lab.signToken(claims, header))).status).toBe(200);
  });

  it('signs without a signature', async () => {
    const token = await lab.signToken({}, { alg: 'none' });
    expect((await callConnect(lab, userInfoPath, token)).text).toContain('failed to verify');
  });

  it('plays a list and repeats its last answer', async () => {
    lab.provider.on('GET', '/list', [{ status: 429, headers: { 'retry-after': '1' } }, { body: { done: true } }]);
    const answers = [];
    for (let count = 0; count < 3; count += 1) {
      answers.push((await send(lab, 'https://login.example.test/list')).status);
    }
    expect(answers).toEqual([429, 200, 200]);
  });

  it('hangs, resets, waits and drips', async () => {
    const { provider } = lab;
    provider.on('GET', '/hang', { hang: true });
    provider.on('GET', '/reset', { reset: true });
    provider.on('GET', '/late?by=50', { delayMs: 50, body: 'late' });
    provider.on('GET', '/drip', { dripEveryMs: 5, body: 'dripping' });
    const get = (path: string) => send(lab, `https://login.example.test${path}`, { timeoutMs: 2000 });
    await expect(send(lab, 'https://login.example.test/hang', { timeoutMs: 100 })).rejects.toThrow('timeout');
    await expect(get('/reset')).rejects.toMatchObject({ code: 'ECONNRESET' });
    const started = performance.now();
    expect((await get('/late?by=50')).text).toBe('late');
    expect(performance.now() - started).toBeGreaterThan(45);
    expect((await get('/late')).status).toBe(404);
    expect((await get('/drip')).text).toBe('dripping');
  });
});
