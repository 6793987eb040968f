import { describe, expect, it } from 'vitest';
import type { Answer } from '../../lab/answers.ts';
import { instantOf, type ReminderLab, stampOn, startReminderLab, TOKEN } from './reminder-lab.ts';

const ISSUES = '/repos/octo-org/deployments/issues';

/** The key is due: there is something to tell. */
const DUE_DAY = 80;

interface Fault {
  readonly code: string;
  readonly exit: 0 | 1;
  arrange(lab: ReminderLab): void;
  readonly environment?: Record<string, string>;
}

const FAULTS: readonly (readonly [string, Fault])[] = [
  [
    'issues are switched off',
    { code: 'github/issues-disabled', exit: 1, arrange: ({ github }) => (github.repository().hasIssues = false) },
  ],
  [
    'the repository is archived',
    { code: 'github/repository-archived', exit: 1, arrange: ({ github }) => (github.repository().isArchived = true) },
  ],
  [
    'the repository was renamed',
    { code: 'github/moved', exit: 1, arrange: ({ github }) => (github.repository().movedTo = 'octo-org/other') },
  ],
  [
    'the repository is not found',
    { code: 'github/not-found', exit: 1, arrange: ({ github }) => github.world.repositories.clear() },
  ],
  [
    'the token may not write issues',
    {
      code: 'github/no-permission',
      exit: 1,
      arrange: ({ github }) => github.addToken(TOKEN, { permissions: { issues: 'read' } }),
    },
  ],
  [
    'the token is unknown',
    { code: 'github/token-refused', exit: 1, arrange: ({ github }) => github.world.tokens.clear() },
  ],
  [
    'the hour is used up',
    {
      code: 'github/rate-limited',
      exit: 0,
      arrange: ({ github }) => Object.assign(github.rateLimit, { limit: 0, remaining: 0 }),
    },
  ],
  [
    'a secondary limit',
    {
      code: 'github/secondary-limit',
      exit: 0,
      arrange: answering(/^POST/, {
        status: 403,
        headers: { 'retry-after': '600' },
        body: { message: 'You have exceeded a secondary rate limit. Please wait.' },
      }),
    },
  ],
  [
    'a secondary limit without a time',
    {
      code: 'github/secondary-limit',
      exit: 0,
      arrange: answering(/^POST/, { status: 429, body: { message: 'You have exceeded a secondary rate limit.' } }),
    },
  ],
  [
    'GitHub fails',
    { code: 'github/unavailable', exit: 0, arrange: answering(/^GET/, { status: 503, body: { message: 'x' } }) },
  ],
  [
    'the answer to the opening is lost',
    { code: 'github/answer-lost', exit: 0, arrange: answering(/^POST/, { status: 502, body: '<html>' }) },
  ],
  [
    'a sign-in page answers',
    {
      code: 'github/unreadable-answer',
      exit: 1,
      arrange: answering(/^GET/, {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Sign in ::error::x</html>',
      }),
    },
  ],
  [
    'a page leads elsewhere',
    {
      code: 'github/unreadable-answer',
      exit: 1,
      arrange: answering(/^GET/, { body: [], headers: { link: '<https://evil.example.test/x>; rel="next"' } }),
    },
  ],
  [
    'a text answers that only says it is JSON',
    {
      code: 'github/unreadable-answer',
      exit: 1,
      arrange: answering(/^GET/, { headers: { 'content-type': 'application/json' }, body: '{"half": ' }),
    },
  ],
  [
    'a list is answered with a text',
    {
      code: 'github/unreadable-answer',
      exit: 1,
      arrange: answering(/^GET/, { headers: { 'content-type': 'application/json' }, body: '"none"' }),
    },
  ],
  [
    'empty pages follow each other without an end',
    {
      code: 'github/too-many-issues',
      exit: 1,
      arrange: ({ github }) =>
        github.faults.push({
          matches: new RegExp(`GET ${ISSUES}`),
          times: Number.POSITIVE_INFINITY,
          answer: { body: [], headers: { link: `<${github.apiUrl}${ISSUES}?page=2>; rel="next"` } },
        }),
    },
  ],
  [
    'a rule refuses',
    {
      code: 'github/refused',
      exit: 1,
      arrange: answering(/^POST/, { status: 422, body: { message: 'Validation Failed ::error::x\u001b[2J' } }),
    },
  ],
];

function answering(method: RegExp, answer: Answer): (lab: ReminderLab) => void {
  return ({ github }) => github.faults.push({ matches: new RegExp(`${method.source} ${ISSUES}`), times: 9, answer });
}

