import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listedFiles, run } from '../tools.ts';

/** Whose workflows run, as act tells the jobs. */
export const REPOSITORY = 'octo-org/deployments';
const ROOT = path.join(import.meta.dirname, '../../..');

/** A user's repository, a clone of this action beside it, and a home folder without any settings of act. */
export interface Workplace {
  readonly repository: string;
  /** As docs/act.md has it: ../union-auth-action. What git lists, as it stands in the working tree. */
  readonly clone: string;
  /** Stands first on PATH. */
  readonly programs: string;
  /** What the programs of a job leave behind. */
  readonly records: string;
  /** Runs a command of a shell, with act on PATH. */
  shell(command: string, options?: { environment?: NodeJS.ProcessEnv; cwd?: string }): Promise<ActRun>;
  remove(): void;
}

export interface ActRun {
  readonly exitCode: number;
  /** Everything that was printed. */
  readonly log: string;
  /** What the steps printed, without what act puts before each line. */
  readonly steps: string;
}

export async function makeWorkplace(act: string, temporary: string): Promise<Workplace> {
  const folder = mkdtempSync(path.join(temporary, 'workplace-'));
  const at = (name: string): string => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const [repository, clone, programs, records, home] = [
    at('repository'),
    at('union-auth-action'),
    at('programs'),
    at('records'),
    at('home'),
  ];
  const base = {
    PATH: [programs, path.dirname(act), path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
    HOME: home,
    GIT_CONFIG_GLOBAL: path.join(home, '.gitconfig'),
  };
  writeFileSync(base.GIT_CONFIG_GLOBAL, '[user]\n\tname = somebody\n\temail = somebody@example.test\n');
  await copyListed(clone);
  return {
    repository,
    clone,
    programs,
    records,
    async shell(command, { environment, cwd = repository } = {}) {
      const ended = await run('sh', ['-c', command], { cwd, environment: { ...base, ...environment } });
      const log = ended.stdout + ended.stderr;
      const steps = [...log.matchAll(/^\[[^\]]+\] {3}\| (.*)$/gm)].map(([, line]) => line);
      return { exitCode: ended.exitCode, log, steps: steps.join('\n') };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Writes a workflow of this repository into the user's, with what has to be another one there, and commits it. */
export async function takeWorkflow(
  { repository, shell }: Pick<Workplace, 'repository' | 'shell'>,
  name: string,
  changes: readonly (readonly [string, string])[] = [],
): Promise<void> {
  let text = readFileSync(path.join(ROOT, 'workflows/github', name), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) {
      throw new Error(`${name} has no "${from.trim()}"`);
    }
    text = text.replace(from, () => to);
  }
  const folder = path.join(repository, '.github/workflows');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), text);
  await commit({ shell }, repository);
}

/** act reads the commit of the folder it works in, and takes the name of the repository from its remote. */
export async function commit({ shell }: Pick<Workplace, 'shell'>, cwd: string): Promise<void> {
  const steps = [
    'git init -q -b main .',
    `git config remote.origin.url https://github.com/${REPOSITORY}`,
    'git add -A',
    'git commit -q --allow-empty -m change',
  ];
  const { exitCode, log } = await shell(steps.join(' && '), { cwd });
  if (exitCode !== 0) {
    throw new Error(`git: ${log.slice(-300)}`);
  }
}

/** A clone holds no node_modules, and act copies the whole folder. */
async function copyListed(target: string): Promise<void> {
  for (const file of (await listedFiles(ROOT)).filter((name) => !name.startsWith('test/'))) {
    cpSync(path.join(ROOT, file), path.join(target, file));
  }
}
