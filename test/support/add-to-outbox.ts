import type { Sql } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { UserId } from '#kernel/ids.ts';

interface NewOutboxEvent {
  ownerId: UserId | null;
  topic: string;
  key: string;
  payload: Record<string, unknown>;
}

/** Writes events as the triggers of the schema do. */
export async function addToOutbox(sql: Sql, events: readonly NewOutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into outbox (owner_id, topic, key, payload)
    select e."ownerId", e.topic, e.key, e.payload
    from jsonb_to_recordset(${json(events)})
      as e ("ownerId" uuid, topic text, key text, payload jsonb)`;
}
