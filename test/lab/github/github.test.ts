import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../answers.ts';
import { createCertificateAuthority } from '../certificates.ts';
import type { RecordedRequest } from '../https-server.ts';
import { type LabResponse, send } from '../lab-client.ts';
import { htmlPage, lostAnswer, randomFaults, secondaryLimit, unavailable } from './faults.ts';
import { type GitHub, JOB_ACTOR, startGitHub } from './github.ts';
import { MAINTAINER, STRANGER } from './people.ts';

const sodium = createRequire(import.meta.url)('libsodium-wrappers') as typeof import('libsodium-wrappers');

const authority = await createCertificateAuthority();
const JOB = 'ghs_job';
const ADMIN = 'ghs_admin';
const ISSUES = '/repos/octo-org/deployments/issues';
const SECRETS = '/repos/octo-org/deployments/actions/secrets';
const BEGIN = Date.UTC(2026, 0, 1, 5, 37);

let github: GitHub;
let clock = BEGIN;
let distort: ((line: string, answer: Answer) => Answer) | undefined;

beforeEach(async () => {
  clock = BEGIN;
  distort = undefined;
  const requests: RecordedRequest[] = [];
  github = await startGitHub({
    authority,
    requests,
    now: () => clock,
    distort: (line, answer) => distort?.(line, answer) ?? answer,
  });
  github.addToken(JOB);
  github.addToken(ADMIN, {
    actor: { login: 'rotator[bot]', type: 'Bot', association: 'NONE' },
    isOfJob: false,
    permissions: {
      issues: 'write',
      actions: 'write',
      secrets: 'write',
      environments: 'write',
      organization_secrets: 'write',
      actions_variables: 'write',
    },
  });
  github.addRepository({ fullName: 'octo-org/deployments', collaborators: ['dev', 'lead'] });
});

afterEach(async () => {
  await github.stop();
});

interface Asked {
  token?: string;
  body?: object;
  headers?: Record<string, string>;
}

function ask(line: string, { token = JOB, body, headers = {} }: Asked = {}): Promise<LabResponse> {
  const [method = '', path = ''] = line.split(' ');
  const target = { certificateAuthorityPem: authority.certificatePem, connectTo: [github.connectTo] };
  const text = body && JSON.stringify(body);
  // Node frames no body of a DELETE by itself.
  const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return send(target, github.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'lab', ...length, ...headers },
    ...(text !== undefined && { body: text }),
  });
}

async function status(line: string, asked: Asked = {}): Promise<number> {
  return (await ask(line, asked)).status;
}

async function json<Content>(line: string, asked: Asked = {}): Promise<Content> {
  return (await ask(line, asked)).json() as Content;
}

interface ShownIssue {
  number: number;
  title: string;
  state: string;
  state_reason: string | null;
  labels: { name: string }[];
  assignees: { login: string }[];
  author_association: string;
  updated_at: string;
}

async function numbers(query = ''): Promise<number[]> {
  return (await json<ShownIssue[]>(`GET ${ISSUES}${query}`)).map(({ number }) => number);
}

