import type { Finding, Severity } from '../../findings/finding.ts';
import type { ProviderName } from '../../identity-provider/providers.ts';
import { cleanFindings } from '../../run-report.ts';
import { remoteText } from '../../secrecy/remote-text.ts';
import type { SecretStore } from '../../secrecy/secret-store.ts';
import { APP_NAMES, type AppName, type DeploymentDescription } from '../deployment.ts';
import type { Check } from './checks.ts';

/** What a row is about, in the order in which a report has them. */
const SUBJECTS = ['deployment', 'provider', ...APP_NAMES] as const;

export type Subject = 'deployment' | 'provider' | AppName;

/** One thing that was looked at. What only follows from another fault, or could not be tried, is `not-checked`. */
export interface DoctorRow {
  readonly subject: Subject;
  readonly check: Check;
  readonly outcome: Severity | 'not-checked';
  readonly finding?: Finding;
  /** What was seen, or what it waits for. */
  readonly seen: string;
}

/** A whole deployment, examined. Holds no secret, and every text in it has passed the sanitiser. */
export interface DoctorReport {
  readonly verdict: 'ready' | 'ready-with-warnings' | 'not-ready';
  readonly domain: string;
  readonly provider: ProviderName;
  /** By which the provider knows the apps that the file names. */
  readonly clientIds: Readonly<Partial<Record<AppName, string>>>;
  readonly rows: readonly DoctorRow[];
}

export function passed(subject: Subject, check: Check, seen: string): DoctorRow {
  return { subject, check, outcome: 'pass', seen };
}

export function found(subject: Subject, check: Check, finding: Finding): DoctorRow {
  return { subject, check, outcome: finding.severity, finding, seen: finding.detail };
}

export function notChecked(subject: Subject, check: Check, seen: string): DoctorRow {
  return { subject, check, outcome: 'not-checked', seen };
}

/** A consequence is no fault of its own. @param cause as the row that it waits for is named. */
export function waitsFor(subject: Subject, check: Check, cause: string): DoctorRow {
  return notChecked(subject, check, `Waits for: ${cause}.`);
}

export function isFault({ outcome }: DoctorRow): boolean {
  return outcome === 'error' || outcome === 'warning';
}

/** Sorts the rows by what they are about, passes every text through the sanitiser, and draws the sum. */
export function concludeReport(
  { domain, provider, apps }: DeploymentDescription,
  rows: readonly DoctorRow[],
  secrets: SecretStore,
): DoctorReport {
  const sorted = SUBJECTS.flatMap((subject) => rows.filter((row) => row.subject === subject));
  const clientIds = Object.fromEntries(
    Object.entries(apps).map(([name, { clientId }]) => [name, remoteText(clientId, (raw) => secrets.redact(raw))]),
  );
  return { verdict: verdictOf(sorted), domain, provider, clientIds, rows: sorted.map((row) => cleanRow(row, secrets)) };
}

/** What was not proved is not ready without a word. */
function verdictOf(rows: readonly DoctorRow[]): DoctorReport['verdict'] {
  const has = (...outcomes: DoctorRow['outcome'][]): boolean => rows.some(({ outcome }) => outcomes.includes(outcome));
  return has('error') ? 'not-ready' : has('warning', 'not-checked') ? 'ready-with-warnings' : 'ready';
}

function cleanRow({ finding, seen, ...row }: DoctorRow, secrets: SecretStore): DoctorRow {
  const [clean] = finding === undefined ? [] : cleanFindings([finding], secrets);
  return {
    ...row,
    seen: clean?.detail ?? remoteText(seen, (raw) => secrets.redactRemote(raw)),
    ...(clean && { finding: clean }),
  };
}
