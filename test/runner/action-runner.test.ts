import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { runStep, type StepOptions, type StepResult } from './action-runner.ts';

const manifest = `
name: fake
inputs:
  client-secret: { required: true }
  timeout seconds: { default: 10 }
  summary: { default: true }
  token: { default: "\${{ github.token }}" }
  note: {}
runs:
  using: node24
  main: main.mjs
  post: post.mjs
`;

/** Runs the code of its `note` input, so that each test can say what the action does. */
const script = `
import { appendFileSync as append, readFileSync as read, writeFileSync as write } from 'node:fs';
const { env } = process;
const AsyncFunction = (async () => {}).constructor;
await new AsyncFunction('env', 'append', 'read', 'write', env.INPUT_NOTE)(env, append, read, write);
`;

let actionDirectory = '';
const results: StepResult[] = [];

beforeAll(async () => {
  actionDirectory = await mkdtemp(path.join(tmpdir(), 'fake-action-'));
  await writeFile(path.join(actionDirectory, 'action.yml'), manifest);
  await writeFile(path.join(actionDirectory, 'main.mjs'), script);
  await writeFile(path.join(actionDirectory, 'post.mjs'), script);
});

afterEach(async () => {
  await Promise.all(results.splice(0).map((result) => result.cleanUp()));
});

afterAll(async () => {
  await rm(actionDirectory, { recursive: true });
});

async function run(note: string, options: Partial<StepOptions> = {}): Promise<StepResult> {
  const inputs = { note, ...options.inputs };
  const result = await runStep({ actionDirectory, step: 'main', ...options, inputs });
  results.push(result);
  return result;
}

async function environmentOf(options: Partial<StepOptions> = {}): Promise<Record<string, string>> {
  const result = await run('console.log(JSON.stringify(env))', options);
  return JSON.parse(result.stdout);
}

it('gives inputs and defaults as the runner names them', async () => {
  const environment = await environmentOf({ inputs: { 'client-secret': ' s ', Summary: 'false' } });
  expect(environment).toMatchObject({
    'INPUT_CLIENT-SECRET': ' s ',
    INPUT_TIMEOUT_SECONDS: '10',
    INPUT_SUMMARY: 'false',
    INPUT_TOKEN: 'ghs_made-up-token-of-the-stand-in',
  });
});

it('gives a clean environment, which a test can override', async () => {
  const environment = await environmentOf({
    environment: { EXTRA: '1', GITHUB_RUN_ID: '7' },
    eventName: 'pull_request',
    actor: 'dependabot[bot]',
    state: { isPost: 'true' },
  });
  expect(environment).toMatchObject({
    EXTRA: '1',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'dependabot[bot]',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_RUN_ID: '7',
    STATE_isPost: 'true',
  });
  expect(Object.keys(environment)).not.toContain('VITEST');
  expect(environment['HOME']).not.toBe(process.env['HOME']);
});

it('starts in an empty workspace, with the event in a file', async () => {
  const result = await run('console.log(process.cwd() === env.GITHUB_WORKSPACE, read(env.GITHUB_EVENT_PATH, "utf8"))', {
    eventPayload: { number: 7 },
  });
  expect(result.stdout).toBe('true {"number":7}\n');
});

it('reads what the step wrote to its files', async () => {
  const result = await run(`
    append(env.GITHUB_ENV, 'FLYTE_API_KEY<<x\\nabc\\nx\\nNODE_OPTIONS=--inspect\\n');
    append(env.GITHUB_OUTPUT, 'verdict=ready\\n');
    append(env.GITHUB_STATE, 'isPost=true\\n');
    append(env.GITHUB_PATH, '/opt/tool/bin\\n');
    append(env.GITHUB_STEP_SUMMARY, '# Ready\\nfor abcdefgh\\n');
    console.log('::add-mask::abcdefgh');
  `);
  expect(result).toMatchObject({
    exitCode: 0,
    exportedEnvironment: { FLYTE_API_KEY: 'abc' },
    outputs: { verdict: 'ready' },
    state: { isPost: 'true' },
    savedPaths: ['/opt/tool/bin'],
    summary: '# Ready\nfor ***\n',
    rawSummary: '# Ready\nfor abcdefgh\n',
    masks: ['abcdefgh'],
  });
  expect(Object.keys(result.exportedEnvironment)).toEqual(['FLYTE_API_KEY']);
});

