import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJobHistory, getQueueStats, listJobs } from '#api/docmill-api.ts';
import type { JobStatus } from '#api/api-model.ts';

/** Runs of the pipeline, newest first, in pages of 50. */
export function jobsQuery(status: JobStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ['jobs', { status }],
    queryFn: ({ pageParam, signal }) => listJobs({ status, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What happened during one run. */
export function jobHistoryQuery(jobId: string) {
  return queryOptions({
    queryKey: ['job-history', jobId],
    queryFn: ({ signal }) => getJobHistory(jobId, signal),
  });
}

/** How the queue is; read again now and then, because work moves without a message about it. */
export function queueStatsQuery() {
  return queryOptions({
    queryKey: ['queue-stats'],
    queryFn: ({ signal }) => getQueueStats(signal),
    refetchInterval: 5_000,
  });
}