describe('issues of the lab’s GitHub', () => {
  it('lead through their pages by the header Link', async () => {
    for (let index = 0; index < 5; index++) {
      github.person().openIssue({ title: `Issue ${index}` });
    }
    const first = await ask(`GET ${ISSUES}?per_page=2`);
    expect(first.headers['link']).toBe(
      `<${github.apiUrl}${ISSUES}?per_page=2&page=2>; rel="next", <${github.apiUrl}${ISSUES}?per_page=2&page=3>; rel="last"`,
    );
    const last = await ask(`GET ${ISSUES}?per_page=2&page=3`);
    expect(last.headers['link']).toBe(
      `<${github.apiUrl}${ISSUES}?per_page=2&page=2>; rel="prev", <${github.apiUrl}${ISSUES}?per_page=2&page=1>; rel="first"`,
    );
    expect((last.json() as ShownIssue[]).map(({ number }) => number)).toEqual([1]);
    expect((await ask(`GET ${ISSUES}`)).headers['link']).toBeUndefined();
    expect(github.contractFaults).toEqual([]);
  });

  it('are chosen by state, labels, change, author and assignee', async () => {
    await ask(`POST ${ISSUES}`, { body: { title: 'by the job', labels: ['rotation', 'new'], assignees: ['DEV'] } });
    clock += 60_000;
    github.person(STRANGER).openIssue({ title: 'by a stranger', labels: ['rotation'] });
    github.person().openIssue({ title: 'a pull request', isPullRequest: true });
    github.person().closeIssue(2, 'not_planned');
    expect(await numbers()).toEqual([3, 1]);
    expect(await numbers('?state=all&labels=rotation')).toEqual([2, 1]);
    expect(await numbers('?state=all&sort=updated&direction=asc')).toEqual([1, 2, 3]);
    expect(await numbers(`?state=all&since=${new Date(clock).toISOString()}`)).toEqual([3, 2]);
    expect(await numbers(`?creator=${encodeURIComponent(JOB_ACTOR.login)}`)).toEqual([1]);
    expect(await numbers('?assignee=dev')).toEqual([1]);
    const [pull] = await json<object[]>(`GET ${ISSUES}`);
    expect(pull).toHaveProperty('pull_request');
    expect(await json(`GET ${ISSUES}/2`)).toMatchObject({
      state: 'closed',
      state_reason: 'not_planned',
      author_association: 'NONE',
      updated_at: '2026-01-01T05:38:00Z',
    });
    expect(github.contractFaults).toEqual([]);
  });

  it('are changed, commented on, labelled and assigned', async () => {
    await ask(`POST ${ISSUES}`, { body: { title: 'one' } });
    expect(
      await json(`PATCH ${ISSUES}/1`, { body: { state: 'closed', state_reason: 'completed', labels: ['a', 'b'] } }),
    ).toMatchObject({ state: 'closed', labels: [{ name: 'a' }, { name: 'b' }], closed_at: '2026-01-01T05:37:00Z' });
    const { id } = await json<{ id: number }>(`POST ${ISSUES}/1/comments`, { body: { body: 'hello' } });
    expect(await json(`PATCH ${ISSUES}/comments/${id}`, { body: { body: 'bye' } })).toMatchObject({ body: 'bye' });
    expect(await json(`GET ${ISSUES}/1/comments`)).toHaveLength(1);
    expect(await status(`DELETE ${ISSUES}/comments/${id}`)).toBe(204);
    expect(await status(`DELETE ${ISSUES}/comments/${id}`)).toBe(404);
    expect(await json(`POST ${ISSUES}/1/labels`, { body: { labels: ['c'] } })).toHaveLength(3);
    expect(await json(`DELETE ${ISSUES}/1/labels/A`)).toHaveLength(2);
    expect(await json(`DELETE ${ISSUES}/1/labels/A`)).toMatchObject({ message: 'Label does not exist' });
    const assigned = await json<ShownIssue>(`POST ${ISSUES}/1/assignees`, { body: { assignees: ['dev', 'nobody'] } });
    expect(assigned.assignees.map(({ login }) => login)).toEqual(['dev']);
    expect(
      (await json<ShownIssue>(`DELETE ${ISSUES}/1/assignees`, { body: { assignees: ['dev'] } })).assignees,
    ).toEqual([]);
    const labels = await json<{ name: string }[]>('GET /repos/octo-org/deployments/labels');
    expect(labels.map(({ name }) => name)).toEqual(['bug', 'a', 'b', 'c']);
    const twice = { body: { name: 'BUG' } };
    expect(await json('POST /repos/octo-org/deployments/labels', twice)).toMatchObject({
      message: 'Validation Failed',
      errors: [{ resource: 'Label', field: 'name', code: 'already_exists' }],
    });
    expect(github.contractFaults).toEqual([]);
  });

  it('follow the repository: without issues, archived, renamed, private', async () => {
    github.addToken('ghs_other', { repositories: ['octo-org/other'] });
    expect(await status(`GET ${ISSUES}`, { token: 'ghs_other' })).toBe(404);
    github.addRepository({ fullName: 'octo-org/quiet', hasIssues: false });
    expect(await status('GET /repos/octo-org/quiet/issues')).toBe(410);
    github.addRepository({ fullName: 'octo-org/old', isArchived: true });
    expect(await status('GET /repos/octo-org/old/issues')).toBe(200);
    expect(await json('POST /repos/octo-org/old/issues', { body: { title: 'one' } })).toMatchObject({
      message: 'Repository was archived so is read-only.',
    });
    github.renameRepository('octo-org/deployments', 'octo-org/deploy');
    const moved = await ask(`GET ${ISSUES}`);
    const way = `${github.apiUrl}/repositories/1/issues`;
    expect([moved.status, moved.headers['location'], moved.json()]).toMatchObject([301, way, { url: way }]);
    expect(await status('GET /repositories/1/issues')).toBe(200);
    expect(github.contractFaults).toEqual([]);
  });
});

