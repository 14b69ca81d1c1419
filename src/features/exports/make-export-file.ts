import type { Transaction } from '#db/database.ts';
import {
  type Document,
  insertPendingBlob,
  markBlobFailed,
  markBlobStored,
} from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { countUsage } from '#features/usage/index.ts';
import type { SearchableDownloadDeps } from '#features/zones/index.ts';
import type { BlobId, ExportId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { ExportSelection, ExportType, WrittenFormat } from './export.ts';
import { writtenFormats } from './export.ts';
import { finishFile } from './export-repository.ts';
import { writeExport } from './write-export.ts';

export type MakeFileDeps = SearchableDownloadDeps;

export interface WantedFile {
  id: ExportId;
  type: ExportType;
  selection: ExportSelection | null;
  format: WrittenFormat;
}

/** A file whose bytes are durable and whose rows are not written yet. */
export interface MadeFile {
  id: ExportId;
  ownerId: UserId;
  format: WrittenFormat;
  blobId: BlobId;
  stored: { sha256: string; sizeBytes: number };
  itemCount: number | null;
  validationResults: object;
}

/**
 * Writes one file of an export to the store. When it throws, or is stopped, or what it made is never finished, the bytes
 * are swept. Throws what writing throws.
 */
export async function makeFile(
  deps: MakeFileDeps,
  actor: Actor,
  document: Document,
  wanted: WantedFile,
  signal?: AbortSignal,
): Promise<MadeFile> {
  const { id, format } = wanted;
  const sql = deps.database.as(actor);
  const blobId = newId<BlobId>();
  const { mediaType } = writtenFormats[format];
  const blob = { id: blobId, objectKey: blobId, bucket: deps.blobs.name, mediaType };
  await insertPendingBlob(sql, actor, { ...blob, purpose: 'export' });
  try {
    const written = await writeExport(deps, sql, document, wanted);
    const stored = await deps.blobs.put(blobId, stoppable(written.bytes, signal));
    const itemCount = written.pageCount();
    const validationResults = written.check ?? {};
    return { id, ownerId: actor.userId, format, blobId, stored, itemCount, validationResults };
  } catch (error) {
    await markBlobFailed(sql, blobId);
    throw error;
  }
}

/** The rows of a file that was made. */
export async function finishMadeFile(sql: Transaction, made: MadeFile): Promise<void> {
  const { id, format, blobId, stored, ownerId } = made;
  await markBlobStored(sql, blobId, stored);
  await finishFile(sql, id, format, made);
  const bytes = { ownerId, sourceId: blobId, amount: stored.sizeBytes };
  await countUsage(sql, [{ metric: 'storage_bytes', ...bytes }]);
}

async function* stoppable(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    signal?.throwIfAborted();
    yield piece;
  }
}
