import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { searchPages } from '#api/docmill-api.ts';
import type { SearchOrder } from '#api/api-model.ts';

/** Pages that hold the words, over all documents. */
export function searchQuery(q: string, order: SearchOrder) {
  return infiniteQueryOptions({
    queryKey: ['search', q, order],
    queryFn: ({ pageParam, signal }) =>
      searchPages({ q, order, cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}
