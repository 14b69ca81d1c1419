import type pg from 'pg';

import { throwIfAborted } from './abort-error.ts';
import { formatArray } from './array-literal.ts';
import { copyInto } from './copy-into.ts';
import type { CopyValue } from './database.ts';
import { quoteIdentifier, toParameter } from './sql-tag.ts';

/** How rows get into a table fastest; the same for as long as its columns and policies stay. */
export interface BulkPlan {
  /** The statement for where COPY is refused; undefined where it is not. */
  readonly insert: string | undefined;
}

/** Rows per statement; beyond this the text of a row costs more than the statement. */
const rowsPerStatement = 1_000;

/**
 * COPY is refused to a role that row policies hold for, so that such a role inserts by arrays instead: one array per
 * column, of its type. Throws what pg throws.
 */
export async function planBulkInsert(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
): Promise<BulkPlan> {
  const found = await client.query<{ guarded: boolean; types: string[] }>({
    text: `
      select row_security_active($1::regclass) as guarded, array(
        select format_type(a.atttypid, a.atttypmod)
        from unnest($2::text[]) with ordinality as wanted (name, place)
        join pg_attribute a on a.attrelid = $1::regclass and a.attname = wanted.name
        order by place
      ) as types`,
    values: [quoteIdentifier(table), columns],
  });
  const [row] = found.rows;
  // An unknown column is left to COPY, whose message names it.
  if (row === undefined || !row.guarded || row.types.length !== columns.length) {
    return { insert: undefined };
  }
  return { insert: insertByArrays(table, columns, row.types) };
}

function insertByArrays(
  table: string,
  columns: readonly string[],
  types: readonly string[],
): string {
  const names = columns.map(quoteIdentifier).join(', ');
  // Arrays of arrays must be alike in length, so that a column of arrays travels as texts.
  const isArray = types.map((type) => type.endsWith('[]'));
  const values = types.map((type, index) => `u.c${index}${isArray[index] ? `::${type}` : ''}`);
  const arrays = types.map((type, index) => `$${index + 1}::${isArray[index] ? 'text' : type}[]`);
  const aliases = columns.map((_, index) => `c${index}`).join(', ');
  return `insert into ${quoteIdentifier(table)} (${names}) select ${values.join(', ')} from unnest(${arrays.join(', ')}) as u (${aliases})`;
}

/**
 * Inserts by the plan. Resolves to the number of rows stored. Throws what pg throws, or what the iterator throws; by
 * arrays the rows before may then be stored, so that a caller who goes on needs a savepoint around it.
 */
export async function bulkInsert(
  client: pg.ClientBase,
  plan: BulkPlan,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
  signal?: AbortSignal,
): Promise<number> {
  if (plan.insert === undefined) return copyInto(client, table, columns, rows, signal);
  let count = 0;
  for (const batch of batchesOf(columns.length, rows)) {
    throwIfAborted(signal);
    const text = plan.insert;
    await client.query({ text, values: batch.map(formatArray) });
    count += batch[0]?.length ?? 0;
  }
  return count;
}

/** The columns of up to a thousand rows at a time. */
function* batchesOf(
  width: number,
  rows: Iterable<readonly CopyValue[]>,
): Generator<(string | null)[][]> {
  let batch: (string | null)[][] = Array.from({ length: width }, () => []);
  for (const row of rows) {
    if (row.length !== width)
      throw new TypeError(`a row of ${row.length} values for ${width} columns`);
    for (const [index, column] of batch.entries()) column.push(textOf(row[index]));
    if (batch[0]?.length === rowsPerStatement) {
      yield batch;
      batch = Array.from({ length: width }, () => []);
    }
  }
  if ((batch[0]?.length ?? 0) > 0) yield batch;
}

function textOf(value: CopyValue | undefined): string | null {
  if (value === undefined) throw new TypeError('a value of a row is undefined; use null');
  const parameter = toParameter(value);
  if (parameter === null || typeof parameter === 'string') return parameter;
  throw new TypeError('bytes are written as text, such as \\x00');
}
