import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Counterpart } from '../suite.ts';
import type { DocumentedPage } from './documented-page.ts';
import { commit, REPOSITORY, takeWorkflow, type Workplace } from './workplace.ts';

const WORKFLOW = 'dry-run.yml';

/** docs/act.md, done as it says. */
export async function provePage(row: Counterpart, place: Workplace, page: DocumentedPage): Promise<void> {
  const { shell, repository } = place;
  await takeWorkflow(place, WORKFLOW);
  writeFileSync(path.join(repository, '.secrets'), page.secrets);
  writeFileSync(path.join(repository, '.vars'), page.variables);

  await row.case('the page names the version that is tested', async () => {
    assert.match((await shell('act --version')).log, new RegExp(`version ${page.version.replaceAll('.', '\\.')}\\s`));
  });
  await row.case('.secrets and .vars stay out of version control', async () => {
    assert.equal((await shell(page.prepare)).exitCode, 0);
    assert.equal((await shell('git status --porcelain')).log, '?? .gitignore\n');
    await commit(place, repository);
  });
  await row.case('the command of the page ends as the page says', async () => {
    const { exitCode, log, steps } = await shell(page.command);
    assert.equal(exitCode, 0, log.slice(-600));
    assert.equal(steps.split('\n').slice(-2).join('\n'), `${page.lastLine}\nThe verdict is ready.`);
    assert.doesNotMatch(log, /unable to get git revision/);
    const [, secret = ''] = /^\w+='?(.+?)'?$/m.exec(page.secrets) ?? [];
    assert.ok(secret !== '' && !log.includes(secret), 'the log holds the secret');
  });
  await row.case('--dryrun runs the steps all the same', async () => {
    const { exitCode, steps } = await shell(page.command.replace('act ', 'act --dryrun '));
    assert.equal(exitCode, 0);
    assert.ok(steps.includes(page.lastLine));
  });
  await row.case('the action as `uses: ./`, from its own folder', () => proveOwnFolder(place, page));
  await proveMissingSecret(row, place, page);
}

async function proveOwnFolder({ clone, repository, shell }: Workplace, page: DocumentedPage): Promise<void> {
  for (const file of ['.secrets', '.vars', '.gitignore']) {
    cpSync(path.join(repository, file), path.join(clone, file));
  }
  await takeWorkflow({ repository: clone, shell }, WORKFLOW, [[page.usesByName, page.usesByPath]]);
  const command = page.command.replace(/\s*\\\s*--local-repository \S+/, '');
  assert.doesNotMatch(command, /local-repository/);
  const { exitCode, log, steps } = await shell(command, { cwd: clone });
  assert.equal(exitCode, 0, log.slice(-600));
  assert.ok(steps.includes(page.lastLine));
}

async function proveMissingSecret(row: Counterpart, place: Workplace, page: DocumentedPage): Promise<void> {
  const { shell, repository } = place;
  const ofRepository = (name: string): string => {
    const file = path.join(repository, '../event.json');
    writeFileSync(file, JSON.stringify({ pull_request: { head: { repo: { full_name: name } } } }));
    return page.command.replace('act pull_request', `act pull_request -e ${file}`);
  };
  rmSync(path.join(repository, '.secrets'));
  await row.case('without .secrets the job fails and names the one cause', async () => {
    const { exitCode, log } = await shell(page.command);
    assert.equal(exitCode, 1);
    assert.deepEqual(annotationsOf(log), [`error ${page.codeWithoutSecret}`]);
    assert.doesNotMatch(log, /Run Main Say how it ended/);
  });
  await row.case('so does that for a pull request of the repository itself', async () => {
    const { exitCode, log } = await shell(ofRepository(REPOSITORY));
    assert.equal(exitCode, 1);
    assert.deepEqual(annotationsOf(log), [`error ${page.codeWithoutSecret}`]);
  });
  await row.case('the pull request of a fork is skipped, and the job succeeds', async () => {
    const { exitCode, log, steps } = await shell(ofRepository('stranger/deployments'));
    assert.equal(exitCode, 0, log.slice(-600));
    assert.deepEqual(annotationsOf(log), []);
    assert.match(steps, /\(event\/skipped\)[\s\S]*The verdict is skipped\.$/);
  });
  await row.case('the pull request of a fork fails where the workflow does not say to skip it', async () => {
    await takeWorkflow(place, WORKFLOW, [['          on-missing-secret: skip\n', '']]);
    const { exitCode, log } = await shell(ofRepository('stranger/deployments'));
    assert.equal(exitCode, 1);
    assert.deepEqual(annotationsOf(log), ['error event/no-secrets-on-fork']);
  });
}

/** Level and code of the annotations in a log of act. */
export function annotationsOf(log: string): string[] {
  return [...log.matchAll(/::(error|warning) [^\n]*?::([a-z/-]+): /g)].map(([, level, code]) => `${level} ${code}`);
}
