import { existsSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Deployment, startDeployment } from '../lab/deployment.ts';
import { runStep, type StepOptions, type StepResult } from '../runner/action-runner.ts';
import { ACTION_DIRECTORY, checkRun, inputsOf, type RunOptions, runMain } from './scenario.ts';
import { describeRun } from './snapshot.ts';
import { temporaryFolder, writtenFile } from './temporary.ts';

let lab: Deployment;
beforeAll(async () => {
  lab = await startDeployment();
});
afterAll(async () => await lab.stop());

/** The end of the job: the post step, with what the main step left. */
async function runPost(previous: StepResult, options: RunOptions = {}): Promise<StepResult> {
  return await runStep({
    actionDirectory: ACTION_DIRECTORY,
    step: 'post',
    inputs: inputsOf(lab, options),
    ...pick(options),
    previous,
  });
}

function pick({ environment, omitFiles }: RunOptions): Partial<StepOptions> {
  return {
    ...(typeof environment === 'object' && { environment }),
    ...(omitFiles && { omitFiles }),
  };
}

/** Checks what holds for every run, and gives the page to compare. */
function page(result: StepResult): string {
  const run = { result, requests: [...lab.requests.splice(0)], secrets: [lab.clientSecret], isMaskedByRunner: false };
  checkRun(run, expect);
  return describeRun(run);
}

beforeEach(() => {
  lab.requests.length = 0;
});

/** The job after a step: another step of it gets what was exported, and not the state. */
function jobAfter(result: StepResult): StepResult {
  return { ...result, state: {} };
}

test.each<[string, RunOptions]>([
  ['with certificates', {}],
  ['without certificates', { inputs: { verify: 'offline', 'ca-certificates': undefined } }],
])('a second run in the same job gives the same result: %s', async (_name, options) => {
  const first = await runMain(lab, options);
  const firstPage = page(first);
  const second = await runMain(lab, { ...options, previous: jobAfter(first) });
  expect(second.exportedEnvironment).toEqual(first.exportedEnvironment);
  const secondPage = page(second);
  // What stood there before is not the same for both.
  expect(secondPage.replace(stateIn(secondPage), '')).toBe(firstPage.replace(stateIn(firstPage), ''));
  expect(secondPage).toMatchSnapshot();
  await first.cleanUp();
});

function stateIn(text: string): string {
  return text.slice(text.indexOf('--- state'), text.indexOf('--- summary'));
}

test('two runs in one job: their post steps, the last first, leave nothing', async () => {
  const first = await runMain(lab);
  const second = await runMain(lab, { previous: jobAfter(first) });
  const bundle = first.exportedEnvironment['SSL_CERT_FILE'] ?? '';
  const afterSecond = await runPost(second);
  expect(afterSecond.exportedEnvironment).toEqual({
    FLYTE_API_KEY: '',
    FLYTE_DISABLE_SENTRY: 'true',
    SSL_CERT_FILE: '',
  });
  expect(existsSync(bundle)).toBe(true);
  const afterFirst = await runPost({ ...afterSecond, state: first.state });
  expect(afterFirst.exportedEnvironment).toEqual({ FLYTE_API_KEY: '', FLYTE_DISABLE_SENTRY: '', SSL_CERT_FILE: '' });
  expect(existsSync(bundle)).toBe(false);
  await first.cleanUp();
});

test('the post step empties what was exported and removes the certificates', async () => {
  const main = await runMain(lab);
  page(main);
  const bundle = main.exportedEnvironment['SSL_CERT_FILE'] ?? '';
  expect(existsSync(bundle)).toBe(true);
  const post = await runPost(main);
  expect(post.exitCode).toBe(0);
  expect(post.exportedEnvironment).toEqual({ FLYTE_API_KEY: '', FLYTE_DISABLE_SENTRY: '', SSL_CERT_FILE: '' });
  expect(existsSync(bundle)).toBe(false);
  expect(page(post)).toMatchSnapshot();
  await main.cleanUp();
});

test('the post step restores what stood there before, but no key', async () => {
  const environment = { FLYTE_API_KEY: 'an-older-key-Kd82', FLYTE_DISABLE_SENTRY: 'false' };
  const main = await runMain(lab, { environment });
  expect(JSON.stringify(main.state)).not.toContain('an-older-key');
  const post = await runPost(main);
  expect(post.exportedEnvironment).toEqual({ FLYTE_API_KEY: '', FLYTE_DISABLE_SENTRY: 'false', SSL_CERT_FILE: '' });
  await main.cleanUp();
});

test('after cleanup false the post step does nothing', async () => {
  const main = await runMain(lab, { inputs: { cleanup: 'false' } });
  const post = await runPost(main, { inputs: { cleanup: 'false' } });
  expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', exportedEnvironment: {} });
  expect(existsSync(main.exportedEnvironment['SSL_CERT_FILE'] ?? '')).toBe(true);
  await main.cleanUp();
});

test('with nothing to do the post step is silent', async () => {
  const main = await runMain(lab, { inputs: { 'client-secret': 'Zq7:made_8Kd2Lm5' } });
  expect(main.exitCode).toBe(1);
  const post = await runPost(main);
  expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', exportedEnvironment: {} });
  await main.cleanUp();
});

test('the post step needs no inputs', async () => {
  const main = await runMain(lab);
  const post = await runPost(main, {
    inputs: { domain: undefined, 'client-id': undefined, 'client-secret': undefined, 'connect-to': undefined },
  });
  expect(post).toMatchObject({ exitCode: 0, exportedEnvironment: { FLYTE_API_KEY: '' } });
  await main.cleanUp();
});

