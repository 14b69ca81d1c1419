import type { Sql } from '#db/database.ts';
import type { JobId } from '#kernel/ids.ts';

export async function cancelJobRow(sql: Sql, id: JobId): Promise<void> {
  await sql`
    update processing_jobs
    set status = 'cancelled', completed_at = now(), open_items = 0, dead_items = 0
    where id = ${id}`;
}

export async function pauseJobRow(sql: Sql, id: JobId): Promise<void> {
  await sql`update processing_jobs set status = 'paused' where id = ${id}`;
}

/** Back to the queue after a pause, with everything it has counted. */
export async function resumeJobRow(sql: Sql, id: JobId): Promise<void> {
  await sql`update processing_jobs set status = 'queued', queued_at = now() where id = ${id}`;
}

/** Back to the queue after a failure; the dead items become open ones again. */
export async function requeueJobRow(sql: Sql, id: JobId, openItems: number): Promise<void> {
  await sql`
    update processing_jobs
    set status = 'queued', completed_at = null, error_code = null, error_message = null,
        open_items = ${openItems}, dead_items = 0, queued_at = now(), started_at = null
    where id = ${id}`;
}

/** Dead items of an open job become open ones again. */
export async function countItemsRedriven(sql: Sql, id: JobId, items: number): Promise<void> {
  await sql`
    update processing_jobs
    set open_items = open_items + ${items}, dead_items = dead_items - ${items},
        error_code = null, error_message = null
    where id = ${id}`;
}

export async function setJobPriority(sql: Sql, id: JobId, priority: number): Promise<void> {
  await sql`update processing_jobs set priority = ${priority} where id = ${id}`;
}
