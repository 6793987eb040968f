import { describe, expect, it } from 'vitest';
import { placeOf, readHttpsUrl, type UrlFault } from '../../src/transport/urls.ts';
import { readSuite } from './suites.ts';

describe('reading an address', () => {
  it.each([
    ['https://idp.example.com', 'https://idp.example.com/'],
    ['https://idp.example.com/', 'https://idp.example.com/'],
    ['https://idp.example.com/oauth2/default/v1/token', 'https://idp.example.com/oauth2/default/v1/token'],
    ['https://idp.example.com:8443/t', 'https://idp.example.com:8443/t'],
    ['https://IDP.Example.com/T', 'https://idp.example.com/T'],
    ['HTTPS://idp.example.com/', 'https://idp.example.com/'],
    ['https://idp.example.com:443/', 'https://idp.example.com/'],
    ['https://xn--bcher-kva.example/', 'https://xn--bcher-kva.example/'],
    ['https://idp/', 'https://idp/'],
    ['https://a', 'https://a/'],
    ['https://idp1/', 'https://idp1/'],
    ['https://1idp.example.com/', 'https://1idp.example.com/'],
    ['https://idp.example.com/http://other.example.com/', 'https://idp.example.com/http://other.example.com/'],
    ['https://idp.example.com/user@other.example.com', 'https://idp.example.com/user@other.example.com'],
  ])('takes %s', (text, href) => {
    const url = readHttpsUrl(text);
    expect(url).toBeInstanceOf(URL);
    expect((url as URL).href).toBe(href);
  });

  it.each<[string, UrlFault]>([
    ['http://idp.example.com/', 'not-https'],
    ['HTTP://idp.example.com/', 'not-https'],
    ['https://user@idp.example.com/', 'has-user'],
    ['https://user:pass@idp.example.com/', 'has-user'],
    ['https://idp.example.com@evil.example/', 'has-user'],
    ['https://idp.example.com/#a', 'has-fragment'],
    ['https://idp.example.com#@evil.example/', 'has-fragment'],
    ['https://idp.example.com/?a=b', 'has-query'],
    ['https://idp.example.com?a=b', 'has-query'],
    ['', 'not-a-url'],
    ['idp.example.com', 'not-a-url'],
    ['//idp.example.com/', 'not-a-url'],
    ['ftp://idp.example.com/', 'not-a-url'],
    ['https:idp.example.com', 'not-a-url'],
    ['https:/idp.example.com', 'not-a-url'],
    ['https:///idp.example.com', 'not-a-url'],
    ['https:\\\\idp.example.com\\', 'not-a-url'],
    ['https://idp.example.com\\@evil.example/', 'has-user'],
    ['https://idp.example.com\\.evil.example/', 'not-a-url'],
    [' https://idp.example.com/', 'not-a-url'],
    ['https://idp.example.com/\n', 'not-a-url'],
    ['https://idp.exa\tmple.com/', 'not-a-url'],
    ['https://idp.example.com/a b', 'not-a-url'],
    ['https://b\u00fccher.example/', 'not-a-url'],
    ['https://\uff49dp.example.com/', 'not-a-url'],
    ['https://idp%2eexample.com/', 'not-a-url'],
    ['https://127.0.0.1/', 'not-a-url'],
    ['https://2130706433/', 'not-a-url'],
    ['https://0177.0.0.1/', 'not-a-url'],
    ['https://0x7f000001/', 'not-a-url'],
    ['https://0x7f.1/', 'not-a-url'],
    ['https://127.1/', 'not-a-url'],
    ['https://[::1]/', 'not-a-url'],
    ['https://[::ffff:169.254.169.254]/', 'not-a-url'],
    ['https://idp.example.com:99999/', 'not-a-url'],
    ['https://idp.example.com:000443/', 'not-a-url'],
    ['xhttps://user@idp.example.com/', 'not-a-url'],
    ['nothttp://idp.example.com/', 'not-a-url'],
    ['https://idp.example.com:443a/', 'not-a-url'],
    ['https://idp.example.com/\u00fc', 'not-a-url'],
    ['https://idp.example.com:/', 'not-a-url'],
    ['https://-idp.example.com-/', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['javascript:alert(1)', 'not-a-url'],
    ['data:text/html,x', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
  ])('refuses %j: %s', (text, fault) => {
    expect(readHttpsUrl(text)).toBe(fault);
  });

  it('takes a query only where it is allowed', () => {
    const url = readHttpsUrl('https://idp.example.com/t?p=B2C_1', { allowQuery: true });
    expect((url as URL).search).toBe('?p=B2C_1');
    expect(placeOf(url as URL)).toBe('idp.example.com/t');
    expect((readHttpsUrl('https://idp.example.com?a@b', { allowQuery: true }) as URL).search).toBe('?a@b');
    expect(readHttpsUrl('https://idp.example.com/', { allowQuery: true })).toBeInstanceOf(URL);
  });
});

interface UrlCase {
  input: string;
}

const suite = readSuite<(string | UrlCase)[]>('urltestdata.json');

describe.skipIf(suite === undefined)('the cases of WHATWG', () => {
  it('gives, where it takes one, https to the very host that is written there', () => {
    const inputs = (suite ?? []).flatMap((each) => (typeof each === 'string' ? [] : [each.input]));
    expect(inputs.length).toBeGreaterThan(800);
    // Each once more under https, since most of them are of other schemes.
    const all = inputs.flatMap((input) => [input, input.replace(/^\s*[a-z][a-z0-9+.-]*:/i, 'https:')]);
    let taken = 0;
    for (const input of all) {
      const url = readHttpsUrl(input, { allowQuery: true });
      if (url instanceof URL) {
        taken += 1;
        const literal = /^https:\/\/([^/?#:]*)/i.exec(input)?.[1] ?? '';
        expect([input, url.protocol]).toEqual([input, 'https:']);
        expect([input, url.hostname]).toEqual([input, literal.toLowerCase()]);
        expect([input, url.username + url.password + url.hash]).toEqual([input, '']);
        expect(url.hostname).not.toMatch(/^[0-9.]+$|^\[/);
      }
    }
    expect(taken).toBeGreaterThan(20);
  });
});
