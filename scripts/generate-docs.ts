/*
 * Writes what the documentation takes from the code: the pages of findings, of error texts and of providers, the
 * tables of inputs and outputs from each action.yml, what each client is given, and recipes from workflows/. With --check it writes nothing and
 * fails where a file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { CLIENT_NAMES } from '../src/clients/client.ts';
import { cliPage } from './docs/cli-page.ts';
import { clientSection, exportedTable } from './docs/clients-section.ts';
import { findingsPage } from './docs/findings-page.ts';
import { prose, table } from './docs/markdown.ts';
import { providersPage } from './docs/providers-page.ts';
import { rotationSection } from './docs/rotation-section.ts';
import { troubleshootingPage } from './docs/troubleshooting-page.ts';

const ROOT = dirname(import.meta.dirname);

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** The files that differ from what the code says, with the text that they should hold. */
export function staleDocs(): { path: string; text: string }[] {
  const fresh = [
    { path: 'docs/findings.md', text: findingsPage() },
    { path: 'docs/troubleshooting.md', text: troubleshootingPage() },
    { path: 'docs/providers.md', text: providersPage() },
    { path: 'docs/cli.md', text: cliPage() },
    { path: 'docs/clients.md', text: fillClientsPage(read('docs/clients.md')) },
    { path: 'README.md', text: fillSection(fillPage(read('README.md'), 'action.yml'), 'exported', exportedTable()) },
    { path: 'docs/other-ci.md', text: fillWorkflows(read('docs/other-ci.md')) },
    { path: 'docs/deployment.md', text: fillExamples(read('docs/deployment.md')) },
    { path: 'docs/library.md', text: fillExamples(read('docs/library.md')) },
    { path: 'docs/rotation.md', text: fillRotationPage(read('docs/rotation.md')) },
  ];
  return fresh.filter(({ path, text }) => !existsSync(join(ROOT, path)) || read(path) !== text);
}

/** Fills what stands between markers, and leaves the prose around them alone. @param action the path of its action.yml. */
export function fillPage(page: string, action: string): string {
  const { inputs, outputs } = parse(read(action)) as ActionMetadata;
  return fillWorkflows(fillSection(fillSection(page, 'inputs', inputsTable(inputs)), 'outputs', outputsTable(outputs)));
}

/** The files to copy, as the page shows them. */
function fillWorkflows(page: string): string {
  return page.replaceAll(
    /<!-- workflow: (workflows\/[\w./-]+\.(yml|groovy|Jenkinsfile)) -->[\s\S]*?<!-- \/workflow -->/g,
    (_, path: string, kind: string) =>
      `<!-- workflow: ${path} -->\n\n\`\`\`${kind === 'yml' ? 'yaml' : 'groovy'}\n${read(path)}\`\`\`\n\n<!-- /workflow -->`,
  );
}

/** A program or a file that the tests use, as the page shows it. */
function fillExamples(page: string): string {
  const filled = page.replaceAll(
    /<!-- file: (docs\/examples\/[\w.-]+\.yaml) -->[\s\S]*?<!-- \/file -->/g,
    (_, path: string) => `<!-- file: ${path} -->\n\n\`\`\`yaml\n${read(path)}\`\`\`\n\n<!-- /file -->`,
  );
  return filled.replaceAll(
    /<!-- example: (docs\/examples\/[\w.-]+\.ts) -->[\s\S]*?<!-- \/example -->/g,
    (_, path: string) => `<!-- example: ${path} -->\n\n\`\`\`ts\n${read(path)}\`\`\`\n\n<!-- /example -->`,
  );
}

function fillRotationPage(page: string): string {
  return fillSection(fillPage(page, 'rotation-reminder/action.yml'), 'rotation', rotationSection());
}

function fillClientsPage(page: string): string {
  return CLIENT_NAMES.reduce((text, name) => fillSection(text, `client: ${name}`, clientSection(name)), page);
}

function fillSection(text: string, name: string, content: string): string {
  const section = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`);
  if (!section.test(text)) {
    throw new Error(`The page has no markers for ${name}`);
  }
  return text.replace(section, () => `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`);
}

function inputsTable(inputs: ActionMetadata['inputs']): string {
  const rows = Object.entries(inputs).map(([name, { description, default: byDefault = '' }]) => [
    `\`${name}\``,
    byDefault === '' ? '' : `\`${byDefault}\``,
    description,
  ]);
  return table(['Input', 'Default', 'Meaning'], rows.map(asProse));
}

function outputsTable(outputs: ActionMetadata['outputs']): string {
  return table(
    ['Output', 'Meaning'],
    Object.entries(outputs).map(([name, { description }]) => asProse([`\`${name}\``, description])),
  );
}

function asProse(cells: readonly string[]): string[] {
  return cells.map(prose);
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