describe('tokens of the lab’s GitHub', () => {
  it('are refused where they are unknown or may not', async () => {
    expect(await json(`GET ${ISSUES}`, { token: 'ghs_no' })).toMatchObject({
      message: 'Bad credentials',
      status: '401',
    });
    github.addToken('ghs_reader', { permissions: { issues: 'read' } });
    const refused = await ask(`POST ${ISSUES}`, { token: 'ghs_reader', body: { title: 'one' } });
    expect(refused.status).toBe(403);
    expect(refused.headers['x-accepted-github-permissions']).toBe('issues=write');
    expect(refused.json()).toMatchObject({ message: 'Resource not accessible by integration', status: '403' });
    expect(await status(`GET ${ISSUES}`, { headers: { 'user-agent': '' } })).toBe(403);
    expect(await status(`GET ${ISSUES}`, { headers: { 'x-github-api-version': '2021-01-01' } })).toBe(400);
  });

  it('of a job never reach secrets or variables', async () => {
    github.addToken(JOB, { permissions: { secrets: 'write', actions_variables: 'write', environments: 'write' } });
    for (const path of [
      'actions/secrets',
      'actions/secrets/public-key',
      'actions/variables',
      'environments/prod/secrets',
    ]) {
      expect(await status(`GET /repos/octo-org/deployments/${path}`)).toBe(403);
    }
  });

  it('of somebody without push access lose labels and assignees', async () => {
    github.addRepository({ fullName: 'octo-org/deployments', isPrivate: false });
    github.addToken('ghp_stranger', { actor: STRANGER, permissions: {}, isOfJob: false, repositories: [] });
    const body = { title: 'one', labels: ['rotation'], assignees: ['dev'] };
    const made = await json<ShownIssue>(`POST ${ISSUES}`, { token: 'ghp_stranger', body });
    expect([made.labels, made.assignees, made.author_association]).toEqual([[], [], 'NONE']);
    expect(await status(`POST ${ISSUES}/1/labels`, { token: 'ghp_stranger', body: { labels: ['rotation'] } })).toBe(
      403,
    );
  });
});

describe('secrets and variables of the lab’s GitHub', () => {
  async function write(base: string, value: string, more: object = {}): Promise<number> {
    const { key_id, key } = await json<{ key_id: string; key: string }>(`GET ${base}/public-key`, { token: ADMIN });
    await sodium.ready;
    const sealed = sodium.crypto_box_seal(value, new Uint8Array(Buffer.from(key, 'base64')));
    const body = { key_id, encrypted_value: Buffer.from(sealed).toString('base64'), ...more };
    return await status(`PUT ${base}/flyte_api_key`, { token: ADMIN, body });
  }

  it('are sealed for the key of their place, and opened by the lab', async () => {
    const environment = '/repos/octo-org/deployments/environments/eu%2Fprod/secrets';
    const places = { environment: { environment: 'eu/prod' }, organization: { organization: 'octo-org' } };
    github.place(places.environment);
    github.place(places.organization);
    expect(await write(SECRETS, 'first')).toBe(201);
    clock += 1_000;
    expect(await write(SECRETS, 'second ✓')).toBe(204);
    expect(await write(environment, 'third')).toBe(201);
    expect(
      await write('/orgs/octo-org/actions/secrets', 'fourth', { visibility: 'selected', selected_repository_ids: [1] }),
    ).toBe(201);
    expect(github.place().secrets.get('FLYTE_API_KEY')?.value).toBe('second ✓');
    expect(github.place(places.environment).secrets.get('FLYTE_API_KEY')?.value).toBe('third');
    expect(github.place(places.organization).secrets.get('FLYTE_API_KEY')?.value).toBe('fourth');
    expect(await json(`GET ${SECRETS}/FLYTE_API_KEY`, { token: ADMIN })).toEqual({
      name: 'FLYTE_API_KEY',
      created_at: '2026-01-01T05:37:00Z',
      updated_at: '2026-01-01T05:37:01Z',
    });
    expect(await json('GET /orgs/octo-org/actions/secrets/FLYTE_API_KEY', { token: ADMIN })).toMatchObject({
      visibility: 'selected',
      selected_repositories_url: `${github.apiUrl}/orgs/octo-org/actions/secrets/FLYTE_API_KEY/repositories`,
    });
    const seen = await json('GET /repos/octo-org/deployments/actions/organization-secrets', { token: ADMIN });
    expect(seen).toMatchObject({ total_count: 1 });
    expect(await status(`DELETE ${SECRETS}/FLYTE_API_KEY`, { token: ADMIN })).toBe(204);
    expect(await status(`GET ${SECRETS}/FLYTE_API_KEY`, { token: ADMIN })).toBe(404);
    expect(github.contractFaults).toEqual([]);
  });

  it('are refused where they were sealed for another key', async () => {
    const { key_id, key } = await json<{ key_id: string; key: string }>(`GET ${SECRETS}/public-key`, { token: ADMIN });
    await sodium.ready;
    const sealed = sodium.crypto_box_seal('value', new Uint8Array(Buffer.from(key, 'base64')));
    const body = { key_id, encrypted_value: Buffer.from(sealed).toString('base64') };
    github.renewPublicKey();
    expect(await status(`PUT ${SECRETS}/KEY`, { token: ADMIN, body })).toBe(422);
    expect(github.place().secrets.size).toBe(0);
  });

  it('have variables beside them', async () => {
    const base = '/repos/octo-org/deployments/actions/variables';
    expect(await status(`POST ${base}`, { token: ADMIN, body: { name: 'meta', value: '1' } })).toBe(201);
    expect(await status(`POST ${base}`, { token: ADMIN, body: { name: 'META', value: '1' } })).toBe(409);
    expect(await status(`PATCH ${base}/META`, { token: ADMIN, body: { value: '2' } })).toBe(204);
    expect(await json(`GET ${base}/META`, { token: ADMIN })).toMatchObject({ name: 'META', value: '2' });
    expect(github.contractFaults).toEqual([]);
  });
});

