import type { HistoryEntry, ProcessingJob } from './job.ts';
import { paceOf } from './job.ts';
import type { JobView } from './job-schema.ts';
import { openStatusSchema } from './job-schema.ts';
import type { OpenWork, StagePerformance } from './queue-stats-repository.ts';

/** The job as the API shows it; pace and time left are counted up to `now`. */
export function presentJob(job: ProcessingJob, now: Date = new Date()): JobView {
  return {
    id: job.id,
    documentId: job.documentId,
    documentTitle: job.documentTitle,
    entryId: job.entryId,
    title: job.title,
    kind: job.kind,
    status: job.status,
    stage: job.stage,
    progress: job.progress,
    priority: job.priority,
    pagesTotal: job.pagesTotal,
    pagesDone: job.pagesDone,
    ...paceOf(job, now),
    deadItems: job.deadItems,
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

/** The event id of a snapshot: the moment its job was changed. */
export function jobEventId(job: ProcessingJob): string {
  return String(job.updatedAt.getTime());
}

/** The moment that an event id names; undefined for what is none. */
export function momentOfEvent(id: unknown): Date | undefined {
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? new Date(Number(id)) : undefined;
}

export function presentQueueStats(open: readonly OpenWork[], stages: readonly StagePerformance[]) {
  return {
    open: open.map((work) => ({
      ...work,
      status: openStatusSchema.parse(work.status),
      oldest: work.oldest.toISOString(),
      newest: work.newest.toISOString(),
    })),
    stages: [...stages],
  };
}
