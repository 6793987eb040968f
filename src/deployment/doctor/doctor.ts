import type { Finding } from '../../findings/finding.ts';
import type { SecretStore } from '../../secrecy/secret-store.ts';
import type { Transport } from '../../transport/http-client.ts';
import { mapSome } from '../../transport/map-some.ts';
import type { RetryEffects } from '../../transport/retry.ts';
import { APP_NAMES, type AppName, type DeploymentDescription } from '../deployment.ts';
import { adviseRow } from './advise.ts';
import { type AppCredentials, type Environment, examineSecret, protectSecrets } from './app-secrets.ts';
import { examineLogin } from './browser-login.ts';
import { CHECKS } from './checks.ts';
import { CLI_REDIRECT, examineAdvertisedApp, examinePkce, startDeviceSignIn } from './cli-app.ts';
import { joinCommonCauses } from './common-cause.ts';
import { settleConsequences } from './consequences.ts';
import { doctorFinding } from './doctor-findings.ts';
import { concludeReport, type DoctorReport, type DoctorRow, found, waitsFor } from './doctor-report.ts';
import { askControlPlane, type ControlPlaneAnswers, compareAdvertised } from './examine-control-plane.ts';
import { examineFile } from './examine-file.ts';
import { examineProvider, type ProviderExamination } from './examine-provider.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';
import { shareAnswers } from './shared-answers.ts';
import { askSignInPage, isEndpoint, isLoopback, type SignIn } from './sign-in-page.ts';
import { type DoctorOptions, TRIAL_CHECKS, tryApp } from './try-app.ts';

/** As many apps as sign in at once: a provider counts them against one address. */
const MOST_AT_ONCE = 3;

export interface DoctorEffects {
  readonly secrets: SecretStore;
  readonly retry: RetryEffects;
  /** Called once. */
  readonly openTransport: () => Transport;
  /** 43 random characters of base64url, as a state and a challenge need (RFC 7636 section 4.2). */
  readonly nonce: () => string;
}

/** What every step of an examination needs. */
interface Ward {
  readonly description: DeploymentDescription;
  readonly credentials: AppCredentials;
  readonly options: DoctorOptions;
  readonly transport: Transport;
  readonly effects: DoctorEffects;
}

/**
 * Examines a whole deployment as its file describes it: the file, the identity provider, what the control plane tells
 * everybody, and each app as far as it can be proved without a person in front of a browser. One fault makes one row;
 * what only follows from it waits.
 */
export async function examineDeployment(
  description: DeploymentDescription,
  environment: Environment,
  options: DoctorOptions,
  effects: DoctorEffects,
): Promise<DoctorReport> {
  const credentials = protectSecrets(description, environment, effects.secrets);
  const transport = shareAnswers(effects.openTransport());
  try {
    const ward = { description, credentials, options, transport, effects };
    const [provider, answers] = await Promise.all([
      examineProvider(description, transport, effects.retry),
      askControlPlane(description, transport, effects.retry),
    ]);
    const { endpoints } = provider;
    const [pages, device, trials] = await Promise.all([
      askSignInPages(ward, answers, endpoints),
      askDevice(ward, endpoints),
      tryApps(ward, answers, provider),
    ]);
    const rows = [
      ...examineFile(description),
      ...answers.rows,
      ...compareAdvertised(answers, description, endpoints),
      ...provider.rows,
      ...pages,
      ...examineRoutes(description, answers, endpoints),
      ...device,
      ...trials,
    ];
    const advised = settleConsequences(rows).map((row) => adviseRow(row, description));
    return concludeReport(description, advised, effects.secrets);
  } finally {
    transport.close();
  }
}

