import type { Client } from 'pg';

/** Lists of the product itself, which the copies of rows must not add to. */
const fixed = new Set([
  'schema_migrations',
  'state_transitions',
  'partition_plans',
  'metrics_level',
  'metrics_watermark',
]);

interface FilledTable {
  name: string;
  columns: string[];
  types: Record<string, string>;
  /** Columns that have a value in the row to be copied; undefined for an empty table. */
  given: Set<string> | undefined;
  /** Columns whose values are a closed list. */
  listed: Set<string>;
}

interface ForeignKey {
  child: string;
  parent: string;
  from: string[];
  to: string[];
}

/**
 * Copies one row of each table `count` times, as the superuser and with triggers off. What must be unique gets a new value
 * made of the old one and the number of the copy, the same in every table, so that keys find their copies.
 * Resolves to the tables that were filled; throws what PostgreSQL reports of a copy that breaks a rule.
 */
export async function fillTables(client: Client, count: number): Promise<string[]> {
  const tables = await readTables(client);
  const foreign = await readForeignKeys(client);
  const varied = await chooseVaried(client, tables, foreign);
  await client.query('begin; set local session_replication_role = replica');
  const filled: string[] = [];
  for (const table of tables) {
    const own = varied.get(table.name) ?? new Set();
    if (own.size === 0) continue;
    const values = table.columns.map((column) =>
      own.has(column) ? variation(`s.${column}`, table.types[column] ?? '') : `s.${column}`,
    );
    const names = table.columns.join(', ');
    const { rowCount } = await client.query(
      `insert into ${table.name} (${names}) overriding system value
       select ${values.join(', ')} from (${modelRow(table.name)}) s, generate_series(1, $1::int) n`,
      [count],
    );
    if (rowCount !== 0) filled.push(table.name);
  }
  await client.query('commit');
  return filled;
}

/** A new value of the type for the n-th copy. */
function variation(column: string, type: string): string {
  switch (type) {
    case 'uuid':
      return `md5(${column}::text || n)::uuid`;
    case 'text':
    case 'citext':
      return `case when ${column}::text ~ '^[0-9a-f]{64}$' then encode(sha256((${column} || n::text)::bytea), 'hex')
        else ${column} || '_' || n end`;
    case 'date':
      return `${column} + n`;
    case 'timestamp with time zone':
      return `${column} + n * interval '1 microsecond'`;
    // Beyond the few rows that are there.
    case 'bigint':
      return `${column} + 1000000 + n`;
    default:
      return `${column} + 1000 + n`;
  }
}

const modelRow = (table: string): string => `select * from ${table} order by ctid limit 1`;

async function readTables(client: Client): Promise<FilledTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; types: string[] }>(`
    select quote_ident(c.relname) as name, array_agg(quote_ident(a.attname) order by attnum) as columns,
      array_agg(format_type(a.atttypid, null) order by attnum) as types
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    group by c.oid order by c.relname`);
  const tables: FilledTable[] = [];
  for (const { name, columns, types } of rows) {
    if (fixed.has(name)) continue;
    const found = await client.query<{ given: string[]; listed: string[] }>(`
      select array(select quote_ident(key) from jsonb_each(to_jsonb(s)) where value <> 'null') as given, array(
        select quote_ident(a.attname) from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
        where k.conrelid = '${name}'::regclass and k.contype = 'c' and pg_get_constraintdef(k.oid) ~ ' = ANY \\(ARRAY') as listed from (${modelRow(name)}) s`);
    const [model] = found.rows;
    tables.push({
      name,
      columns,
      types: Object.fromEntries(columns.map((column, at) => [column, types[at] ?? ''])),
      given: model && new Set(model.given),
      listed: new Set(model?.listed),
    });
  }
  return tables;
}

async function readForeignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent,
      array(select quote_ident(attname) from unnest(conkey) with ordinality k (n, at)
        join pg_attribute on attrelid = conrelid and attnum = n order by at) as "from",
      array(select quote_ident(attname) from unnest(confkey) with ordinality k (n, at)
        join pg_attribute on attrelid = confrelid and attnum = n order by at) as "to"
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`);
  return rows;
}

const ranks = ['uuid', 'citext', 'text', 'bigint', 'date', 'timestamp with time zone', 'integer'];

/** Columns of each table that get a new value: one of each unique key, and what points at such a one. */
async function chooseVaried(
  client: Client,
  tables: readonly FilledTable[],
  foreign: readonly ForeignKey[],
): Promise<Map<string, Set<string>>> {
  const varied = new Map(tables.map(({ name }) => [name, new Set<string>()]));
  const unique = await client.query<{ name: string; nulls: boolean; columns: string[] }>(`
    select i.indrelid::regclass::text as name, i.indnullsnotdistinct or i.indexprs is not null as nulls, array(
      select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = i.indrelid and a.attgenerated = '' and (a.attnum = any(i.indkey::smallint[])
        -- Columns of an expression are known by what the index depends on.
        or (i.indexprs is not null and exists (
          select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
            and d.refobjid = i.indrelid and d.refobjsubid = a.attnum)))) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    where (i.indisunique or i.indisexclusion) and c.relnamespace = 'public'::regnamespace and not c.relispartition
    order by i.indnkeyatts, i.indexrelid::regclass::text`);
  for (const { name, nulls, columns } of unique.rows) {
    const own = varied.get(name);
    const table = tables.find((other) => other.name === name);
    if (own === undefined || columns.some((column) => own.has(column))) continue;
    const given = columns.filter((column) => table?.given?.has(column) === true);
    // Rows without a value are never equal.
    if (given.length < columns.length && !nulls) continue;
    const [best] = given
      .filter((column) => table?.listed.has(column) !== true)
      .toSorted((a, b) => rankOf(table?.types[a]) - rankOf(table?.types[b]));
    if (best !== undefined) own.add(best);
  }
  // A key of several columns points at a copy with all of them.
  for (let grown = true; grown;) {
    grown = false;
    for (const { child, parent, from, to } of foreign) {
      const [own, of] = [varied.get(child), varied.get(parent)];
      if (own === undefined || of === undefined || !from.some((column) => own.has(column)))
        continue;
      for (const [at, column] of from.entries()) {
        if (own.has(column) || !of.has(to[at] ?? '')) continue;
        own.add(column);
        grown = true;
      }
    }
  }
  return varied;
}

function rankOf(type: string | undefined): number {
  const rank = ranks.indexOf(type ?? '');
  return rank === -1 ? ranks.length : rank;
}
