import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { refusalSentence, sniffMediaType } from '#engines/sniff-media-type.ts';
import type { Actor } from '#features/identity/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { createExtractJob } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { BlobId, DocumentId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { cleanFileName, titleFromFileName } from './document.ts';
import {
  findDuplicate,
  insertDocument,
  insertPendingBlob,
  markBlobFailed,
  markBlobStored,
} from './document-repository.ts';
import type { PeekedStream } from './upload-stream.ts';
import { limitBytes, peekHead, watchForBreak } from './upload-stream.ts';

export interface UploadDeps {
  database: Database;
  blobs: BlobStore;
  bells: JobBells;
  logger: Logger;
  maxUploadBytes: number;
}

export interface AcceptedUpload {
  documentId: DocumentId;
  jobId: JobId;
  duplicateOf: DocumentId | null;
}

/**
 * Takes one file in: its type is decided by its first bytes, it is hashed on the way to the blob store,
 * and when the bytes are durable one transaction makes document, version, job and first work item.
 * When this resolves nothing can lose the document any more; when it throws nothing is kept.
 *
 * Throws `upload.empty`, `upload.type_unsupported`, `upload.too_large`, `upload.interrupted`,
 * `blob.write_failed`, or what the database reports.
 */
export async function acceptUpload(
  deps: UploadDeps,
  actor: Actor,
  rawName: string,
  source: AsyncIterable<Uint8Array>,
): Promise<AcceptedUpload> {
  const fileName = cleanFileName(rawName);
  const peeked = await peekHead(watchForBreak(source, fileName));
  const mediaType = await requireMediaType(fileName, peeked);
  const blobId = newId<BlobId>();
  const objectKey = blobId;
  await insertPendingBlob(deps.database.sql, actor, {
    id: blobId,
    bucket: deps.blobs.name,
    objectKey,
    mediaType,
  });
  try {
    const limited = limitBytes(peeked.stream, deps.maxUploadBytes, fileName);
    const stored = await deps.blobs.put(objectKey, limited);
    return await storeDocument(deps, actor, fileName, blobId, stored);
  } catch (error) {
    await giveUpBlob(deps, blobId);
    throw error;
  }
}

/** Closes the source before it refuses. */
async function requireMediaType(fileName: string, peeked: PeekedStream): Promise<MediaType> {
  const { head } = peeked;
  if (head.length === 0) {
    throw new AppError('upload.empty', `"${fileName}" is empty: it holds no bytes.`);
  }
  const sniffed = await sniffMediaType(head, fileName);
  if ('mediaType' in sniffed) return sniffed.mediaType;
  await peeked.close();
  throw new AppError('upload.type_unsupported', refusalSentence(`"${fileName}"`, sniffed), {
    details: { fileName },
  });
}

async function storeDocument(
  deps: UploadDeps,
  actor: Actor,
  fileName: string,
  blobId: BlobId,
  stored: { sha256: string; sizeBytes: number },
): Promise<AcceptedUpload> {
  const documentId = newId<DocumentId>();
  const versionId = newId<VersionId>();
  const title = titleFromFileName(fileName);
  return deps.database.transaction(async (sql) => {
    await markBlobStored(sql, blobId, stored);
    await insertDocument(sql, actor, {
      id: documentId,
      versionId,
      blobId,
      title,
      originalName: fileName,
    });
    const jobId = await createExtractJob(sql, deps.bells, actor, versionId);
    const duplicateOf = await findDuplicate(sql, actor, stored.sha256, documentId);
    return { documentId, jobId, duplicateOf };
  });
}

/** Lets the sweeper remove the bytes. If even this fails, the row stays pending and ages into the sweep. */
async function giveUpBlob(deps: UploadDeps, blobId: BlobId): Promise<void> {
  try {
    await markBlobFailed(deps.database.sql, blobId);
  } catch (error) {
    deps.logger.warn({ blobId, error }, 'upload.blob_left_pending');
  }
}
