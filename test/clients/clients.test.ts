import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CLIENT_NAMES, type ClientSettings } from '../../src/clients/client.ts';
import { CLIENTS, setUpClients } from '../../src/clients/clients.ts';

const SETTINGS: ClientSettings = {
  apiKey: 'a2V5',
  fields: { domain: 'union.example.com', clientId: 'ci-app', clientSecret: 'Zq7~kWm-4Vx_9Tb', org: '' },
  scopes: ['all', 'offline'],
  audience: 'https://union.example.com',
  certificateFile: undefined,
  project: '',
  domain: '',
  imageBuilder: '',
};
const FILE = '/tmp/config.yaml';

describe('setUpClients', () => {
  it.each(CLIENT_NAMES)('gives %s the variables of its table, and no other', (name) => {
    const { environment } = setUpClients([name], SETTINGS, FILE);
    expect(Object.keys(environment).filter((variable) => !(variable in CLIENTS[name].variables))).toEqual([]);
    const optional = name === 'flyte' ? ['FLYTECTL_CONFIG'] : [];
    const { environment: without } = setUpClients([name], SETTINGS, CLIENTS[name].needsConfig ? FILE : undefined);
    expect(new Set([...Object.keys(without), ...optional])).toEqual(new Set(Object.keys(CLIENTS[name].variables)));
  });

  it('writes a config file that a YAML parser reads as what was meant, whatever the values are', () => {
    const text = fc.stringMatching(/^[!-~]{1,40}$/);
    fc.assert(
      fc.property(
        text,
        fc.array(text, { minLength: 1, maxLength: 3 }),
        text,
        text,
        (clientId, scopes, audience, path) => {
          const settings = {
            ...SETTINGS,
            fields: { ...SETTINGS.fields, clientId },
            scopes,
            audience,
            certificateFile: path,
          };
          const { config } = setUpClients(['flytekit'], settings, FILE);
          expect(parse(config ?? '')).toEqual({
            admin: {
              endpoint: 'dns:///union.example.com',
              authType: 'ClientSecret',
              clientId,
              clientSecretEnvVar: 'FLYTE_CLIENT_SECRET',
              scopes,
              audience,
              caCertFilePath: path,
            },
          });
        },
      ),
    );
  });

  it.each(CLIENT_NAMES)('the config file of %s never holds the secret or the key', (name) => {
    const { config } = setUpClients([name, 'flytectl'], SETTINGS, FILE);
    expect(config).not.toContain(SETTINGS.fields.clientSecret);
    expect(config).not.toContain(SETTINGS.apiKey);
  });

  it('gives flyte its own sections, and nobody else', () => {
    const settings = {
      ...SETTINGS,
      fields: { ...SETTINGS.fields, org: 'acme' },
      project: 'p',
      domain: 'development',
      imageBuilder: 'remote',
    };
    expect(parse(setUpClients(['flyte'], settings, FILE).config ?? '')).toEqual({
      admin: { endpoint: 'dns:///union.example.com', disableKeyring: true },
      task: { org: 'acme', project: 'p', domain: 'development' },
      image: { builder: 'remote' },
    });
    expect(Object.keys(parse(setUpClients(['flytekit', 'flytectl'], settings, FILE).config ?? ''))).toEqual(['admin']);
  });
});
