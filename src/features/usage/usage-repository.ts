import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { UsageDay, UsageEvent } from './usage.ts';

/**
 * Counts uses; those counted before are left alone. A trigger sums them up in the same transaction, under the lock of
 * the day's row: call it late in a transaction.
 */
export async function countUsage(sql: Sql, events: readonly UsageEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into usage_events (metric, source_id, owner_id, amount)
    select * from unnest(
      ${events.map((event) => event.metric)}::text[],
      ${events.map((event) => event.sourceId)}::text[],
      ${events.map((event) => event.ownerId)}::uuid[],
      ${events.map((event) => event.amount)}::bigint[]
    )
    on conflict do nothing`;
}

/** Counts one use by itself, without waiting for the disk: a search must not pay for being counted. */
export async function countUsageSoon(sql: Sql, event: UsageEvent): Promise<void> {
  await sql`
    with relaxed as (select set_config('synchronous_commit', 'off', true))
    insert into usage_events (metric, source_id, owner_id, amount)
    select ${event.metric}, ${event.sourceId}, ${event.ownerId}::uuid, ${event.amount}::bigint from relaxed
    on conflict do nothing`;
}

/** Days of the actor on which something was used, from..to, both inclusive, oldest first. */
export async function listUsageDays(
  sql: Sql,
  actor: Actor,
  from: string,
  to: string,
): Promise<UsageDay[]> {
  return sql<UsageDay>`
    select date, pages_processed, queries_made, storage_bytes from usage_stats
    where user_id = ${actor.userId} and date between ${from}::date and ${to}::date
    order by date`;
}

/** Bytes the actor has stored now. */
export async function findStoredBytes(sql: Sql, actor: Actor): Promise<number> {
  const rows = await sql<{ storageBytes: number }>`
    select storage_bytes from usage_stats where user_id = ${actor.userId} order by date desc limit 1`;
  return rows[0]?.storageBytes ?? 0;
}
