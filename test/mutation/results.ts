import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOMS, type Room } from './rooms.ts';

/** Where Stryker leaves what it found; git ignores it. */
export const REPORTS = '.mutation';

/** The parts that are read of Stryker's report (the mutation testing report schema, version 2). */
interface StrykerReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly StrykerMutant[] }>>;
}

interface StrykerMutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A change of the code that no test noticed. */
export interface Survivor {
  /** Below the folder of its room. */
  readonly file: string;
  readonly line: number;
  /** The line on which it begins, as it stands in the source. */
  readonly code: string;
  readonly mutator: string;
  readonly from: string;
  readonly to: string;
}

export interface RoomResult {
  readonly room: Room;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly uncovered: number;
  readonly survivors: readonly Survivor[];
}

export function reportFile(room: Room): string {
  return path.join(REPORTS, `${room.name}.json`);
}

/** What Stryker found in a room, from the report of its last run. */
export function readResult(room: Room): RoomResult {
  const { files } = JSON.parse(readFileSync(reportFile(room), 'utf8')) as StrykerReport;
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file: path.posix.relative(room.source, file), source, mutant })),
  );
  const withStatus = (status: string) => all.filter(({ mutant }) => mutant.status === status);
  const survived = withStatus('Survived');
  const uncovered = withStatus('NoCoverage');
  return {
    room,
    killed: withStatus('Killed').length,
    timedOut: withStatus('Timeout').length,
    survived: survived.length,
    uncovered: uncovered.length,
    survivors: [...survived, ...uncovered]
      .map(({ file, source, mutant }) => survivorOf(file, source, mutant))
      .sort((one, other) => one.file.localeCompare(other.file, 'en') || one.line - other.line),
  };
}

export function mutantsOf({ killed, timedOut, survived, uncovered }: RoomResult): number {
  return killed + timedOut + survived + uncovered;
}

/** As Stryker counts it: what was noticed, of all, in percent. */
export function scoreOf(result: RoomResult): number {
  return (100 * (result.killed + result.timedOut)) / mutantsOf(result);
}

function survivorOf(file: string, source: string, mutant: StrykerMutant): Survivor {
  const { start, end } = mutant.location;
  const lines = source.split('\n');
  const touched = lines.slice(start.line - 1, end.line);
  const last = touched.at(-1) ?? '';
  const behind = last.length - (end.column - 1);
  return {
    file,
    line: start.line,
    code: oneLine(touched[0] ?? ''),
    mutator: mutant.mutatorName,
    from: oneLine(touched.join('\n').slice(start.column - 1, behind === 0 ? undefined : -behind)),
    to: oneLine(mutant.replacement),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function roomsNamed(names: readonly string[]): Room[] {
  const unknown = names.filter((name) => !ROOMS.some((room) => room.name === name));
  if (unknown.length > 0) {
    throw new RangeError(
      `There is no folder ${unknown.join(', ')}. There are ${ROOMS.map(({ name }) => name).join(', ')}.`,
    );
  }
  return ROOMS.filter(({ name }) => names.length === 0 || names.includes(name));
}
