import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import { AppError } from '#kernel/app-error.ts';

import { toDatabaseError } from '../database-error.ts';

/** Any two numbers will do as long as nobody else uses them: "docm", "migr" in ASCII. */
const lockKey = [0x646f636d, 0x6d696772] as const;
const lockPollMs = 50;

/**
 * Runs `work` on a connection of its own. `url` must lead straight to PostgreSQL: a session lock
 * behind a pooler in transaction mode belongs to whoever comes next. Throws `db.unavailable`.
 */
export async function withMigrationClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: 'docmill migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A role's or a database's own limits are meant for requests, not for building an index.
    await client.query('set statement_timeout = 0; set lock_timeout = 0');
    return await work(client);
  } catch (error) {
    throw toDatabaseError(error, {});
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs `work` while no other process migrates this database. Throws `migration.lock_timeout`. */
export async function withMigrationLock<Result>(
  client: Client,
  timeoutMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  await takeLock(client, timeoutMs);
  try {
    return await work();
  } finally {
    // Closing the connection would free it too, a moment later; a lost one has freed it already.
    await client.query('select pg_advisory_unlock($1, $2)', [...lockKey]).catch(() => undefined);
  }
}

/**
 * Asks again and again instead of waiting inside the server: a statement that waits holds a snapshot,
 * and `create index concurrently` of the process that has the lock would wait for that snapshot.
 */
async function takeLock(client: Client, timeoutMs: number): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    const answer = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      [...lockKey],
    );
    if (answer.rows[0]?.taken === true) return;
    if (Date.now() >= deadline) {
      throw new AppError(
        'migration.lock_timeout',
        `Another process has been migrating this database for more than ${timeoutMs} ms. Wait for it, or look for a session named "docmill migrate" in pg_stat_activity.`,
        { details: { timeoutMs } },
      );
    }
    await delay(lockPollMs);
  }
}
