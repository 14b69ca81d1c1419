import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Ranges of IPv4 that are not addresses of the public internet, as the IANA registry of special-purpose addresses
 * lists them, with multicast (224/4) and what is reserved or broadcast (240/4).
 */
const specialV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Ranges inside 2000::/3 that lead elsewhere: protocol assignments with Teredo (2001::/23), documentation, and 6to4,
 * which carries an IPv4 address. Mapped, compatible and NAT64 addresses, unique local ones, link-local ones and
 * multicast lie outside of 2000::/3.
 */
const specialV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const blockedV4 = new BlockList();
for (const [net, bits] of specialV4) blockedV4.addSubnet(net, bits, 'ipv4');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const blockedV6 = new BlockList();
for (const [net, bits] of specialV6) blockedV6.addSubnet(net, bits, 'ipv6');

/**
 * True for an address of the public internet. False for everything else: private, loopback, link-local and shared
 * networks, multicast, documentation, IPv6 forms that carry an IPv4 address, addresses with a zone, and text that is
 * no address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blockedV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalV6.check(address, 'ipv6') && !blockedV6.check(address, 'ipv6');
}