describe('workflows of the lab’s GitHub', () => {
  it('run by their schedule, by a dispatch, and are switched on and off', async () => {
    const base = '/repos/octo-org/deployments/actions/workflows/reminder.yml';
    github.addWorkflow('reminder.yml', { state: 'disabled_inactivity' });
    github.addScheduledRun('reminder.yml', BEGIN - 2_000);
    github.addScheduledRun('reminder.yml', BEGIN - 1_000);
    const dispatch = { token: ADMIN, body: { ref: 'main', inputs: { stage: 'due' } } };
    expect(await json(`GET ${base}`, { token: ADMIN })).toMatchObject({ state: 'disabled_inactivity' });
    expect(await status(`POST ${base}/dispatches`, dispatch)).toBe(422);
    expect(await status(`PUT ${base}/enable`, { token: ADMIN })).toBe(204);
    expect(await status(`POST ${base}/dispatches`, dispatch)).toBe(204);
    expect(await json(`GET ${base}/runs?event=schedule&per_page=1`, { token: ADMIN })).toMatchObject({
      total_count: 2,
      workflow_runs: [{ event: 'schedule', created_at: '2026-01-01T05:36:59Z' }],
    });
    expect(github.repository().workflows[0]?.runs.at(-1)).toMatchObject({ ref: 'main', inputs: { stage: 'due' } });
    expect(github.contractFaults).toEqual([]);
  });
});

