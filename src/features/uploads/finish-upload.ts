import type { BlobStore } from '#blobs/blob-store.ts';
import type { UploadOutcome, UploadWish } from '#features/documents/index.ts';
import { acceptVersion, receiveUpload } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { UploadId } from '#kernel/ids.ts';
import type { EndedUpload, OpenUpload, UploadPiece } from './open-upload.ts';
import { isLastingRefusal } from './open-upload.ts';
import { endUpload, listPieces, releasePieces } from './open-upload-repository.ts';
import type { OpenUploadDeps } from './open-upload-service.ts';
import { getUpload } from './open-upload-service.ts';

/** Ends an upload that is all there; see `createFinisher`. */
export type FinishUpload = (actor: Actor, id: UploadId) => Promise<EndedUpload>;

/**
 * Makes documents of uploads whose bytes are all there: they go the way of every other upload, and the row says in
 * the same transaction how it ended, so that it ends once on whatever machines it is tried. A refusal that the same bytes
 * would meet again ends it too. May be called again; then it tells how it ended. Two that ask at once get one answer.
 * Throws `upload.incomplete`, `upload.not_found`, or what kept the bytes from being stored this time.
 */
export function createFinisher(deps: OpenUploadDeps): FinishUpload {
  const running = new Map<UploadId, Promise<EndedUpload>>();
  return (actor, id) => {
    const started = running.get(id) ?? finish(deps, actor, id).finally(() => running.delete(id));
    running.set(id, started);
    return started;
  };
}

async function finish(deps: OpenUploadDeps, actor: Actor, id: UploadId): Promise<EndedUpload> {
  const upload = await getUpload(deps, actor, id);
  if (upload.outcome !== null) return upload.outcome;
  if (upload.protocol === 'tus' && upload.offsetBytes < upload.sizeBytes) throw incomplete(upload);
  if (upload.protocol === 'direct') await requireWritten(deps, actor, upload);
  try {
    return describeOutcome(await makeDocument(deps, actor, upload));
  } catch (error) {
    // Another machine was quicker.
    const { outcome } = await getUpload(deps, actor, id);
    if (outcome !== null) return outcome;
    if (!isAppError(error) || !isLastingRefusal(error)) throw error;
    return refuseUpload(deps, actor, upload, error);
  }
}

/** Throws `upload.incomplete` while the client has not written what it was to write. */
async function requireWritten(
  deps: OpenUploadDeps,
  actor: Actor,
  upload: OpenUpload,
): Promise<void> {
  for (const { objectKey } of await listPieces(deps.database.as(actor), upload.id)) {
    if ((await deps.blobs.stat(objectKey)) === null) throw incomplete(upload);
  }
}

function incomplete(upload: OpenUpload): AppError {
  return new AppError(
    'upload.incomplete',
    `"${upload.fileName}" has ${upload.offsetBytes} of ${upload.sizeBytes} bytes. Send the rest first.`,
    { details: { offsetBytes: upload.offsetBytes, sizeBytes: upload.sizeBytes } },
  );
}

async function makeDocument(
  deps: OpenUploadDeps,
  actor: Actor,
  upload: OpenUpload,
): Promise<UploadOutcome> {
  const pieces = await listPieces(deps.database.as(actor), upload.id);
  const { documentId, note, ...intended } = upload.wish;
  const wish: UploadWish = {
    ...intended,
    expected: { sizeBytes: upload.sizeBytes, sha256: upload.sha256 ?? undefined },
    settle: async (sql, outcome) => {
      const ended = await endUpload(sql, actor, upload.id, describeOutcome(outcome));
      if (!ended) throw alreadyEnded();
      // A client may still write to what it was given directly, until its time is over.
      if (upload.protocol === 'tus') await releasePieces(sql, [upload.id]);
    },
  };
  const file = { rawName: upload.fileName, source: joinPieces(deps.blobs, pieces) };
  return documentId === undefined
    ? receiveUpload(deps, actor, file, wish)
    : acceptVersion(deps, actor, { id: documentId, note: note ?? null }, file, wish);
}

function alreadyEnded(): AppError {
  return new AppError('upload.conflict', 'The upload was ended by another request.');
}

/** Piece after piece; each is opened when the one before is read. */
async function* joinPieces(
  blobs: BlobStore,
  pieces: readonly UploadPiece[],
): AsyncGenerator<Uint8Array> {
  for (const { objectKey } of pieces) yield* await blobs.read(objectKey);
}

async function refuseUpload(
  deps: OpenUploadDeps,
  actor: Actor,
  upload: OpenUpload,
  { code, message }: AppError,
): Promise<EndedUpload> {
  const outcome: EndedUpload = { kind: 'refused', code, message };
  await deps.database.transaction(
    async (sql) => {
      await endUpload(sql, actor, upload.id, outcome);
      if (upload.protocol === 'tus') await releasePieces(sql, [upload.id]);
    },
    { actor },
  );
  return outcome;
}

function describeOutcome(outcome: UploadOutcome): EndedUpload {
  const { duplicateOf, duplicateTitle } = outcome;
  if (outcome.documentId === null) {
    return {
      kind: 'skipped',
      duplicateOf: outcome.duplicateOf,
      duplicateTitle: outcome.duplicateTitle,
    };
  }
  const { documentId, jobId } = outcome;
  return { kind: 'accepted', documentId, jobId, duplicateOf, duplicateTitle };
}
