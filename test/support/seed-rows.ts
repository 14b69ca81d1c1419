import type { Sql } from '#db/database.ts';
import {
  type BlobId,
  type DocumentId,
  type JobId,
  type UserId,
  type VersionId,
  asId,
  newId,
} from '#kernel/ids.ts';
import type { NewWorkItem } from '#queue/work-item.ts';

/** The user that the foundation migration makes. */
export const seededOwner = asId<UserId>('00000000-0000-7000-8000-000000000001');

export interface SeededDocument {
  ownerId: UserId;
  documentId: DocumentId;
  versionId: VersionId;
  blobId: BlobId;
}

export interface SeededJob extends SeededDocument {
  jobId: JobId;
}

/** A second tenant. */
export async function seedUser(sql: Sql): Promise<UserId> {
  const id = newId<UserId>();
  await sql`insert into users (id, email) values (${id}, ${`${id}@example.org`})`;
  return id;
}

/** A document with one version whose bytes are stored nowhere. */
export async function seedDocument(sql: Sql, ownerId = seededOwner): Promise<SeededDocument> {
  const [documentId, versionId] = [newId<DocumentId>(), newId<VersionId>()];
  const blobId = await seedBlob(sql, ownerId);
  await sql`
    with document as (
      insert into documents (id, owner_id, title, current_version_id)
      values (${documentId}, ${ownerId}, 'Seed', ${versionId})
    )
    insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
    values (${versionId}, ${ownerId}, ${documentId}, 1, ${blobId}, 'seed.pdf', ${ownerId})`;
  return { ownerId, documentId, versionId, blobId };
}

/** A pending blob. */
export async function seedBlob(sql: Sql, ownerId = seededOwner): Promise<BlobId> {
  const id = newId<BlobId>();
  await sql`
    insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
    values (${id}, ${ownerId}, 'source', 'seed', ${id}, 'application/pdf')`;
  return id;
}

/** A queued job of a document of its own, without work items. */
export async function seedJob(sql: Sql, ownerId = seededOwner): Promise<SeededJob> {
  const document = await seedDocument(sql, ownerId);
  const jobId = newId<JobId>();
  await sql`
    insert into processing_jobs (id, owner_id, version_id, requested_by)
    values (${jobId}, ${ownerId}, ${document.versionId}, ${ownerId})`;
  return { ...document, jobId };
}

/** A work item of a job: page 1 of queue `ocr` unless told otherwise. */
export function workItemOf(job: SeededJob, change: Partial<NewWorkItem> = {}): NewWorkItem {
  const { ownerId, jobId } = job;
  return { ownerId, jobId, queue: 'ocr', pageFrom: 1, pageTo: 1, priority: 0, ...change };
}

export interface QueueRow {
  id: number;
  ownerId: UserId;
  jobId: JobId;
  queue: string;
  priority: number;
  /** Null while the job is paused. */
  runAt: Date | null;
  status: 'ready' | 'running' | 'dead';
  attempts: number;
  leaseOwner: string | null;
  leaseToken: number;
  leaseExpiresAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** Everything on the queue, oldest first. */
export async function readQueue(sql: Sql): Promise<QueueRow[]> {
  return sql<QueueRow>`
    select id, owner_id, job_id, queue, priority, nullif(run_at, 'infinity') as run_at, status, attempts, lease_owner, lease_token,
      lease_expires_at, error_code, error_message
    from processing_queue order by id`;
}
