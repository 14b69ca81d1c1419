import type { QueryClient } from '@tanstack/react-query';
import type { Job } from '#api/api-model.ts';
import { knownJob } from './apply-jobs.ts';

/**
 * Runs over documents that have come to an end, or to a person, since they were last seen; to be asked before the
 * snapshots are applied. The stream begins with the open runs: one that is seen for the first time may wait for a person
 * since yesterday, but when it is at its end, it got there a moment ago.
 */
export function endedRuns(queryClient: QueryClient, jobs: readonly Job[]): Job[] {
  return jobs.filter(({ id, kind, status }) => {
    const before = knownJob(queryClient, id)?.status;
    const isEnd = status === 'completed' || status === 'failed';
    return (
      kind === 'extract' &&
      before !== status &&
      (isEnd || (status === 'in_review' && before !== undefined))
    );
  });
}
