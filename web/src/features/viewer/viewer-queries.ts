import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getPage, listPages, searchPages } from '#api/docmill-api.ts';
import { stretchPages } from '#features/jobs/page-stretch.ts';

/** Sizes of one stretch of pages; `stretch` counts from 0. */
export function pageSizesQuery(documentId: string, stretch: number) {
  return queryOptions({
    queryKey: ['page-sizes', documentId, stretch],
    queryFn: ({ signal }) =>
      listPages(documentId, { from: stretch * stretchPages + 1, limit: stretchPages }, signal),
    staleTime: 60_000,
  });
}

/** Zones of one page. */
export function pageQuery(documentId: string, number: number) {
  return queryOptions({
    queryKey: ['page', documentId, number],
    queryFn: ({ signal }) => getPage(documentId, number, signal),
    staleTime: 60_000,
  });
}

/** Places inside one document where the words stand, in page order. */
export function documentHitsQuery(documentId: string, q: string) {
  return infiniteQueryOptions({
    queryKey: ['document-hits', documentId, q],
    queryFn: ({ pageParam, signal }) =>
      searchPages({ q, documentId, cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q !== '',
  });
}
