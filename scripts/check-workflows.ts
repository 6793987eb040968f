/*
 * Checks the workflows of this repository and action.yml, or the files that are named: first with GitHub's own
 * language service, then by rules of our own about what a workflow that holds a secret may do. Of dependabot.yml it
 * checks that updates wait for a while.
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
  'actions/attest': ['subject-path', 'sbom-path'],
  'actions/checkout': ['persist-credentials', 'ref', 'fetch-depth', 'path'],
  'actions/dependency-review-action': ['fail-on-severity', 'fail-on-scopes', 'allow-licenses'],
  'actions/download-artifact': ['name', 'path'],
  'actions/setup-node': ['node-version', 'check-latest', 'package-manager-cache', 'registry-url'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
  'github/codeql-action': ['languages', 'build-mode', 'queries', 'config', 'category', 'sarif_file'],
  'ossf/scorecard-action': ['results_file', 'results_format', 'publish_results'],
  'step-security/harden-runner': ['egress-policy', 'allowed-endpoints', 'disable-sudo-and-containers'],
};
/** Where the workflows of this repository stand; for those that are to be copied some rules do not hold. */
const OWN_WORKFLOWS = '.github/workflows/';
const DEPENDABOT = '.github/dependabot.yml';
/** Dependabot's updates wait this long, so that others find what was taken over. */
const COOLDOWN_DAYS = 7;
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
    '.github/workflows/*.{yml,yaml}',
    'workflow-templates/*.yml',
  ];
  return globSync(patterns, { cwd: ROOT, exclude: (path) => path === 'node_modules' || path === 'dist' }).sort();
}

async function checkFile(file: string): Promise<WorkflowFault[]> {
  return await checkWorkflow(file, readFileSync(resolve(ROOT, file), 'utf8'));
}

/** @param file its name tells an action.yml from a workflow. */
export async function checkWorkflow(file: string, text: string): Promise<WorkflowFault[]> {
  if (file === DEPENDABOT) {
    return checkDependabot(file, text);
  }
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
  if (file.startsWith(OWN_WORKFLOWS)) {
    checkOwnWorkflow(root, text, report);
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

/** What holds for the workflows that run in this repository. */
function checkOwnWorkflow(root: YAMLMap, text: string, report: ReportFault): void {
  const permissions = root.get('permissions', true);
  if (isNode(permissions) && !(isMap(permissions) && permissions.items.length === 0)) {
    report(permissions, 'the top-level permissions are not {}: each job has its own');
  }
  const isCalled = eventsOf(root).some((event) => String(event) === 'workflow_call');
  if (!root.has('concurrency') && !isCalled) {
    report(root, 'has no concurrency');
  }
  for (const [, job] of mapEntries(root.get('jobs'))) {
    checkPermissions(job, text, report);
    const steps = job.get('steps');
    const maps = isSeq(steps) ? steps.items.filter((item) => isMap(item)) : [];
    const [first] = maps;
    if (!isCalled && !String(first?.get('uses')).startsWith('step-security/harden-runner@')) {
      report(first ?? job, 'the first step does not watch outgoing connections');
    }
    for (const step of maps) {
      checkCache(step, report);
    }
    checkSigning(job, maps, report);
  }
}

function checkPermissions(job: YAMLMap, text: string, report: ReportFault): void {
  const permissions = job.get('permissions', true);
  if (!isMap(permissions)) {
    report(job, 'a job does not name its permissions one by one');
    return;
  }
  for (const { key, value } of permissions.items) {
    const end = (isNode(value) ? value.range?.[1] : undefined) ?? 0;
    if (!/^ # \S/.test(text.slice(end).split('\n', 1)[0] ?? '')) {
      report(key, `${String(key)} has no comment that says what for`);
    }
  }
}

/** A cache can be filled by a run with fewer rights; what it saves is not worth it in any job here. */
function checkCache(step: YAMLMap, report: ReportFault): void {
  const uses = String(step.get('uses') ?? '');
  if (/^actions\/cache(\/|@)/.test(uses) || step.hasIn(['with', 'cache'])) {
    report(step, 'uses a cache');
  }
  if (uses.startsWith('actions/setup-node@') && String(step.getIn(['with', 'package-manager-cache'])) !== 'false') {
    report(step, 'setup-node without package-manager-cache: false keeps a cache by itself');
  }
}

/** A job that may sign as its workflow, or write to the repository, runs no code of this repository and its packages. */
function checkSigning(job: YAMLMap, steps: readonly YAMLMap[], report: ReportFault): void {
  const may = (permission: string): boolean => String(job.getIn(['permissions', permission])) === 'write';
  if (!may('attestations') && !may('contents') && !may('packages')) {
    return;
  }
  for (const step of steps) {
    const isCheckout = String(step.get('uses') ?? '').startsWith('actions/checkout@');
    const script = String(step.get('run') ?? '');
    if (
      isCheckout ||
      /\b(?:npm|npx|node|yarn|pnpm)\b/.test(script) ||
      String(step.get('uses') ?? '').startsWith('./')
    ) {
      report(step, 'a job that may sign or write runs code of this repository or its packages');
    }
  }
}

function checkDependabot(file: string, text: string): WorkflowFault[] {
  const lines = new LineCounter();
  const updates = parseDocument(text, { lineCounter: lines }).get('updates');
  const list = isSeq(updates) ? updates.items.filter((item) => isMap(item)) : [];
  const faults = list.flatMap((update): WorkflowFault[] => {
    const line = lines.linePos(update.range?.[0] ?? 0).line;
    const name = String(update.get('package-ecosystem'));
    const days = Number(update.getIn(['cooldown', 'default-days']) ?? 0);
    return days >= COOLDOWN_DAYS ? [] : [{ file, line, message: `${name} waits less than ${COOLDOWN_DAYS} days` }];
  });
  const missing = ['npm', 'github-actions'].filter(
    (name) => !list.some((update) => update.get('package-ecosystem') === name),
  );
  return [...faults, ...missing.map((name) => ({ file, line: 1, message: `${name} is not updated` }))];
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
  const files = named.length > 0 ? named : [...workflowFiles(), DEPENDABOT];
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
