import type { CheckContext } from './check.ts';

type DatabaseContext = Pick<CheckContext, 'database'>;

/** No work item was finished twice, and the finished ones cover a completed job exactly. */
export async function checkWorkDoneOnce({ database }: DatabaseContext): Promise<string[]> {
  const doubled = await database.sql<{ jobId: string; range: string; times: number }>`
    select job_id, stage || ' ' || (details ->> 'pageFrom') || '-' || (details ->> 'pageTo') as range,
      count(*) as times
    from processing_history
    where action = 'item.done'
    group by job_id, range
    having count(*) > 1`;
  const uneven = await database.sql<{ jobId: string; pages: number; pageCount: number | null }>`
    select j.id as job_id, done.pages, v.page_count
    from processing_jobs j
    join document_versions v on v.id = j.version_id
    cross join lateral (
      select coalesce(sum((h.details ->> 'pages')::int), 0) as pages,
        count(*) filter (where h.stage = 'classify') as classified,
        count(*) filter (where h.stage = 'validate') as validated
      from processing_history h where h.job_id = j.id and h.action = 'item.done'
    ) done
    where j.status = 'completed'
      and (done.pages is distinct from v.page_count or done.classified <> 1 or done.validated <> 1)`;
  return [
    ...doubled.map((row) => `job ${row.jobId}: ${row.range} was done ${row.times} times`),
    ...uneven.map(
      (row) => `job ${row.jobId}: its log tells of ${row.pages} of ${row.pageCount} pages`,
    ),
  ];
}

/** Nothing waits, nothing runs; what is left are the dead items of failed jobs, as many as these count. */
export async function checkQueueAtRest({ database }: DatabaseContext): Promise<string[]> {
  const left = await database.sql<{ id: number; status: string; jobStatus: string }>`
    select q.id, q.status, j.status as job_status
    from processing_queue q join processing_jobs j on j.id = q.job_id
    where q.status <> 'dead' or j.status <> 'failed'`;
  const wrong = await database.sql<{ jobId: string; status: string }>`
    select j.id as job_id, j.status
    from processing_jobs j
    where j.status not in ('completed', 'failed', 'cancelled')
       or j.open_items <> 0
       or j.dead_items <> (select count(*) from processing_queue q where q.job_id = j.id and q.status = 'dead')
       or j.pages_done <> (select count(*) from pages p where p.job_id = j.id)`;
  return [
    ...left.map((row) => `item ${row.id} is ${row.status} in a job that is ${row.jobStatus}`),
    ...wrong.map((row) => `job ${row.jobId} is ${row.status} with counts that are not right`),
  ];
}

/** A completed version has exactly the pages 1..n. */
export async function checkPagesComplete({ database }: DatabaseContext): Promise<string[]> {
  const rows = await database.sql<{ documentId: string; pageCount: number; found: string }>`
    select v.document_id, v.page_count, coalesce(array_agg(p.number order by p.number)::text, '') as found
    from document_versions v
    join documents d on d.current_version_id = v.id and d.status = 'completed'
    left join pages p on p.version_id = v.id
    group by v.id
    having coalesce(array_agg(p.number order by p.number) filter (where p.number is not null), '{}')
      is distinct from array(select generate_series(1, v.page_count))`;
  return rows.map(
    (row) => `document ${row.documentId} of ${row.pageCount} pages has the pages ${row.found}`,
  );
}

/** The zones of a page stand at the positions 1..n, each once. */
export async function checkZonesInOrder({ database }: DatabaseContext): Promise<string[]> {
  const rows = await database.sql<{ versionId: string; pageNumber: number; positions: string }>`
    select version_id, page_number, array_agg(position order by position)::text as positions
    from zones
    group by version_id, page_number
    having min(position) <> 1 or max(position) <> count(*) or count(distinct position) <> count(*)`;
  return rows.map(
    (row) => `page ${row.pageNumber} of version ${row.versionId} has zones at ${row.positions}`,
  );
}
