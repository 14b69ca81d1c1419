import { BlockList, isIP } from 'node:net';

/** What the installation lets through although it is not public, not on a usual port or not encrypted. */
export interface OutgoingAllowance {
  /** A host that was named. */
  host(hostname: string): boolean;
  /** An address that was named, alone or by its network. */
  address(address: string): boolean;
}

const hostPattern =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Reads names of hosts, addresses and networks (`10.1.0.0/16`). `wrong` holds those that are none of them. */
export function readAllowance(entries: readonly string[]): {
  allowance: OutgoingAllowance;
  wrong: string[];
} {
  const hosts = new Set<string>();
  const networks = new BlockList();
  const wrong: string[] = [];
  for (const entry of entries) {
    const text = entry.toLowerCase();
    const [net = '', bits] = text.split('/');
    const family = isIP(net);
    if (family !== 0) {
      const most = family === 4 ? 32 : 128;
      const width = bits === undefined ? most : Number(bits);
      const isRight = bits === undefined || (/^\d{1,3}$/.test(bits) && width <= most);
      if (isRight && text.split('/').length <= 2 && !net.includes('%')) {
        networks.addSubnet(net, width, family === 4 ? 'ipv4' : 'ipv6');
      } else wrong.push(entry);
    } else if (hostPattern.test(text)) hosts.add(text);
    else wrong.push(entry);
  }
  return {
    wrong,
    allowance: {
      host: (hostname) => hosts.has(hostname.toLowerCase()),
      address(address) {
        const family = isIP(address);
        if (family === 0 || address.includes('%')) return false;
        return networks.check(address, family === 4 ? 'ipv4' : 'ipv6');
      },
    },
  };
}
