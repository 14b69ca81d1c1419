import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { JobStatus } from '#api/api-model.ts';
import { rememberJobs } from './apply-jobs.ts';
import { endedRuns } from './ended-runs.ts';
import { sampleJob } from './sample-job.ts';

test.each<[before: JobStatus | null, now: JobStatus, isEnded: boolean]>([
  ['running', 'completed', true],
  ['queued', 'failed', true],
  ['running', 'in_review', true],
  ['in_review', 'completed', true],
  [null, 'completed', true],
  [null, 'failed', true],
  // Stands like that since before the page was opened.
  [null, 'in_review', false],
  ['completed', 'completed', false],
  ['in_review', 'in_review', false],
  ['queued', 'running', false],
  ['running', 'cancelled', false],
])('a run that was %s and is %s has ended: %s', (before, now, isEnded) => {
  const queryClient = new QueryClient();
  if (before !== null) rememberJobs(queryClient, [sampleJob({ status: before })]);
  expect(endedRuns(queryClient, [sampleJob({ status: now })])).toHaveLength(isEnded ? 1 : 0);
});

test('an export that is ready is no document that was read', () => {
  const job = sampleJob({ kind: 'export', status: 'completed' });
  expect(endedRuns(new QueryClient(), [job])).toEqual([]);
});
