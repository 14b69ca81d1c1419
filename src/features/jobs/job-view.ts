import type { HistoryEntry, ProcessingJob } from './job.ts';
import { paceOf } from './job.ts';
import type { JobView } from './job-schema.ts';

/** The job as the API shows it; pace and time left are counted up to `now`. */
export function presentJob(job: ProcessingJob, now: Date = new Date()): JobView {
  return {
    id: job.id,
    documentId: job.documentId,
    documentTitle: job.documentTitle,
    kind: job.kind,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    pagesTotal: job.pagesTotal,
    pagesDone: job.pagesDone,
    ...paceOf(job, now),
    attempts: job.attempts,
    errorCode: job.errorCode,
    errorMessage: job.errorMessage,
    queuedAt: job.queuedAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    completedAt: job.completedAt?.toISOString() ?? null,
  };
}

export function presentHistory(entry: HistoryEntry) {
  return { ...entry, createdAt: entry.createdAt.toISOString() };
}
