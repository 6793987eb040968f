import { defineFindings, type FindingDefinition } from '../findings/finding.ts';
import type { JsonObject } from '../transport/json.ts';
import type { IdentityProvider, ProviderAddresses } from './identity-provider.ts';
import { AUTH0 } from './providers/auth0.ts';
import { AUTHENTIK } from './providers/authentik.ts';
import { COGNITO } from './providers/cognito.ts';
import { DEX } from './providers/dex.ts';
import { ENTRA } from './providers/entra.ts';
import { FLYTE } from './providers/flyte.ts';
import { GENERIC } from './providers/generic.ts';
import { GOOGLE } from './providers/google.ts';
import { HYDRA } from './providers/hydra.ts';
import { KEYCLOAK } from './providers/keycloak.ts';
import { OKTA } from './providers/okta.ts';
import { PINGFEDERATE } from './providers/pingfederate.ts';
import { PINGONE } from './providers/pingone.ts';
import { ZITADEL } from './providers/zitadel.ts';

/** Every provider that is known, in the order in which an address is held against them. */
const KNOWN_PROVIDERS = [
  FLYTE,
  OKTA,
  ENTRA,
  KEYCLOAK,
  AUTH0,
  AUTHENTIK,
  GOOGLE,
  PINGONE,
  PINGFEDERATE,
  ZITADEL,
  COGNITO,
  DEX,
  HYDRA,
  GENERIC,
] as const;

/** Written out, so that the declarations of the library need not hold every provider to name them. */
export type ProviderName =
  | 'flyte'
  | 'okta'
  | 'entra'
  | 'keycloak'
  | 'auth0'
  | 'authentik'
  | 'google'
  | 'pingone'
  | 'pingfederate'
  | 'zitadel'
  | 'cognito'
  | 'dex'
  | 'hydra'
  | 'generic';

type KeysOf<Part> = Part extends unknown ? keyof Part : never;
type ProviderFindingCode = KeysOf<(typeof KNOWN_PROVIDERS)[number]['findings']>;

export type KnownProvider = IdentityProvider & { readonly name: ProviderName };

export const PROVIDERS: readonly KnownProvider[] = KNOWN_PROVIDERS;

/** The findings of all providers. */
export const PROVIDER_FINDINGS = Object.assign({}, ...PROVIDERS.map(({ findings }) => findings)) as Readonly<
  Record<ProviderFindingCode, FindingDefinition>
>;
defineFindings(PROVIDER_FINDINGS);

/** Told from the addresses first, else from the provider's own metadata document, else `generic`. */
export function recogniseProvider(addresses: ProviderAddresses, metadata?: JsonObject): KnownProvider {
  return (
    PROVIDERS.find((provider) => provider.recognises(addresses)) ??
    (metadata && PROVIDERS.find((provider) => provider.recognisesMetadata?.(metadata) === true)) ??
    GENERIC
  );
}

/** The provider that a host name belongs to, where it can belong to no deployment. */
export function ownerOf(host: string): IdentityProvider | undefined {
  return PROVIDERS.find((provider) => provider.ownsHost?.(host) === true);
}

/**
 * Whether a secret may be sent to a token endpoint: it was given by the user, or has the origin of the domain or of
 * the issuer, or is a pair known to belong together. A document that anybody could have written decides nothing.
 */
export function isTrustedDestination(
  tokenEndpoint: URL,
  { domain, issuer, pinned }: { domain: string; issuer: URL | undefined; pinned: boolean },
): boolean {
  return (
    pinned ||
    tokenEndpoint.origin === `https://${domain.toLowerCase()}` ||
    (issuer !== undefined && (tokenEndpoint.origin === issuer.origin || isKnownPair(issuer, tokenEndpoint)))
  );
}

function isKnownPair(issuer: URL, tokenEndpoint: URL): boolean {
  const pairs = PROVIDERS.flatMap(({ knownPairs = [] }) => knownPairs);
  return (
    tokenEndpoint.port === '' &&
    pairs.some(([from, to]) => from.test(issuer.hostname) && to.test(tokenEndpoint.hostname))
  );
}
