import type { Finding } from '../../findings/finding.ts';
import { APP_TITLES, type AppName, type DeploymentDescription, type OAuthApp } from '../deployment.ts';
import { type RenderFindingCode, renderFinding } from './render-findings.ts';
import { FLYTE1_CLIENT_SECRET } from './secret-plan.ts';
import { type Remarks, type Rendered, type RenderedDocument, type Tree, yamlText } from './yaml-text.ts';

/*
 * The keys are those of the charts' own values and templates:
 *   unionai/helm-charts charts/controlplane and charts/dataplane, values.yaml, 2026.8.3
 *   flyteorg/flyte charts/flyte-binary and charts/flyte-core, values.yaml and templates, v1.16.8
 * and of the configuration that they are passed on to: flyteorg/flyte flyteadmin/auth/config/config.go.
 */

/** Where the client opens its browser's answer: flyteadmin/auth/config/config.go, DefaultConfig. */
const CLI_REDIRECT = 'http://localhost:53593/callback';

/** What the charts of Union ask for where OIDC_S2S_SCOPE is empty: `default "all" .Values.global.OIDC_S2S_SCOPE`. */
const CHART_SCOPE = 'all';

/** The apps that the control plane is configured with, whatever its charts. */
interface PlaneApps {
  readonly browserLogin: OAuthApp;
  readonly cli: OAuthApp;
  readonly service: OAuthApp;
}

/** Values and what is said above them. */
interface Values {
  readonly tree: Tree;
  readonly remarks: Remarks;
}

/** Writes the values of the charts for a deployment: one document for each chart. Holds no secret. */
export function renderHelm(description: DeploymentDescription): Rendered {
  const findings: Finding<RenderFindingCode>[] = [];
  if (description.provider === 'flyte') {
    return {
      documents: [],
      findings: [renderFinding('deployment/own-server-not-rendered', 'The provider is flyte.')],
    };
  }
  const plane = planeApps(description, findings);
  if (description.controlPlane === 'flyte1') {
    if (description.subjectClaims.length > 0 || description.appClaims.length > 0) {
      const set = description.subjectClaims.length > 0 ? 'subject-claims' : 'app-claims';
      findings.push(renderFinding('deployment/setting-not-in-flyte1', `The file sets ${set}.`));
    }
    const chart = description.chart ?? 'flyte-binary';
    return {
      documents:
        plane === undefined
          ? []
          : [
              document(
                chart,
                `Values of the chart ${chart}, for ${description.domain}.`,
                chart === 'flyte-core' ? flyteCore(description, plane) : flyteBinary(description, plane),
              ),
            ],
      findings,
    };
  }
  if (plane !== undefined && subjectOf(description, plane.service) === undefined) {
    findings.push(
      renderFinding(
        'deployment/subject-not-described',
        'apps.service-to-service has no subject, and the provider is entra.',
      ),
    );
  }
  const { tokenUrl } = description;
  if (tokenUrl === undefined) {
    findings.push(renderFinding('deployment/token-url-not-described', 'The file has no token-url.'));
  }
  const operator = appOf('operator', description, findings);
  return {
    documents: [
      ...(plane === undefined || tokenUrl === undefined
        ? []
        : [
            document(
              'control plane',
              `Values of the chart controlplane, for ${description.domain}.`,
              unionControlPlane(description, plane, tokenUrl),
            ),
          ]),
      ...(operator === undefined
        ? []
        : [
            document(
              'data plane',
              `Values of the chart dataplane, for ${description.domain}.`,
              unionDataPlane(description, operator),
            ),
          ]),
    ],
    findings,
  };
}

