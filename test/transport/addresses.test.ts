import { describe, expect, it } from 'vitest';
import { isRefusedAddress, isRefusedHostName } from '../../src/transport/addresses.ts';

describe('addresses that are never a deployment', () => {
  it.each([
    // This machine and nobody.
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '::1',
    '::',
    '0:0:0:0:0:0:0:1',
    // Metadata services: AWS, Azure, GCP, Alibaba, Oracle.
    '169.254.169.254',
    '169.254.170.2',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:254',
    'fe80::1',
    'fe80::a9fe:a9fe',
    'febf::1',
    // Multicast, reserved, broadcast.
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    'ff02::1',
    // IPv4 inside IPv6: mapped, mapped in hexadecimal, translated, NAT64.
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::FFFF:169.254.169.254',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::7f00:1',
    '::ffff:0:0',
  ])('%s', (address) => {
    expect(isRefusedAddress(address)).toBe(true);
  });

  it.each(['0:0:0:0:0:ffff:7f00:1', '0000:0000:0000:0000:0000:ffff:a9fe:a9fe', '0:0:0:0:0:ffff:169.254.169.254'])(
    '%s, written out',
    (address) => {
      expect(isRefusedAddress(address)).toBe(true);
    },
  );

  it('64:ff9b:0:0:0:0:a9fe:a9fe, written out', () => {
    expect(isRefusedAddress('64:ff9b:0:0:0:0:a9fe:a9fe')).toBe(true);
  });
});

describe('addresses of deployments, private ones among them', () => {
  it.each([
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.201',
    '8.8.8.8',
    '1.1.1.1',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '169.255.0.0',
    '192.0.0.191',
    '168.63.129.17',
    '223.255.255.255',
    'fc00::1',
    'fd12:3456:789a::1',
    'fd00:ec3::1',
    '2606:4700::1111',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    // These only look as if they carried 127.0.0.1 or 169.254.169.254.
    '2001:db8::ffff:7f00:1',
    '2001:64:ff9b::a9fe:a9fe',
    '::ffff:1:7f00:1',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe:1',
    '::ffff:7f00:1:1:1',
  ])('%s', (address) => {
    expect(isRefusedAddress(address)).toBe(false);
  });
});

describe('names that lead to a metadata service', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'ci.a.localhost.',
    'metadata',
    'metadata.google.internal',
    'metadata.google.internal.',
    'Metadata.Google.Internal',
    'instance-data',
    'instance-data.ec2.internal',
  ])('%s', (name) => {
    expect(isRefusedHostName(name)).toBe(true);
  });

  it.each([
    'union.example.com',
    'localhost.example.com',
    'metadata.example.com',
    'mylocalhost',
    'instance-database.x',
    'my-instance-data',
    'my-metadata',
    'metadata-google.internal',
    'metadata.google-internal',
  ])('not %s', (name) => {
    expect(isRefusedHostName(name)).toBe(false);
  });
});
