import { isTrustedDestination } from '../../identity-provider/providers.ts';
import { type JsonObject, member, stringMember } from '../../transport/json.ts';
import { readHttpsUrl } from '../../transport/urls.ts';
import type { DeploymentDescription } from '../deployment.ts';

/** The endpoints of a provider, from its own metadata (RFC 8414 section 2, RFC 8628 section 4). Empty where unknown. */
export interface ProviderEndpoints {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly token: string;
  /** Whether a secret may be sent there. */
  readonly isTokenTrusted: boolean;
  readonly authorization: string;
  readonly deviceAuthorization: string;
  /** Undefined where the document does not say. */
  readonly pkceMethods: readonly string[] | undefined;
}

export function readEndpoints(document: JsonObject, description: DeploymentDescription): ProviderEndpoints {
  const methods = member(document, 'code_challenge_methods_supported');
  const issuer = new URL(description.issuer);
  const token = stringMember(document, 'token_endpoint') ?? '';
  const url = readHttpsUrl(token, { allowQuery: true });
  // A token endpoint on another host than the issuer must be named in the file too.
  const { domain, tokenUrl } = description;
  const isTokenTrusted =
    url instanceof URL && isTrustedDestination(url, { domain, issuer, pinned: token === tokenUrl });
  return {
    issuer: stringMember(document, 'issuer') ?? '',
    jwksUri: stringMember(document, 'jwks_uri') ?? '',
    token,
    isTokenTrusted,
    authorization: stringMember(document, 'authorization_endpoint') ?? '',
    deviceAuthorization: stringMember(document, 'device_authorization_endpoint') ?? '',
    pkceMethods: Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : undefined,
  };
}
