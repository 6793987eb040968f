import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DeploymentDescription } from '../../src/deployment/deployment.ts';
import { renderHelm } from '../../src/deployment/render/render-helm.ts';
import { joinDocuments } from '../../src/deployment/render/yaml-text.ts';
import { ENTRA, flyte1, GENERIC, leaves, OKTA, read } from './descriptions.ts';
import {
  GUIDE_ENTRA,
  GUIDE_FLYTE_BINARY,
  GUIDE_FLYTE_CORE,
  GUIDE_GENERIC,
  GUIDE_OKTA,
  guideDataPlane,
} from './guides.ts';

function valuesOf(description: DeploymentDescription): Record<string, Record<string, unknown>> {
  return Object.fromEntries(renderHelm(description).documents.map(({ title, yaml }) => [title, leaves(parse(yaml))]));
}

function codesOf(description: DeploymentDescription): string[] {
  return renderHelm(description).findings.map(({ code, detail }) => `${code} ${detail}`);
}

describe('the charts of Union', () => {
  it.each([
    { name: 'Okta', yaml: OKTA, guide: GUIDE_OKTA, scope: '' },
    { name: 'Entra ID', yaml: ENTRA, guide: GUIDE_ENTRA, scope: 'api://union-app/.default' },
    { name: 'any other provider', yaml: GENERIC, guide: GUIDE_GENERIC, scope: '' },
  ])('$name: exactly the fields of the guide, in both files', ({ yaml, guide, scope }) => {
    expect(valuesOf(read(yaml))).toEqual({ 'control plane': guide, 'data plane': guideDataPlane(scope) });
    expect(codesOf(read(yaml))).toEqual([]);
  });

  it('names the secret of the control plane only where the file does', () => {
    const path = 'global.KUBERNETES_SECRET_NAME';
    expect(valuesOf(read(`control-plane-secret: own-secrets\n${OKTA}`))['control plane']?.[path]).toBe('own-secrets');
    expect(valuesOf(read(OKTA))['control plane']).not.toHaveProperty([path]);
  });

  it('says nothing of the subject of an app of Entra ID that nobody stated: it is not the client id', () => {
    const description = read(ENTRA.replace(', subject: service-object-id', ''));
    const fields = valuesOf(description)['control plane'] ?? {};
    expect(codesOf(description)).toEqual([
      'deployment/subject-not-described apps.service-to-service has no subject, and the provider is entra.',
    ]);
    expect(Object.keys(fields).filter((path) => /SUBJECT|IdentityClaim$/.test(path))).toEqual([]);
  });

  it('asks for several scopes in one text, with spaces', () => {
    const { 'control plane': fields } = valuesOf(read(OKTA.replace('provider:', 'scopes: [all, extra]\nprovider:')));
    expect(fields?.['global.OIDC_S2S_SCOPE']).toBe('all extra');
  });

  it('groups the values of one claim', () => {
    const { 'control plane': fields } = valuesOf(
      read(ENTRA.replace('app-claims: idtyp=app', 'app-claims: [idtyp=app, kind=a, kind=b]')),
    );
    const path = 'flyte.configmap.adminServer.auth.appAuth.identityTypeClaimsForApps';
    expect(fields).toMatchObject({ [`${path}.idtyp`]: ['app'], [`${path}.kind`]: ['a', 'b'] });
  });

  it('explains in the file what the guides leave open', () => {
    const [plane] = renderHelm(read(ENTRA)).documents;
    expect(plane?.yaml).toMatch(/# Beside externalAuthServer, not in it.*\n +subjectClaimNames:/);
    expect(plane?.yaml).toMatch(/# CLI \(app 2\)\n +clientId: "cli-app"/);
    expect(plane?.yaml).toMatch(/# Compared letter by letter.*\n +allowedAudience:/);
    expect(renderHelm(read(OKTA)).documents[0]?.yaml).not.toMatch(/Entra ID (of|refuses)|GUID/);
  });

  it.each([
    { without: 'cli', rendered: ['data plane'], said: ['deployment/app-not-described apps has no cli.'] },
    {
      without: 'operator',
      rendered: ['control plane'],
      said: ['deployment/app-not-described apps has no operator.'],
    },
  ])('writes no half document without the app $without', ({ without, rendered, said }) => {
    const description = read(OKTA.replace(new RegExp(`^  ${without}:.*\n`, 'm'), ''));
    expect(renderHelm(description).documents.map(({ title }) => title)).toEqual(rendered);
    expect(codesOf(description)).toEqual(said);
  });

  it('needs the token endpoint', () => {
    const description = read(OKTA.replace(/^token-url.*\n/m, ''));
    expect(Object.keys(valuesOf(description))).toEqual(['data plane']);
    expect(codesOf(description)).toEqual(['deployment/token-url-not-described The file has no token-url.']);
  });
});

describe('the charts of Flyte 1', () => {
  const OF_THE_GUIDE = OKTA.replace('provider:', 'scopes: [offline, all]\nlogin-scopes: [profile, openid]\nprovider:');

  it.each([
    { chart: undefined, title: 'flyte-binary', guide: GUIDE_FLYTE_BINARY },
    { chart: 'flyte-binary', title: 'flyte-binary', guide: GUIDE_FLYTE_BINARY },
    { chart: 'flyte-core', title: 'flyte-core', guide: GUIDE_FLYTE_CORE },
  ])('$chart: all fields of the guide', ({ chart, title, guide }) => {
    const values = valuesOf(flyte1(OF_THE_GUIDE, chart));
    expect(Object.keys(values)).toEqual([title]);
    expect(values[title]).toMatchObject(guide);
    expect(codesOf(flyte1(OF_THE_GUIDE, chart))).toEqual([]);
  });

  it('flyte-binary: no secret, no authorization server of its own, and the audience at both clients', () => {
    const { 'flyte-binary': fields } = valuesOf(flyte1(ENTRA));
    expect(fields).toMatchObject({
      'configuration.auth.enableAuthServer': false,
      'configuration.auth.internal.clientId': 'service-app',
      'configuration.auth.internal.audience': 'api://union-app',
      'configuration.auth.clientSecretsExternalSecretRef': 'flyte-secret-auth',
      'configuration.inline.auth.appAuth.thirdPartyConfig.flyteClient.audience': 'api://union-app',
    });
  });

  it('flyte-core: the services by their app, and the namespace in the addresses', () => {
    const { 'flyte-core': fields } = valuesOf(flyte1(OKTA, 'flyte-core'));
    expect(fields).toMatchObject({
      'secrets.adminOauthClientCredentials.clientId': 'service-app',
      'configmap.adminServer.server.security.useAuth': true,
      'configmap.adminServer.auth.authorizedUris': [
        'https://union.example.com',
        'http://flyteadmin:80',
        'http://flyteadmin.flyte.svc.cluster.local:80',
      ],
    });
  });

  it.each([
    { yaml: ENTRA, said: 'The file sets subject-claims.' },
    { yaml: ENTRA.replace(/^subject-claims.*\n/m, ''), said: 'The file sets app-claims.' },
  ])('leaves out what only Union has: $said', ({ yaml, said }) => {
    expect(codesOf(flyte1(yaml))).toEqual([`deployment/setting-not-in-flyte1 ${said}`]);
    expect(renderHelm(flyte1(yaml)).documents[0]?.yaml).not.toMatch(/subjectClaimNames|identityTypeClaims/);
  });

  it('does not take the own authorization server of Flyte for an external one', () => {
    const description = flyte1(OKTA.replace('provider: okta', 'provider: flyte'));
    expect(renderHelm(description).documents).toEqual([]);
    expect(codesOf(description)).toEqual(['deployment/own-server-not-rendered The provider is flyte.']);
  });

  it('writes nothing without the app for the login', () => {
    expect(renderHelm(flyte1(OKTA.replace(/^ {2}browser-login:.*\n/m, ''))).documents).toEqual([]);
  });
});

describe('the text', () => {
  const all = [read(OKTA), read(ENTRA), read(GENERIC), flyte1(ENTRA), flyte1(ENTRA, 'flyte-core')];

  it('never turns TLS off, and is the same each time', () => {
    for (const description of all) {
      const text = joinDocuments(renderHelm(description).documents);
      expect(text).not.toContain('insecure');
      expect(joinDocuments(renderHelm(description).documents)).toBe(text);
    }
  });

  it('keeps every id a text, whatever a reader of YAML 1.1 or 1.2 makes of it bare', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'no',
        'yes',
        'y',
        'null',
        '~',
        '1_000',
        '0o17',
        '017',
        '12e5',
        '0x1F',
        '1:30',
        '.inf',
        '2026-11-26',
      ),
      fc.string({ unit: fc.constantFrom(...'!#$%&\'"*,-.0123456789:>@[]`{|}~\\aEnoxy'), minLength: 1, maxLength: 30 }),
    );
    fc.assert(
      fc.property(word, (clientId) => {
        const description = read(OKTA);
        const { operator } = description.apps;
        const apps = {
          ...description.apps,
          ...(operator === undefined ? {} : { operator: { ...operator, clientId } }),
        };
        const yaml = renderHelm({ ...description, apps }).documents.at(-1)?.yaml ?? '';
        for (const version of ['1.1', '1.2'] as const) {
          expect(parse(yaml, { version })).toHaveProperty('global.AUTH_CLIENT_ID', clientId);
        }
      }),
    );
  });
});
