import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { findReadingSettings, getJob } from '#features/jobs/index.ts';
import type { DocumentId, VersionId } from '#kernel/ids.ts';
import { type FakePage, fakeEngines, letterBoxes } from '#pipeline/fake-engines.ts';
import { asRecognised, setColumn, textLayerPage } from '#pipeline/sample-words.ts';
import { insertUser } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { startRun } from './run-service.ts';

let parts: TestParts;
let pdf: Uint8Array;
beforeAll(async () => {
  parts = await openParts();
  pdf = await makePdf([{ width: 100, height: 100 }]);
});
afterAll(() => parts.close());
afterEach(async () => {
  await parts.database.sql`delete from documents`;
});

const lines = setColumn({ left: 50, top: 60, widthPt: 480, lines: 10, firstWord: 1 });
const page: FakePage = {
  layer: textLayerPage(lines.flat()),
  ink: letterBoxes(lines.flat()),
  recognised: asRecognised(lines),
};

/** A document of four text pages, read once. */
async function readDocument() {
  const { documentId, jobId } = await acceptUpload(
    parts,
    localOwner,
    'a.pdf',
    Readable.from([pdf]),
  );
  const { engines, calls } = fakeEngines([page, page, page, page]);
  const worker = makeWorker(parts, { engines });
  await workOff(worker);
  const { versionId, status } = await getJob(parts, localOwner, jobId);
  expect(status).toBe('completed');
  if (versionId === null) throw new Error('the run has no version');
  return { documentId, versionId, worker, calls };
}

async function sourcesOf(versionId: VersionId): Promise<string[]> {
  const rows = await parts.database.sql<{ source: string }>`
    select text_source as source from pages where version_id = ${versionId} order by number`;
  return rows.map((row) => row.source);
}

async function statusOf(documentId: DocumentId): Promise<string | undefined> {
  const [row] = await parts.database.sql<{ status: string }>`
    select status from documents where id = ${documentId}`;
  return row?.status;
}

test('one page is read again with other settings, and the others stay', async () => {
  const { documentId, versionId, worker, calls } = await readDocument();
  const job = await startRun(parts, localOwner, documentId, {
    pages: { from: 3, to: 3 },
    settings: { forceOcr: true, ocrDpi: 300, languages: ['deu', 'eng'] },
    priority: 4,
  });
  expect(job).toMatchObject({ status: 'queued', pagesTotal: 1, priority: 4 });
  await workOff(worker);
  expect(await sourcesOf(versionId)).toEqual([
    'text_layer',
    'text_layer',
    'local_ocr',
    'text_layer',
  ]);
  expect(calls.render.map((call) => [call.page, call.dpi])).toContainEqual([3, 300]);
  expect(calls.recognise[0]?.options.languages).toEqual(['deu', 'eng']);
  expect(await getJob(parts, localOwner, job.id)).toMatchObject({
    status: 'completed',
    pagesDone: 1,
    progress: 100,
  });
  expect(await statusOf(documentId)).toBe('completed');
});

test('a run over a part does not pass for how the whole document was read', async () => {
  const { documentId, versionId, worker } = await readDocument();
  await startRun(parts, localOwner, documentId, {
    pages: { from: 1, to: 1 },
    settings: { forceOcr: true },
  });
  await workOff(worker);
  expect(await findReadingSettings(parts.database.sql, versionId)).toMatchObject({
    forceOcr: false,
  });
  await startRun(parts, localOwner, documentId, { settings: { forceOcr: true } });
  await workOff(worker);
  expect(await findReadingSettings(parts.database.sql, versionId)).toMatchObject({
    forceOcr: true,
  });
  expect(await sourcesOf(versionId)).toEqual(Array.from({ length: 4 }, () => 'local_ocr'));
});

test('the last stage is run again alone', async () => {
  const { documentId, worker, calls } = await readDocument();
  calls.readText.length = 0;
  const job = await startRun(parts, localOwner, documentId, { stage: 'validate' });
  await workOff(worker);
  expect(calls.readText).toEqual([]);
  expect(await getJob(parts, localOwner, job.id)).toMatchObject({
    status: 'completed',
    stage: 'validate',
    pagesTotal: 0,
  });
});

test('a document that is being read, or is not there, is refused', async () => {
  const { documentId } = await readDocument();
  await startRun(parts, localOwner, documentId, {});
  await expect(startRun(parts, localOwner, documentId, {})).rejects.toMatchObject({
    code: 'job.state_conflict',
  });
  const stranger = await insertUser(parts.database);
  await expect(startRun(parts, stranger, documentId, {})).rejects.toMatchObject({
    code: 'document.not_found',
  });
});

test('pages that the owner may have no more of are not read again', async () => {
  const { documentId } = await readDocument();
  const usageLimits = { pagesPerMonth: 5, storedBytes: null, queriesPerDay: null };
  const again = startRun({ ...parts, usageLimits }, localOwner, documentId, {});
  await expect(again).rejects.toMatchObject({
    code: 'usage.limit_reached',
    details: { limit: 'pagesPerMonth', allowed: 5 },
  });
  const one = { pages: { from: 1, to: 1 } };
  const fits = { ...usageLimits, pagesPerMonth: 1_000 };
  await startRun({ ...parts, usageLimits: fits }, localOwner, documentId, one);
});
