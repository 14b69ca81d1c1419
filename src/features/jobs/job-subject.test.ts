import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

async function subjectOf(jobId: string): Promise<unknown> {
  return (await fetch(`${app.url}/v1/jobs/${jobId}/subject`)).json();
}

/** A timetable that comes from a document. */
async function link(name: string, documentId: string): Promise<string> {
  const answer = await fetch(`${app.url}/v1/timetables`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, year: 2026, documentIds: [documentId] }),
  });
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

test('a job tells the names of its document and of the timetables that come from it', async () => {
  const { documentId, jobId } = await storeDocument(parts.database, { title: 'Plan of the year' });
  const id = await link('From the plan', documentId);
  expect(await subjectOf(jobId)).toEqual({
    id: jobId,
    kind: 'extract',
    status: 'queued',
    stage: null,
    progress: 0,
    document: { id: documentId, title: 'Plan of the year' },
    entry: null,
    timetables: [{ id, name: 'From the plan' }],
  });
  const stranger = await insertUser(parts.database);
  const other = await storeDocument(parts.database, {}, stranger);
  expect(await subjectOf(other.jobId)).toMatchObject({ status: 404, code: 'job.not_found' });
});

test('a job over a journal entry tells what the entry says', async () => {
  const [entryId, jobId] = [
    '018f0000-0000-7000-8000-00000000e001',
    '018f0000-0000-7000-8000-00000000e002',
  ];
  const owner = '00000000-0000-7000-8000-000000000001';
  await parts.database.sql`
    insert into journal_entries (id, owner_id, raw_data) values (${entryId}, ${owner}, '"A day by the river"')`;
  await parts.database.sql`
    insert into processing_jobs (id, owner_id, entry_id, kind, requested_by)
    values (${jobId}, ${owner}, ${entryId}, 'analyse', ${owner})`;
  expect(await subjectOf(jobId)).toMatchObject({
    kind: 'analyse',
    document: null,
    entry: { id: entryId, excerpt: 'A day by the river' },
    timetables: [],
  });
  // The same shape as every other run, alone and in the list.
  const shown = {
    id: jobId,
    entryId,
    documentId: null,
    documentTitle: null,
    title: 'A day by the river',
  };
  const read = async (route: string): Promise<unknown> =>
    (await fetch(`${app.url}${route}`)).json();
  expect(await read(`/v1/jobs/${jobId}`)).toMatchObject({ ...shown, pagesTotal: null });
  const { items } = z
    .object({ items: z.array(z.looseObject({ id: z.string() })) })
    .parse(await read('/v1/jobs'));
  expect(items.find((job) => job.id === jobId)).toMatchObject({ ...shown, kind: 'analyse' });
  const cancelled = await fetch(`${app.url}/v1/jobs/${jobId}/cancel`, { method: 'POST' });
  expect(await cancelled.json()).toMatchObject({ id: jobId, status: 'cancelled' });
});
