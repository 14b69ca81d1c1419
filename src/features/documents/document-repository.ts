import { type DocumentContents, parseContents } from '#engines/document-contents.ts';
import type { Sql } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, DocumentId, FolderId, VersionId } from '#kernel/ids.ts';
import type { Document } from './document.ts';

const columns = fragment`
  d.id, d.owner_id, d.folder_id, d.title, d.metadata, d.status, d.row_version, d.created_at, d.updated_at, d.processed_at,
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

/**
 * null when it is not there, the actor may not see it, or (unless asked for) it is in the trash. Shared documents are
 * found too; call it as an actor who uses this document.
 */
export async function findDocument(
  sql: Sql,
  actor: Actor,
  id: DocumentId,
  options: { trashed?: boolean } = {},
): Promise<Document | null> {
  const rows = await sql<Document>`
    select ${columns}, granted.permission from ${source}
    cross join lateral (select
      case when d.owner_id = ${actor.userId} then 'owner'
        else document_permission(d.id, ${actor.userId}, ${actor.linkHash ?? null}) end as permission
      offset 0
    ) granted
    where d.id = ${id} and granted.permission is not null
      and (${options.trashed ?? false} or d.deleted_at is null)`;
  return rows[0] ?? null;
}

export interface VersionFile extends Pick<
  Document,
  'versionId' | 'ownerId' | 'pageCount' | 'originalName' | 'objectKey' | 'mediaType' | 'sha256'
> {
  documentId: DocumentId;
}

/** A document that holds the same bytes. */
export interface Duplicate {
  id: DocumentId;
  title: string;
}

/** The oldest live document of the actor with the same bytes, other than `except`; null when there is none. */
export async function findDuplicate(
  sql: Sql,
  actor: Actor,
  sha256: string,
  except: DocumentId | null,
): Promise<Duplicate | null> {
  const rows = await sql<Duplicate>`
    select d.id, d.title
    from blobs b
    join document_versions v on v.blob_id = b.id
    join documents d on d.current_version_id = v.id
    where b.owner_id = ${actor.userId} and b.sha256 = ${sha256} and b.state = 'stored'
      and d.deleted_at is null and d.id is distinct from ${except}::uuid
    order by d.id limit 1`;
  return rows[0] ?? null;
}

/** Makes uploads of the same bytes by one owner wait for each other until the transaction ends. */
export async function lockBytes(sql: Sql, actor: Actor, sha256: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('bytes:' || ${actor.userId}::uuid::text || ${sha256}, 0))`;
}

export async function insertPendingBlob(
  sql: Sql,
  actor: Actor,
  blob: {
    id: BlobId;
    bucket: string;
    objectKey: string;
    mediaType: string;
    purpose?: 'source' | 'export' | 'upload' | 'avatar';
  },
): Promise<void> {
  await sql`
    insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
    values (${blob.id}, ${actor.userId}, ${blob.purpose ?? 'source'}, ${blob.bucket}, ${blob.objectKey}, ${blob.mediaType})`;
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
    where state in ('failed', 'purging') or (
      state = 'pending' and created_at < ${olderThan}
      -- What a client is to write directly has the time of its upload.
      and not exists (select from upload_pieces p where p.blob_id = blobs.id)
    )
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
    /** Home when it is not said. */
    folderId?: FolderId | null;
  },
): Promise<void> {
  // current_version_id points forward to the version below: its key is checked at commit.
  await sql`
    insert into documents (id, owner_id, folder_id, title, current_version_id)
    values (${document.id}, ${actor.userId}, ${document.folderId ?? null}, ${document.title}, ${document.versionId})`;
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
  facts: { pageCount: number; metadata: Record<string, string>; contents?: DocumentContents },
): Promise<void> {
  const contents = facts.contents === undefined ? {} : { contents: facts.contents };
  await sql`
    update document_versions
    set page_count = ${facts.pageCount},
      metadata = (metadata - 'contents') || ${json({ ...facts.metadata, ...contents })}
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
      order by (j.version_id = v.id) desc, j.id desc limit 1
    ) before on true
    where v.id = ${versionId} and d.id = v.document_id and d.current_version_id = v.id`;
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
    select metadata - 'contents' as metadata from document_versions where id = ${versionId}`;
  return rows[0]?.metadata ?? {};
}

/** What the file of a version lists of itself; null when it lists nothing or has not been looked at. */
export async function readVersionContents(
  sql: Sql,
  versionId: VersionId,
): Promise<DocumentContents | null> {
  const rows = await sql<{ contents: unknown }>`
    select metadata -> 'contents' as contents from document_versions where id = ${versionId}`;
  const contents = rows[0]?.contents ?? null;
  return contents === null ? null : parseContents(contents);
}
