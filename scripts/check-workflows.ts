/*
 * Checks the workflows of this repository and action.yml, or the files that are named: first with GitHub's own
 * language service, then by rules of our own about what a workflow that holds a secret may do.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { registerLogger, validate } from '@actions/languageservice';
import { build } from 'esbuild';
import { isMap, isNode, isScalar, isSeq, LineCounter, parse, parseDocument, type YAMLMap } from 'yaml';

const ROOT = dirname(import.meta.dirname);
const OWN_ACTION = /^org\/union-auth-action(\/[\w/.-]+)?@v1$/;
/** Every action of others that a workflow here may use, with the inputs that it may be given. */
const OTHER_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout': ['persist-credentials', 'ref', 'fetch-depth', 'path'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
};
const REFUSED_EVENTS = ['pull_request_target', 'workflow_run'];
/** DiagnosticSeverity of the Language Server Protocol. */
const WARNING_SEVERITY = 2;

interface WorkflowFault {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

interface LanguageService {
  readonly validate: typeof validate;
  readonly registerLogger: typeof registerLogger;
  readonly TextDocument: {
    create(uri: string, language: string, version: number, text: string): Parameters<typeof validate>[0];
  };
}
type ActionMetadata = Awaited<
  ReturnType<NonNullable<NonNullable<Parameters<typeof validate>[1]>['actionsMetadataProvider']>['fetchActionMetadata']>
>;

let loaded: Promise<LanguageService> | undefined;
/** The language service remembers what it parsed by its address: each text gets an address of its own. */
let documents = 0;

export function workflowFiles(): string[] {
  const patterns = [
    'action.yml',
    '*/action.yml',
    'workflows/github/**/*.yml',
    '.github/workflows/*.yml',
    'workflow-templates/*.yml',
  ];
  return globSync(patterns, { cwd: ROOT, exclude: (path) => path === 'node_modules' || path === 'dist' }).sort();
}

async function checkFile(file: string): Promise<WorkflowFault[]> {
  return await checkWorkflow(file, readFileSync(resolve(ROOT, file), 'utf8'));
}

/** @param file its name tells an action.yml from a workflow. */
export async function checkWorkflow(file: string, text: string): Promise<WorkflowFault[]> {
  const faults = await checkByLanguageService(file, text);
  return /(^|\/)action\.yml$/.test(file) ? faults : [...faults, ...checkByOwnRules(file, text)];
}

async function checkByLanguageService(file: string, text: string): Promise<WorkflowFault[]> {
  loaded ??= loadLanguageService();
  const { validate, TextDocument } = await loaded;
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/${file}`, 'yaml', 1, text);
  const diagnostics = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } });
  return diagnostics.map(({ range, message, severity }) => {
    const [said] = (typeof message === 'string' ? message : message.value).split('\n', 1);
    return {
      file,
      line: range.start.line + 1,
      message: severity === WARNING_SEVERITY ? `${said} (a warning)` : `${said}`,
    };
  });
}

/** Its imports of JSON lack the attributes that Node demands, so it only runs as a bundle. */
async function loadLanguageService(): Promise<LanguageService> {
  const contents = `
    export { registerLogger, validate } from '@actions/languageservice';
    export { TextDocument } from 'vscode-languageserver-textdocument';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'languageService',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'error',
  });
  const service = runInThisContext(`${outputFiles[0]?.text ?? ''}\nlanguageService`) as LanguageService;
  // It logs what goes wrong in it, and would find no fault then.
  service.registerLogger({ log: ignore, info: ignore, warn: ignore, error: fail });
  return service;
}

function ignore(): void {}

function fail(message: string): never {
  throw new Error(message);
}

async function fetchActionMetadata(reference: { owner: string; name: string; path?: string }): Promise<ActionMetadata> {
  const name = `${reference.owner}/${reference.name}`;
  if (name === 'org/union-auth-action') {
    return parse(readFileSync(join(ROOT, reference.path ?? '', 'action.yml'), 'utf8')) as ActionMetadata;
  }
  const inputs = OTHER_ACTIONS[name];
  return inputs && { name, description: '', inputs: Object.fromEntries(inputs.map((input) => [input, NO_TEXT])) };
}

const NO_TEXT = { description: '' };

