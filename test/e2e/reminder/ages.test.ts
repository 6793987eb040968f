import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/rotation/instants.ts';
import type { Answer } from '../../lab/answers.ts';
import { type Inputs, instantOf, type ReminderLab, stampOn, startReminderLab } from './reminder-lab.ts';

const APP_TOKEN = 'ghs_token-of-an-app-0123456789abcdef';
const ADMIN_TOKEN = 'token-of-an-administrator-0123456789';
const OTHER_SECRET = 'another-secret-of-the-same-app-0123456789';

function iso(day: number): string {
  return new Date(instantOf(day)).toISOString();
}

/** A key that is watched without being tried, so that only its age counts. */
const UNTRIED: Inputs = { 'client-secret': undefined };

interface Outcome {
  readonly stage: string;
  readonly source: string;
  readonly rotated: string;
  readonly due: string;
  readonly findings: readonly string[];
  readonly exit: number;
  /** The log, the annotations and the outputs. */
  readonly page: string;
}

async function ageOf(lab: ReminderLab, day: number, inputs: Inputs): Promise<Outcome> {
  const { result, findings, page } = await lab.run(day, { ...UNTRIED, ...inputs });
  expect(result.stderr).toBe('');
  const { outputs, exitCode } = result;
  const date = (name: string): string => (outputs[name] ?? '').slice(0, 10);
  return {
    stage: outputs['stage'] ?? '',
    source: outputs['source'] ?? '',
    rotated: date('rotated-at'),
    due: date('due-at'),
    findings: findings.filter((finding) => !finding.includes('rotation/fine')),
    exit: exitCode,
    page: page.split('--- summary')[0] ?? '',
  };
}

describe('the input rotated-at', () => {
  it.each([
    ['2026-01-10', '2026-01-10'],
    ['2026-01-10T23:30:00-02:00', '2026-01-11'],
    ['2026-01-10T00:30:00+02:00', '2026-01-09'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is the day %s of UTC', async (rotatedAt, rotated) => {
    await using lab = await startReminderLab();
    const age = await ageOf(lab, 20, { 'rotated-at': rotatedAt, 'max-age-days': '3650' });
    expect(age).toMatchObject({ source: 'input', rotated, stage: 'fine' });
  });

  it('over a leap day and a change to summer time, 90 days are 90 times 24 hours', async () => {
    await using lab = await startReminderLab();
    const at = '2028-05-09T23:59:00+02:00';
    const age = await ageOf(lab, 0, { 'rotated-at': '2028-02-09T23:00:00+01:00', at });
    // 2028 has a 29th of February.
    expect(age).toMatchObject({ stage: 'urgent', due: '2028-05-09' });
    const later = await ageOf(lab, 0, { 'rotated-at': '2028-02-09T23:00:00+01:00', at: '2028-05-10T00:00:00+02:00' });
    expect(later.stage).toBe('overdue');
  });
});

describe('the stamp', () => {
  it('says when, and when the secret ends', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(10, lab.clientSecret, { expires: instantOf(50) });
    expect(await ageOf(lab, 12, { meta })).toMatchObject({
      source: 'variable',
      rotated: '2026-01-11',
      due: '2026-02-20',
    });
  });

  it('of another key is not believed where the key is at hand', async () => {
    await using lab = await startReminderLab();
    const { clientSecret } = lab;
    const meta = stampOn(10, OTHER_SECRET);
    const age = await ageOf(lab, 12, { 'client-secret': clientSecret, meta, 'rotated-at': iso(1) });
    expect(age).toMatchObject({
      source: 'input',
      findings: ['warning rotation/stamp-of-another-key', 'pass rotation/key-works'],
    });
  });

  it('that is none is said to be none, and the next best source counts', async () => {
    await using lab = await startReminderLab();
    const age = await ageOf(lab, 12, { meta: 'rotated last week', 'rotated-at': iso(1) });
    expect(age).toMatchObject({ source: 'input', findings: ['warning rotation/stamp-unreadable'] });
  });
});

