import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAY } from '../../../src/rotation/instants.ts';
import { writeStamp } from '../../../src/rotation/stamp.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import { type GitHub, startGitHub } from '../../lab/github/github.ts';
import type { Counterpart } from '../suite.ts';
import type { DocumentedPage } from './documented-page.ts';
import { annotationsOf } from './page-cases.ts';
import { type ActRun, commit, makeWorkplace, REPOSITORY, type Workplace } from './workplace.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const TOKEN = 'ghs_token-of-the-job-under-act-0123456789';
const AUTHORITY = 'authority.pem';
const WRONG_SECRET = 'not-the-secret-of-this-app';

interface Stage {
  readonly lab: Deployment;
  readonly github: GitHub;
  readonly place: Workplace;
  run(workflow: string, secret?: string): Promise<ActRun>;
}

/** The workflows of the reminder against the lab's GitHub, with the rights that they ask for and no others. */
export async function proveReminder(
  row: Counterpart,
  act: string,
  page: DocumentedPage,
  temporary: string,
): Promise<void> {
  const attempt = async (prove: (stage: Stage) => Promise<void>): Promise<void> => {
    const lab = await startDeployment();
    const requests = lab.requests;
    const github = await startGitHub({ authority: lab.authority, requests, hostName: 'api.github.com', now: Date.now });
    github.addToken(TOKEN, { permissions: permissionsIn('workflows/github/rotation-reminder.yml') });
    github.repository(REPOSITORY);
    const place = await makeWorkplace(act, temporary);
    try {
      await prove({ lab, github, place, run: (...asked) => runWorkflow({ lab, github, place }, page, ...asked) });
    } finally {
      place.remove();
      await Promise.all([lab.stop(), github.stop()]);
    }
  };
  await row.case('rotation-reminder.yml opens one issue, and says nothing twice', () =>
    attempt(async ({ github, lab, run }) => {
      const first = await run('workflows/github/rotation-reminder.yml');
      assert.equal(first.exitCode, 0, first.log.slice(-900));
      assert.deepEqual(annotationsOf(first.log), ['warning rotation/due', 'warning input/connect-to-in-use']);
      const second = await run('workflows/github/rotation-reminder.yml');
      assert.equal(second.exitCode, 0, second.log.slice(-900));
      const { issues } = github.repository(REPOSITORY);
      assert.deepEqual(
        issues.map(({ title, comments }) => [title.replace(/\d{4}-.*/, '...'), comments.length]),
        [['Rotate the Flyte API key production by ...', 0]],
      );
      assert.deepEqual(github.contractFaults, []);
      for (const secret of [lab.clientSecret, TOKEN]) {
        assert.ok(!(first.log + second.log).includes(secret), 'the log holds a secret');
      }
    }),
  );
  await row.case('rotation-reminder.yml finds a key that does not work', () =>
    attempt(async ({ github, run }) => {
      const { exitCode, log } = await run('workflows/github/rotation-reminder.yml', WRONG_SECRET);
      assert.equal(exitCode, 1);
      assert.deepEqual(annotationsOf(log), ['error idp/wrong-secret']);
      assert.deepEqual(
        github.repository(REPOSITORY).issues.map(({ title }) => title),
        ['Mend the Flyte API key production'],
      );
    }),
  );
  await row.case('the template calls the reusable workflow', () =>
    attempt(async ({ github, run }) => {
      const { exitCode, log } = await run('workflow-templates/flyte-rotation-reminder.yml');
      assert.equal(exitCode, 0, log.slice(-900));
      assert.deepEqual(
        github.repository(REPOSITORY).issues.map(({ labels }) => labels),
        [['key-rotation', 'rotation: due']],
      );
    }),
  );
}

/** What the job asks for, as the token of a job gets it. */
function permissionsIn(file: string): Record<string, 'read' | 'write'> {
  const [, block = ''] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(readFileSync(path.join(ROOT, file), 'utf8')) ?? [];
  const pairs = [...block.matchAll(/^ {6}([a-z-]+): (read|write)\b/gm)];
  assert.deepEqual(
    pairs.map(([line]) => line.trim()).filter((line) => !['issues: write', 'contents: read'].includes(line)),
    [],
    `${file} asks for more than the default tier has`,
  );
  return Object.fromEntries(pairs.map(([, name = '', level = '']) => [name, level as 'read' | 'write']));
}

async function runWorkflow(
  { lab, github, place }: Omit<Stage, 'run'>,
  page: DocumentedPage,
  file: string,
  secret = lab.clientSecret,
): Promise<ActRun> {
  const { repository, clone } = place;
  const key = Buffer.from(`${lab.domain}:${lab.clientId}:${secret}:`).toString('base64');
  const isKey = file.includes('templates');
  const stamp = writeStamp({ created: Date.now() - 80 * DAY }, isKey ? key : secret, randomBytes(16));
  const variables = {
    UNION_DOMAIN: lab.domain,
    UNION_CLIENT_ID: lab.clientId,
    UNION_TOKEN_URL: lab.tokenEndpoint,
    FLYTE_API_KEY_META: `'${stamp}'`,
  };
  const secrets = { UNION_CLIENT_SECRET: secret, FLYTE_API_KEY: key, GITHUB_TOKEN: TOKEN };
  const lines = (values: object): string =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  writeFileSync(path.join(repository, '.vars'), lines(variables));
  writeFileSync(path.join(repository, '.secrets'), lines(secrets));
  writeFileSync(path.join(repository, '.gitignore'), '.secrets\n.vars\n');
  writeFileSync(path.join(repository, AUTHORITY), lab.certificateAuthorityPem);
  // What leads to the lab stands in each step that uses the action, the one of the reusable workflow too.
  const reach = [
    `          ca-certificates: ${path.join(repository, AUTHORITY)}\n          connect-to: |\n`,
    ...[...lab.connectTo, github.connectTo].map((line) => `            ${line}\n`),
  ].join('');
  const withReach = (text: string): string => text.replace(/^ {10}name: /m, `${reach}$&`);
  const name = path.basename(file);
  mkdirSync(path.join(repository, '.github/workflows'), { recursive: true });
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  writeFileSync(path.join(repository, '.github/workflows', name), isKey ? text : withReach(text));
  if (isKey) {
    const reusable = path.join(clone, '.github/workflows/rotation-reminder.yml');
    writeFileSync(
      reusable,
      withReach(readFileSync(path.join(ROOT, '.github/workflows/rotation-reminder.yml'), 'utf8')),
    );
    // act takes a reusable workflow from the folder of its caller alone.
    cpSync(reusable, path.join(repository, '.github/workflows/rotation-reminder.yml'));
    const caller = path.join(repository, '.github/workflows', name);
    const local = readFileSync(caller, 'utf8').replace(/uses: org\/union-auth-action\/(\S+)@v1/, 'uses: ./$1');
    writeFileSync(caller, local);
  }
  await commit(place, repository);
  return await place.shell(page.command.replace('pull_request', 'workflow_dispatch').replace('dry-run.yml', name));
}
