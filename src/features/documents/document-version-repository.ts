import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, DocumentId, VersionId } from '#kernel/ids.ts';
import type { DocumentVersion } from './document-version.ts';

const columns = fragment`
  v.id, v.document_id, v.number, v.original_name, v.page_count, v.note, v.uploaded_by, v.created_at,
  b.media_type, b.size_bytes, b.sha256, b.object_key, d.current_version_id = v.id as current`;

const source = fragment`
  document_versions v
  join documents d on d.id = v.document_id
  join blobs b on b.id = v.blob_id`;

/** Newest first, one more than `limit`; `before` is the number of the last one seen. */
export async function listVersions(
  sql: Sql,
  documentId: DocumentId,
  query: { before: number | null; limit: number },
): Promise<DocumentVersion[]> {
  return sql<DocumentVersion>`
    select ${columns} from ${source}
    where v.document_id = ${documentId} and (${query.before}::int is null or v.number < ${query.before})
    order by v.number desc limit ${query.limit + 1}`;
}

/** null when the document has no version of this number. */
export async function findVersion(
  sql: Sql,
  documentId: DocumentId,
  number: number,
): Promise<DocumentVersion | null> {
  const rows = await sql<DocumentVersion>`
    select ${columns} from ${source} where v.document_id = ${documentId} and v.number = ${number}`;
  return rows[0] ?? null;
}

/** Adds a version with the next number; the current one stays. */
export async function insertVersion(
  sql: Sql,
  actor: Actor,
  version: {
    id: VersionId;
    documentId: DocumentId;
    blobId: BlobId;
    originalName: string;
    note: string | null;
  },
): Promise<void> {
  await sql`
    insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, note, uploaded_by)
    values (${version.id}, ${actor.userId}, ${version.documentId}, 1, ${version.blobId},
      ${version.originalName}, ${version.note}, ${actor.userId})`;
}

/** The status of the document follows by trigger. False when the document is not there or in the trash. */
export async function setCurrentVersion(
  sql: Sql,
  actor: Actor,
  documentId: DocumentId,
  versionId: VersionId,
  rowVersion: number | null,
): Promise<boolean> {
  const rows = await sql`
    update documents set current_version_id = ${versionId}
    where id = ${documentId} and owner_id = ${actor.userId} and deleted_at is null
      and (${rowVersion}::int is null or row_version = ${rowVersion})
    returning id`;
  return rows.length === 1;
}
