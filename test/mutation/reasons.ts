import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RoomResult, Survivor } from './results.ts';

/** Survivors of a room that have one reason. A line number would be wrong after the next change: the code is the key. */
interface Reason {
  readonly reason: string;
  readonly mutants: readonly Pick<Survivor, 'file' | 'code' | 'from' | 'to'>[];
}

/** Why a change that no test notices is no gap: equal in behaviour, or of no matter. By hand, by room. */
const REASONS = JSON.parse(readFileSync(path.join(import.meta.dirname, 'reasons.json'), 'utf8')) as Readonly<
  Record<string, readonly Reason[]>
>;

/** Why a mutant survived; undefined where nobody has said. */
export function reasonFor({ room }: RoomResult, survivor: Survivor): string | undefined {
  return (REASONS[room.name] ?? []).find(({ mutants }) => mutants.some((known) => keyOf(known) === keyOf(survivor)))
    ?.reason;
}

/** Survivors without a reason, and reasons without a survivor: one line each. */
export function contradictions(result: RoomResult): string[] {
  const { room, survivors } = result;
  const found = new Set(survivors.map(keyOf));
  const known = (REASONS[room.name] ?? []).flatMap(({ mutants }) => mutants.map(keyOf));
  return [
    ...survivors
      .filter((survivor) => reasonFor(result, survivor) === undefined)
      .map((survivor) => `survived without a reason: ${JSON.stringify(survivor)}`),
    ...known.filter((key) => !found.has(key)).map((key) => `a reason without a survivor: ${key}`),
    ...known.filter((key, index) => known.indexOf(key) < index).map((key) => `two reasons for one survivor: ${key}`),
  ];
}

function keyOf({ file, code, from, to }: Pick<Survivor, 'file' | 'code' | 'from' | 'to'>): string {
  return JSON.stringify({ file, code, from, to });
}
