import type { Database, Transaction } from '#db/database.ts';
import type { UploadDeps } from '#features/documents/index.ts';
import { cleanFileName, getDocument } from '#features/documents/index.ts';
import { requireLanguages } from '#engines/ocr-languages.ts';
import { getFolder } from '#features/folders/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { requireUploadRoom } from '#features/usage/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { UploadId } from '#kernel/ids.ts';
import { asId, isId } from '#kernel/ids.ts';
import type {
  EndedUpload,
  IntendedDocument,
  OpenUpload,
  UploadBounds,
  UploadProtocol,
} from './open-upload.ts';
import {
  directWriteSeconds,
  mostOpenUploads,
  uploadExpired,
  uploadNotFound,
} from './open-upload.ts';
import {
  deleteUploads,
  endUpload,
  findUpload,
  insertUpload,
  listOpenUploads,
  lockUploads,
  releasePieces,
  shortenUpload,
  sumOpenUploads,
} from './open-upload-repository.ts';

export interface OpenUploadDeps extends UploadDeps {
  uploadBounds: UploadBounds;
}

/** What a client announces. */
export interface NewUpload {
  id: UploadId;
  protocol: UploadProtocol;
  rawName: string;
  sizeBytes: number;
  sha256: string | null;
  wish: IntendedDocument;
  sentMetadata: string | null;
}

/**
 * Begins an upload. What would be refused at its end is refused now, before anything is sent; `also` runs in the same
 * transaction. Throws `usage.limit_reached`, `upload.empty`, `upload.too_large`, `upload.quota_exceeded`, `ocr.language_unavailable`,
 * `folder.not_found`, `document.not_found` or `access.denied`.
 */
export async function beginUpload(
  deps: OpenUploadDeps,
  actor: Actor,
  upload: NewUpload,
  also: (sql: Transaction) => Promise<void> = async () => undefined,
): Promise<OpenUpload> {
  const fileName = cleanFileName(upload.rawName);
  checkSize(deps, fileName, upload.sizeBytes);
  const checkRoom = await requireUploadRoom(deps, actor);
  checkRoom(upload.sizeBytes);
  await checkWish(deps, actor, upload.wish);
  const expiresAt = new Date(Date.now() + deps.uploadBounds.keepMs);
  await deps.database.transaction(
    async (sql) => {
      await lockUploads(sql, actor);
      const open = await sumOpenUploads(sql, actor);
      checkQuota(deps.uploadBounds, { ...open, more: upload.sizeBytes });
      await insertUpload(sql, actor, { ...upload, fileName, expiresAt });
      await also(sql);
    },
    { actor },
  );
  return getUpload(deps, actor, upload.id);
}

function checkSize(deps: OpenUploadDeps, fileName: string, sizeBytes: number): void {
  if (sizeBytes === 0) {
    throw new AppError('upload.empty', `"${fileName}" is empty: it holds no bytes.`);
  }
  if (sizeBytes > deps.maxUploadBytes) {
    const limit = Math.floor(deps.maxUploadBytes / 1024 / 1024);
    throw new AppError(
      'upload.too_large',
      `"${fileName}" is larger than ${limit} MiB, the most that is accepted (DOCMILL_MAX_UPLOAD_MB).`,
      { details: { fileName, maxBytes: deps.maxUploadBytes } },
    );
  }
}

async function checkWish(
  deps: OpenUploadDeps,
  actor: Actor,
  { languages, folderId, documentId }: IntendedDocument,
): Promise<void> {
  if (languages !== undefined) requireLanguages(deps.engines.ocr, languages);
  if (documentId !== undefined) await getDocument(deps, actor, documentId, { action: 'manage' });
  if (folderId !== undefined) await getFolder(deps, actor, folderId);
}

function checkQuota(
  bounds: UploadBounds,
  open: { uploads: number; bytes: number; more: number },
): void {
  if (open.uploads >= mostOpenUploads || open.bytes + open.more > bounds.openBytes) {
    const most = Math.floor(bounds.openBytes / 1024 / 1024);
    throw new AppError(
      'upload.quota_exceeded',
      `You have ${open.uploads} uploads under way; ${mostOpenUploads} files of ${most} MiB together are the most. Finish or delete some first.`,
      { details: { openUploads: open.uploads, openBytes: open.bytes, maxBytes: bounds.openBytes } },
    );
  }
}

/** Throws `upload.not_found`, also for another's, or `upload.expired`. */
export async function getUpload(
  deps: { database: Database },
  actor: Actor,
  id: string,
): Promise<OpenUpload> {
  if (!isId(id)) throw uploadNotFound();
  const found = await findUpload(deps.database.as(actor), actor, asId<UploadId>(id));
  const upload = found ?? raise(uploadNotFound());
  if (upload.expiresAt <= new Date()) throw uploadExpired();
  return upload;
}

/** The open uploads of the actor, newest first. */
export async function getOpenUploads(
  deps: { database: Database },
  actor: Actor,
): Promise<OpenUpload[]> {
  return listOpenUploads(deps.database.as(actor), actor, mostOpenUploads);
}

const givenUp: EndedUpload = {
  kind: 'refused',
  code: 'upload.expired',
  message: 'You gave this upload up.',
};

/** Gives an upload up: what arrived of it goes. Throws `upload.not_found` or `upload.expired`. */
export async function dropUpload(
  deps: { database: Database },
  actor: Actor,
  id: string,
): Promise<void> {
  const upload = await getUpload(deps, actor, id);
  await deps.database.transaction(
    async (sql) => {
      if (upload.protocol === 'direct') {
        // Its client may write until the signed request ends: what comes then must still be known, to be removed.
        await endUpload(sql, actor, upload.id, givenUp);
        await shortenUpload(sql, upload.id, new Date(Date.now() + 2 * directWriteSeconds * 1_000));
        return;
      }
      await releasePieces(sql, [upload.id]);
      await deleteUploads(sql, [upload.id]);
    },
    { actor },
  );
}
