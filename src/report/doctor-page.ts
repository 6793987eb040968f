import { APP_TITLES } from '../deployment/deployment.ts';
import type { DoctorReport, DoctorRow, Subject } from '../deployment/doctor/doctor-report.ts';

/** What the table and the page have in common: how a report of the doctor is spoken of. */
const TITLES: Readonly<Record<Subject, string>> = {
  deployment: 'Control plane',
  provider: 'Identity provider',
  ...APP_TITLES,
};

/** What each part of a deployment is for, for somebody who only knows OAuth. */
const PURPOSES: Readonly<Record<Subject, string>> = {
  deployment: 'what the deployment tells everybody',
  provider: 'what it offers to every app',
  'browser-login': 'web, confidential: people who open the console',
  cli: 'native, public, PKCE: people who use the command line',
  'service-to-service': 'client credentials: the services of the control plane',
  operator: 'client credentials: the data plane',
  eager: 'client credentials: the pods of tasks',
  'ci-cd': 'client credentials: deploy jobs',
};

export interface Section {
  readonly title: string;
  readonly purpose: string;
  /** Empty for what is no app. */
  readonly clientId: string;
  readonly rows: readonly ShownRow[];
}

/** A row, or several that wait for the same, as one. */
export type ShownRow = Omit<DoctorRow, 'subject' | 'check'> & { readonly check: string };

export function sectionsOf({ clientIds, rows }: DoctorReport): Section[] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects.map((subject) => ({
    title: TITLES[subject],
    purpose: PURPOSES[subject],
    clientId: subject === 'deployment' || subject === 'provider' ? '' : (clientIds[subject] ?? ''),
    rows: joinWaiting(rows.filter((row) => row.subject === subject)),
  }));
}

function joinWaiting(rows: readonly ShownRow[]): ShownRow[] {
  const joined: ShownRow[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    const isSame = last?.outcome === 'not-checked' && row.outcome === 'not-checked' && last.seen === row.seen;
    if (last !== undefined && isSame) {
      joined[joined.length - 1] = { ...last, check: `${last.check}, ${row.check}` };
    } else {
      joined.push(row);
    }
  }
  return joined;
}

/** In the order in which a reader needs them. */
export const OUTCOMES = ['error', 'warning', 'note', 'not-checked', 'pass'] as const satisfies DoctorRow['outcome'][];

/** How many rows have each outcome. */
export function countsOf({ rows }: DoctorReport): Readonly<Record<DoctorRow['outcome'], number>> {
  const of = (outcome: DoctorRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    error: of('error'),
    warning: of('warning'),
    note: of('note'),
    'not-checked': of('not-checked'),
    pass: of('pass'),
  };
}

export const VERDICTS: Readonly<Record<DoctorReport['verdict'], string>> = {
  ready: 'Ready',
  'ready-with-warnings': 'Ready, with remarks',
  'not-ready': 'Not ready',
};

/** Whether a reader has to do something, or to know something. */
export function isExplained({ finding, outcome }: Pick<DoctorRow, 'finding' | 'outcome'>): boolean {
  return finding !== undefined && outcome !== 'pass';
}

/** As `3 errors, 1 warning, 40 passed`; what there is none of is left out. */
export function sumOf(report: DoctorReport): string {
  const counts = countsOf(report);
  const many = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 || word.endsWith('d') ? '' : 's'}`];
  return [
    ...many(counts.error, 'error'),
    ...many(counts.warning, 'warning'),
    ...many(counts.note, 'note'),
    ...many(counts['not-checked'], 'not checked'),
    ...many(counts.pass, 'passed'),
  ].join(', ');
}
