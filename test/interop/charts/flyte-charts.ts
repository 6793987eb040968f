import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { DeploymentDescription, Flyte1Chart } from '../../../src/deployment/deployment.ts';
import { renderHelm } from '../../../src/deployment/render/render-helm.ts';
import { planSecrets } from '../../../src/deployment/render/secret-plan.ts';
import { leaves } from '../../deployment/descriptions.ts';
import { run } from '../tools.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** What flyte-binary demands besides, of which nothing has to do with authentication. */
const STORAGE = ['provider=s3', 'providerConfig.s3.region=x', 'metadataContainer=x', 'userDataContainer=x'];

/** A chart of Flyte 1 with what it depends on inside, as Helm wants it. The files of a Go module can't be written. */
export function unpackChart(charts: string, chart: Flyte1Chart, folder: string): string {
  const target = path.join(folder, chart);
  copy(path.join(charts, chart), target);
  copy(path.join(charts, 'flyteconnector'), path.join(target, 'charts/flyteconnector'));
  return target;
}

/** Our values go through Helm and the chart: what comes out is what flyteadmin is configured with. */
export async function proveChart(
  helm: string,
  chart: string,
  description: DeploymentDescription,
  folder: string,
): Promise<void> {
  const [values] = renderHelm(description).documents;
  assert.ok(values !== undefined);
  const file = path.join(folder, 'values.yaml');
  writeFileSync(file, values.yaml);
  const isBinary = values.title === 'flyte-binary';
  const settings = isBinary ? STORAGE.flatMap((setting) => ['--set', `configuration.storage.${setting}`]) : [];
  const namespace = description.controlPlaneNamespace;
  const { stdout, stderr, exitCode } = await run(helm, [
    'template',
    'x',
    chart,
    '-n',
    namespace,
    '-f',
    file,
    ...settings,
  ]);
  assert.equal(exitCode, 0, stderr.slice(-300));
  const manifests = parseAllDocuments(stdout)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
  const wanted = leaves(parse(values.yaml));
  if (isBinary) {
    const config = mapOf(manifests, '100-inline-config.yaml');
    assert.deepEqual(config, below(wanted, 'configuration.inline'));
    const { 'auth.authorizedUris': uris } = mapOf(manifests, '004-auth.yaml') as { 'auth.authorizedUris': string[] };
    assert.equal(uris[0], `https://${description.domain}`);
  } else {
    const config = mapOf(manifests, 'server.yaml');
    for (const [key, value] of Object.entries(below(wanted, 'configmap.adminServer'))) {
      assert.deepEqual(config[key], value, key);
    }
  }
  for (const secret of planSecrets(description)) {
    const isMade = manifests.some(({ kind, metadata }) => kind === 'Secret' && metadata.name === secret.name);
    assert.equal(isMade, secret.isShared, `the chart makes ${secret.name}`);
    assert.match(stdout, new RegExp(`^ *(?:name|secretName): ${secret.name}$`, 'm'));
  }
}

/** The first map of configuration that has a file of that name and `auth` in it, by the paths of its leaves. */
function mapOf(manifests: readonly Manifest[], file: string): Record<string, unknown> {
  const texts = manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => data?.[file] ?? '');
  const found = texts
    .map((text) => leaves(parse(text)))
    .find((map) => Object.keys(map).some((key) => key.startsWith('auth.')));
  assert.ok(found !== undefined, `no map has ${file}`);
  return found;
}

function below(map: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([key]) => key.startsWith(`${prefix}.`))
      .map(([key, value]) => [key.slice(prefix.length + 1), value]),
  );
}

function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      copy(source, target);
    } else {
      writeFileSync(target, readFileSync(source));
    }
  }
}
