import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger, offsetBy } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { ProcessingJob } from '#features/jobs/index.ts';
import type { FolderId, JobId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import type { Document } from './document.ts';

/** What narrows a list of documents; undefined for all. */
export interface DocumentFilter {
  status?: string | undefined;
  documentType?: string | undefined;
  language?: string | undefined;
  /** In this folder; null for Home. */
  folderId?: FolderId | null | undefined;
  /** What the metadata must hold. */
  metadata?: Record<string, unknown> | undefined;
  /** What others let the actor see instead of what is the actor's; a link shows nothing else. */
  shared?: boolean | undefined;
  /** The trash instead of what is live. */
  trashed: boolean;
}

/** A row of the list: the document, and its newest run in columns that start with `job`. */
type ListRow = Omit<Document, 'findings'> & {
  jobId: JobId | null;
  jobKind: string;
  jobStatus: JobStatus;
  jobStage: string | null;
  jobProgress: number;
  jobPagesDone: number;
  jobAttempts: number;
  jobErrorCode: string | null;
  jobErrorMessage: string | null;
  jobQueuedAt: Date;
  jobStartedAt: Date | null;
  jobPriority: number;
  jobPagesPlanned: number | null;
  jobPagesBefore: number;
  jobDeadItems: number;
  jobResumedAt: Date | null;
  jobCompletedAt: Date | null;
  jobUpdatedAt: Date;
};

export interface ListedDocument {
  document: Document;
  job: ProcessingJob | null;
}

/**
 * Newest first, one more than `limit`, each with its newest run: one query for a page of the list.
 * The reasons of the findings are left out; they belong to the single document.
 */
export async function listDocuments(
  sql: Sql,
  actor: Actor,
  query: DocumentFilter & { before: string | null; offset?: number; limit: number },
): Promise<ListedDocument[]> {
  const live = query.trashed ? fragment`d.deleted_at is not null` : fragment`d.deleted_at is null`;
  const status = query.status === undefined ? fragment`` : fragment`and d.status = ${query.status}`;
  const type =
    query.documentType === undefined
      ? fragment``
      : fragment`and d.document_type = ${query.documentType}`;
  const language =
    query.language === undefined ? fragment`` : fragment`and d.language = ${query.language}`;
  const folder = inFolder(query.folderId);
  const metadata =
    query.metadata === undefined ? fragment`` : fragment`and d.metadata @> ${json(query.metadata)}`;
  const before = query.before === null ? fragment`` : fragment`and d.id < ${query.before}::uuid`;
  const granted = query.shared
    ? fragment`join granted_documents(${actor.userId}, ${actor.linkHash ?? null}) g on g.document_id = d.id`
    : fragment``;
  const permission = query.shared ? fragment`g.permission` : fragment`'owner'`;
  const visible = query.shared ? fragment`true` : fragment`d.owner_id = ${actor.userId}`;
  // The page is cut out first: a plan of the days when the table was small would join everything before it sorts.
  // While a newer run is under way the confidence is still that of the last finished one.
  const rows = await sql<ListRow>`
    select
      d.permission, d.id, d.owner_id, d.folder_id, d.title, d.metadata, d.status, d.row_version, d.created_at, d.updated_at, d.processed_at,
      d.deleted_at, d.document_type, d.language,
      v.id as version_id, v.number as version_number, v.original_name, v.page_count,
      b.id as blob_id, b.object_key, b.media_type, b.size_bytes, b.sha256,
      case when j.status = 'completed' then j.confidence else (
        select c.confidence from processing_jobs c
        where c.version_id = v.id and c.status = 'completed' order by c.id desc limit 1
      ) end as confidence,
      j.id as job_id, j.kind as job_kind, j.status as job_status, j.stage as job_stage,
      j.progress as job_progress, j.pages_done as job_pages_done, j.attempts as job_attempts,
      j.error_code as job_error_code, j.error_message as job_error_message,
      j.queued_at as job_queued_at, j.started_at as job_started_at, j.completed_at as job_completed_at,
      j.updated_at as job_updated_at,
      j.priority as job_priority, j.pages_planned as job_pages_planned, j.pages_before as job_pages_before,
      j.dead_items as job_dead_items, j.resumed_at as job_resumed_at
    from (
      select d.*, ${permission} as permission
      from documents d ${granted}
      where ${visible} and ${live} ${status} ${type} ${language} ${folder} ${metadata} ${before}
      order by d.id desc
      limit ${literalInteger(query.limit + 1)} ${offsetBy(query.offset ?? 0)}
    ) d
    join document_versions v on v.id = d.current_version_id
    join blobs b on b.id = v.blob_id
    left join lateral (
      select * from processing_jobs newest
      where newest.version_id = v.id order by newest.id desc limit 1
    ) j on true
    order by d.id desc`;
  return rows.map((row) => ({
    document: { ...row, findings: null },
    job: jobOf(row),
  }));
}

/** Two texts, because an index serves `is null` and `=` but not what means either. */
function inFolder(folderId: FolderId | null | undefined) {
  if (folderId === undefined) return fragment``;
  return folderId === null
    ? fragment`and d.folder_id is null`
    : fragment`and d.folder_id = ${folderId}`;
}

function jobOf(row: ListRow): ProcessingJob | null {
  if (row.jobId === null) return null;
  return {
    id: row.jobId,
    ownerId: row.ownerId,
    documentId: row.id,
    documentTitle: row.title,
    entryId: null,
    title: row.title,
    versionId: row.versionId,
    kind: row.jobKind,
    status: row.jobStatus,
    stage: row.jobStage,
    progress: row.jobProgress,
    priority: row.jobPriority,
    pagesTotal: row.jobPagesPlanned ?? row.pageCount,
    pagesDone: row.jobPagesDone,
    pagesBefore: row.jobPagesBefore,
    deadItems: row.jobDeadItems,
    attempts: row.jobAttempts,
    errorCode: row.jobErrorCode,
    errorMessage: row.jobErrorMessage,
    queuedAt: row.jobQueuedAt,
    startedAt: row.jobStartedAt,
    resumedAt: row.jobResumedAt,
    completedAt: row.jobCompletedAt,
    updatedAt: row.jobUpdatedAt,
  };
}
