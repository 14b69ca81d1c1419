import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { localOwner } from '#features/identity/index.ts';
import { listZones } from '#features/zones/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { ExportId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import type { ExportFormat } from './export.ts';
import {
  type ExportWish,
  createExport,
  getExport,
  getExportPage,
  openExportFile,
} from './export-service.ts';

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

const wish = (change: Partial<ExportWish> = {}): ExportWish => ({
  type: 'full',
  formats: ['txt'],
  selection: null,
  overrideReason: null,
  ...change,
});

async function store(...texts: string[][]) {
  const pages = texts.map((paragraphs, index) => makeReading(index + 1, ...paragraphs));
  return storeDocument(parts.database, { title: 'Ledger', pages });
}

async function readFile(id: ExportId, format: ExportFormat): Promise<string> {
  return text((await openExportFile(parts, localOwner, id, format)).stream);
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.catch((reason: unknown) => reason);
  if (!isAppError(error)) throw new Error('nothing was refused', { cause: error });
  return error;
}

describe('an export', () => {
  test('keeps one checked file per format, counts downloads and is told in the history', async () => {
    const { documentId } = await store(['one', 'two'], ['three']);
    const formats: ExportFormat[] = ['txt', 'md', 'json', 'hocr', 'txt'];
    const { record, files } = await createExport(parts, localOwner, documentId, wish({ formats }));
    expect(record).toMatchObject({
      status: 'completed',
      formats: ['hocr', 'json', 'md', 'txt'],
      validationResults: { gate: { selected: 3, processed: 3, failed: 0, passes: true } },
    });
    expect(record.fileSizeBytes).toBe(files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0));
    expect(files.map((file) => file.itemCount)).toEqual([2, 2, 2, 2]);
    expect(files.find((file) => file.format === 'json')?.validationResults).toEqual({
      valid: true,
      schema: 'docmill/1',
      pages: 2,
      problems: [],
    });
    expect(await readFile(record.id, 'txt')).toBe('one\n\ntwo\n\fthree\n');
    await readFile(record.id, 'txt');
    const { items } = await getExportPage(parts, localOwner, documentId, {
      cursor: undefined,
      limit: 10,
    });
    expect(items).toMatchObject([{ id: record.id, downloadCount: 2 }]);
  });

  test('of some pages and zones holds those, with words counted anew', async () => {
    const { documentId, versionId } = await store(['one', 'two three'], ['four'], ['five']);
    const zones = await listZones(parts.database.sql, versionId, 1, 3);
    const selection = { pages: [1, 2], zones: [zones[1]?.id ?? '', zones[2]?.id ?? ''] };
    const { record } = await createExport(
      parts,
      localOwner,
      documentId,
      wish({ type: 'partial', formats: ['txt', 'json'], selection }),
    );
    expect(record.validationResults).toMatchObject({ gate: { selected: 2 } });
    expect(await readFile(record.id, 'txt')).toBe('two three\n\ffour\n');
    const { files } = await getExport(parts, localOwner, record.id);
    expect(files.find((file) => file.format === 'json')?.validationResults).toMatchObject({
      valid: true,
    });
  });

  test.each([
    ['zones_only', { pages: [{ words: [], text: '', zones: [{ content: 'one' }] }] }],
    ['metadata_only', { document: { title: 'Ledger' }, pages: [] }],
  ] as const)('of type %s holds only that, and is valid', async (type, expected) => {
    const { documentId } = await store(['one']);
    const { record, files } = await createExport(
      parts,
      localOwner,
      documentId,
      wish({ type, formats: ['json'] }),
    );
    expect(JSON.parse(await readFile(record.id, 'json'))).toMatchObject(expected);
    expect(files[0]?.validationResults).toMatchObject({ valid: true });
  });

  test('of a document without text is a file all the same', async () => {
    const { documentId } = await store([]);
    const { record } = await createExport(parts, localOwner, documentId, wish());
    expect(record.status).toBe('completed');
  });

  test('whose file cannot be made says why, beside those that could', async () => {
    const { documentId } = await store(['one']);
    const { record, files } = await createExport(
      parts,
      localOwner,
      documentId,
      wish({ formats: ['txt', 'pdf'] }),
    );
    expect(record.status).toBe('failed');
    expect(files).toMatchObject([
      { format: 'pdf', errorCode: 'blob.not_found', objectKey: null },
      { format: 'txt', errorCode: null },
    ]);
    expect((await refusal(readFile(record.id, 'pdf'))).code).toBe('export.not_found');
  });
});

