import type { Sql, Transaction } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { JobId, UserId } from '#kernel/ids.ts';

/** What the end of one work item changes on its job. */
export interface ItemDone {
  jobId: JobId;
  stage: string;
  tier: string | null;
  tool: string | null;
  pagesStored: number;
  itemsAdded: number;
}

export interface JobAfterItem {
  openItems: number;
  deadItems: number;
  status: string;
  priority: number;
}

/**
 * Counts a finished item. The row lock this takes is what makes fan-in happen exactly once: of all
 * items ending at the same time only one sees the count reach zero. null when the job is not open.
 */
export async function countItemDone(sql: Sql, done: ItemDone): Promise<JobAfterItem | null> {
  const rows = await sql<JobAfterItem>`
    update processing_jobs j
    set open_items = j.open_items - 1 + ${done.itemsAdded},
        pages_done = j.pages_done + ${done.pagesStored},
        progress = least(100, coalesce(
          round(100.0 * (j.pages_done + ${done.pagesStored})
            / nullif(coalesce(j.pages_planned, (
              select v.page_count from document_versions v where v.id = j.version_id)), 0), 2),
          j.progress)),
        stage = ${done.stage},
        tier = coalesce(${done.tier}, j.tier),
        tool = coalesce(${done.tool}, j.tool)
    where j.id = ${done.jobId} and j.status in ('running', 'paused')
    returning j.open_items, j.dead_items, j.status, j.priority`;
  return rows[0] ?? null;
}

/** Counts an item that was set aside; the first reason is kept on the job. */
export async function countItemDead(
  sql: Sql,
  jobId: JobId,
  error: { code: string; message: string },
): Promise<JobAfterItem | null> {
  const rows = await sql<JobAfterItem>`
    update processing_jobs j
    set open_items = j.open_items - 1,
        dead_items = j.dead_items + 1,
        error_code = coalesce(j.error_code, ${error.code}),
        error_message = coalesce(j.error_message, ${error.message})
    where j.id = ${jobId} and j.status in ('queued', 'running', 'paused')
    returning j.open_items, j.dead_items, j.status, j.priority`;
  return rows[0] ?? null;
}

/** Opens one more item, for the fan-in. */
export async function addOpenItem(sql: Sql, jobId: JobId): Promise<void> {
  await sql`update processing_jobs set open_items = open_items + 1 where id = ${jobId}`;
}

export async function completeJobRow(
  sql: Sql,
  jobId: JobId,
  result: { confidence: number | null; metrics: Record<string, unknown> },
): Promise<void> {
  await sql`
    update processing_jobs
    set status = 'completed', completed_at = now(), progress = 100,
        confidence = ${result.confidence}, metrics = metrics || ${json(result.metrics)}
    where id = ${jobId}`;
}

/** Locks a job, whoever owns it, until the end of the transaction. */
export async function lockJobRow(sql: Transaction, jobId: JobId): Promise<void> {
  await sql`select from processing_jobs where id = ${jobId} for no key update`;
}

/** Everything is read, and a person has to decide about some of it; `completeReviewedJob` ends it. */
export async function holdJobForReview(
  sql: Sql,
  jobId: JobId,
  result: { confidence: number | null; metrics: Record<string, unknown> },
): Promise<void> {
  await sql`
    update processing_jobs
    set status = 'in_review', progress = 100, confidence = ${result.confidence},
        metrics = metrics || ${json(result.metrics)}
    where id = ${jobId}`;
}

/** Ends a job whose last open question was decided, by way of running. False when it was not in review. */
export async function completeReviewedJob(sql: Sql, jobId: JobId): Promise<boolean> {
  const rows = await sql`
    update processing_jobs set status = 'running', tier = 'human' where id = ${jobId} and status = 'in_review'
    returning id`;
  if (rows.length === 0) return false;
  await sql`
    update processing_jobs j
    set status = 'completed', completed_at = now(),
        confidence = coalesce(
          (select avg(p.confidence) from pages p
           where p.version_id = j.version_id and not p.warnings ? 'blank_page'), j.confidence)
    where j.id = ${jobId}`;
  return true;
}

/** Ends a job whose remaining items are dead. It passes through running when it never started. */
export async function failJobRow(sql: Sql, jobId: JobId): Promise<void> {
  await sql`
    update processing_jobs
    set status = 'running', started_at = coalesce(started_at, now()), resumed_at = now()
    where id = ${jobId} and status = 'queued'`;
  await sql`update processing_jobs set status = 'failed', completed_at = now() where id = ${jobId}`;
}

export interface NewHistoryEntry {
  ownerId: UserId;
  jobId: JobId;
  action: string;
  stage: string | null;
  attempt: number;
  tier?: string | null;
  tool?: string | null;
  durationMs?: number;
  confidence?: number | null;
  errorCode?: string;
  errorMessage?: string;
  details: Record<string, unknown>;
}

/** Appends to the log of a job. Call it after the job's row was changed in the same transaction. */
export async function insertHistory(sql: Sql, entry: NewHistoryEntry): Promise<void> {
  await sql`
    insert into processing_history
      (owner_id, job_id, seq, action, stage, attempt, tier, tool, duration_ms, confidence,
       error_code, error_message, details)
    values
      (${entry.ownerId}, ${entry.jobId}, 0, ${entry.action}, ${entry.stage}, ${entry.attempt},
       ${entry.tier ?? null}, ${entry.tool ?? null},
       ${entry.durationMs === undefined ? null : Math.round(entry.durationMs)},
       ${entry.confidence ?? null}, ${entry.errorCode ?? null}, ${entry.errorMessage ?? null},
       ${json(entry.details)})`;
}
