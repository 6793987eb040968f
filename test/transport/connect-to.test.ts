import { describe, expect, it } from 'vitest';
import { readConnectTo } from '../../src/transport/connect-to.ts';

describe('connect-to', () => {
  it.each([
    [
      'union.example.com:443:127.0.0.1:8443',
      { host: 'union.example.com', port: 443, address: '127.0.0.1', addressPort: 8443 },
    ],
    [
      'UNION.example.com:443:localhost:1',
      { host: 'union.example.com', port: 443, address: 'localhost', addressPort: 1 },
    ],
    ['a:443:[::1]:65535', { host: 'a', port: 443, address: '::1', addressPort: 65_535 }],
    ['a:65535:b:0', { host: 'a', port: 65_535, address: 'b', addressPort: 0 }],
    [
      'a.b:8443:backend.svc.cluster.local:80',
      { host: 'a.b', port: 8443, address: 'backend.svc.cluster.local', addressPort: 80 },
    ],
  ])('%s', (line, expected) => {
    expect(readConnectTo([line])).toEqual([expected]);
  });

  it.each([
    '',
    'union.example.com',
    'union.example.com:443',
    'union.example.com:443:127.0.0.1',
    'union.example.com:443:127.0.0.1:8443:1',
    'union.example.com:443:::1:8443',
    'union.example.com:x:127.0.0.1:8443',
    'union.example.com:443:127.0.0.1:65536',
    'union.example.com:65536:127.0.0.1:1',
    ':443:127.0.0.1:8443',
    'union.example.com:443::8443',
    'https://union.example.com:443:127.0.0.1:8443',
    'union.example.com:443:127.0.0.1:8443 ',
    'union.example.com:443:127.0.0.1:-1',
    'user@union.example.com:443:127.0.0.1:8443',
    ' union.example.com:443:127.0.0.1:8443',
    'union.example.com:000443:127.0.0.1:8443',
    'union.example.com:443:127.0.0.1:008443',
    'union.example.com:443:[]:8443',
    'union.example.com:443:[::1:8443',
    'union.example.com:443:::1]:8443',
    'union.example.com:443:[example]:8443',
  ])('refuses %j', (line) => {
    expect(readConnectTo([line])).toBeUndefined();
    expect(readConnectTo(['a:1:b:2', line])).toBeUndefined();
  });

  it('is empty for no lines, and keeps the order of several', () => {
    expect(readConnectTo([])).toEqual([]);
    expect(readConnectTo(['a:1:b:2', 'c:3:d:4'])?.map(({ host }) => host)).toEqual(['a', 'c']);
  });
});
