import { Client } from 'pg';
import type { TestRedis } from './redis-server.ts';
import type { TestParts } from './start-app.ts';

/** Everything that an import could change: the rows of every table, the bytes in the store, the keys of Redis. */
export async function readRemains(
  parts: Pick<TestParts, 'ownerUrl' | 'blobs'>,
  redis?: TestRedis,
): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: parts.ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`);
    const remains: Record<string, unknown> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`,
      );
      remains[name] = rows[0]?.sum;
    }
    const keys: string[] = [];
    for await (const blob of parts.blobs.list()) keys.push(blob.key);
    remains['blobs in the store'] = keys.toSorted();
    if (redis) remains['changes of Redis'] = await countChanges(redis);
    return remains;
  } finally {
    await client.end();
  }
}

/** How often anything was written to a Redis that never saves. */
async function countChanges(redis: TestRedis): Promise<string | undefined> {
  const info = String(await redis.run('INFO', 'persistence'));
  return /^rdb_changes_since_last_save:(\d+)/m.exec(info)?.[1];
}
