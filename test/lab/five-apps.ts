import type { DeploymentDescription } from '../../src/deployment/deployment.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import type { ControlPlaneOptions } from './control-plane.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import type { RecordedRequest } from './https-server.ts';
import { send } from './lab-client.ts';
import type { LabClient, OpenIdProviderOptions } from './openid-provider.ts';

/** The apps of the guides, and that of CI, as the provider has them registered. */
export const FIVE_APPS = {
  'browser-login': {
    clientId: 'union-web',
    clientSecret: 'J4x8Qv2LkWm0Zr6TpQ7e',
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirectUris: ['https://union.example.test/callback'],
  },
  cli: {
    clientId: 'union-cli',
    clientSecret: '',
    authMethod: 'none',
    applicationType: 'native',
    grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    redirectUris: ['http://localhost:53593/callback', 'http://localhost:12345/callback'],
  },
  'service-to-service': { clientId: 'union-internal', clientSecret: 'Y7n3Pd9SbHf5Kc1GtU8o' },
  operator: { clientId: 'union-operator', clientSecret: 'U2e6Xa8JqNz4Vt0MwD5h' },
  eager: { clientId: 'union-eager', clientSecret: 'R5w9Cy1BhLg7Fs3DjM2v' },
  'ci-cd': { clientId: 'union-ci', clientSecret: 'O8i4Tk6EvPj2Ax0NlB9r' },
} as const satisfies Record<string, LabClient>;

type LabApp = keyof typeof FIVE_APPS;

/** What a test can set otherwise. Each is one setting of the provider or of the control plane. */
export interface FiveAppsOptions {
  authority?: CertificateAuthority | undefined;
  /** Laid over the registration of an app. */
  apps?: Partial<Record<LabApp, Partial<LabClient>>> | undefined;
  /** Changes the metadata document in place, wherever it is served. */
  metadata?: ((document: Record<string, unknown>) => void) | undefined;
  provider?: Partial<Omit<OpenIdProviderOptions, 'authority' | 'requests' | 'issuer' | 'clients'>> | undefined;
  controlPlane?: Partial<Omit<ControlPlaneOptions, 'authority' | 'requests' | 'domain'>> | undefined;
  login?: Partial<NonNullable<ControlPlaneOptions['login']>> | undefined;
}

export interface FiveApps extends Deployment {
  /** What the file of this deployment says. */
  description: DeploymentDescription;
  /** The secrets, by the names that the file gives. */
  environment: Record<string, string>;
}

const SECRETS = {
  'browser-login': 'BROWSER_SECRET',
  cli: undefined,
  'service-to-service': 'INTERNAL_SECRET',
  operator: 'OPERATOR_SECRET',
  eager: 'EAGER_SECRET',
  'ci-cd': 'CI_SECRET',
} as const;

/** A whole deployment on loopback: a real OpenID provider with all the apps, and a control plane that uses them. */
export async function startFiveApps(options: FiveAppsOptions = {}): Promise<FiveApps> {
  const authority = options.authority ?? (await createCertificateAuthority());
  const clients = Object.entries(FIVE_APPS).map(
    ([name, client]): LabClient => ({ ...client, ...options.apps?.[name as LabApp] }),
  );
  /** Filled once the provider has told its document. */
  const documents = new Map<string, object>();
  let isStarted = false;
  const issuer = 'https://login.example.test/oauth2/default';
  const authorizationEndpoint = `${issuer}/auth`;
  const lab = await startDeployment({
    authority,
    issuer,
    clientId: FIVE_APPS['ci-cd'].clientId,
    openIdProvider: {
      signingAlgorithm: 'ES256',
      ...options.provider,
      signsPeopleIn: true,
      clients,
      override: (request: RecordedRequest) => {
        const document = documents.get(request.path);
        // Whatever the test lets it say, it says only once it has told its documents.
        return isStarted ? (options.provider?.override?.(request) ?? (document && { body: document })) : undefined;
      },
    },
    controlPlane: {
      ...options.controlPlane,
      metadata: {
        deviceAuthorizationEndpoint: `${issuer}/device/auth`,
        grantTypesSupported: ['authorization_code', 'client_credentials', 'refresh_token'],
        ...options.controlPlane?.metadata,
      },
      publicClientConfig: { clientId: FIVE_APPS.cli.clientId, ...options.controlPlane?.publicClientConfig },
      login: {
        clientId: FIVE_APPS['browser-login'].clientId,
        scopes: ['profile', 'openid', 'offline_access'],
        authorizationEndpoint,
        ...options.login,
      },
    },
  });
  for (const name of ['oauth-authorization-server', 'openid-configuration']) {
    const answer = await send(lab, `${issuer}/.well-known/${name}`);
    const document = answer.json() as Record<string, unknown>;
    options.metadata?.(document);
    documents.set(`${new URL(issuer).pathname}/.well-known/${name}`, document);
  }
  lab.requests.length = 0;
  isStarted = true;
  return { ...lab, ...describe(lab) };
}

function describe({ domain, issuer }: Deployment): Pick<FiveApps, 'description' | 'environment'> {
  const names = Object.keys(FIVE_APPS) as LabApp[];
  return {
    description: {
      domain,
      provider: 'generic',
      issuer,
      metadataUrl: '.well-known/openid-configuration',
      tokenUrl: undefined,
      allowedAudience: [`https://${domain}`],
      audience: '',
      scopes: ['all'],
      loginScopes: ['profile', 'openid', 'offline_access'],
      subjectClaims: [],
      appClaims: [],
      controlPlane: 'union',
      controlPlaneNamespace: 'union-cp',
      dataPlaneNamespace: 'union',
      apps: Object.fromEntries(
        names.map((name) => [
          name,
          {
            clientId: FIVE_APPS[name].clientId,
            clientSecretVariable: SECRETS[name],
            subject: undefined,
            org: '',
          },
        ]),
      ),
    },
    environment: Object.fromEntries(
      names.flatMap((name) => (SECRETS[name] === undefined ? [] : [[SECRETS[name], FIVE_APPS[name].clientSecret]])),
    ),
  };
}
