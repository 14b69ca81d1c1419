import type { UsageLimits } from '#features/usage/index.ts';
import type { RequestLimits } from '#http/server.ts';
import type { RateLimiter } from '#realtime/rate-limiter.ts';
import type { Config } from './config.ts';

/** What one user may use, as set. */
export function usageLimits(config: Config): UsageLimits {
  const stored = config.DOCMILL_STORED_MB;
  return {
    pagesPerMonth: config.DOCMILL_PAGES_PER_MONTH ?? null,
    storedBytes: stored === undefined ? null : stored * 1024 * 1024,
    queriesPerDay: config.DOCMILL_QUERIES_PER_DAY ?? null,
  };
}

/** What holds for a server with accounts; see docs/operations/limits.md for the reasons. */
const defaultRates = {
  auth: '10/15m',
  upload: '60/1m',
  write: '120/1m,300/10m',
  read: '300/1m',
} as const;

/**
 * The limits of the settings. The single user of a loopback address, whom nobody else can harm, has no rates unless
 * they are set.
 */
export function requestLimits(
  config: Config,
  limiter: RateLimiter,
  { singleUser }: { singleUser: boolean },
): RequestLimits {
  const unset = singleUser
    ? { auth: 'off', upload: 'off', write: 'off', read: 'off' }
    : defaultRates;
  const rates = {
    auth: config.DOCMILL_RATE_AUTH ?? unset.auth,
    upload: config.DOCMILL_RATE_UPLOAD ?? unset.upload,
    write: config.DOCMILL_RATE_WRITE ?? unset.write,
    read: config.DOCMILL_RATE_READ ?? unset.read,
  };
  return {
    rates: { limiter, rates },
    uploadsAtOnce: config.DOCMILL_UPLOADS_AT_ONCE,
    trustedProxies: config.DOCMILL_TRUSTED_PROXIES?.split(','),
  };
}
