import { z } from 'zod';
import { rateWindowsPattern } from '#realtime/rate-windows.ts';

const amount = z.int().min(0).nullable().optional();
const rate = z.string().regex(rateWindowsPattern).optional();

/** Limits of one user that differ from those of the server; null is no limit at all. */
export const userLimitsSchema = z.strictObject({
  pagesPerMonth: amount.describe('Pages read in a calendar month, UTC; null for no limit'),
  storedBytes: amount.describe('Bytes of files stored; null for no limit'),
  queriesPerDay: amount.describe('Searches in a UTC day; null for no limit'),
  rates: z
    .strictObject({ auth: rate, upload: rate, write: rate, read: rate })
    .optional()
    .describe('Requests per time for each kind of route, such as 120/1m,300/10m, or off'),
});

export type UserLimits = z.output<typeof userLimitsSchema>;

/** What `users.limits` holds, as far as it can be read: what another version wrote must lock nobody out. */
export function parseUserLimits(value: unknown): UserLimits {
  const parsed = userLimitsSchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}
