import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlobStore } from '#blobs/blob-store.ts';
import { createMemoryBlobStore } from '#blobs/memory-blob-store.ts';
import { silentLogger } from '#kernel/logger.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import { storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { createBlobPurger } from './blob-purger.ts';

let clone: TestDatabase;
let blobs: BlobStore;
let publisher: OutboxPublisher;
beforeAll(async () => {
  clone = await createTestDatabase();
  blobs = createMemoryBlobStore();
  const handlers = { 'blob.purge': createBlobPurger(blobs) };
  publisher = new OutboxPublisher({ database: clone.database, handlers, logger: silentLogger });
});
afterAll(() => clone.close());

/** A document whose bytes are in the store under the id of the blob, as factories name it. */
async function storeWithBytes() {
  const document = await storeDocument(clone.database);
  await blobs.put(document.blobId, Readable.from([Buffer.from('bytes')]));
  return document;
}

test('bytes go when their row is to be purged, and the row says so', async () => {
  const { sql } = clone.database;
  const { blobId } = await storeWithBytes();
  await publisher.tick('blob.purge');
  expect(await blobs.stat(blobId)).not.toBeNull();
  await sql`update blobs set state = 'purging' where id = ${blobId}`;
  expect(await publisher.tick('blob.purge')).toBe(1);
  expect(await blobs.stat(blobId)).toBeNull();
  expect(await sql`select state from blobs where id = ${blobId}`).toEqual([{ state: 'purged' }]);
});

test('bytes go when their row is gone', async () => {
  const { documentId, blobId } = await storeWithBytes();
  await clone.database.transaction(async (sql) => {
    await sql`delete from documents where id = ${documentId}`;
    await sql`delete from blobs where id = ${blobId}`;
  });
  expect(await publisher.tick('blob.purge')).toBe(1);
  expect(await blobs.stat(blobId)).toBeNull();
});

test('bytes of another store stay, and the event waits', async () => {
  const { sql } = clone.database;
  const { blobId } = await storeWithBytes();
  await sql`update blobs set bucket = 'elsewhere' where id = ${blobId}`;
  await sql`update blobs set state = 'purging' where id = ${blobId}`;
  expect(await publisher.tick('blob.purge')).toBe(0);
  expect(await blobs.stat(blobId)).not.toBeNull();
});
