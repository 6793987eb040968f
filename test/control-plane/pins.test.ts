import { describe, expect, it } from 'vitest';
import type { AuthMetadata } from '../../src/control-plane/auth-metadata.ts';
import { comparePins, type Pins } from '../../src/control-plane/pins.ts';

const advertised: AuthMetadata = {
  issuer: 'https://idp.example.com/oauth2/default',
  tokenEndpoint: 'https://idp.example.com/oauth2/default/v1/token',
  jwksUri: '',
  scopes: ['all', 'offline'],
  audience: '',
  authorizationMetadataKey: 'flyte-authorization',
};

describe('pins against what the deployment advertises', () => {
  it.each<[string, Pins, string[]]>([
    ['none', {}, []],
    ['the same issuer', { issuer: advertised.issuer }, []],
    ['the issuer with a slash more', { issuer: `${advertised.issuer}/` }, ['note discovery/issuer-slash']],
    ['another issuer', { issuer: 'https://idp.example.com/oauth2/aus1' }, ['error discovery/pin-differs']],
    ['the issuer in capitals', { issuer: 'https://IDP.example.com/oauth2/default' }, ['error discovery/pin-differs']],
    ['the same token-url', { tokenUrl: advertised.tokenEndpoint }, []],
    ['the token-url with a slash', { tokenUrl: `${advertised.tokenEndpoint}/` }, ['error discovery/pin-differs']],
    ['another token-url', { tokenUrl: 'https://evil.example/token' }, ['error discovery/pin-differs']],
    ['the same scopes', { scopes: ['all', 'offline'] }, []],
    ['other scopes', { scopes: ['all'] }, ['error discovery/pin-differs']],
    ['an audience where none is advertised', { audience: 'https://a' }, ['error discovery/pin-differs']],
    [
      'all at once',
      { issuer: 'https://x', tokenUrl: 'https://x/t', scopes: ['x'], audience: 'x' },
      Array.from({ length: 4 }, () => 'error discovery/pin-differs'),
    ],
  ])('%s', (_name, pins, expected) => {
    expect(comparePins(pins, advertised).map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  it('say what is pinned, what is advertised and which setting to change', () => {
    const [finding] = comparePins({ scopes: ['x'] }, advertised);
    expect(finding?.detail).toContain('"x"');
    expect(finding?.detail).toContain('"all offline"');
    expect(finding?.detail).toContain('thirdPartyConfig.flyteClient.scopes');
  });
});
