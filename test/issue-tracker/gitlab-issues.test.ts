import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { FindingError } from '../../src/findings/finding.ts';
import { connectToGitLab } from '../../src/gitlab/api.ts';
import { gitlabIssues } from '../../src/issue-tracker/gitlab-issues.ts';
import type { IssueTracker } from '../../src/issue-tracker/issue-tracker.ts';
import { DAY } from '../../src/rotation/instants.ts';
import type { IssueFacts } from '../../src/rotation/issue-text.ts';
import { commentMarker, issueMarker, readCommentMarker } from '../../src/rotation/marker.ts';
import type { Stage } from '../../src/rotation/stage.ts';
import { type IssueOutcome, type IssueSettings, trackKey } from '../../src/rotation/track-key.ts';
import type { RetryEffects } from '../../src/transport/retry.ts';
import { createCertificateAuthority } from '../lab/certificates.ts';
import { htmlPage, lostAnswer, unavailable } from '../lab/github/faults.ts';
import { type GitLab, type GitLabUser, startGitLab, tooManyRequests } from '../lab/gitlab.ts';
import type { RecordedRequest } from '../lab/https-server.ts';
import { codeOf, transportTo } from '../transport/effects.ts';

const authority = await createCertificateAuthority();
const TOKEN = 'glpat-0123456789abcdefghij';
const ROTATED = Date.UTC(2026, 0, 1);
const ISSUES = '/projects/acme%2Fapp/issues';

let gitlab: GitLab;
let bot: GitLabUser;
let clock = 0;
let requests: RecordedRequest[] = [];
let waits: number[] = [];
const ends: (() => void)[] = [];

beforeEach(async () => {
  clock = ROTATED;
  requests = [];
  waits = [];
  gitlab = await startGitLab({ authority, requests, now: () => clock });
  bot = gitlab.addUser('project_4711_bot', 'reporter');
  gitlab.addToken(TOKEN, bot);
});

afterEach(async () => {
  for (const end of ends.splice(0)) {
    end();
  }
  await gitlab.stop();
});

function tracker({ token = TOKEN, project = 'acme/app', retries = 0, timeoutSeconds = 20 } = {}): IssueTracker {
  const transport = transportTo({ 'gitlab.test': gitlab.port }, authority.certificatePem, { timeoutSeconds });
  ends.push(() => transport.close());
  const retry: RetryEffects = {
    retries,
    random: () => 0,
    now: () => clock,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  return gitlabIssues(connectToGitLab({ apiUrl: gitlab.apiUrl, token }, transport, retry), project);
}

/** What went over the wire since the last time: a method, a path below the API, and what was sent. */
function wire(): string[] {
  return requests.splice(0).map(({ method, path, body }) => {
    const sent = body.length === 0 ? '' : ` ${body.toString('utf8')}`;
    return `${method} ${path.replace('/api/v4', '')}${sent}`;
  });
}

function marked(key = 'production'): string {
  const marker = issueMarker({
    key,
    state: 'open',
    stage: 'due',
    broken: '',
    rotatedAt: ROTATED,
    digest: '',
    isLacking: false,
  });
  return `${marker}\ntext`;
}

async function detailOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => '',
    (error: unknown) => (error instanceof FindingError ? error.finding.detail : String(error)),
  );
}

const NEW = { title: 'Rotate', body: marked(), labels: ['security', 'rotation: due'], assignees: [] };

