import { ASSUMED_APP_CLAIMS, judgeToken } from './control-plane/verdict/judge-token.ts';
import type { ControlPlaneKind } from './control-plane/verdict/profiles.ts';
import { tokenFinding } from './control-plane/verdict/token-findings.ts';
import type { Finding } from './findings/finding.ts';
import { withAdvice } from './identity-provider/advise.ts';
import type { IdentityProvider } from './identity-provider/identity-provider.ts';
import { recogniseProvider } from './identity-provider/providers.ts';
import { remoteText } from './secrecy/remote-text.ts';
import { readHttpsUrl } from './transport/urls.ts';

/** A token, and what its owner states about the control plane. */
export interface AccessTokenRequest {
  readonly token: string;
  /** What the jwks_uri of the provider serves; without it the signature is not checked. */
  readonly keySet: Uint8Array | undefined;
  readonly allowedAudience: readonly string[];
  /** Undefined where they are not stated. */
  readonly subjectClaims: readonly string[] | undefined;
  readonly appClaims: readonly (readonly [claim: string, value: string])[] | undefined;
  readonly controlPlane: ControlPlaneKind;
  /** Undefined: told from the issuer in the token. */
  readonly provider: IdentityProvider | undefined;
  /** What the deployment advertises; empty where it is not known. */
  readonly advertisedIssuer: string;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

/** All text in it may be printed. */
export interface JudgedToken {
  readonly decision: 'accept' | 'refuse';
  readonly controlPlane: ControlPlaneKind;
  /** The rule that decided, or `every-rule`. */
  readonly decidedBy: string;
  /** What a client reads where the token is refused; else empty. */
  readonly serverError: string;
  readonly subject: string;
  readonly identityType: string;
  readonly findings: readonly Finding[];
}

/** Judges a token and a key set that are at hand, by the rules of the control plane, offline. */
export async function judgeAccessToken(request: AccessTokenRequest): Promise<JudgedToken> {
  const { token, keySet, allowedAudience, subjectClaims, appClaims, controlPlane, nowSeconds } = request;
  const judgement = await judgeToken({
    token,
    keySet: keySet === undefined ? { missing: withoutKeySet() } : { body: keySet },
    settings: {
      allowedAudience: { value: allowedAudience, stated: true },
      subjectClaims: { value: subjectClaims ?? [], stated: subjectClaims !== undefined },
      appClaims: { value: appClaims ?? ASSUMED_APP_CLAIMS, stated: appClaims !== undefined },
    },
    clock: { nowSeconds, isSure: true, grainSeconds: 0 },
    controlPlane,
    advertisedIssuer: request.advertisedIssuer,
  });
  const { decision, decidedBy, serverError, facts } = judgement;
  const provider = request.provider ?? providerOf(facts.issuer);
  const findings = judgement.findings
    .map((finding) => withAdvice(finding, provider, judgement.readable))
    .map((finding): Finding => ({ ...finding, detail: remoteText(finding.detail) }));
  return {
    decision,
    controlPlane,
    decidedBy,
    serverError: remoteText(serverError ?? ''),
    subject: remoteText(facts.subject ?? ''),
    identityType: remoteText(facts.identityType ?? ''),
    findings,
  };
}

function withoutKeySet(): Finding {
  const finding = tokenFinding('key-set/not-advertised', 'No key set is given: the signature is not checked.');
  const fix = 'Give --key-set-file, or keySet in the library, with what the jwks_uri of the provider serves.';
  return { ...finding, advice: { fix } };
}

/** The one whose issuer stands in the token. */
function providerOf(issuer: string | undefined): IdentityProvider {
  const url = issuer === undefined ? undefined : readHttpsUrl(issuer);
  const addresses = { tokenEndpoint: undefined, jwksUri: undefined, domain: '' };
  return recogniseProvider({ ...addresses, issuer: url instanceof URL ? url : undefined });
}
