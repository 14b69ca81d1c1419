import type { Sql } from '#db/database.ts';
import { fragment, literalInteger, offsetBy } from '#db/sql-tag.ts';
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
    query.after === null ? fragment`` : fragment`and f.name_key > lower(${query.after})`;
  // Within, so that nothing is counted inside those that the offset skips; and by the parent, which is one, because for
  // Home the planner would not see otherwise that the index is in order.
  return sql<ListedFolder>`
    select ${columns} from (
      select f.* from folders f
      where f.owner_id = ${actor.userId} and ${parent} and f.deleted_at is null ${after}
      order by f.parent_id, f.name_key
      limit ${literalInteger(query.limit + 1)} offset ${query.offset}
    ) f
    order by f.parent_id, f.name_key`;
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
    limit ${literalInteger(query.limit + 1)} ${offsetBy(query.offset)}`;
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
 * At most `limit`, so that a tree of any size can be asked for: of no folder are more than as many looked at inside.
 */
export async function listSubtree(
  sql: Sql,
  actor: Actor,
  query: { from: FolderId | null; depth: number; limit: number },
): Promise<TreeFolder[]> {
  const most = literalInteger(query.limit);
  const start =
    query.from === null
      ? fragment`f.parent_id is null and f.deleted_at is null order by f.parent_id, f.name_key limit ${most}`
      : fragment`f.id = ${query.from} and f.deleted_at is null`;
  return sql<TreeFolder>`
    with recursive down as (
      select f.id, f.parent_id, f.name, 0 as depth, array[f.name] as path, array[f.name_key] as place
      from (
        select f.id, f.parent_id, f.name, f.name_key from folders f
        where f.owner_id = ${actor.userId} and ${start}
      ) f
      union all
      select f.id, f.parent_id, f.name, down.depth + 1, down.path || f.name, down.place || f.name_key
      from down cross join lateral (
        -- Fenced off by the limit: the planner takes an owner for one of few folders, and would look through all of them for each level.
        select c.id, c.parent_id, c.name, c.name_key from folders c
        where c.owner_id = ${actor.userId} and c.parent_id = down.id and c.deleted_at is null
        order by c.name_key limit ${most}
      ) f
      where down.depth < ${query.depth}
    )
    select id, parent_id, name, depth, path from down
    order by place limit ${most}`;
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
      select f.id, f.parent_id, f.name, f.name_key from folders f
      where f.owner_id = ${actor.userId} and f.deleted_at is null
        and position(lower(${query.words}) in f.name_key) > 0
      order by length(f.name), f.name_key, f.id
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
