import type { ClientBase } from 'pg';

import { notOfExtension } from '../schema/read-catalog.ts';

/** A table whose rows must survive, with the columns that are stored as they are given. */
export interface LastingTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface SequenceState {
  readonly name: string;
  /** The number given last; null before the first. A string, since it may exceed what a double holds. */
  readonly last: string | null;
}

/** A piece of a table cut by the calendar. */
export interface CalendarPiece {
  readonly table: string;
  readonly name: string;
  /** `FOR VALUES FROM (…) TO (…)`, instants in UTC. */
  readonly bound: string;
}

/** Written by migrations for the server they run on, so that a copy of them would be wrong elsewhere. */
const ownOfServer = ['schema_migrations', 'metrics_level', 'partition_plans'];

/** Every table but unlogged ones, which may be emptied at any time, and what belongs to the server; by name. */
export async function readLastingTables(client: ClientBase): Promise<LastingTable[]> {
  const { rows } = await client.query<LastingTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relpersistence = 'p' and c.relname <> all ($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and ${notOfExtension('pg_class', 'c.oid')}
     group by c.relname order by c.relname collate "C"`,
    [ownOfServer],
  );
  return rows;
}

/** Numbers are given outside of transactions: what is read is never below what any row of the snapshot has. */
export async function readSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(
    `select sequencename as name, last_value::text as last from pg_sequences
     where schemaname = 'public' order by sequencename collate "C"`,
  );
  return rows;
}

/** The pieces of all tables that are cut by the calendar, but for the default ones. */
export async function readPieces(client: ClientBase): Promise<CalendarPiece[]> {
  const { rows } = await client.query<CalendarPiece>(
    `select p.relname as table, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
     from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
     order by c.relname collate "C"`,
  );
  return rows;
}
