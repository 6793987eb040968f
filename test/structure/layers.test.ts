import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * The floors of design.md section 1, the lowest first. A room is a folder of src, or a file that stands in src itself.
 * The catalogue is what the reports are made of, so it lies under them; the use case has three parts.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['findings', 'secrecy'],
  ['api-key', 'transport'],
  ['github', 'gitlab', 'clients', 'identity-provider', 'control-plane'],
  ['issue-tracker'],
  ['rotation', 'authenticate', 'trial', 'run-report'],
  ['deployment'],
  ['catalogue'],
  ['remind'],
  ['report', 'explain', 'judge-access-token'],
  ['ci', 'inputs'],
  ['prepare-reminder'],
  ['actions', 'cli', 'index'],
];

/** The parts of one use case, which count as one room. */
const USE_CASE = ['authenticate', 'trial', 'run-report'];

function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  const room = first.replace(/\.ts$/, '');
  return USE_CASE.includes(room) ? 'authenticate' : room;
}

function floorOf(path: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

/** Every relative import and re-export, of types too. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(SOURCE, path), 'utf8');
  const statements = /^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...text.matchAll(statements)]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
}

const edges = files.flatMap((from) => importsOf(from).map((to) => ({ from, to })));

describe('the house', () => {
  it('has files and imports, all of them in rooms that have a floor', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(edges.length).toBeGreaterThan(80);
    expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  it('every relative import names a file of src', () => {
    expect(edges.filter(({ to }) => !files.includes(to))).toEqual([]);
  });

  it('a file imports from lower floors and its own room, never sideways or upwards', () => {
    const wrong = edges.filter(({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(to) >= floorOf(from));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('no imports go in a circle', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
        return;
      }
      if (!done.has(file)) {
        for (const { to } of edges.filter(({ from }) => from === file)) {
          visit(to, [...path, file]);
        }
        done.add(file);
      }
    };
    for (const file of files) {
      visit(file, []);
    }
    expect(circles).toEqual([]);
  });

  it('nothing in src imports from outside of it', () => {
    const outside = edges.filter(({ to }) => relative('.', dirname(to)).startsWith('..') || to.startsWith('..'));
    expect(outside).toEqual([]);
  });

  it('rooms that are pure know no files, no network and no clock', () => {
    const pure = ['findings', 'secrecy', 'api-key', 'clients', 'report', 'catalogue.ts'];
    const effects = /from 'node:(?!buffer)|from '@actions|Date\.now|new Date\(\)|Math\.random|process\./;
    const impure = files.filter(
      (file) => pure.some((room) => file.startsWith(room)) && effects.test(readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(impure).toEqual([]);
  });
});
