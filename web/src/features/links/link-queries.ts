import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError } from '#api/api-error.ts';
import type { OpenLink } from '#api/api-model.ts';
import { getCurrentLink, listFolderDocuments, openLink } from '#api/link-api.ts';

const storageKey = 'docmill.link';

/** What a link shares. A reload does not open it again: that would count as a use, and ask for the password. */
export function linkQuery(token: string) {
  return queryOptions({
    queryKey: ['link', token],
    queryFn: ({ signal }) => findLink(token, signal),
    staleTime: Infinity,
    retry: false,
  });
}

/** Opens a link with its password, and gives what it shares. */
export async function openWithPassword(token: string, password: string): Promise<OpenLink> {
  await openLink({ token, password });
  sessionStorage.setItem(storageKey, token);
  return getCurrentLink();
}

/** Documents of one shared folder, newest first, in pages of 50. */
export function folderDocumentsQuery(folderId: string) {
  return infiniteQueryOptions({
    queryKey: ['link-documents', folderId],
    queryFn: ({ pageParam, signal }) =>
      listFolderDocuments(folderId, { cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

async function findLink(token: string, signal: AbortSignal): Promise<OpenLink> {
  if (sessionStorage.getItem(storageKey) === token) {
    try {
      return await getCurrentLink(signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      sessionStorage.removeItem(storageKey);
    }
  }
  await openLink({ token });
  sessionStorage.setItem(storageKey, token);
  return getCurrentLink(signal);
}
