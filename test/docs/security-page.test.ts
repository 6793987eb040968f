import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const DOCS = path.join(ROOT, 'docs');
const page = readFileSync(path.join(DOCS, 'security.md'), 'utf8');

/** The rows of threats: id, threat, guard, tests. */
const rows = page
  .split('\n')
  .filter((line) => /^\| [WTNS]\d/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

/** Each test that a cell names: the link to its file, then titles in quotes. */
function testsIn(cell: string): [file: string, title: string][] {
  return [...cell.matchAll(/\[[^\]]+\]\(([^)]+)\):([^[]*)/g)].flatMap(([, link = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']): [string, string] => [path.join(DOCS, link), title]),
  );
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** A title as it stands in the file, or, where a loop makes it, in the file's snapshot. */
function hasTest(file: string, title: string): boolean {
  const snapshot = path.join(path.dirname(file), '__snapshots__', `${path.basename(file)}.snap`);
  return textOf(file).includes(title) || textOf(snapshot).includes(`exports[\`${title} 1\`]`);
}

describe('docs/security.md', () => {
  it('numbers the threats of each part without a gap', () => {
    for (const letter of 'WTNS') {
      const ids = rows.flatMap(([id = '']) => (id.startsWith(letter) ? [id] : []));
      expect(ids).toEqual(ids.map((_, at) => `${letter}${at + 1}`));
      expect(ids.length).toBeGreaterThan(5);
    }
  });

  it.each(rows)('%s: %s', (_id, _threat, guard = '', tests = '') => {
    const paths = [...guard.matchAll(/`([\w.-]+\/[\w./-]+)`/g)].map(([, found = '']) => found);
    expect(paths.filter((found) => !existsSync(path.join(ROOT, found)))).toEqual([]);
    const named = testsIn(tests);
    expect(named.filter(([file, title]) => !hasTest(file, title))).toEqual([]);
    // What is no test is a command or a job, which can be looked up.
    const [, command = ''] = /`(?:node )?([\w./-]+\.\w+)/.exec(tests) ?? [];
    expect(named.length > 0 || existsSync(path.join(ROOT, command))).toBe(true);
  });
});
