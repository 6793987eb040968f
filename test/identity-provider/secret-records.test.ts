import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FindingError } from '../../src/findings/finding.ts';
import type { RecordPlace, SecretRecord } from '../../src/identity-provider/identity-provider.ts';
import { type KnownProvider, PROVIDERS } from '../../src/identity-provider/providers.ts';
import {
  chooseRecord,
  RECORD_FINDINGS,
  type RecordAccess,
  readSecretRecords,
} from '../../src/identity-provider/secret-records.ts';
import type { Transport } from '../../src/transport/http-client.ts';
import type { Json } from '../../src/transport/json.ts';
import type { RetryEffects } from '../../src/transport/retry.ts';
import type { Answer } from '../lab/answers.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../lab/certificates.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { type ScriptedServer, startScriptedServer } from '../lab/scripted-server.ts';
import { codeOf, ONCE, transportTo } from '../transport/effects.ts';

type ProviderName = 'okta' | 'entra' | 'keycloak';

const IN_KEY = 'zQ8~the-secret-that-is-in-the-key-01';
const OTHER = 'pW3~another-secret-of-the-same-app-02';
const REGISTRATION_TOKEN = 'registration-token-of-the-client-03';
const ADMIN = 'token-of-an-administrator-0123456789';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl';
const ELSEWHERE = 'elsewhere.example.test';
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 22, 17);

let authority: CertificateAuthority;
const toStop: { stop(): unknown }[] = [];

beforeAll(async () => {
  authority = await createCertificateAuthority();
});

afterEach(async () => {
  for (const each of toStop.splice(0)) {
    await each.stop();
  }
});

function providerOf(name: string): KnownProvider {
  const found = PROVIDERS.find((provider) => provider.name === name);
  if (found === undefined) {
    throw new Error(`there is no provider ${name}`);
  }
  return found;
}

interface Lab {
  readonly transport: Transport;
  readonly requests: RecordedRequest[];
  readonly protectedValues: string[];
  server(host: string): ScriptedServer;
}

async function startLab(...hosts: string[]): Promise<Lab> {
  const requests: RecordedRequest[] = [];
  const servers = new Map<string, ScriptedServer>();
  for (const host of [...new Set([...hosts, ELSEWHERE])]) {
    const server = await startScriptedServer({ authority, requests, hostNames: [host], name: host });
    servers.set(host, server);
    toStop.push(server);
  }
  const ports = Object.fromEntries([...servers].map(([host, { port }]) => [host, port]));
  const transport = transportTo(ports, authority.certificatePem);
  toStop.push({ stop: () => transport.close() });
  return {
    transport,
    requests,
    protectedValues: [],
    server(host) {
      const server = servers.get(host);
      if (server === undefined) {
        throw new Error(`the lab has no ${host}`);
      }
      return server;
    },
  };
}

interface Case {
  readonly name: ProviderName;
  readonly issuer: string;
  /** Where the record lies. */
  readonly host: string;
  readonly path: string;
  readonly answer: object;
  readonly records: readonly SecretRecord[];
  /** What must be masked. */
  readonly secrets: readonly string[];
  /** Where an app gets a token, and what it sends. */
  readonly token?: { readonly host: string; readonly path: string; readonly body: string };
}

const APP: RecordAccess = { clientId: 'reader & co', clientSecret: 's+r/%ä' };
const APP_BODY = 'grant_type=client_credentials&client_id=reader+%26+co&client_secret=s%2Br%2F%25%C3%A4';

