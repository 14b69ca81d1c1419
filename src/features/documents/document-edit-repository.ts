import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { SqlFragment } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, FolderId, UserId } from '#kernel/ids.ts';

/** What people change of a document; undefined leaves a field as it is. */
export interface DocumentChange {
  title?: string | undefined;
  /** null moves it to Home. */
  folderId?: FolderId | null | undefined;
  /** Replaces what was noted before. */
  metadata?: Record<string, unknown> | undefined;
}

/**
 * False when the document is not there, in the trash, or changed since `rowVersion`.
 * Throws `folder.not_found` for a folder that is not the owner's, `document.title_invalid` or `document.metadata_invalid`.
 */
export async function updateDocument(
  sql: Sql,
  ownerId: UserId,
  id: DocumentId,
  change: DocumentChange,
  rowVersion: number | null,
): Promise<boolean> {
  const settings: SqlFragment[] = [];
  if (change.title !== undefined) settings.push(fragment`title = ${change.title}`);
  if (change.folderId !== undefined) settings.push(fragment`folder_id = ${change.folderId}::uuid`);
  if (change.metadata !== undefined) settings.push(fragment`metadata = ${json(change.metadata)}`);
  const [first, ...rest] = settings;
  if (first === undefined) return true;
  const all = rest.reduce((done, next) => fragment`${done}, ${next}`, first);
  const rows = await sql`
    update documents set ${all}
    where id = ${id} and owner_id = ${ownerId} and deleted_at is null
      and (${rowVersion}::int is null or row_version = ${rowVersion})
    returning id`;
  return rows.length === 1;
}

/** True when a folder is there, the actor's, and not in the trash; it stays so until the transaction ends. */
export async function keepFolderLive(sql: Sql, actor: Actor, id: FolderId): Promise<boolean> {
  const rows = await sql`
    select from folders where id = ${id} and owner_id = ${actor.userId} and deleted_at is null
    for share`;
  return rows.length === 1;
}

/**
 * Deletes documents that are in the trash with their versions, pages, zones, jobs and exports, and leaves the bytes that
 * nothing else holds to the sweeper. `only` narrows to an owner, or to what went into the trash before a time.
 * Resolves to how many documents there were.
 */
export async function deleteTrashedDocuments(
  sql: Transaction,
  ids: readonly DocumentId[],
  only: { owner?: UserId; trashedBefore?: Date },
): Promise<number> {
  const rows = await sql`
    with
    -- 1. what goes; locked, so that none is restored while its bytes are given up
    gone as (
      select d.id from documents d
      where d.id = any(${ids}::uuid[]) and d.deleted_at is not null
        and (${only.owner ?? null}::uuid is null or d.owner_id = ${only.owner ?? null})
        and (${only.trashedBefore ?? null}::timestamptz is null or d.deleted_at < ${only.trashedBefore ?? null})
      for update
    ),
    -- 2. its bytes: versions that no other document has too, and files of exports
    held as (
      select v.blob_id from document_versions v
      where v.document_id in (select id from gone)
        and not exists (
          select from document_versions other
          where other.blob_id = v.blob_id and other.document_id not in (select id from gone)
        )
      union
      select f.blob_id from export_files f join export_records e on e.id = f.export_id
      where e.document_id in (select id from gone)
    ),
    scheduled as (
      update blobs set state = 'purging'
      where id in (select blob_id from held) and state in ('stored', 'failed') returning id
    )
    -- 3. the rows, with all that hangs on them
    delete from documents d using gone, (select count(*) from scheduled) as counted
    where d.id = gone.id
    returning d.id`;
  return rows.length;
}
