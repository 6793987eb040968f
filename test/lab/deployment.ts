import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './control-plane.ts';
import type { RecordedRequest } from './https-server.ts';
import {
  defaultClients,
  type OpenIdProvider,
  type OpenIdProviderOptions,
  startOpenIdProvider,
} from './openid-provider.ts';
import { type ScriptedProvider, type ScriptedProviderOptions, startScriptedProvider } from './scripted-provider.ts';

type OwnOptions = 'authority' | 'requests' | 'domain' | 'issuer' | 'clientId';

interface CommonOptions {
  /** Default union.example.test. */
  domain?: string | undefined;
  /** Default https://login.example.test/oauth2/default. */
  issuer?: string | undefined;
  /** Default ci-client. */
  clientId?: string | undefined;
  /** Default: the secret that the provider knows for the client. */
  clientSecret?: string | undefined;
  authority?: CertificateAuthority | undefined;
  /** Laid over the defaults; `metadata`, `publicClientConfig` and `accessTokenRules` field by field. */
  controlPlane?: ControlPlaneParts | undefined;
}

interface ControlPlaneParts extends Partial<Omit<ControlPlaneOptions, OwnOptions | 'accessTokenRules'>> {
  accessTokenRules?: Partial<ControlPlaneOptions['accessTokenRules']> | undefined;
}

export interface DeploymentOptions extends CommonOptions {
  provider?: 'real' | undefined;
  openIdProvider?: Partial<Omit<OpenIdProviderOptions, OwnOptions>> | undefined;
}

export interface ScriptedDeploymentOptions extends CommonOptions {
  provider: 'scripted';
  scriptedProvider?: Partial<Omit<ScriptedProviderOptions, OwnOptions>> | undefined;
}

export interface Deployment<Provider = OpenIdProvider> {
  domain: string;
  issuer: string;
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string;
  /** The access token's audience. */
  audience: string;
  authority: CertificateAuthority;
  certificateAuthorityPem: string;
  /** host:port:address:port as curl has it. */
  connectTo: string[];
  /** All requests of both servers in order of arrival: `server` is control-plane or provider. */
  requests: RecordedRequest[];
  controlPlane: ControlPlane;
  provider: Provider;
  stop(): Promise<void>;
}

export interface ScriptedDeployment extends Deployment<ScriptedProvider> {
  signToken: ScriptedProvider['signToken'];
}

async function startAdvertisingControlPlane(
  provider: OpenIdProvider | ScriptedProvider,
  authority: CertificateAuthority,
  requests: RecordedRequest[],
  settings: { domain: string; audience: string; parts: ControlPlaneParts },
): Promise<ControlPlane> {
  const { domain, audience, parts } = settings;
  return startControlPlane({
    name: 'control-plane',
    ...parts,
    authority,
    requests,
    domain,
    metadata: {
      issuer: provider.issuer,
      authorizationEndpoint: `${provider.issuer}/auth`,
      tokenEndpoint: provider.tokenEndpoint,
      responseTypesSupported: ['code'],
      scopesSupported: ['all'],
      tokenEndpointAuthMethodsSupported: ['client_secret_basic', 'client_secret_post'],
      jwksUri: provider.jwksUri,
      codeChallengeMethodsSupported: ['S256'],
      grantTypesSupported: ['authorization_code', 'client_credentials'],
      ...parts.metadata,
    },
    publicClientConfig: {
      clientId: 'flytectl',
      redirectUri: 'http://localhost:53593/callback',
      scopes: ['all'],
      authorizationMetadataKey: 'flyte-authorization',
      audience: '',
      ...parts.publicClientConfig,
    },
    accessTokenRules: { jwks: provider.publicJwks, audience, ...parts.accessTokenRules },
  });
}

export function startDeployment(options?: DeploymentOptions): Promise<Deployment>;
export function startDeployment(options: ScriptedDeploymentOptions): Promise<ScriptedDeployment>;
export async function startDeployment(
  options: DeploymentOptions | ScriptedDeploymentOptions = {},
): Promise<Deployment | ScriptedDeployment> {
  const {
    domain = 'union.example.test',
    issuer = 'https://login.example.test/oauth2/default',
    clientId = 'ci-client',
    authority = await createCertificateAuthority(),
    controlPlane: parts = {},
  } = options;
  const requests: RecordedRequest[] = [];
  const passedOn = options.provider === 'scripted' ? options.scriptedProvider : options.openIdProvider;
  const otherHostNames = options.provider === 'scripted' ? (options.scriptedProvider?.otherHostNames ?? []) : [];
  const audience = passedOn?.audience ?? `https://${domain}`;
  const shared = { name: 'provider', ...passedOn, authority, requests, issuer, audience };

  async function complete<Provider extends OpenIdProvider | ScriptedProvider>(
    provider: Provider,
    knownSecret: string | undefined,
  ): Promise<Deployment<Provider>> {
    const settings = { domain, audience, parts };
    const controlPlane = await startAdvertisingControlPlane(provider, authority, requests, settings);
    return {
      domain,
      issuer,
      tokenEndpoint: provider.tokenEndpoint,
      clientId,
      clientSecret: options.clientSecret ?? knownSecret ?? 'no-such-secret',
      audience,
      authority,
      certificateAuthorityPem: authority.certificatePem,
      connectTo: [
        `${domain}:443:127.0.0.1:${controlPlane.port}`,
        ...[new URL(issuer).hostname, ...otherHostNames].map((host) => `${host}:443:127.0.0.1:${provider.port}`),
      ],
      requests,
      controlPlane,
      provider,
      async stop() {
        await Promise.all([controlPlane.stop(), provider.stop()]);
      },
    };
  }

  const secretIn = (clients: OpenIdProvider['clients']) =>
    clients.find((client) => client.clientId === clientId)?.clientSecret;
  if (options.provider === 'scripted') {
    const provider = await startScriptedProvider({ ...shared, clientId });
    return { ...(await complete(provider, secretIn(defaultClients))), signToken: provider.signToken };
  }
  const provider = await startOpenIdProvider(shared);
  return complete(provider, secretIn(provider.clients));
}
