import { Readable } from 'node:stream';
import type { BlobStore, StoredBlob } from '#blobs/blob-store.ts';
import type { Database, Transaction } from '#db/database.ts';
import {
  cleanFileName,
  insertDocument,
  insertPendingBlob,
  markBlobFailed,
  markBlobStored,
  titleFromFileName,
} from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { storePages } from '#features/zones/index.ts';
import type { BlobId, DocumentId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { ImportedReading } from './imported-reading.ts';
import { insertImportRef, insertImportedRun, updateImportedDocument } from './import-repository.ts';
import type { ImportedTask } from './redis-task.ts';

export interface TaskWish {
  source: string;
  externalId: string;
  checksum: string;
  task: ImportedTask;
  /** null without a result: then what the source said of the task is the file. */
  reading: ImportedReading | null;
}

interface NewIds {
  documentId: DocumentId;
  versionId: VersionId;
  blobId: BlobId;
  jobId: JobId;
}

/** Thrown inside the transaction to undo it. */
class TakenOverMeanwhile extends Error {}

/**
 * Makes a document of a task: its file is the text of the result, read into pages and zones; run, status and times
 * are those of the source. False when another import took it over meanwhile; then nothing was made.
 */
export async function storeImportedTask(
  deps: { database: Database; blobs: BlobStore },
  actor: Actor,
  wish: TaskWish,
): Promise<boolean> {
  // The list of documents is sorted by id: what is older shall stand behind what is newer.
  const createdMs = wish.task.created?.ms;
  const ids: NewIds = {
    documentId: newId<DocumentId>(createdMs),
    versionId: newId<VersionId>(createdMs),
    blobId: newId<BlobId>(),
    jobId: newId<JobId>(createdMs),
  };
  const bytes = wish.reading?.bytes ?? Buffer.from(`${JSON.stringify(wish.task.facts, null, 2)}\n`);
  await insertPendingBlob(deps.database.sql, actor, {
    id: ids.blobId,
    bucket: deps.blobs.name,
    objectKey: ids.blobId,
    mediaType: 'text/plain',
  });
  try {
    const stored = await deps.blobs.put(ids.blobId, Readable.from([bytes]));
    await deps.database.transaction((sql) => storeRows(sql, actor, ids, wish, stored));
    return true;
  } catch (error) {
    // Its bytes are swept like those of an upload that broke off.
    await markBlobFailed(deps.database.sql, ids.blobId).catch(() => undefined);
    if (error instanceof TakenOverMeanwhile) return false;
    throw error;
  }
}

async function storeRows(
  sql: Transaction,
  actor: Actor,
  ids: NewIds,
  { task, reading: found, checksum, externalId, source }: TaskWish,
  stored: StoredBlob,
): Promise<void> {
  const { documentId, versionId, blobId, jobId } = ids;
  const ref = {
    source,
    externalId,
    checksum,
    resourceType: 'document',
    resourceId: documentId,
  } as const;
  if (!(await insertImportRef(sql, actor, ref))) throw new TakenOverMeanwhile();
  await markBlobStored(sql, blobId, stored);
  const fileName = cleanFileName(task.fileName);
  const reading = found?.reading ?? null;
  await insertDocument(sql, actor, {
    id: documentId,
    versionId,
    blobId,
    title: titleFromFileName(fileName),
    originalName: `${fileName}.${reading === null ? 'record' : 'text'}.txt`,
  });
  const { confidence = null, ...facts } = reading?.facts ?? {};
  const isFailed = task.status === 'failed';
  await updateImportedDocument(sql, documentId, {
    created: task.created,
    pageCount: reading?.pageCount ?? null,
    metadata: { imported: { source, id: task.id, facts: task.facts } },
    documentType: reading?.facts.documentType.type ?? null,
    language: reading?.facts.language.code ?? null,
  });
  await insertImportedRun(
    sql,
    actor,
    { versionId },
    {
      id: jobId,
      kind: 'extract',
      status: task.status,
      queued: task.created,
      started: task.started,
      completed: task.completed,
      errorCode: isFailed ? 'import.failed_at_source' : null,
      errorMessage: isFailed ? (task.errorMessage ?? 'No reason was given.').slice(0, 2_000) : null,
      pagesDone: reading?.pageCount ?? 0,
      confidence,
      metrics: { ...facts },
    },
  );
  if (reading !== null) {
    await storePages(sql, { ownerId: actor.userId, versionId, jobId }, reading.pages);
  }
}
