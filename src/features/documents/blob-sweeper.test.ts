import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import type { BlobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { BlobSweeper } from './blob-sweeper.ts';
import { insertPendingBlob, markBlobFailed } from './document-repository.ts';
import { acceptUpload } from './upload-service.ts';

let parts: TestParts;
let sweeper: BlobSweeper;
beforeAll(async () => {
  parts = await openParts();
  sweeper = new BlobSweeper({ ...parts, pendingMs: 60_000 });
});
afterAll(() => parts.close());

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

async function leftOver(bytes: boolean): Promise<BlobId> {
  const id = newId<BlobId>();
  const blob = { id, bucket: 'local', objectKey: id, mediaType: 'application/pdf' } as const;
  await insertPendingBlob(parts.database.sql, localOwner, blob);
  if (bytes) await parts.blobs.put(id, Readable.from([Buffer.from('x')]));
  return id;
}

async function stateOf(id: BlobId): Promise<unknown> {
  const rows = await parts.database.sql`select state from blobs where id = ${id}`;
  return rows[0]?.['state'];
}

test('bytes of an upload that never ended go when it is old enough', async () => {
  const id = await leftOver(true);
  expect(await sweeper.tick()).toBe(0);
  expect(await stateOf(id)).toBe('pending');
  expect(await sweeper.tick(minutes(2))).toBe(1);
  expect(await stateOf(id)).toBe('purged');
  expect(await parts.blobs.stat(id)).toBeNull();
  expect(await sweeper.tick(minutes(2))).toBe(0);
});

test('a refused upload is cleared at once, with or without bytes', async () => {
  const ids = [await leftOver(true), await leftOver(false)];
  for (const id of ids) await markBlobFailed(parts.database.sql, id);
  expect(await sweeper.tick()).toBe(2);
  for (const id of ids) {
    expect(await stateOf(id)).toBe('purged');
    expect(await parts.blobs.stat(id)).toBeNull();
  }
});

test('what interrupted writes left in the folder goes as well', async () => {
  const folder = path.join(parts.folder, 'blobs', 'tmp');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'half'), 'x');
  expect(await sweeper.tick()).toBe(0);
  expect(await sweeper.tick(minutes(2))).toBe(1);
});

test('the bytes of a document stay, however old', async () => {
  const pdf = await makePdf([{ width: 100, height: 100 }]);
  const { documentId } = await acceptUpload(parts, localOwner, 'a.pdf', Readable.from([pdf]));
  expect(await sweeper.tick(minutes(1_000_000))).toBe(0);
  const [row] = await parts.database.sql<{ objectKey: string; state: string }>`
    select b.object_key, b.state from blobs b join document_versions v on v.blob_id = b.id
    where v.document_id = ${documentId}`;
  expect(row?.state).toBe('stored');
  expect(await parts.blobs.stat(row?.objectKey ?? '')).toMatchObject({ sizeBytes: pdf.length });
});
