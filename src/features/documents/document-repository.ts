import type { Sql } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, DocumentId, VersionId } from '#kernel/ids.ts';
import type { MediaType } from '#kernel/media-type.ts';
import type { Document } from './document.ts';

const columns = fragment`
  d.id, d.owner_id, d.title, d.status, d.row_version, d.created_at, d.updated_at, d.processed_at,
  d.deleted_at, v.id as version_id, v.number as version_number, v.original_name, v.page_count,
  b.id as blob_id, b.object_key, b.media_type, b.size_bytes, b.sha256, d.document_type, d.language, newest.confidence,
  newest.findings`;

// Confidence and findings shown are those of the newest finished run over the current version.
const source = fragment`
  documents d
  join document_versions v on v.id = d.current_version_id
  join blobs b on b.id = v.blob_id
  left join lateral (
    select j.confidence,
      case when j.metrics ?& array['documentType', 'language'] then jsonb_build_object(
        'documentType', j.metrics -> 'documentType', 'language', j.metrics -> 'language') end as findings
    from processing_jobs j
    where j.version_id = v.id and j.status = 'completed' order by j.id desc limit 1
  ) newest on true`;

/** null when it is not there, not the actor's, or (unless asked for) in the trash. */
export async function findDocument(
  sql: Sql,
  actor: Actor,
  id: DocumentId,
  options: { trashed?: boolean } = {},
): Promise<Document | null> {
  const rows = await sql<Document>`
    select ${columns} from ${source}
    where d.id = ${id} and d.owner_id = ${actor.userId}
      and (${options.trashed ?? false} or d.deleted_at is null)`;
  return rows[0] ?? null;
}

/** The version a job works on, whoever owns it: for workers, which act for the system. */
export async function findVersionFile(sql: Sql, versionId: VersionId): Promise<VersionFile | null> {
  const rows = await sql<VersionFile>`
    select v.id as version_id, v.owner_id, v.document_id, v.page_count, v.original_name,
      b.object_key, b.media_type, b.sha256
    from document_versions v join blobs b on b.id = v.blob_id
    where v.id = ${versionId}`;
  return rows[0] ?? null;
}

export interface VersionFile extends Pick<
  Document,
  'versionId' | 'ownerId' | 'pageCount' | 'originalName' | 'objectKey' | 'mediaType' | 'sha256'
> {
  documentId: DocumentId;
}

/** A live document of the actor with the same bytes, other than `except`. */
export async function findDuplicate(
  sql: Sql,
  actor: Actor,
  sha256: string,
  except: DocumentId,
): Promise<DocumentId | null> {
  const rows = await sql<{ id: DocumentId }>`
    select d.id
    from blobs b
    join document_versions v on v.blob_id = b.id
    join documents d on d.current_version_id = v.id
    where b.owner_id = ${actor.userId} and b.sha256 = ${sha256} and b.state = 'stored'
      and d.deleted_at is null and d.id <> ${except}
    order by d.id limit 1`;
  return rows[0]?.id ?? null;
}

export async function insertPendingBlob(
  sql: Sql,
  actor: Actor,
  blob: { id: BlobId; bucket: string; objectKey: string; mediaType: MediaType },
): Promise<void> {
  await sql`
    insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
    values (${blob.id}, ${actor.userId}, 'source', ${blob.bucket}, ${blob.objectKey}, ${blob.mediaType})`;
}

export async function markBlobStored(
  sql: Sql,
  id: BlobId,
  stored: { sha256: string; sizeBytes: number },
): Promise<void> {
  await sql`
    update blobs set state = 'stored', stored_at = now(), sha256 = ${stored.sha256},
      size_bytes = ${stored.sizeBytes}
    where id = ${id}`;
}

export async function markBlobFailed(sql: Sql, id: BlobId): Promise<void> {
  await sql`update blobs set state = 'failed' where id = ${id} and state = 'pending'`;
}

