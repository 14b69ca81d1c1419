import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { ExportId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import type { HistoryEntry, JobOptions, ProcessingJob } from './job.ts';

const columns = fragment`
  j.id, j.owner_id, v.document_id, d.title as document_title, v.id as version_id, j.entry_id,
  coalesce(d.title, e.excerpt, '') as title, j.kind, j.status, j.stage,
  j.progress, j.priority, coalesce(j.pages_planned, v.page_count) as pages_total, j.pages_done, j.pages_before,
  j.dead_items, j.attempts, j.error_code, j.error_message, j.queued_at, j.started_at, j.resumed_at,
  j.completed_at, j.updated_at`;

const source = fragment`
  processing_jobs j
  left join export_records x on x.id = j.export_id
  left join document_versions v on v.id = coalesce(j.version_id, x.version_id)
  left join documents d on d.id = v.document_id
  left join journal_entries e on e.id = j.entry_id`;

export async function insertJob(sql: Sql, actor: Actor, job: NewJob): Promise<void> {
  await sql`
    insert into processing_jobs
      (id, owner_id, version_id, requested_by, open_items, options, priority, pages_planned)
    values (${job.id}, ${actor.userId}, ${job.versionId}, ${actor.userId}, ${job.openItems},
      ${json(job.options)}, ${job.priority ?? 0}, ${job.pagesPlanned ?? null})`;
}

/** A job that makes the files of an export. */
export async function insertExportJob(
  sql: Sql,
  actor: Actor,
  job: { id: JobId; exportId: ExportId; openItems: number; pagesPlanned: number },
): Promise<void> {
  await sql`
    insert into processing_jobs (id, owner_id, kind, export_id, requested_by, open_items, pages_planned)
    values (${job.id}, ${actor.userId}, 'export', ${job.exportId}, ${actor.userId}, ${job.openItems},
      ${job.pagesPlanned})`;
}

export interface NewJob {
  id: JobId;
  versionId: VersionId;
  /** Work items it starts with. */
  openItems: number;
  options: JobOptions;
  priority?: number;
  /** Null for all pages of the version. */
  pagesPlanned?: number | null;
}

/** null when it is not there or not the actor's. */
export async function findJob(sql: Sql, actor: Actor, id: JobId): Promise<ProcessingJob | null> {
  const rows = await sql<ProcessingJob>`
    select ${columns} from ${source} where j.id = ${id} and j.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** Also locks the job's row until the end of the transaction; lock its items first. */
export async function lockJob(sql: Sql, actor: Actor, id: JobId): Promise<ProcessingJob | null> {
  const rows = await sql<ProcessingJob>`
    select ${columns} from ${source}
    where j.id = ${id} and j.owner_id = ${actor.userId}
    for no key update of j`;
  return rows[0] ?? null;
}

/** Jobs by id, whoever they belong to: for the feed, which checks the owner itself. */
export async function findJobs(sql: Sql, ids: readonly JobId[]): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`select ${columns} from ${source} where j.id = any(${ids}::uuid[])`;
}

export async function listOpenJobs(
  sql: Sql,
  owner: UserId,
  limit: number,
): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`
    select ${columns} from ${source}
    where j.owner_id = ${owner} and j.status in ('queued', 'running', 'in_review', 'paused')
    order by j.id desc limit ${literalInteger(limit)}`;
}

/** Of the newest `newest` jobs of an owner those that ended after `since`. */
export async function listEndedJobs(
  sql: Sql,
  owner: UserId,
  since: Date,
  newest: number,
): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`
    select ${columns}
    from (
      select p.id from processing_jobs p where p.owner_id = ${owner} order by p.id desc limit ${newest}
    ) recent
    join ${source} on j.id = recent.id
    where j.completed_at > ${since}`;
}

/** Of the newest `newest` jobs of an owner those that changed after `since`, oldest change first. */
export async function listChangedJobs(
  sql: Sql,
  owner: UserId,
  since: Date,
  newest: number,
): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`
    select ${columns}
    from (
      select p.id from processing_jobs p where p.owner_id = ${owner} order by p.id desc limit ${newest}
    ) recent
    join ${source} on j.id = recent.id
    where j.updated_at > ${since}
    order by j.updated_at`;
}

/** Newest first, one more than `limit` so that the caller sees whether there is more. */
export async function listJobs(
  sql: Sql,
  actor: Actor,
  query: { status: JobStatus | undefined; before: string | null; limit: number },
): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`
    select ${columns} from ${source}
    where j.owner_id = ${actor.userId}
      and (${query.status ?? null}::text is null or j.status = ${query.status ?? null})
      and (${query.before}::uuid is null or j.id < ${query.before}::uuid)
    order by j.id desc
    limit ${literalInteger(query.limit + 1)}`;
}

/** Newest job of each version. */
export async function newestJobs(
  sql: Sql,
  versions: readonly VersionId[],
): Promise<ProcessingJob[]> {
  return sql<ProcessingJob>`
    select ${columns}
    from unnest(${versions}::uuid[]) as wanted (version_id)
    cross join lateral (
      select p.id from processing_jobs p
      where p.version_id = wanted.version_id order by p.id desc limit 1
    ) newest
    join ${source} on j.id = newest.id`;
}

/** False when it runs already. Does not wait for the disk: a start that a crash undoes is made again. */
export async function startJob(sql: Sql, id: JobId): Promise<boolean> {
  const rows = await sql`
    with relaxed as (select set_config('synchronous_commit', 'off', true))
    update processing_jobs
    set status = 'running', started_at = coalesce(started_at, now()), attempts = attempts + 1,
        resumed_at = now(), pages_before = pages_done
    from relaxed
    where id = ${id} and status = 'queued'
    returning id`;
  return rows.length === 1;
}

export async function listHistory(sql: Sql, id: JobId): Promise<HistoryEntry[]> {
  return sql<HistoryEntry>`
    select seq, action, status, stage, attempt, duration_ms, error_code, error_message, details, created_at
    from processing_history where job_id = ${id} order by seq limit 1000`;
}

/** How the last finished run over a whole version was to read it; null before. */
export async function findReadingSettings(
  sql: Sql,
  versionId: VersionId,
): Promise<ReadingSettings | null> {
  const rows = await sql<{ settings: ReadingSettings | null }>`
    select metrics -> 'settings' as settings from processing_jobs
    where version_id = ${versionId} and status = 'completed' and metrics ? 'settings'
    order by id desc limit 1`;
  return rows[0]?.settings ?? null;
}
