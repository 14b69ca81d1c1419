import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { throwIfAborted } from './abort-error.ts';
import { copyLine } from './copy-text.ts';
import type { CopyValue } from './database.ts';
import { quoteIdentifier } from './sql-tag.ts';

/** Characters of text per piece written: large enough that the piece's own cost does not show. */
const pieceLength = 65_536;

/**
 * COPY … FROM STDIN over `client`, which must be inside a transaction. Rows are read as the server takes them, so
 * that an iterator of any length needs little memory. Resolves to the number of rows stored.
 * Throws what pg throws for a bad row, what the iterator throws, or the reason of the signal; nothing of the COPY is stored then
 * and the connection stays usable.
 */
export async function copyInto(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
  signal?: AbortSignal,
): Promise<number> {
  const names = columns.map(quoteIdentifier).join(', ');
  const target = client.query(copyFrom(`copy ${quoteIdentifier(table)} (${names}) from stdin`));
  await pipeline(Readable.from(copyPieces(rows, signal)), target);
  return target.rowCount;
}

function* copyPieces(
  rows: Iterable<readonly CopyValue[]>,
  signal: AbortSignal | undefined,
): Generator<string> {
  let piece = '';
  for (const row of rows) {
    piece += copyLine(row);
    if (piece.length >= pieceLength) {
      // The cancel of the statement may find the server between two pieces, and an iterator may have no end.
      throwIfAborted(signal);
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
