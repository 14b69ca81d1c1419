import { AppError } from '#kernel/app-error.ts';
import type { BlobId, DocumentId, FolderId, UserId, VersionId } from '#kernel/ids.ts';
import type { Permission } from '#features/identity/index.ts';
import type { MediaType } from '#kernel/media-type.ts';
import type { DocumentType } from '#pipeline/document-type/document-type.ts';
import type { Findings } from './findings-schema.ts';

/** A document with its current version. */
export interface Document {
  id: DocumentId;
  ownerId: UserId;
  /** What the reader may do with it. */
  permission: Permission;
  /** null in Home; of others' documents it is not told. */
  folderId: FolderId | null;
  title: string;
  status: 'uploaded' | 'processing' | 'in_review' | 'completed' | 'failed';
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  processedAt: Date | null;
  deletedAt: Date | null;
  versionId: VersionId;
  versionNumber: number;
  originalName: string;
  pageCount: number | null;
  blobId: BlobId;
  objectKey: string;
  mediaType: MediaType;
  sizeBytes: number;
  sha256: string;
  /** What people noted about the document, as they wrote it. */
  metadata: Record<string, unknown>;
  confidence: number | null;
  /** null until a run has finished. */
  documentType: DocumentType | null;
  /** ISO 639-1, `und` when it could not be told; null until a run has finished. */
  language: string | null;
  /** Of the newest finished run; null before, and for runs of versions that looked for neither. */
  findings: Findings | null;
}

export function documentNotFound(id: string): AppError {
  return new AppError('document.not_found', `There is no document ${id}.`);
}

const maxNameLength = 255;

/**
 * A file name as it is kept: the last path segment, Unicode NFC, without control characters and without those
 * that turn text around unseen, so that `fdp.exe` cannot read as `exe.pdf`. Browsers and tools send whole paths; only
 * the name itself is ours to show.
 */
export function cleanFileName(raw: string): string {
  const name = raw
    .toWellFormed()
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.normalize('NFC')
    .trim();
  // The end stays, where the kind of file stands; half a surrogate pair could not be stored.
  const end = name?.slice(-maxNameLength).replace(/^[\udc00-\udfff]/, '');
  return end === undefined || /^[.\s]*$/.test(end) ? 'unnamed' : end.trim();
}

/** First title of a document: the file name without its ending. */
export function titleFromFileName(fileName: string): string {
  const title = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').trim();
  const start = (title || fileName).slice(0, maxNameLength).replace(/[\ud800-\udbff]$/, '');
  return start.trim() || 'Untitled';
}
