import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';
import type { UsageNow } from './usage-limits.ts';

/** What counts towards the limits of a user, and the limits of their own as stored; null when there is no such user. */
export async function findUsageNow(
  sql: Sql,
  userId: UserId,
  now: Date,
  exceptJob: string | null = null,
): Promise<(UsageNow & { limits: unknown }) | null> {
  // The pages of a job are known when it is classified; from then on until it ends those not read yet are ahead.
  const rows = await sql<UsageNow & { limits: unknown }>`
    select u.limits,
      coalesce((
        select sum(s.pages_processed) from usage_stats s
        where s.user_id = u.id and s.date >= date_trunc('month', ${now}::timestamptz at time zone 'UTC')::date
      ), 0)::bigint as pages,
      coalesce((
        select sum(greatest(0, coalesce(v.page_count, 0) - j.pages_done))
        from processing_jobs j join document_versions v on v.id = j.version_id
        where j.owner_id = u.id and j.status in ('queued', 'running', 'paused')
          and j.id is distinct from ${exceptJob}::uuid
      ), 0)::bigint as pages_ahead,
      coalesce((
        select s.storage_bytes from usage_stats s where s.user_id = u.id order by s.date desc limit 1
      ), 0) as stored_bytes,
      coalesce((
        select s.queries_made from usage_stats s
        where s.user_id = u.id and s.date = (${now}::timestamptz at time zone 'UTC')::date
      ), 0) as queries
    from users u where u.id = ${userId}`;
  return rows[0] ?? null;
}
