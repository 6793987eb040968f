import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkWorkflow, workflowFiles } from '../../scripts/check-workflows.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHECKOUT = 'actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3 # v6.0.0';

/** Made of two pieces, so that no linter takes it for a template. */
const EXPRESSION = '$' + '{{ github.ref }}';

/** A workflow without a fault; each case below replaces one piece of it. */
const SOUND = `on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - id: auth
        uses: org/union-auth-action@v1
        with:
          domain: union.example.com
      - if: steps.auth.outputs.verdict == 'ready'
        run: echo ready
`;

describe('the check of workflows', () => {
  it('finds nothing in a sound one', async () => {
    expect(await faultsOf(SOUND)).toEqual([]);
  });

  it.each([
    ['an unknown input', 'domain: union', 'domian: union', "14: Invalid action input 'domian'"],
    ['an unknown output', 'outputs.verdict', 'outputs.result', '5: steps.auth has no output result'],
    ['an expression with a typing error', 'steps.auth', 'step.auth', "15: Unrecognized named-value: 'step'"],
    ['an action by its tag', CHECKOUT, 'actions/checkout@v6', '8: actions/checkout@v6 is not pinned'],
    [
      'a pin without its version',
      ' # v6.0.0',
      '',
      '8: actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3 is not',
    ],
    ['a short pin', 'b6815bc44a9784bd300feb67ff0d1eeb3', '', '8: actions/checkout@1af3b93 is not pinned'],
    ['an action that nobody looked at', 'actions/checkout@', 'actions/chekout@', '8: Unable to resolve action'],
    ['our action by its branch', 'action@v1', 'action@main', '12: org/union-auth-action@main is not pinned'],
    ['no permissions', 'permissions: {}\n', '', '1: has no top-level permissions'],
    ['pull_request_target', 'on: push', 'on: pull_request_target', '1: runs on pull_request_target'],
    ['workflow_run in a list', 'on: push', 'on: [push, workflow_run]', '1: runs on workflow_run'],
    ['pull_request_target as a key', 'on: push', 'on:\n  pull_request_target:', '2: runs on pull_request_target'],
    [
      'credentials that stay',
      'persist-credentials: false',
      'fetch-depth: 1',
      '8: checkout without persist-credentials',
    ],
    ['no time limit', '    timeout-minutes: 5\n', '', '5: a job has no timeout-minutes'],
    ['an expression in a script', 'echo ready', 'echo ' + EXPRESSION, '16: an expression inside run'],
    ['no place to run on', '    runs-on: ubuntu-latest\n', '', '5: Required property is missing: runs-on'],
    ['broken YAML', 'on: push', 'on: [push', '2: Flow sequence'],
  ])('finds %s', async (_, piece, replacement, expected) => {
    expect(SOUND).toContain(piece);
    const faults = await faultsOf(SOUND.replace(piece, () => replacement));
    expect(faults.some((fault) => fault.startsWith(expected))).toBe(true);
  });

  it('finds an icon and a colour that GitHub does not have', async () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8')
      .replace(/icon: .*/, 'icon: padlock')
      .replace(/color: .*/, 'color: pink');
    const messages = (await checkWorkflow('action.yml', text)).map(({ message }) => message);
    expect(messages).toEqual(["Unexpected value 'padlock'", "Unexpected value 'pink'"]);
  });

  it('fails as a process, and names file and line', () => {
    const { status, stderr } = runCheck('test/docs/bad-workflow.yml');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^test\/docs\/bad-workflow\.yml:12: Invalid action input 'secret'$/),
      expect.stringMatching(/^test\/docs\/bad-workflow\.yml:3: runs on pull_request_target/),
      expect.stringMatching(/^test\/docs\/bad-workflow\.yml:10: an expression inside run/),
    ]);
  });
});

/** A workflow of this repository without a fault. */
const OWN = `on: push
permissions: {}
concurrency:
  group: a
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read # to check out
    steps:
      - uses: step-security/harden-runner@b09bb98e06d4d774595224525879c09bc6e98c40 # v2.20.1
        with:
          egress-policy: audit
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          package-manager-cache: false
      - run: npm ci
`;

