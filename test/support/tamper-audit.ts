import type { Sql } from '#db/database.ts';
import { fragment, identifier } from '#db/sql-tag.ts';

/** A number from 0 up to but not including `below`. */
export type Draw = (below: number) => number;

interface LogRow {
  id: number;
  chain: number;
  seq: number;
  /** How many rows its chain has. */
  length: number;
}

/** One way to falsify the log, as somebody who owns the tables might; resolves to what was done. */
export type Tampering = (sql: Sql, rows: readonly LogRow[], draw: Draw) => Promise<string>;

export function readLogRows(sql: Sql): Promise<LogRow[]> {
  return sql<LogRow>`
    select id, chain, seq, max(seq) over (partition by chain) as length from audit_logs order by chain, seq`;
}

function pick<Item>(items: readonly Item[], draw: Draw): Item {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

const edits = {
  id: fragment`id + 1000000`,
  created_at: fragment`created_at + interval '1 microsecond'`,
  actor_id: fragment`gen_random_uuid()`,
  actor_kind: fragment`case actor_kind when 'key' then 'link' else 'key' end`,
  action: fragment`action || ' '`,
  resource_type: fragment`upper(resource_type)`,
  resource_id: fragment`gen_random_uuid()`,
  changes: fragment`changes || '{"extra": 1}'`,
  reason: fragment`coalesce(reason, '') || '.'`,
  ip_address: fragment`'203.0.113.9'::inet`,
  user_agent: fragment`coalesce(user_agent, '') || '.'`,
  request_id: fragment`coalesce(request_id, '') || '.'`,
  chain: fragment`((chain + 1) % 128)::smallint`,
  seq: fragment`seq + 1`,
  prev_hash: fragment`sha256(prev_hash)`,
  hash: fragment`sha256(hash)`,
};

async function edit(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const row = pick(rows, draw);
  const [column, value] = pick(Object.entries(edits), draw);
  await sql`update audit_logs set ${identifier(column)} = ${value} where id = ${row.id}`;
  return `${column} of row ${row.seq} of chain ${row.chain}`;
}

async function deleteInTheMiddle(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const row = pick(
    rows.filter(({ seq, length }) => seq < length),
    draw,
  );
  await sql`delete from audit_logs where id = ${row.id}`;
  return `row ${row.seq} of chain ${row.chain}`;
}

/** Also the head of the chain is set back, so that the database itself shows nothing. */
async function deleteAtTheTail(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const { chain, length } = pick(rows, draw);
  const kept = draw(length);
  await sql`
    update audit_chains c
    set seq = ${kept}, hash = r.prev_hash
    from audit_logs r where c.chain = ${chain} and r.chain = ${chain} and r.seq = ${kept + 1}`;
  await sql`delete from audit_logs where chain = ${chain} and seq > ${kept}`;
  return `chain ${chain} from row ${kept + 1} on`;
}

/** A row that hashes well and says that it follows an old one. */
async function insert(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const row = pick(rows, draw);
  await sql`
    insert into audit_logs
    select (r).* from (
      select jsonb_populate_record(a, jsonb_build_object('id', a.id + 1000000, 'action', 'forged')) as r
      from audit_logs a where a.id = ${row.id}
    ) copy`;
  const forged = row.id + 1_000_000;
  const asNext = draw(2) === 1;
  await sql`
    update audit_logs f set seq = r.seq + case when ${asNext} then 1 else 0 end,
      created_at = r.created_at + interval '1 microsecond', prev_hash = r.hash
    from audit_logs r where f.id = ${forged} and r.id = ${row.id}`;
  await rehash(sql, fragment`id = ${forged}`);
  return `a row ${asNext ? 'after' : 'beside'} row ${row.seq} of chain ${row.chain}`;
}

/** What two rows say, or where they stand. */
async function swap(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const first = pick(rows, draw);
  const second = pick(
    rows.filter((row) => row.id !== first.id),
    draw,
  );
  const columns =
    draw(2) === 0
      ? fragment`resource_id = o.resource_id, actor_id = o.actor_id, request_id = o.request_id`
      : fragment`chain = o.chain, seq = o.seq, prev_hash = o.prev_hash, hash = o.hash`;
  await sql`
    update audit_logs a set ${columns} from audit_logs o
    where (a.id = ${first.id} and o.id = ${second.id}) or (a.id = ${second.id} and o.id = ${first.id})`;
  return `rows ${first.id} and ${second.id}`;
}

/** One row changed, and everything after it hashed anew up to the head of the chain. */
async function rewrite(sql: Sql, rows: readonly LogRow[], draw: Draw): Promise<string> {
  const row = pick(rows, draw);
  await sql`update audit_logs set action = 'rewritten' where id = ${row.id}`;
  for (let seq = row.seq; seq <= row.length; seq += 1) {
    if (seq > row.seq) {
      await sql`
        update audit_logs a set prev_hash = b.hash from audit_logs b
        where a.chain = ${row.chain} and b.chain = ${row.chain} and a.seq = ${seq} and b.seq = ${seq - 1}`;
    }
    await rehash(sql, fragment`chain = ${row.chain} and seq = ${seq}`);
  }
  await sql`
    update audit_chains c set hash = r.hash, prev_hash = r.prev_hash
    from audit_logs r where c.chain = ${row.chain} and r.chain = c.chain and r.seq = c.seq`;
  return `chain ${row.chain} from row ${row.seq} on`;
}

async function rehash(sql: Sql, which: ReturnType<typeof fragment>): Promise<void> {
  await sql`
    update audit_logs set hash = sha256(prev_hash || convert_to(jsonb_build_array(
      (extract(epoch from created_at) * 1000000)::bigint, id, chain, seq, actor_id, actor_kind, action,
      resource_type, resource_id, changes, reason, ip_address::text, user_agent, request_id)::text, 'UTF8'))
    where ${which}`;
}

export const tamperings: Readonly<Record<string, Tampering>> = {
  edit,
  'delete in the middle': deleteInTheMiddle,
  'delete at the tail': deleteAtTheTail,
  insert,
  swap,
  'full rewrite': rewrite,
};
