import type { Database, Sql, Transaction } from '#db/database.ts';
import { fragment, literalInteger } from '#db/sql-tag.ts';
import type { DocumentId, UserId } from '#kernel/ids.ts';

/** Runs `work` as the system: nobody's own rights apply, and the audit log tells why. */
export function asSystem<Result>(
  database: Database,
  work: (sql: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (sql) => {
    await sql`
      select set_config('app.actor_kind', 'system', true), set_config('app.reason', 'retention', true)`;
    return work(sql);
  });
}

/** How many are old enough to go, and how many of those a legal hold keeps. */
export interface Due {
  free: number;
  held: number;
}

/** Whether a legal hold keeps what belongs to the owner of row `name`. */
export const heldOwner = (name: 'd' | 'f' | 'j' | 'u') => {
  const owner = {
    d: fragment`d.owner_id`,
    f: fragment`f.owner_id`,
    j: fragment`j.owner_id`,
    u: fragment`u.id`,
  }[name];
  return fragment`exists (
    select from legal_holds h where h.released_at is null and (h.user_id is null or h.user_id = ${owner}))`;
};

/** Counts rows that say whether they are `held`. */
export async function due(sql: Sql, rows: ReturnType<typeof fragment>): Promise<Due> {
  const [found] = await sql<Due>`
    select (count(*) filter (where not held))::int as free, (count(*) filter (where held))::int as held
    from (${rows}) as due`;
  return found ?? { free: 0, held: 0 };
}

export function countTrashedDocuments(sql: Sql, before: Date): Promise<Due> {
  return due(
    sql,
    fragment`select ${heldOwner('d')} as held from documents d where d.deleted_at < ${before}`,
  );
}

/** A folder with something live inside stays until that is gone too. */
const purgeableFolder = fragment`not exists (
  select from folders c where c.parent_id = f.id and c.deleted_at is null)`;

export function countTrashedFolders(sql: Sql, before: Date): Promise<Due> {
  return due(
    sql,
    fragment`select ${heldOwner('f')} as held from folders f where f.deleted_at < ${before} and ${purgeableFolder}`,
  );
}

const toArchive = fragment`j.completed_at is not null and (j.archived_at is null or j.archived_at < j.completed_at)`;

export function countJobsToArchive(sql: Sql, before: Date): Promise<Due> {
  return due(
    sql,
    fragment`select ${heldOwner('j')} as held from processing_jobs j where j.completed_at < ${before} and ${toArchive}`,
  );
}

export async function countMetricHours(sql: Sql, before: Date): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*)::int as count from processing_metrics_hourly
    where bucket + interval '1 hour' <= ${before}`;
  return rows[0]?.count ?? 0;
}

/** Whole days of raw metrics that ended by `before` and have rows. */
export async function countMetricDays(
  sql: Sql,
  table: 'processing_metrics' | 'api_metrics',
  before: Date,
): Promise<number> {
  const source = {
    processing_metrics: fragment`processing_metrics`,
    api_metrics: fragment`api_metrics`,
  }[table];
  const rows = await sql<{ count: number }>`
    select count(distinct date_trunc('day', recorded_at, 'UTC'))::int as count from ${source}
    where recorded_at < date_trunc('day', ${before}::timestamptz, 'UTC')`;
  return rows[0]?.count ?? 0;
}

/** Oldest first. */
export async function listTrashedDocuments(
  sql: Sql,
  before: Date,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await sql<{ id: DocumentId }>`
    select d.id from documents d where d.deleted_at < ${before} and not ${heldOwner('d')}
    order by d.deleted_at limit ${literalInteger(limit)}`;
  return rows.map((row) => row.id);
}

/** Removes old folders of the trash, from the bottom up. Resolves to how many. */
export async function purgeFolders(sql: Transaction, before: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await sql`
      delete from folders f
      where f.deleted_at < ${before} and not ${heldOwner('f')}
        and not exists (select from folders c where c.parent_id = f.id)
      returning f.id`;
    removed += rows.length;
    if (rows.length === 0) return removed;
  }
}

export interface JobToArchive {
  id: string;
  ownerId: UserId;
}

/** Finished jobs whose history is to move, those of one owner together. */
export async function listJobsToArchive(
  sql: Sql,
  before: Date,
  limit: number,
): Promise<JobToArchive[]> {
  return sql<JobToArchive>`
    select j.id, j.owner_id from processing_jobs j
    where j.completed_at < ${before} and ${toArchive} and not ${heldOwner('j')}
    order by j.completed_at, j.id limit ${literalInteger(limit)}`;
}
