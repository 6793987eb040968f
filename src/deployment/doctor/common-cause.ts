import type { AppName } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { type DoctorRow, found, waitsFor } from './doctor-report.ts';

/** A wrong secret is one of its app, however many of them are wrong. */
const OF_ONE_APP = /secret/;

/**
 * A fault that every app meets which gets that far is one of the provider or of its settings: it is told once, there,
 * and the rows of the apps wait for it.
 * @param trials the rows of each app that was tried.
 */
export function joinCommonCauses(trials: ReadonlyMap<AppName, readonly DoctorRow[]>): DoctorRow[] {
  const apps = [...trials.values()];
  const all = apps.flat();
  const shared: DoctorRow[] = [];
  const isShared = ({ check, finding }: DoctorRow): boolean =>
    finding !== undefined && shared.some((row) => row.check === check && row.finding?.code === finding.code);
  for (const row of all.filter(({ check, finding }) => finding && check !== CHECKS.subject)) {
    const { check, finding } = row;
    // What an app fails at before says nothing of what it would meet later.
    const reached = apps.filter((rows) => rows.some((one) => one.check === check && one.outcome !== 'not-checked'));
    const isCommon = reached.every((rows) =>
      rows.some((one) => one.check === check && one.finding?.code === finding?.code),
    );
    if (finding && isCommon && reached.length > 1 && !OF_ONE_APP.test(finding.code) && !isShared(row)) {
      const detail = `So with each of ${reached.length} apps. ${finding.detail}`;
      shared.push(found('provider', check, { ...finding, detail }));
    }
  }
  return [
    ...shared,
    ...all.map((row) => (isShared(row) ? waitsFor(row.subject, row.check, `identity provider, ${row.check}`) : row)),
  ];
}
