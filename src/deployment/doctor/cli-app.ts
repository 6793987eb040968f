import type { Discovery } from '../../control-plane/discovery.ts';
import { type Finding, FindingError } from '../../findings/finding.ts';
import { credentialsIn } from '../../identity-provider/token-response.ts';
import { quotePlus } from '../../secrecy/encodings.ts';
import type { SecretStore } from '../../secrecy/secret-store.ts';
import type { HttpResponse, Transport } from '../../transport/http-client.ts';
import { jsonObject, member, stringMember } from '../../transport/json.ts';
import { type RetryEffects, sendWithRetries } from '../../transport/retry.ts';
import type { DeploymentDescription } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed, waitsFor } from './doctor-report.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';
import { isEndpoint, isLoopback } from './sign-in-page.ts';

/** Of the guides, and the default of flyteadmin (flyteorg/flyte v1.16.8 flyteadmin/auth/config/config.go). */
export const CLI_REDIRECT = 'http://localhost:53593/callback';

const LARGEST_ANSWER_BYTES = 64 * 1024;

/** What the control plane tells the CLI of its app. */
export function examineAdvertisedApp(discovery: Discovery | undefined, { apps }: DeploymentDescription): DoctorRow[] {
  if (discovery === undefined) {
    return [CHECKS.advertisedClient, CHECKS.advertisedRedirect].map((check) =>
      waitsFor('cli', check, CHECKS.discovery),
    );
  }
  const { clientId, redirectUri } = discovery.signIn;
  const wanted = apps.cli?.clientId ?? '';
  const told = `The control plane says ${clientId === '' ? 'nothing' : clientId}, the file ${wanted}.`;
  // The CLI listens wherever it is told, as long as it can.
  const severity = isLoopback(redirectUri) ? 'note' : 'error';
  const redirect = `The control plane says ${redirectUri === '' ? 'nothing' : redirectUri}.`;
  return [
    clientId === wanted
      ? passed('cli', CHECKS.advertisedClient, clientId)
      : found('cli', CHECKS.advertisedClient, doctorFinding('deployment/cli-client-differs', told)),
    redirectUri === CLI_REDIRECT
      ? passed('cli', CHECKS.advertisedRedirect, redirectUri)
      : found(
          'cli',
          CHECKS.advertisedRedirect,
          doctorFinding('deployment/cli-redirect-differs', redirect, { severity }),
        ),
  ];
}

/** The CLI always sends a challenge with S256 (RFC 7636), and never looks whether that is offered. */
export function examinePkce({ pkceMethods }: ProviderEndpoints): DoctorRow {
  if (pkceMethods === undefined) {
    const detail = 'The metadata has no code_challenge_methods_supported.';
    return found('cli', CHECKS.pkce, doctorFinding('deployment/pkce-not-stated', detail));
  }
  const listed = pkceMethods.join(' ');
  return pkceMethods.includes('S256')
    ? passed('cli', CHECKS.pkce, `The metadata lists ${listed}.`)
    : found(
        'cli',
        CHECKS.pkce,
        doctorFinding('deployment/pkce-without-s256', `The metadata lists ${listed === '' ? 'none' : listed}.`),
      );
}

/**
 * Begins a device sign-in without a secret (RFC 8628 section 3.1) and leaves it to expire: that the provider gives a
 * code proves that it takes the app for a public one.
 */
export async function startDeviceSignIn(
  { apps, scopes, audience }: DeploymentDescription,
  { deviceAuthorization }: ProviderEndpoints,
  transport: Transport,
  retry: RetryEffects,
  secrets: SecretStore,
): Promise<DoctorRow> {
  if (!isEndpoint(deviceAuthorization)) {
    const detail = 'The metadata has no device_authorization_endpoint.';
    return found('cli', CHECKS.device, doctorFinding('deployment/device-endpoint-missing', detail));
  }
  const parameters = {
    client_id: apps.cli?.clientId ?? '',
    scope: scopes.join(' '),
    ...(audience !== '' && { audience }),
  };
  const request = {
    purpose: 'whether a device sign-in can be started',
    method: 'POST',
    url: new URL(deviceAuthorization),
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: Object.entries(parameters)
      .map(([name, value]) => `${name}=${quotePlus(value)}`)
      .join('&'),
    maximumBytes: LARGEST_ANSWER_BYTES,
  } as const;
  try {
    const response = await sendWithRetries(transport, request, retry);
    for (const credential of credentialsIn(response.body)) {
      secrets.protectToken(credential);
    }
    const finding = judgeDeviceAnswer(response);
    return finding === undefined
      ? passed('cli', CHECKS.device, 'Started without a secret, and left to expire.')
      : found('cli', CHECKS.device, finding);
  } catch (error) {
    if (error instanceof FindingError) {
      return found('cli', CHECKS.device, error.finding);
    }
    throw error;
  }
}

/** RFC 8628 section 3.2; its errors are those of RFC 6749 section 5.2. */
const ERRORS: ReadonlyMap<string, DoctorFindingCode> = new Map([
  ['invalid_client', 'deployment/cli-app-not-public'],
  ['unauthorized_client', 'deployment/device-grant-not-enabled'],
  ['unsupported_grant_type', 'deployment/device-grant-not-enabled'],
  ['invalid_grant', 'deployment/device-grant-not-enabled'],
  ['invalid_scope', 'deployment/sign-in-scope-refused'],
]);

export function judgeDeviceAnswer({ status, body }: HttpResponse): Finding | undefined {
  const document = jsonObject(body);
  if (status === 200 && document !== undefined && typeof member(document, 'device_code') === 'string') {
    return undefined;
  }
  const error = document && stringMember(document, 'error');
  const description = document && stringMember(document, 'error_description');
  const said = [error, description].filter((word) => word !== undefined).join(': ');
  const isOnGrant = error === 'invalid_request' && /\bgrant\b/i.test(description ?? '');
  const code = isOnGrant ? 'deployment/device-grant-not-enabled' : ERRORS.get(error ?? '');
  const detail = `It answered ${status}${said === '' ? '' : ` with ${said}`}.`;
  return doctorFinding(
    code ?? (status === 401 ? 'deployment/cli-app-not-public' : 'deployment/device-unclear'),
    detail,
  );
}
