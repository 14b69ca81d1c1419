import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import { quietly } from './quietly.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { guessedVerdict, rateKeys, verdictOf } from './rate-limiter.ts';

interface Reading {
  used: number;
  resetsIn: number;
  taken: boolean;
}

/** Counters in an UNLOGGED table, taken by one call of a function of V007. */
export function createPostgresRateLimiter(database: Database, logger: Logger): RateLimiter {
  return {
    take: (principal, limit, points = 1) =>
      quietly(logger, guessedVerdict(limit), async () => {
        const rows = await database.sql<Reading>`
          select used, resets_in, taken from take_rate_points(
            ${rateKeys(principal, limit)}::text[],
            ${limit.windows.map((window) => window.points)}::int[],
            ${limit.windows.map((window) => window.seconds)}::int[],
            ${points}::int)
          order by place`;
        const readings = rows.map((row) => ({ used: row.used, resetSeconds: row.resetsIn }));
        return verdictOf(limit, points, rows[0]?.taken === true, readings);
      }),
    async giveBack(principal, limit, points = 1) {
      const keys = rateKeys(principal, limit);
      await quietly(
        logger,
        [],
        () => database.sql`
          update rate_limits set used = greatest(0, used - ${points}::int)
          where key = any(${keys}::text[]) and window_ends_at > now()`,
      );
    },
  };
}
