import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, UserId, VersionId } from '#kernel/ids.ts';

/** One upload of a document. */
export interface DocumentVersion {
  id: VersionId;
  documentId: DocumentId;
  /** Counts from 1. */
  number: number;
  originalName: string;
  pageCount: number | null;
  note: string | null;
  uploadedBy: UserId;
  createdAt: Date;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  /** Where its bytes lie in the blob store. */
  objectKey: string;
  /** The one whose pages are shown and searched. */
  current: boolean;
}

export function versionNotFound(title: string, number: number): AppError {
  return new AppError(
    'document.version_not_found',
    `"${title}" has no version ${number}. List its versions to see which there are.`,
    { details: { number } },
  );
}
