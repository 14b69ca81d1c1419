import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeCursor, decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import { changedMeanwhile, versionToEdit } from '#kernel/edit-tag.ts';
import type { FolderId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Folder, FoundFolder, ListedFolder, PathStep, TreeFolder } from './folder.ts';
import { folderNotFound } from './folder.ts';
import {
  findPath,
  listFolders,
  listSubtree,
  listTrashedFolders,
  searchFolders,
} from './folder-list-repository.ts';
import {
  deleteTrashedFolder,
  findFolder,
  insertFolder,
  lockTree,
  restoreSubtree,
  trashSubtree,
  updateFolder,
} from './folder-repository.ts';

export interface FolderDeps {
  database: Database;
}

export interface FolderWithPath {
  folder: Folder;
  /** From Home to the folder itself. */
  path: PathStep[];
}

/** Throws `folder.not_found`, also for what belongs to somebody else. */
export async function getFolder(
  deps: FolderDeps,
  actor: Actor,
  id: FolderId,
): Promise<FolderWithPath> {
  const sql = deps.database.as(actor);
  const [folder, path] = await Promise.all([
    findFolder(sql, actor, id, { trashed: true }),
    findPath(sql, actor, id),
  ]);
  return { folder: folder ?? raise(folderNotFound(id)), path };
}

export interface FolderQuery {
  /** null for Home. */
  parentId: FolderId | null;
  trashed: boolean;
  cursor: string | undefined;
  offset: number;
  limit: number;
}

/** The folders directly in a folder by name, or the trash, newest first. Throws `folder.not_found` or `cursor.invalid`. */
export async function getFolderPage(
  deps: FolderDeps,
  actor: Actor,
  query: FolderQuery,
): Promise<{ items: ListedFolder[]; nextCursor: string | null }> {
  const sql = deps.database.as(actor);
  const { cursor, offset, limit, parentId } = query;
  if (query.trashed) {
    const before = cursor === undefined ? null : decodeIdCursor(cursor);
    const rows = await listTrashedFolders(sql, actor, { before, offset, limit });
    return pageOf(rows, limit, (folder) => [folder.id]);
  }
  const after = cursor === undefined ? null : String(decodeCursor(cursor, 1)[0]);
  const rows = await listFolders(sql, actor, { parentId, after, offset, limit });
  if (rows.length === 0 && parentId !== null) await requireFolder(sql, actor, parentId);
  return pageOf(rows, limit, (folder) => [folder.name]);
}

/** The folders below one and itself, or the whole tree (null). Throws `folder.not_found`. */
export async function getSubtree(
  deps: FolderDeps,
  actor: Actor,
  query: { from: FolderId | null; depth: number; limit: number },
): Promise<TreeFolder[]> {
  const rows = await listSubtree(deps.database.as(actor), actor, query);
  if (rows.length === 0 && query.from !== null) throw folderNotFound(query.from);
  return rows;
}

/** Live folders of the actor whose name holds the letters, each with its path. */
export async function findFolders(
  deps: FolderDeps,
  actor: Actor,
  query: { words: string; limit: number },
): Promise<FoundFolder[]> {
  return searchFolders(deps.database.as(actor), actor, query);
}

/** Throws `folder.not_found` (the parent), `folder.name_taken`, `folder.name_invalid` or `folder.too_deep`. */
export async function createFolder(
  deps: FolderDeps,
  actor: Actor,
  wish: { name: string; parentId: FolderId | null },
): Promise<FolderWithPath> {
  const id = newId<FolderId>();
  await changeTree(deps, actor, async (sql) => {
    if (wish.parentId !== null) await requireFolder(sql, actor, wish.parentId);
    await insertFolder(sql, actor, { id, ...wish });
  });
  return getFolder(deps, actor, id);
}

/**
 * Renames, moves, or both. `ifMatch` is the ETag the editor saw. Throws `folder.not_found`, `folder.name_taken`,
 * `folder.inside_itself`, `folder.too_deep`, or `request.precondition_failed` when somebody edited meanwhile.
 */
export async function editFolder(
  deps: FolderDeps,
  actor: Actor,
  id: FolderId,
  change: { name?: string | undefined; parentId?: FolderId | null | undefined },
  ifMatch: string | undefined,
): Promise<FolderWithPath> {
  await changeTree(deps, actor, async (sql) => {
    const folder = await requireFolder(sql, actor, id);
    const rowVersion = versionToEdit(ifMatch, folder, folder.name);
    const { parentId } = change;
    if (parentId !== undefined && parentId !== null) await requireFolder(sql, actor, parentId);
    const changed = await updateFolder(sql, actor, id, change, rowVersion);
    if (!changed) throw changedMeanwhile(folder.name);
  });
  return getFolder(deps, actor, id);
}

/** Puts a folder with all below it into the trash; documents return to Home. Throws `folder.not_found`. */
export async function trashFolder(
  deps: FolderDeps,
  actor: Actor,
  id: FolderId,
): Promise<{ folders: number; documents: number }> {
  return changeTree(deps, actor, async (sql) => {
    const moved = await trashSubtree(sql, actor, id);
    if (moved.folders === 0) throw folderNotFound(id);
    return moved;
  });
}

/** Takes a folder out of the trash with what went in with it. Throws `folder.not_found` or `folder.name_taken`. */
export async function restoreFolder(
  deps: FolderDeps,
  actor: Actor,
  id: FolderId,
): Promise<FolderWithPath> {
  await changeTree(deps, actor, async (sql) => {
    if ((await restoreSubtree(sql, actor, id)) === 0) throw folderNotFound(id);
  });
  return getFolder(deps, actor, id);
}

/** Deletes a trashed folder for good. Throws `folder.not_found`, also for one that is not in the trash. */
export async function purgeFolder(deps: FolderDeps, actor: Actor, id: FolderId): Promise<void> {
  await changeTree(deps, actor, async (sql) => {
    if (!(await deleteTrashedFolder(sql, actor, id))) throw folderNotFound(id);
  });
}

/** Changes of one owner's tree wait for each other; those of different owners do not. */
function changeTree<Result>(
  deps: FolderDeps,
  actor: Actor,
  work: (sql: Transaction) => Promise<Result>,
): Promise<Result> {
  return deps.database.transaction(
    async (sql) => {
      await lockTree(sql, actor);
      return work(sql);
    },
    { actor },
  );
}

async function requireFolder(
  sql: Parameters<typeof findFolder>[0],
  actor: Actor,
  id: FolderId,
): Promise<Folder> {
  return (await findFolder(sql, actor, id)) ?? raise(folderNotFound(id));
}
