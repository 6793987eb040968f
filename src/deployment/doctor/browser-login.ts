import type { Finding } from '../../findings/finding.ts';
import type { HttpResponse } from '../../transport/http-client.ts';
import type { DeploymentDescription } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed, waitsFor } from './doctor-report.ts';
import { asSet, type ControlPlaneAnswers, isAuthenticationFaulty } from './examine-control-plane.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';

/** Whether /login sends people to the right place with the right question. */
export function examineLogin(
  answers: ControlPlaneAnswers,
  description: DeploymentDescription,
  endpoints: ProviderEndpoints | undefined,
): DoctorRow {
  const subject = 'browser-login';
  if (answers.discovery === undefined || isAuthenticationFaulty(answers)) {
    const cause = answers.discovery === undefined ? CHECKS.discovery : CHECKS.authentication;
    return waitsFor(subject, CHECKS.login, cause);
  }
  const finding =
    answers.login === undefined
      ? doctorFinding('deployment/login-not-served', '/login did not answer.')
      : judgeLogin(answers.login, description, endpoints?.authorization ?? '');
  return finding === undefined
    ? passed(subject, CHECKS.login, `With the client id ${description.apps['browser-login']?.clientId ?? ''}.`)
    : found(subject, CHECKS.login, finding);
}

/**
 * The authorization request that flyteadmin makes for somebody without a session.
 * Source: flyteorg/flyte v1.16.8 flyteadmin/auth/handlers.go, GetLoginHandler (307); auth_context.go, OAuth2ClientConfig.
 * @param authorizationEndpoint empty where it is not known.
 */
function judgeLogin(
  { status, headers }: HttpResponse,
  { domain, apps, loginScopes }: DeploymentDescription,
  authorizationEndpoint: string,
): Finding | undefined {
  const location = headers['location'] ?? '';
  if (status < 300 || status >= 400 || !URL.canParse(location)) {
    return doctorFinding('deployment/login-not-served', `/login answered ${status}.`);
  }
  const url = new URL(location);
  const parameter = (name: string): string => url.searchParams.get(name) ?? '';
  const differs = (code: DoctorFindingCode, theirs: string, ours: string): Finding | undefined =>
    theirs === ours
      ? undefined
      : doctorFinding(code, `/login leads to ${theirs === '' ? 'nothing' : theirs}, the file says ${ours}.`);
  const scopes = asSet(parameter('scope').split(' '), loginScopes);
  return (
    (authorizationEndpoint === ''
      ? undefined
      : differs('deployment/login-leads-elsewhere', withoutQuery(url), withoutQuery(new URL(authorizationEndpoint)))) ??
    differs('deployment/login-client-differs', parameter('client_id'), apps['browser-login']?.clientId ?? '') ??
    differs('deployment/login-redirect-differs', parameter('redirect_uri'), `https://${domain}/callback`) ??
    differs('deployment/login-scopes-differ', scopes, loginScopes.join(' '))
  );
}

function withoutQuery({ origin, pathname }: URL): string {
  return origin + pathname;
}
