/*
 * Writes what the documentation takes from the code: docs/findings.md from the catalogue, the tables of inputs and
 * outputs in README.md from action.yml, and its recipes from workflows/. With --check it writes nothing and fails
 * where a file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { CATALOGUE } from '../src/catalogue.ts';
import type { FindingDefinition, Severity } from '../src/findings/finding.ts';

const ROOT = dirname(import.meta.dirname);

/** What each area of findings is about, as a heading and a sentence. An area without one stands under its own name. */
const AREAS: Readonly<Record<string, readonly [heading: string, about: string]>> = {
  input: ['Inputs', 'The inputs of the step can not be used as they are.'],
  event: ['Events', 'What started the workflow, and whether it may have secrets.'],
  runner: ['Runner', 'What in the environment of the step would make it unsafe to go on.'],
  key: ['Key', 'The shape of the API key and of its four fields. Nothing was sent anywhere yet.'],
  client: ['Client', 'What in the workspace the flyte client would read.'],
  network: ['Network', 'The deployment or the identity provider could not be reached.'],
  discovery: ['Discovery', 'Asking the deployment who issues its tokens.'],
  idp: ['Identity provider', 'The trial exchange of client id and secret for a token.'],
  token: ['Token', 'The token, judged by the rules of the control plane.'],
  'key-set': ['Key set', 'The keys by which the signature of the token is checked.'],
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  pass: 'passed',
  note: 'note',
  warning: 'warning',
  error: 'error',
};

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** The files that differ from what the code says, with the text that they should hold. */
export function staleDocs(): { path: string; text: string }[] {
  const fresh = [
    { path: 'docs/findings.md', text: findingsPage() },
    { path: 'README.md', text: fillReadme(read('README.md')) },
  ];
  return fresh.filter(({ path, text }) => !existsSync(join(ROOT, path)) || read(path) !== text);
}

export function findingsPage(): string {
  const byArea = Map.groupBy(Object.entries<FindingDefinition>(CATALOGUE), ([code]) => code.split('/', 1)[0] ?? '');
  const sections = [...byArea].map(([area, definitions]) => {
    const [heading, about] = AREAS[area] ?? [area];
    return [`## ${heading}`, about, ...definitions.map(([code, definition]) => findingSection(code, definition))]
      .filter((part) => part !== undefined)
      .join('\n\n');
  });
  return `${[FINDINGS_OPENING, ...sections].join('\n\n')}\n`;
}

const FINDINGS_OPENING = `# Findings

<!-- Written by scripts/generate-docs.ts from the code. Do not edit: run \`npm run docs\`. -->

Everything that the action can report. The code of a finding stands in the log, in the annotation and in the output \`findings\`. A code never changes its meaning.

An error makes the step fail, and nothing is exported. A warning lets it pass with the verdict \`ready-with-warnings\`. The severity below is the usual one: a rule about a setting that you did not state (\`allowed-audience\`, \`subject-claims\`, \`app-claims\`) gives a warning where it would give an error otherwise.`;

function findingSection(code: string, { title, cause, fix, severity, waitingHelps }: FindingDefinition): string {
  const waiting = waitingHelps === true ? 'Waiting can help: the same run may pass later.' : 'Waiting does not help.';
  const weight =
    severity === 'error' || severity === 'warning'
      ? `Severity: ${SEVERITIES[severity]}. ${waiting}`
      : `Severity: ${SEVERITIES[severity]}.`;
  return [`### \`${code}\``, `**${prose(title)}.**`, `Cause: ${prose(cause)}`, `Fix: ${prose(fix)}`, weight].join(
    '\n\n',
  );
}

/** Fills what stands between markers, and leaves the prose around them alone. */
export function fillReadme(readme: string): string {
  const { inputs, outputs } = parse(read('action.yml')) as ActionMetadata;
  const tables = fillSection(fillSection(readme, 'inputs', inputsTable(inputs)), 'outputs', outputsTable(outputs));
  return tables.replaceAll(
    /<!-- workflow: (workflows\/[\w./-]+\.yml) -->[\s\S]*?<!-- \/workflow -->/g,
    (_, path: string) => `<!-- workflow: ${path} -->\n\n\`\`\`yaml\n${read(path)}\`\`\`\n\n<!-- /workflow -->`,
  );
}

function fillSection(text: string, name: string, content: string): string {
  const section = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`);
  if (!section.test(text)) {
    throw new Error(`README.md has no markers for ${name}`);
  }
  return text.replace(section, () => `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`);
}

function inputsTable(inputs: ActionMetadata['inputs']): string {
  const rows = Object.entries(inputs).map(([name, { description, default: byDefault = '' }]) => [
    `\`${name}\``,
    byDefault === '' ? '' : `\`${byDefault}\``,
    description,
  ]);
  return table(['Input', 'Default', 'Meaning'], rows);
}

function outputsTable(outputs: ActionMetadata['outputs']): string {
  return table(
    ['Output', 'Meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  return [line(heads), line(heads.map(() => '---')), ...rows.map((cells) => line(cells.map(prose)))].join('\n');
}

/** Plain text as Markdown: code spans stay, addresses become code, nothing else is markup. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part.replace(/\w+:\/\/[\w./-]*\w/g, '`$&`').replace(/[*<>|]|(?<!\w)_|_(?!\w)/g, '\\$&'),
    )
    .join('');
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

// Last, so that every constant above has its value.
if (import.meta.main) {
  const stale = staleDocs();
  if (stale.length === 0) {
    console.log('The documentation is up to date.');
  } else if (process.argv.includes('--check')) {
    const names = stale.map(({ path }) => path).join(', ');
    console.error(`Not what the code says: ${names}. Run \`npm run docs\` and commit the result.`);
    process.exitCode = 1;
  } else {
    for (const { path, text } of stale) {
      writeFileSync(join(ROOT, path), text);
      console.log(`${path} was written.`);
    }
  }
}
