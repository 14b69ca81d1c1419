import { z } from 'zod';
import type { BlobStore } from '#blobs/blob-store.ts';
import { keepBackupsOut } from '#db/backup/backup-lock.ts';
import { asId } from '#kernel/ids.ts';
import type { BlobId } from '#kernel/ids.ts';
import type { OutboxHandler } from '#queue/outbox-publisher.ts';
import { markBlobPurged } from './document-repository.ts';

const payloadSchema = z.object({ blobId: z.string(), bucket: z.string(), objectKey: z.string() });

/**
 * Removes the bytes of a blob whose row says so or is gone; tells of `blob.purge` in the outbox. Bytes that
 * are in another store than this process has stay until a process comes that has it, and all bytes while a backup runs.
 */
export function createBlobPurger(blobs: BlobStore): OutboxHandler {
  return async ({ payload }, sql) => {
    const { blobId, bucket, objectKey } = payloadSchema.parse(payload);
    if (bucket !== blobs.name) throw new Error(`the bytes are in the store ${bucket}`);
    if (!(await keepBackupsOut(sql))) throw new Error('a backup runs and may need the bytes');
    await blobs.delete(objectKey);
    await markBlobPurged(sql, asId<BlobId>(blobId));
  };
}
