import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Document, List } from '#api/api-model.ts';

type Pages = InfiniteData<List<Document>>;

/** Puts a new document on top of the lists of all documents and of its folder, so that it shows at once. */
export function addToLibrary(queryClient: QueryClient, document: Document): void {
  addToList(queryClient, {}, document);
  addToList(queryClient, { folderId: document.folderId ?? 'home' }, document);
}

function addToList(queryClient: QueryClient, view: object, document: Document): void {
  queryClient.setQueryData<Pages>(['documents', view], (pages) => {
    const [first, ...rest] = pages?.pages ?? [];
    if (!pages || !first || first.items.some((item) => item.id === document.id)) return pages;
    return { ...pages, pages: [{ ...first, items: [document, ...first.items] }, ...rest] };
  });
}

/** Takes a document out of every list on screen, before the server has answered. */
export function removeFromLists(queryClient: QueryClient, documentId: string): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['documents'] }, (pages) =>
    pages === undefined
      ? undefined
      : {
          ...pages,
          pages: pages.pages.map((page) => ({
            ...page,
            items: page.items.filter((item) => item.id !== documentId),
          })),
        },
  );
}

/** A document any list on screen knows; lets the document page start without waiting. */
export function findInLists(queryClient: QueryClient, documentId: string): Document | undefined {
  for (const [, pages] of queryClient.getQueriesData<Pages>({ queryKey: ['documents'] })) {
    for (const page of pages?.pages ?? []) {
      const found = page.items.find((item) => item.id === documentId);
      if (found) return found;
    }
  }
  return undefined;
}
