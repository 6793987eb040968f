import type { Finding, FindingDefinition } from '../../findings/finding.ts';
import { PROVIDER_FINDINGS } from '../../identity-provider/providers.ts';
import type { AppName, DeploymentDescription } from '../deployment.ts';
import { DOCTOR_FINDINGS } from './doctor-findings.ts';
import type { DoctorRow } from './doctor-report.ts';

/** Where the guide of Union keeps the secret of an app, under the names that its charts look for. */
const SECRET_PLACES: Readonly<Partial<Record<AppName, string>>> = {
  'browser-login':
    'the Kubernetes secrets `flyte-admin-secrets` and `flyte-secret-auth` of the control plane, as `client_secret`',
  'service-to-service': 'the Kubernetes secret of the control plane that holds `pass.txt` too, as `client_secret`',
  operator: 'the Kubernetes secret `union-secret-auth` of the data plane, as `client_secret`',
  eager: 'EAGER_API_KEY of the data plane, encoded anew',
};

const NEW_SECRET =
  'At the provider, open the app that has this client id, create a new client secret, and copy its value (not its id).';

/** What the doctor knows better than the definition of a finding: whose secret it is, and which chart is deployed. */
export function adviseRow(row: DoctorRow, { controlPlane }: DeploymentDescription): DoctorRow {
  const { finding, subject } = row;
  if (finding === undefined) {
    return row;
  }
  const place = SECRET_PLACES[subject as AppName];
  if (place !== undefined && controlPlane === 'union' && /^idp\/.*secret/.test(finding.code)) {
    return { ...row, finding: withPlace(finding, place) };
  }
  return controlPlane === 'flyte1' ? { ...row, finding: inTermsOfFlyteCore(finding) } : row;
}

function withPlace(finding: Finding, place: string): Finding {
  const definition = (PROVIDER_FINDINGS as Readonly<Record<string, FindingDefinition>>)[finding.code];
  const fix = finding.advice?.fix ?? definition?.fix ?? NEW_SECRET;
  return { ...finding, advice: { ...finding.advice, fix: `${fix} It belongs into ${place}.` } };
}

/** The chart of open-source Flyte has the same settings, one level higher (flyteorg/flyte charts/flyte-core/values.yaml). */
function inTermsOfFlyteCore(finding: Finding): Finding {
  const definition = (DOCTOR_FINDINGS as Readonly<Record<string, FindingDefinition>>)[finding.code];
  if (definition === undefined) {
    return finding;
  }
  const higher = (text: string): string => text.replaceAll('`flyte.configmap.', '`configmap.');
  return { ...finding, advice: { cause: higher(definition.cause), fix: higher(definition.fix) } };
}
