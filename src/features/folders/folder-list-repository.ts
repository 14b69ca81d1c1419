import type { Sql } from '#db/database.ts';
import { fragment, literalInteger } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { FolderId } from '#kernel/ids.ts';
import type { FoundFolder, ListedFolder, PathStep, TreeFolder } from './folder.ts';
import { countLimit } from './folder.ts';

const columns = fragment`
  f.id, f.owner_id, f.parent_id, f.name, f.row_version, f.created_at, f.updated_at, f.deleted_at,
  (select count(*) from (
    select from folders c where c.parent_id = f.id and c.deleted_at is null limit ${literalInteger(countLimit)}
  ) inside) as folder_count,
  (select count(*) from (
    select from documents d where d.owner_id = f.owner_id and d.folder_id = f.id and d.deleted_at is null
    limit ${literalInteger(countLimit)}
  ) inside) as document_count`;

/**
 * The live folders directly in a folder (null: Home), by name, one more than `limit`.
 * `after` is the name of the last one seen: names of siblings differ.
 */
export async function listFolders(
  sql: Sql,
  actor: Actor,
  query: { parentId: FolderId | null; after: string | null; offset: number; limit: number },
): Promise<ListedFolder[]> {
  // Two texts, because an index serves `is null` and `=` but not what means either.
  const parent =
    query.parentId === null
      ? fragment`f.parent_id is null`
      : fragment`f.parent_id = ${query.parentId}`;
  const after =
    query.after === null ? fragment`` : fragment`and lower(f.name) > lower(${query.after})`;
  return sql<ListedFolder>`
    select ${columns} from folders f
    where f.owner_id = ${actor.userId} and ${parent} and f.deleted_at is null ${after}
    order by lower(f.name)
    limit ${literalInteger(query.limit + 1)} offset ${query.offset}`;
}

/** Trashed folders that do not lie in one trashed with them, newest folder first, one more than `limit`. */
export async function listTrashedFolders(
  sql: Sql,
  actor: Actor,
  query: { before: string | null; offset: number; limit: number },
): Promise<ListedFolder[]> {
  const before = query.before === null ? fragment`` : fragment`and f.id < ${query.before}::uuid`;
  return sql<ListedFolder>`
    select ${columns} from folders f
    where f.owner_id = ${actor.userId} and f.deleted_at is not null ${before}
      and not exists (
        select from folders p where p.id = f.parent_id and p.deleted_at = f.deleted_at
      )
    order by f.id desc
    limit ${literalInteger(query.limit + 1)} offset ${query.offset}`;
}

/** The way from Home to a folder, itself last; empty when it is not there. */
export async function findPath(sql: Sql, actor: Actor, id: FolderId): Promise<PathStep[]> {
  return sql<PathStep>`
    with recursive up as (
      select f.id, f.name, f.parent_id, 0 as height from folders f
      where f.id = ${id} and f.owner_id = ${actor.userId}
      union all
      select f.id, f.name, f.parent_id, up.height + 1
      from up join folders f on f.id = up.parent_id where up.height < 64
    )
    select id, name from up order by height desc`;
}

/**
 * The live folders below a folder and itself, or all of the actor's (null), parents before children and by name.
 * At most `limit`, so that a tree of any size can be asked for.
 */
export async function listSubtree(
  sql: Sql,
  actor: Actor,
  query: { from: FolderId | null; depth: number; limit: number },
): Promise<TreeFolder[]> {
  const start =
    query.from === null ? fragment`f.parent_id is null` : fragment`f.id = ${query.from}`;
  return sql<TreeFolder>`
    with recursive down as (
      select f.id, f.parent_id, f.name, 0 as depth, array[f.name] as path, array[lower(f.name)] as place
      from folders f
      where f.owner_id = ${actor.userId} and ${start} and f.deleted_at is null
      union all
      select f.id, f.parent_id, f.name, down.depth + 1, down.path || f.name, down.place || lower(f.name)
      from down cross join lateral (
        -- Fenced off: the planner takes an owner for one of few folders, and would look through all of them for each level.
        select c.id, c.parent_id, c.name from folders c
        where c.owner_id = ${actor.userId} and c.parent_id = down.id and c.deleted_at is null offset 0
      ) f
      where down.depth < ${query.depth}
    )
    select id, parent_id, name, depth, path from down
    order by place limit ${literalInteger(query.limit)}`;
}

/**
 * Live folders anywhere whose name holds the letters, whatever their case: the exact name first, then short names.
 * Every folder of the actor is looked at, which is quick up to the hundred thousand an owner may have.
 */
export async function searchFolders(
  sql: Sql,
  actor: Actor,
  query: { words: string; limit: number },
): Promise<FoundFolder[]> {
  return sql<FoundFolder>`
    with recursive
    -- 1. what is found
    found as (
      select f.id, f.parent_id, f.name from folders f
      where f.owner_id = ${actor.userId} and f.deleted_at is null
        and position(lower(${query.words}) in lower(f.name)) > 0
      order by length(f.name), lower(f.name), f.id
      limit ${literalInteger(query.limit)}
    ),
    -- 2. the way of each up to Home
    up as (
      select found.id, found.parent_id, found.name, 0 as height from found
      union all
      select up.id, f.parent_id, f.name, up.height + 1
      from up join folders f on f.id = up.parent_id where up.height < 64
    )
    select found.id, found.parent_id, found.name, array_agg(up.name order by up.height desc) as path
    from found join up on up.id = found.id
    group by found.id, found.parent_id, found.name
    order by length(found.name), lower(found.name), found.id`;
}
