import type { Document, DocumentStatus, Job, JobStatus } from '#api/api-model.ts';

const openStatuses: ReadonlySet<JobStatus> = new Set(['queued', 'running', 'paused']);

/** True while the run can still change by itself; one in review waits for a person. */
export function isOpen(job: Job): boolean {
  return openStatuses.has(job.status);
}

/** True when stopping the run means something. */
export function canCancel(job: Job): boolean {
  return isOpen(job) || job.status === 'in_review';
}

export function canPause(job: Job): boolean {
  return job.status === 'queued' || job.status === 'running';
}

/** True when parts were set aside although the run as a whole goes on. */
export function canRedrive(job: Job): boolean {
  return isOpen(job) && job.deadItems > 0;
}

export function canRetry(job: Job): boolean {
  return job.status === 'failed';
}

/** Status of a document as its newest run makes it. */
export function documentStatusOf(job: Job, before: DocumentStatus): DocumentStatus {
  switch (job.status) {
    case 'queued':
      return before === 'processing' ? 'processing' : 'uploaded';
    case 'running':
    case 'paused':
      return 'processing';
    case 'in_review':
    case 'completed':
    case 'failed':
      return job.status;
    case 'cancelled':
      return before;
  }
}

/** Puts a newer state of its run into a document; a run of another document changes nothing. */
export function withJob(document: Document, job: Job): Document {
  if (document.id !== job.documentId) return document;
  if (document.job && document.job.id !== job.id && document.job.queuedAt > job.queuedAt) {
    return document;
  }
  return {
    ...document,
    job,
    status: documentStatusOf(job, document.status),
    pageCount: document.pageCount ?? job.pagesTotal,
  };
}
