import type { ProviderName } from '../identity-provider/providers.ts';

/** The OAuth apps of a deployment, in the order in which the guides number them; the last one is that of CI. */
export const APP_NAMES = ['browser-login', 'cli', 'service-to-service', 'operator', 'eager', 'ci-cd'] as const;

export type AppName = (typeof APP_NAMES)[number];

/** As people call them. */
export const APP_TITLES: Readonly<Record<AppName, string>> = {
  'browser-login': 'Browser login',
  cli: 'CLI',
  'service-to-service': 'Service to service',
  operator: 'Operator',
  eager: 'EAGER',
  'ci-cd': 'CI/CD',
};

/** What is known of one app. Its secret stands in a variable of the environment and nowhere else. */
export interface OAuthApp {
  readonly clientId: string;
  /** The name of the variable with the client secret; undefined where it is not at hand, and for the public app. */
  readonly clientSecretVariable: string | undefined;
  /** What the tokens of the app name as their subject, where that is not the client id. */
  readonly subject: string | undefined;
  /** The organization in the key that is built of this app; empty for self-hosted deployments. */
  readonly org: string;
  /** Where its secret stands in the store that External Secrets Operator reads. */
  readonly storedSecret?: StoredSecret | undefined;
}

/** remoteRef of an ExternalSecret. */
export interface StoredSecret {
  readonly key: string;
  /** The field of it, where the store keeps several values under one key. */
  readonly property: string | undefined;
}

/** secretStoreRef of an ExternalSecret. */
export interface SecretStore {
  readonly name: string;
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
}

/** The Kubernetes secret from which the pods of tasks get their key. */
export interface EagerSecret {
  readonly name: string;
  /** The key in it, that is the name of its one entry. */
  readonly key: string;
}

/** The charts of open-source Flyte 1. They nest the same settings in different ways. */
export const FLYTE1_CHARTS = ['flyte-binary', 'flyte-core'] as const;

export type Flyte1Chart = (typeof FLYTE1_CHARTS)[number];

/** A whole deployment, as the guides describe it: what is configured, or is to be configured. */
export interface DeploymentDescription {
  /** The host name of the control plane's ingress. */
  readonly domain: string;
  readonly provider: ProviderName;
  /** The baseUrl of the authorization server, without a slash at its end unless it was written with one. */
  readonly issuer: string;
  /** The place of the metadata document below the issuer, as metadataUrl names it. */
  readonly metadataUrl: string;
  /** Undefined where the metadata document is to tell it. */
  readonly tokenUrl: string | undefined;
  /** Which audiences the control plane accepts (allowedAudience). */
  readonly allowedAudience: readonly string[];
  /** What the clients ask for (flyteClient.audience); empty for none. */
  readonly audience: string;
  /** What the CLI and the services ask for (flyteClient.scopes, OIDC_S2S_SCOPE). */
  readonly scopes: readonly string[];
  /** What the browser login asks for (userAuth.openId.scopes). */
  readonly loginScopes: readonly string[];
  /** subjectClaimNames; empty where it is not set, which means `sub`. */
  readonly subjectClaims: readonly string[];
  /** identityTypeClaimsForApps; empty where it is not set. */
  readonly appClaims: readonly (readonly [claim: string, value: string])[];
  /** `union` for the charts of Union, `flyte1` for those of open-source Flyte 1. */
  readonly controlPlane: 'union' | 'flyte1';
  readonly controlPlaneNamespace: string;
  readonly dataPlaneNamespace: string;
  /** Which of the charts of Flyte 1; flyte-binary where it is not said. */
  readonly chart?: Flyte1Chart | undefined;
  /** The secret that the services of the control plane mount (global.KUBERNETES_SECRET_NAME), where it is named. */
  readonly controlPlaneSecret?: string | undefined;
  /** Undefined where nobody has asked Union for it yet: it differs from deployment to deployment. */
  readonly eagerSecret?: EagerSecret | undefined;
  /** What External Secrets Operator reads, where it is used. */
  readonly secretStore?: SecretStore | undefined;
  /** Those that the file names. */
  readonly apps: Readonly<Partial<Record<AppName, OAuthApp>>>;
}
