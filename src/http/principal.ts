import { isIPv6 } from 'node:net';
import type { Actor } from '#features/identity/index.ts';

/**
 * Who a request is counted for: the user, the key, the link or, where nobody is known, the address. A household or a
 * school has a whole /64 of IPv6 and could take another address for every try, so those 64 bits count.
 */
export function principalOf(actor: Actor | null | undefined, ip: string): string {
  if (actor?.kind === 'user') return `user:${actor.userId}`;
  if (actor?.kind === 'key') return `key:${actor.keyId ?? actor.userId}`;
  if (actor?.kind === 'link' && actor.linkHash !== undefined) return `link:${actor.linkHash}`;
  return addressPrincipal(ip);
}

export function addressPrincipal(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return `ip:${mapped[1]}`;
  return `ip:${isIPv6(ip) ? networkOf(ip) : ip}`;
}

/** The first 64 bits of an IPv6 address, as `2001:db8:0:1::/64`. */
function networkOf(ip: string): string {
  const [plain = ''] = ip.split('%');
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  const first = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(':')}::/64`;
}
