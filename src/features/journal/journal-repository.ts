import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger, offsetBy } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { EntryId } from '#kernel/ids.ts';
import type { EntryContent, EntrySummary, EntryType, JournalEntry } from './journal-entry.ts';

const summary = fragment`
  e.id, e.owner_id, e.entry_type, e.occurred_at, e.processing_status, e.excerpt, e.row_version,
  e.created_at, e.updated_at, e.deleted_at`;

/** Marks around found words in `marked`. */
export const hitStart = '\u0002';
export const hitEnd = '\u0003';

export async function insertEntry(
  sql: Sql,
  actor: Actor,
  id: EntryId,
  content: EntryContent,
): Promise<JournalEntry> {
  const [row] = await sql<JournalEntry>`
    insert into journal_entries as e (id, owner_id, entry_type, raw_data, metadata, occurred_at)
    values (${id}, ${actor.userId}, ${content.entryType}, ${json(content.rawData)},
      ${json(content.metadata)}, coalesce(${content.occurredAt}, now()))
    returning ${summary}, e.raw_data, e.metadata`;
  if (row === undefined) throw new Error('an insert returned no row');
  return row;
}

/** null when it is not there or not the actor's; entries in the trash are found. */
export async function findEntry(sql: Sql, actor: Actor, id: EntryId): Promise<JournalEntry | null> {
  const rows = await sql<JournalEntry>`
    select ${summary}, e.raw_data, e.metadata from journal_entries e
    where e.id = ${id} and e.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** null when it is not there, in the trash, or was changed since `rowVersion`. */
export async function replaceEntryRow(
  sql: Sql,
  actor: Actor,
  id: EntryId,
  content: EntryContent,
  rowVersion: number | null,
): Promise<JournalEntry | null> {
  const rows = await sql<JournalEntry>`
    update journal_entries e
    set entry_type = ${content.entryType}, raw_data = ${json(content.rawData)},
        metadata = ${json(content.metadata)}, occurred_at = coalesce(${content.occurredAt}, e.occurred_at)
    where e.id = ${id} and e.owner_id = ${actor.userId} and e.deleted_at is null
      and (${rowVersion}::int is null or e.row_version = ${rowVersion})
    returning ${summary}, e.raw_data, e.metadata`;
  return rows[0] ?? null;
}

/** False when there was nothing to change. */
export async function setEntryTrashed(
  sql: Sql,
  actor: Actor,
  id: EntryId,
  trashed: boolean,
): Promise<boolean> {
  const rows = await sql`
    update journal_entries set deleted_at = case when ${trashed} then now() end
    where id = ${id} and owner_id = ${actor.userId} and (deleted_at is null) = ${trashed}
    returning id`;
  return rows.length === 1;
}

/** Where a page of the list begins. Microseconds, since a Date would cut them off. */
export interface EntryKey {
  occurredMicros: number;
  id: EntryId;
}

/** What narrows a list of entries; undefined for all. */
export interface EntryFilter {
  type?: EntryType | undefined;
  from?: Date | undefined;
  /** Not included. */
  to?: Date | undefined;
  /** JSON that the entry must hold, as `@>` understands it. */
  contains?: { value: unknown } | undefined;
  /** SQL/JSON path that must find something in the entry. */
  path?: string | undefined;
  /** Words in websearch syntax. */
  words?: string | undefined;
  /** The trash instead of what is live. */
  trashed: boolean;
}

export interface ListedEntry extends EntrySummary {
  occurredMicros: number;
  /** The text around the found words with marks; null when no words were looked for. */
  marked: string | null;
}

/** By time, newest first, one more than `limit`: behind the entry `after`, or behind the first `offset`. */
export async function listEntries(
  sql: Sql,
  actor: Actor,
  filter: EntryFilter,
  page: { after: EntryKey | null; offset: number; limit: number },
): Promise<ListedEntry[]> {
  const { after } = page;
  const behind =
    after === null
      ? fragment``
      : fragment`and (e.occurred_at, e.id) < (
          timestamptz 'epoch' + ${after.occurredMicros}::bigint * interval '1 microsecond', ${after.id}::uuid)`;
  return sql<ListedEntry>`
    select ${summary}, (extract(epoch from e.occurred_at) * 1000000)::bigint as occurred_micros,
      ${markedText(filter.words)} as marked
    from journal_entries e
    where e.owner_id = ${actor.userId} ${conditions(filter)} ${behind}
    order by e.occurred_at desc, e.id desc
    limit ${literalInteger(page.limit + 1)} ${offsetBy(page.offset)}`;
}

function conditions(filter: EntryFilter) {
  const { type, from, to, contains, path, words } = filter;
  const live = filter.trashed
    ? fragment`and e.deleted_at is not null`
    : fragment`and e.deleted_at is null`;
  const ofType = type === undefined ? fragment`` : fragment`and e.entry_type = ${type}`;
  const since = from === undefined ? fragment`` : fragment`and e.occurred_at >= ${from}`;
  const until = to === undefined ? fragment`` : fragment`and e.occurred_at < ${to}`;
  const holds =
    contains === undefined
      ? fragment``
      : fragment`and e.raw_data @> ${json(contains.value)}::jsonb`;
  const finds = path === undefined ? fragment`` : fragment`and e.raw_data @? ${path}::jsonpath`;
  const says =
    words === undefined
      ? fragment``
      : fragment`and e.search @@ websearch_to_tsquery('docmill', ${words})`;
  return fragment`${live} ${ofType} ${since} ${until} ${holds} ${finds} ${says}`;
}

/** All of a short text with its hits marked, or the best pieces of a longer one. */
function markedText(words: string | undefined) {
  if (words === undefined) return fragment`null`;
  const marks = `StartSel=${hitStart}, StopSel=${hitEnd}`;
  const pieces = 'MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "';
  return fragment`
    ts_headline('docmill', left(journal_words(e.raw_data), 20000),
      websearch_to_tsquery('docmill', ${words}),
      case when length(journal_words(e.raw_data)) <= 300 then ${`HighlightAll=true, ${marks}`}
        else ${`${pieces}, ${marks}`} end)`;
}

/** Throws what PostgreSQL says of a text that is no SQL/JSON path. */
export async function checkPath(sql: Sql, path: string): Promise<void> {
  await sql`select ${path}::jsonpath`;
}
