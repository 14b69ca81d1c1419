import type { Sql, Transaction } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { BlobId, JobId, UserId } from '#kernel/ids.ts';

/** One JSON line for each job: its row and its history, columns as in the database. */
export async function readArchiveLines(
  sql: Sql,
  jobs: readonly string[],
): Promise<{ line: string }[]> {
  return sql<{ line: string }>`
    select jsonb_build_object('format', 'docmill.job.1', 'job', to_jsonb(j), 'history', coalesce(
      (select jsonb_agg(to_jsonb(h) order by h.seq) from processing_history h where h.job_id = j.id), '[]'))::text as line
    from processing_jobs j where j.id = any(${jobs}::uuid[]) order by j.id`;
}

export async function insertArchiveBlob(
  sql: Sql,
  blob: { id: BlobId; ownerId: UserId; bucket: string },
): Promise<void> {
  await sql`
    insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
    values (${blob.id}, ${blob.ownerId}, 'archive', ${blob.bucket}, ${blob.id}, 'application/x-ndjson')`;
}

/**
 * Marks the bytes as stored and moves the history of the jobs to them, but of those only that have not run
 * again meanwhile. Resolves to how many were archived.
 */
export async function moveToArchive(
  sql: Transaction,
  blob: { id: BlobId; sha256: string; sizeBytes: number },
  jobs: readonly string[],
  before: Date,
): Promise<number> {
  await sql`
    update blobs set state = 'stored', stored_at = now(), sha256 = ${blob.sha256}, size_bytes = ${blob.sizeBytes}
    where id = ${blob.id}`;
  const locked = await sql<{ id: string }>`
    select id from processing_jobs where id = any(${jobs}::uuid[]) and completed_at < ${before} for update`;
  const rows = await sql<{ archived: number }>`
    select archive_jobs(${locked.map((row) => row.id)}::uuid[], ${blob.id}) as archived`;
  return rows[0]?.archived ?? 0;
}

export interface StoredArchive {
  id: BlobId;
  ownerId: UserId;
  objectKey: string;
  sha256: string;
  sizeBytes: number;
  storedAt: Date;
  /** How many jobs name it as their archive. */
  jobs: number;
}

const archives = fragment`
  select b.id, b.owner_id, b.object_key, b.sha256, b.size_bytes, b.stored_at,
    (select count(*)::int from processing_jobs j where j.archive_blob_id = b.id) as jobs
  from blobs b`;

/** Newest first. */
export async function listArchives(sql: Sql): Promise<StoredArchive[]> {
  return sql<StoredArchive>`
    ${archives} where b.purpose = 'archive' and b.state = 'stored' order by b.id desc`;
}

/** By its own id or by that of a job in it; null when there is none. */
export async function findArchive(
  sql: Sql,
  wanted: { archive: BlobId } | { job: JobId },
): Promise<StoredArchive | null> {
  const id =
    'archive' in wanted
      ? fragment`${wanted.archive}::uuid`
      : fragment`(select j.archive_blob_id from processing_jobs j where j.id = ${wanted.job})`;
  const rows = await sql<StoredArchive>`
    ${archives} where b.id = ${id} and b.purpose = 'archive' and b.state = 'stored'`;
  return rows[0] ?? null;
}
