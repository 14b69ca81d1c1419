import type { Sql } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { ContentId, DocumentId, EntryId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import { isFinishedJob, type JobStatus } from '#kernel/state-machines.ts';
import type { ImportedTime } from './imported-time.ts';

export interface ImportRef {
  source: string;
  externalId: string;
  resourceType: 'document' | 'journal_entry';
  resourceId: DocumentId | EntryId;
  /** SHA-256 of the record as it was read. */
  checksum: string;
}

export async function findImportRef(
  sql: Sql,
  source: string,
  externalId: string,
): Promise<ImportRef | null> {
  const rows = await sql<ImportRef>`
    select source, external_id, resource_type, resource_id, checksum from import_refs
    where source = ${source} and external_id = ${externalId}`;
  return rows[0] ?? null;
}

/** False when another run was faster; what this one made must then be undone. */
export async function insertImportRef(sql: Sql, actor: Actor, ref: ImportRef): Promise<boolean> {
  const rows = await sql`
    insert into import_refs (source, external_id, owner_id, resource_type, resource_id, checksum)
    values (${ref.source}, ${ref.externalId}, ${actor.userId}, ${ref.resourceType}, ${ref.resourceId},
      ${ref.checksum})
    on conflict do nothing
    returning source`;
  return rows.length === 1;
}

/** The user of an e-mail address; null when there is none. */
export async function findUserByEmail(sql: Sql, email: string): Promise<UserId | null> {
  const rows = await sql<{ id: UserId }>`
    select id from users where email = ${email} and deleted_at is null`;
  return rows[0]?.id ?? null;
}

/** A run that happened elsewhere. A finished one has `completed`; a failed one an error. */
export interface ImportedRun {
  id: JobId;
  kind: 'extract' | 'analyse';
  status: JobStatus;
  queued: ImportedTime | null;
  started: ImportedTime | null;
  completed: ImportedTime | null;
  errorCode: string | null;
  errorMessage: string | null;
  pagesDone: number;
  confidence: number | null;
  metrics: Record<string, unknown>;
}

/** Stores a run in the state it had. Nothing here works on it: it has no work items. */
export async function insertImportedRun(
  sql: Sql,
  actor: Actor,
  subject: { versionId: VersionId } | { entryId: EntryId },
  run: ImportedRun,
): Promise<void> {
  const versionId = 'versionId' in subject ? subject.versionId : null;
  const entryId = 'entryId' in subject ? subject.entryId : null;
  const isFinished = isFinishedJob(run.status);
  await sql`
    insert into processing_jobs
      (id, owner_id, kind, version_id, entry_id, requested_by, status, progress, pages_done, attempts,
       error_code, error_message, confidence, options, metrics, queued_at, started_at, completed_at)
    values
      (${run.id}, ${actor.userId}, ${run.kind}, ${versionId}, ${entryId}, ${actor.userId}, ${run.status},
       ${run.status === 'completed' ? 100 : 0}, ${run.pagesDone}, 1, ${run.errorCode}, ${run.errorMessage},
       ${run.confidence}, '{"imported": true}', ${json(run.metrics)},
       coalesce(${run.queued?.text ?? null}::timestamptz, now()), ${run.started?.text ?? null}::timestamptz,
       case when ${isFinished} then
         coalesce(${run.completed?.text ?? null}::timestamptz, ${run.started?.text ?? null}::timestamptz,
           ${run.queued?.text ?? null}::timestamptz, now()) end)`;
}

/** Gives a document of an import the time it had, and what was found out about it. */
export async function updateImportedDocument(
  sql: Sql,
  id: DocumentId,
  facts: {
    created: ImportedTime | null;
    pageCount: number | null;
    metadata: Record<string, unknown>;
    documentType: string | null;
    language: string | null;
  },
): Promise<void> {
  const created = facts.created?.text ?? null;
  await sql`
    update documents
    set created_at = coalesce(${created}::timestamptz, created_at), metadata = ${json(facts.metadata)},
        document_type = ${facts.documentType}, language = ${facts.language}
    where id = ${id}`;
  await sql`
    update document_versions
    set created_at = coalesce(${created}::timestamptz, created_at), page_count = ${facts.pageCount}
    where document_id = ${id}`;
}

/** What an analysis elsewhere said of an entry; 0 as its confidence where it told none. */
export async function insertImportedSentiment(
  sql: Sql,
  actor: Actor,
  result: {
    id: ContentId;
    entryId: EntryId;
    jobId: JobId;
    sentiment: unknown;
    confidence: number | null;
    processed: ImportedTime | null;
  },
): Promise<void> {
  await sql`
    insert into processed_content
      (id, owner_id, entry_id, job_id, task_type, source, processed_data, confidence_score, ai_provider_info,
       created_at)
    values
      (${result.id}, ${actor.userId}, ${result.entryId}, ${result.jobId}, 'sentiment_analysis', 'machine',
       ${json(result.sentiment)}, ${result.confidence ?? 0}, '{"provider": "journal import"}',
       coalesce(${result.processed?.text ?? null}::timestamptz, now()))`;
}

export async function insertImportedEntry(
  sql: Sql,
  actor: Actor,
  entry: {
    id: EntryId;
    rawData: unknown;
    metadata: unknown;
    occurred: ImportedTime | null;
    stored: ImportedTime | null;
  },
): Promise<void> {
  await sql`
    insert into journal_entries (id, owner_id, entry_type, raw_data, metadata, occurred_at, created_at)
    values (${entry.id}, ${actor.userId}, 'text', ${json(entry.rawData)}, ${json(entry.metadata)},
      coalesce(${entry.occurred?.text ?? entry.stored?.text ?? null}::timestamptz, now()),
      coalesce(${entry.stored?.text ?? null}::timestamptz, now()))`;
}

/** What was stored of one entry of an import, for comparison with its source. */
export interface StoredEntry {
  externalId: string;
  checksum: string;
  /** null when the entry has been purged. */
  rawData: unknown;
  metadata: unknown;
  occurredMicros: number | null;
  processingStatus: string | null;
  sentiment: unknown;
}

export async function readImportedEntries(
  sql: Sql,
  source: string,
  externalIds: readonly string[],
): Promise<StoredEntry[]> {
  return sql<StoredEntry>`
    select r.external_id, r.checksum, e.raw_data, e.metadata, e.processing_status,
      (extract(epoch from e.occurred_at) * 1000000)::bigint as occurred_micros,
      (select c.processed_data from processed_content c
        where c.entry_id = e.id and c.task_type = 'sentiment_analysis' and c.source = 'machine'
        order by c.created_at limit 1) as sentiment
    from import_refs r
    left join journal_entries e on e.id = r.resource_id
    where r.source = ${source} and r.external_id = any(${externalIds}::text[])`;
}
