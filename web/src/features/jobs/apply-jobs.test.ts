import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Document } from '#api/api-model.ts';
import { applyJobs, mapItems } from './apply-jobs.ts';
import { documentStatusOf, withJob } from './job-state.ts';
import { sampleJob } from './sample-job.ts';

const ledger: Document = {
  id: 'd1',
  title: 'Ledger',
  status: 'uploaded',
  folderId: null,
  metadata: {},
  originalName: 'ledger.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1,
  sha256: '',
  versionId: 'v1',
  versionNumber: 1,
  pageCount: null,
  confidence: null,
  documentType: null,
  language: null,
  findings: null,
  createdAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-20T10:00:00Z',
  processedAt: null,
  deletedAt: null,
  permission: 'owner',
  job: sampleJob({ status: 'queued', pagesTotal: null, pagesDone: 0 }),
};

function clientWithLedger(): QueryClient {
  const client = new QueryClient();
  client.setQueryData(['documents', {}], {
    pages: [{ items: [ledger], nextCursor: null }],
    pageParams: [undefined],
  });
  client.setQueryData(['document', 'd1'], ledger);
  return client;
}

test('a snapshot moves the document in the list and on its page', () => {
  const client = clientWithLedger();
  applyJobs(client, [sampleJob({ pagesDone: 4 })]);
  const document = client.getQueryData<Document>(['document', 'd1']);
  expect(document).toMatchObject({ status: 'processing', pageCount: 10 });
  expect(document?.job?.pagesDone).toBe(4);
  expect(client.getQueryData(['documents', {}])).toMatchObject({
    pages: [{ items: [{ status: 'processing' }] }],
  });
});

test('lists are read again for a new run and for one that ended, not for progress', () => {
  const client = clientWithLedger();
  expect(applyJobs(client, [sampleJob()])).toBe(true);
  expect(applyJobs(client, [sampleJob({ pagesDone: 2 })])).toBe(false);
  expect(applyJobs(client, [sampleJob({ pagesDone: 10, status: 'completed' })])).toBe(true);
  expect(applyJobs(client, [sampleJob({ pagesDone: 10, status: 'completed' })])).toBe(false);
});

test('an older run does not overwrite a newer one', () => {
  const newer = sampleJob({ id: 'j2', queuedAt: '2026-11-20T11:00:00Z' });
  const document = { ...ledger, job: newer };
  expect(withJob(document, sampleJob({ status: 'failed' }))).toBe(document);
});

test.each([
  ['queued', 'uploaded', 'uploaded'],
  ['queued', 'processing', 'processing'],
  ['running', 'uploaded', 'processing'],
  ['completed', 'processing', 'completed'],
  ['failed', 'processing', 'failed'],
  ['paused', 'uploaded', 'processing'],
  ['cancelled', 'completed', 'completed'],
] as const)('a run that is %s makes a document that was %s %s', (status, before, after) => {
  expect(documentStatusOf(sampleJob({ status }), before)).toBe(after);
});

test('a list in which nothing changed stays the same object', () => {
  const pages = { pages: [{ items: [1, 2], nextCursor: null }], pageParams: [] };
  expect(mapItems(pages, (item) => item)).toBe(pages);
  expect(mapItems(undefined, (item) => item)).toBeUndefined();
});
