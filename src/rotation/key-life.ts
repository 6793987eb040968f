import type { Finding } from '../findings/finding.ts';
import { rotationFinding } from './findings.ts';
import { DAY, dateOf } from './instants.ts';

/** Where the age of a key can be learnt, the best first. */
const SOURCES = ['provider', 'variable', 'secret', 'input'] as const;

export type SourceName = (typeof SOURCES)[number];

export const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  provider: "the provider's own record",
  variable: 'the stamp in the variable',
  secret: 'the day on which the secret was last written',
  input: 'the input rotated-at',
};

/** What one source says. Times are milliseconds since 1970. */
export interface AgeSource {
  readonly name: SourceName;
  readonly rotatedAt: number;
  readonly expiresAt?: number;
}

/** How old a key is, and how long it may live. Times are milliseconds since 1970. */
export interface KeyLife {
  readonly source: SourceName;
  readonly rotatedAt: number;
  /** It may be older: only the last writing of the secret is known. */
  readonly isLowerBound: boolean;
  /** The end of its highest age, or its expiry where that comes first. */
  readonly dueAt: number;
  readonly expiresAt?: number;
}

/** A secret is written, and a stamp made, on the day of the rotation; what lies further apart is another event. */
const SAME_EVENT = DAY;

/**
 * Believes the best source, and says where the others differ. A credential can't be newer than the writing of the
 * secret that holds it, so a source that says so speaks of another one.
 * @returns no life where there is no source.
 */
export function lifeOf(
  sources: readonly AgeSource[],
  maxAgeDays: number,
): { life?: KeyLife; findings: readonly Finding[] } {
  const ordered = SOURCES.flatMap((name) => sources.filter((source) => source.name === name));
  const written = ordered.find(({ name }) => name === 'secret');
  const tooNew = ordered.filter(({ rotatedAt }) => written !== undefined && rotatedAt > written.rotatedAt + SAME_EVENT);
  const believed = ordered.filter((source) => !tooNew.includes(source));
  const [best, ...others] = believed;
  if (best === undefined) {
    return { findings: [] };
  }
  const differing = others.filter(({ rotatedAt }) => Math.abs(rotatedAt - best.rotatedAt) > SAME_EVENT);
  const agesOut = best.rotatedAt + maxAgeDays * DAY;
  const { expiresAt } = believed.find(({ name, expiresAt: end }) => name === 'provider' || end !== undefined) ?? {};
  const isLowerBound = best.name === 'secret';
  return {
    life: {
      source: best.name,
      rotatedAt: best.rotatedAt,
      isLowerBound,
      dueAt: Math.min(agesOut, expiresAt ?? agesOut),
      ...(expiresAt !== undefined && { expiresAt }),
    },
    findings: [
      ...(written === undefined ? [] : tooNew.map((source) => notUpdated(source, written))),
      ...(differing.length === 0 ? [] : [disagreement(best, differing)]),
      ...(isLowerBound
        ? [rotationFinding('rotation/age-is-lower-bound', `The secret was last written on ${dateOf(best.rotatedAt)}.`)]
        : []),
    ],
  };
}

function notUpdated(source: AgeSource, written: AgeSource): Finding {
  return rotationFinding(
    'rotation/secret-not-updated',
    `${inCapitals(SOURCE_TITLES[source.name])} says ${dateOf(source.rotatedAt)}; the secret was last written on ${dateOf(written.rotatedAt)}.`,
  );
}

function disagreement(best: AgeSource, others: readonly AgeSource[]): Finding {
  const said = [best, ...others].map(({ name, rotatedAt }) => `${SOURCE_TITLES[name]} says ${dateOf(rotatedAt)}`);
  return rotationFinding('rotation/sources-disagree', `${inCapitals(said.join(', '))}. The first is believed.`);
}

function inCapitals(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
