import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Cache } from './cache.ts';
import { maxCachedBytes } from './cache.ts';
import { quietly } from './quietly.ts';

/** The cache in an UNLOGGED table: a crash of PostgreSQL may empty it. */
export function createPostgresCache(database: Database, logger: Logger): Cache {
  return {
    get: (key) =>
      quietly(logger, null, async () => {
        const rows = await database.sql<{ value: Uint8Array }>`
          select value from cache_entries where key = ${key} and expires_at > now()`;
        return rows[0]?.value ?? null;
      }),
    async set(key, value, ttlSeconds) {
      if (value.byteLength > maxCachedBytes) return;
      await quietly(
        logger,
        [],
        () => database.sql`
          insert into cache_entries (key, value, expires_at)
          values (${key}, ${value}, now() + make_interval(secs => ${ttlSeconds}))
          on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`,
      );
    },
    async delete(key) {
      await quietly(logger, [], () => database.sql`delete from cache_entries where key = ${key}`);
    },
  };
}