describe('what GitHub can not or may not do', () => {
  it.each(FAULTS)('%s', async (_, { code, exit, arrange }) => {
    await using lab = await startReminderLab();
    arrange(lab);
    const { result, findings, page } = await lab.run(DUE_DAY, { meta: stampOn(0, lab.clientSecret) });
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(exit);
    expect(findings).toContain(`${exit === 1 ? 'error' : 'warning'} ${code}`);
    // The summary carries the reminder all the same.
    expect(result.rawSummary).toContain('| `production` | **due** | 2026-01-01 | 80 days | 2026-04-01 |');
    expect(page.split('--- summary')[0]).toMatchSnapshot();
    expect(lab.issues()).toEqual([]);
    lab.expectNoSecret();
  });

  it('an opening whose answer was lost is found by the next run, and not done twice', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    lab.github.faults.push({ matches: /^POST .*\/issues$/, afterEffect: true, answer: { reset: true } });
    const first = await lab.run(DUE_DAY, { meta, retries: '5' });
    expect(first.findings).toContain('warning github/answer-lost');
    expect((await lab.run(DUE_DAY, { meta })).events).toEqual([]);
    const posts = lab.deployment.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/issues'));
    expect(posts).toHaveLength(1);
    expect(lab.issues()).toHaveLength(1);
  });

  it('a read is repeated, and a short limit is waited for', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    lab.github.faults.push(
      { matches: /^GET/, answer: { status: 502, body: 'x' } },
      { matches: /^POST/, answer: { status: 429, headers: { 'retry-after': '0' }, body: { message: 'slow down' } } },
    );
    const { events, findings } = await lab.run(DUE_DAY, { meta, retries: '2' });
    expect(events).toEqual(['opened']);
    expect(findings).toEqual(['warning rotation/due', 'pass rotation/key-works']);
  });
});

describe('labels and people', () => {
  it('that were dropped are noticed, and tried again with the next stage', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    Object.assign(lab.github.drops, { labels: true, assignees: true });
    const { findings, page } = await lab.run(DUE_DAY, { meta });
    expect(findings).toContain('warning rotation/labels-dropped');
    expect(findings).toContain('warning rotation/assignees-dropped');
    expect(page.split('--- summary')[0]).toMatchSnapshot();
    Object.assign(lab.github.drops, { labels: false, assignees: false });
    await lab.run(84, { meta });
    expect(lab.issues()[0]).toMatchObject({ labels: ['key-rotation', 'rotation: urgent'], assignees: ['dev', 'lead'] });
  });

  it('somebody who left is named, the others are assigned', async () => {
    await using lab = await startReminderLab();
    const { result } = await lab.run(DUE_DAY, { meta: stampOn(0, lab.clientSecret), assignees: 'dev, gone' });
    expect(result.log).toContain('gone could not be assigned. (rotation/assignees-dropped)');
    expect(lab.issues()[0]?.assignees).toEqual(['dev']);
  });
});

describe('a repository with many issues', () => {
  it('is read to its last page', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    await lab.run(60, { meta });
    const { issues } = lab.github.repository();
    const [own] = issues;
    const author = { login: 'dev', type: 'User', association: 'MEMBER' } as const;
    for (let number = 2; number <= 250 && own !== undefined; number++) {
      issues.push({ ...structuredClone(own), number, author, body: 'Another matter', createdAt: instantOf(61) });
    }
    expect((await lab.run(76, { meta })).events).toContain('commented: due');
    expect(issues).toHaveLength(250);
  });

  it('of more than can be ours is not read to its end', async () => {
    await using lab = await startReminderLab();
    const meta = stampOn(0, lab.clientSecret);
    await lab.run(60, { meta });
    const { issues } = lab.github.repository();
    const [own] = issues;
    for (let number = 2; number <= 10_001 && own !== undefined; number++) {
      issues.push({ ...own, number, body: 'Another matter', comments: [] });
    }
    const { findings, page } = await lab.run(76, { meta });
    expect(findings).toContain('error github/too-many-issues');
    expect(page.split('--- summary')[0]).toMatchSnapshot();
  });
});

it('GitHub Enterprise Server is spoken to at its own address', async () => {
  await using lab = await startReminderLab({ github: { hostName: 'github.example.test', basePath: '/api/v3' } });
  const meta = stampOn(0, lab.clientSecret);
  expect((await lab.run(DUE_DAY, { meta })).events).toEqual(['opened']);
  expect(lab.github.apiUrl).toBe('https://github.example.test/api/v3');
  const paths = lab.deployment.requests.filter(({ server }) => server === 'github').map(({ path }) => path);
  expect(paths.every((path) => path.startsWith('/api/v3/repos/octo-org/deployments/'))).toBe(true);
  expect(lab.github.contractFaults).toEqual([]);
});

it('another repository can hold the issue', async () => {
  await using lab = await startReminderLab();
  lab.github.repository('octo-org/security').collaborators.add('dev');
  const { events } = await lab.run(DUE_DAY, {
    meta: stampOn(0, lab.clientSecret),
    'issue-repository': 'octo-org/security',
  });
  expect(events).toEqual(['opened']);
  expect(lab.issues()).toEqual([]);
  expect(lab.github.repository('octo-org/security').issues).toHaveLength(1);
});