const CASES: readonly Case[] = [
  {
    name: 'okta',
    issuer: 'https://acme.okta.test/oauth2/default',
    host: 'acme.okta.test',
    path: '/api/v1/apps/ci-client/credentials/secrets',
    answer: [
      {
        id: 'ocs1',
        status: 'INACTIVE',
        client_secret: OTHER,
        secret_hash: 'yk4SVx4sUWVJVbHt6M-UPA',
        created: '2026-01-02T03:04:05.000Z',
        lastUpdated: '2026-03-01T00:00:00.000Z',
        _links: { activate: { href: 'https://acme.okta.test/activate' } },
      },
      { id: 'ocs2', status: 'ACTIVE', client_secret: IN_KEY, secret_hash: 'h', created: '2026-02-03T04:05:06.000Z' },
    ],
    records: [
      { id: 'ocs1', created: Date.UTC(2026, 0, 2, 3, 4, 5), isActive: false, isThis: false },
      { id: 'ocs2', created: Date.UTC(2026, 1, 3, 4, 5, 6), isActive: true, isThis: true },
    ],
    secrets: [IN_KEY, OTHER],
  },
  {
    name: 'entra',
    issuer: 'https://login.microsoftonline.com/8a1c-tenant/v2.0',
    host: 'graph.microsoft.com',
    path: "/v1.0/applications(appId='ci-client')?$select=id,appId,passwordCredentials",
    answer: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications(id,appId,passwordCredentials)/$entity',
      id: 'object',
      appId: 'ci-client',
      passwordCredentials: [
        {
          customKeyIdentifier: null,
          displayName: 'CI',
          endDateTime: '2027-01-02T03:04:05.1234567Z',
          hint: 'zQ8',
          keyId: 'k1',
          secretText: null,
          startDateTime: '2026-01-02T03:04:05Z',
        },
        { keyId: 'k2', hint: 'pW3', startDateTime: '2026-02-03T04:05:06Z', endDateTime: '2028-02-03T04:05:06Z' },
        { keyId: 'k3', hint: null, startDateTime: '2015-02-03T04:05:06Z', endDateTime: '2299-12-31T00:00:00Z' },
      ],
    },
    records: [
      {
        id: 'k1',
        created: Date.UTC(2026, 0, 2, 3, 4, 5),
        expires: Date.UTC(2027, 0, 2, 3, 4, 5, 123),
        isActive: true,
        isThis: true,
      },
      {
        id: 'k2',
        created: Date.UTC(2026, 1, 3, 4, 5, 6),
        expires: Date.UTC(2028, 1, 3, 4, 5, 6),
        isActive: true,
        isThis: false,
      },
      { id: 'k3', created: Date.UTC(2015, 1, 3, 4, 5, 6), expires: Date.UTC(2299, 11, 31), isActive: true },
    ],
    secrets: [],
    token: {
      host: 'login.microsoftonline.com',
      path: '/8a1c-tenant/oauth2/v2.0/token',
      body: `${APP_BODY}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`,
    },
  },
  {
    name: 'keycloak',
    issuer: 'https://sso.example.test/auth/realms/union',
    host: 'sso.example.test',
    path: '/auth/admin/realms/union/clients?clientId=ci-client',
    answer: [
      {
        id: 'c0ffee',
        clientId: 'ci-client',
        secret: OTHER,
        registrationAccessToken: REGISTRATION_TOKEN,
        attributes: {
          'client.secret.creation.time': '1770000000',
          'client.secret.expiration.time': '1777776000',
          'client.secret.rotated': IN_KEY,
          'client.secret.rotated.creation.time': '1770000000',
          'client.secret.rotated.expiration.time': '1770172800',
          'use.refresh.tokens': 'true',
        },
      },
    ],
    records: [
      { id: 'current', created: 1_770_000_000_000, expires: 1_777_776_000_000, isActive: true, isThis: false },
      { id: 'rotated', created: 1_770_000_000_000, expires: 1_770_172_800_000, isActive: true, isThis: true },
    ],
    secrets: [IN_KEY, OTHER, REGISTRATION_TOKEN],
    token: {
      host: 'sso.example.test',
      path: '/auth/realms/union/protocol/openid-connect/token',
      body: APP_BODY,
    },
  },
];

