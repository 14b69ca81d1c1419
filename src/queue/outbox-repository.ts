import type { Sql, Transaction } from '#db/database.ts';
import { literalInteger } from '#db/sql-tag.ts';
import type { UserId } from '#kernel/ids.ts';

/** Something that happened, to be told at least once. */
export interface OutboxEvent {
  id: number;
  ownerId: UserId | null;
  topic: string;
  /** What it is about: events of one topic and key are told in their order. */
  key: string;
  payload: unknown;
  /** Failed tries so far. */
  attempts: number;
}

/**
 * Locks the oldest waiting event of up to `limit` keys of a topic. While it is locked nobody else gets an
 * event of its key: the locked one still counts as waiting, so the later ones are not the oldest.
 */
export async function lockOldestEvents(
  sql: Transaction,
  topic: string,
  limit: number,
  now: Date | null = null,
): Promise<OutboxEvent[]> {
  return sql<OutboxEvent>`
    select o.id, o.owner_id, o.topic, o.key, o.payload, o.attempts
    from outbox o
    where o.published_at is null and o.topic = ${topic} and o.next_attempt_at <= coalesce(${now}, now())
      and not exists (
        select from outbox before
        where before.published_at is null and before.topic = o.topic and before.key = o.key
          and before.id < o.id)
    order by o.id
    limit ${literalInteger(limit)}
    for update of o skip locked`;
}

/** What waits behind the locked events of `oldest`, in order; it belongs to the holder of those locks. */
export async function listFollowers(
  sql: Transaction,
  topic: string,
  oldest: readonly OutboxEvent[],
  limit: number,
): Promise<OutboxEvent[]> {
  return sql<OutboxEvent>`
    select o.id, o.owner_id, o.topic, o.key, o.payload, o.attempts
    from unnest(${oldest.map((event) => event.key)}::text[], ${oldest.map((event) => event.id)}::bigint[])
      as first (key, id)
    join outbox o on o.topic = ${topic} and o.key = first.key and o.id > first.id
    where o.published_at is null
    order by o.id
    limit ${literalInteger(limit)}`;
}

export async function markPublished(sql: Transaction, ids: readonly number[]): Promise<void> {
  await sql`update outbox set published_at = now(), last_error = null where id = any(${ids}::bigint[])`;
}

/** The event, and with it everything behind it, waits for `delayMs`. */
export async function postponeEvent(
  sql: Transaction,
  id: number,
  delayMs: number,
  message: string,
  now: Date | null = null,
): Promise<void> {
  await sql`
    update outbox
    set attempts = attempts + 1, last_error = left(${message}, 1000),
        next_attempt_at = coalesce(${now}, now()) + make_interval(secs => ${delayMs / 1000})
    where id = ${id}`;
}

/** Forgets events that were told more than `keepSeconds` ago; resolves to how many. */
export async function deletePublished(
  sql: Sql,
  keepSeconds: number,
  limit: number,
): Promise<number> {
  const rows = await sql`
    delete from outbox where id in (
      select id from outbox
      where published_at < now() - make_interval(secs => ${keepSeconds})
      order by published_at limit ${limit})
    returning id`;
  return rows.length;
}
