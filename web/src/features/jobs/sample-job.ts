import type { Job } from '#api/api-model.ts';

/** A run for tests: the first page of ten is read. */
export function sampleJob(change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    documentId: 'd1',
    documentTitle: 'Ledger',
    entryId: null,
    title: 'Ledger',
    kind: 'extract',
    status: 'running',
    stage: 'ocr',
    progress: 10,
    priority: 0,
    deadItems: 0,
    pagesTotal: 10,
    pagesDone: 1,
    pagesPerSecond: null,
    etaSeconds: null,
    attempts: 1,
    errorCode: null,
    errorMessage: null,
    queuedAt: '2026-11-20T10:00:00Z',
    startedAt: null,
    completedAt: null,
    ...change,
  };
}
