import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { FolderId } from '#kernel/ids.ts';
import type { Folder } from './folder.ts';

const columns = fragment`
  f.id, f.owner_id, f.parent_id, f.name, f.row_version, f.created_at, f.updated_at, f.deleted_at`;

/**
 * Makes the changes of one owner's tree wait for each other until the transaction ends. What is checked after it (the
 * parent is live, no cycle) stays true; the guard of the schema takes the same lock.
 */
export async function lockTree(sql: Sql, actor: Actor): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('folders:' || ${actor.userId}::uuid::text, 0))`;
}

/** null when it is not there, not the actor's, or (unless asked for) in the trash. */
export async function findFolder(
  sql: Sql,
  actor: Actor,
  id: FolderId,
  options: { trashed?: boolean } = {},
): Promise<Folder | null> {
  const rows = await sql<Folder>`
    select ${columns} from folders f
    where f.id = ${id} and f.owner_id = ${actor.userId}
      and (${options.trashed ?? false} or f.deleted_at is null)`;
  return rows[0] ?? null;
}

/** Throws `folder.name_taken`, `folder.name_invalid`, `folder.not_found` (the parent) or `folder.too_deep`. */
export async function insertFolder(
  sql: Sql,
  actor: Actor,
  folder: { id: FolderId; parentId: FolderId | null; name: string },
): Promise<void> {
  await sql`
    insert into folders (id, owner_id, parent_id, name)
    values (${folder.id}, ${actor.userId}, ${folder.parentId}, ${folder.name})`;
}

/**
 * Renames or moves; undefined leaves as it is. False when the folder changed since `rowVersion`.
 * Throws `folder.name_taken`, `folder.name_invalid`, `folder.inside_itself` or `folder.too_deep`.
 */
export async function updateFolder(
  sql: Sql,
  actor: Actor,
  id: FolderId,
  change: { name?: string | undefined; parentId?: FolderId | null | undefined },
  rowVersion: number | null,
): Promise<boolean> {
  const name = change.name === undefined ? fragment`` : fragment`name = ${change.name}`;
  const both = change.name !== undefined && change.parentId !== undefined;
  const parent =
    change.parentId === undefined ? fragment`` : fragment`parent_id = ${change.parentId}::uuid`;
  const rows = await sql`
    update folders set ${name} ${both ? fragment`,` : fragment``} ${parent}
    where id = ${id} and owner_id = ${actor.userId} and deleted_at is null
      and (${rowVersion}::int is null or row_version = ${rowVersion})
    returning id`;
  return rows.length === 1;
}

/**
 * Puts a folder and all below it into the trash; documents inside return to Home. Resolves to how many of each.
 * All folders of one call carry the same time, which is how restoring knows what went together.
 */
export async function trashSubtree(
  sql: Sql,
  actor: Actor,
  id: FolderId,
): Promise<{ folders: number; documents: number }> {
  const rows = await sql<{ folders: number; documents: number }>`
    with recursive
    -- 1. the folder and all live ones below it
    subtree as (
      select f.id from folders f
      where f.id = ${id} and f.owner_id = ${actor.userId} and f.deleted_at is null
      union all
      select f.id from subtree join folders f on f.parent_id = subtree.id where f.deleted_at is null
    ),
    -- 2. go into the trash
    trashed as (
      update folders set deleted_at = now() where id in (select id from subtree) returning id
    ),
    -- 3. while their documents, live or trashed, return to Home
    homed as (
      update documents set folder_id = null
      where owner_id = ${actor.userId} and folder_id in (select id from subtree) returning id
    )
    select (select count(*) from trashed) as folders, (select count(*) from homed) as documents`;
  return rows[0] ?? { folders: 0, documents: 0 };
}

/**
 * Takes a folder out of the trash with what went in with it; under Home when its parent is not live.
 * Resolves to how many came back. Throws `folder.name_taken` when the name has been given away.
 */
export async function restoreSubtree(sql: Sql, actor: Actor, id: FolderId): Promise<number> {
  const rows = await sql`
    with recursive subtree as (
      select f.id, f.deleted_at from folders f
      where f.id = ${id} and f.owner_id = ${actor.userId} and f.deleted_at is not null
      union all
      -- "is not distinct" keeps the index of the trash out, which would be read whole for each folder.
      select f.id, f.deleted_at from subtree join folders f
        on f.parent_id = subtree.id and f.deleted_at is not distinct from subtree.deleted_at
    )
    update folders f set
      deleted_at = null,
      parent_id = case
        when f.id <> ${id} then f.parent_id
        when exists (select from folders p where p.id = f.parent_id and p.deleted_at is null) then f.parent_id
      end
    where f.id in (select id from subtree)
    returning f.id`;
  return rows.length;
}

/** Deletes a trashed folder for good, with the folders in it. False when it is not in the trash. */
export async function deleteTrashedFolder(sql: Sql, actor: Actor, id: FolderId): Promise<boolean> {
  const rows = await sql`
    delete from folders where id = ${id} and owner_id = ${actor.userId} and deleted_at is not null
    returning id`;
  return rows.length === 1;
}

/**
 * How much of a chain of names below a folder (null: Home) is there: the ids of its live folders, in order, up to the
 * first that is missing. Names are compared in any case.
 */
export async function findChain(
  sql: Sql,
  actor: Actor,
  start: FolderId | null,
  names: readonly string[],
): Promise<FolderId[]> {
  // Two texts, because an index serves `is null` and `=` but not what means either.
  const first = start === null ? fragment`f.parent_id is null` : fragment`f.parent_id = ${start}`;
  const rows = await sql<{ id: FolderId }>`
    with recursive
    -- 1. the names, as siblings differ in them
    wanted as materialized (
      select depth, lower(name) as key from unnest(${names}::text[]) with ordinality as named (name, depth)
    ),
    -- 2. one look into the index for each
    chain as (
      select f.id, wanted.depth
      from wanted cross join lateral (
        select f.id from folders f
        where f.owner_id = ${actor.userId} and ${first} and f.name_key = wanted.key and f.deleted_at is null limit 1
      ) f
      where wanted.depth = 1
      union all
      select f.id, wanted.depth
      from chain join wanted on wanted.depth = chain.depth + 1 cross join lateral (
        select f.id from folders f
        where f.owner_id = ${actor.userId} and f.parent_id = chain.id and f.name_key = wanted.key
          and f.deleted_at is null limit 1
      ) f
    )
    select id from chain order by depth`;
  return rows.map((row) => row.id);
}