describe('on the wire', () => {
  it('issues are listed with those of others and those that are closed, from a time on', async () => {
    await tracker().issues(ROTATED - DAY);
    expect(requests[0]?.headers).toMatchObject({ 'private-token': TOKEN, accept: 'application/json' });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
    expect(wire()).toEqual([
      `GET ${ISSUES}?scope=all&state=all&updated_after=2025-12-31T00%3A00%3A00.000Z&order_by=created_at&sort=asc&per_page=100`,
    ]);
  });

  it('an issue is opened with labels and people, whose numbers are asked for', async () => {
    const dev = gitlab.addUser('dev', 'developer');
    const issue = await tracker().open({ ...NEW, assignees: ['Dev', 'nobody'] });
    expect(issue).toEqual({
      number: 1,
      url: 'https://gitlab.test/acme/app/-/issues/1',
      isOpen: true,
      title: 'Rotate',
      body: marked(),
      labels: ['security', 'rotation: due'],
      assignees: ['dev'],
      isTrusted: true,
      changedAt: ROTATED,
    });
    const description = JSON.stringify(marked());
    expect(wire()).toEqual([
      'GET /users?username=Dev&per_page=100',
      'GET /users?username=nobody&per_page=100',
      `POST ${ISSUES} {"title":"Rotate","description":${description},"labels":"security,rotation: due","assignee_ids":[${dev.id}]}`,
    ]);
  });

  it('an issue is edited, closed, opened again, labelled and commented on', async () => {
    gitlab.openIssue(bot, { title: 'one' });
    const issues = tracker();
    await issues.edit(1, { title: 'two', body: 'text' });
    await issues.edit(1, { state: 'closed', reason: 'completed' });
    expect(gitlab.project.issues[0]).toMatchObject({ title: 'two', description: 'text', state: 'closed' });
    await issues.edit(1, { state: 'open' });
    expect(gitlab.project.issues[0]?.state).toBe('opened');
    expect(await issues.addLabels(1, ['a', 'rotation: due soon'])).toEqual(['a', 'rotation: due soon']);
    await issues.removeLabel(1, 'a');
    await issues.comment(1, 'hello');
    const [comment, ...others] = await issues.comments(1);
    expect(comment).toMatchObject({ body: 'hello', isTrusted: false });
    expect(others).toEqual([]);
    await issues.deleteComment(1, comment?.id ?? 0);
    await issues.deleteComment(1, comment?.id ?? 0);
    expect(wire()).toEqual([
      `PUT ${ISSUES}/1 {"title":"two","description":"text"}`,
      `PUT ${ISSUES}/1 {"state_event":"close"}`,
      `PUT ${ISSUES}/1 {"state_event":"reopen"}`,
      `PUT ${ISSUES}/1 {"add_labels":"a,rotation: due soon"}`,
      `PUT ${ISSUES}/1 {"remove_labels":"a"}`,
      `POST ${ISSUES}/1/notes {"body":"hello"}`,
      `GET ${ISSUES}/1/notes?order_by=created_at&sort=asc&per_page=100`,
      `DELETE ${ISSUES}/1/notes/${comment?.id}`,
      `DELETE ${ISSUES}/1/notes/${comment?.id}`,
    ]);
  });

  it('people are added to those that are assigned, and nothing is sent where nobody is known', async () => {
    gitlab.project.takesSeveralAssignees = true;
    const dev = gitlab.addUser('dev', 'developer');
    const lead = gitlab.addUser('lead', 'maintainer');
    gitlab.openIssue(bot, { title: 'one' }).assignees = [dev];
    const issues = tracker();
    expect(await issues.assign(1, ['nobody'])).toEqual(['dev']);
    expect(wire().filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(await issues.assign(1, ['lead'])).toEqual(['dev', 'lead']);
    expect(wire()).toContain(`PUT ${ISSUES}/1 {"assignee_ids":[${dev.id},${lead.id}]}`);
  });

  it('GitLab Free keeps who was assigned first, and the answer says so', async () => {
    const dev = gitlab.addUser('dev', 'developer');
    gitlab.addUser('lead', 'maintainer');
    gitlab.openIssue(bot, { title: 'one' }).assignees = [dev];
    expect(await tracker().assign(1, ['lead'])).toEqual(['dev']);
  });

  it('carriage returns of the web page are gone', async () => {
    gitlab.openIssue(bot, { title: 'one', description: 'a\r\nb' });
    expect((await tracker().issues(0)).map(({ body }) => body)).toEqual(['a\nb']);
  });

  it.each([
    ['a path in groups', 'acme/platform/app', '/projects/acme%2Fplatform%2Fapp/issues'],
    ['a number', '4711', '/projects/4711/issues'],
    ['what would leave the path', '../users', '/projects/..%2Fusers/issues'],
  ])('a project is named by %s', async (_, project, address) => {
    await tracker({ project })
      .issues(0)
      .catch(() => undefined);
    expect(wire()[0]).toContain(`GET ${address}?`);
  });
});

describe('pages', () => {
  it('are followed to the end', async () => {
    for (let index = 0; index < 205; index++) {
      clock += 1000;
      gitlab.openIssue(bot, { title: `Issue ${index}` });
    }
    const issues = await tracker().issues(0);
    expect(issues.map(({ number }) => number)).toEqual(Array.from({ length: 205 }, (_, index) => index + 1));
    expect(wire().map((line) => /[?&]page=(\d+)/.exec(line)?.[1])).toEqual([undefined, '2', '3']);
  });

  it('of notes leave out what GitLab says itself', async () => {
    gitlab.openIssue(bot, { title: 'one' });
    for (let index = 0; index < 101; index++) {
      gitlab.addNote(bot, 1, `note ${index}`);
    }
    const issues = tracker();
    await issues.edit(1, { state: 'closed' });
    await issues.addLabels(1, ['a']);
    expect(gitlab.project.issues[0]?.notes).toHaveLength(103);
    expect((await issues.comments(1)).map(({ body }) => body)).toEqual(
      Array.from({ length: 101 }, (_, index) => `note ${index}`),
    );
  });

  it('that show an issue twice show one issue', async () => {
    gitlab.openIssue(bot, { title: 'one', description: marked() });
    const document = { iid: 1, title: 'before', state: 'opened', description: marked(), author: { id: bot.id } };
    const link = `<${gitlab.apiUrl}${ISSUES}?cursor=next>; rel="next"`;
    gitlab.faults.push({ matches: /issues$/, answer: { headers: { link }, body: [document] } });
    expect((await tracker().issues(0)).map(({ number, title }) => [number, title])).toEqual([[1, 'one']]);
  });

  it.each([
    'https://elsewhere.test/api/v4/projects?page=2',
    'http://gitlab.test/api/v4/projects?page=2',
    'https://gitlab.test:444/next',
    'nonsense',
  ])('do not lead to %s with the token', async (address) => {
    const headers = { link: `<${address}>; rel="next"` };
    gitlab.faults.push({ matches: /issues$/, answer: { headers, body: [] } });
    expect(await codeOf(tracker().issues(0))).toBe('gitlab/unreadable-answer');
    expect(requests).toHaveLength(1);
  });

  it('without an end are not followed for ever', async () => {
    const link = `<${gitlab.apiUrl}${ISSUES}?page=2>; rel="next"`;
    const page = Array.from({ length: 100 }, (_, iid) => ({ iid }));
    gitlab.faults.push({ matches: /issues$/, times: 200, answer: { headers: { link }, body: page } });
    expect(await codeOf(tracker().issues(0))).toBe('gitlab/too-many-issues');
    expect(requests).toHaveLength(100);
  });
});

describe('trusted is', () => {
  async function trustOf(author: GitLabUser, token = TOKEN): Promise<boolean | undefined> {
    gitlab.openIssue(author, { title: 'one', description: marked() });
    return (await tracker({ token }).issues(0)).at(-1)?.isTrusted;
  }

  it.each([
    ['reporter', true],
    ['developer', true],
    ['maintainer', true],
    ['planner', false],
    ['guest', false],
    ['none', false],
  ] as const)('an author whose role is %s: %s', async (role, isTrusted) => {
    expect(await trustOf(gitlab.addUser('author', role))).toBe(isTrusted);
  });

  it.each(['guest', 'none'] as const)('the user of the token, whose role is %s', async (role) => {
    const own = gitlab.addUser('own', role);
    gitlab.addToken('glpat-own', own);
    expect(await trustOf(own, 'glpat-own')).toBe(true);
  });

  it('nobody whose membership has ended', async () => {
    const former = gitlab.addUser('former', 'maintainer');
    gitlab.project.members.delete(former);
    expect(await trustOf(former)).toBe(false);
  });

  it('the writer of a note by the same rule', async () => {
    const body = commentMarker({ key: 'production', notice: 'due', rotatedAt: ROTATED });
    gitlab.openIssue(bot, { title: 'one' });
    for (const author of [bot, gitlab.addUser('stranger'), gitlab.addUser('dev', 'developer')]) {
      gitlab.addNote(author, 1, body);
    }
    expect((await tracker().comments(1)).map(({ isTrusted }) => isTrusted)).toEqual([true, false, true]);
  });

  it('asked once for each author, and for nothing without a marker', async () => {
    const stranger = gitlab.addUser('stranger');
    for (let index = 0; index < 3; index++) {
      gitlab.openIssue(stranger, { title: 'claims', description: marked() });
      gitlab.openIssue(gitlab.addUser(`other${index}`), { title: 'any' });
      gitlab.openIssue(bot, { title: 'ours', description: marked() });
    }
    await tracker().issues(0);
    expect(wire().slice(1)).toEqual(['GET /user', `GET /projects/acme%2Fapp/members/all/${stranger.id}`]);
  });

  it('not guessed where members can not be read', async () => {
    gitlab.faults.push({ matches: /members/, answer: { status: 403, body: { message: '403 Forbidden' } } });
    expect(await codeOf(trustOf(gitlab.addUser('author', 'developer')))).toBe('gitlab/no-permission');
  });
});

describe('what creates is sent once', () => {
  const open = (retries = 3): Promise<unknown> => tracker({ retries }).open(NEW);
  const posted = (): number => requests.filter(({ method }) => method === 'POST').length;

  it.each([
    ['answered with 502 after it was done', lostAnswer(/^POST/), 1],
    ['reset after it was done', lostAnswer(/^POST/, { reset: true }), 1],
    ['answered with 503 before it was begun', unavailable(/^POST/, 503), 0],
  ])('and %s', async (_, fault, made) => {
    gitlab.faults.push(fault);
    expect(await codeOf(open())).toBe('gitlab/answer-lost');
    expect({ posted: posted(), made: gitlab.project.issues.length, waits }).toEqual({ posted: 1, made, waits: [] });
  });

  it('and not answered in time', async () => {
    gitlab.openIssue(bot, { title: 'one' });
    gitlab.faults.push({ matches: /^POST/, answer: { hang: true } });
    const comment = tracker({ retries: 3, timeoutSeconds: 0.3 }).comment(1, 'hello');
    expect(await detailOf(comment)).toBe(
      'POST gitlab.test/api/v4/projects/acme%2Fapp/issues/1/notes ended with network/timeout.',
    );
    expect(posted()).toBe(1);
  });

  it('and again where GitLab asked to wait: then nothing was done', async () => {
    gitlab.faults.push(tooManyRequests(/^POST/, 7));
    await open();
    expect({ posted: posted(), made: gitlab.project.issues.length, waits }).toEqual({
      posted: 2,
      made: 1,
      waits: [7000],
    });
  });

  it.each([
    ['longer than a run waits', 600, 3, 1],
    ['more often than is tried', 1, 1, 2],
  ])('but not where it asks %s', async (_, seconds, retries, count) => {
    gitlab.faults.push({ ...tooManyRequests(/^POST/, seconds), times: 9 });
    expect(await codeOf(open(retries))).toBe('gitlab/rate-limited');
    expect(posted()).toBe(count);
  });

  it('and a connection that was refused is no lost answer', async () => {
    await gitlab.stop();
    expect(await codeOf(open())).toBe('network/refused');
  });
});

describe('what changes is repeated', () => {
  it.each([
    ['answered with 502 after it was done', lostAnswer(/^PUT/)],
    ['reset', lostAnswer(/^PUT/, { reset: true })],
    ['limited', tooManyRequests(/^PUT/, 2)],
  ])('when it was %s', async (_, fault) => {
    gitlab.openIssue(bot, { title: 'one' });
    gitlab.faults.push(fault);
    expect(await tracker({ retries: 1 }).addLabels(1, ['a'])).toEqual(['a']);
    expect(requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  it('and a note whose deletion was not answered is gone', async () => {
    gitlab.openIssue(bot, { title: 'one' });
    const { id } = gitlab.addNote(bot, 1, 'hello');
    gitlab.faults.push(lostAnswer(/^DELETE/));
    await tracker({ retries: 1 }).deleteComment(1, id);
    expect(gitlab.project.issues[0]?.notes).toEqual([]);
  });
});

describe('what GitLab refuses', () => {
  const list = (options: Parameters<typeof tracker>[0] = {}): Promise<unknown> => tracker(options).issues(0);
  const open = (options: Parameters<typeof tracker>[0] = {}): Promise<unknown> => tracker(options).open(NEW);

  it('is said where there is no token, no project or no address', () => {
    const connect = (apiUrl: string, token: string): unknown =>
      connectToGitLab({ apiUrl, token }, transportTo({}, ''), {
        retries: 0,
        random: () => 0,
        now: () => 0,
        sleep: async () => undefined,
      });
    expect(() => connect(gitlab.apiUrl, '')).toThrow('gitlab/no-token');
    expect(() => connect('http://gitlab.test/api/v4', TOKEN)).toThrow('gitlab/unreadable-answer');
    expect(() => tracker({ project: '' })).toThrow('gitlab/no-project');
  });

  it.each<[string, () => void, () => Promise<unknown>, string, string]>([
    ['a token that is unknown', () => undefined, () => list({ token: 'glpat-x' }), 'gitlab/token-refused', '401'],
    [
      'a token that may only read',
      () => gitlab.addToken('glpat-read', bot, 'read_api'),
      () => open({ token: 'glpat-read' }),
      'gitlab/no-permission',
      'The request requires higher privileges than provided by the access token.',
    ],
    [
      'a token of a guest, of an issue of others',
      () => {
        gitlab.addToken('glpat-guest', gitlab.addUser('guest', 'guest'));
        gitlab.openIssue(bot, { title: 'one' });
      },
      () => tracker({ token: 'glpat-guest' }).edit(1, { state: 'closed' }),
      'gitlab/no-permission',
      '403 Forbidden',
    ],
    [
      'a note of somebody else that is to be deleted',
      () => {
        gitlab.openIssue(bot, { title: 'one' });
        gitlab.addNote(gitlab.addUser('dev', 'developer'), 1, 'hello');
      },
      () => tracker().deleteComment(1, 1),
      'gitlab/no-permission',
      '403 Forbidden',
    ],
    [
      'a project that is private',
      () => {
        gitlab.project.isPublic = false;
        gitlab.project.members.delete(bot);
      },
      list,
      'gitlab/not-found',
      '404 Project Not Found',
    ],
    ['a project that is not there', () => undefined, () => list({ project: 'acme/ap' }), 'gitlab/not-found', '404'],
    [
      'a new issue where they are switched off',
      () => {
        gitlab.project.hasIssues = false;
      },
      open,
      'gitlab/issues-disabled',
      '403 Forbidden',
    ],
    [
      'a change where they were switched off',
      () => {
        gitlab.openIssue(bot, { title: 'one' });
        gitlab.project.hasIssues = false;
      },
      () => tracker().addLabels(1, ['a']),
      'gitlab/issues-disabled',
      '403 Forbidden',
    ],
    [
      'an archived project',
      () => {
        gitlab.project.isArchived = true;
      },
      open,
      'gitlab/project-archived',
      '403 Forbidden',
    ],
    [
      'a project that has moved',
      () => gitlab.project.formerPaths.push('acme/old'),
      () => list({ project: 'acme/old' }),
      'gitlab/moved',
      '301',
    ],
    [
      'a new issue of a project that has moved',
      () => gitlab.project.formerPaths.push('acme/old'),
      () => open({ project: 'acme/old' }),
      'gitlab/moved',
      'Non GET methods are not allowed for moved projects',
    ],
    ['too many requests', () => gitlab.faults.push(tooManyRequests(/./, 600)), list, 'gitlab/rate-limited', '429'],
    ['a fault of its own', () => gitlab.faults.push(unavailable(/./, 500)), list, 'gitlab/unavailable', '500'],
    [
      'a title that is too long',
      () => gitlab.openIssue(bot, { title: 'one' }),
      () => tracker().edit(1, { title: 'x'.repeat(256) }),
      'gitlab/refused',
      '{"title":["is too long (maximum is 255 characters)"]}',
    ],
    ['a page in place of a list', () => gitlab.faults.push(htmlPage(/./)), list, 'gitlab/unreadable-answer', 'no JSON'],
    [
      'an object in place of a list',
      () => gitlab.faults.push({ matches: /./, answer: { body: {} } }),
      list,
      'gitlab/unreadable-answer',
      'A list was answered with something else.',
    ],
    [
      'a list in place of an issue',
      () => gitlab.faults.push({ matches: /^POST/, answer: { status: 201, body: [] } }),
      open,
      'gitlab/unreadable-answer',
      'An answer is no JSON object.',
    ],
    [
      'an issue without a number',
      () => gitlab.faults.push({ matches: /./, answer: { body: [{ title: 'one' }] } }),
      list,
      'gitlab/unreadable-answer',
      'An answer has no iid.',
    ],
  ])('is told: %s', async (_, prepare, act, code, seen) => {
    prepare();
    const outcome = await act().catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(FindingError);
    const { finding } = outcome as FindingError;
    expect({ code: finding.code, detail: finding.detail }).toEqual({ code, detail: expect.stringContaining(seen) });
    expect(finding.severity).toBe(CATALOGUE[finding.code as keyof typeof CATALOGUE].severity);
    expect(finding.detail).not.toContain(TOKEN);
  });

  it('is what was said first where the project can not be asked', async () => {
    gitlab.project.hasIssues = false;
    gitlab.faults.push(unavailable(/^GET \/projects\/acme%2Fapp$/));
    expect(await codeOf(open())).toBe('gitlab/no-permission');
  });

  it('is nothing where issues are switched off and only looked for: GitLab lists none', async () => {
    gitlab.openIssue(bot, { title: 'one' });
    gitlab.project.hasIssues = false;
    expect(await tracker().issues(0)).toEqual([]);
  });
});

const SETTINGS: IssueSettings = { labels: ['security'], assignees: ['dev'], escalateTo: ['lead'], dryRun: false };

function factsOf(stage: Stage, rotatedAt = ROTATED, broken = ''): IssueFacts {
  const text = {
    title: 'Wrong secret',
    detail: 'It failed.',
    cause: 'A cause.',
    fix: 'A fix.',
    link: 'https://x.test',
  };
  return {
    key: {
      name: 'production',
      stage,
      life: { source: 'variable', rotatedAt, isLowerBound: false, dueAt: rotatedAt + 90 * DAY },
      broken,
    },
    maxAgeDays: 90,
    providerTitle: 'Okta',
    runbook: {
      domain: 'union.example.com',
      clientId: 'ci-app',
      org: '',
      place: { name: 'FLYTE_API_KEY', scope: 'repository', holds: 'key' },
      repository: '',
      variable: 'FLYTE_API_KEY_META',
      system: 'gitlab',
      newSecret: ['Make it.'],
      oldSecret: ['Remove it.'],
      notes: [],
    },
    remarks: [],
    ...(broken !== '' && { broken: { code: broken, ...text } }),
    works: broken === '',
    run: 'https://gitlab.test/acme/app/-/jobs/1',
  };
}

/** One run of the reminder, with a tracker of its own. */
async function runOn(day: number, facts: IssueFacts, settings: Partial<IssueSettings> = {}): Promise<IssueOutcome> {
  clock = ROTATED + day * DAY;
  const issues = tracker();
  return await trackKey(facts, await issues.issues(0), issues, { ...SETTINGS, ...settings }, clock);
}

function shown(): object[] {
  return gitlab.project.issues.map(({ state, labels, assignees, notes }) => ({
    state,
    labels: [...labels].sort(),
    assignees: assignees.map(({ username }) => username),
    notices: notes.filter(({ system }) => !system).map(({ body }) => readCommentMarker(body)?.notice),
  }));
}

describe('a whole life', () => {
  beforeEach(() => {
    gitlab.addUser('dev', 'developer');
    gitlab.addUser('lead', 'maintainer');
    gitlab.project.takesSeveralAssignees = true;
  });

  it('is one issue: opened, told of, escalated, closed, and opened again in the next', async () => {
    expect(await runOn(10, factsOf('fine'))).toMatchObject({ isOpen: false, done: [], findings: [] });
    expect(await runOn(62, factsOf('due-soon'))).toEqual({
      number: 1,
      url: 'https://gitlab.test/acme/app/-/issues/1',
      isOpen: true,
      done: ['opened'],
      findings: [],
    });
    expect(await runOn(63, factsOf('due-soon'))).toMatchObject({ done: [], isOpen: true });
    expect((await runOn(85, factsOf('urgent'))).done).toEqual([
      'commented: urgent',
      'labelled: rotation: urgent',
      'removed the label rotation: due soon',
      'assigned: lead',
      'rewrote the body',
    ]);
    expect(shown()).toEqual([
      {
        state: 'opened',
        labels: ['rotation: urgent', 'security'],
        assignees: ['dev', 'lead'],
        notices: ['urgent'],
      },
    ]);
    expect((await runOn(86, factsOf('urgent', ROTATED, 'idp/wrong-secret'))).done).toContain(
      'commented: broken by idp/wrong-secret',
    );
    const rotated = ROTATED + 87 * DAY;
    expect(await runOn(88, factsOf('fine', rotated))).toMatchObject({
      isOpen: false,
      done: ['commented with the evidence', 'closed', 'removed the label rotation: broken'],
      findings: [],
    });
    expect(await runOn(89, factsOf('fine', rotated))).toMatchObject({ isOpen: false, done: [] });
    expect((await runOn(150, factsOf('due', rotated))).done).toContain('reopened');
    expect(shown()).toEqual([
      {
        state: 'opened',
        labels: ['rotation: due', 'security'],
        assignees: ['dev', 'lead'],
        notices: ['urgent', 'broken:idp/wrong-secret', 'closed', 'due'],
      },
    ]);
  });

  it('goes on after an answer that was lost, with one issue and one comment', async () => {
    gitlab.faults.push(lostAnswer(/^POST .*issues$/), lostAnswer(/^POST .*notes$/));
    expect((await runOn(80, factsOf('due'))).findings.map(({ code }) => code)).toEqual(['gitlab/answer-lost']);
    expect((await runOn(81, factsOf('due'))).done).toEqual([]);
    expect((await runOn(85, factsOf('urgent'))).findings.map(({ code }) => code)).toEqual(['gitlab/answer-lost']);
    expect((await runOn(86, factsOf('urgent'))).done).toContain('rewrote the body');
    expect(shown()).toMatchObject([{ notices: ['urgent'] }]);
  });

  it('of GitLab Free says who could not be assigned', async () => {
    gitlab.project.takesSeveralAssignees = false;
    const { findings } = await runOn(85, factsOf('urgent'));
    expect(findings.map(({ code, detail }) => `${code}: ${detail}`)).toEqual([
      'rotation/assignees-dropped: lead could not be assigned.',
    ]);
    expect(shown()).toMatchObject([{ assignees: ['dev'] }]);
  });

  it('of a token of a guest says which labels are missing, and finds its issue again', async () => {
    const guest = gitlab.addUser('guest', 'guest');
    gitlab.addToken(TOKEN, guest);
    expect((await runOn(80, factsOf('due'))).findings.map(({ code }) => code)).toEqual(['rotation/labels-dropped']);
    await runOn(81, factsOf('due'));
    expect(shown()).toHaveLength(1);
  });

  it('is not led by an issue of a stranger', async () => {
    gitlab.openIssue(gitlab.addUser('stranger'), { title: 'Rotate', description: marked() });
    expect(await runOn(80, factsOf('due'))).toMatchObject({ number: 2, done: ['opened'] });
    expect(shown()).toMatchObject([{ state: 'opened', notices: [] }, { state: 'opened' }]);
  });

  it('of two issues ends with the older one', async () => {
    await runOn(80, factsOf('due'));
    gitlab.openIssue(bot, { title: 'Rotate', description: gitlab.project.issues[0]?.description ?? '' });
    expect((await runOn(81, factsOf('due'))).done).toEqual(['called #2 a duplicate', 'closed the duplicate #2']);
    expect(shown()).toMatchObject([{ state: 'opened' }, { state: 'closed', notices: ['duplicate'] }]);
  });

  it('is only looked at in a dry run', async () => {
    expect((await runOn(80, factsOf('due'), { dryRun: true })).done).toEqual(['opened']);
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
