import type { Sql, Transaction } from '#db/database.ts';
import type { JobId, ReviewTaskId, UserId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { DoubtfulPage, DoubtfulZone, ReviewGates, ReviewWish } from './review-gate.ts';

/** Pages below the gate for text, blank ones left out. */
export async function listDoubtfulPages(
  sql: Sql,
  versionId: VersionId,
  gates: ReviewGates,
): Promise<DoubtfulPage[]> {
  return sql<DoubtfulPage>`
    select number, confidence, warnings from pages
    where version_id = ${versionId} and confidence < ${gates.text} and not warnings ? 'blank_page'
    order by number`;
}

/** Zones below the gate of their kind that no person has seen; of one page or of all (null). */
export async function listDoubtfulZones(
  sql: Sql,
  versionId: VersionId,
  gates: ReviewGates,
  pageNumber: number | null,
): Promise<DoubtfulZone[]> {
  return sql<DoubtfulZone>`
    select id, page_number, kind, content, confidence from zones
    where version_id = ${versionId} and (${pageNumber}::int is null or page_number = ${pageNumber})
      and status in ('extracted', 'failed')
      and confidence < case
        when kind = 'table' then ${gates.table}::numeric
        when kind in ('figure', 'diagram', 'image') then ${gates.figure}::numeric
        else ${gates.text}::numeric
      end
    order by page_number, position`;
}

/** Makes tasks; a question that is open already is not asked again. Resolves to how many are new. */
export async function insertTasks(
  sql: Transaction,
  job: { jobId: JobId; ownerId: UserId },
  wishes: readonly ReviewWish[],
): Promise<number> {
  if (wishes.length === 0) return 0;
  // A millisecond apart, so that the queue goes through the pages in order.
  const now = Date.now();
  const ids = wishes.map((_, index) => newId<ReviewTaskId>(now + index));
  const rows = await sql`
    insert into hitl_tasks (id, owner_id, job_id, page_number, zone_id, reason, priority, draft_data)
    select w.id, ${job.ownerId}, ${job.jobId}, w.page_number, w.zone_id, w.reason, w.priority, w.draft
    from unnest(
      ${ids}::uuid[],
      ${wishes.map((wish) => wish.pageNumber)}::int[],
      ${wishes.map((wish) => wish.zoneId)}::uuid[],
      ${wishes.map((wish) => wish.reason)}::text[],
      ${wishes.map((wish) => wish.priority)}::smallint[],
      ${wishes.map((wish) => JSON.stringify(wish.draft))}::jsonb[]
    ) as w (id, page_number, zone_id, reason, priority, draft)
    on conflict do nothing
    returning id`;
  return rows.length;
}

/** Open questions of earlier runs over a version: a new run asks its own. */
export async function cancelOlderTasks(
  sql: Transaction,
  versionId: VersionId,
  newest: JobId,
): Promise<void> {
  await sql`
    update hitl_tasks t set status = 'cancelled', assigned_to = null
    from processing_jobs j
    where j.id = t.job_id and j.version_id = ${versionId} and j.id <> ${newest}
      and t.status in ('pending', 'assigned', 'in_progress')`;
}

/** A page that a person has looked at as a whole. */
export async function markPageSeen(
  sql: Transaction,
  versionId: VersionId,
  pageNumber: number,
): Promise<void> {
  await sql`
    update pages set confidence = 1 where version_id = ${versionId} and number = ${pageNumber}`;
}
