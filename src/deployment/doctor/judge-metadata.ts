import type { Finding } from '../../findings/finding.ts';
import { idpFinding } from '../../identity-provider/findings.ts';
import { recogniseProvider } from '../../identity-provider/providers.ts';
import { type JsonObject, stringMember } from '../../transport/json.ts';
import { readHttpsUrl } from '../../transport/urls.ts';
import type { DeploymentDescription } from '../deployment.ts';
import { CHECKS, type Check } from './checks.ts';
import { type DoctorFindingCode, doctorFinding } from './doctor-findings.ts';
import { type DoctorRow, found, passed } from './doctor-report.ts';
import type { ProviderEndpoints } from './provider-endpoints.ts';

export const OPENID_CONFIGURATION = '.well-known/openid-configuration';

/** A metadata document, or why there is none. */
export type FetchedDocument = { readonly document: JsonObject } | { readonly failure: Finding };

export function isOfTheNetwork({ code }: Finding): boolean {
  return code.startsWith('network/');
}

/** By name, where the document or the addresses tell more than the file. */
export function judgeKind(
  document: JsonObject,
  { token, jwksUri }: ProviderEndpoints,
  { issuer, domain, provider }: DeploymentDescription,
  isDoubtful: boolean,
): DoctorRow {
  const [tokenEndpoint, keySet] = [token, jwksUri].map((text) => (URL.canParse(text) ? new URL(text) : undefined));
  const addresses = { issuer: new URL(issuer), tokenEndpoint, jwksUri: keySet, domain };
  const recognised = recogniseProvider(addresses, document);
  const detail = `The file names ${provider}, and this is ${recognised.name}.`;
  // An issuer alone may look like that of several.
  const isTold = tokenEndpoint !== undefined && recognised.name !== 'generic';
  const seen = isDoubtful ? 'Trials tell of what may go wrong.' : `No trap that is known of ${provider} fits the file.`;
  return !isTold || recognised.name === provider
    ? passed('provider', CHECKS.traps, seen)
    : found('provider', CHECKS.traps, doctorFinding('deployment/provider-differs', detail));
}

/**
 * The browser login compares the texts: coreos/go-oidc v3.6.0 oidc/oidc.go, NewProvider, which flyteadmin calls at its
 * start (flyteorg/flyte v1.16.8 flyteadmin/auth/auth_context.go).
 */
export function judgeIssuer(document: JsonObject, { issuer }: DeploymentDescription, check: Check): DoctorRow {
  const named = stringMember(document, 'issuer') ?? '';
  if (named === issuer) {
    return passed('provider', check, named);
  }
  const isSlash = named.replace(/\/$/, '') === issuer.replace(/\/$/, '');
  const detail = `The metadata names ${named === '' ? 'no issuer' : named}, the file ${issuer}.${isSlash ? ' Only the slash at the end differs.' : ''}`;
  return found('provider', check, doctorFinding('deployment/metadata-issuer-differs', detail));
}

export function judgeOpenId(
  openId: FetchedDocument,
  document: JsonObject,
  description: DeploymentDescription,
): DoctorRow {
  if ('failure' in openId) {
    const { failure } = openId;
    const finding = isOfTheNetwork(failure)
      ? failure
      : doctorFinding('deployment/openid-configuration-not-served', failure.detail);
    return found('provider', CHECKS.openIdConfiguration, finding);
  }
  return stringMember(openId.document, 'issuer') === stringMember(document, 'issuer')
    ? passed('provider', CHECKS.openIdConfiguration, OPENID_CONFIGURATION)
    : judgeIssuer(openId.document, description, CHECKS.openIdConfiguration);
}

export function judgeKeySet({ jwksUri }: ProviderEndpoints): DoctorRow {
  return jwksUri === ''
    ? fault('deployment/key-set-not-named', CHECKS.keySet, 'The metadata has no jwks_uri.')
    : passed('provider', CHECKS.keySet, jwksUri);
}

export function judgeTokenEndpoint(
  { token: named, isTokenTrusted }: ProviderEndpoints,
  { tokenUrl, issuer, domain }: DeploymentDescription,
): DoctorRow {
  if (!(readHttpsUrl(named, { allowQuery: true }) instanceof URL)) {
    const detail = `The metadata names ${named === '' ? 'no token_endpoint' : named}.`;
    return fault('deployment/token-endpoint-not-named', CHECKS.tokenEndpoint, detail);
  }
  if (tokenUrl !== undefined && tokenUrl !== named) {
    const detail = `The metadata names ${named}, the file ${tokenUrl}.`;
    return fault('deployment/token-url-differs', CHECKS.tokenEndpoint, detail);
  }
  if (!isTokenTrusted) {
    const detail = `The token endpoint is ${named}, the issuer ${issuer}, the deployment ${domain}.`;
    const finding = idpFinding('idp/secret-destination-refused', detail);
    return found('provider', CHECKS.tokenEndpoint, finding);
  }
  return passed('provider', CHECKS.tokenEndpoint, named);
}

export function judgeAuthorizationEndpoint(
  { authorization }: ProviderEndpoints,
  { apps }: DeploymentDescription,
): DoctorRow[] {
  if (apps['browser-login'] === undefined && apps.cli === undefined) {
    return [];
  }
  const detail = `The metadata names ${authorization === '' ? 'no authorization_endpoint' : authorization}.`;
  return [
    readHttpsUrl(authorization, { allowQuery: true }) instanceof URL
      ? passed('provider', CHECKS.authorizationEndpoint, authorization)
      : fault('deployment/authorization-endpoint-missing', CHECKS.authorizationEndpoint, detail),
  ];
}

function fault(code: DoctorFindingCode, check: Check, detail: string): DoctorRow {
  return found('provider', check, doctorFinding(code, detail));
}
