import { sqlStateOf } from '#db/database-error.ts';
import type { Database, Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { readSearchWords } from '#features/search/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { decodeCursor, pageOf } from '#kernel/cursor.ts';
import { parseExactJson } from '#kernel/exact-json.ts';
import type { EntryId } from '#kernel/ids.ts';
import { asId, isId, newId } from '#kernel/ids.ts';
import type { EntryContent, EntryType, JournalEntry } from './journal-entry.ts';
import { checkEntry, entryEtag, entryNotFound, maxEntryDepth } from './journal-entry.ts';
import type { EntryFilter, EntryKey, ListedEntry } from './journal-repository.ts';
import {
  checkPath,
  findEntry,
  insertEntry,
  listEntries,
  replaceEntryRow,
  setEntryTrashed,
} from './journal-repository.ts';

export interface JournalDeps {
  database: Database;
}

/** Throws `journal.entry_invalid`, `journal.too_large` or `json.not_storable`. */
export async function writeEntry(
  deps: JournalDeps,
  actor: Actor,
  content: EntryContent,
): Promise<JournalEntry> {
  checkEntry(content);
  return insertEntry(deps.database.as(actor), actor, newId<EntryId>(), content);
}

/** Throws `journal.not_found`. */
export async function getEntry(
  deps: JournalDeps,
  actor: Actor,
  id: EntryId,
): Promise<JournalEntry> {
  return (await findEntry(deps.database.as(actor), actor, id)) ?? raise(entryNotFound(id));
}

/**
 * Puts another content in the place of an entry's. `ifMatch` is the ETag the editor saw; without it, or with
 * `*`, the last edit wins. Throws `journal.not_found`, `request.precondition_failed` when somebody edited meanwhile,
 * or what `writeEntry` throws.
 */
export async function replaceEntry(
  deps: JournalDeps,
  actor: Actor,
  id: EntryId,
  content: EntryContent,
  ifMatch: string | undefined,
): Promise<JournalEntry> {
  checkEntry(content);
  const entry = await getEntry(deps, actor, id);
  if (entry.deletedAt !== null) throw entryNotFound(id);
  const anyVersion = ifMatch === undefined || ifMatch === '*';
  const rowVersion = anyVersion ? null : entry.rowVersion;
  const replaced =
    anyVersion || ifMatch === entryEtag(entry)
      ? await replaceEntryRow(deps.database.as(actor), actor, id, content, rowVersion)
      : null;
  return replaced ?? raise(changedMeanwhile());
}

function changedMeanwhile(): AppError {
  return new AppError(
    'request.precondition_failed',
    'The entry was changed meanwhile. Read it again and repeat the edit.',
  );
}

/** Puts an entry into the trash. Throws `journal.not_found`. */
export async function trashEntry(deps: JournalDeps, actor: Actor, id: EntryId): Promise<void> {
  if (!(await setEntryTrashed(deps.database.as(actor), actor, id, true))) throw entryNotFound(id);
}

/** Takes an entry out of the trash. Throws `journal.not_found`. */
export async function restoreEntry(deps: JournalDeps, actor: Actor, id: EntryId): Promise<void> {
  if (!(await setEntryTrashed(deps.database.as(actor), actor, id, false))) throw entryNotFound(id);
}

/** A page of the journal as it is asked for. */
export interface EntryPageQuery {
  type?: EntryType | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** JSON text. */
  contains?: string | undefined;
  path?: string | undefined;
  q?: string | undefined;
  trashed: boolean;
  limit: number;
  cursor?: string | undefined;
  offset: number;
}

/**
 * Entries by time, newest first. Throws `cursor.invalid`, `search.query_invalid` for words that mean nothing,
 * `journal.query_invalid` for `contains` or `path` that cannot be understood, `json.not_storable` for a
 * `contains` that no entry could hold.
 */
export async function getEntryPage(
  deps: JournalDeps,
  actor: Actor,
  query: EntryPageQuery,
): Promise<{ items: ListedEntry[]; nextCursor: string | null }> {
  const sql = deps.database.as(actor);
  const { limit, offset } = query;
  if (query.path !== undefined) await requirePath(sql, query.path);
  const words = query.q === undefined ? undefined : await readSearchWords(sql, query.q);
  const filter: EntryFilter = {
    type: query.type,
    from: query.from,
    to: query.to,
    contains: query.contains === undefined ? undefined : { value: readContains(query.contains) },
    path: query.path,
    words,
    trashed: query.trashed,
  };
  const after = query.cursor === undefined ? null : decodeEntryKey(query.cursor);
  const rows = await listEntries(sql, actor, filter, { after, offset, limit });
  return pageOf(rows, limit, (entry) => [entry.occurredMicros, entry.id]);
}

function decodeEntryKey(cursor: string): EntryKey {
  const [micros, id] = decodeCursor(
    cursor,
    2,
    ([time, entry]) => Number.isSafeInteger(time) && isId(String(entry)),
  );
  return { occurredMicros: Number(micros), id: asId<EntryId>(String(id)) };
}

function readContains(text: string): unknown {
  try {
    return parseExactJson(text, maxEntryDepth);
  } catch (cause) {
    if (cause instanceof AppError && cause.code !== 'request.invalid') throw cause;
    throw new AppError('journal.query_invalid', '"contains" is not valid JSON.', {
      details: { field: 'contains' },
      cause,
    });
  }
}

/** Syntax error, invalid text, invalid regular expression, and other wrong arguments of the path language. */
const pathStates = /^(?:42601|22P02|2201B|22023|0A000|22021)$/;

async function requirePath(sql: Sql, path: string): Promise<void> {
  try {
    await checkPath(sql, path);
  } catch (cause) {
    const isPathError = pathStates.test(sqlStateOf(cause) ?? '');
    if (!isPathError || !(cause instanceof Error)) throw cause;
    throw new AppError(
      'journal.query_invalid',
      `"path" is not an SQL/JSON path: ${cause.message.replace(/\.?$/, '.')}`,
      { details: { field: 'path' }, cause },
    );
  }
}