describe('the gate', () => {
  test('holds back what has failed zones, and an override with a reason is kept', async () => {
    const { documentId, versionId } = await store(['one', 'two']);
    await parts.database
      .sql`update zones set status = 'processing' where version_id = ${versionId}`;
    expect((await refusal(createExport(parts, localOwner, documentId, wish()))).code).toBe(
      'export.blocked',
    );
    await parts.database
      .sql`update zones set status = case position when 1 then 'failed' else 'extracted' end where version_id = ${versionId}`;
    const error = await refusal(createExport(parts, localOwner, documentId, wish()));
    expect(error.details).toEqual({ selected: 2, processed: 1, failed: 1 });
    const overrideReason = 'needed for the court today';
    const { record } = await createExport(parts, localOwner, documentId, wish({ overrideReason }));
    expect(record).toMatchObject({
      overrideReason,
      overriddenBy: localOwner.userId,
      status: 'completed',
    });
  });

  test('looks only at what is selected', async () => {
    const { documentId, versionId } = await store(['one'], ['two']);
    await parts.database.sql`
      update zones set status = 'processing' where version_id = ${versionId} and page_number = 2`;
    const partial = wish({ type: 'partial', selection: { pages: [1] } });
    const { record } = await createExport(parts, localOwner, documentId, partial);
    expect(record.status).toBe('completed');
  });

  test('waits for the reading to end', async () => {
    const { documentId } = await storeDocument(parts.database);
    const error = await refusal(createExport(parts, localOwner, documentId, wish()));
    expect(error.code).toBe('document.not_ready');
  });
});

test.each([
  ['full', 'xlsx', 'export.format_unavailable'],
  ['full', 'rag_json', 'export.format_unavailable'],
  ['partial', 'pdf', 'export.invalid'],
  ['text_only', 'json', 'export.invalid'],
] as const)(
  'a %s export as %s is refused with %s and says what is possible',
  async (type, format, code) => {
    const { documentId } = await store(['one']);
    const selection = type === 'partial' ? { pages: [1] } : null;
    const error = await refusal(
      createExport(parts, localOwner, documentId, wish({ type, selection, formats: [format] })),
    );
    expect(error).toMatchObject({
      code,
      details: { field: 'formats', available: expect.any(Array) },
    });
  },
);

test('files past their date are not given out', async () => {
  const { documentId } = await store(['one']);
  const { record } = await createExport(parts, localOwner, documentId, wish());
  await parts.database.sql`
    update export_records set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
    where id = ${record.id}`;
  expect((await refusal(readFile(record.id, 'txt'))).code).toBe('export.expired');
});

test('what belongs to somebody else looks exactly like what is not there', async () => {
  const stranger = await insertUser(parts.database);
  const { documentId } = await store(['one']);
  const { record } = await createExport(parts, localOwner, documentId, wish());
  for (const id of [record.id, newId<ExportId>()]) {
    expect((await refusal(getExport(parts, stranger, id))).code).toBe('export.not_found');
  }
  expect((await refusal(createExport(parts, stranger, documentId, wish()))).code).toBe(
    'document.not_found',
  );
});

test('over HTTP: made, told, downloaded; a selection must go with its type', async () => {
  const { documentId } = await store(['one']);
  const post = (body: object) =>
    fetch(`${app.url}/v1/documents/${documentId}/exports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const made = await post({ formats: ['txt'] });
  expect(made.status).toBe(201);
  const { id } = z.object({ id: z.string() }).parse(await made.json());
  const file = await fetch(`${app.url}/v1/exports/${id}/files/txt`);
  expect(file.headers.get('content-disposition')).toContain('Ledger.txt');
  expect(await file.text()).toBe('one\n');
  expect((await post({ formats: ['txt'], type: 'partial' })).status).toBe(400);
  expect((await post({ formats: ['docx'] })).status).toBe(422);
});
