import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeJobFolders, removeJobFolders } from '../runner/step-folders.ts';
import { type Program, runProgram } from './programs.ts';

const RUNS = 10;
const SAMPLE_MICROSECONDS = 100;
const LONGEST_LIST = 30;

/** As V8 writes it: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** What a program spends its time on, as two lists: by kind, and by function of its own with all that it calls. */
export async function profileOf(program: Program): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'profile-'));
  const jobFolders = await makeJobFolders();
  try {
    const profiled = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', String(SAMPLE_MICROSECONDS)];
    for (let run = 0; run < RUNS; run++) {
      await runProgram({ ...program, arguments: [...profiled, ...program.arguments] }, jobFolders);
    }
    const kinds = new Map<string, number>();
    const functions = new Map<string, number>();
    for (const file of await readdir(folder)) {
      count(JSON.parse(await readFile(path.join(folder, file), 'utf8')) as CpuProfile, kinds, functions);
    }
    return [...listOf(kinds), '', ...listOf(functions)].join('\n');
  } finally {
    await Promise.all([rm(folder, { recursive: true, force: true }), removeJobFolders(jobFolders)]);
  }
}

function count({ nodes, samples, timeDeltas }: CpuProfile, kinds: Map<string, number>, functions: Map<string, number>) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const add = (map: Map<string, number>, name: string, time: number): unknown =>
    map.set(name, (map.get(name) ?? 0) + time);
  for (const [index, sample] of samples.entries()) {
    const node = byId.get(sample);
    const time = timeDeltas[index] ?? 0;
    if (node === undefined) {
      continue;
    }
    add(kinds, kindOf(node), time);
    const names = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const { functionName, url } = byId.get(id)?.callFrame ?? { functionName: '', url: '' };
      if (url.startsWith('file:') && functionName !== '') {
        names.add(functionName);
      }
    }
    for (const name of names) {
      add(functions, name, time);
    }
  }
}

function kindOf({ callFrame: { functionName, url } }: ProfileNode): string {
  if (/^compile(?:SourceTextModule|Function)/.test(functionName)) {
    return 'reading and compiling the program';
  }
  if (/^compileForInternalLoader$|^internalBinding$/.test(functionName)) {
    return "loading Node's modules";
  }
  if (url.startsWith('file:')) {
    return 'functions of the program, compiled when first called';
  }
  if (url.startsWith('node:')) {
    return "functions of Node's modules";
  }
  const names: Record<string, string> = {
    '(program)': 'outside JavaScript: the start of Node, system calls',
    '(idle)': 'waiting',
    '(garbage collector)': 'garbage collector',
  };
  return names[functionName] ?? 'builtins';
}

/** In milliseconds of one run, the longest first. */
function listOf(times: ReadonlyMap<string, number>): string[] {
  return [...times]
    .sort(([, left], [, right]) => right - left)
    .slice(0, LONGEST_LIST)
    .map(([name, microseconds]) => `${(microseconds / 1000 / RUNS).toFixed(1).padStart(8)} ms  ${name}`);
}
