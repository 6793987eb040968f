import { describe, expect, it } from 'vitest';
import { APP_NAMES } from '../../src/deployment/deployment.ts';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { FindingError } from '../../src/findings/finding.ts';
import type { Json } from '../../src/transport/json.ts';
import { ENTRA, flyte1, OKTA, read } from './descriptions.ts';

const LEAST = {
  domain: 'Union.Example.com',
  issuer: 'https://dev-123456.okta.com/oauth2/default',
  apps: { 'ci-cd': { 'client-id': 'ci-app' } },
};

/** The code and detail of what is refused. */
function refusal(file: Json): string {
  try {
    readDeployment(file);
  } catch (error) {
    if (error instanceof FindingError) {
      return `${error.finding.code} ${error.finding.detail}`;
    }
    throw error;
  }
  return 'accepted';
}

describe('a file with little in it', () => {
  it('is completed with what its provider and the guides have', () => {
    expect(readDeployment(LEAST)).toEqual({
      domain: 'union.example.com',
      provider: 'okta',
      issuer: 'https://dev-123456.okta.com/oauth2/default',
      metadataUrl: '.well-known/oauth-authorization-server',
      tokenUrl: undefined,
      allowedAudience: ['https://union.example.com'],
      audience: '',
      scopes: ['all'],
      loginScopes: ['profile', 'openid', 'offline_access'],
      subjectClaims: [],
      appClaims: [],
      controlPlane: 'union',
      controlPlaneNamespace: 'union-cp',
      dataPlaneNamespace: 'union',
      chart: undefined,
      controlPlaneSecret: undefined,
      eagerSecret: undefined,
      secretStore: undefined,
      apps: {
        'ci-cd': {
          clientId: 'ci-app',
          clientSecretVariable: undefined,
          subject: undefined,
          org: '',
          storedSecret: undefined,
        },
      },
    });
  });

  it('of Flyte 1 has the namespace of its guide', () => {
    expect(flyte1(OKTA)).toMatchObject({ controlPlaneNamespace: 'flyte', dataPlaneNamespace: 'flyte' });
  });

  it('of Entra ID asks for the named scope in the login, of each API app', () => {
    expect(read(ENTRA).loginScopes).toEqual(['profile', 'openid', 'offline_access', 'api://union-app/all']);
    expect(read(ENTRA.replace('api://union-app/.default', '8b1c0d7e-2f34/.default')).loginScopes.at(-1)).toBe(
      '8b1c0d7e-2f34/all',
    );
    expect(read(ENTRA.replace('scopes:', 'login-scopes: openid\nscopes:')).loginScopes).toEqual(['openid']);
  });

  it('of another provider keeps to the guide, whatever the scopes are called', () => {
    expect(read(OKTA.replace('provider:', 'scopes: api://x/.default\nprovider:')).loginScopes).toHaveLength(3);
  });

  it('may have empty fields', () => {
    const empty = Object.fromEntries(['provider', 'token-url', 'scopes', 'audience'].map((name) => [name, '']));
    const absent = { 'login-scopes': null, 'eager-secret': null, 'secret-store': null };
    expect(readDeployment({ ...LEAST, ...empty, ...absent })).toEqual(readDeployment(LEAST));
  });
});

describe('every field', () => {
  it('is read', () => {
    const described = readDeployment({
      ...LEAST,
      provider: 'keycloak',
      issuer: 'https://login.example.org/realms/union/',
      'metadata-url': '.well-known/openid-configuration',
      'token-url': 'https://login.example.org/realms/union/protocol/openid-connect/token',
      'allowed-audience': ['a', 'b'],
      audience: 'a',
      scopes: ['all', 'more'],
      'login-scopes': ['openid'],
      'subject-claims': 'sub',
      'app-claims': ['kind=app', 'idtyp=a=b'],
      'control-plane': 'flyte1',
      'control-plane-namespace': 'cp',
      'data-plane-namespace': 'dp',
      chart: 'flyte-core',
      'control-plane-secret': 'cp.secrets',
      'eager-secret': { name: 'e', key: 'K.e_y-1' },
      'secret-store': { name: 's' },
      apps: {
        eager: {
          'client-id': 'e',
          'client-secret-env': 'E_1',
          subject: 's',
          org: 'acme',
          'secret-store-key': 'arn:aws:x',
          'secret-store-property': 'p',
        },
      },
    });
    expect(described).toEqual({
      domain: 'union.example.com',
      provider: 'keycloak',
      issuer: 'https://login.example.org/realms/union/',
      metadataUrl: '.well-known/openid-configuration',
      tokenUrl: 'https://login.example.org/realms/union/protocol/openid-connect/token',
      allowedAudience: ['a', 'b'],
      audience: 'a',
      scopes: ['all', 'more'],
      loginScopes: ['openid'],
      subjectClaims: ['sub'],
      appClaims: [
        ['kind', 'app'],
        ['idtyp', 'a=b'],
      ],
      controlPlane: 'flyte1',
      controlPlaneNamespace: 'cp',
      dataPlaneNamespace: 'dp',
      chart: 'flyte-core',
      controlPlaneSecret: 'cp.secrets',
      eagerSecret: { name: 'e', key: 'K.e_y-1' },
      secretStore: { name: 's', kind: 'SecretStore' },
      apps: {
        eager: {
          clientId: 'e',
          clientSecretVariable: 'E_1',
          subject: 's',
          org: 'acme',
          storedSecret: { key: 'arn:aws:x', property: 'p' },
        },
      },
    });
  });

  it('every app is, in the order of the guides', () => {
    const apps = Object.fromEntries([...APP_NAMES].reverse().map((name) => [name, { 'client-id': `${name}-app` }]));
    expect(Object.keys(readDeployment({ ...LEAST, apps }).apps)).toEqual([...APP_NAMES]);
  });
});

