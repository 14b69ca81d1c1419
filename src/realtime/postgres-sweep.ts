import type { Database } from '#db/database.ts';

/**
 * Removes what has expired from the UNLOGGED tables, up to `limit` rows of each; resolves to how many.
 * Expired rows count as absent anyway, so that this only saves space.
 */
export async function sweepExpired({ slow: sql }: Database, limit: number): Promise<number> {
  const swept = await Promise.all([
    sql`delete from cache_entries where key in (
      select key from cache_entries where expires_at < now() limit ${limit}) returning 1`,
    sql`delete from rate_limits where key in (
      select key from rate_limits where window_ends_at < now() limit ${limit}
      for update skip locked) returning 1`,
    sql`delete from session_fields where (user_id, session_id) in (
      select user_id, session_id from session_fields where expires_at < now() limit ${limit}) returning 1`,
    sql`delete from job_progress_fields where job_id in (
      select job_id from job_progress_fields where expires_at < now() limit ${limit}) returning 1`,
    sql`delete from live_subscriptions where (user_id, job_id) in (
      select user_id, job_id from live_subscriptions where expires_at < now() limit ${limit}) returning 1`,
  ]);
  return swept.reduce((sum, rows) => sum + rows.length, 0);
}