describe('the check of workflows of this repository', () => {
  it('finds nothing in a sound one', async () => {
    expect(await faultsOf(OWN, '.github/workflows/own.yml')).toEqual([]);
  });

  it.each([
    ['rights for all jobs', 'permissions: {}\n', 'permissions:\n  contents: read\n', '3: the top-level permissions'],
    [
      'rights that are only read, for all jobs',
      'permissions: {}',
      'permissions: read-all',
      '2: the top-level permissions',
    ],
    ['no concurrency', 'concurrency:\n  group: a\n', '', '1: has no concurrency'],
    [
      'a job without rights of its own',
      '    permissions:\n      contents: read # to check out\n',
      '',
      '7: a job does not name its permissions',
    ],
    ['a right without a reason', ' # to check out', '', '10: contents has no comment'],
    [
      'a first step that does not watch',
      'step-security/harden-runner@b09bb98e06d4d774595224525879c09bc6e98c40 # v2.20.1\n        with:\n          egress-policy: audit\n      - uses: ',
      '',
      '12: the first step does not watch',
    ],
    ['a cache of npm', 'package-manager-cache: false', 'cache: npm', '18: uses a cache'],
    [
      'the cache that setup-node makes by itself',
      '        with:\n          package-manager-cache: false\n',
      '',
      '18: setup-node without',
    ],
    ['a cache', 'actions/setup-node@', 'actions/cache@', '18: uses a cache'],
    [
      'a job that writes and runs code of its packages',
      'contents: read',
      'contents: write',
      '21: a job that may sign or write',
    ],
    [
      'a job that signs and runs code of its packages',
      'contents: read',
      'attestations: write',
      '15: a job that may sign or write',
    ],
  ])('finds %s', async (_, piece, replacement, expected) => {
    expect(OWN).toContain(piece);
    const faults = await faultsOf(
      OWN.replace(piece, () => replacement),
      '.github/workflows/own.yml',
    );
    expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${expected}`)));
  });
});

describe('the check of dependabot.yml', () => {
  const FILE = '.github/dependabot.yml';
  const text = readFileSync(join(ROOT, FILE), 'utf8');

  it('finds nothing in ours', async () => {
    expect(await faultsOf(text, FILE)).toEqual([]);
  });

  it('finds updates that do not wait', async () => {
    expect(await faultsOf(text.replace('default-days: 7', 'default-days: 6'), FILE)).toEqual([
      expect.stringMatching(/^\d+: npm waits less than 7 days$/),
    ]);
    expect(await faultsOf(text.replaceAll(/ {4}cooldown:\n( {6}.*\n)+/g, ''), FILE)).toHaveLength(
      text.match(/cooldown:/g)?.length ?? 0,
    );
  });

  it('finds actions that are never updated', async () => {
    expect(
      await faultsOf(text.replace('package-ecosystem: github-actions', 'package-ecosystem: docker'), FILE),
    ).toEqual(['1: github-actions is not updated']);
  });
});

describe('what is delivered', () => {
  it.each(workflowFiles())('%s has no fault', async (file) => {
    expect(await checkWorkflow(file, readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
  });

  it.each(stepSnippets())('the steps in %s have no fault', async (_, steps) => {
    const indented = steps.replaceAll(/^/gm, '      ');
    const head = SOUND.slice(0, SOUND.indexOf('      - uses:'));
    expect(await faultsOf(`${head}${indented}\n`)).toEqual([]);
  });

  it.each(['deploy.yml', 'deploy-with-output.yml'])('%s guards the deploy by the verdict', (name) => {
    const text = readFileSync(join(ROOT, 'workflows/github', name), 'utf8');
    const step = text.split(/\n(?= {6}- )/).find((part) => part.includes(' deploy --')) ?? '';
    expect(step).toContain(
      "if: steps.auth.outputs.verdict == 'ready' || steps.auth.outputs.verdict == 'ready-with-warnings'\n",
    );
    // The file of the config before the command, the name of the environment at the end.
    expect(step).toMatch(/flyte --config \S+ deploy .*\S+\.py \w+\n/);
  });

  it.each(['flytekit', 'flytectl'])('register-%s.yml names its client and guards the registration', (client) => {
    const text = readFileSync(join(ROOT, `workflows/github/register-${client}.yml`), 'utf8');
    expect(text).toContain(`          clients: ${client}\n`);
    const step = text.split(/\n(?= {6}- )/).find((part) => part.includes(' register ')) ?? '';
    expect(step).toContain(
      "if: steps.auth.outputs.verdict == 'ready' || steps.auth.outputs.verdict == 'ready-with-warnings'\n",
    );
  });
});

async function faultsOf(text: string, file = 'workflow.yml'): Promise<string[]> {
  return (await checkWorkflow(file, text)).map(({ line, message }) => `${line}: ${message}`);
}

function runCheck(file: string) {
  return spawnSync(process.execPath, ['scripts/check-workflows.ts', file], { cwd: ROOT, encoding: 'utf8' });
}

/** The blocks of steps in the documentation, each with the place where it stands. */
function stepSnippets(): [place: string, steps: string][] {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((page) =>
    page.endsWith('.md'),
  );
  return pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    return [...text.matchAll(/^```yaml\n(- [\s\S]*?)^```$/gm)].map(({ 1: steps = '', index }): [string, string] => [
      `${page}:${text.slice(0, index).split('\n').length}`,
      steps.trimEnd(),
    ]);
  });
}