function unionControlPlane(description: DeploymentDescription, plane: PlaneApps, tokenUrl: string): Values {
  const { service } = plane;
  const auth = authBlock(description, plane);
  const subject = subjectOf(description, service);
  const scope = servicesScope(description);
  const { controlPlaneSecret } = description;
  return {
    tree: {
      global: {
        INTERNAL_CLIENT_ID: service.clientId,
        INTERNAL_SUBJECT_ID: subject === service.clientId ? undefined : subject,
        AUTH_TOKEN_URL: tokenUrl,
        OIDC_S2S_SCOPE: scope,
        KUBERNETES_SECRET_NAME: controlPlaneSecret,
      },
      configMap:
        subject === undefined
          ? undefined
          : { union: { connection: { trustedIdentityClaims: { externalIdentityClaim: subject } } } },
      flyte: {
        configmap: {
          adminServer: {
            server: { security: { useAuth: true } },
            auth: {
              authorizedUris: authorizedUris(description),
              ...auth.tree,
              userAuth: {
                ...auth.tree.userAuth,
                cookieSetting: { sameSitePolicy: 'LaxMode', domain: description.domain },
              },
            },
          },
        },
      },
    },
    remarks: {
      'global.INTERNAL_CLIENT_ID': titleOf('service-to-service'),
      ...(subject === undefined || subject === service.clientId
        ? {}
        : { 'global.INTERNAL_SUBJECT_ID': `What the tokens of ${titleOf('service-to-service')} have in sub.` }),
      'global.OIDC_S2S_SCOPE':
        scope === '' ? `The services ask for ${CHART_SCOPE} where this is empty.` : 'What the services ask for.',
      ...(controlPlaneSecret === undefined
        ? {}
        : {
            'global.KUBERNETES_SECRET_NAME':
              'The secret that the services mount: it also holds the password of the database.',
          }),
      ...(subject === undefined
        ? {}
        : {
            'configMap.union.connection.trustedIdentityClaims.externalIdentityClaim': `What the tokens of ${titleOf('service-to-service')} have in sub, where the chart's own values have it:
for Okta the client id, for Entra ID the object id of the service principal.`,
          }),
      'flyte.configmap.adminServer.server.security.useAuth': 'Without it there is no /login, /callback and /me.',
      ...below('flyte.configmap.adminServer.auth', {
        authorizedUris: 'The public one first: it is taken where none fits the host of a request.',
        ...auth.remarks,
      }),
    },
  };
}

function unionDataPlane(description: DeploymentDescription, operator: OAuthApp): Values {
  return {
    tree: {
      global: { AUTH_CLIENT_ID: operator.clientId, OIDC_S2S_SCOPE: servicesScope(description) },
      secrets: { admin: { enable: true, create: false } },
    },
    remarks: {
      'global.AUTH_CLIENT_ID': titleOf('operator'),
      'global.OIDC_S2S_SCOPE': 'As in the values of the control plane.',
      'secrets.admin.create': 'union-secret-auth is made by hand or by a secret store, and not by the chart.',
    },
  };
}

/** At Entra ID the subject of an app is never its client id, so nothing is better than that. */
function subjectOf({ provider }: DeploymentDescription, app: OAuthApp): string | undefined {
  return app.subject ?? (provider === 'entra' ? undefined : app.clientId);
}

/** configuration.inline is a later file of the configuration than what the chart makes of configuration.auth. */
function flyteBinary(description: DeploymentDescription, plane: PlaneApps): Values {
  const auth = authBlock(description, plane);
  return {
    tree: {
      configuration: {
        auth: {
          enabled: true,
          enableAuthServer: false,
          oidc: { baseUrl: description.issuer, clientId: plane.browserLogin.clientId },
          internal: {
            clientId: plane.service.clientId,
            audience: description.audience === '' ? undefined : description.audience,
          },
          authorizedUris: [`https://${description.domain}`],
          clientSecretsExternalSecretRef: FLYTE1_CLIENT_SECRET,
        },
        inline: { auth: auth.tree },
      },
    },
    remarks: {
      'configuration.auth.enableAuthServer': "The authorization server is the provider's, not Flyte's own.",
      'configuration.auth.oidc.clientId': titleOf('browser-login'),
      'configuration.auth.internal.clientId': titleOf('service-to-service'),
      'configuration.auth.clientSecretsExternalSecretRef':
        'Holds client_secret and oidc_client_secret, so that no secret stands in these values.',
      ...below('configuration.inline.auth', auth.remarks),
    },
  };
}

function flyteCore(description: DeploymentDescription, plane: PlaneApps): Values {
  const auth = authBlock(description, plane);
  return {
    tree: {
      secrets: {
        adminOauthClientCredentials: { enabled: true, clientSecret: null, clientId: plane.service.clientId },
      },
      configmap: {
        adminServer: {
          server: { security: { useAuth: true } },
          auth: { authorizedUris: authorizedUris(description), ...auth.tree },
        },
      },
    },
    remarks: {
      'secrets.adminOauthClientCredentials.clientSecret': `So that the chart does not make ${FLYTE1_CLIENT_SECRET} itself, with a secret that stands here.`,
      'secrets.adminOauthClientCredentials.clientId': titleOf('service-to-service'),
      ...below('configmap.adminServer.auth', {
        authorizedUris: 'The public one first: it is taken where none fits the host of a request.',
        ...auth.remarks,
      }),
    },
  };
}

