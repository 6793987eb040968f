import { idpFinding } from '../../identity-provider/findings.ts';
import { ownerOf } from '../../identity-provider/providers.ts';
import { APP_NAMES, APP_TITLES, type DeploymentDescription } from '../deployment.ts';
import { CHECKS } from './checks.ts';
import { doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed } from './doctor-report.ts';

/** What the file alone tells, before anything is sent. */
export function examineFile(description: DeploymentDescription): DoctorRow[] {
  return [...examineApps(description), ...examineLoginScopes(description)];
}

function examineApps({ apps }: DeploymentDescription): DoctorRow[] {
  const rows: DoctorRow[] = [];
  const missing = APP_NAMES.filter((name) => apps[name] === undefined);
  if (missing.length > 0) {
    const detail = `Not named: ${missing.map((name) => APP_TITLES[name]).join(', ')}.`;
    rows.push(found('deployment', CHECKS.apps, doctorFinding('deployment/app-not-named', detail)));
  }
  const named = APP_NAMES.filter((name) => apps[name] !== undefined);
  for (const name of named) {
    const twins = named.filter((other) => apps[other]?.clientId === apps[name]?.clientId);
    if (twins.length > 1 && twins[0] === name) {
      const who = twins.map((twin) => APP_TITLES[twin]).join(' and ');
      const detail = `${who} have the client id ${apps[name]?.clientId ?? ''}.`;
      rows.push(found('deployment', CHECKS.apps, doctorFinding('deployment/client-id-twice', detail)));
    }
  }
  return rows.length > 0
    ? rows
    : [passed('deployment', CHECKS.apps, `${named.length} apps, each with an id of its own.`)];
}

/** A GUID before it names the app by its id: so Entra lets an app ask for itself. */
const OF_ITSELF = /^(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/).*\/\.default$/i;

/**
 * Entra: the guide of Union, and AADSTS90009 (TokenForItselfMissingIdenticalAppIdentifier) in learn.microsoft.com,
 * "Microsoft Entra authentication and authorization error codes".
 */
function examineLoginScopes({ apps, provider, loginScopes }: DeploymentDescription): DoctorRow[] {
  if (apps['browser-login'] === undefined) {
    return [];
  }
  const asked = `login-scopes are ${loginScopes.join(' ')}.`;
  const code =
    provider === 'entra' && loginScopes.some((scope) => OF_ITSELF.test(scope))
      ? 'deployment/login-scope-default'
      : loginScopes.includes('openid')
        ? undefined
        : 'deployment/login-without-openid';
  return [
    code === undefined
      ? passed('browser-login', CHECKS.loginScopes, loginScopes.join(' '))
      : found('browser-login', CHECKS.loginScopes, doctorFinding(code, asked)),
  ];
}

/** The address of a sign-in page is easily taken for that of the deployment. Then nothing else can be right. */
export function refuseProvidersDomain({ domain }: DeploymentDescription): DoctorRow | undefined {
  const owner = ownerOf(domain);
  return owner === undefined
    ? undefined
    : found(
        'deployment',
        CHECKS.discovery,
        idpFinding('idp/domain-is-the-providers', `${domain} belongs to ${owner.title}.`),
      );
}
