import { type Finding, findingsOf } from '../findings/finding.ts';
import type { ClientName } from './client.ts';

export const KEYRING_FINDINGS = {
  'client/keyring-reused': {
    title: 'This runner may give a job the token of another job',
    cause:
      'A self-hosted runner keeps its keyring between jobs. flyte and flytectl store their token there for each deployment, not for each app, and begin with what they find.',
    fix: 'Use runners that live for one job. Or give config-file and call `flyte --config` with it (2.1.7 and later); on Linux and Windows flyte also heeds PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring.',
    severity: 'warning',
  },
} as const;

const keyringFinding = findingsOf(KEYRING_FINDINGS);

/**
 * Who keeps tokens in the keyring of the system, for client credentials too: flyteorg/flyte-sdk
 * src/flyte/remote/_client/auth/_authenticators/base.py, flyteorg/flyte flytectl/cmd/core/cmd.go. flytekit, and union
 * with it, do so for sign-ins with a browser alone (flyteorg/flytekit flytekit/clients/auth/authenticator.py).
 */
export function checkKeyring(
  clients: readonly ClientName[],
  environment: Readonly<Record<string, string | undefined>>,
  { hasConfig, writesConfig }: { readonly hasConfig: boolean; readonly writesConfig: boolean },
): Finding<keyof typeof KEYRING_FINDINGS>[] {
  if (environment['RUNNER_ENVIRONMENT'] !== 'self-hosted' || !hasKeyring(environment)) {
    return [];
  }
  // On a Mac flyte calls the keychain past Python's own keyring: src/flyte/remote/_client/auth/_keyring.py.
  const isNull =
    environment['PYTHON_KEYRING_BACKEND'] === 'keyring.backends.null.Keyring' && environment['RUNNER_OS'] !== 'macOS';
  const isOff = writesConfig || (hasConfig && (environment['FLYTE_ADMIN_DISABLEKEYRING'] ?? '') !== '') || isNull;
  const keeping = clients.filter((name) => name === 'flytectl' || (name === 'flyte' && !isOff));
  return keeping.length === 0
    ? []
    : [
        keyringFinding(
          'client/keyring-reused',
          `The runner is self-hosted, and the keyring is used by ${keeping.join(' and ')}.`,
        ),
      ];
}

/** Without a session bus there is none on Linux, as on the runners of GitHub: jeepney/bus.py, find_session_bus. */
function hasKeyring(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['RUNNER_OS'] !== 'Linux' || (environment['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '';
}
