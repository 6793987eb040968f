import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyOf } from '../../e2e/keys.ts';
import { type Deployment, startDeployment } from '../../lab/deployment.ts';
import { findLeak } from '../../runner/leak-oracle.ts';
import { Skipped, type Workbench } from '../suite.ts';
import { debianPackages, need, npmPackage, run } from '../tools.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const GITLAB = path.join(ROOT, 'workflows/gitlab');

/** gitlab-ci-local checks a file by GitLab's own JSON schema, and runs its jobs as GitLab's shell executor does. */
export async function proveGitlabFiles(bench: Workbench, version: string): Promise<void> {
  await need('git', 'bash');
  const folder = await npmPackage(bench.cache, 'gitlab-ci-local', version);
  const program = path.join(folder, 'dist/index.js');
  const row = bench.counterpart("gitlab-ci-local, with GitLab's JSON schema", version);
  row.note('jobs run by its shell executor, with pip, npx and flyte replaced: npx runs the built command');

  const project = path.join(bench.temporary, 'gitlab-project');
  await makeProject(project);
  const call = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    const ended = await run(process.execPath, [program, ...args], {
      cwd: project,
      environment: { PATH: process.env['PATH'], HOME: project, NO_COLOR: '1', ...environment },
      timeoutMilliseconds: 120_000,
    });
    return { exitCode: ended.exitCode, text: `${ended.stdout}${ended.stderr}` };
  };
  const written = (text: string): void => writeFileSync(path.join(project, '.gitlab-ci.yml'), text);

  await row.case('flyte-deploy.yml, included as a component', async () => {
    written(INCLUDE);
    const { exitCode, text } = await call(['--list']);
    assert.equal(exitCode, 0, text);
    assert.match(text, /json schema validated/);
    assert.match(text, /flyte-deploy/);
  });
  await row.case('rotation-reminder.yml', async () => {
    written('include:\n  - local: rotation-reminder.yml\n');
    const { exitCode, text } = await call(['--list-all']);
    assert.equal(exitCode, 0, text);
    assert.match(text, /rotation-reminder/);
  });
  await row.case('it finds what is wrong on purpose', async () => {
    written('job:\n  script: ["true"]\n  artifacts:\n    reports:\n      junits: x.xml\n');
    const { exitCode, text } = await call(['--list']);
    assert.notEqual(exitCode, 0);
    assert.match(text, /junits|additional/i);
  });

  const rsync = await rsyncOfDebian(bench.cache);
  const lab = await startDeployment();
  try {
    const bin = path.join(bench.temporary, 'gitlab-bin');
    replacePrograms(bin, lab);
    const environment = {
      LD_LIBRARY_PATH: rsync.libraries,
      PATH: `${bin}:${rsync.folder}:${process.env['PATH']}`,
    };
    const deploy = async (clientSecret: string) => {
      written(INCLUDE);
      const key = keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret });
      writeFileSync(path.join(project, '.gitlab-ci-local-variables.yml'), `FLYTE_API_KEY: ${JSON.stringify(key)}\n`);
      return { key, ...(await call(['--force-shell-executor', '--shell-isolation', 'flyte-deploy'], environment)) };
    };
    await row.case('the job deploys with the key that was tested, and prints no secret', async () => {
      const { exitCode, text, key } = await deploy(lab.clientSecret);
      assert.equal(exitCode, 0, text.slice(-1_000));
      assert.match(text, /deployed with the right key: --config config.yaml deploy --version [0-9a-f]+ main.py env/);
      // It says that it is no GitLab, so the log is that of any shell.
      assert.match(text, /What was checked/);
      assert.equal(findLeak(lab.clientSecret, text), undefined);
      assert.equal(findLeak(key, text), undefined);
    });
    await row.case('the job stops before the deploy where the key is wrong', async () => {
      const { exitCode, text } = await deploy('another-secret_4Kd9');
      assert.notEqual(exitCode, 0);
      assert.match(text, /idp\/wrong-secret/);
      assert.doesNotMatch(text, /deployed with/);
    });
  } finally {
    await lab.stop();
  }
}

/** gitlab-ci-local copies the project of a job with it. */
async function rsyncOfDebian(cache: string): Promise<{ folder: string; libraries: string }> {
  const root = await debianPackages(cache, ['rsync', 'libpopt0', 'libxxhash0']);
  const folder = path.join(root, 'usr/bin');
  const libraries = globSync('usr/lib/*-linux-gnu*', { cwd: root })
    .map((name) => path.join(root, name))
    .join(':');
  const { exitCode } = await run(path.join(folder, 'rsync'), ['--version'], {
    environment: { LD_LIBRARY_PATH: libraries },
  });
  if (exitCode !== 0) {
    throw new Skipped('rsync does not start here');
  }
  return { folder, libraries };
}

const INCLUDE = `include:
  - local: flyte-deploy.yml
    inputs:
      arguments: main.py env
`;

async function makeProject(project: string): Promise<void> {
  mkdirSync(project, { recursive: true });
  for (const name of ['flyte-deploy.yml', 'rotation-reminder.yml']) {
    cpSync(path.join(GITLAB, name), path.join(project, name));
  }
  writeFileSync(path.join(project, 'main.py'), '');
  const git = async (...args: string[]): Promise<void> => {
    const options = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main'];
    const ended = await run('git', [...options, ...args], { cwd: project });
    assert.equal(ended.exitCode, 0, ended.stderr);
  };
  if (!existsSync(path.join(project, '.git'))) {
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'A project');
    await git('remote', 'add', 'origin', 'https://gitlab.example.com/acme/app.git');
    await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  }
}

/** In place of the registries: the built command, and a deploy that looks at its key. */
function replacePrograms(bin: string, lab: Deployment): void {
  mkdirSync(bin, { recursive: true });
  const certificates = path.join(bin, 'authority.pem');
  writeFileSync(certificates, lab.certificateAuthorityPem);
  const reach = [`--ca-certificates '${certificates}'`, ...lab.connectTo.map((mapping) => `--connect-to '${mapping}'`)];
  const program = path.join(ROOT, 'dist/cli/index.js');
  const key = keyOf({ domain: lab.domain, clientId: lab.clientId, clientSecret: lab.clientSecret });
  const programs = {
    pip: 'exit 0',
    npx: `[ "$1 $2" = "--yes union-auth@1" ] || exit 9\nshift 2\nexec '${process.execPath}' '${program}' "$@" ${reach.join(' ')}`,
    flyte: `[ "$FLYTE_API_KEY" = '${key}' ] && [ "$FLYTE_DISABLE_SENTRY" = true ] && echo "deployed with the right key: $*"`,
  };
  for (const [name, script] of Object.entries(programs)) {
    const file = path.join(bin, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}
