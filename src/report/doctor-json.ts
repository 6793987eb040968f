import type { DoctorReport } from '../deployment/doctor/doctor-report.ts';
import { definitionOf, linkOf } from '../findings/finding.ts';

/** As JSON, for other programs. A contract, as the names of the inputs are. */
export function describeDoctor({ verdict, domain, provider, rows }: DoctorReport) {
  return {
    verdict,
    domain,
    provider,
    rows: rows.map(({ subject, check, outcome, seen, finding }) => {
      if (finding === undefined) {
        return { app: subject, check, outcome, seen };
      }
      const { title, cause, fix } = definitionOf(finding);
      return {
        app: subject,
        check,
        outcome,
        seen,
        finding: { code: finding.code, title, cause, fix, docs: linkOf(finding) },
      };
    }),
  };
}
