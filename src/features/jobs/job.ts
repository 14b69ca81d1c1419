import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, EntryId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';

export interface ProcessingJob {
  id: JobId;
  ownerId: UserId;
  /** Document, title and version are null for a run over a journal entry. */
  documentId: DocumentId | null;
  documentTitle: string | null;
  versionId: VersionId | null;
  /** null for a run over a document. */
  entryId: EntryId | null;
  /** What it works on: the title of the document, or how the entry begins. */
  title: string;
  kind: string;
  status: JobStatus;
  stage: string | null;
  progress: number;
  /** Larger first. */
  priority: number;
  /** Pages this run is to read; null until the file is classified. */
  pagesTotal: number | null;
  pagesDone: number;
  /** Pages stored before the present stretch of work. */
  pagesBefore: number;
  /** Parts that were set aside; a redrive tries them anew. */
  deadItems: number;
  attempts: number;
  errorCode: string | null;
  errorMessage: string | null;
  queuedAt: Date;
  startedAt: Date | null;
  /** When the present stretch of work began: the start, or the last retry or resume. */
  resumedAt: Date | null;
  completedAt: Date | null;
  /** When its row was last changed; the event id of its snapshot. */
  updatedAt: Date;
}

/** Where a run differs from reading the whole document with the settings of the server. */
export interface JobOptions {
  settings?: Partial<ReadingSettings>;
  /** Only this stage, and what follows from it. */
  stage?: string;
  /** Only these pages, 1-based and inclusive. */
  pages?: { from: number; to: number };
  /** Also pages that a person has worked on are replaced by what is read of them now. */
  replaceCorrections?: boolean;
}

/** Priorities a user may give; new runs have 0. */
export const priorityRange = { least: -10, most: 10 } as const;

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
/** Channel on which the ids of jobs are rung whose running work is to stop: cancelled or paused. */
export const cancelChannel = 'docmill_cancel';

export interface Pace {
  pagesPerSecond: number | null;
  etaSeconds: number | null;
}

/**
 * How fast a job goes and when it will be done, from the mean of its present stretch of work: pages read before a
 * retry or a pause count for nothing. null until a page is stored; a finished job has a speed but no time left.
 */
export function paceOf(
  job: Pick<
    ProcessingJob,
    'status' | 'pagesDone' | 'pagesBefore' | 'pagesTotal' | 'resumedAt' | 'completedAt'
  >,
  now: Date,
): Pace {
  const pages = job.pagesDone - job.pagesBefore;
  if (!job.resumedAt || pages <= 0) return { pagesPerSecond: null, etaSeconds: null };
  const end = job.completedAt ?? now;
  const seconds = Math.max(0.001, (end.getTime() - job.resumedAt.getTime()) / 1000);
  const pagesPerSecond = pages / seconds;
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
