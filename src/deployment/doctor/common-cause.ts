import type { AppName } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { type DoctorRow, found, waitsFor } from './doctor-report.ts';

/** A wrong secret is one of its app, however many of them are wrong. */
const OF_ONE_APP = /secret/;

/**
 * A fault that every app meets is one of the provider or of its settings: it is told once, there, and the rows of the
 * apps wait for it.
 * @param trials the rows of each app that was tried.
 */
export function joinCommonCauses(trials: ReadonlyMap<AppName, readonly DoctorRow[]>): DoctorRow[] {
  const all = [...trials.values()];
  const [first = []] = all;
  if (all.length < 2) {
    return all.flat();
  }
  const common = first.filter(
    ({ check, finding }) =>
      finding !== undefined &&
      !OF_ONE_APP.test(finding.code) &&
      check !== CHECKS.subject &&
      all.every((rows) => rows.some((row) => row.check === check && row.finding?.code === finding.code)),
  );
  const isCommon = ({ check, finding }: DoctorRow): boolean =>
    finding !== undefined && common.some((row) => row.check === check && row.finding?.code === finding.code);
  const shared = common.flatMap(({ check, finding }) =>
    finding === undefined
      ? []
      : [found('provider', check, { ...finding, detail: `So with each of ${all.length} apps. ${finding.detail}` })],
  );
  return [
    ...shared,
    ...all
      .flat()
      .map((row) => (isCommon(row) ? waitsFor(row.subject, row.check, `identity provider, ${row.check}`) : row)),
  ];
}
