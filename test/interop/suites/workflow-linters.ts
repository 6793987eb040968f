import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workflowFiles } from '../../../scripts/check-workflows.ts';
import { type Counterpart, Skipped, type Suite, type Workbench } from '../suite.ts';
import { debianPackages, goProgram, need, pythonEnvironment, run } from '../tools.ts';

const ACTIONLINT = '1.7.12';
const ROOT = path.join(import.meta.dirname, '../../..');
/** Names zizmor with its version and the hash of each wheel. */
const REQUIREMENTS = path.join(ROOT, 'test/interop/linters/requirements.txt');
const ZIZMOR = /^zizmor==(\S+)/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1] ?? '';
/** From 10 on by the severity of the findings; the others are for what failed. https://docs.zizmor.sh/usage/#exit-codes */
const ZIZMOR_AUDITED = [0, 10, 11, 12, 13, 14];
/** Holds faults on purpose. */
const BAD_WORKFLOW = path.join(ROOT, 'test/docs/bad-workflow.yml');
const OWN_ACTIONS = /org\/union-auth-action(?:\/[^@\s]+)?@v1/;
const ACTIONS = ['action.yml', 'rotation-reminder/action.yml'];

interface Workflow {
  readonly name: string;
  readonly text: string;
}

export const suite: Suite = {
  name: 'workflow-linters',
  title: 'actionlint and zizmor, over the workflows, action.yml and the recipes of README.md',
  async run(bench) {
    const workflows = [...ownWorkflows(), ...recipes()];
    await bench.attempt('actionlint', () => actionlint(bench, workflows));
    await bench.attempt('zizmor', () => zizmor(bench, workflows));
  },
};

async function actionlint(bench: Workbench, workflows: readonly Workflow[]): Promise<void> {
  await need('git');
  const program = await goProgram(bench.cache, 'github.com/rhysd/actionlint/cmd/actionlint', `v${ACTIONLINT}`);
  const row = bench.counterpart('actionlint', ACTIONLINT);
  const shellcheck = await findShellcheck(bench.cache, row);
  const faultsOf = async (file: string, cwd: string): Promise<string> => {
    const args = ['-no-color', '-oneline', '-shellcheck', shellcheck.program, '-pyflakes', '', file];
    const { exitCode, stdout, stderr } = await run(program, args, { cwd });
    // 1 is for faults; what is above it, for a call or a file that it could not handle.
    assert.ok([0, 1].includes(exitCode), `it ended with ${exitCode}: ${stderr.trim()}`);
    assert.equal(exitCode === 0, stdout === '', `it ended with ${exitCode} and printed: ${stdout}`);
    return stdout.trim();
  };
  const project = await projectWithAction(bench.temporary);
  for (const { name, text } of workflows) {
    await row.case(name, async () => {
      const file = path.join(project, '.github/workflows', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      assertNone(await faultsOf(file, project));
      // It reads the inputs and outputs of an action only where the action is in the same repository.
      writeFileSync(file, asLocal(text));
      assertNone(await faultsOf(file, project));
    });
  }
  const faultsOnPurpose = (): Promise<string> => {
    const file = path.join(project, '.github/workflows/bad.yml');
    writeFileSync(file, asLocal(readFileSync(BAD_WORKFLOW, 'utf8')));
    return faultsOf(file, project);
  };
  await row.case('it finds what is wrong on purpose', async () => {
    const faults = await faultsOnPurpose();
    assert.match(faults, /input "secret" is not defined in action/);
    assert.match(faults, /"github\.event\.pull_request\.title" is potentially untrusted/);
  });
  await row.case('so does shellcheck', async () => {
    if (shellcheck.missing !== undefined) {
      throw shellcheck.missing;
    }
    assert.match(await faultsOnPurpose(), /shellcheck reported issue in this script: SC2086/);
  });
}

async function zizmor(bench: Workbench, workflows: readonly Workflow[]): Promise<void> {
  const pinned = ['--require-hashes', '--no-deps', '--requirement', REQUIREMENTS];
  const programs = await pythonEnvironment(bench.cache, `zizmor-${ZIZMOR}`, pinned);
  const row = bench.counterpart('zizmor, as auditor', ZIZMOR);
  const options = ['--offline', '--persona', 'auditor', '--no-config', '--strict-collection', '--no-progress'];
  const faultsOf = async (file: string): Promise<string[]> => {
    const args = [...options, '--format', 'json-v1', file];
    const { exitCode, stdout, stderr } = await run(path.join(programs, 'zizmor'), args);
    assert.ok(ZIZMOR_AUDITED.includes(exitCode), `it ended with ${exitCode}: ${stderr.trim()}`);
    return (JSON.parse(stdout) as ZizmorFinding[]).map(({ ident, desc, locations }) => {
      const primary = locations.find(({ symbolic }) => symbolic.kind === 'Primary');
      return `line ${(primary?.concrete.location.start_point.row ?? -1) + 1}: ${desc} (${ident})`;
    });
  };
  const folder = path.join(bench.temporary, 'zizmor');
  const others = [...ACTIONS, '.github/dependabot.yml'].map((name) => ({
    name,
    text: readFileSync(path.join(ROOT, name), 'utf8'),
  }));
  for (const { name, text } of [...workflows, ...others]) {
    await row.case(name, async () => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      assertNone((await faultsOf(file)).join('; '));
    });
  }
  await row.case('it finds what is wrong on purpose', async () => {
    assert.match((await faultsOf(BAD_WORKFLOW)).join(), /dangerous-triggers.*template-injection/);
  });
}

