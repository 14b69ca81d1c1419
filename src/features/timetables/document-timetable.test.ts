import { createReadStream } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import {
  type TestApp,
  type TestParts,
  makeWorker,
  openParts,
  startApp,
  workOff,
} from '#test/support/start-app.ts';

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

const samples = path.resolve(import.meta.dirname, '../../../samples');

async function make(documentId: string, body: unknown = {}) {
  const answer = await fetch(`${app.url}/v1/documents/${documentId}/timetable`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const data: unknown = await answer.json();
  return { status: answer.status, data };
}

const madeSchema = z.object({
  timetable: z.looseObject({
    id: z.string(),
    name: z.string(),
    blocks: z.array(
      z.looseObject({
        day: z.string(),
        startTime: z.string(),
        endTime: z.string(),
        name: z.string(),
      }),
    ),
  }),
  reasons: z.array(z.string()),
  leftOut: z.array(z.unknown()),
});

test('the timetable of the samples becomes a week', async () => {
  const name = 'school-timetable.pdf';
  const { documentId } = await acceptUpload(
    parts,
    localOwner,
    name,
    createReadStream(path.join(samples, name)),
  );
  await workOff(makeWorker(parts));
  const { status, data } = await make(documentId, { year: 2026 });
  expect(status).toBe(201);
  const { timetable, reasons, leftOut } = madeSchema.parse(data);
  expect(timetable).toMatchObject({
    name: 'school-timetable',
    status: 'draft',
    source: 'document',
    year: 2026,
  });
  expect(timetable['documents']).toMatchObject([{ id: documentId }]);
  const lines = timetable.blocks.map(
    (block) => `${block.day} ${block.startTime}-${block.endTime} ${block.name}`,
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'monday 08:45-09:00 Registration and reading',
      'monday 09:00-10:00 Mathematics',
      'wednesday 10:00-11:00 Music',
      'friday 11:20-12:20 French',
      'thursday 12:20-13:15 Lunch',
    ]),
  );
  expect(reasons.join(' ')).toContain(
    'The columns are days: monday, tuesday, wednesday, thursday, friday.',
  );
  expect(leftOut).toEqual([]);
});

test('a document without a table of days and times gives none, and says why', async () => {
  const { documentId } = await storeDocument(parts.database, {
    pages: [makeReading(1, 'Dear Ada')],
  });
  expect(await make(documentId)).toMatchObject({
    status: 422,
    data: { code: 'timetable.no_table', detail: expect.stringContaining('it holds no table') },
  });
});

test('a document that is not read, not there or not yours gives none', async () => {
  const { documentId } = await storeDocument(parts.database);
  expect(await make(documentId)).toMatchObject({
    status: 409,
    data: { code: 'document.not_ready' },
  });
  const stranger = await insertUser(parts.database);
  const other = await storeDocument(parts.database, {}, stranger);
  expect(await make(other.documentId)).toMatchObject({
    status: 404,
    data: { code: 'document.not_found' },
  });
});