describe('the date of the secret', () => {
  it.each([
    ['repository', { 'secret-name': 'FLYTE_API_KEY' }],
    ['environment', { environment: 'prod/eu', 'secret-name': 'FLYTE_API_KEY' }],
    ['organization', { 'secret-scope': 'organization', 'secret-name': 'FLYTE_API_KEY' }],
  ])('of a secret of the %s is the least age', async (_, place: Inputs) => {
    await using lab = await startReminderLab();
    arrangeSecrets(lab);
    const age = await ageOf(lab, 20, { ...place, 'secrets-token': APP_TOKEN });
    expect(age).toMatchObject({
      source: 'secret',
      rotated: '2026-01-06',
      findings: ['note rotation/age-is-lower-bound'],
    });
    expect(lab.github.contractFaults).toEqual([]);
    lab.expectNoSecret(APP_TOKEN);
  });

  it('is behind the stamp; a stamp that is newer than the secret speaks of a key that was never written', async () => {
    await using lab = await startReminderLab();
    arrangeSecrets(lab);
    const place: Inputs = { 'secret-name': 'FLYTE_API_KEY', 'secrets-token': APP_TOKEN };
    expect(await ageOf(lab, 20, { ...place, meta: stampOn(5, 'the key') })).toMatchObject({
      source: 'variable',
      findings: [],
    });
    const unwritten = await ageOf(lab, 20, { ...place, meta: stampOn(12, 'the key') });
    expect(unwritten.page).toMatchSnapshot();
    expect(unwritten).toMatchObject({
      source: 'secret',
      findings: ['warning rotation/secret-not-updated', 'note rotation/age-is-lower-bound'],
    });
  });

  it('of a name that is not there, or by a token of the job, is no date', async () => {
    await using lab = await startReminderLab();
    arrangeSecrets(lab);
    const dated: Inputs = { 'rotated-at': iso(1) };
    const unknown = await lab.run(20, { ...UNTRIED, ...dated, 'secret-name': 'FLYTE_KEY', 'secrets-token': APP_TOKEN });
    expect(unknown.result.exitCode).toBe(1);
    expect(unknown.findings).toContain('error rotation/unknown-key');
    expect(unknown.page).toMatchSnapshot();
    lab.github.addToken('ghs_another-token-of-the-job-0123456789', { permissions: { secrets: 'read' }, isOfJob: true });
    const job = await lab.run(80, { ...UNTRIED, ...dated, 'secrets-token': 'ghs_another-token-of-the-job-0123456789' });
    expect(job.findings).toContain('error github/no-permission');
    expect(job.events).toEqual([]);
    expect(lab.issues()).toEqual([]);
  });
});

function arrangeSecrets({ github }: ReminderLab): void {
  const secret = { value: 'unread', createdAt: instantOf(0), updatedAt: instantOf(5) };
  const repository = github.repository();
  repository.secrets.set('FLYTE_API_KEY', secret);
  repository.environments.set('prod/eu', new Map([['FLYTE_API_KEY', secret]]));
  github.world.organizationSecrets.set('octo-org', new Map([['FLYTE_API_KEY', { ...secret, visibility: 'selected' }]]));
  const permissions = { secrets: 'read', environments: 'read', organization_secrets: 'read' } as const;
  github.addToken(APP_TOKEN, { permissions, isOfJob: false });
}

interface ProviderCase {
  readonly provider: string;
  readonly issuer: string;
  readonly host: string;
  readonly path: string;
  readonly authorization: string;
  readonly answer: Answer;
  /** Where the provider gives a token for an app of its own. */
  readonly token?: { readonly host: string; readonly path: string; readonly body: RegExp };
}

const SECRETS_OF_OKTA = [
  { id: 'ocs1', status: 'INACTIVE', client_secret: OTHER_SECRET, created: iso(-200), lastUpdated: iso(-100) },
  {
    id: 'ocs2',
    status: 'ACTIVE',
    client_secret: 'current-secret-of-the-app-0123456789',
    created: iso(2),
    lastUpdated: iso(2),
  },
];
const PROVIDERS: readonly ProviderCase[] = [
  {
    provider: 'okta',
    issuer: 'https://acme.okta.com/oauth2/default',
    host: 'acme.okta.com',
    path: '/api/v1/apps/ci-client/credentials/secrets',
    authorization: `SSWS ${ADMIN_TOKEN}`,
    answer: { body: SECRETS_OF_OKTA },
  },
  {
    provider: 'entra',
    issuer: 'https://login.microsoftonline.com/8a1c-tenant/v2.0',
    host: 'graph.microsoft.com',
    path: "/v1.0/applications(appId='ci-client')?$select=id,appId,passwordCredentials",
    authorization: `Bearer ${ADMIN_TOKEN}`,
    answer: {
      body: {
        id: 'object',
        appId: 'ci-client',
        passwordCredentials: [
          { keyId: 'k1', hint: 'abc', startDateTime: iso(2), endDateTime: iso(40), secretText: null },
        ],
      },
    },
    token: {
      host: 'login.microsoftonline.com',
      path: '/8a1c-tenant/oauth2/v2.0/token',
      body: /^grant_type=client_credentials&client_id=reader&client_secret=s%2Br&scope=https%3A%2F%2Fgraph\.microsoft\.com%2F\.default$/,
    },
  },
  {
    provider: 'entra',
    issuer: 'https://login.microsoftonline.us/8a1c-tenant/v2.0',
    host: 'graph.microsoft.us',
    path: "/v1.0/applications(appId='ci-client')?$select=id,appId,passwordCredentials",
    authorization: `Bearer ${ADMIN_TOKEN}`,
    answer: { body: { passwordCredentials: [{ keyId: 'k1', startDateTime: iso(2), endDateTime: iso(40) }] } },
  },
  {
    provider: 'keycloak',
    issuer: 'https://sso.example.test/auth/realms/union',
    host: 'sso.example.test',
    path: '/auth/admin/realms/union/clients?clientId=ci-client',
    authorization: `Bearer ${ADMIN_TOKEN}`,
    answer: {
      body: [
        {
          clientId: 'ci-client',
          secret: 'current-secret-of-the-app-0123456789',
          attributes: {
            'client.secret.creation.time': String(instantOf(2) / 1000),
            'client.secret.expiration.time': String(instantOf(40) / 1000),
          },
        },
      ],
    },
    token: {
      host: 'sso.example.test',
      path: '/auth/realms/union/protocol/openid-connect/token',
      body: /^grant_type=client_credentials&client_id=reader&client_secret=s%2Br$/,
    },
  },
];

