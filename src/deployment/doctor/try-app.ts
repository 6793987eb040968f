import type { KeyFields } from '../../api-key/fields.ts';
import type { Discovery } from '../../control-plane/discovery.ts';
import { type Finding, FindingError, isError } from '../../findings/finding.ts';
import { withAdvice } from '../../identity-provider/advise.ts';
import { PROVIDERS } from '../../identity-provider/providers.ts';
import type { Progress } from '../../run-report.ts';
import type { Transport } from '../../transport/http-client.ts';
import type { Discovered } from '../../trial/plan-trial.ts';
import { type TrialEffects, type TrialRequest, tryToken } from '../../trial/try-token.ts';
import type { AppName, DeploymentDescription } from '../deployment.ts';
import { CHECKS, type Check } from './checks.ts';
import { doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, notChecked, passed, waitsFor } from './doctor-report.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';

export interface DoctorOptions {
  /** `deployment`: the control plane itself is asked too, with the tokens of the apps. */
  readonly verify: 'token' | 'deployment';
}

/** Which rows a trial fills. */
export const TRIAL_CHECKS = [CHECKS.signIn, CHECKS.token, CHECKS.subject, CHECKS.identityType] as const;

/** Without a mapping the control plane reads this claim as it is. */
const UNMAPPED_APP_CLAIM = [['identitytype', 'app']] as const;

/**
 * A trial token of one app, got as the flyte client gets it and judged as the control plane judges it. Services in Go
 * encode the client id too and fall back to the body of the request: what passes here passes there.
 * Source: golang.org/x/oauth2 v0.35 internal/token.go, newTokenRequest.
 */
export async function tryApp(
  name: AppName,
  fields: KeyFields,
  description: DeploymentDescription,
  endpoints: ProviderEndpoints,
  discovery: Discovery | undefined,
  options: DoctorOptions,
  transport: Transport,
  effects: TrialEffects,
): Promise<DoctorRow[]> {
  const progress: Progress = { findings: [], facts: {} };
  const discovered = asConfigured(description, endpoints, discovery);
  const request = requestOf(description, endpoints, discovery, options);
  try {
    await tryToken(request, fields, discovered, transport, effects, progress);
  } catch (error) {
    if (!(error instanceof FindingError)) {
      throw error;
    }
    progress.findings.push(error.finding);
  }
  const provider = PROVIDERS.find((candidate) => candidate.name === description.provider);
  const findings = progress.findings
    .filter((finding) => isWorthARow(finding, progress.findings, endpoints))
    .map((finding) => (provider ? withAdvice(finding, provider) : finding));
  return rowsOf(name, findings, progress.facts, description, request, endpoints);
}

/** What a client would be told, once everything is configured as the file says. */
function asConfigured(
  { scopes, audience }: DeploymentDescription,
  { issuer, token, jwksUri }: ProviderEndpoints,
  discovery: Discovery | undefined,
): Discovered {
  const { authorizationMetadataKey = '' } = discovery?.metadata ?? {};
  return {
    route: discovery?.route ?? 'connect-binary',
    metadata: { issuer, tokenEndpoint: token, jwksUri, scopes, audience, authorizationMetadataKey },
  };
}

function requestOf(
  { scopes, audience, allowedAudience, subjectClaims, appClaims, controlPlane }: DeploymentDescription,
  { issuer, token }: ProviderEndpoints,
  discovery: Discovery | undefined,
  { verify }: DoctorOptions,
): TrialRequest {
  return {
    // That the secret may go there was judged before.
    pins: { ...(issuer !== '' && { issuer }), tokenUrl: token, scopes, audience },
    allowedAudience,
    subjectClaims: subjectClaims.length > 0 ? subjectClaims : ['sub'],
    appClaims: appClaims.length > 0 ? appClaims : UNMAPPED_APP_CLAIM,
    controlPlane,
    verify: discovery === undefined ? 'token' : verify,
    project: '',
  };
}

/** What only accompanies an error says nothing, and what the rows on the provider tell already is not told again. */
function isWorthARow(finding: Finding, all: readonly Finding[], { jwksUri }: ProviderEndpoints): boolean {
  const { code, severity } = finding;
  return !(
    severity === 'pass' ||
    code === 'plane/assumption-settled' ||
    code === 'idp/metadata-differs' ||
    (code === 'key-set/not-advertised' && jwksUri === '') ||
    (severity === 'note' && all.some(isError))
  );
}

function checkOf({ code }: Finding): Check {
  switch (code) {
    case 'token/subject-missing':
      return CHECKS.subject;
    case 'token/identity-type-not-app':
      return CHECKS.identityType;
    default:
      return /^(?:token|key-set)\//.test(code)
        ? CHECKS.token
        : code.startsWith('plane/')
          ? CHECKS.controlPlane
          : CHECKS.signIn;
  }
}

function rowsOf(
  name: AppName,
  findings: readonly Finding[],
  { token }: Progress['facts'],
  description: DeploymentDescription,
  { verify }: TrialRequest,
  { jwksUri }: ProviderEndpoints,
): DoctorRow[] {
  const of = (check: Check): DoctorRow[] =>
    findings.filter((finding) => checkOf(finding) === check).map((finding) => found(name, check, finding));
  const orPassed = (check: Check, seen: string): DoctorRow[] => {
    const rows = of(check);
    return rows.length > 0 ? rows : [passed(name, check, seen)];
  };
  const signIn = orPassed(CHECKS.signIn, 'The identity provider gave a token.');
  if (token === undefined) {
    return [...signIn, ...TRIAL_CHECKS.slice(1).map((check) => waitsFor(name, check, CHECKS.signIn))];
  }
  if (token.format === 'opaque') {
    const waiting = TRIAL_CHECKS.slice(2).map((check) => waitsFor(name, check, CHECKS.token));
    return [...signIn, ...of(CHECKS.token), ...waiting];
  }
  const asked =
    verify === 'deployment'
      ? findings.some((finding) => isError(finding) && checkOf(finding) === CHECKS.token)
        ? [waitsFor(name, CHECKS.controlPlane, CHECKS.token)]
        : orPassed(CHECKS.controlPlane, 'It names the same subject.')
      : [];
  const { audience = [], subject, identityType = '' } = token;
  const missing = of(CHECKS.subject);
  return [
    ...signIn,
    ...(jwksUri === ''
      ? [waitsFor(name, CHECKS.token, CHECKS.keySet)]
      : orPassed(CHECKS.token, `For the audience ${audience.join(' ')}.`)),
    ...(missing.length > 0 ? missing : [judgeSubject(name, subject, description)]),
    ...orPassed(
      CHECKS.identityType,
      identityType === '' ? 'This control plane does not tell apps from people.' : identityType,
    ),
    ...asked,
  ];
}

/** INTERNAL_SUBJECT_ID is INTERNAL_CLIENT_ID where it is not set; of the other apps only what the file states counts. */
function judgeSubject(name: AppName, subject: string | undefined, { apps }: DeploymentDescription): DoctorRow {
  const app = apps[name];
  const wanted = app?.subject ?? (name === 'service-to-service' ? app?.clientId : undefined);
  if (subject === undefined) {
    return notChecked(name, CHECKS.subject, 'The token could not be read.');
  }
  return wanted === undefined || wanted === subject
    ? passed(name, CHECKS.subject, subject)
    : found(
        name,
        CHECKS.subject,
        doctorFinding('deployment/subject-differs', `The token names ${subject}, expected is ${wanted}.`),
      );
}
