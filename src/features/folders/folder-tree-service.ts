import type { Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { FolderId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { folderNotFound } from './folder.ts';
import { findChain, findFolder, insertFolder, lockTree } from './folder-repository.ts';

/**
 * The folder at the end of a chain of names below another folder (null: Home), making those that are missing. Part of
 * the transaction of what goes into it; uploads of one owner that need the same new folder wait for each other, so that
 * it is made once. Throws `folder.not_found` for a start that is not a live folder of the actor, `folder.name_invalid`
 * or `folder.too_deep`.
 */
export async function ensureFolderPath(
  sql: Transaction,
  actor: Actor,
  start: FolderId | null,
  names: readonly string[],
): Promise<FolderId | null> {
  if (start === null && names.length === 0) return null;
  await lockTree(sql, actor);
  if (start !== null && !(await findFolder(sql, actor, start))) throw folderNotFound(start);
  const found = await findChain(sql, actor, start, names);
  let folder = found.at(-1) ?? start;
  for (const name of names.slice(found.length)) {
    // One after the other by nature: each lies in the one before.
    const id = newId<FolderId>();
    await insertFolder(sql, actor, { id, parentId: folder, name });
    folder = id;
  }
  return folder;
}
