import { BlockList, isIPv4 } from 'node:net';

const NEVER_A_DEPLOYMENT = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Metadata services outside the link-local range: Alibaba Cloud, Azure, Oracle Cloud.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
] as const) {
  NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  // The metadata service of AWS.
  ['fd00:ec2::', 32],
] as const) {
  NEVER_A_DEPLOYMENT.addSubnet(network, prefix, 'ipv6');
}

/**
 * Whether an address that DNS gave belongs to this machine, to nobody, or to the metadata service of a cloud: no
 * secret and no request goes there. Private ranges are allowed, since deployments stand in them. IPv6 forms that
 * carry an IPv4 address (mapped, NAT64) are judged by that address.
 */
export function isRefusedAddress(address: string): boolean {
  if (isIPv4(address)) {
    return NEVER_A_DEPLOYMENT.check(address, 'ipv4');
  }
  const carried = carriedIpv4(address);
  return (
    (carried !== undefined && NEVER_A_DEPLOYMENT.check(carried, 'ipv4')) || NEVER_A_DEPLOYMENT.check(address, 'ipv6')
  );
}

/** Names that lead to a metadata service behind a proxy, where no address can be checked. */
export function isRefusedHostName(host: string): boolean {
  return /^(localhost|.+\.localhost|metadata|metadata\.google\.internal|instance-data(\..+)?)\.?$/i.test(host);
}

function carriedIpv4(address: string): string | undefined {
  // However it is spelled, this is the shortest form in hexadecimal digits (RFC 5952).
  const shortest = URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname : '';
  const halves = /\[(?:::ffff:(?:0:)?|64:ff9b::)([0-9a-f]+):([0-9a-f]+)\]/.exec(shortest)?.slice(1);
  return halves
    ?.map((half) => Number.parseInt(half, 16))
    .flatMap((half) => [half >> 8, half & 0xff])
    .join('.');
}