it('shows the log as a user sees it', async () => {
  const result = await run(
    `console.log([
      'before abcdefgh',
      '::add-mask::abcdefgh',
      '::debug::not shown',
      '::group::Looking up abcdefgh',
      'inside',
      '::endgroup::',
      '::error title=Bad abcdefgh::It was abcdefgh%0Asecond line',
      '::warning::careful',
      '::notice::by the way',
      'job secret job-secret-1',
    ].join('\\n'))`,
    { secrets: [' job-secret-1\n'] },
  );
  expect(result.log.split('\n')).toEqual([
    'before abcdefgh',
    '▼ Looking up ***',
    'inside',
    'Error: It was ***',
    'second line',
    'Warning: careful',
    'Notice: by the way',
    'job secret ***',
    '',
  ]);
  // A title is not masked: that is how the runner is, and why ours must be constants.
  expect(result.annotations).toEqual([
    { level: 'error', title: 'Bad abcdefgh', message: 'It was ***\nsecond line' },
    { level: 'warning', title: '', message: 'careful' },
    { level: 'notice', title: '', message: 'by the way' },
  ]);
});

it('puts standard error first, where a mask of the same moment comes too late', async () => {
  const result = await run("console.log('::add-mask::abcdefgh'); console.error('oops abcdefgh')");
  expect(result.stderr).toBe('oops abcdefgh\n');
  expect(result.log).toBe('oops abcdefgh\n');
});

it('stops at stop-commands, so a mask is printed', async () => {
  const result = await run(
    "console.log('::stop-commands::abc\\n::add-mask::abcdefgh\\n::abc::\\n::add-mask::x1234567')",
  );
  expect(result.masks).toEqual(['x1234567']);
  expect(result.log).toContain('::add-mask::abcdefgh');
});

it('refuses set-env, and takes set-output of old', async () => {
  const result = await run("console.log('::set-output name=a::1\\n::set-env name=FLYTE_API_KEY::abcdefgh')");
  expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: { a: '1' }, exportedEnvironment: {} });
  expect(result.log).toContain(
    "Error: Unable to process command '::set-env name=FLYTE_API_KEY::abcdefgh' successfully.",
  );
});

it('fails a step whose file can not be read', async () => {
  const result = await run("write(env.GITHUB_OUTPUT, 'a=1\\nno sign')");
  expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: { a: '1' } });
});

it('shows debug lines and echoes when asked to, but never a mask', async () => {
  const result = await run("console.log('::debug::seen\\n::add-mask::abcdefgh\\n::group::title')", {
    environment: { RUNNER_DEBUG: '1' },
  });
  expect(result.log).toBe('##[debug]seen\n::add-mask::***\n::group::title\n▼ title\n');
});

it('leaves files out', async () => {
  const environment = await environmentOf({ omitFiles: ['GITHUB_ENV', 'GITHUB_STEP_SUMMARY'] });
  expect(environment['GITHUB_ENV']).toBeUndefined();
  expect(environment['GITHUB_STEP_SUMMARY']).toBeUndefined();
  expect(environment['GITHUB_OUTPUT']).toBeDefined();
});

it('warns of inputs that action.yml does not declare', async () => {
  const result = await run('', { inputs: { 'client-secrt': 'x' } });
  expect(result.annotations[0]?.message).toContain(
    "Unexpected input(s) 'client-secrt', valid inputs are ['client-secret'",
  );
});

it('passes on the exit code, and ends what runs too long', async () => {
  expect(await run('process.exit(3)')).toMatchObject({ exitCode: 3, conclusion: 'failure', hasTimedOut: false });
  const late = await run("console.log('started'); setInterval(() => {}, 1000)", { timeoutMs: 1500 });
  expect(late).toMatchObject({ hasTimedOut: true, conclusion: 'failure', stdout: 'started\n' });
});

it('lets a post step follow: same folders, masks, environment and state', async () => {
  const main = await run(`
    write('left-behind', '1');
    append(env.GITHUB_ENV, 'A=1\\n');
    append(env.GITHUB_STATE, 'isPost=true\\n');
    console.log('::add-mask::abcdefgh');
  `);
  const post = await run("console.log(read('left-behind', 'utf8'), env.A, env.STATE_isPost, 'abcdefgh')", {
    step: 'post',
    previous: main,
  });
  expect(post.log).toBe('1 1 true ***\n');
  expect(post.workspace).toBe(main.workspace);
});

it('cleans up', async () => {
  const result = await run('');
  expect(existsSync(result.runnerTemp)).toBe(true);
  await result.cleanUp();
  expect(existsSync(result.folders.root)).toBe(false);
});
