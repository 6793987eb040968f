import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { KEY_DECODERS } from '../../src/api-key/decoders.ts';
import type { DeploymentDescription } from '../../src/deployment/deployment.ts';
import { renderHelm } from '../../src/deployment/render/render-helm.ts';
import { renderSecrets, type SecretValues } from '../../src/deployment/render/render-secrets.ts';
import { joinDocuments } from '../../src/deployment/render/yaml-text.ts';
import { findLeak } from '../runner/leak-oracle.ts';
import { ENTRA, flyte1, GENERIC, OKTA, read } from './descriptions.ts';
import { GUIDE_SECRETS } from './guides.ts';

const VALUES = {
  'browser-login': 'Lg7-kWm_4Vx~9Tb.Rn2',
  'service-to-service': 'Sv3-pQr_8Yz~1Hd.Mc6',
  operator: 'Op5-tXw_2Bn~7Fj.Kv9',
  eager: 'Eg1-yLs_6Cm~3Gh.Zq4',
} as const satisfies SecretValues;

const EAGER_SECRET = { name: '0cc175b9c0f1b6a8', key: 'eager-api-key' };

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly stringData?: Record<string, string>;
  readonly spec?: {
    readonly secretStoreRef: unknown;
    readonly target: { readonly name: string; readonly creationPolicy: string; readonly template?: unknown };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: unknown }[];
  };
}

/** As kubectl reads them: all in one text. */
function manifestsOf(description: DeploymentDescription, values?: SecretValues): Manifest[] {
  const { documents, findings } = renderSecrets(description, values);
  expect(findings).toEqual([]);
  return parseAllDocuments(joinDocuments(documents)).map((document) => document.toJS() as Manifest);
}

function codesOf(description: DeploymentDescription, values?: SecretValues): string[] {
  return renderSecrets(description, values).findings.map(({ code, detail }) => `${code} ${detail}`);
}

describe('references to a secret store', () => {
  const manifests = manifestsOf(read(OKTA));

  it('one for each secret of the guide, and one for task pods', () => {
    expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(
      Array.from({ length: 5 }, () => 'external-secrets.io/v1 ExternalSecret'),
    );
    expect(manifests.map(({ spec }) => spec?.secretStoreRef)).toEqual(
      Array.from({ length: 5 }, () => ({ name: 'vault', kind: 'ClusterSecretStore' })),
    );
  });

  it.each(GUIDE_SECRETS)('%s in %s has %s of %s', (name, namespace, entry, app) => {
    const manifest = manifests.find(({ spec }) => spec?.target.name === name);
    const key = { 'browser-login': 'union/login', 'service-to-service': 'union/service', operator: 'union/operator' }[
      app
    ];
    expect(manifest?.metadata.namespace).toBe(namespace);
    expect(manifest?.spec?.data).toContainEqual({ secretKey: entry, remoteRef: { key } });
  });

  it('adds to the secrets that others make, under a name of its own, and owns the rest', () => {
    expect(manifests.map(({ metadata, spec }) => [metadata.name, spec?.target.creationPolicy])).toEqual([
      ['flyte-admin-secrets-client-secret', 'Merge'],
      ['flyte-secret-auth-client-secret', 'Merge'],
      ['union-controlplane-secrets-client-secret', 'Merge'],
      ['union-secret-auth', 'Owner'],
      [EAGER_SECRET.name, 'Owner'],
    ]);
  });

  it('builds the key of task pods in the cluster, of the client secret in the store', () => {
    expect(manifests.at(-1)?.spec).toMatchObject({
      target: {
        template: {
          engineVersion: 'v2',
          data: {
            'eager-api-key': '{{ list "union.example.com" "eager-app" (.clientSecret | trim) "" | join ":" | b64enc }}',
          },
        },
      },
      data: [{ secretKey: 'clientSecret', remoteRef: { key: 'union/eager' } }],
    });
  });

  it('names the field of a secret with several values', () => {
    const [manifest] = manifestsOf(
      read(OKTA.replace('secret-store-key: union/login', 'secret-store-key: union, secret-store-property: login')),
    );
    expect(manifest?.spec?.data[0]?.remoteRef).toEqual({ key: 'union', property: 'login' });
  });

  it('uses the name of the secret of the control plane that the file gives', () => {
    expect(manifestsOf(read(`control-plane-secret: service-shared-secret\n${OKTA}`))[2]).toMatchObject({
      metadata: { name: 'service-shared-secret-client-secret' },
      spec: { target: { name: 'service-shared-secret', creationPolicy: 'Merge' } },
    });
  });

  it('writes nothing where a place is not described', () => {
    const withoutStore = read(OKTA.replace(/^secret-store:.*\n/m, ''));
    expect(codesOf(withoutStore)).toEqual(['deployment/secret-store-not-described The file has no secret-store.']);
    const withoutKey = read(OKTA.replace(', secret-store-key: union/operator', ''));
    expect(codesOf(withoutKey)).toEqual([
      'deployment/secret-store-not-described apps.operator has no secret-store-key.',
    ]);
    expect([withoutStore, withoutKey].flatMap((description) => renderSecrets(description).documents)).toEqual([]);
  });

  it('refuses a key that the pod could not read, before there is a secret', () => {
    const description = read(OKTA.replace('client-id: eager-app', "client-id: 'api:eager'"));
    expect(codesOf(description)).toEqual(['key/colon-in-client-id The client id holds a colon.']);
    expect(renderSecrets(description).documents).toEqual([]);
  });
});

