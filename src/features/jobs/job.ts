import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';

export interface ProcessingJob {
  id: JobId;
  ownerId: UserId;
  documentId: DocumentId;
  documentTitle: string;
  versionId: VersionId;
  kind: string;
  status: JobStatus;
  stage: string | null;
  progress: number;
  pagesTotal: number | null;
  pagesDone: number;
  attempts: number;
  errorCode: string | null;
  errorMessage: string | null;
  queuedAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
}

export interface HistoryEntry {
  seq: number;
  action: string;
  status: string | null;
  stage: string | null;
  attempt: number | null;
  durationMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  details: Record<string, unknown>;
  createdAt: Date;
}

/** Channel on which the ids of changed jobs are rung. */
export const jobChannel = 'docmill_jobs';
/** Channel on which work items are announced. */
export const queueChannel = 'docmill_queue';
/** Channel on which the ids of cancelled jobs are rung. */
export const cancelChannel = 'docmill_cancel';

export interface Pace {
  pagesPerSecond: number | null;
  etaSeconds: number | null;
}

/**
 * How fast a job goes and when it will be done, from its mean so far. null until a page is stored;
 * a finished job has a speed but no time left.
 */
export function paceOf(
  job: Pick<ProcessingJob, 'status' | 'pagesDone' | 'pagesTotal' | 'startedAt' | 'completedAt'>,
  now: Date,
): Pace {
  if (!job.startedAt || job.pagesDone === 0) return { pagesPerSecond: null, etaSeconds: null };
  const end = job.completedAt ?? now;
  const seconds = Math.max(0.001, (end.getTime() - job.startedAt.getTime()) / 1000);
  const pagesPerSecond = job.pagesDone / seconds;
  const left = job.pagesTotal === null ? null : Math.max(0, job.pagesTotal - job.pagesDone);
  const running = job.status === 'running';
  return {
    pagesPerSecond: round(pagesPerSecond, 2),
    etaSeconds: running && left !== null ? round(left / pagesPerSecond, 1) : null,
  };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

export function jobNotFound(id: string): AppError {
  return new AppError('job.not_found', `There is no job ${id}.`);
}

export function jobConflict(job: ProcessingJob, wanted: string): AppError {
  return new AppError(
    'job.state_conflict',
    `Job ${job.id} is ${job.status}, so it cannot be ${wanted}.`,
    { details: { status: job.status } },
  );
}
