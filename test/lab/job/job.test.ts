import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../e2e/temporary.ts';
import { runStep, type StepResult } from '../../runner/action-runner.ts';
import { parseFileCommands } from '../../runner/file-commands.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const folder = temporaryFolder();
const outputFile = path.join(folder, 'output');

function run(script: string, args: string[], environment: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, GITHUB_OUTPUT: '', RUNNER_TEMP: '', ...environment },
  });
  return { status, stdout, stderr };
}

let lab: Readonly<Record<string, string>>;
let started: ReturnType<typeof run>;

/** As ci.yml and prober.yml do it: start.ts comes to its end, and the lab goes on. */
beforeAll(() => {
  writeFileSync(outputFile, '');
  started = run('start.ts', [], { GITHUB_OUTPUT: outputFile, RUNNER_TEMP: folder });
  expect(started.stderr).toBe('');
  lab = outputsIn(readFileSync(outputFile, 'utf8'));
});

afterAll(() => {
  process.kill(Number(lab['process-id']));
});

function outputsIn(text: string): Readonly<Record<string, string>> {
  const { pairs } = parseFileCommands(text);
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

function signIn(clientSecret: string): Promise<StepResult> {
  return runStep({
    actionDirectory: ROOT,
    step: 'main',
    inputs: {
      domain: lab['domain'] ?? '',
      'client-id': lab['client-id'] ?? '',
      'client-secret': clientSecret,
      'token-url': lab['token-url'] ?? '',
      'allowed-audience': lab['audience'] ?? '',
      'ca-certificates': lab['ca-certificates'] ?? '',
      'connect-to': lab['connect-to'] ?? '',
    },
  });
}

function assertStep(expected: string, step: StepResult, changes: Record<string, string> = {}) {
  return run('assert-step.ts', [expected], {
    LAB: JSON.stringify(lab),
    STEP: JSON.stringify({ ...step.outputs, ...changes }),
    OUTCOME: step.conclusion,
    FLYTE_API_KEY: step.exportedEnvironment['FLYTE_API_KEY'] ?? '',
  });
}

describe('the lab of a job', () => {
  it('answers after the step that started it, and its secret is masked before anything else is printed', () => {
    expect(started.status).toBe(0);
    expect(started.stdout.split('\n')[0]).toBe(`::add-mask::${lab['client-secret']}`);
    expect(() => process.kill(Number(lab['process-id']), 0)).not.toThrow();
  });

  it('takes the right secret, and what a job asserts of that step holds', async () => {
    const step = await signIn(lab['client-secret'] ?? '');
    expect(assertStep('signed-in', step)).toMatchObject({ status: 0, stderr: '' });
    expect(assertStep('refused', step).status).toBe(1);
    await step.cleanUp();
  });

  it('refuses a wrong one, and what a job asserts of that step holds', async () => {
    const step = await signIn('not-the-secret-of-this-app');
    expect(assertStep('refused', step)).toMatchObject({ status: 0, stderr: '' });
    expect(assertStep('signed-in', step).status).toBe(1);
    await step.cleanUp();
  });

  it.each([
    ['another key', { 'api-key': Buffer.from('a:b:c:').toString('base64') }],
    ['another subject', { subject: 'somebody' }],
    ['a finding more', { findings: '[{"code":"key/short-secret","severity":"warning"}]' }],
    ['a time that is over', { 'expires-at': '2020-01-01T00:00:00Z' }],
  ])('is not content with %s', async (_, changes) => {
    const step = await signIn(lab['client-secret'] ?? '');
    const { status, stdout, stderr } = assertStep('signed-in', step, changes);
    expect(status).toBe(1);
    expect(stdout + stderr).not.toContain(lab['client-secret']);
    await step.cleanUp();
  });

  it('does not start outside of a job', () => {
    expect(run('start.ts', [], {})).toMatchObject({ status: 1 });
  });
});
