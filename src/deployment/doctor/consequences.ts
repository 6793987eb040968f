import { CHECKS, type Check } from './checks.ts';
import type { DoctorFindingCode } from './doctor-findings.ts';
import { type DoctorRow, isFault, type Subject, waitsFor } from './doctor-report.ts';

/** A cause, and the rows that fail with it and are well again without it. */
interface Consequences {
  readonly cause: DoctorFindingCode;
  /** Absent: those of the same subject as the cause. */
  readonly subject?: Subject;
  readonly checks: readonly Check[];
}

const CONSEQUENCES: readonly Consequences[] = [
  // An app that the provider does not know fails wherever it is named.
  {
    cause: 'deployment/client-unknown',
    checks: [CHECKS.signIn, CHECKS.login, CHECKS.advertisedClient, CHECKS.device],
  },
  // The control plane passes on what the metadata says.
  { cause: 'deployment/token-endpoint-not-named', subject: 'deployment', checks: [CHECKS.discovery] },
];

/** What only follows from another fault waits for it. */
export function settleConsequences(rows: readonly DoctorRow[]): DoctorRow[] {
  return rows.map((row) => {
    const cause = isFault(row) ? causeOf(row, rows) : undefined;
    return cause === undefined ? row : waitsFor(row.subject, row.check, cause.check);
  });
}

function causeOf(row: DoctorRow, rows: readonly DoctorRow[]): DoctorRow | undefined {
  const fitting = CONSEQUENCES.filter(
    ({ subject, checks }) => checks.includes(row.check) && (subject === undefined || subject === row.subject),
  );
  return rows.find(
    (other) =>
      other !== row &&
      fitting.some(
        ({ cause, subject }) =>
          other.finding?.code === cause && (subject !== undefined || other.subject === row.subject),
      ),
  );
}