describe('which secrets', () => {
  it('leaves out that of task pods where its name is not known, and says so', () => {
    const { documents, findings } = renderSecrets(read(OKTA.replace(/^eager-secret:.*\n/m, '')));
    expect(documents).toHaveLength(4);
    expect(findings).toMatchObject([{ code: 'deployment/eager-secret-unnamed', severity: 'warning' }]);
  });

  it('leaves out those of apps that are not described', () => {
    expect(
      manifestsOf(read(OKTA.replace(/^ {2}(?:browser-login|eager):.*\n/gm, ''))).map(({ spec }) => spec?.target.name),
    ).toEqual(['union-controlplane-secrets', 'union-secret-auth']);
  });

  it('has nothing to write for the public app and that of CI', () => {
    const description = read(
      `${OKTA.slice(0, OKTA.indexOf('apps:'))}apps: {cli: {client-id: a}, ci-cd: {client-id: b}}`,
    );
    expect(codesOf(description)).toEqual(['deployment/app-not-described apps has none whose secret the charts read.']);
  });

  it('of flyte-binary: one, with both entries that its values refer to', () => {
    const description = flyte1(OKTA);
    const [manifest, ...others] = manifestsOf(description, VALUES);
    expect(others).toEqual([]);
    expect(manifest).toMatchObject({
      metadata: { name: 'flyte-secret-auth', namespace: 'flyte' },
      stringData: { client_secret: VALUES['service-to-service'], oidc_client_secret: VALUES['browser-login'] },
    });
    expect(parse(renderHelm(description).documents[0]?.yaml ?? '')).toHaveProperty(
      'configuration.auth.clientSecretsExternalSecretRef',
      manifest?.metadata.name,
    );
  });

  it("of flyte-core: the guide's, and the entry for the login that flyteadmin reads", () => {
    expect(manifestsOf(flyte1(OKTA, 'flyte-core'), VALUES)).toMatchObject([
      { metadata: { name: 'flyte-admin-secrets' }, stringData: { oidc_client_secret: VALUES['browser-login'] } },
      { metadata: { name: 'flyte-secret-auth' }, stringData: { client_secret: VALUES['service-to-service'] } },
    ]);
  });
});