describe('refused', () => {
  const CODE = 'deployment/field-not-usable';
  const APP = { 'client-id': 'a' };

  it.each<[string, Json, string]>([
    ['no file', null, 'deployment/file-unreadable The file has no fields.'],
    ['a list', [], 'deployment/file-unreadable The file has no fields.'],
    ['a text', 'domain', 'deployment/file-unreadable The file has no fields.'],
    ['an app without fields', { ...LEAST, apps: { cli: 'id' } }, 'deployment/file-unreadable apps.cli has no fields.'],
    ['apps as a list', { ...LEAST, apps: [] }, 'deployment/file-unreadable apps has no fields.'],
    ['no domain', { ...LEAST, domain: '' }, 'deployment/field-missing domain is missing.'],
    ['no issuer', { ...LEAST, issuer: null }, 'deployment/field-missing issuer is missing.'],
    ['no apps', { ...LEAST, apps: {} }, `deployment/field-missing apps names none of ${APP_NAMES.join(', ')}.`],
    ['no client id', { ...LEAST, apps: { cli: {} } }, 'deployment/field-missing apps.cli.client-id is missing.'],
    [
      'a property of no key',
      { ...LEAST, apps: { eager: { ...APP, 'secret-store-property': 'p' } } },
      'deployment/field-missing apps.eager.secret-store-key is missing beside secret-store-property.',
    ],
    [
      'half an EAGER secret',
      { ...LEAST, 'eager-secret': { name: 'a' } },
      'deployment/field-missing eager-secret.key is missing.',
    ],
    [
      'a store without a name',
      { ...LEAST, 'secret-store': {} },
      'deployment/field-missing secret-store.name is missing.',
    ],
    [
      'a domain with a scheme',
      { ...LEAST, domain: 'https://a.example.com' },
      `${CODE} domain is not a bare host name.`,
    ],
    ['a domain that is no text', { ...LEAST, domain: 7 }, `${CODE} domain is not a bare host name.`],
    ['an issuer over http', { ...LEAST, issuer: 'http://a.example.com' }, `${CODE} issuer is not an https address.`],
    ['a token URL without a host', { ...LEAST, 'token-url': '/token' }, `${CODE} token-url is not an https address.`],
    [
      'a metadata URL that is whole',
      { ...LEAST, 'metadata-url': 'https://a.b/c' },
      `${CODE} metadata-url is not a path below the issuer.`,
    ],
    [
      'a metadata URL with a slash first',
      { ...LEAST, 'metadata-url': '/.well-known/x' },
      `${CODE} metadata-url is not a path below the issuer.`,
    ],
    [
      'a metadata URL that climbs',
      { ...LEAST, 'metadata-url': 'a/../b' },
      `${CODE} metadata-url is not a path below the issuer.`,
    ],
    ['an unknown provider', { ...LEAST, provider: 'acme' }, `${CODE} provider is none of `],
    [
      'an unknown control plane',
      { ...LEAST, 'control-plane': 'flyte2' },
      `${CODE} control-plane is neither union nor flyte1.`,
    ],
    [
      'a chart of Union',
      { ...LEAST, chart: 'flyte-core' },
      `${CODE} chart is for control-plane: flyte1, and one of flyte-binary, flyte-core.`,
    ],
    [
      'an unknown chart',
      { ...LEAST, 'control-plane': 'flyte1', chart: 'flyte' },
      `${CODE} chart is for control-plane: flyte1, and one of flyte-binary, flyte-core.`,
    ],
    ['scopes in one text', { ...LEAST, scopes: 'all offline' }, `${CODE} scopes is not a list of words.`],
    ['a scope that is no text', { ...LEAST, scopes: ['all', 1] }, `${CODE} scopes is not a list of words.`],
    [
      'a claim without a value',
      { ...LEAST, 'app-claims': 'idtyp' },
      `${CODE} app-claims holds a line that is not claim=value.`,
    ],
    [
      'a namespace in capitals',
      { ...LEAST, 'control-plane-namespace': 'CP' },
      `${CODE} control-plane-namespace is not a namespace.`,
    ],
    [
      'a namespace with a dot',
      { ...LEAST, 'data-plane-namespace': 'a.b' },
      `${CODE} data-plane-namespace is not a namespace.`,
    ],
    [
      'a secret in capitals',
      { ...LEAST, 'control-plane-secret': 'Secrets' },
      `${CODE} control-plane-secret is not the name of a secret.`,
    ],
    [
      'a key with a slash',
      { ...LEAST, 'eager-secret': { name: 'a', key: 'a/b' } },
      `${CODE} eager-secret.key is not the key of an entry of a secret.`,
    ],
    [
      'an unknown kind of store',
      { ...LEAST, 'secret-store': { name: 'a', kind: 'Vault' } },
      `${CODE} secret-store.kind is neither SecretStore nor ClusterSecretStore.`,
    ],
    [
      'a variable with a dash',
      { ...LEAST, apps: { eager: { ...APP, 'client-secret-env': 'A-B' } } },
      `${CODE} apps.eager.client-secret-env is not the name of a variable.`,
    ],
    [
      'a secret of the public app',
      { ...LEAST, apps: { cli: { ...APP, 'client-secret-env': 'A' } } },
      `${CODE} apps.cli.client-secret-env: the app of the CLI is public and has no secret.`,
    ],
    [
      'a client id of two words',
      { ...LEAST, apps: { cli: { 'client-id': 'a b' } } },
      `${CODE} apps.cli.client-id is not one word.`,
    ],
    [
      'an org with a colon',
      { ...LEAST, apps: { eager: { ...APP, org: 'a:b' } } },
      `${CODE} apps.eager.org is not the name of an organization.`,
    ],
    [
      'an unknown field',
      { ...LEAST, isuer: 'x' },
      'deployment/unknown-field The file has an unknown field isuer. Known are domain, ',
    ],
    [
      'an unknown app',
      { ...LEAST, apps: { ci: APP } },
      'deployment/unknown-field apps has an unknown field ci. Known are browser-login, ',
    ],
    [
      'an unknown field of an app',
      { ...LEAST, apps: { cli: { id: 'a' } } },
      'deployment/unknown-field apps.cli has an unknown field id. Known are client-id, ',
    ],
    [
      'a name that no field has',
      { ...LEAST, 'a b\u001b[2J': 'x' },
      'deployment/unknown-field The file has an unknown field. Known are domain, ',
    ],
    ['a secret at the top', { ...LEAST, 'api-key': 'x' }, 'deployment/secret-in-file The file has the field api-key.'],
  ])('%s', (_name, file, said) => {
    const whole = refusal(file);
    expect(said.endsWith(' ') ? whole.slice(0, said.length) : whole).toBe(said);
  });

  it.each(['client-secret', 'client_secret', 'clientSecret', 'secret', 'api-key', 'password'])(
    'a secret as %s of an app, without repeating it',
    (name) => {
      const said = refusal({ ...LEAST, apps: { eager: { 'client-id': 'a', [name]: 'Zq7-kWm_4Vx~9Tb' } } });
      expect(said).toBe(`deployment/secret-in-file apps.eager has the field ${name}.`);
    },
  );

  it('repeats no value that could be a secret', () => {
    const secret = 'Zq7-kWm_4Vx~9Tb Rn2';
    for (const name of [
      'domain',
      'issuer',
      'token-url',
      'audience',
      'provider',
      'scopes',
      'control-plane',
      'app-claims',
    ]) {
      expect(refusal({ ...LEAST, [name]: secret })).not.toContain('Zq7');
    }
    for (const name of ['client-id', 'client-secret-env', 'subject', 'org']) {
      expect(refusal({ ...LEAST, apps: { eager: { 'client-id': 'a', [name]: secret } } })).not.toContain('Zq7');
    }
  });
});
