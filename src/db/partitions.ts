import type { Sql } from './database.ts';
import { identifier, literalInteger } from './sql-tag.ts';

/** A piece of a table that is cut by the calendar. Bounds are in UTC; the default piece has none. */
export interface Partition {
  table: string;
  name: string;
  from: Date | null;
  /** Not included. */
  to: Date | null;
}

/** A table that is cut by the calendar, and how it stands. */
export interface PartitionState {
  table: string;
  step: 'day' | 'month';
  partitions: number;
  /** Whole steps after the current one for which there is a piece. */
  ahead: number;
  wanted: number;
  /** Rows that had to go to the default piece; at most `defaultLimit` are counted. Should be 0. */
  misplaced: number;
}

/** So many misplaced rows are counted: one is a fault already. */
export const defaultLimit = 1_000;

/**
 * Makes the pieces of now and of the time ahead, and moves rows to them that had none. Any number of
 * processes may call at once. Resolves to the names of the new ones. Throws `db.busy` when a long
 * transaction is in the way.
 */
export async function ensurePartitions(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql<{ name: string }>`select ensure_partitions(${now}) as name`;
  return rows.map((row) => row.name);
}

/** The pieces of a table, oldest first, the default one last. */
export async function listPartitions(sql: Sql, table: string): Promise<Partition[]> {
  return sql<Partition>`
    select ${table}::text as table, partition as name, lower_bound as from, upper_bound as to
    from list_partitions(${table})`;
}

/**
 * Drops the pieces that ended at or before `before`. Resolves to their names. Throws `retention.held` for
 * the audit log while a legal hold is in force, `db.busy` when a long transaction is in the way.
 */
export async function dropPartitions(sql: Sql, table: string, before: Date): Promise<string[]> {
  const rows = await sql<{ name: string }>`select drop_partitions(${table}, ${before}) as name`;
  return rows.map((row) => row.name);
}

/** How every table stands that is cut by the calendar, by name. */
export async function readPartitionStates(sql: Sql, now: Date): Promise<PartitionState[]> {
  const states = await sql<Omit<PartitionState, 'misplaced'>>`
    select p.table_name as table, p.step, p.ahead as wanted,
      count(l.lower_bound)::int as partitions,
      (count(*) filter (where l.lower_bound > ${now}::timestamptz))::int as ahead
    from partition_plans p cross join lateral list_partitions(p.table_name) l
    group by p.table_name, p.step, p.ahead order by p.table_name`;
  const counted: PartitionState[] = [];
  for (const state of states) {
    counted.push({ ...state, misplaced: await countMisplaced(sql, state.table) });
  }
  return counted;
}

/** Asked through the table itself: the run-time role has no rights over its pieces. */
async function countMisplaced(sql: Sql, table: string): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from ${identifier(table)} where tableoid = ${`${table}_default`}::regclass limit ${literalInteger(defaultLimit)}
    ) found`;
  return rows[0]?.count ?? 0;
}
