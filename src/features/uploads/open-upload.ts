import type { DuplicateRule } from '#features/documents/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import type { DocumentId, FolderId, JobId, UploadId, UserId } from '#kernel/ids.ts';

/** How a file comes in: by tus through the server, or written into the bucket by the client. */
export type UploadProtocol = 'tus' | 'direct';

/** A file on its way in over several requests. */
export interface OpenUpload {
  id: UploadId;
  ownerId: UserId;
  protocol: UploadProtocol;
  fileName: string;
  /** Of the whole file, as announced. */
  sizeBytes: number;
  /** Bytes that are durable. */
  offsetBytes: number;
  pieceCount: number;
  sha256: string | null;
  wish: IntendedDocument;
  /** The header Upload-Metadata as it came. */
  sentMetadata: string | null;
  /** null while it is open. */
  outcome: EndedUpload | null;
  createdAt: Date;
  expiresAt: Date;
}

/** What is to become of the file. */
export interface IntendedDocument {
  languages?: string[] | undefined;
  folderId?: FolderId | undefined;
  folderPath?: string[] | undefined;
  duplicates?: DuplicateRule | undefined;
  /** Makes it the next version of this document. */
  documentId?: DocumentId | undefined;
  note?: string | undefined;
}

/** How an upload ended. */
export type EndedUpload =
  | {
      kind: 'accepted';
      documentId: DocumentId;
      jobId: JobId;
      duplicateOf: DocumentId | null;
      duplicateTitle: string | null;
    }
  | { kind: 'skipped'; duplicateOf: DocumentId; duplicateTitle: string }
  | { kind: 'refused'; code: ErrorCode; message: string };

/** One stretch of a file, in a blob of its own. */
export interface UploadPiece {
  number: number;
  sizeBytes: number;
  objectKey: string;
}

/** Bounds of all uploads of this server. */
export interface UploadBounds {
  /** How long one may take. */
  keepMs: number;
  /** Size of all files together that a user may have on their way in. */
  openBytes: number;
}

/** Files that a user may have on their way in at once, however small. */
export const mostOpenUploads = 1_000;

/** A direct upload must begin in this time; S3 lets a request that began come to its end. */
export const directWriteSeconds = 900;

export function uploadNotFound(): AppError {
  return new AppError('upload.not_found', 'There is no such upload. Begin a new one.');
}

export function uploadExpired(): AppError {
  return new AppError(
    'upload.expired',
    'The time for this upload is over, and what arrived of it is removed. Begin a new one.',
  );
}

export function uploadTakenOver(): AppError {
  return new AppError(
    'upload.taken_over',
    'A later request writes to this upload. Ask for the offset and go on from there.',
  );
}

/** Codes of refusals that the same bytes would meet again; anything else may pass at another attempt. */
const lastingRefusals: ReadonlySet<ErrorCode> = new Set([
  'upload.empty',
  'upload.too_large',
  'upload.type_unsupported',
  'upload.size_mismatch',
  'upload.checksum_mismatch',
  'upload.path_invalid',
  'ocr.language_unavailable',
  'folder.not_found',
  'folder.name_invalid',
  'folder.too_deep',
  'document.not_found',
  'access.denied',
]);

/** True when an upload that failed so is over. */
export function isLastingRefusal(error: AppError): boolean {
  return lastingRefusals.has(error.code);
}