function checkByOwnRules(file: string, text: string): WorkflowFault[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const faults: WorkflowFault[] = [];
  const report = (node: unknown, message: string): void => {
    const offset = (isNode(node) ? node.range?.[0] : undefined) ?? 0;
    faults.push({ file, line: lines.linePos(offset).line, message });
  };
  const root = document.contents;
  if (!isMap(root)) {
    report(root, 'is no workflow');
    return faults;
  }
  if (!root.has('permissions')) {
    report(root, 'has no top-level permissions');
  }
  for (const event of eventsOf(root)) {
    if (REFUSED_EVENTS.includes(String(event))) {
      report(event, `runs on ${String(event)}, which gives secrets to changes of strangers`);
    }
  }
  for (const [, job] of mapEntries(root.get('jobs'))) {
    if (job.has('uses')) {
      checkUses(job, text, report);
      continue;
    }
    if (!job.has('timeout-minutes')) {
      report(job, 'a job has no timeout-minutes');
    }
    checkSteps(job, text, report);
  }
  return faults;
}

type ReportFault = (node: unknown, message: string) => void;

function checkSteps(job: YAMLMap, text: string, report: ReportFault): void {
  const steps = job.get('steps');
  const maps = isSeq(steps) ? steps.items.filter((item) => isMap(item)) : [];
  const ours = new Map<string, string>();
  for (const step of maps) {
    checkUses(step, text, report);
    const uses = String(step.get('uses') ?? '');
    const [isOurs, folder = ''] = OWN_ACTION.exec(uses) ?? [];
    if (isOurs !== undefined) {
      ours.set(String(step.get('id') ?? ''), folder);
    }
    if (uses.startsWith('actions/checkout@') && String(step.getIn(['with', 'persist-credentials'])) !== 'false') {
      report(step, 'checkout without persist-credentials: false leaves a token in the workspace');
    }
    const run = step.get('run', true);
    if (isScalar(run) && String(run.value).includes('$' + '{{')) {
      report(run, 'an expression inside run is put into the script as text: pass it through env');
    }
  }
  checkOutputs(job, ours, text, report);
}

function checkUses(holder: YAMLMap, text: string, report: ReportFault): void {
  const node = holder.get('uses', true);
  if (!isScalar(node)) {
    return;
  }
  const uses = String(node.value);
  const line = text.slice(node.range?.[0] ?? 0).split('\n', 1)[0] ?? '';
  if (!OWN_ACTION.test(uses) && !uses.startsWith('./') && !/@[0-9a-f]{40}\s+# v\d+(\.\d+)*/.test(line)) {
    report(node, `${uses} is not pinned to a full commit with its version as a comment`);
  }
}

/** The language service knows the inputs of an action, and not its outputs. */
function checkOutputs(job: YAMLMap, ours: ReadonlyMap<string, string>, text: string, report: ReportFault): void {
  const [start = 0, end = text.length] = job.range ?? [];
  for (const [, id = '', output = ''] of text.slice(start, end).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    const folder = ours.get(id);
    if (folder !== undefined && !(output in outputsOf(folder))) {
      report(job, `steps.${id} has no output ${output}`);
    }
  }
}

function outputsOf(folder: string): Readonly<Record<string, unknown>> {
  return (parse(readFileSync(join(ROOT, folder, 'action.yml'), 'utf8')) as { outputs: Record<string, unknown> })
    .outputs;
}

/** Names of events, in each of the three forms of `on`. */
function eventsOf(root: YAMLMap): unknown[] {
  const on = root.get('on', true);
  return isMap(on) ? on.items.map(({ key }) => key) : isSeq(on) ? on.items : [on];
}

function mapEntries(node: unknown): [string, YAMLMap][] {
  return isMap(node)
    ? node.items.flatMap(({ key, value }): [string, YAMLMap][] => (isMap(value) ? [[String(key), value]] : []))
    : [];
}

// Last, so that every constant above has its value.
if (import.meta.main) {
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : workflowFiles();
  const faults = (await Promise.all(files.map((file) => checkFile(file)))).flat();
  for (const { file, line, message } of faults) {
    console.error(`${file}:${line}: ${message}`);
  }
  if (faults.length > 0) {
    process.exitCode = 1;
  } else {
    console.log(`${files.length} files are sound: ${files.join(', ')}.`);
  }
}
