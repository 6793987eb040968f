import { encodeApiKey, encodeUnchecked } from '../../api-key/encode.ts';
import type { KeyFields } from '../../api-key/fields.ts';
import { isError } from '../../findings/finding.ts';
import { whyUnmaskable } from '../../secrecy/maskability.ts';
import type { SecretStore } from '../../secrecy/secret-store.ts';
import { APP_NAMES, type AppName, type DeploymentDescription } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, notChecked, passed } from './doctor-report.ts';

/** The environment, as far as the file names it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The fields of the key that an app would have, for every app whose secret is at hand. */
export type AppCredentials = ReadonlyMap<AppName, KeyFields>;

/** Masks before anything else. What can't be masked is refused later and masks nothing. */
export function protectSecrets(
  { domain, apps }: DeploymentDescription,
  environment: Environment,
  secrets: SecretStore,
): AppCredentials {
  const credentials = new Map<AppName, KeyFields>();
  for (const name of APP_NAMES) {
    const { clientId = '', clientSecretVariable, org = '' } = apps[name] ?? {};
    const clientSecret = (clientSecretVariable && environment[clientSecretVariable]) || '';
    if (clientSecret !== '') {
      const fields = { domain, clientId, clientSecret, org };
      credentials.set(name, fields);
      if (whyUnmaskable(clientSecret, [domain, clientId, org]) === undefined) {
        secrets.protectClientSecret(clientSecret, { key: encodeUnchecked(fields), clientId });
      }
    }
  }
  return credentials;
}

/** The apps whose credentials become an API key, which the pod or the job takes apart again. */
const KEY_NAMES: Partial<Record<AppName, string>> = { eager: 'EAGER_API_KEY', 'ci-cd': 'FLYTE_API_KEY' };

/** Whether the secret of a confidential app is at hand and usable. Nothing is sent with one that is not. */
export function examineSecret(
  name: AppName,
  { apps }: DeploymentDescription,
  credentials: AppCredentials,
): readonly DoctorRow[] {
  const app = apps[name];
  const fields = credentials.get(name);
  if (app?.clientSecretVariable === undefined) {
    return [notChecked(name, CHECKS.secret, 'The file names no variable (client-secret-env) with the secret.')];
  }
  if (fields === undefined) {
    const detail = `The variable ${app.clientSecretVariable} is not set, or is empty.`;
    return [found(name, CHECKS.secret, doctorFinding('deployment/secret-not-set', detail))];
  }
  const keyName = KEY_NAMES[name];
  const findings = encodeApiKey(fields).findings.filter(({ code }) => keyName !== undefined || concernsAll(code));
  const fault = findings.find(isError) ?? findings[0];
  if (fault !== undefined) {
    return [found(name, keyName === undefined ? CHECKS.secret : CHECKS.key, fault)];
  }
  // The strictest decoder is the one in the pods. The encoder writes what all of them read alike.
  return keyName === undefined
    ? []
    : [passed(name, CHECKS.key, `As ${keyName} every decoder reads it alike, the strict one in the pods too.`)];
}

/** A colon does harm only in a key. */
function concernsAll(code: string): boolean {
  return code !== 'key/colon-in-secret';
}