/** Blobs whose upload ended without a document: never finished, or refused while they came in. */
export async function listDeadBlobs(
  sql: Sql,
  olderThan: Date,
  limit: number,
): Promise<{ id: BlobId; objectKey: string }[]> {
  return sql<{ id: BlobId; objectKey: string }>`
    select id, object_key from blobs
    where (state = 'pending' and created_at < ${olderThan}) or state in ('failed', 'purging')
    order by created_at limit ${limit}`;
}

/** Walks a blob whose bytes are gone to its final state. */
export async function markBlobPurged(sql: Sql, id: BlobId): Promise<void> {
  await sql`update blobs set state = 'failed' where id = ${id} and state = 'pending'`;
  await sql`update blobs set state = 'purging' where id = ${id} and state in ('failed', 'stored')`;
  await sql`update blobs set state = 'purged' where id = ${id} and state = 'purging'`;
}

export async function insertDocument(
  sql: Sql,
  actor: Actor,
  document: {
    id: DocumentId;
    versionId: VersionId;
    blobId: BlobId;
    title: string;
    originalName: string;
  },
): Promise<void> {
  // current_version_id points forward to the version below: its key is checked at commit.
  await sql`
    insert into documents (id, owner_id, title, current_version_id)
    values (${document.id}, ${actor.userId}, ${document.title}, ${document.versionId})`;
  await sql`
    insert into document_versions
      (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
    values
      (${document.versionId}, ${actor.userId}, ${document.id}, 1, ${document.blobId},
       ${document.originalName}, ${actor.userId})`;
}

/** What the classify stage found out about the file. */
export async function updateVersionFacts(
  sql: Sql,
  versionId: VersionId,
  facts: { pageCount: number; metadata: Record<string, string> },
): Promise<void> {
  await sql`
    update document_versions
    set page_count = ${facts.pageCount}, metadata = metadata || ${json(facts.metadata)}
    where id = ${versionId}`;
}

/**
 * Sets type and language of the document whose current version this is. A value that is not what the run
 * before found was set by a person, and stays. Call it before the job is completed.
 */
export async function storeFindings(
  sql: Sql,
  versionId: VersionId,
  found: { documentType: string; language: string },
): Promise<void> {
  await sql`
    update documents d
    set document_type = case
          when d.document_type is null or d.document_type = before.type then ${found.documentType}
          else d.document_type end,
        language = case
          when d.language is null or d.language = before.code then ${found.language}
          else d.language end
    from document_versions v
    left join lateral (
      select j.metrics -> 'documentType' ->> 'type' as type, j.metrics -> 'language' ->> 'code' as code
      from processing_jobs j join document_versions earlier on earlier.id = j.version_id
      where earlier.document_id = v.document_id and j.kind = 'extract' and j.status = 'completed'
      order by j.id desc limit 1
    ) before on true
    where v.id = ${versionId} and d.id = v.document_id and d.current_version_id = v.id`;
}

/** False when the document changed since `rowVersion`. */
export async function updateTitle(
  sql: Sql,
  actor: Actor,
  id: DocumentId,
  title: string,
  rowVersion: number | null,
): Promise<boolean> {
  const rows = await sql`
    update documents set title = ${title}
    where id = ${id} and owner_id = ${actor.userId} and deleted_at is null
      and (${rowVersion}::int is null or row_version = ${rowVersion})
    returning id`;
  return rows.length === 1;
}

/** False when there was nothing to change. */
export async function setTrashed(
  sql: Sql,
  actor: Actor,
  id: DocumentId,
  trashed: boolean,
): Promise<boolean> {
  const rows = await sql`
    update documents set deleted_at = case when ${trashed} then now() end
    where id = ${id} and owner_id = ${actor.userId} and (deleted_at is null) = ${trashed}
    returning id`;
  return rows.length === 1;
}

/** File facts of a version: title, author and so on, as the file states them. */
export async function readVersionMetadata(
  sql: Sql,
  versionId: VersionId,
): Promise<Record<string, string>> {
  const rows = await sql<{ metadata: Record<string, string> }>`
    select metadata from document_versions where id = ${versionId}`;
  return rows[0]?.metadata ?? {};
}