describe('faults of the lab’s GitHub', () => {
  it('come before or after the effect', async () => {
    github.faults.push(unavailable(/^POST .*issues$/), lostAnswer(/^POST .*issues$/));
    expect(await status(`POST ${ISSUES}`, { body: { title: 'one' } })).toBe(502);
    expect(github.repository().issues).toHaveLength(0);
    expect(await status(`POST ${ISSUES}`, { body: { title: 'one' } })).toBe(502);
    expect(github.repository().issues).toHaveLength(1);
    github.faults.push(lostAnswer(/^POST /, { reset: true }), htmlPage(/^GET /));
    await expect(ask(`POST ${ISSUES}`, { body: { title: 'two' } })).rejects.toThrow();
    expect(github.repository().issues).toHaveLength(2);
    expect((await ask(`GET ${ISSUES}`)).headers['content-type']).toMatch(/^text\/html/);
    github.faults.push({ matches: /^GET /, cutAfterBytes: 10 });
    await expect(ask(`GET ${ISSUES}`)).rejects.toThrow();
    github.faults.push({ matches: /^GET /, after: 1, times: 1, delayMs: 20, answer: { status: 503 } });
    expect([await status(`GET ${ISSUES}`), await status(`GET ${ISSUES}`)]).toEqual([200, 503]);
  });

  it('drop labels and assignees without a word', async () => {
    github.faults.push({ matches: /^POST .*issues$/, drops: { labels: true } });
    const body = { title: 'one', labels: ['rotation'], assignees: ['dev'] };
    const [first, second] = [
      await json<ShownIssue>(`POST ${ISSUES}`, { body }),
      await json<ShownIssue>(`POST ${ISSUES}`, { body }),
    ];
    expect([first.labels.length, first.assignees.length, second.labels.length]).toEqual([0, 1, 1]);
  });

  it('let lists lag behind, by requests or by time', async () => {
    github.person(MAINTAINER).openIssue({ title: 'before' });
    github.listingLag = 2;
    await ask(`POST ${ISSUES}`, { body: { title: 'new' } });
    expect([await numbers(), await numbers(), await numbers()]).toEqual([[1], [1], [2, 1]]);
    github.listingLag = 0;
    github.listingLagMilliseconds = 600_000;
    await ask(`POST ${ISSUES}/2/comments`, { body: { body: 'late' } });
    clock += 599_000;
    expect(await json(`GET ${ISSUES}/2/comments`)).toEqual([]);
    expect(await json(`GET ${ISSUES}/2`)).toMatchObject({ comments: 1 });
    clock += 1_000;
    expect(await json(`GET ${ISSUES}/2/comments`)).toHaveLength(1);
  });

  it('limit the rate', async () => {
    github.remaining = 1;
    const last = await ask(`GET ${ISSUES}`);
    expect([last.status, last.headers['x-ratelimit-remaining'], last.headers['x-ratelimit-used']]).toEqual([
      200,
      '0',
      '15000',
    ]);
    const refused = await ask(`GET ${ISSUES}`);
    expect(refused.status).toBe(403);
    expect(refused.headers).toMatchObject({
      'x-ratelimit-limit': '15000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(BEGIN / 1000 + 3_600),
      'x-ratelimit-resource': 'core',
    });
    github.rateLimit.status = 429;
    expect(await status(`GET ${ISSUES}`)).toBe(429);
    expect(await json('GET /rate_limit')).toMatchObject({ rate: { remaining: 0 } });
    clock += 3_600_000;
    expect(await status(`GET ${ISSUES}`)).toBe(200);
    github.faults.push(secondaryLimit(/./, 60), secondaryLimit(/./));
    const [waits, silent] = [await ask(`GET ${ISSUES}`), await ask(`GET ${ISSUES}`)];
    expect([waits.status, waits.headers['retry-after'], silent.headers['retry-after']]).toEqual([403, '60', undefined]);
    expect(silent.json()).toMatchObject({
      message: expect.stringMatching(/^You have exceeded a secondary rate limit/),
    });
    expect(github.contractFaults).toEqual([]);
  });

  it('at random are the same for the same seed, in whatever order the lines come', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `GET /${index % 7}`);
    const meet = (seed: string, order: readonly string[]): string[] => {
      const choose = randomFaults(seed, 0.3, [unavailable(/./), unavailable(/./, 503)]);
      return order.map((line) => `${line} ${choose(line)?.answer?.status ?? 200}`).toSorted();
    };
    expect(meet('one', lines)).toEqual(meet('one', lines.toReversed()));
    expect(meet('one', lines)).not.toEqual(meet('two', lines));
    expect(new Set(meet('one', lines).map((text) => text.slice(-3)))).toEqual(new Set(['200', '502', '503']));
  });
});

describe('the contract of the lab’s GitHub', () => {
  it('finds what is wrong in an answer', async () => {
    github.person().openIssue({ title: 'one' });
    distort = (_line, answer) => ({ ...answer, body: { ...(answer.body as object), number: 'one', user: undefined } });
    await ask(`GET ${ISSUES}/1`);
    expect(github.contractFaults).toEqual([
      "GET /repos/{owner}/{repo}/issues/{issue_number} 200 must have required property 'user'",
      'GET /repos/{owner}/{repo}/issues/{issue_number} 200/number must be integer',
    ]);
    github.contractFaults.length = 0;
    distort = (_line, answer) => ({ ...answer, status: 202 });
    await ask(`GET ${ISSUES}/1`);
    expect(github.contractFaults).toEqual([
      'GET /repos/{owner}/{repo}/issues/{issue_number} is never answered with 202',
    ]);
  });

  it('finds what is wrong in a request', async () => {
    expect(await status(`POST ${ISSUES}`, { body: { body: 'no title' } })).toBe(422);
    await ask(`GET ${ISSUES}?per_page=many&status=open`);
    await ask(`PUT ${SECRETS}/KEY`, { token: ADMIN, body: { key_id: '1', encrypted_value: 'no base64' } });
    expect(await status('GET /repos/octo-org/deployments/teams')).toBe(404);
    expect(github.contractFaults).toEqual([
      "POST /repos/{owner}/{repo}/issues body must have required property 'title'",
      'GET /repos/{owner}/{repo}/issues ?per_page must be integer',
      'GET /repos/{owner}/{repo}/issues has no parameter status',
      expect.stringMatching(/^PUT .*secret_name\} body\/encrypted_value must match pattern/),
      'GET /repos/octo-org/deployments/teams is not known to the lab',
    ]);
  });
});
