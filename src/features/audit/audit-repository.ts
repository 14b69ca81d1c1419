import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { ChainHead, ChainedRow } from './audit-chain.ts';
import type { AuditEvent, AuditFilter, AuditPlace } from './audit-event.ts';

const micros = fragment`(extract(epoch from created_at) * 1000000)::bigint`;

/** Newest first, one more than `limit` so that the caller sees whether there is more. */
export async function listAuditEvents(
  sql: Sql,
  query: AuditFilter & { before: AuditPlace | null; limit: number },
): Promise<AuditEvent[]> {
  const { actorId, action, resourceType, resourceId, since, until, before } = query;
  return sql<AuditEvent>`
    select id, created_at, ${micros} as created_micros, actor_id, actor_kind, action, resource_type,
      resource_id, changes, reason, host(ip_address) as ip_address, user_agent, request_id
    from audit_logs
    where (${actorId ?? null}::uuid is null or actor_id = ${actorId ?? null}::uuid)
      and (${action ?? null}::text is null or action = ${action ?? null})
      and (${resourceType ?? null}::text is null or resource_type = ${resourceType ?? null})
      and (${resourceId ?? null}::uuid is null or resource_id = ${resourceId ?? null}::uuid)
      and (${since ?? null}::timestamptz is null or created_at >= ${since ?? null}::timestamptz)
      and (${until ?? null}::timestamptz is null or created_at < ${until ?? null}::timestamptz)
      and (${before?.micros ?? null}::bigint is null or (created_at, id) < (${instantOf(before)}, ${before?.id ?? null}::bigint))
    order by created_at desc, id desc
    limit ${literalInteger(query.limit + 1)}`;
}

/**
 * Rows after a place in the order of their keys, in which every chain stands in its own order. `content` is
 * everything that is hashed but the hash before. It is put together here from built-in functions only, so that
 * somebody who changes the functions of the schema does not change what is checked.
 */
export async function readChainedRows(
  sql: Sql,
  after: AuditPlace,
  limit: number,
): Promise<ChainedRow[]> {
  return sql<ChainedRow>`
    select id, ${micros} as micros, to_char(created_at at time zone 'UTC', 'YYYY-MM-01') as month, chain, seq,
      encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash,
      jsonb_build_array(${micros}, id, chain, seq, actor_id, actor_kind, action, resource_type, resource_id,
        changes, reason, ip_address::text, user_agent, request_id)::text as content
    from audit_logs
    where created_at >= ${instantOf(after)} and (created_at, id) > (${instantOf(after)}, ${after.id}::bigint)
    order by created_at, id
    limit ${literalInteger(limit)}`;
}

export async function readChainHeads(sql: Sql): Promise<ChainHead[]> {
  return sql<ChainHead>`
    select to_char(month, 'YYYY-MM-DD') as month, chain, seq, encode(hash, 'hex') as hash,
      retired_at is not null as retired
    from audit_chains order by month, chain`;
}

/** All rows of the log, also those whose time lies outside of what can be walked through. */
export async function countAuditRows(sql: Sql): Promise<number> {
  const rows = await sql<{ count: number }>`select count(*) as count from audit_logs`;
  return rows[0]?.count ?? 0;
}

/** Adds an event that is no change of a row. Who, why and where are the settings of the transaction. */
export async function insertAuditEvent(
  sql: Sql,
  event: {
    action: string;
    resourceType: string;
    resourceId: string | null;
    changes: Record<string, unknown>;
  },
): Promise<void> {
  const { action, resourceType, resourceId, changes } = event;
  await sql`select append_audit(${action}, ${resourceType}, ${resourceId}::uuid, ${json(changes)}::jsonb)`;
}

/** Exact: a Date would lose the microseconds. */
function instantOf(place: AuditPlace | null) {
  return fragment`(timestamptz 'epoch' + ${place?.micros ?? null}::bigint * interval '1 microsecond')`;
}
