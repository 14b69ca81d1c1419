import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getFolder, listFolders, searchFolders } from '#api/folder-api.ts';

/** What the address and the tree call the place of everything that is in no folder. */
export const home = 'home';

/** The id of a folder as the API takes it: null for Home. */
export function folderIdOf(place: string): string | null {
  return place === home ? null : place;
}

/** One folder with its path. */
export function folderQuery(folderId: string) {
  return queryOptions({
    queryKey: ['folders', 'one', folderId],
    queryFn: ({ signal }) => getFolder(folderId, signal),
    enabled: folderId !== home,
  });
}

/** The folders directly in a place, by name. */
export function foldersInQuery(place: string) {
  return infiniteQueryOptions({
    queryKey: ['folders', 'in', place],
    queryFn: ({ pageParam, signal }) =>
      listFolders({ parentId: folderIdOf(place), cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The folders in the trash, newest first. */
export const trashedFoldersQuery = infiniteQueryOptions({
  queryKey: ['folders', 'trash'],
  queryFn: ({ pageParam, signal }) =>
    listFolders({ trashed: true, cursor: pageParam, limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** Folders anywhere whose name holds the letters. */
export function folderSearchQuery(q: string) {
  return queryOptions({
    queryKey: ['folders', 'search', q],
    queryFn: ({ signal }) => searchFolders(q, signal),
    enabled: q !== '',
  });
}
