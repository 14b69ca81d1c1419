import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getEntry, listEntries } from '#api/journal-api.ts';
import type { JournalSearch } from './journal-search.ts';

/** Entries by time, newest first, in pages of 30. */
export function entriesQuery({ q, type, trash }: JournalSearch) {
  return infiniteQueryOptions({
    queryKey: ['journal', { q, type, trash }],
    queryFn: ({ pageParam, signal }) =>
      listEntries({ q, type, trashed: trash, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One entry with its ETag. Never taken anew while it is edited. */
export function entryQuery(entryId: string) {
  return queryOptions({
    queryKey: ['journal-entry', entryId],
    queryFn: ({ signal }) => getEntry(entryId, signal),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
}
