import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findingsPage } from '../../scripts/docs/findings-page.ts';
import { fillPage, staleDocs } from '../../scripts/generate-docs.ts';
import { CATALOGUE } from '../../src/catalogue.ts';
import { CLIENTS } from '../../src/clients/clients.ts';
import { anchorOf } from '../../src/findings/finding.ts';
import { AUTH_INPUTS } from '../../src/inputs/auth-inputs.ts';
import { REMINDER_INPUTS } from '../../src/inputs/reminder-inputs.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Described {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

interface Action {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
}
const pages = [...readdirSync(ROOT), ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

describe.each([
  ['action.yml', AUTH_INPUTS],
  ['rotation-reminder/action.yml', REMINDER_INPUTS],
] as const)('%s', (path, inputsOfCode) => {
  const action = parse(read(path)) as Action;

  it('has the inputs that the code reads, with the same defaults', () => {
    const inputs = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
    expect(inputs).toEqual(Object.entries(inputsOfCode));
  });

  it('demands no input, since the code says better what is missing', () => {
    const demanded = Object.entries(action.inputs).filter(([, { required }]) => required !== false);
    expect(demanded).toEqual([]);
  });

  it.each([...Object.entries(action.inputs), ...Object.entries(action.outputs)])(
    'describes %s',
    (_, { description }) => {
      expect(description).toMatch(/^[\s\S]{24,}\.$/);
    },
  );
});

describe('the generated documentation', () => {
  it('is up to date', () => {
    expect(staleDocs().map(({ path }) => path)).toEqual([]);
  });

  it('has each finding under the anchor that the log links to', () => {
    const anchors = anchorsOf(findingsPage());
    for (const code of Object.keys(CATALOGUE)) {
      expect(anchors).toContain(anchorOf(code));
    }
  });

  it('keeps the prose around its markers', () => {
    const readme = read('README.md');
    const emptied = readme
      .replaceAll(
        /(<!-- (?:inputs|outputs|workflow: \S+) -->)[\s\S]*?(<!-- \/(?:inputs|outputs|workflow) -->)/g,
        '$1\n$2',
      )
      .trimEnd();
    expect(emptied).not.toBe(readme.trimEnd());
    expect(fillPage(`${emptied}\n`, 'action.yml')).toBe(readme);
  });

  it('refuses a README without its markers', () => {
    expect(() => fillPage('# A page\n', 'action.yml')).toThrow('no markers for inputs');
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it.each(['npm ci && npm run demo', 'npm ci && npm test'])('shows `%s` on its first screen', (command) => {
    expect(readme.split('\n').slice(0, 60).join('\n')).toContain(command);
  });

  it('holds every workflow that can be copied, or the page on rotation does', () => {
    const names = readdirSync(join(ROOT, 'workflows/github'));
    const pages = readme + read('docs/rotation.md');
    const shown = [...pages.matchAll(/<!-- workflow: workflows\/github\/(\S+) -->/g)].map(([, name]) => name);
    expect(new Set(shown)).toEqual(new Set(names));
  });

  it('says of every variable that is exported', () => {
    const names = Object.values(CLIENTS).flatMap(({ variables }) => Object.keys(variables));
    for (const name of [...names, 'SSL_CERT_FILE']) {
      expect(readme).toContain(`| \`${name}\` |`);
    }
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to files and headings that exist', () => {
    const broken = linksOf(text).filter((link) => !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });

  it('has no trailing white space and ends with one line break', () => {
    expect(text).not.toMatch(/[ \t]\n|\n\n$/);
    expect(text.endsWith('\n')).toBe(true);
  });
});

/** The targets of links that stay in this repository. */
function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) {
    return false;
  }
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** As GitHub makes them: lower case, no punctuation but hyphens, spaces as hyphens, a number behind a repetition. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