describe.each(PROVIDERS)("the provider's own record, $provider at $host", (one) => {
  const { provider, issuer, host, path, authorization, answer, token } = one;
  const watched: Inputs = { ...UNTRIED, provider, issuer, domain: 'union.example.test' };

  it('is read with the token of an administrator, and goes before the other sources', async () => {
    await using lab = await startReminderLab();
    const server = await lab.addServer(host);
    server.on('GET', path, answer);
    const inputs = { ...watched, 'provider-token': ADMIN_TOKEN, 'rotated-at': iso(-30) };
    const age = await ageOf(lab, 20, inputs);
    expect(age).toMatchObject({ source: 'provider', rotated: '2026-01-03', exit: 0 });
    expect(age.findings).toContain('warning rotation/sources-disagree');
    expect(age.page).toMatchSnapshot();
    // An end that comes before the due day wins.
    expect(age.due).toBe(provider === 'okta' ? '2026-04-03' : '2026-02-10');
    const [request, ...others] = lab.deployment.requests.filter(({ server: name }) => name === host);
    expect(others).toEqual([]);
    expect(request?.headers['authorization']).toBe(authorization);
    lab.expectNoSecret(ADMIN_TOKEN, OTHER_SECRET, 'current-secret-of-the-app-0123456789');
  });

  it.runIf(token !== undefined)('is read by an app of its own', async () => {
    await using lab = await startReminderLab();
    const server = await lab.addServer(host);
    const endpoint = token?.host === host ? server : await lab.addServer(token?.host ?? '');
    endpoint.on('POST', token?.path ?? '', {
      body: { access_token: ADMIN_TOKEN, token_type: 'Bearer', expires_in: 60 },
    });
    server.on('GET', path, answer);
    const inputs = { ...watched, 'provider-client-id': 'reader', 'provider-client-secret': 's+r' };
    expect(await ageOf(lab, 20, inputs)).toMatchObject({ source: 'provider', rotated: '2026-01-03' });
    const sent = lab.deployment.requests.find(({ method, path: at }) => method === 'POST' && at === token?.path);
    expect(sent?.body.toString()).toMatch(token?.body ?? /never/);
    lab.expectNoSecret(ADMIN_TOKEN);
  });

  it.each([
    [{ status: 401, body: { error: 'x' } }, 'warning record/credentials-refused', 1],
    [{ status: 403, body: { error: 'x' } }, 'warning record/not-allowed', 1],
    [{ status: 404, body: { error: 'x' } }, 'warning record/app-not-found', 1],
    [{ status: 200, body: '<html>Sign in</html>' }, 'warning record/unreadable', 0],
    [{ status: 302, headers: { location: 'https://elsewhere.example.test/' } }, 'warning record/unreadable', 0],
  ] as const)('where it is answered with %j, the date in the workflow tells', async (fault, code, told) => {
    await using lab = await startReminderLab();
    (await lab.addServer(host)).on('GET', path, fault);
    const { result, findings, page } = await lab.run(80, {
      ...watched,
      'provider-token': ADMIN_TOKEN,
      'rotated-at': iso(0),
    });
    expect(findings).toContain(code);
    expect(result.outputs['source']).toBe('input');
    // The same words at every provider.
    if (provider === 'okta') {
      expect(page.split('--- summary')[0]).toMatchSnapshot();
    }
    // What the next run may find cured is no reason to tell people an age that may be out of date.
    expect(lab.issues()).toHaveLength(told);
    expect(result.exitCode).toBe(0);
  });
});