function caseOf(name: ProviderName): Case {
  const [found] = CASES.filter((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`there is no case of ${name}`);
  }
  return found;
}

function placeOf({ issuer }: Case, more: Partial<RecordPlace> = {}): RecordPlace {
  return { issuer: new URL(issuer), clientId: 'ci-client', clientSecret: IN_KEY, ...more };
}

async function read(
  { name }: Case,
  place: RecordPlace,
  lab: Lab,
  access: RecordAccess = { token: ADMIN },
  retry: RetryEffects = ONCE,
): Promise<readonly SecretRecord[]> {
  const protect = (credential: string): unknown => lab.protectedValues.push(credential);
  return await readSecretRecords(providerOf(name), place, access, lab.transport, retry, protect);
}

/** What would be printed of a failure. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof FindingError ? `${error.message} ${JSON.stringify(error.finding)}` : 'no failure';
}

describe.each(CASES.map((one) => [one.name, one] as const))('the record of %s', (name, one) => {
  const authorization = name === 'okta' ? `SSWS ${ADMIN}` : `Bearer ${ADMIN}`;

  it('is asked for with one request, and read', async () => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, { body: one.answer });
    expect(await read(one, placeOf(one), lab)).toEqual(one.records);
    expect(lab.requests).toHaveLength(1);
    const [request] = lab.requests;
    expect(request).toMatchObject({ server: one.host, method: 'GET', path: one.path });
    expect(request?.body.toString()).toBe('');
    const { connection: _, 'user-agent': agent, ...headers } = request?.headers ?? {};
    expect(headers).toEqual({ host: one.host, accept: 'application/json', authorization });
    expect(agent).toBe('union-auth-action');
  });

  it('gives away no secret: each is masked, none is returned, and the one in the key is never sent', async () => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, { body: one.answer });
    const records = await read(one, placeOf(one), lab);
    expect(lab.protectedValues).toEqual(expect.arrayContaining([...one.secrets]));
    for (const secret of [IN_KEY, OTHER, REGISTRATION_TOKEN]) {
      expect(JSON.stringify(records)).not.toContain(secret);
    }
    expect(JSON.stringify(lab.requests)).not.toContain(IN_KEY);
  });

  it('without the secret of the key does not say which one is in it', async () => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, { body: one.answer });
    const { clientSecret: _, ...place } = placeOf(one);
    const records = await read(one, place, lab);
    expect(records.map(({ isThis, ...record }) => [isThis, record])).toEqual(
      one.records.map(({ isThis: _isThis, ...record }) => [undefined, record]),
    );
  });

  it.runIf(one.token !== undefined)('is opened by an app of its own, whose token is masked', async () => {
    const { token } = one;
    const lab = await startLab(one.host, token?.host ?? '');
    const given = { access_token: 'token-for-the-app-0123456789', id_token: 'id-token-0123456789', expires_in: 60 };
    lab.server(token?.host ?? '').on('POST', token?.path ?? '', { body: given });
    lab.server(one.host).on('GET', one.path, { body: one.answer });
    expect(await read(one, placeOf(one), lab, APP)).toEqual(one.records);
    const [first, second, ...others] = lab.requests;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ server: token?.host, method: 'POST', path: token?.path });
    expect(first?.body.toString()).toBe(token?.body);
    expect(first?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(first?.headers['authorization']).toBeUndefined();
    expect(second?.headers['authorization']).toBe(`Bearer ${given.access_token}`);
    expect(second?.body.toString()).toBe('');
    expect(lab.protectedValues.slice(0, 2).toSorted()).toEqual([given.id_token, given.access_token].toSorted());
  });

  it.each<[string, Answer, string]>([
    ['401', { status: 401, body: { errorCode: 'E0000011', client_secret: OTHER } }, 'record/credentials-refused'],
    ['403', { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } }, 'record/not-allowed'],
    ['403 without a body', { status: 403 }, 'record/not-allowed'],
    ['404', { status: 404, body: { errorCode: 'E0000007' } }, 'record/app-not-found'],
    ['404 of a router', { status: 404, body: 'no such page' }, 'record/unreadable'],
    ['429', { status: 429, body: { errorCode: 'E0000047' } }, 'record/unreadable'],
    ['500', { status: 500, body: 'fault' }, 'record/unreadable'],
    ['204', { status: 204 }, 'record/unreadable'],
    ['a web page', { body: `<!DOCTYPE html><title>${OTHER}</title>` }, 'record/unreadable'],
    ['a web page of a firewall', { status: 403, body: '<html><body>Denied</body></html>' }, 'record/unreadable'],
    ['a sign-in page', { status: 401, headers: { 'content-type': 'text/html' }, body: 'Sign in' }, 'record/unreadable'],
    ['a web page that says 404', { status: 404, body: '<html></html>' }, 'record/unreadable'],
    ['JSON that breaks off', { body: `[{"id":"x","client_secret":"${OTHER}` }, 'record/unreadable'],
    ['nothing', { body: '' }, 'record/unreadable'],
    ['a text', { body: '"a text"' }, 'record/unreadable'],
    ['no UTF-8', { body: Buffer.from([0x5b, 0xff, 0x5d]) }, 'record/unreadable'],
    ['JSON of another kind', { body: { value: 'x' } }, 'record/unreadable'],
    ['lists in lists without end', { body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` }, ''],
    ['a very long list', { body: JSON.stringify(Array.from({ length: 200_000 }, () => 1)) }, ''],
  ])('answered with %s', async (_, answer, code) => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, answer);
    const failure = await failureOf(read(one, placeOf(one), lab));
    // A list is what Okta and Keycloak answer with: one without any app or secret.
    const isList = code === '';
    const expected = { okta: 'no failure', entra: 'record/unreadable', keycloak: 'record/app-not-found' }[name];
    expect(failure.split(':')[0]).toBe(isList ? expected : code);
    expect(failure).not.toContain(OTHER);
    expect(failure).not.toContain(ADMIN);
    expect(lab.requests).toHaveLength(1);
  });

  it.each([201, 206, 403, 500])('is none with the status %i, whatever the answer holds', async (status) => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, { status, body: one.answer });
    const failure = await failureOf(read(one, placeOf(one), lab));
    expect(failure.split(':')[0]).toBe(status === 403 ? 'record/not-allowed' : 'record/unreadable');
    expect(lab.protectedValues).toEqual(expect.arrayContaining([...one.secrets]));
    expect(failure).not.toContain(OTHER);
  });

  it.each([301, 302, 303, 307, 308])('is not followed to another host, %i', async (status) => {
    const lab = await startLab(one.host);
    lab.server(one.host).on('GET', one.path, { status, headers: { location: `https://${ELSEWHERE}${one.path}` } });
    expect(await codeOf(read(one, placeOf(one), lab))).toBe('record/unreadable');
    expect(lab.requests.map(({ server }) => server)).toEqual([one.host]);
  });

  it.runIf(one.token !== undefined)('nor is the credential of the app sent on', async () => {
    const { token } = one;
    const lab = await startLab(one.host, token?.host ?? '');
    const location = `https://${ELSEWHERE}/token`;
    lab.server(token?.host ?? '').on('POST', token?.path ?? '', { status: 307, headers: { location } });
    expect(await codeOf(read(one, placeOf(one), lab, APP))).toBe('record/unreadable');
    expect(lab.requests.map(({ server }) => server)).toEqual([token?.host]);
  });

  it.runIf(one.token !== undefined).each<[string, Answer, string]>([
    ['400', { status: 400, body: { error: 'invalid_client' } }, 'record/credentials-refused'],
    ['401', { status: 401, body: { error: 'unauthorized_client' } }, 'record/credentials-refused'],
    ['403', { status: 403 }, 'record/credentials-refused'],
    ['a web page of a firewall', { status: 403, body: '<html></html>' }, 'record/unreadable'],
    ['404', { status: 404, body: { error: 'Realm does not exist' } }, 'record/unreadable'],
    ['429', { status: 429, body: { error: 'x' } }, 'record/unreadable'],
    ['no token', { body: { token_type: 'Bearer' } }, 'record/unreadable'],
    ['a token that is none', { body: { access_token: 7 } }, 'record/unreadable'],
    ['a web page', { body: '<html></html>' }, 'record/unreadable'],
  ])('where the app gets %s in place of a token, the record is not asked for', async (_, answer, code) => {
    const { token } = one;
    const lab = await startLab(one.host, token?.host ?? '');
    lab.server(token?.host ?? '').on('POST', token?.path ?? '', answer);
    const failure = await failureOf(read(one, placeOf(one), lab, APP));
    expect(failure.split(':')[0]).toBe(code);
    expect(failure).not.toContain('s+r');
    expect(lab.requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('is asked for again where waiting can help, and only then', async () => {
    const lab = await startLab(one.host);
    const answers = [{ status: 503 }, { status: 429 }, { body: one.answer }];
    lab.server(one.host).on('GET', one.path, answers);
    expect(await read(one, placeOf(one), lab, { token: ADMIN }, { ...ONCE, retries: 2 })).toEqual(one.records);
    expect(lab.requests).toHaveLength(3);
  });

  it.each(['', ' ', '.', '..', '\ud800'])('is not asked for an app of the id %j', async (clientId) => {
    const lab = await startLab(one.host);
    expect(await codeOf(read(one, placeOf(one, { clientId }), lab))).toBe('record/app-not-found');
    expect(lab.requests).toEqual([]);
  });

  it.each([
    "o'app",
    'a/b',
    'a`b',
    'a\nb',
    '../../../users',
    '%2e%2e',
    'a?b=c',
    'a#b',
    'a&clientId=b',
    "x')",
    'ä',
    '\\',
  ])('reaches the address of the app %j and of nothing else', async (clientId) => {
    const lab = await startLab(one.host);
    const paths: string[] = [];
    const address = providerOf(name).secretRecords?.address(placeOf(one, { clientId }));
    expect(address?.host).toBe(one.host);
    const path = `${address?.pathname}${address?.search}`;
    lab.server(one.host).on('GET', path, (request) => {
      paths.push(request.path);
      return { status: 404, body: {} };
    });
    const failure = await failureOf(read(one, placeOf(one, { clientId }), lab));
    expect(failure.split(':')[0]).toBe('record/app-not-found');
    expect(paths).toEqual([path]);
    const written = {
      okta: (id: string) => `/api/v1/apps/${encodeURIComponent(id)}/credentials/secrets`,
      // What the key of an entity is: an apostrophe in it is written twice (OData 4.01, URL Conventions).
      entra: (id: string) =>
        `/v1.0/applications(appId='${encodeURIComponent(id.replaceAll("'", "''"))}')?$select=id,appId,passwordCredentials`,
      // In a query an apostrophe is encoded too (WHATWG URL, special-query percent-encode set).
      keycloak: (id: string) =>
        `/auth/admin/realms/union/clients?clientId=${encodeURIComponent(id).replaceAll("'", '%27')}`,
    }[name];
    expect(paths).toEqual([written(clientId)]);
  });

  it('is read from any JSON without a fault, and never with a secret in it', () => {
    const source = providerOf(name).secretRecords;
    const names = fc.constantFrom(
      'id',
      'status',
      'client_secret',
      'created',
      'passwordCredentials',
      'hint',
      'keyId',
      'startDateTime',
      'endDateTime',
      'clientId',
      'secret',
      'attributes',
      'client.secret.creation.time',
      'client.secret.rotated',
      'client.secret.rotated.creation.time',
      '__proto__',
    );
    const leaf = fc.constantFrom<Json>(null, 7, true, '', IN_KEY, OTHER, 'ci-client', 'ACTIVE', '1770000000', 'zQ8');
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(names, tie('tree'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (answer) => {
        const records = source?.read(answer, placeOf(one));
        if (Array.isArray(records)) {
          const known = ['created', 'expires', 'id', 'isActive', 'isThis'];
          const strange = (records as SecretRecord[]).flatMap((record) =>
            Object.keys(record).filter((key) => !known.includes(key)),
          );
          expect(strange).toEqual([]);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('Okta', () => {
  it.each([
    ['an API token', ADMIN, `SSWS ${ADMIN}`],
    ['an access token', JWT, `Bearer ${JWT}`],
  ])('takes %s by its own scheme', (_, token, authorization) => {
    expect(providerOf('okta').secretRecords?.authorization(token)).toBe(authorization);
  });

  it('gives no token to an app with a secret, so none is asked for', async () => {
    const one = caseOf('okta');
    const lab = await startLab(one.host);
    expect(await codeOf(read(one, placeOf(one), lab, APP))).toBe('record/token-needed');
    expect(lab.requests).toEqual([]);
  });

  it('may hide the value of a secret, which then is not said to be another one', () => {
    const hidden = [
      { id: 'a', status: 'ACTIVE' },
      { id: 'b', status: 'ACTIVE', client_secret: '**********' },
      { id: 'c', status: 'ACTIVE', client_secret: '' },
    ];
    const records = providerOf('okta').secretRecords?.read(hidden, placeOf(caseOf('okta')));
    expect(records).toEqual(['a', 'b', 'c'].map((id) => ({ id, isActive: true })));
  });
});

describe('Entra ID', () => {
  const source = providerOf('entra').secretRecords;
  const graphOf = (issuer: string): string | undefined =>
    source?.address({ issuer: new URL(issuer), clientId: 'app' })?.origin;

  it.each([
    ['login.microsoftonline.com', 'login.microsoftonline.com', 'graph.microsoft.com'],
    ['sts.windows.net', 'login.microsoftonline.com', 'graph.microsoft.com'],
    ['login.windows.net', 'login.microsoftonline.com', 'graph.microsoft.com'],
    ['login.microsoft.com', 'login.microsoftonline.com', 'graph.microsoft.com'],
    ['login.microsoftonline.us', 'login.microsoftonline.us', 'graph.microsoft.us'],
    ['login.usgovcloudapi.net', 'login.microsoftonline.us', 'graph.microsoft.us'],
    ['login.partner.microsoftonline.cn', 'login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
    ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
    ['sts.chinacloudapi.cn', 'login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
  ])('of the cloud of %s: tokens of %s for %s', (issuer, login, graph) => {
    for (const path of ['/8a1c/v2.0', '/8a1c/', '/8a1c']) {
      expect(graphOf(`https://${issuer}${path}`)).toBe(`https://${graph}`);
      const endpoint = source?.tokenEndpoint?.(new URL(`https://${issuer}${path}`));
      expect(endpoint?.address.href).toBe(`https://${login}/8a1c/oauth2/v2.0/token`);
      expect(endpoint?.scope).toBe(`https://${graph}/.default`);
    }
  });

  it.each([
    'https://login.microsoftonline.com.evil.example/t/v2.0',
    'https://evil.example/login.microsoftonline.com/v2.0',
    'https://login.microsoftonline.com:8443/t/v2.0',
    'https://a.login.microsoftonline.com/t/v2.0',
    'https://login.microsoftonline.de/t/v2.0',
    'https://acme.ciamlogin.com/t/v2.0',
    'https://constructor/t/v2.0',
  ])('sends nothing for an issuer that is of no known cloud: %s', async (issuer) => {
    const one = caseOf('entra');
    const lab = await startLab(one.host);
    for (const access of [{ token: ADMIN }, APP]) {
      expect(await codeOf(read(one, placeOf(one, { issuer: new URL(issuer) }), lab, access))).toBe(
        'record/issuer-unknown',
      );
    }
    expect(lab.requests).toEqual([]);
    expect(lab.transport.attempts).toEqual([]);
  });

  it.each(['', 'z', 'zQ', 'zQ8~'])('shows %j of a secret, which is no hint', (hint) => {
    const records = source?.read({ passwordCredentials: [{ keyId: 'k', hint }] }, placeOf(caseOf('entra')));
    expect(records).toEqual([{ id: 'k', isActive: true }]);
  });

  it('asks for no token where the issuer names no tenant', async () => {
    const one = caseOf('entra');
    const lab = await startLab(one.host);
    const place = placeOf(one, { issuer: new URL('https://login.microsoftonline.com/') });
    expect(await codeOf(read(one, place, lab, APP))).toBe('record/token-needed');
    expect(lab.requests).toEqual([]);
  });
});

describe('Keycloak', () => {
  const one = caseOf('keycloak');
  const source = providerOf('keycloak').secretRecords;
  const readOf = (client: Json): unknown => source?.read([client], placeOf(one));

  it.each([
    ['https://sso.example.test/realms/union', 'https://sso.example.test/admin/realms/union/clients?clientId=app'],
    ['https://sso.example.test/realms/union/', 'https://sso.example.test/admin/realms/union/clients?clientId=app'],
    [
      'https://sso.example.test:8443/a/b/realms/a%20b',
      'https://sso.example.test:8443/a/b/admin/realms/a%20b/clients?clientId=app',
    ],
    ['https://sso.example.test/oauth2', undefined],
    ['https://sso.example.test/realms/', undefined],
    ['https://sso.example.test/realms/a/b', undefined],
  ])('keeps the record of %s at %s', (issuer, address) => {
    expect(source?.address({ issuer: new URL(issuer), clientId: 'app' })?.href).toBe(address);
    expect(source?.tokenEndpoint?.(new URL(issuer))?.address.href).toBe(
      address && `${issuer.replace(/\/$/, '')}/protocol/openid-connect/token`,
    );
  });

  it('has an app only where one has exactly this id', async () => {
    const lab = await startLab(one.host);
    const others = [{ clientId: 'ci-client-2' }, { clientId: 'CI-CLIENT' }, {}, 7];
    lab.server(one.host).on('GET', one.path, [{ body: [] }, { body: others }]);
    expect(await codeOf(read(one, placeOf(one), lab))).toBe('record/app-not-found');
    expect(await codeOf(read(one, placeOf(one), lab))).toBe('record/app-not-found');
  });

  it('knows no times of a secret that was set by hand', () => {
    expect(readOf({ clientId: 'ci-client' })).toEqual([{ id: 'current', isActive: true }]);
    const zero = { 'client.secret.creation.time': '0', 'client.secret.expiration.time': '0' };
    expect(readOf({ clientId: 'ci-client', attributes: zero })).toEqual([{ id: 'current', isActive: true }]);
  });

  it.each(['**********', `\${vault.ci-client}`])('does not take %s for a secret', (secret) => {
    expect(readOf({ clientId: 'ci-client', secret })).toEqual([{ id: 'current', isActive: true }]);
  });

  it('takes the rotated secret as Keycloak does: with both times only, and no longer than the current one', () => {
    const rotated = (more: Record<string, Json>): unknown =>
      readOf({ clientId: 'ci-client', attributes: { 'client.secret.rotated': IN_KEY, ...more } });
    const creation = { 'client.secret.rotated.creation.time': '1770000000' };
    const end = { 'client.secret.rotated.expiration.time': '1770172800' };
    expect(rotated({})).toHaveLength(1);
    expect(rotated(end)).toHaveLength(1);
    expect(rotated(creation)).toMatchObject([{ id: 'current' }, { id: 'rotated', isActive: false }]);
    expect(rotated({ ...creation, ...end, 'client.secret.expiration.time': '1770086400' })).toMatchObject([
      { id: 'current', expires: 1_770_086_400_000 },
      { id: 'rotated', expires: 1_770_086_400_000, isActive: true },
    ]);
  });
});

describe('which record is that of the key', () => {
  const record = (id: string, more: Partial<SecretRecord> = {}): SecretRecord => ({
    id,
    created: NOW - DAY,
    isActive: true,
    ...more,
  });
  const old = { created: NOW - 100 * DAY };

  it.each<[string, SecretRecord[], string | undefined, [string, boolean] | undefined]>([
    ['none', [], undefined, undefined],
    ['none that is active', [record('a', { isActive: false })], undefined, undefined],
    ['the only one', [record('a')], undefined, ['a', true]],
    ['the only active one', [record('a', { isActive: false }), record('b', old)], undefined, ['b', true]],
    ['the newest, which is a guess', [record('a', old), record('b'), record('c', old)], undefined, ['b', false]],
    ['one without a date is the oldest', [{ id: 'a', isActive: true }, record('b', old)], undefined, ['b', false]],
    ['the one that the stamp names', [record('a', old), record('b')], 'a', ['a', true]],
    ['the named one, though another fits', [record('a', old), record('b', { isThis: true })], 'a', ['a', true]],
    ['the named one, though it is inactive', [record('a', { isActive: false }), record('b')], 'a', ['a', true]],
    ['a name that is gone does not count', [record('a', old), record('b')], 'x', ['b', false]],
    ['an empty name is none', [record('', old), record('b')], '', ['b', false]],
    ['the one whose value it is', [record('a', { ...old, isThis: true }), record('b')], undefined, ['a', true]],
    ['not one that it is not', [record('a', { ...old }), record('b', { isThis: false })], undefined, ['a', true]],
    [
      'none where it is none of them',
      [record('a', { isThis: false }), record('b', { isThis: false })],
      undefined,
      undefined,
    ],
    [
      'none where its own is inactive',
      [record('a', { isThis: true, isActive: false }), record('b')],
      undefined,
      undefined,
    ],
    [
      'the newest of two that fit, which is a guess',
      [record('a', { ...old, isThis: true }), record('b', { isThis: true }), record('c')],
      undefined,
      ['b', false],
    ],
    ['not one that has expired', [record('a', { expires: NOW - DAY }), record('b', old)], undefined, ['b', true]],
    [
      'its own, though it has expired',
      [record('a', { expires: NOW - 1, isThis: true }), record('b')],
      undefined,
      ['a', true],
    ],
    [
      'the last one, where all have expired',
      [record('a', { ...old, expires: NOW - DAY }), record('b', { expires: NOW - 1 })],
      undefined,
      ['b', true],
    ],
  ])('%s', (_, records, keyId, expected) => {
    const chosen = chooseRecord(records, keyId, NOW);
    expect(chosen && [chosen.record.id, chosen.isCertain]).toEqual(expected);
  });
});

describe('the findings of the record', () => {
  it('are warnings: another source may tell the age', () => {
    expect(Object.values(RECORD_FINDINGS).filter(({ severity }) => severity !== 'warning')).toEqual([]);
  });

  it('a provider without a record is asked for nothing', async () => {
    const lab = await startLab('idp.example.test');
    const without = PROVIDERS.filter(({ secretRecords }) => secretRecords === undefined);
    expect(without.map(({ name }) => name)).not.toContain('okta');
    expect(without).toHaveLength(PROVIDERS.length - 3);
    for (const provider of without) {
      const place = { issuer: new URL('https://idp.example.test/'), clientId: 'ci-client' };
      const promise = readSecretRecords(provider, place, { token: ADMIN }, lab.transport, ONCE, () => undefined);
      expect(await codeOf(promise)).toBe('record/not-supported');
    }
    expect(lab.requests).toEqual([]);
  });
});
