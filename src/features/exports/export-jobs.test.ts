import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { localOwner } from '#features/identity/index.ts';
import { cancelJob, getJob } from '#features/jobs/index.ts';
import type { DocumentId, ExportId, JobId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Worker } from '#queue/worker.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import {
  type TestApp,
  type TestParts,
  makeWorker,
  openParts,
  startApp,
  workOff,
} from '#test/support/start-app.ts';

import type { ExportFormat } from './export.ts';
import { createExport, getExport, openExportFile } from './export-service.ts';
import { countExpiredFiles, purgeExpiredFiles } from './export-repository.ts';
import { exportWithFilesSchema } from './export-schema.ts';

let parts: TestParts;
let app: TestApp;
let worker: Worker;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  worker = makeWorker(parts);
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

const store = async (pages: number): Promise<DocumentId> => {
  const readings = Array.from({ length: pages }, (_, n) => makeReading(n + 1, `page ${n + 1}`));
  const { documentId } = await storeDocument(parts.database, { title: 'Ledger', pages: readings });
  return documentId;
};

async function inBackground(formats: ExportFormat[], pages = 2) {
  const made = await createExport(parts, localOwner, await store(pages), {
    type: 'full',
    formats,
    selection: null,
    overrideReason: null,
    background: true,
  });
  if (made.jobId === null) throw new Error('no job was made');
  return { id: made.record.id, jobId: made.jobId, made };
}

const see = (id: ExportId) => getExport(parts, localOwner, id);
const job = (id: JobId) => getJob(parts, localOwner, id);

test('a long document is exported by a worker: the answer is 202 with the job', async () => {
  const documentId = await store(51);
  const answer = await fetch(`${app.url}/v1/documents/${documentId}/exports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ formats: ['txt', 'json', 'md'] }),
  });
  expect(answer.status).toBe(202);
  const accepted = exportWithFilesSchema.parse(await answer.json());
  const jobId = asId<JobId>(accepted.jobId ?? '');
  expect(answer.headers.get('location')).toBe(`/v1/jobs/${jobId}`);
  expect(accepted).toMatchObject({ status: 'pending' });
  expect(await job(jobId)).toMatchObject({
    kind: 'export',
    status: 'queued',
    documentId,
    documentTitle: 'Ledger',
    pagesTotal: 153,
  });
  await workOff(worker);
  expect(await job(jobId)).toMatchObject({ status: 'completed', progress: 100, pagesDone: 153 });
  const id = asId<ExportId>(accepted.id);
  const { record, files } = await see(id);
  expect(record).toMatchObject({ status: 'completed', formats: ['json', 'md', 'txt'] });
  expect(files.map((file) => file.itemCount)).toEqual([51, 51, 51]);
  const opened = await openExportFile(parts, localOwner, id, 'txt');
  expect(await text(opened.stream)).toContain('page 51');
});

test('a short document is exported at once, unless the wish says otherwise', async () => {
  const wish = { type: 'full', formats: ['txt'], selection: null, overrideReason: null } as const;
  const quick = await createExport(parts, localOwner, await store(2), wish);
  expect(quick).toMatchObject({ jobId: null, record: { status: 'completed' } });
  const forced = await createExport(parts, localOwner, await store(51), {
    ...wish,
    background: false,
  });
  expect(forced).toMatchObject({ jobId: null, record: { status: 'completed' } });
});

test('a file that cannot be made fails the job and no other file; a retry makes it anew', async () => {
  // The document has no bytes, so the searchable PDF has nothing to begin with.
  const { id, jobId } = await inBackground(['pdf', 'txt']);
  for (let round = 0; round < 10 && (await job(jobId)).completedAt === null; round += 1) {
    await parts.database.sql`update processing_queue set run_at = now() where status = 'ready'`;
    await workOff(worker);
  }
  expect(await job(jobId)).toMatchObject({ status: 'failed', deadItems: 1 });
  const { files } = await see(id);
  expect(files).toMatchObject([
    { format: 'pdf', errorCode: expect.any(String) },
    { format: 'txt', errorCode: null, itemCount: 2 },
  ]);
  const again = await fetch(`${app.url}/v1/jobs/${jobId}/retry`, { method: 'POST' });
  expect(again.status).toBe(202);
  expect((await see(id)).files).toMatchObject([{ errorCode: null, finishedAt: null }, {}]);
});

test('an export that is cancelled says so in its files, and nothing of it is made later', async () => {
  const { id, jobId } = await inBackground(['txt', 'md']);
  await cancelJob(parts, localOwner, jobId);
  await workOff(worker);
  const { record, files } = await see(id);
  expect(record.status).toBe('failed');
  expect(files.map((file) => file.errorCode)).toEqual(['job.cancelled', 'job.cancelled']);
});

test('a worker that was lost after it made a file leaves one file and no stored bytes besides', async () => {
  const { id, jobId } = await inBackground(['txt']);
  // Another worker takes the item away while this one is at it: what it made is refused.
  const claimed = worker.tick();
  await claimed;
  await parts.database.sql`
    update processing_queue set lease_token = lease_token + 1, status = 'ready', lease_owner = null,
      lease_expires_at = null where job_id = ${jobId}`;
  await worker.idle();
  await workOff(worker);
  expect(await job(jobId)).toMatchObject({ status: 'completed' });
  expect((await see(id)).files).toMatchObject([{ format: 'txt', errorCode: null }]);
  const stored = await parts.database.sql`
    select from blobs b join export_files f on f.blob_id = b.id where f.export_id = ${id} and b.state = 'stored'`;
  expect(stored).toHaveLength(1);
});

test('the bytes of exports past their date are given up, but for those under a legal hold', async () => {
  const { id } = await inBackground(['txt', 'md']);
  await workOff(worker);
  const { sql } = parts.database;
  const later = new Date(Date.now() + 40 * 86_400_000);
  const due = await countExpiredFiles(sql, later);
  expect(due.free).toBeGreaterThanOrEqual(2);
  expect(await countExpiredFiles(sql, new Date())).toEqual({ free: 0, held: 0 });
  await sql`
    insert into legal_holds (id, user_id, reason, placed_by)
    values (gen_random_uuid(), ${localOwner.userId}, 'a case', 'test')`;
  expect(await countExpiredFiles(sql, later)).toEqual({ free: 0, held: due.free });
  expect(await purgeExpiredFiles(sql, later, 100)).toBe(0);
  await sql`update legal_holds set released_at = now()`;
  expect(await purgeExpiredFiles(sql, later, 100)).toBe(due.free);
  const told = await sql`
    select from outbox o join export_files f on f.blob_id::text = o.key
    where o.topic = 'blob.purge' and f.export_id = ${id}`;
  expect(told).toHaveLength(2);
});
