import { z } from 'zod';
import { rateWindowsPattern } from '#realtime/rate-windows.ts';

const rate = z
  .string()
  .regex(rateWindowsPattern, 'requests/time such as 30/1m, several separated by commas, or off');
const amount = z.coerce.number().int().min(0).max(1_000_000_000);
const networks = z
  .string()
  .regex(/^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$/, 'addresses or networks separated by commas');

/** Settings on how much one client may ask for; a part of the table in config.ts. */
export const limitSettings = {
  DOCMILL_RATE_AUTH: {
    schema: rate.optional(),
    doc: 'Failed tries to sign in and the like per address and route.',
    fallback: '10/15m; off for the single user of a loopback address',
  },
  DOCMILL_RATE_UPLOAD: {
    schema: rate.optional(),
    doc: 'Upload requests per user or key.',
    fallback: '60/1m; off for the single user of a loopback address',
  },
  DOCMILL_RATE_WRITE: {
    schema: rate.optional(),
    doc: 'Other writes per user or key and route; several windows allow a burst.',
    fallback: '120/1m,300/10m; off for the single user of a loopback address',
  },
  DOCMILL_RATE_READ: {
    schema: rate.optional(),
    doc: 'Reads per user or key and route.',
    fallback: '300/1m; off for the single user of a loopback address',
  },
  DOCMILL_UPLOADS_AT_ONCE: {
    schema: z.coerce.number().int().min(1).max(10_000).default(64),
    doc: 'Uploads that one process takes in at a time; more are asked to come again.',
    fallback: '64',
  },
  DOCMILL_PAGES_PER_MONTH: {
    schema: amount.optional(),
    doc: 'Pages that a user may have read in a calendar month (UTC); users may have a limit of their own.',
    fallback: 'unset: no limit',
  },
  DOCMILL_STORED_MB: {
    schema: amount.optional(),
    doc: 'MiB of files that a user may store.',
    fallback: 'unset: no limit',
  },
  DOCMILL_QUERIES_PER_DAY: {
    schema: amount.optional(),
    doc: 'Searches that a user may ask in a day (UTC).',
    fallback: 'unset: no limit',
  },
  DOCMILL_TRUSTED_PROXIES: {
    schema: networks.optional(),
    doc: 'Addresses or networks of proxies in front, separated by commas; their X-Forwarded-For says who asks.',
    fallback: 'unset: the address of the connection counts',
  },
} as const;
