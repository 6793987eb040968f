import { describe, expect, it } from 'vitest';
import { isTrustedDestination } from '../../src/identity-provider/providers.ts';

const DOMAIN = 'union.example.com';

describe('where the secret may go', () => {
  const trusted = (token: string, issuer: string | undefined, pinned = false, domain = DOMAIN): boolean =>
    isTrustedDestination(new URL(token), {
      domain,
      issuer: issuer === undefined ? undefined : new URL(issuer),
      pinned,
    });

  it.each<[string, string, string | undefined]>([
    ['the origin of the issuer', 'https://idp.acme.com/t', 'https://idp.acme.com/oauth2/default'],
    ['the origin of the issuer with its port', 'https://idp.acme.com:8443/t', 'https://idp.acme.com:8443/'],
    ['the deployment itself', `https://${DOMAIN}/oauth2/token`, undefined],
    ['the deployment itself, with another issuer', `https://${DOMAIN}/oauth2/token`, 'https://idp.acme.com/'],
    ['Google', 'https://oauth2.googleapis.com/token', 'https://accounts.google.com'],
    [
      'Cognito',
      'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
      'https://cognito-idp.eu-west-1.amazonaws.com/pool',
    ],
    ['Entra v1', 'https://login.microsoftonline.com/tid/oauth2/token', 'https://sts.windows.net/tid/'],
    [
      'Entra for governments',
      'https://login.microsoftonline.us/tid/oauth2/token',
      'https://login.usgovcloudapi.net/tid/',
    ],
    ['Entra in China', 'https://login.partner.microsoftonline.cn/t', 'https://login.chinacloudapi.cn/tid/'],
  ])('%s', (_name, token, issuer) => {
    expect(trusted(token, issuer)).toBe(true);
  });

  it.each<[string, string, string | undefined]>([
    ['another host', 'https://evil.example/token', 'https://idp.acme.com/'],
    ['another host, no issuer', 'https://evil.example/token', undefined],
    ['another port', 'https://idp.acme.com:8443/t', 'https://idp.acme.com/'],
    ['a host below the issuer', 'https://a.idp.acme.com/t', 'https://idp.acme.com/'],
    ['a host above the issuer', 'https://acme.com/t', 'https://idp.acme.com/'],
    ['a host that ends alike', 'https://evilidp.acme.com/t', 'https://idp.acme.com/'],
    ['another port of the deployment', `https://${DOMAIN}:8443/oauth2/token`, undefined],
    ['a host below the deployment', `https://a.${DOMAIN}/oauth2/token`, undefined],
    ['a pair the wrong way round', 'https://accounts.google.com/token', 'https://oauth2.googleapis.com'],
    ['half a pair', 'https://oauth2.googleapis.com/token', 'https://accounts.google.com.evil.example'],
    ['a pair with a port', 'https://oauth2.googleapis.com:8443/token', 'https://accounts.google.com'],
    ['another cloud of Entra', 'https://login.microsoftonline.com/t', 'https://login.chinacloudapi.cn/tid/'],
    [
      'what looks like Cognito',
      'https://a.auth.eu-west-1.amazoncognito.com.evil.example/t',
      'https://cognito-idp.eu-west-1.amazonaws.com/p',
    ],
    [
      'what looks like an issuer of Cognito',
      'https://a.auth.eu-west-1.amazoncognito.com/t',
      'https://cognito-idp.evil.example/p',
    ],
  ])('not: %s, unless it is pinned', (_name, token, issuer) => {
    expect(trusted(token, issuer)).toBe(false);
    expect(trusted(token, issuer, true)).toBe(true);
  });

  it('the deployment itself, where the key writes its domain in capitals', () => {
    expect(trusted(`https://${DOMAIN}/oauth2/token`, undefined, false, 'Union.Example.com')).toBe(true);
  });
});
