import { pipeline } from 'node:stream/promises';

import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { AppError } from '#kernel/app-error.ts';

import { sqlStateOf, toDatabaseError } from '../database-error.ts';
import { quoteIdentifier } from '../sql-tag.ts';
import { copySettings } from './database-snapshot.ts';
import {
  type CalendarPiece,
  type LastingTable,
  type SequenceState,
  readLastingTables,
} from './lasting-tables.ts';

/** What a database is filled with. */
export interface Refill {
  readonly tables: readonly (LastingTable & { rows: number })[];
  readonly sequences: readonly SequenceState[];
  readonly pieces: readonly CalendarPiece[];
  /** The rows of a table as COPY wrote them. */
  open(table: string): AsyncIterable<Uint8Array>;
  /** Name of the store in which the bytes of the blobs are from now on. */
  readonly bucket: string;
  /** Called when all rows are in and checked, before they count. */
  beforeCommit(): Promise<void>;
}

/**
 * Fills an empty database of the same schema, all in one transaction. Triggers are off meanwhile, since the rows have all that
 * triggers once wrote; every constraint holds, foreign keys are checked as a whole at the end. `url` leads
 * straight to PostgreSQL, as the role that owns the objects. Throws `backup.damaged` for rows that do not fit, what
 * `open` and `beforeCommit` throw, and `db.unavailable`.
 */
export async function refillDatabase(url: string, refill: Refill): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'docmill restore' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`${copySettings}; set lock_timeout = '10s'`);
    await client.query('begin');
    await fill(client, refill);
    await refill.beforeCommit();
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    throw ofRows(error) ?? toDatabaseError(error, {});
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function fill(client: Client, refill: Refill): Promise<void> {
  await refuseOtherTables(client, refill.tables);
  const names = refill.tables.map(({ name }) => name);
  const putBack = await putRulesAside(client, names);
  await client.query(`truncate ${names.map(quoteIdentifier).join(', ')}`);
  for (const { table, name, bound } of refill.pieces) {
    await client.query(
      `create table if not exists ${quoteIdentifier(name)} partition of ${quoteIdentifier(table)} ${bound}`,
    );
  }
  for (const table of refill.tables) await copyTable(client, table, refill.open(table.name));
  await client.query('set constraints all immediate');
  await moveBlobs(client, refill.bucket);
  for (const statement of putBack) await client.query(statement);
  for (const { name, last } of refill.sequences) {
    if (last !== null) await client.query('select setval($1, $2)', [quoteIdentifier(name), last]);
  }
  const views = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'm' and relnamespace = 'public'::regnamespace`,
  );
  for (const { name } of views.rows) {
    await client.query(`refresh materialized view ${quoteIdentifier(name)}`);
  }
}

/** The same migrations may still make other tables, where the server has other extensions. */
async function refuseOtherTables(client: Client, wanted: readonly LastingTable[]): Promise<void> {
  const [ours, theirs] = [
    (await readLastingTables(client)).map(describeTable),
    wanted.map(describeTable),
  ];
  const odd = [...ours, ...theirs].filter(
    (table) => !ours.includes(table) || !theirs.includes(table),
  );
  if (odd.length === 0) return;
  throw new AppError(
    'backup.damaged',
    `The backup does not have the tables of its schema: ${odd[0] ?? ''} is only on one side. Was it made on a server with other extensions?`,
    { details: { odd } },
  );
}

function describeTable({ name, columns }: LastingTable): string {
  return `${name} (${columns.join(', ')})`;
}

/**
 * Switches off triggers and forced row policies (COPY is refused where they hold) and takes foreign keys away.
 * Resolves to the statements that bring all of it back: foreign keys first, since their rows are compared past the policies.
 */
async function putRulesAside(client: Client, names: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ aside: string; back: string }>(
    `with lasting as (
       select c.oid, c.relforcerowsecurity as forced, c.oid::regclass::text as name
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any ($1))
     select 1 as place, format('alter table %s drop constraint %I', l.name, k.conname) as aside,
       format('alter table %s add constraint %I %s', l.name, k.conname, pg_get_constraintdef(k.oid)) as back
     from lasting l join pg_constraint k on k.conrelid = l.oid and k.contype = 'f' and k.conparentid = 0
     union all
     select 2, format('alter table %s disable trigger user', name), format('alter table %s enable trigger user', name)
     from lasting
     union all
     select 3, format('alter table %s no force row level security', name), format('alter table %s force row level security', name)
     from lasting where forced
     order by place`,
    [names],
  );
  for (const { aside } of rows) await client.query(aside);
  return rows.map(({ back }) => back);
}

async function copyTable(
  client: Client,
  { name, columns, rows }: LastingTable & { rows: number },
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const list = columns.map(quoteIdentifier).join(', ');
  const target = client.query(copyFrom(`copy ${quoteIdentifier(name)} (${list}) from stdin`));
  await pipeline(source, target);
  if (target.rowCount === rows) return;
  throw new AppError(
    'backup.damaged',
    `The table ${name} has ${target.rowCount} rows in the backup instead of ${rows}.`,
    { details: { table: name } },
  );
}

/** Bytes are put into the store of this Docmill, whatever store they came from. */
async function moveBlobs(client: Client, bucket: string): Promise<void> {
  await client.query('update blobs set bucket = $1 where bucket <> $1', [bucket]);
  await client.query(
    `update outbox set payload = jsonb_set(payload, '{bucket}', to_jsonb($1::text))
     where topic = 'blob.purge' and published_at is null and payload ->> 'bucket' <> $1`,
    [bucket],
  );
}

/** Classes 22 and 23: values that cannot be read, and rows that break a rule. */
function ofRows(error: unknown): AppError | undefined {
  const state = sqlStateOf(error);
  if (state === undefined || !/^2[23]/.test(state)) return undefined;
  const why = error instanceof Error ? error.message : String(error);
  return new AppError('backup.damaged', `The rows of the backup do not fit their rules: ${why}.`, {
    cause: error,
  });
}