it('a dry run says what it would do, and does nothing', async () => {
  await using lab = await startReminderLab();
  const { result, events } = await lab.run(DUE_DAY, { meta: stampOn(0, lab.clientSecret), 'dry-run': 'true' });
  expect(events).toEqual(['would have opened']);
  expect(result.rawSummary).toContain('A dry run: no issue was touched.');
  expect(lab.issues()).toEqual([]);
});

it('without an issue no token is needed', async () => {
  await using lab = await startReminderLab();
  const inputs = { meta: stampOn(0, lab.clientSecret), issue: 'false', 'github-token': '' };
  const { result, findings } = await lab.run(DUE_DAY, inputs);
  expect(result.exitCode).toBe(0);
  expect(findings).toEqual(['warning rotation/due', 'pass rotation/key-works']);
  expect(lab.deployment.requests.filter(({ server }) => server === 'github')).toEqual([]);
});

it.each([
  ['error', 0, 'warning'],
  ['warning', 1, 'error'],
  ['never', 0, 'warning'],
])('with fail-on: %s a key that is due ends with %i', async (failOn, exit, level) => {
  await using lab = await startReminderLab();
  const { result } = await lab.run(DUE_DAY, { meta: stampOn(0, lab.clientSecret), 'fail-on': failOn });
  expect(result.exitCode).toBe(exit);
  const due = result.annotations.filter(({ message }) => message.startsWith('rotation/due'));
  expect(due.map((annotation) => annotation.level)).toEqual([level]);
  expect(lab.issues()).toHaveLength(1);
});

describe('the schedule of the reminder itself', () => {
  const environment = {
    GITHUB_WORKFLOW_REF: 'octo-org/deployments/.github/workflows/rotation-reminder.yml@refs/heads/main',
  };

  it('is kept awake where actions: write is granted', async () => {
    await using lab = await startReminderLab();
    const workflow = {
      id: 5,
      file: 'rotation-reminder.yml',
      state: 'active',
      createdAt: 0,
      updatedAt: 0,
      runs: [],
    } as const;
    lab.github.repository().workflows.push({ ...workflow, runs: [] });
    lab.github.addToken(TOKEN, { permissions: { issues: 'write', actions: 'write' } });
    const { result } = await lab.run(
      5,
      { meta: stampOn(0, lab.clientSecret), 'keep-enabled': 'true' },
      { environment },
    );
    expect(result.exitCode).toBe(0);
    expect(lab.github.repository().workflows[0]?.updatedAt).toBe(instantOf(5));
    expect(lab.github.contractFaults).toEqual([]);
  });

  it('or says that it could not be', async () => {
    await using lab = await startReminderLab();
    const run = await lab.run(5, { meta: stampOn(0, lab.clientSecret), 'keep-enabled': 'true' }, { environment });
    expect(run.findings).toContain('warning rotation/schedule-not-kept');
    expect(run.page.split('--- summary')[0]).toMatchSnapshot();
  });
});

describe('several keys in one run', () => {
  it('have an issue each, a table and a picture of all', async () => {
    await using lab = await startReminderLab();
    const { clientSecret, deployment } = lab;
    const keys = [
      `- name: staging`,
      `  rotated-at: 2026-01-01`,
      `- name: production`,
      `  domain: ${deployment.domain}`,
      `  client-id: ${deployment.clientId}`,
      `  client-secret: $PRODUCTION_SECRET`,
      `  meta: ${stampOn(0, clientSecret)}`,
      `  max-age-days: 365`,
      `- name: "odd | name <b>"`,
      `  rotated-at: 2025-01-01`,
    ].join('\n');
    const none = { name: undefined, domain: undefined, 'client-id': undefined, 'client-secret': undefined };
    const options = { environment: { PRODUCTION_SECRET: clientSecret } };
    const { result, page } = await lab.run(DUE_DAY, { ...none, keys }, options);
    expect(result.exitCode).toBe(0);
    expect(lab.github.repository().issues.map(({ title }) => title)).toEqual([
      'Rotate the Flyte API key staging by 2026-04-01',
      'Rotate the Flyte API key odd   name  b by 2025-04-01',
    ]);
    expect(page).toMatchSnapshot();
    expect(JSON.parse(result.outputs['keys'] ?? '[]')).toMatchObject([
      { name: 'staging', stage: 'due', issue: 1 },
      { name: 'production', stage: 'fine', works: true },
      { name: 'odd | name <b>', stage: 'overdue', issue: 2 },
    ]);
    expect((await lab.run(DUE_DAY, { ...none, keys }, options)).events).toEqual([]);
    lab.expectNoSecret();
  });
});
