import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getTimetable, listTimetables } from '#api/timetable-api.ts';

/** Timetables, newest first, in pages of 50. */
export const timetablesQuery = infiniteQueryOptions({
  queryKey: ['timetables'],
  queryFn: ({ pageParam, signal }) => listTimetables({ cursor: pageParam, limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** One timetable with its blocks. */
export function timetableQuery(timetableId: string) {
  return queryOptions({
    queryKey: ['timetable', timetableId],
    queryFn: ({ signal }) => getTimetable(timetableId, signal),
  });
}
