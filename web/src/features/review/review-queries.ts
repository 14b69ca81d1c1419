import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getReviewTask, listReviewTasks } from '#api/review-api.ts';

/** Open questions, most urgent first. */
export function reviewQueueQuery() {
  return infiniteQueryOptions({
    queryKey: ['review', 'queue'],
    queryFn: ({ pageParam, signal }) => listReviewTasks({ cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One question. */
export function reviewTaskQuery(taskId: string) {
  return queryOptions({
    queryKey: ['review', 'task', taskId],
    queryFn: ({ signal }) => getReviewTask(taskId, signal),
  });
}