/** In one line, and without the comparison that assert would print. */
function assertNone(faults: string): void {
  assert.ok(faults === '', faults);
}

interface ZizmorFinding {
  readonly ident: string;
  readonly desc: string;
  readonly locations: readonly ZizmorLocation[];
}

interface ZizmorLocation {
  readonly symbolic: { readonly kind: string };
  readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } };
}

interface Shellcheck {
  /** An empty name where there is none: actionlint then leaves the scripts of steps alone. */
  readonly program: string;
  readonly missing?: Skipped;
}

async function findShellcheck(cache: string, row: Counterpart): Promise<Shellcheck> {
  try {
    const program = path.join(await debianPackages(cache, ['shellcheck']), 'usr/bin/shellcheck');
    const [, version] = /^version: (.*)$/m.exec((await run(program, ['--version'])).stdout) ?? [];
    if (version === undefined) {
      throw new Skipped('shellcheck does not start');
    }
    row.note(`with shellcheck ${version}`);
    return { program };
  } catch (error) {
    if (error instanceof Skipped) {
      return { program: '', missing: error };
    }
    throw error;
  }
}

/** A repository that holds the action itself. */
async function projectWithAction(temporary: string): Promise<string> {
  const project = path.join(temporary, 'project');
  await run('git', ['init', '-q', project]);
  const programs = ['main', 'post', 'rotation-reminder'].map((name) => `dist/${name}/index.js`);
  for (const file of [...ACTIONS, ...programs, '.github/workflows/rotation-reminder.yml']) {
    cpSync(path.join(ROOT, file), path.join(project, file));
  }
  return project;
}

/** With the paths of this repository in place of its address. */
function asLocal(text: string): string {
  return text.replaceAll(/org\/union-auth-action(\/[^@\s]+)?@v1/g, (_, below: string = '/') => `.${below}`);
}

function ownWorkflows(): Workflow[] {
  return workflowFiles()
    .filter((file) => path.basename(file) !== 'action.yml')
    .map((file) => ({ name: file.replaceAll('/', '_'), text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** The steps that the pages show, each as a workflow. The workflows that they show whole are files of their own. */
function recipes(): Workflow[] {
  return ['README.md', 'docs/rotation.md'].flatMap(recipesOf);
}

function recipesOf(page: string): Workflow[] {
  const readme = readFileSync(path.join(ROOT, page), 'utf8');
  return [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map((match) => ({ steps: match[1] ?? '', heading: headingBefore(readme.slice(0, match.index)) }))
    .filter(({ steps }) => steps.startsWith('- ') && OWN_ACTIONS.test(steps))
    .map(({ steps, heading }) => ({ name: `${path.basename(page, '.md')}-${heading}.yml`, text: workflowOf(steps) }));
}

function headingBefore(text: string): string {
  const [, heading = ''] = /.*^#+ (.+?)$/ms.exec(text) ?? [];
  return heading.toLowerCase().replaceAll(/\W+/g, '-');
}

/** The tag is the reader's to replace, as in workflows/github, where the reason stands in the file. */
function workflowOf(steps: string): string {
  const indented = steps.replace(OWN_ACTIONS, '$& # zizmor: ignore[unpinned-uses]').replaceAll(/^(?=.)/gm, '      ');
  return `name: Recipe
on:
  workflow_dispatch:
permissions: {}
concurrency:
  group: recipe
  cancel-in-progress: false
jobs:
  recipe:
    name: Recipe
    runs-on: ubuntu-latest
    environment: production
    timeout-minutes: 10
    steps:
${indented}`;
}