describe("which of the provider's records is that of the key", () => {
  const watched: Inputs = {
    provider: 'entra',
    issuer: 'https://login.microsoftonline.com/t/v2.0',
    'provider-token': ADMIN_TOKEN,
  };
  const path = "/v1.0/applications(appId='ci-client')?$select=id,appId,passwordCredentials";
  const credential = (keyId: string, hint: string, start: number, end: number): object => ({
    keyId,
    hint,
    startDateTime: iso(start),
    endDateTime: iso(end),
  });

  it.each([
    ['the only one', [credential('a', 'xyz', 1, 300)], {}, '2026-01-02', []],
    [
      'the newest of several, with a remark',
      [credential('a', 'xyz', 1, 300), credential('b', 'uvw', 5, 300)],
      {},
      '2026-01-06',
      ['warning record/not-certain'],
    ],
    [
      'the one that the stamp names',
      [credential('a', 'xyz', 1, 300), credential('b', 'uvw', 5, 300)],
      { keyId: 'a' },
      '2026-01-02',
      [],
    ],
  ])('%s', async (_, passwordCredentials, stamp, rotated, remarks) => {
    await using lab = await startReminderLab();
    (await lab.addServer('graph.microsoft.com')).on('GET', path, { body: { passwordCredentials } });
    const meta = stampOn(rotated === '2026-01-02' ? 1 : 5, lab.clientSecret, stamp);
    const age = await ageOf(lab, 20, { ...watched, meta });
    expect(age).toMatchObject({ source: 'provider', rotated, findings: remarks });
    expect(age.page).toMatchSnapshot();
  });

  it('none where all were removed', async () => {
    await using lab = await startReminderLab();
    (await lab.addServer('graph.microsoft.com')).on('GET', path, { body: { passwordCredentials: [] } });
    const age = await ageOf(lab, 20, { ...watched, 'rotated-at': iso(1) });
    expect(age).toMatchObject({ source: 'input', findings: ['warning record/no-secret'] });
    expect(age.page).toMatchSnapshot();
  });
});

describe('a record that can not be asked for', () => {
  it.each([
    ['a provider without one', { provider: 'auth0', issuer: 'https://acme.eu.auth0.com/' }, 'record/not-supported'],
    [
      'an issuer of another kind',
      { provider: 'keycloak', issuer: 'https://sso.example.test/oauth2' },
      'record/issuer-unknown',
    ],
    ['no issuer', { provider: 'okta' }, 'record/issuer-unknown'],
  ])('%s', async (_, key: Inputs, code) => {
    await using lab = await startReminderLab();
    const { findings, page } = await lab.run(20, {
      ...UNTRIED,
      ...key,
      'provider-token': ADMIN_TOKEN,
      'rotated-at': iso(1),
    });
    expect(findings).toContain(`warning ${code}`);
    expect(page).toMatchSnapshot();
  });

  it('an app of its own at Okta, which gives it no token', async () => {
    await using lab = await startReminderLab();
    const key: Inputs = { provider: 'okta', issuer: 'https://acme.okta.com/oauth2/default', 'rotated-at': iso(1) };
    const app: Inputs = { 'provider-client-id': 'reader', 'provider-client-secret': 'secret-of-the-reader-0123' };
    const { findings, page } = await lab.run(20, { ...UNTRIED, ...key, ...app });
    expect(findings).toContain('warning record/token-needed');
    expect(page).toMatchSnapshot();
  });
});

it('nothing that tells the age is an error, and says how to mend it', async () => {
  await using lab = await startReminderLab();
  const { result, findings, page } = await lab.run(20, UNTRIED);
  expect(result.exitCode).toBe(1);
  expect(findings).toEqual(['error rotation/age-unknown']);
  expect(page).toMatchSnapshot();
  expect(lab.issues()).toEqual([]);
});

it('a stamp or a record of the future is not believed', async () => {
  await using lab = await startReminderLab();
  const { result, findings } = await lab.run(20, {
    ...UNTRIED,
    meta: stampOn(22 + 1, 'the key'),
    'rotated-at': iso(1),
  });
  expect(result.exitCode).toBe(1);
  expect(findings).toContain('error rotation/date-in-the-future');
  expect(instantOf(23) - instantOf(20)).toBeGreaterThan(DAY);
});
