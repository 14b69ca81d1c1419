import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getDocument, listDocuments } from '#api/docmill-api.ts';
import type { LibrarySearch } from './library-search.ts';

interface DocumentsView extends LibrarySearch {
  /** In this folder, or `home` for what is in none; left out: everywhere. */
  folderId?: string;
  trash?: true;
}

/** Documents of one view of the library, newest first, in pages of 50. */
export function documentsQuery({ status, type, language, folderId, trash }: DocumentsView) {
  return infiniteQueryOptions({
    queryKey: ['documents', { status, type, language, folderId, trash }],
    queryFn: ({ pageParam, signal }) =>
      listDocuments(
        { status, type, language, folderId, trashed: trash === true, cursor: pageParam, limit: 50 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One document. */
export function documentQuery(documentId: string) {
  return queryOptions({
    queryKey: ['document', documentId],
    queryFn: ({ signal }) => getDocument(documentId, signal),
  });
}
