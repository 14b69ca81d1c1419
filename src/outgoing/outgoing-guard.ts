import { lookup as lookUp } from 'node:dns/promises';
import { callbackify } from 'node:util';
import { type LookupFunction, isIP } from 'node:net';
import { AppError } from '#kernel/app-error.ts';
import type { OutgoingAllowance } from './outgoing-allowance.ts';
import { isPublicAddress } from './public-address.ts';

/** The addresses of a host name. Throws when it has none. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export const resolveBySystem: Resolve = (hostname) => lookUp(hostname, { all: true });

const usualPorts: ReadonlySet<string> = new Set(['', '443', '8443']);

/** Refuses what a call must not reach. Everything that leaves the program passes here. */
export interface OutgoingGuard {
  /**
   * Checks what can be seen of the address alone: https on port 443 or 8443, no user name, and no address of a
   * private network instead of a name. Throws `outgoing.refused`.
   */
  checkUrl(url: URL): void;
  /**
   * The lookup for one connection to `url`: the name is resolved once, every address is checked, and the connection
   * goes to what was checked. So a name that changes its address between check and use gains nothing.
   */
  lookupFor(url: URL): LookupFunction;
}

export function createOutgoingGuard(
  allowance: OutgoingAllowance,
  resolve: Resolve = resolveBySystem,
): OutgoingGuard {
  const isFree = (url: URL): boolean => allowance.host(plainHost(url));
  const checkAddress = (url: URL, address: string): void => {
    if (isFree(url) || allowance.address(address)) return;
    if (!isUsual(url)) throw unusual(url);
    if (!isPublicAddress(address)) throw notPublic(url);
  };
  return {
    checkUrl(url) {
      const host = plainHost(url);
      if (!['https:', 'http:'].includes(url.protocol) || host === '') throw unusual(url);
      if (url.username !== '' || url.password !== '') {
        throw refused('An address that is called must not hold a user name or a password.');
      }
      // Node connects to an address without a lookup.
      if (isIP(host) !== 0) checkAddress(url, host);
    },
    lookupFor(url) {
      const addressesOf = callbackify(async (hostname: string) => {
        const addresses = await resolve(hostname);
        for (const { address } of addresses) checkAddress(url, address);
        const [first] = addresses;
        if (first === undefined) throw new Error(`${hostname} has no address`);
        return { first, addresses };
      });
      return (hostname, { all }, callback) => {
        addressesOf(hostname, (error, found) => {
          if (error) callback(error, '');
          else if (all === true) callback(null, [...found.addresses]);
          else callback(null, found.first.address, found.first.family);
        });
      };
    },
  };
}

/** The host without the brackets of an IPv6 address and without the dot at the end of a full name. */
function plainHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isUsual(url: URL): boolean {
  return url.protocol === 'https:' && usualPorts.has(url.port);
}

function refused(message: string): AppError {
  return new AppError('outgoing.refused', message);
}

function unusual(url: URL): AppError {
  return refused(
    `${url.origin} is not called: only https on port 443 or 8443 is, unless DOCMILL_OUTGOING_ALLOW names the host.`,
  );
}

/** Does not say which address: that would tell a stranger about the network inside. */
function notPublic(url: URL): AppError {
  return refused(
    `${plainHost(url)} is not an address of the public internet, so it is not called unless DOCMILL_OUTGOING_ALLOW names it.`,
  );
}
