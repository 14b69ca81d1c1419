import { queryOptions } from '@tanstack/react-query';
import { type SharedObject, listAccess, listShares } from '#api/share-api.ts';

/** Living shares of a document or a folder. */
export function sharesQuery(object: SharedObject) {
  return queryOptions({
    queryKey: ['shares', object],
    queryFn: ({ signal }) => listShares(object, signal),
    staleTime: 0,
  });
}

/** Who can see a document, and why. */
export function accessQuery(documentId: string) {
  return queryOptions({
    queryKey: ['shares', 'access', documentId],
    queryFn: ({ signal }) => listAccess(documentId, signal),
    staleTime: 0,
  });
}
