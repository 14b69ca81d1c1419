import type { Transaction } from '#db/database.ts';
import type { JobId, UserId, VersionId } from '#kernel/ids.ts';
import {
  cancelOlderTasks,
  insertTasks,
  listDoubtfulPages,
  listDoubtfulZones,
} from './doubt-repository.ts';
import { type ReviewSettings, wishReviews } from './review-gate.ts';

export interface ReviewedJob {
  jobId: JobId;
  ownerId: UserId;
  versionId: VersionId;
}

/**
 * Asks people about what a finished reading is not sure of, in the transaction that ends it. Resolves to how many
 * questions there are. Those of earlier runs over the version are taken back.
 */
export async function askReviewers(
  sql: Transaction,
  settings: ReviewSettings,
  job: ReviewedJob,
): Promise<number> {
  await cancelOlderTasks(sql, job.versionId, job.jobId);
  if (settings.mode === 'off') return 0;
  const { gates } = settings;
  const pages = await listDoubtfulPages(sql, job.versionId, gates);
  const zones = await listDoubtfulZones(sql, job.versionId, gates, null);
  return insertTasks(sql, job, wishReviews(job.versionId, pages, zones));
}
