import type { AppName, DeploymentDescription } from '../deployment.ts';

/** What the guide of Flyte 1 calls the secret of its services. */
export const FLYTE1_CLIENT_SECRET = 'flyte-secret-auth';

/** unionai/helm-charts charts/controlplane/values.yaml, flyte.common.databaseSecret.name. */
const UNION_CONTROL_PLANE_SECRET = 'union-controlplane-secrets';

/**
 * What flyteadmin looks for, where the guides name client_secret alone: flyteorg/flyte flyteadmin/auth/config/config.go,
 * SecretNameOIdCClientSecret, and unionai/helm-charts charts/controlplane/examples/values.oidc-client-secret.yaml.
 */
const LOGIN_ENTRY = 'oidc_client_secret';

/** One secret of Kubernetes: which app's secret stands in it, under which keys. */
export interface PlannedSecret {
  readonly name: string;
  readonly namespace: string;
  /** The app of each entry. */
  readonly entries: Readonly<Record<string, AppName>>;
  /** True where something else makes the secret and keeps entries of its own in it. */
  readonly isShared: boolean;
  /** True where the entry is the whole key of the app, and not its secret alone. */
  readonly isKey: boolean;
  readonly remark: string;
}

/** The secrets of a deployment, in the order of the guides; those of apps that are not described are left out. */
export function planSecrets(description: DeploymentDescription): PlannedSecret[] {
  const plan = description.controlPlane === 'flyte1' ? flyte1Secrets(description) : unionSecrets(description);
  return plan.filter(({ entries }) => Object.values(entries).every((app) => description.apps[app] !== undefined));
}

function unionSecrets(description: DeploymentDescription): PlannedSecret[] {
  const { controlPlaneNamespace, dataPlaneNamespace, eagerSecret } = description;
  return [
    {
      name: 'flyte-admin-secrets',
      namespace: controlPlaneNamespace,
      entries: { client_secret: 'browser-login', [LOGIN_ENTRY]: 'browser-login' },
      isShared: true,
      isKey: false,
      // charts/controlplane/values.yaml, flyte.configmap.adminServer.admin: clientId and clientSecretLocation.
      remark: `Browser login (app 1). The chart makes this secret, and flyteadmin adds its own keys to it.
${LOGIN_ENTRY} is what flyteadmin reads for the login where it is not configured otherwise. client_secret is the guide's
entry for it; the chart also names it beside INTERNAL_CLIENT_ID (app 3) in flyte.configmap.adminServer.admin.`,
    },
    {
      name: 'flyte-secret-auth',
      namespace: controlPlaneNamespace,
      entries: { client_secret: 'browser-login' },
      isShared: true,
      isKey: false,
      remark: 'Browser login (app 1), for the scheduler. The chart makes this secret with a placeholder.',
    },
    {
      name: description.controlPlaneSecret ?? UNION_CONTROL_PLANE_SECRET,
      namespace: controlPlaneNamespace,
      entries: { client_secret: 'service-to-service' },
      isShared: true,
      isKey: false,
      remark:
        'Service to service (app 3). This secret is global.KUBERNETES_SECRET_NAME, and also holds the password of the database.',
    },
    {
      name: 'union-secret-auth',
      namespace: dataPlaneNamespace,
      // charts/dataplane/templates/common/auth-secret.yaml writes both, the operator reads app_secret.
      entries: { client_secret: 'operator', app_secret: 'operator' },
      isShared: false,
      isKey: false,
      remark: `Operator (app 4). client_secret is the guide's entry; app_secret is the same one for those parts of the chart
that look for it under this name.`,
    },
    ...(eagerSecret === undefined
      ? []
      : [
          {
            name: eagerSecret.name,
            namespace: dataPlaneNamespace,
            entries: { [eagerSecret.key]: 'eager' },
            isShared: false,
            isKey: true,
            remark: 'EAGER (app 5): the whole key, on one line and with nothing behind it.',
          } as const,
        ]),
  ];
}

function flyte1Secrets({ controlPlaneNamespace, chart }: DeploymentDescription): PlannedSecret[] {
  const service: PlannedSecret = {
    name: FLYTE1_CLIENT_SECRET,
    namespace: controlPlaneNamespace,
    entries: { client_secret: 'service-to-service' },
    isShared: false,
    isKey: false,
    remark: 'Service to service (app 3).',
  };
  if (chart !== 'flyte-core') {
    return [
      {
        ...service,
        entries: { ...service.entries, [LOGIN_ENTRY]: 'browser-login' },
        remark:
          'Service to service (app 3) and browser login (app 1): clientSecretsExternalSecretRef names this secret.',
      },
    ];
  }
  return [
    {
      name: 'flyte-admin-secrets',
      namespace: controlPlaneNamespace,
      entries: { [LOGIN_ENTRY]: 'browser-login' },
      isShared: true,
      isKey: false,
      remark: 'Browser login (app 1). The chart makes this secret, and flyteadmin adds its own keys to it.',
    },
    service,
  ];
}