/** The two apps that people sign in with, as far as the provider's own page tells. */
async function askSignInPages(
  { description, transport, effects }: Ward,
  { discovery }: ControlPlaneAnswers,
  endpoints: ProviderEndpoints | undefined,
): Promise<DoctorRow[]> {
  const { apps, domain, loginScopes, scopes } = description;
  const advertised = discovery?.signIn.redirectUri ?? '';
  const signIns: Pick<SignIn, 'app' | 'redirectUri' | 'scopes'>[] = [
    { app: 'browser-login', redirectUri: `https://${domain}/callback`, scopes: loginScopes },
    { app: 'cli', redirectUri: isLoopback(advertised) ? advertised : CLI_REDIRECT, scopes },
  ];
  const named = signIns.filter(({ app }) => apps[app] !== undefined);
  return await mapSome(named, MOST_AT_ONCE, async (signIn) => {
    const { authorization = '' } = endpoints ?? {};
    if (!isEndpoint(authorization)) {
      return waitsFor(signIn.app, CHECKS.signInPage, CHECKS.authorizationEndpoint);
    }
    const clientId = apps[signIn.app]?.clientId ?? '';
    const whole = { ...signIn, clientId, authorizationEndpoint: authorization, nonce: effects.nonce() };
    return await askSignInPage(whole, transport, effects.retry);
  });
}

function examineRoutes(
  description: DeploymentDescription,
  answers: ControlPlaneAnswers,
  endpoints: ProviderEndpoints | undefined,
): DoctorRow[] {
  const { apps } = description;
  return [
    ...(apps['browser-login'] === undefined ? [] : [examineLogin(answers, description, endpoints)]),
    ...(apps.cli === undefined ? [] : examineAdvertisedApp(answers.discovery, description)),
  ];
}

async function askDevice(
  { description, transport, effects }: Ward,
  endpoints: ProviderEndpoints | undefined,
): Promise<DoctorRow[]> {
  if (description.apps.cli === undefined) {
    return [];
  }
  return endpoints === undefined
    ? [CHECKS.pkce, CHECKS.device].map((check) => waitsFor('cli', check, CHECKS.metadata))
    : [
        examinePkce(endpoints),
        await startDeviceSignIn(description, endpoints, transport, effects.retry, effects.secrets),
      ];
}

/** Every app that has a secret. What they all meet is told once. */
async function tryApps(
  { description, credentials, options, transport, effects }: Ward,
  { discovery }: ControlPlaneAnswers,
  { endpoints, trialsWaitFor, doubts }: ProviderExamination,
): Promise<DoctorRow[]> {
  const confidential = APP_NAMES.filter((name) => name !== 'cli' && description.apps[name] !== undefined);
  const secrets = new Map(confidential.map((name) => [name, examineSecret(name, description, credentials)]));
  const wait = (name: AppName, cause: string): DoctorRow[] => TRIAL_CHECKS.map((check) => waitsFor(name, check, cause));
  const trials = await mapSome(confidential, MOST_AT_ONCE, async (name) => {
    const fields = credentials.get(name);
    const fault = secrets.get(name)?.find(({ outcome }) => outcome === 'error' || outcome === 'not-checked');
    if (fields === undefined || fault !== undefined) {
      return { name, isTried: false, rows: wait(name, fault?.check ?? CHECKS.secret) };
    }
    if (endpoints === undefined || trialsWaitFor !== undefined) {
      return { name, isTried: false, rows: wait(name, trialsWaitFor ?? CHECKS.metadata) };
    }
    const rows = await tryApp(name, fields, description, endpoints, discovery, options, transport, effects);
    return { name, isTried: true, rows };
  });
  const tried = trials.filter(({ isTried }) => isTried).map(({ name, rows }) => [name, rows] as const);
  return [
    ...(tried.length > 0 ? [] : doubts.map((doubt) => found('provider', CHECKS.traps, doubt))),
    ...[...secrets.values()].flat(),
    ...trials.filter(({ isTried }) => !isTried).flatMap(({ rows }) => rows),
    ...joinCommonCauses(new Map(tried)).map(forgiveLoginApp),
  ];
}

/** How providers say that the app is known, and only may not use the grant. */
const GRANT_REFUSED = /^idp\/(?:client-not-allowed|[a-z0-9]+\/grant-not-enabled|keycloak\/service-account-off)$/;

function isGrantRefused({ code, detail }: Finding): boolean {
  return GRANT_REFUSED.test(code) || (code === 'idp/invalid-request' && /\bgrant\b/.test(detail));
}

/** People sign in without that grant: only what the guide adds to it fails. */
function forgiveLoginApp(row: DoctorRow): DoctorRow {
  const { subject, check, finding } = row;
  return subject === 'browser-login' && finding !== undefined && isGrantRefused(finding)
    ? found(subject, check, doctorFinding('deployment/login-without-client-credentials', finding.detail))
    : row;
}
