import { ApiError } from './api-error.ts';
import type { Folder, FoundFolder, List, ListedFolder } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists the folders of a folder (null: Home) by name, or with `trashed` the trash, newest first. */
export async function listFolders(
  query: {
    parentId?: string | null;
    trashed?: boolean;
    cursor?: string | undefined;
    limit: number;
  },
  signal?: AbortSignal,
): Promise<List<ListedFolder>> {
  const { parentId, ...rest } = query;
  const { data } = await sendRequest<List<ListedFolder>>('/v1/folders', {
    query: { ...rest, parentId: parentId ?? undefined },
    ...(signal && { signal }),
  });
  return data;
}

/** Finds folders at any depth by letters of their name. */
export async function searchFolders(q: string, signal: AbortSignal): Promise<FoundFolder[]> {
  const { data } = await sendRequest<{ items: FoundFolder[] }>('/v1/folders/search', {
    query: { q, limit: 50 },
    signal,
  });
  return data.items;
}

/** Reads one folder with its path; also one in the trash. */
export async function getFolder(folderId: string, signal: AbortSignal): Promise<Folder> {
  const { data } = await sendRequest<Folder>(folderPath(folderId), { signal });
  return data;
}

/** Makes a folder in another one (null: Home). */
export async function createFolder(wish: {
  name: string;
  parentId: string | null;
}): Promise<Folder> {
  const { data } = await sendRequest<Folder>('/v1/folders', { method: 'POST', body: wish });
  return data;
}

/**
 * Gives a folder another name, only if it still has the name the user saw.
 * @throws ApiError `request.precondition_failed` when somebody changed it.
 */
export async function renameFolder(
  folderId: string,
  change: { from: string; to: string },
): Promise<Folder> {
  const { data: now, etag } = await sendRequest<Folder>(folderPath(folderId));
  if (now.name !== change.from) throw new ApiError(412, { code: 'request.precondition_failed' });
  const { data } = await sendRequest<Folder>(folderPath(folderId), {
    method: 'PATCH',
    body: { name: change.to },
    ...(etag !== null && { ifMatch: etag }),
  });
  return data;
}

/** Puts a folder with all that is in it into another one (null: Home). */
export async function moveFolder(folderId: string, parentId: string | null): Promise<void> {
  await sendRequest(folderPath(folderId), { method: 'PATCH', body: { parentId } });
}

/** Moves a folder with the folders in it to the trash; answers how many documents returned to Home. */
export async function trashFolder(folderId: string): Promise<{ documents: number }> {
  const { data } = await sendRequest<{ documents: number }>(folderPath(folderId), {
    method: 'DELETE',
  });
  return data;
}

/** Takes a folder out of the trash, with the folders that went in with it. */
export async function restoreFolder(folderId: string): Promise<void> {
  await sendRequest(`${folderPath(folderId)}/restore`, { method: 'POST' });
}

/** Deletes a trashed folder for good. */
export async function purgeFolder(folderId: string): Promise<void> {
  await sendRequest(`${folderPath(folderId)}/purge`, { method: 'POST' });
}

function folderPath(folderId: string): string {
  return `/v1/folders/${encodeURIComponent(folderId)}`;
}
