import type { BlobLinks, SignedWrite } from '#blobs/blob-links.ts';
import { insertPendingBlob } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { BlobId, UploadId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { FinishUpload } from './finish-upload.ts';
import type { EndedUpload, OpenUpload } from './open-upload.ts';
import { directWriteSeconds, uploadNotFound } from './open-upload.ts';
import { insertPiece } from './open-upload-repository.ts';
import type { NewUpload, OpenUploadDeps } from './open-upload-service.ts';
import { beginUpload, getUpload } from './open-upload-service.ts';

export interface DirectUploadDeps extends OpenUploadDeps {
  /** null where files are not kept in a bucket. */
  blobLinks: BlobLinks | null;
}

/** What a client is told to send, and where. */
export interface DirectUpload {
  upload: OpenUpload;
  write: SignedWrite;
}

/**
 * Begins an upload that the client writes into the bucket itself. The bytes are pending and no part of anything until
 * `completeDirectUpload` has looked at them. Throws `upload.direct_unavailable` and what `beginUpload` throws.
 */
export async function beginDirectUpload(
  deps: DirectUploadDeps,
  actor: Actor,
  wanted: Pick<NewUpload, 'rawName' | 'sizeBytes' | 'wish'> & { sha256: string },
): Promise<DirectUpload> {
  if (deps.blobLinks === null) {
    throw new AppError(
      'upload.direct_unavailable',
      'Files are not kept in a bucket here. Upload through this server: POST /v1/uploads (tus), or a form to POST /v1/documents.',
    );
  }
  const uploadId = newId<UploadId>();
  const blobId = newId<BlobId>();
  const mediaType = 'application/octet-stream';
  const { sizeBytes, sha256 } = wanted;
  const upload = await beginUpload(
    deps,
    actor,
    { ...wanted, id: uploadId, protocol: 'direct', sentMetadata: null },
    async (sql) => {
      const blob = { id: blobId, bucket: deps.blobs.name, objectKey: blobId, mediaType };
      await insertPendingBlob(sql, actor, { ...blob, purpose: 'upload' });
      await insertPiece(sql, actor, { uploadId, number: 1, sizeBytes, blobId });
    },
  );
  const write = await deps.blobLinks.signWrite(blobId, {
    sizeBytes,
    sha256,
    contentType: mediaType,
    seconds: directWriteSeconds,
  });
  return { upload, write };
}

/**
 * Looks at what the client wrote and makes a document of it: the bytes are read, must have the announced size and
 * SHA-256, and are stored anew under a key that the client cannot write to. A wrong one is refused and stays refused.
 * Throws `upload.incomplete` while nothing is there, `upload.not_found` or `upload.expired`.
 */
export async function completeDirectUpload(
  deps: DirectUploadDeps & { finishUpload: FinishUpload },
  actor: Actor,
  id: UploadId,
): Promise<EndedUpload> {
  const upload = await getUpload(deps, actor, id);
  if (upload.protocol !== 'direct') throw uploadNotFound();
  return deps.finishUpload(actor, id);
}
