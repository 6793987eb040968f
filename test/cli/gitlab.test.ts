import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DAY } from '../../src/rotation/instants.ts';
import { authority } from '../e2e/scenario.ts';
import { temporaryFolder, writtenFile } from '../e2e/temporary.ts';
import type { Answer } from '../lab/answers.ts';
import { type GitLab, startGitLab, tooManyRequests } from '../lab/gitlab.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { type Called, call } from './command-line.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const TOKEN = 'glpat-0123456789abcdefghij';
const ROTATED = Date.UTC(2026, 0, 1);
const folder = temporaryFolder();
let certificates = '';
beforeAll(async () => {
  certificates = writtenFile(folder, 'authority.pem', (await authority()).certificatePem);
});

async function startLab(now: () => number = () => ROTATED + 80 * DAY): Promise<GitLab> {
  const gitlab = await startGitLab({ authority: await authority(), requests: [], now });
  gitlab.addToken(TOKEN, gitlab.addUser('project_4711_bot', 'reporter'));
  return gitlab;
}

async function remind(
  gitlab: GitLab,
  day: number,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Called> {
  const at = new Date(ROTATED + day * DAY).toISOString();
  const fixed = ['--tracker', 'gitlab', '--name', 'production', '--rotated-at', '2026-01-01', '--at', at];
  const reach = ['--connect-to', `gitlab.test:443:127.0.0.1:${gitlab.port}`, '--ca-certificates', certificates];
  const called = await call(['rotation', 'remind', ...fixed, ...reach, '--retries', '0', ...args], '', {
    GITLAB_CI: 'true',
    CI_API_V4_URL: gitlab.apiUrl,
    CI_PROJECT_PATH: gitlab.project.path,
    CI_JOB_URL: 'https://gitlab.test/acme/app/-/jobs/1',
    GITLAB_TOKEN: TOKEN,
    ...environment,
  });
  expect(findLeak(TOKEN, called.stdout + called.stderr)).toBeUndefined();
  return called;
}

function pageOf({ status, stdout, stderr }: Called): string {
  return `exit ${status}\n${stdout.replaceAll(/\b\d+ ms\b/g, '<n> ms')}${stderr}`;
}

it('keeps the issue of a key through its life', async () => {
  let day = 0;
  const gitlab = await startLab(() => ROTATED + day * DAY);
  try {
    const done: string[] = [];
    for (day of [30, 60, 61, 76, 84, 91]) {
      const { stdout, stderr } = await remind(gitlab, day);
      expect(stderr).toBe('');
      done.push(...[...stdout.matchAll(/Issue(?: #1)?: (.*)\./g)].map(([, what]) => `${day}: ${what}`));
    }
    day = 95;
    await remind(gitlab, day, ['--rotated-at', '2026-04-05']);
    expect(done).toEqual([
      '60: opened',
      '76: commented: due',
      '76: labelled: rotation: due',
      '76: removed the label rotation: due soon',
      '76: rewrote the body',
      '84: commented: urgent',
      '84: labelled: rotation: urgent',
      '84: removed the label rotation: due',
      '84: rewrote the body',
      '91: commented: overdue',
      '91: labelled: rotation: overdue',
      '91: removed the label rotation: urgent',
      '91: rewrote the body',
    ]);
    const [issue, ...others] = gitlab.project.issues;
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ state: 'closed', labels: ['key-rotation'] });
    expect(issue?.notes.filter(({ system }) => !system)).toHaveLength(4);
    expect(issue?.description).toContain('Settings > CI/CD > Variables > `FLYTE_API_KEY`');
  } finally {
    await gitlab.stop();
  }
});

function answering(method: string, answer: Answer): (gitlab: GitLab) => void {
  return ({ faults }) => faults.push({ matches: new RegExp(`^${method} `), times: 9, answer });
}

describe('what GitLab can not or may not do', () => {
  it.each<[code: string, exit: number, arrange: (gitlab: GitLab) => unknown, environment?: Record<string, string>]>([
    ['gitlab/no-token', 2, () => undefined, { GITLAB_TOKEN: '' }],
    ['gitlab/no-project', 2, () => undefined, { CI_PROJECT_PATH: '' }],
    ['gitlab/token-refused', 1, () => undefined, { GITLAB_TOKEN: 'glpat-unknown-0123456789' }],
    [
      'gitlab/no-permission',
      1,
      (gitlab) => gitlab.addToken('glpat-read-0123456789abcd', gitlab.addUser('reader', 'reporter'), 'read_api'),
      { GITLAB_TOKEN: 'glpat-read-0123456789abcd' },
    ],
    ['gitlab/not-found', 1, () => undefined, { CI_PROJECT_PATH: 'acme/other' }],
    [
      'gitlab/moved',
      1,
      ({ project }) => {
        project.formerPaths.push(project.path);
        project.path = 'acme/renamed';
      },
      { CI_PROJECT_PATH: 'acme/app' },
    ],
    [
      'gitlab/issues-disabled',
      1,
      ({ project }) => {
        project.hasIssues = false;
      },
    ],
    [
      'gitlab/project-archived',
      1,
      ({ project }) => {
        project.isArchived = true;
      },
    ],
    ['gitlab/rate-limited', 0, ({ faults }) => faults.push({ ...tooManyRequests(/^GET/, 900), times: 9 })],
    ['gitlab/unavailable', 0, answering('GET', { status: 503, body: 'down' })],
    ['gitlab/answer-lost', 0, answering('POST', { status: 502, body: 'down' })],
    ['gitlab/refused', 1, answering('POST', { status: 422, body: { message: '::error::x \u001b[2J' } })],
    ['gitlab/unreadable-answer', 1, answering('GET', { body: '<html>Sign in</html>' })],
    ['gitlab/too-many-issues', 1, fill],
  ])('%s', async (code, exit, arrange, environment = {}) => {
    const gitlab = await startLab();
    try {
      arrange(gitlab);
      const called = await remind(gitlab, 80, [], environment);
      expect(called.status).toBe(exit);
      expect(called.stdout + called.stderr).toContain(`(${code})`);
      expect(pageOf(called)).toMatchSnapshot();
    } finally {
      await gitlab.stop();
    }
  });
});

function fill(gitlab: GitLab): void {
  const author = gitlab.addUser('dev', 'developer');
  for (let count = 0; count < 10_000; count++) {
    gitlab.openIssue(author, { title: 'Another matter' });
  }
}

describe('the jobs to copy', () => {
  const bin = path.join(folder, 'bin');
  const work = path.join(folder, 'work');
  let gitlab: GitLab;
  beforeAll(async () => {
    gitlab = await startLab(Date.now);
    // In place of the network: the folder that the clone would have.
    const git = writtenFile(
      bin,
      'git',
      `#!/bin/sh\nfor last; do :; done\nmkdir -p "$last"\ncp -r '${ROOT}/dist' "$last/"\n`,
    );
    chmodSync(git, 0o755);
    writtenFile(work, 'README.md', '');
  });
  afterAll(() => gitlab.stop());

  const run = (script: string, environment: Readonly<Record<string, string>>) => {
    const PATH = `${bin}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    // A day of the past without a key: the stage is told, and nothing has to be reached.
    const meta = JSON.stringify({ v: 1, created: '2020-01-01' });
    const env = { PATH, FLYTE_API_KEY_META: meta, ...environment };
    return spawnSync('sh', ['-e', '-c', script], { cwd: work, env, encoding: 'utf8' });
  };

  it('the one for GitLab asks GitLab for its issues', () => {
    const job = parse(readFileSync(path.join(ROOT, 'workflows/gitlab/rotation-reminder.yml'), 'utf8')) as {
      'rotation-reminder': { script: string[] };
    };
    const script = job['rotation-reminder'].script.join('\n');
    // Nobody listens there, which the log says: the issue is looked for.
    const { stdout, status } = run(script, {
      CI_PROJECT_PATH: 'acme/app',
      CI_API_V4_URL: 'https://gitlab.invalid/api/v4',
      GITLAB_TOKEN: TOKEN,
    });
    expect(stdout).toContain('acme/app: overdue');
    expect(stdout).toContain('GET gitlab.invalid/api/v4/');
    expect(status).toBe(1);
  });

  it('the one for Jenkins is unstable when a rotation is due, and fails when the key is broken', () => {
    const text = readFileSync(path.join(ROOT, 'workflows/jenkins/rotation-reminder.Jenkinsfile'), 'utf8');
    const [, first = ''] = /sh '''\n([\s\S]*?)'''/.exec(text) ?? [];
    const [, second = ''] = /sh '(node [^']*)'/.exec(text) ?? [];
    const environment = { JOB_NAME: 'deploy' };
    expect(run(first, environment)).toMatchObject({ status: 0, stderr: '' });
    const due = run(second, environment);
    expect(due).toMatchObject({ status: 1, stderr: '' });
    expect(due.stdout).toContain('Failed: The rotation of the key is overdue (rotation/overdue).');
    const broken = run(first, { ...environment, FLYTE_API_KEY: 'not-a-key' });
    expect(broken.status).toBe(1);
  });
});
