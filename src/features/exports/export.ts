import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, ExportId, UserId, VersionId } from '#kernel/ids.ts';

export const exportTypes = ['full', 'partial', 'zones_only', 'text_only', 'metadata_only'] as const;
export type ExportType = (typeof exportTypes)[number];

/** Every format the data model knows. */
export const exportFormats = [
  'json',
  'jsonl',
  'rag_json',
  'finetune_jsonl',
  'corrections_json',
  'manifest_json',
  'csv',
  'xlsx',
  'md',
  'txt',
  'html',
  'docx',
  'pdf',
  'hocr',
  'alto',
  'ics',
  'log_md',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The formats that can be made now, and their files. */
export const writtenFormats = {
  txt: { mediaType: 'text/plain; charset=utf-8', ending: 'txt' },
  md: { mediaType: 'text/markdown; charset=utf-8', ending: 'md' },
  json: { mediaType: 'application/json; charset=utf-8', ending: 'json' },
  hocr: { mediaType: 'application/xhtml+xml; charset=utf-8', ending: 'hocr' },
  pdf: { mediaType: 'application/pdf', ending: 'searchable.pdf' },
} as const;
export type WrittenFormat = keyof typeof writtenFormats;

/** What each type of export can be written as: the searchable PDF is always the whole document. */
export const formatsOfType: Readonly<Record<ExportType, readonly WrittenFormat[]>> = {
  full: ['txt', 'md', 'json', 'hocr', 'pdf'],
  partial: ['txt', 'md', 'json', 'hocr'],
  zones_only: ['json'],
  text_only: ['txt', 'md'],
  metadata_only: ['json'],
};

/** What goes into a partial export; all that is named must hold. */
export interface ExportSelection {
  pages?: readonly number[] | undefined;
  zones?: readonly string[] | undefined;
}

/** An export with its derived status, as the view export_history has it. */
export interface ExportRecord {
  id: ExportId;
  documentId: DocumentId;
  versionId: VersionId;
  exportType: ExportType;
  selection: ExportSelection | null;
  status: 'pending' | 'completed' | 'failed';
  formats: ExportFormat[];
  fileSizeBytes: number;
  downloadCount: number;
  overrideReason: string | null;
  overriddenBy: UserId | null;
  validationResults: Record<string, unknown>;
  createdBy: UserId;
  createdAt: Date;
  expiresAt: Date | null;
  completedAt: Date | null;
}

export interface ExportFile {
  format: ExportFormat;
  objectKey: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  sha256: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  validationResults: Record<string, unknown>;
  itemCount: number | null;
  downloadCount: number;
  finishedAt: Date | null;
}

export function exportNotFound(id: string): AppError {
  return new AppError('export.not_found', `There is no export ${id}, or it has no such file.`);
}

/**
 * The formats, each once. Throws `export.format_unavailable` for one that cannot be made yet, `export.invalid` for one
 * that does not go with the type.
 */
export function checkFormats(type: ExportType, wanted: readonly ExportFormat[]): WrittenFormat[] {
  const available = formatsOfType[type];
  return [...new Set(wanted)].map((format) => {
    const found = available.find((one) => one === format);
    if (found !== undefined) return found;
    const isWritten = Object.hasOwn(writtenFormats, format);
    throw new AppError(
      isWritten ? 'export.invalid' : 'export.format_unavailable',
      isWritten
        ? `A ${type} export cannot be written as ${format}; possible are ${available.join(', ')}.`
        : `${format} is not yet available; possible are ${available.join(', ')}.`,
      { details: { field: 'formats', format, available } },
    );
  });
}