test.each<[string, RunOptions]>([
  ['GITHUB_ENV is missing', { omitFiles: ['GITHUB_ENV'] }],
  ['GITHUB_ENV is not a file', { environment: { GITHUB_ENV: '/nonexistent/env' } }],
  ['GITHUB_ENV is a directory', { environment: { GITHUB_ENV: '/' } }],
  ['GITHUB_STATE and GITHUB_OUTPUT are missing', { omitFiles: ['GITHUB_STATE', 'GITHUB_OUTPUT'] }],
  ['the state is garbage', { environment: { STATE_restore: '[{"FLYTE_API_KEY":', 'STATE_temporary-file': '/etc/x' } }],
  ['the state holds no texts', { environment: { STATE_restore: '{"FLYTE_API_KEY":7,"X":null}' } }],
])('the post step never fails: %s', async (_name, options) => {
  const main = await runMain(lab);
  page(main);
  const post = await runPost(main, options);
  expect(post).toMatchObject({ exitCode: 0, conclusion: 'success', stderr: '', annotations: [] });
  expect(page(post)).toMatchSnapshot();
  await main.cleanUp();
});

test('without GITHUB_ENV the certificates are removed all the same', async () => {
  const main = await runMain(lab);
  await runPost(main, { omitFiles: ['GITHUB_ENV'] });
  expect(existsSync(main.exportedEnvironment['SSL_CERT_FILE'] ?? '')).toBe(false);
  await main.cleanUp();
});

test('the post step removes the config file, wherever it is, and empties what leads to it', async () => {
  const file = path.join(temporaryFolder(), 'clients.yaml');
  const options = { inputs: { clients: 'flyte flytekit union', 'config-file': file } };
  const main = await runMain(lab, { ...options, environment: { FLYTECTL_CONFIG: '/etc/flyte.yaml' } });
  expect(main.exportedEnvironment).toMatchObject({ FLYTECTL_CONFIG: file, FLYTE_CLIENT_SECRET: lab.clientSecret });
  const post = await runPost(main, options);
  expect(existsSync(file)).toBe(false);
  expect(post.exportedEnvironment).toEqual({
    FLYTE_API_KEY: '',
    FLYTE_DISABLE_SENTRY: '',
    FLYTECTL_CONFIG: '/etc/flyte.yaml',
    FLYTE_CLIENT_SECRET: '',
    UNION_API_KEY: '',
    SSL_CERT_FILE: '',
  });
  expect(page(post)).toMatchSnapshot();
  await main.cleanUp();
});

test('without an export too the post step removes the config file', async () => {
  const options = { inputs: { clients: 'flytectl', 'export-env': 'false' } };
  const main = await runMain(lab, options);
  const file = main.outputs['config-file'] ?? '';
  expect(existsSync(file)).toBe(true);
  const post = await runPost(main, options);
  expect(post).toMatchObject({ exitCode: 0, stdout: '', stderr: '', exportedEnvironment: {} });
  expect(existsSync(file)).toBe(false);
  await main.cleanUp();
});

test('two steps with flytectl leave no config file, and no path to one', async () => {
  const options = { inputs: { clients: 'flytectl' } };
  const first = await runMain(lab, options);
  const second = await runMain(lab, { ...options, previous: jobAfter(first) });
  const files = [first, second].map(({ outputs }) => outputs['config-file'] ?? '');
  expect(new Set(files).size).toBe(2);
  const afterSecond = await runPost(second);
  expect(afterSecond.exportedEnvironment).toMatchObject({ FLYTECTL_CONFIG: '', FLYTE_CLIENT_SECRET: '' });
  expect(files.map((file) => existsSync(file))).toEqual([true, false]);
  await runPost({ ...afterSecond, state: first.state });
  expect(files.map((file) => existsSync(file))).toEqual([false, false]);
  await first.cleanUp();
});

test('with cleanup false the config file stays', async () => {
  const options = { inputs: { clients: 'flytectl', cleanup: 'false' } };
  const main = await runMain(lab, options);
  await runPost(main, options);
  expect(existsSync(main.outputs['config-file'] ?? '')).toBe(true);
  await main.cleanUp();
});

describe('a config file that is no longer what was written', () => {
  test.each<[string, (file: string) => void]>([
    ['another text', (file) => writeFileSync(file, 'somebody: else\n')],
    [
      'a link',
      (file) => {
        const copy = `${file}.copy`;
        renameSync(file, copy);
        symlinkSync(copy, file);
      },
    ],
  ])('stays: %s', async (_name, change) => {
    const file = path.join(temporaryFolder(), 'config.yaml');
    const main = await runMain(lab, { inputs: { 'config-file': file } });
    change(file);
    const post = await runPost(main);
    expect(post.exitCode).toBe(0);
    expect(post.log).toContain('The config file is no longer what this action wrote, so it was left.');
    expect(existsSync(file)).toBe(true);
    await main.cleanUp();
  });

  test.each(['not JSON', '{"path":"/etc/hosts"}', '{"path":"../x","sha256":""}', '{"path":7}'])(
    'nor does %s in the state remove anything',
    async (state) => {
      const main = await runMain(lab);
      const post = await runPost(main, { environment: { 'STATE_config-file': state } });
      expect(post).toMatchObject({ exitCode: 0, stderr: '' });
      expect(existsSync('/etc/hosts')).toBe(true);
      await main.cleanUp();
    },
  );
});

test('the post step removes no file outside the folder of the runner', async () => {
  const main = await runMain(lab);
  const folder = temporaryFolder();
  const file = writtenFile(folder, 'keep.pem', '');
  const post = await runPost(main, { environment: { 'STATE_temporary-file': file } });
  expect(post.exitCode).toBe(0);
  expect(existsSync(file)).toBe(true);
  await main.cleanUp();
});
