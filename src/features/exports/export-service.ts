import type { Readable } from 'node:stream';
import { type Document, getDocument } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import type { SearchableDownloadDeps } from '#features/zones/index.ts';
import { AppError, isAppError, raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { DocumentId, ExportId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import {
  type ExportFile,
  type ExportFormat,
  type ExportRecord,
  type ExportSelection,
  type ExportType,
  checkFormats,
  exportNotFound,
  writtenFormats,
} from './export.ts';
import { exportBlocked, judgeZones } from './export-gate.ts';
import {
  countKnownZones,
  countDownload,
  countZones,
  failFile,
  findExport,
  findJobOfExport,
  insertExport,
  listExports,
  listFiles,
} from './export-repository.ts';
import { createExportJob } from './export-jobs.ts';
import { type WantedFile, finishMadeFile, makeFile } from './make-export-file.ts';

export interface ExportDeps extends SearchableDownloadDeps {
  bells: JobBells;
  logger: Logger;
  /** Days after which the files of an export may go. */
  exportDays: number;
}

export interface ExportWish {
  type: ExportType;
  formats: readonly ExportFormat[];
  selection: ExportSelection | null;
  /** Why it is to be made although the gate holds it back. */
  overrideReason: string | null;
  /** True makes a job of it, false makes it at once; by its size without it. */
  background?: boolean | undefined;
}

export interface ExportWithFiles {
  record: ExportRecord;
  files: ExportFile[];
  /** The job that makes it; null for one that was made at once. */
  jobId: JobId | null;
}

const dayMs = 86_400_000;
/** Longer documents are exported by a worker. */
const mostPagesAtOnce = 50;

/**
 * Makes an export and its files, or has a worker make them when they are long. A file that cannot be made is marked failed and the others are
 * made all the same.
 * Throws `document.not_found`, `document.not_ready` and `export.blocked` (neither with an override), `export.invalid` or
 * `export.format_unavailable`.
 */
export async function createExport(
  deps: ExportDeps,
  actor: Actor,
  documentId: DocumentId,
  wish: ExportWish,
): Promise<ExportWithFiles> {
  const formats = checkFormats(wish.type, wish.formats);
  const document = await getDocument(deps, actor, documentId);
  const { versionId } = document;
  const { overrideReason } = wish;
  if (document.status !== 'completed' && overrideReason === null) throw notReady(document);
  await checkZones(deps, actor, versionId, wish.selection?.zones ?? []);
  const verdict = judgeZones(await countZones(deps.database.as(actor), versionId, wish.selection));
  if (!verdict.passes && overrideReason === null) throw exportBlocked(verdict);
  const id = newId<ExportId>();
  const pageCount = document.pageCount ?? 0;
  const isLong = wish.background ?? pageCount > mostPagesAtOnce;
  const jobId = await deps.database.transaction(
    async (sql) => {
      await insertExport(sql, actor, {
        id,
        documentId,
        versionId,
        exportType: wish.type,
        selection: wish.selection,
        overrideReason,
        validationResults: { gate: verdict },
        expiresAt: new Date(Date.now() + deps.exportDays * dayMs),
        formats,
      });
      const job = { exportId: id, formats: formats.toSorted(), pageCount };
      return isLong ? createExportJob(sql, deps.bells, actor, job) : null;
    },
    { actor },
  );
  if (jobId === null) {
    for (const format of formats) await makeAtOnce(deps, actor, document, { ...wish, id, format });
  }
  return getExport(deps, actor, id);
}

/** Throws `export.invalid` for a zone that the document does not have: nothing is left out in silence. */
async function checkZones(
  deps: ExportDeps,
  actor: Actor,
  versionId: VersionId,
  zones: readonly string[],
): Promise<void> {
  const known = await countKnownZones(deps.database.as(actor), versionId, zones);
  if (known === new Set(zones).size) return;
  throw new AppError(
    'export.invalid',
    'The selection names a zone that the document does not have.',
    {
      details: { field: 'selection.zones' },
    },
  );
}

/** Somebody waits for the answer meanwhile. */
async function makeAtOnce(
  deps: ExportDeps,
  actor: Actor,
  document: Document,
  wanted: WantedFile,
): Promise<void> {
  const { id, format } = wanted;
  try {
    const made = await makeFile(deps, actor, document, wanted);
    await deps.database.transaction((sql) => finishMadeFile(sql, made), { actor });
  } catch (error) {
    const isKnown = isAppError(error);
    if (!isKnown) deps.logger.error({ error, exportId: id, format }, 'export.file_failed');
    await failFile(deps.database.as(actor), id, format, {
      code: isKnown ? error.code : 'internal',
      message: isKnown ? error.message : 'An unexpected error stopped this file.',
    });
  }
}

/** Throws `export.not_found`. */
export async function getExport(
  deps: ExportDeps,
  actor: Actor,
  id: ExportId,
): Promise<ExportWithFiles> {
  const sql = deps.database.as(actor);
  const record = (await findExport(sql, actor, id)) ?? raise(exportNotFound(id));
  return { record, files: await listFiles(sql, id), jobId: await findJobOfExport(sql, id) };
}

/** Newest first. Throws `document.not_found`. */
export async function getExportPage(
  deps: ExportDeps,
  actor: Actor,
  documentId: DocumentId,
  query: { cursor: string | undefined; limit: number },
): Promise<{ items: ExportRecord[]; nextCursor: string | null }> {
  await getDocument(deps, actor, documentId);
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const rows = await listExports(deps.database.as(actor), documentId, before, query.limit);
  return pageOf(rows, query.limit, (record) => [record.id]);
}

/** A file of an export, counted as a download. Throws `export.not_found`, `export.expired` or `blob.not_found`. */
export async function openExportFile(
  deps: ExportDeps,
  actor: Actor,
  id: ExportId,
  format: ExportFormat,
): Promise<{ fileName: string; contentType: string; sizeBytes: number; stream: Readable }> {
  const { record, files } = await getExport(deps, actor, id);
  const file = files.find((one) => one.format === format);
  if (!file || file.objectKey === null || file.mediaType === null) throw exportNotFound(id);
  if (record.expiresAt !== null && record.expiresAt < new Date()) {
    throw new AppError(
      'export.expired',
      'The files of this export are past their date. Make it again.',
    );
  }
  const { title } = await getDocument(deps, actor, record.documentId, { trashed: true });
  const stream = await deps.blobs.read(file.objectKey);
  await countDownload(deps.database.as(actor), id, format);
  const ending = Object.entries(writtenFormats).find(([name]) => name === format)?.[1].ending;
  return {
    fileName: `${title}.${ending ?? format}`,
    contentType: file.mediaType,
    sizeBytes: file.sizeBytes ?? 0,
    stream,
  };
}

function notReady(document: Document): AppError {
  return new AppError(
    'document.not_ready',
    `"${document.title}" is ${document.status}, so there is nothing complete to export yet. Wait, or override with a reason.`,
    { details: { status: document.status } },
  );
}