describe('with the values', () => {
  it('are read back as they were given', () => {
    const manifests = manifestsOf(read(ENTRA), VALUES);
    expect(manifests.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'Secret'));
    for (const [name, namespace, entry, app] of GUIDE_SECRETS) {
      const found = manifests.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
      expect(found?.stringData?.[entry]).toBe(VALUES[app as keyof typeof VALUES]);
    }
    const { [EAGER_SECRET.key]: key = '' } = manifests.at(-1)?.stringData ?? {};
    expect(KEY_DECODERS['rust-controller'](key)).toEqual({
      accepts: true,
      domain: 'union.example.com',
      clientId: 'eager-app',
      clientSecret: VALUES.eager,
      org: '',
    });
  });

  it('has the entries that the charts read besides the guide', () => {
    const [login, , , operator] = manifestsOf(read(OKTA), VALUES);
    expect(login?.stringData).toEqual({
      client_secret: VALUES['browser-login'],
      oidc_client_secret: VALUES['browser-login'],
    });
    expect(operator?.stringData).toEqual({ client_secret: VALUES.operator, app_secret: VALUES.operator });
  });

  it('says how to add to a secret that others made, and to commit none of it', () => {
    const yaml = renderSecrets(read(OKTA), VALUES).documents.map((document) => document.yaml);
    expect(yaml.every((text) => text.startsWith('# This holds secrets: commit it nowhere.\n'))).toBe(true);
    expect(yaml.map((text) => text.includes('kubectl patch secret'))).toEqual([true, true, true, false, false]);
  });

  it.each([
    { what: 'missing', values: { ...VALUES, operator: undefined } },
    { what: 'empty', values: { ...VALUES, operator: '' } },
  ])('writes nothing where one is $what', ({ values }) => {
    const { operator, ...others } = values;
    const given = operator === undefined ? others : { ...others, operator };
    expect(renderSecrets(read(OKTA), given).documents).toEqual([]);
    expect(codesOf(read(OKTA), given)).toEqual(['deployment/secret-value-missing The secret of operator is not set.']);
  });

  it.each(['\n', '\r\n', ' ', '\u00a0'])('refuses one with %j behind it', (end) => {
    expect(codesOf(read(OKTA), { ...VALUES, operator: `${VALUES.operator}${end}` })).toEqual([
      'deployment/secret-value-not-usable It is the secret of operator.',
    ]);
  });

  it('refuses one that no key can hold', () => {
    const { documents, findings } = renderSecrets(read(OKTA), { ...VALUES, eager: 'Eg1-yLs_6Cm:3Gh.Zq4' });
    expect(documents).toEqual([]);
    expect(findings).toMatchObject([{ code: 'key/colon-in-secret' }]);
  });
});

describe('any secret', () => {
  const secret = fc
    .string({
      unit: fc.constantFrom(...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))),
      minLength: 12,
      maxLength: 60,
    })
    .filter((text) => text === text.trim());
  const all = [read(OKTA), read(ENTRA), read(GENERIC), flyte1(OKTA), flyte1(OKTA, 'flyte-core')];

  it('survives YAML as it is', () => {
    fc.assert(
      fc.property(secret, (operator) => {
        const manifest = manifestsOf(read(OKTA), { ...VALUES, operator })[3];
        expect(manifest?.stringData).toEqual({ client_secret: operator, app_secret: operator });
      }),
    );
  });

  it('stands in no finding, and in nothing that is written without values', () => {
    // No function but one takes a secret, so what could leak is a finding, or a document beside an error.
    fc.assert(
      fc.property(secret, fc.constantFrom('', '\n', ':'), (text, end) => {
        const value = `${text}${end}`;
        for (const description of all) {
          const values = { 'browser-login': value, 'service-to-service': value, operator: value, eager: value };
          const { documents, findings } = renderSecrets(description, values);
          const shown = findings.some(({ severity }) => severity === 'error') ? joinDocuments(documents) : '';
          expect(findLeak(text, JSON.stringify(findings) + shown)).toBeUndefined();
        }
      }),
      { numRuns: 40 },
    );
    for (const description of all) {
      const text = joinDocuments([...renderSecrets(description).documents, ...renderHelm(description).documents]);
      expect(text).not.toMatch(/stringData|kind: "Secret"/);
    }
  });
});
