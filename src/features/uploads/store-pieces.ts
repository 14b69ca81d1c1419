import type { UploadDeps } from '#features/documents/index.ts';
import { insertPendingBlob, markBlobFailed, markBlobStored } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, UploadId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { uploadTakenOver } from './open-upload.ts';
import { advanceUpload, insertPiece } from './open-upload-repository.ts';
import { PieceReader } from './piece-reader.ts';

/** A kill loses at most this much of what was sent; an S3 part is as large. */
const pieceBytes = 8 * 1024 * 1024;

/**
 * Appends a stream to an upload, piece by piece, each durable before it is counted. A stream that breaks leaves what
 * came of it, and its error is thrown on. Resolves to the new offset.
 * Throws `upload.taken_over` when another request has the turn, `upload.invalid` for too many pieces, or `blob.*`.
 */
export async function appendBytes(
  deps: UploadDeps,
  actor: Actor,
  place: { uploadId: UploadId; turn: string; offset: number },
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const reader = new PieceReader(source);
  let offset = place.offset;
  while (await reader.hasMore()) {
    offset += await storePiece(deps, actor, { ...place, offset }, reader.take(pieceBytes));
  }
  if (reader.failure) throw reader.failure.error;
  return offset;
}

async function storePiece(
  deps: UploadDeps,
  actor: Actor,
  place: { uploadId: UploadId; turn: string; offset: number },
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  const blobId = newId<BlobId>();
  await insertPendingBlob(deps.database.as(actor), actor, {
    id: blobId,
    bucket: deps.blobs.name,
    objectKey: blobId,
    mediaType: 'application/octet-stream',
    purpose: 'upload',
  });
  try {
    const stored = await deps.blobs.put(blobId, bytes);
    const { uploadId, turn, offset: startByte } = place;
    const { sizeBytes } = stored;
    await deps.database.transaction(
      async (sql) => {
        const number = await advanceUpload(sql, actor, { uploadId, turn, startByte, sizeBytes });
        if (number === null) throw uploadTakenOver();
        await markBlobStored(sql, blobId, stored);
        await insertPiece(sql, actor, { uploadId, number, sizeBytes, blobId });
      },
      { actor },
    );
    return sizeBytes;
  } catch (error) {
    // The sweeper takes the bytes; a row that cannot be reached now ages into the sweep.
    await markBlobFailed(deps.database.as(actor), blobId).catch(() => undefined);
    throw error;
  }
}