/** `auth` of flyteadmin, which all charts have, each in another place. */
function authBlock(description: DeploymentDescription, { browserLogin, cli }: PlaneApps) {
  const { issuer, metadataUrl, allowedAudience, audience, scopes, loginScopes, provider } = description;
  const isUnion = description.controlPlane === 'union';
  const subjectClaims = isUnion && description.subjectClaims.length > 0 ? description.subjectClaims : undefined;
  const appClaims = isUnion && description.appClaims.length > 0 ? grouped(description.appClaims) : undefined;
  const besideServer = 'Beside externalAuthServer, not in it: it is a field of appAuth.';
  const tree = {
    appAuth: {
      authServerType: 'External',
      externalAuthServer: { baseUrl: issuer, metadataUrl, allowedAudience },
      subjectClaimNames: subjectClaims,
      identityTypeClaimsForApps: appClaims,
      thirdPartyConfig: {
        flyteClient: {
          clientId: cli.clientId,
          redirectUri: CLI_REDIRECT,
          scopes,
          audience: audience === '' ? undefined : audience,
        },
      },
    },
    userAuth: { openId: { baseUrl: issuer, clientId: browserLogin.clientId, scopes: loginScopes } },
  };
  const remarks: Remarks = {
    ...(provider === 'entra'
      ? {
          'appAuth.externalAuthServer.allowedAudience':
            'Compared letter by letter with aud: in v2 tokens of Entra ID that is the GUID of the API app, in v1 tokens its App ID URI.',
        }
      : {}),
    // flyteadmin/auth/config/config.go on the branch mike/prefer-access-token, OAuth2Options.
    ...(subjectClaims === undefined ? {} : { 'appAuth.subjectClaimNames': besideServer }),
    ...(appClaims === undefined ? {} : { 'appAuth.identityTypeClaimsForApps': besideServer }),
    'appAuth.thirdPartyConfig.flyteClient.clientId': titleOf('cli'),
    'userAuth.openId.clientId': titleOf('browser-login'),
    ...(provider === 'entra'
      ? { 'userAuth.openId.scopes': 'A named scope of the API app: Entra ID refuses /.default here (AADSTS90009).' }
      : {}),
  };
  return { tree, remarks };
}

function grouped(appClaims: DeploymentDescription['appClaims']): Record<string, string[]> {
  const claims: Record<string, string[]> = {};
  for (const [claim, value] of appClaims) {
    claims[claim] = [...(claims[claim] ?? []), value];
  }
  return claims;
}

/** A list of values replaces that of the chart, so it holds the addresses within the cluster too. */
function authorizedUris({ domain, controlPlaneNamespace }: DeploymentDescription): string[] {
  return [
    `https://${domain}`,
    'http://flyteadmin:80',
    `http://flyteadmin.${controlPlaneNamespace}.svc.cluster.local:80`,
  ];
}

function servicesScope({ scopes }: DeploymentDescription): string {
  const asked = scopes.join(' ');
  return asked === CHART_SCOPE ? '' : asked;
}

function planeApps(description: DeploymentDescription, findings: Finding<RenderFindingCode>[]): PlaneApps | undefined {
  const browserLogin = appOf('browser-login', description, findings);
  const cli = appOf('cli', description, findings);
  const service = appOf('service-to-service', description, findings);
  return browserLogin === undefined || cli === undefined || service === undefined
    ? undefined
    : { browserLogin, cli, service };
}

function appOf(
  name: AppName,
  { apps }: DeploymentDescription,
  findings: Finding<RenderFindingCode>[],
): OAuthApp | undefined {
  const app = apps[name];
  if (app === undefined) {
    findings.push(renderFinding('deployment/app-not-described', `apps has no ${name}.`));
  }
  return app;
}

/** As in the guides, which number them. */
const APP_NUMBERS: Readonly<Partial<Record<AppName, string>>> = {
  'browser-login': 'app 1',
  cli: 'app 2',
  'service-to-service': 'app 3',
  operator: 'app 4',
  eager: 'app 5',
};

function titleOf(name: AppName): string {
  return `${APP_TITLES[name]} (${APP_NUMBERS[name] ?? name})`;
}

function below(path: string, remarks: Remarks): Remarks {
  return Object.fromEntries(Object.entries(remarks).map(([key, remark]) => [`${path}.${key}`, remark]));
}

function document(title: string, heading: string, { tree, remarks }: Values): RenderedDocument {
  return { title, yaml: yamlText(heading, tree, remarks) };
}
