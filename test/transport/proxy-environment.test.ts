import { describe, expect, it } from 'vitest';
import { checkProxyEnvironment, completeProxyAddress } from '../../src/transport/proxy.ts';

describe('the address of a proxy', () => {
  it.each([
    ['proxy.example.test:3128', 'http://proxy.example.test:3128'],
    ['user:word@proxy.example.test:3128', 'http://user:word@proxy.example.test:3128'],
    ['https://proxy.example.test', 'https://proxy.example.test'],
    ['', ''],
  ])('%s is read as %s', (given, expected) => {
    const environment = { https_proxy: given, HTTPS_PROXY: given };
    completeProxyAddress(environment);
    expect(environment).toEqual({ https_proxy: expected, HTTPS_PROXY: expected });
  });

  it('that only ALL_PROXY has is a warning', () => {
    const warning = { code: 'network/proxy-unsupported', detail: 'ALL_PROXY is set, HTTPS_PROXY is not.' };
    expect(checkProxyEnvironment({ ALL_PROXY: 'http://p:1' })).toMatchObject([warning]);
    expect(checkProxyEnvironment({ all_proxy: 'http://p:1', HTTPS_PROXY: '' })).toMatchObject([warning]);
    expect(checkProxyEnvironment({ all_proxy: 'http://p:1', https_proxy: 'http://p:2' })).toEqual([]);
    expect(checkProxyEnvironment({ ALL_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:2' })).toEqual([]);
    expect(checkProxyEnvironment({ HTTPS_PROXY: 'http://p:2' })).toEqual([]);
    expect(checkProxyEnvironment({ ALL_PROXY: '' })).toEqual([]);
    expect(checkProxyEnvironment({})).toEqual([]);
  });

  it('that is not there is not made up', () => {
    const environment = {};
    completeProxyAddress(environment);
    expect(environment).toEqual({});
  });
});
