import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, DocumentId, ExportId, JobId, VersionId } from '#kernel/ids.ts';
import type {
  ExportFile,
  ExportFormat,
  ExportRecord,
  ExportSelection,
  ExportType,
} from './export.ts';
import type { ZoneCounts } from './export-gate.ts';

const columns = fragment`
  id, document_id, version_id, export_type, selection, status, formats, file_size_bytes, download_count,
  override_reason, overridden_by, validation_results, created_by, created_at, expires_at, completed_at`;

/** Zones that an export takes in, by their state; pages that are not read count for nothing here. */
export async function countZones(
  sql: Sql,
  versionId: VersionId,
  selection: ExportSelection | null,
): Promise<ZoneCounts> {
  const rows = await sql<ZoneCounts>`
    select count(*) as selected,
      count(*) filter (where status in ('extracted', 'corrected')) as processed,
      count(*) filter (where status = 'failed') as failed
    from zones
    where version_id = ${versionId} and ${inSelection(selection)}`;
  return rows[0] ?? { selected: 0, processed: 0, failed: 0 };
}

function inSelection(selection: ExportSelection | null) {
  const { pages = null, zones = null } = selection ?? {};
  return fragment`(${pages}::int[] is null or page_number = any(${pages}::int[]))
    and (${zones}::uuid[] is null or id = any(${zones}::uuid[]))`;
}

/** How many of some zones a version has. */
export async function countKnownZones(
  sql: Sql,
  versionId: VersionId,
  ids: readonly string[],
): Promise<number> {
  const rows = await sql<{ known: number }>`
    select count(*) as known from zones where version_id = ${versionId} and id = any(${ids}::uuid[])`;
  return rows[0]?.known ?? 0;
}

/** Pages and positions of the selected zones. */
export async function listZonePlaces(
  sql: Sql,
  versionId: VersionId,
  zones: readonly string[],
): Promise<{ pageNumber: number; position: number }[]> {
  return sql<{ pageNumber: number; position: number }>`
    select page_number, position from zones
    where version_id = ${versionId} and id = any(${zones}::uuid[])`;
}

export interface NewExport {
  id: ExportId;
  documentId: DocumentId;
  versionId: VersionId;
  exportType: ExportType;
  selection: ExportSelection | null;
  overrideReason: string | null;
  validationResults: object;
  expiresAt: Date | null;
  formats: readonly ExportFormat[];
}

export async function insertExport(
  sql: Transaction,
  actor: Actor,
  wanted: NewExport,
): Promise<void> {
  const { overrideReason, selection } = wanted;
  const overriddenBy = overrideReason === null ? null : actor.userId;
  await sql`
    insert into export_records
      (id, owner_id, document_id, version_id, export_type, selection, override_reason, overridden_by,
       validation_results, created_by, expires_at)
    values
      (${wanted.id}, ${actor.userId}, ${wanted.documentId}, ${wanted.versionId}, ${wanted.exportType},
       ${selection && json(selection)}, ${overrideReason}, ${overriddenBy}, ${json(wanted.validationResults)},
       ${actor.userId}, ${wanted.expiresAt})`;
  await sql`
    insert into export_files (export_id, format, owner_id)
    select ${wanted.id}, format, ${actor.userId} from unnest(${wanted.formats}::text[]) as f (format)`;
}

export async function finishFile(
  sql: Transaction,
  id: ExportId,
  format: ExportFormat,
  made: { blobId: BlobId; itemCount: number | null; validationResults: object },
): Promise<void> {
  await sql`
    update export_files
    set blob_id = ${made.blobId}, item_count = ${made.itemCount}, finished_at = now(),
      validation_results = ${json(made.validationResults)}
    where export_id = ${id} and format = ${format}`;
}

export async function failFile(
  sql: Sql,
  id: ExportId,
  format: ExportFormat,
  reason: { code: string; message: string },
): Promise<void> {
  await sql`
    update export_files set error_code = ${reason.code}, error_message = ${reason.message}, finished_at = now()
    where export_id = ${id} and format = ${format}`;
}

export async function findExport(
  sql: Sql,
  actor: Actor,
  id: ExportId,
): Promise<ExportRecord | null> {
  const rows = await sql<ExportRecord>`
    select ${columns} from export_history where id = ${id} and owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** Newest first; one more than `limit`. */
export async function listExports(
  sql: Sql,
  documentId: DocumentId,
  before: string | null,
  limit: number,
): Promise<ExportRecord[]> {
  return sql<ExportRecord>`
    select ${columns} from export_history
    where document_id = ${documentId} and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${literalInteger(limit + 1)}`;
}

export async function listFiles(sql: Sql, id: ExportId): Promise<ExportFile[]> {
  return sql<ExportFile>`
    select f.format, b.object_key, b.media_type, b.size_bytes, b.sha256, f.error_code, f.error_message,
      f.validation_results, f.item_count, f.download_count, f.finished_at
    from export_files f left join blobs b on b.id = f.blob_id
    where f.export_id = ${id} order by f.format`;
}

export async function countDownload(sql: Sql, id: ExportId, format: ExportFormat): Promise<void> {
  await sql`
    update export_files set download_count = download_count + 1
    where export_id = ${id} and format = ${format}`;
}

/** The export that a job makes; null when it is gone. */
export async function findExportOfJob(sql: Sql, jobId: JobId): Promise<ExportRecord | null> {
  const rows = await sql<ExportRecord>`
    select ${columns} from export_history
    where id = (select export_id from processing_jobs where id = ${jobId})`;
  return rows[0] ?? null;
}

/** The newest job that makes an export; null for one that was made at once. */
export async function findJobOfExport(sql: Sql, id: ExportId): Promise<JobId | null> {
  const rows = await sql<{ id: JobId }>`
    select id from processing_jobs where export_id = ${id} order by id desc limit 1`;
  return rows[0]?.id ?? null;
}

const expired = (before: Date) => fragment`
  from export_files f
  join export_records e on e.id = f.export_id
  join blobs b on b.id = f.blob_id
  where e.expires_at < ${before} and b.state = 'stored'`;
const held = fragment`exists (
  select from legal_holds h where h.released_at is null and (h.user_id is null or h.user_id = f.owner_id))`;

/** Files of exports past their date whose bytes are still kept, and how many of those a legal hold keeps. */
export async function countExpiredFiles(
  sql: Sql,
  before: Date,
): Promise<{ free: number; held: number }> {
  const rows = await sql<{ free: number; held: number }>`
    select count(*) filter (where not ${held}) as free, count(*) filter (where ${held}) as held
    ${expired(before)}`;
  return rows[0] ?? { free: 0, held: 0 };
}

/** Gives up the bytes of up to `limit` files of exports past their date; their rows stay. Resolves to how many. */
export async function purgeExpiredFiles(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    update blobs set state = 'purging' where id in (
      select b.id ${expired(before)} and not ${held} limit ${literalInteger(limit)})
    returning id`;
  return rows.length;
}
