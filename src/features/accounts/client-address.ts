import { isIP } from 'node:net';

/** An address as the database takes it: without the zone of a link-local one; null for what is no address. */
export function storableAddress(ip: string | undefined): string | null {
  const plain = (ip ?? '').replace(/%.*$/, '');
  return isIP(plain) === 0 ? null : plain;
}
