import type { KeyFindingCode } from '../../api-key/findings.ts';
import { type Finding, isError } from '../../findings/finding.ts';
import type { AppName, DeploymentDescription, OAuthApp, SecretStore } from '../deployment.ts';
import { encodeEagerKey } from './eager-key.ts';
import { type RenderFindingCode, renderFinding } from './render-findings.ts';
import { type PlannedSecret, planSecrets } from './secret-plan.ts';
import { type Rendered, type RenderedDocument, type Tree, yamlText } from './yaml-text.ts';

/** The client secrets that are to be written, by their apps. */
export type SecretValues = Readonly<Partial<Record<AppName, string>>>;

type Code = RenderFindingCode | KeyFindingCode;

/** What a shared secret is called as a resource of its own, beside the secret that it adds to. */
const EXTERNAL_SUFFIX = '-client-secret';

/**
 * Writes the secrets of a deployment as manifests of Kubernetes.
 * @param values with them the secrets themselves are written; without them no value appears, and each manifest is an
 *   ExternalSecret that says where it is stored.
 * @returns nothing but findings where one of them is an error: half of the secrets is no deployment.
 */
export function renderSecrets(description: DeploymentDescription, values?: SecretValues): Rendered<Code> {
  const findings: Finding<Code>[] = [];
  if (
    description.apps.eager !== undefined &&
    description.eagerSecret === undefined &&
    description.controlPlane === 'union'
  ) {
    findings.push(renderFinding('deployment/eager-secret-unnamed', 'The file has no eager-secret.'));
  }
  const plan = planSecrets(description);
  if (plan.length === 0) {
    findings.push(renderFinding('deployment/app-not-described', 'apps has none whose secret the charts read.'));
  }
  const documents =
    values === undefined
      ? plan.map((secret) => externalSecret(secret, description, findings))
      : plan.map((secret) => plainSecret(secret, description, values, findings));
  const unique = findings.filter(
    ({ code, detail }, index) =>
      findings.findIndex((other) => other.code === code && other.detail === detail) === index,
  );
  return {
    documents: unique.some(isError) ? [] : documents.filter((document) => document !== undefined),
    findings: unique,
  };
}

/** external-secrets.io, API reference of ExternalSecret, v1. */
function externalSecret(
  secret: PlannedSecret,
  description: DeploymentDescription,
  findings: Finding<Code>[],
): RenderedDocument | undefined {
  const store = describedStore(description, findings);
  const data = Object.entries(secret.entries).map(([entry, name]) => {
    const stored = description.apps[name]?.storedSecret;
    if (stored === undefined) {
      findings.push(renderFinding('deployment/secret-store-not-described', `apps.${name} has no secret-store-key.`));
      return undefined;
    }
    return {
      secretKey: secret.isKey ? STORED_SECRET : entry,
      remoteRef: { key: stored.key, property: stored.property },
    };
  });
  const known = data.filter((item) => item !== undefined);
  if (store === undefined || known.length < data.length) {
    return undefined;
  }
  const tree: Tree = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: {
      name: secret.isShared ? `${secret.name}${EXTERNAL_SUFFIX}` : secret.name,
      namespace: secret.namespace,
    },
    spec: {
      secretStoreRef: { name: store.name, kind: store.kind },
      refreshPolicy: 'Periodic',
      refreshInterval: '1h',
      target: {
        name: secret.name,
        creationPolicy: secret.isShared ? 'Merge' : 'Owner',
        deletionPolicy: 'Retain',
        template: secret.isKey ? keyTemplate(secret, description, findings) : undefined,
      },
      data: known,
    },
  };
  const heading = secret.isShared
    ? `${secret.remark}\nMerge adds to the secret that is there and keeps what else stands in it.`
    : secret.remark;
  return {
    title: secret.name,
    yaml: yamlText(
      heading,
      tree,
      secret.isKey
        ? { 'spec.target.template': 'The store holds the client secret alone; the key is built of it here.' }
        : {},
    ),
  };
}

/** What the template calls the client secret: a name without a dash, as its language needs it. */
const STORED_SECRET = 'clientSecret';

/**
 * The key as a template, so that a new client secret in the store makes a new key. The space and the line break that
 * a store's editor leaves behind a secret would be errors to the pod. Source: external-secrets.io, guide to templating
 * v2, whose functions are those of Masterminds/sprig.
 */
function keyTemplate(secret: PlannedSecret, description: DeploymentDescription, findings: Finding<Code>[]): Tree {
  const data: Record<string, Tree> = {};
  for (const [entry, name] of Object.entries(secret.entries)) {
    const app = description.apps[name];
    if (app !== undefined) {
      // The rules of the other fields, with a secret in the place of the one that only the store knows.
      const { findings: faults } = encodeEagerKey(keyFields(description, app, PLACE_OF_SECRET));
      findings.push(...faults.filter(isError));
      const [domain, clientId, org] = [description.domain, app.clientId, app.org].map((text) => JSON.stringify(text));
      data[entry] = `{{ list ${domain} ${clientId} (.${STORED_SECRET} | trim) ${org} | join ":" | b64enc }}`;
    }
  }
  return { engineVersion: 'v2', data };
}

const PLACE_OF_SECRET = 'Zt4-qLw_8Xc~1Nv.Kd6';

function plainSecret(
  secret: PlannedSecret,
  description: DeploymentDescription,
  values: SecretValues,
  findings: Finding<Code>[],
): RenderedDocument | undefined {
  const stringData: Record<string, string> = {};
  for (const [entry, name] of Object.entries(secret.entries)) {
    const app = description.apps[name];
    const value = usableValue(name, values, findings);
    if (app === undefined || value === undefined) {
      return undefined;
    }
    if (secret.isKey) {
      const { key, findings: faults } = encodeEagerKey(keyFields(description, app, value));
      findings.push(...faults);
      if (key === undefined) {
        return undefined;
      }
      stringData[entry] = key;
    } else {
      stringData[entry] = value;
    }
  }
  const tree: Tree = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret.name, namespace: secret.namespace },
    type: 'Opaque',
    stringData,
  };
  const heading = `This holds secrets: commit it nowhere.\n${secret.remark}`;
  return {
    title: secret.name,
    yaml: yamlText(secret.isShared ? `${heading}\n${patchRemark(secret)}` : heading, tree),
  };
}

/** `kubectl apply` takes away what an earlier apply set and this one does not name: of a secret, other people's entries. */
function patchRemark({ name, namespace }: PlannedSecret): string {
  return `Add it to the secret that is there, from a file of its own, so that its other entries stay:
  kubectl patch secret ${name} -n ${namespace} --type merge --patch-file <file>`;
}

function usableValue(name: AppName, values: SecretValues, findings: Finding<Code>[]): string | undefined {
  const value = values[name];
  if (value === undefined || value === '') {
    findings.push(renderFinding('deployment/secret-value-missing', `The secret of ${name} is not set.`));
    return undefined;
  }
  if (value !== value.trim() || /\p{Cc}/u.test(value) || !value.isWellFormed()) {
    findings.push(renderFinding('deployment/secret-value-not-usable', `It is the secret of ${name}.`));
    return undefined;
  }
  return value;
}

function describedStore({ secretStore }: DeploymentDescription, findings: Finding<Code>[]): SecretStore | undefined {
  if (secretStore === undefined) {
    findings.push(renderFinding('deployment/secret-store-not-described', 'The file has no secret-store.'));
  }
  return secretStore;
}

function keyFields({ domain }: DeploymentDescription, { clientId, org }: OAuthApp, clientSecret: string) {
  return { domain, clientId, clientSecret, org };
}
