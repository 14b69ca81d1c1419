import type { BlobStore } from '#blobs/blob-store.ts';
import type { Transaction } from '#db/database.ts';
import type { OcrEngine } from '#engines/ocr-engine.ts';
import { requireLanguages } from '#engines/ocr-languages.ts';
import { refusalSentence, sniffMediaType } from '#engines/sniff-media-type.ts';
import { ensureFolderPath } from '#features/folders/index.ts';
import type { Actor } from '#features/identity/index.ts';
import {
  type UsageLimitDeps,
  countUsage,
  requireBytesFit,
  requireUploadRoom,
} from '#features/usage/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { createExtractJob } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { failpoint } from '#kernel/failpoint.ts';
import type { BlobId, DocumentId, FolderId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { cleanFileName, documentNotFound, titleFromFileName } from './document.ts';
import {
  findDuplicate,
  insertDocument,
  insertPendingBlob,
  lockBytes,
  markBlobFailed,
  markBlobStored,
} from './document-repository.ts';
import { getDocument } from './document-service.ts';
import { insertVersion, setCurrentVersion } from './document-version-repository.ts';
import type { ExpectedBytes, PeekedStream } from './upload-stream.ts';
import { expectBytes, limitBytes, peekHead, watchForBreak } from './upload-stream.ts';

export interface UploadDeps extends UsageLimitDeps {
  blobs: BlobStore;
  bells: JobBells;
  logger: Logger;
  maxUploadBytes: number;
  engines: { ocr: Pick<OcrEngine, 'languages' | 'languagePackage'> };
}

/** What is to become of a file, where that differs from Home and the settings of the server. */
export interface UploadWish {
  /** Recognition languages, the most important first. */
  languages?: readonly string[] | undefined;
  /** Where the document goes; Home when it is not said. */
  folderId?: FolderId | null | undefined;
  /** Names of folders below that one, made where they are missing. */
  folderPath?: readonly string[] | undefined;
  /** What becomes of bytes that the owner has in a document already; `keep` when it is not said. */
  duplicates?: DuplicateRule | undefined;
  /** What the uploader says the file is; one that is another is refused. */
  expected?: ExpectedBytes | undefined;
  /** Runs in the transaction that ends the upload, for what must be true together with it. */
  settle?: ((sql: Transaction, outcome: UploadOutcome) => Promise<void>) | undefined;
}

/** `keep` makes another document and names the first one; `skip` only names it. */
export type DuplicateRule = 'keep' | 'skip';

export interface AcceptedUpload {
  documentId: DocumentId;
  jobId: JobId;
  duplicateOf: DocumentId | null;
  /** Title of that document. */
  duplicateTitle: string | null;
}

/** A file that was not kept, since the owner has its bytes in a document. */
export interface SkippedUpload {
  documentId: null;
  jobId: null;
  duplicateOf: DocumentId;
  duplicateTitle: string;
}

export type UploadOutcome = AcceptedUpload | SkippedUpload;

/** A file on its way in. */
export interface IncomingFile {
  rawName: string;
  source: AsyncIterable<Uint8Array>;
}

/**
 * Takes one file in: its type is decided by its first bytes, it is hashed on the way to the blob store,
 * and when the bytes are durable one transaction makes document, version, job and first work item.
 * When this resolves nothing can lose the document any more; when it throws nothing is kept.
 *
 * Throws `usage.limit_reached`, `ocr.language_unavailable`, `folder.not_found`, `folder.too_deep`, `upload.empty`, `upload.type_unsupported`,
 * `upload.too_large`, `upload.interrupted`, `upload.size_mismatch`, `upload.checksum_mismatch`,
 * `blob.write_failed`, or what the database reports.
 */
export async function receiveUpload(
  deps: UploadDeps,
  actor: Actor,
  upload: IncomingFile,
  wish: UploadWish = {},
): Promise<UploadOutcome> {
  checkWish(deps, wish);
  return receiveFile(deps, actor, { ...upload, expected: wish.expected }, (file) =>
    storeDocument(deps, actor, file, wish),
  );
}

/** `receiveUpload` for a file that is kept even if its owner has it already. Throws the same. */
export async function acceptUpload(
  deps: UploadDeps,
  actor: Actor,
  rawName: string,
  source: AsyncIterable<Uint8Array>,
  wish: Omit<UploadWish, 'duplicates'> = {},
): Promise<AcceptedUpload> {
  const outcome = await receiveUpload(deps, actor, { rawName, source }, wish);
  if (outcome.documentId === null) throw new Error('a file that is kept was skipped');
  return outcome;
}

/**
 * Takes a file in as the next version of a document that is there, and makes it the current one. The versions before
 * stay. Throws what `receiveUpload` throws, and `document.not_found` before anything is read.
 */
export async function acceptVersion(
  deps: UploadDeps,
  actor: Actor,
  document: { id: DocumentId; note: string | null },
  upload: IncomingFile,
  wish: UploadWish = {},
): Promise<AcceptedUpload> {
  checkWish(deps, wish);
  await getDocument(deps, actor, document.id, { action: 'manage' });
  return receiveFile(deps, actor, { ...upload, expected: wish.expected }, (file) =>
    storeVersion(deps, actor, document, file, wish),
  );
}

function checkWish(deps: UploadDeps, { languages }: UploadWish): void {
  if (languages !== undefined) requireLanguages(deps.engines.ocr, languages);
}

/** A file whose bytes are durable, and that no document holds yet. */
interface ReceivedFile {
  name: string;
  blobId: BlobId;
  sha256: string;
  sizeBytes: number;
}

async function receiveFile<Outcome extends UploadOutcome>(
  deps: UploadDeps,
  actor: Actor,
  { rawName, source, expected }: IncomingFile & { expected: ExpectedBytes | undefined },
  store: (file: ReceivedFile) => Promise<Outcome>,
): Promise<Outcome> {
  const name = cleanFileName(rawName);
  const checkRoom = await requireUploadRoom(deps, actor);
  const peeked = await peekHead(watchForBreak(source, name));
  const mediaType = await requireMediaType(name, peeked);
  const blobId = newId<BlobId>();
  const objectKey = blobId;
  await insertPendingBlob(deps.database.as(actor), actor, {
    id: blobId,
    bucket: deps.blobs.name,
    objectKey,
    mediaType,
  });
  failpoint('upload.begun');
  try {
    const limited = limitBytes(peeked.stream, deps.maxUploadBytes, name, checkRoom);
    const checked = expected === undefined ? limited : expectBytes(limited, expected, name);
    const { sha256, sizeBytes } = await deps.blobs.put(objectKey, checked);
    failpoint('upload.blob_durable');
    const outcome = await store({ name, blobId, sha256, sizeBytes });
    if (outcome.documentId === null) await giveUpBlob(deps, actor, blobId);
    return outcome;
  } catch (error) {
    await giveUpBlob(deps, actor, blobId);
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
  file: ReceivedFile,
  wish: UploadWish,
): Promise<UploadOutcome> {
  const id = newId<DocumentId>();
  const versionId = newId<VersionId>();
  const title = titleFromFileName(file.name);
  return deps.database.transaction(
    async (sql) => {
      const repeated = wish.duplicates === 'skip' ? await skipDuplicate(sql, actor, file) : null;
      if (repeated !== null) {
        await wish.settle?.(sql, repeated);
        return repeated;
      }
      const { folderId: start = null, folderPath = [] } = wish;
      const folderId = await ensureFolderPath(sql, actor, start, folderPath);
      await markBlobStored(sql, file.blobId, file);
      const { blobId, name: originalName } = file;
      await insertDocument(sql, actor, { id, versionId, blobId, title, originalName, folderId });
      return startReading(deps, sql, actor, { documentId: id, versionId, file, wish });
    },
    { actor },
  );
}

/** null for bytes that the owner does not have; the lock lets one of two that come at once be the first. */
async function skipDuplicate(
  sql: Transaction,
  actor: Actor,
  file: ReceivedFile,
): Promise<SkippedUpload | null> {
  await lockBytes(sql, actor, file.sha256);
  const found = await findDuplicate(sql, actor, file.sha256, null);
  if (found === null) return null;
  return { documentId: null, jobId: null, duplicateOf: found.id, duplicateTitle: found.title };
}

async function storeVersion(
  deps: UploadDeps,
  actor: Actor,
  { id: documentId, note }: { id: DocumentId; note: string | null },
  file: ReceivedFile,
  wish: UploadWish,
): Promise<AcceptedUpload> {
  const id = newId<VersionId>();
  return deps.database.transaction(
    async (sql) => {
      await markBlobStored(sql, file.blobId, file);
      const { blobId, name: originalName } = file;
      await insertVersion(sql, actor, { id, documentId, blobId, originalName, note });
      const live = await setCurrentVersion(sql, actor, documentId, id, null);
      if (!live) throw documentNotFound(documentId);
      return startReading(deps, sql, actor, { documentId, versionId: id, file, wish });
    },
    { actor },
  );
}

async function startReading(
  deps: UploadDeps,
  sql: Transaction,
  actor: Actor,
  stored: { documentId: DocumentId; versionId: VersionId; file: ReceivedFile; wish: UploadWish },
): Promise<AcceptedUpload> {
  const { documentId, versionId, file, wish } = stored;
  const { languages } = wish;
  const jobId = await createExtractJob(sql, deps.bells, actor, versionId, {
    options: languages === undefined ? {} : { settings: { languages } },
  });
  const duplicate = await findDuplicate(sql, actor, file.sha256, documentId);
  const bytes = { ownerId: actor.userId, sourceId: file.blobId, amount: file.sizeBytes };
  await countUsage(sql, [{ metric: 'storage_bytes', ...bytes }]);
  await requireBytesFit(sql, deps, actor.userId, file.sizeBytes);
  const accepted = {
    documentId,
    jobId,
    duplicateOf: duplicate?.id ?? null,
    duplicateTitle: duplicate?.title ?? null,
  };
  await wish.settle?.(sql, accepted);
  failpoint('upload.rows_written');
  return accepted;
}

/** Lets the sweeper remove the bytes. If even this fails, the row stays pending and ages into the sweep. */
async function giveUpBlob(deps: UploadDeps, actor: Actor, blobId: BlobId): Promise<void> {
  try {
    await markBlobFailed(deps.database.as(actor), blobId);
  } catch (error) {
    deps.logger.warn({ blobId, error }, 'upload.blob_left_pending');
  }
}
