import type { Transaction } from '#db/database.ts';
import { type JobBells, completeReviewedJob } from '#features/jobs/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { countOpenTasks } from './review-repository.ts';

/**
 * Completes a job that waited for people, when nothing of it is open any more. The caller has locked the job: of two
 * reviewers who decide its last two questions at the same time, one has to see that nothing is left.
 */
export async function endReviewedJob(
  sql: Transaction,
  bells: JobBells,
  jobId: JobId,
): Promise<void> {
  if ((await countOpenTasks(sql, jobId)) > 0) return;
  if (await completeReviewedJob(sql, jobId)) sql.afterCommit(() => bells.jobs.ring(jobId));
}
