import { CHECKS } from '../../src/deployment/doctor/checks.ts';
import { doctorFinding } from '../../src/deployment/doctor/doctor-findings.ts';
import { type DoctorReport, found, notChecked, passed } from '../../src/deployment/doctor/doctor-report.ts';

/** A report with a row of each kind, in which every text from elsewhere is the same. */
export function reportWith(text: string): DoctorReport {
  return {
    verdict: 'not-ready',
    domain: text,
    provider: 'generic',
    clientIds: { cli: text, operator: text },
    rows: [
      passed('deployment', CHECKS.apps, text),
      found('provider', CHECKS.issuer, doctorFinding('deployment/metadata-issuer-differs', text)),
      found('cli', CHECKS.pkce, doctorFinding('deployment/pkce-not-stated', text)),
      found('cli', CHECKS.device, doctorFinding('deployment/device-endpoint-missing', text)),
      notChecked('operator', CHECKS.token, text),
      notChecked('operator', CHECKS.subject, text),
    ],
  };
}
