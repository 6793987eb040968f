import { describe, expect, it } from 'vitest';
import { checkFlyteNames, checkWorkspace } from '../../src/clients/flyte.ts';

function codes(text: string | undefined, environment: Record<string, string> = {}, writesConfig = false): string[] {
  const config = text === undefined ? undefined : { path: 'config.yaml', text };
  return checkWorkspace({ ...(config && { config }), environment, writesConfig }).map(({ code, severity }) => {
    expect(severity).toBe('warning');
    return code;
  });
}

const OFF = ['client/config-turns-auth-off'];
const FOREIGN = ['client/foreign-config'];
const SCOPES = ['client/config-scopes'];

describe('a config in the workspace', () => {
  it.each<[string, string, string[]]>([
    ['block', 'admin:\n  endpoint: dns:///union.example.com\n  insecure: true\n', OFF],
    ['block, Windows line ends', 'admin:\r\n  endpoint: x\r\n  insecure: true\r\n', OFF],
    ['block with a comment between', 'admin:\n  endpoint: x\n# note\n\n  insecure: true # for tests\n', OFF],
    ['block with tabs of spaces', 'admin:\n      insecure:   true\n', OFF],
    ['block, capital', 'admin:\n  insecure: True\n', OFF],
    ['block, quoted', 'admin:\n  insecure: "true"\n', OFF],
    ['flow', 'admin: {endpoint: x, insecure: true}\n', OFF],
    ['flow over lines', 'admin: {\n  endpoint: x,\n  insecure: true\n}\n', OFF],
    ['first of several sections', 'admin:\n  insecure: true\ntask:\n  domain: d\n', OFF],
    ['last without a line end', 'task:\n  domain: d\nadmin:\n  insecure: true', OFF],
    ['false', 'admin:\n  endpoint: x\n  insecure: false\n', []],
    ['not there', 'admin:\n  endpoint: x\n', []],
    ['insecureSkipVerify is another thing', 'admin:\n  endpoint: x\n  insecureSkipVerify: true\n', []],
    ['scopes as a block', 'admin:\n  endpoint: x\n  scopes:\n    - all\n', SCOPES],
    ['scopes as a block without indent', 'admin:\n  scopes:\n  - all\n', SCOPES],
    ['scopes in flow style', 'admin:\n  scopes: [all, offline_access]\n', SCOPES],
    ['scopes in JSON', '{"admin": {"endpoint": "x", "scopes": ["all"]}}', SCOPES],
    ['no scopes in the list', 'admin:\n  scopes: []\n', []],
    ['no scopes', 'admin:\n  scopes:\n  endpoint: x\n', []],
    ['scopes that are commented out', 'admin:\n  endpoint: x\n#  scopes: [all]\n', []],
    ['scopes of another section', 'admin:\n  endpoint: x\nstorage:\n  scopes: [all]\n', []],
    ['in another section', 'admin:\n  endpoint: x\nstorage:\n  insecure: true\n', []],
    ['another program', 'site:\n  title: Blog\ntheme: x\n', FOREIGN],
    ['another program, quoted keys', '"site":\n  title: Blog\n', FOREIGN],
    ['another program with insecure', 'registry:\n  insecure: true\n', FOREIGN],
    ['a section of flyte beside others', 'site: x\nimage:\n  builder: remote\n', []],
    ['empty', '', []],
    ['comments alone', '# nothing\n', []],
    ['no YAML', '\u0000\u0001', []],
  ])('%s', (_name, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('a comment behind the name of the section changes nothing', () => {
    expect(codes('admin: # the control plane\n  insecure: true\n')).toEqual(OFF);
  });

  it.each([
    ['a line that is commented out', 'admin:\n  endpoint: x\n  # insecure: true\n'],
    ['a comment behind another value', 'admin:\n  endpoint: x # set insecure: true for tests\n'],
  ])('%s says nothing', (_name, text) => {
    expect(codes(text)).toEqual([]);
  });

  it.each([
    ['yes', 'admin:\n  insecure: yes\n'],
    ['a quoted name of the section', '"admin":\n  insecure: true\n'],
    ['a quoted name of the value', 'admin:\n  "insecure": true\n'],
    ['JSON', '{"admin": {"endpoint": "x", "insecure": true}}'],
  ])('turned off by %s', (_name, text) => {
    expect(codes(text)).toEqual(OFF);
  });
});

describe.each([
  ['FLYTE_ADMIN_INSECURE', 'client/environment-turns-auth-off'],
  ['FLYTE_ADMIN_INSECURESKIPVERIFY', 'client/environment-skips-certificates'],
])('%s', (name, code) => {
  it.each(['true', 'false', '0', 'no'])('=%s counts as true where there is a config', (value) => {
    expect(codes('admin:\n  endpoint: x\n', { [name]: value })).toEqual([code]);
    expect(codes(undefined, { [name]: value }, true)).toEqual([code]);
  });

  it('does nothing without a config, or when it is empty', () => {
    expect(codes(undefined, { [name]: 'true' })).toEqual([]);
    expect(codes('admin:\n  endpoint: x\n', { [name]: '' })).toEqual([]);
  });
});

it('FLYTE_ADMIN_DISABLEKEYRING does no harm, whatever it says', () => {
  expect(codes('admin:\n  endpoint: x\n', { FLYTE_ADMIN_DISABLEKEYRING: 'false' })).toEqual([]);
});

describe('variables without a config file', () => {
  it('are ignored, and named', () => {
    const [finding, ...others] = checkFlyteNames({
      FLYTE_TASK_PROJECT: 'p',
      FLYTE_IMAGE_BUILDER: 'remote',
      OTHER: 'x',
    });
    expect(finding?.code).toBe('client/environment-ignored');
    expect(finding?.detail).toContain('FLYTE_TASK_PROJECT, FLYTE_IMAGE_BUILDER.');
    expect(others).toEqual([]);
  });

  it.each([
    ['an empty one', { FLYTE_TASK_PROJECT: '' }],
    ['the key, which is read without a config file', { FLYTE_API_KEY: 'k' }],
    ['one that flyte never reads', { FLYTE_PROJECT: 'p' }],
  ])('nothing to say of %s', (_name, environment) => {
    expect(checkFlyteNames(environment)).toEqual([]);
  });
});
