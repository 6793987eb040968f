import { code, prose, table } from '../../scripts/docs/markdown.ts';
import { reasonFor } from './reasons.ts';
import { mutantsOf, type RoomResult, scoreOf } from './results.ts';

/** Few enough characters for a cell of a table. */
const LONGEST_CODE = 100;

export function scoreTable(results: readonly RoomResult[]): string {
  return table(
    ['Folder', 'Mutants', 'Killed', 'Timed out', 'Survived', 'Not covered', 'Score'],
    results.map((result) => [
      code(result.room.source),
      ...[mutantsOf(result), result.killed, result.timedOut, result.survived, result.uncovered].map(String),
      scoreOf(result).toFixed(1),
    ]),
  );
}

/** Every survivor with its place, what was changed, and why it is no gap. */
export function survivorTables(results: readonly RoomResult[]): string {
  return results
    .map((result) => {
      const rows = result.survivors.map((survivor) => [
        code(`${survivor.file}:${survivor.line}`),
        cell(survivor.from),
        cell(survivor.to),
        prose(reasonFor(result, survivor) ?? ''),
      ]);
      const body = rows.length === 0 ? 'None.' : table(['Where', 'Code', 'Changed to', 'Why no test fails'], rows);
      return `### ${code(result.room.source)}\n\n${body}`;
    })
    .join('\n\n');
}

function cell(text: string): string {
  const shown = text.length > LONGEST_CODE ? `${text.slice(0, LONGEST_CODE)} …` : text;
  return shown === '' ? '' : code(shown).replaceAll('|', '\\|');
}

/** Fills what stands between two markers of a page. */
export function fill(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: written by npm run mutation -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) {
    throw new RangeError(`The page has no place for ${name}.`);
  }
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`;
}
